#include <gmock/gmock.h>

#include <algorithm>

#include "io/write_formats.hpp"
#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_dot_test {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(WriteDot, DrawsTheWalkAndThePath) {
  const std::string dot = write_dot(samples::decided());
  EXPECT_THAT(dot, HasSubstr("level_2 -> level_3 [style=bold"));
  EXPECT_THAT(dot, HasSubstr("level_3 -> level_2 [style=dashed"));
  EXPECT_THAT(dot,
              HasSubstr("- fluid loss below severe (now severe) or COWS\\l  score below 13 points (now 15 points)\\l"));
  EXPECT_THAT(dot, HasSubstr("INDICATED"));
}

TEST(WriteDot, SaysEachRuleOfTheWalkOnce) {
  const std::string dot = write_dot(samples::decided());
  EXPECT_NE(dot.find("Risk needs safety."), std::string::npos);
  EXPECT_EQ(dot.find("Risk needs safety."), dot.rfind("Risk needs safety."));
}

TEST(WriteDot, EveryMoveIsAnEdgeOnce) {
  for (const samples::Sample& sample : samples::all()) {
    const std::string dot = write_dot(sample.recommendation);
    std::size_t edges = 0;
    for (std::size_t at = dot.find(" -> "); at != std::string::npos; at = dot.find(" -> ", at + 1)) ++edges;
    EXPECT_EQ(edges, samples::pack().content().moves.size()) << sample.name;
  }
}

TEST(WriteDot, MarksWhatIsPossible) {
  EXPECT_THAT(write_dot(samples::undecided()), HasSubstr("possible"));
  EXPECT_THAT(write_dot(samples::inconsistent()), Not(HasSubstr("possible\"")));
}

TEST(WriteDot, QuotesAreEscaped) {
  for (const samples::Sample& sample : samples::all()) {
    const std::string dot = write_dot(sample.recommendation);
    std::size_t quotes = 0;
    for (std::size_t i = 0; i < dot.size(); ++i) {
      if (dot[i] == '\\')
        ++i;
      else if (dot[i] == '"')
        ++quotes;
    }
    EXPECT_EQ(quotes % 2, 0U) << sample.name;
    EXPECT_EQ(std::count(dot.begin(), dot.end(), '{'), std::count(dot.begin(), dot.end(), '}'));
  }
}

}  // namespace write_dot_test
}  // namespace placement::io
