#include <gmock/gmock.h>

#include <sstream>

#include "io/write_formats.hpp"
#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_markdown_test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(MarkdownEscaped, NothingIsMarkup) {
  EXPECT_EQ(markdown_escaped("a_b *c* `d` <e> [f] | # \\"), "a\\_b \\*c\\* \\`d\\` \\<e\\> \\[f\\] \\| \\# \\\\");
}

TEST(WriteMarkdown, StartsWithTheAnswer) {
  EXPECT_THAT(write_markdown(samples::decided()), StartsWith("# DETOX: decided\n"));
}

TEST(WriteMarkdown, SaysWhatTheLevelIs) {
  const std::string text = write_markdown(samples::decided());
  EXPECT_THAT(text, HasSubstr("## The level\n\n- where: a \\<ward\\>\n- staff: nurses\n"));
  EXPECT_THAT(text, HasSubstr("- suits: the ill\n- hours: 24 hours a day\n- stay: 3 to 10 days\n"));
  EXPECT_THAT(write_markdown(samples::undecided()), Not(HasSubstr("## The level"))) << "none is named";
}

TEST(WriteMarkdown, ListsEveryRuleThatIsNotNo) {
  const Recommendation r = samples::decided();
  const std::string text = write_markdown(r);
  for (std::size_t i = 0; i < r.rules.size(); ++i) {
    const std::string row = "| `" + r.pack.content().rules[i].id + "` |";
    const bool is_shown = r.rules[i].state == RuleState::holds || r.rules[i].state == RuleState::open;
    EXPECT_EQ(text.find(row) != std::string::npos, is_shown) << row;
  }
  EXPECT_THAT(text, HasSubstr("| holds, determining |"));
  EXPECT_THAT(text, HasSubstr("| `book` | verified | A Book \\<2nd ed.\\> & more, 2020 |"));
}

TEST(WriteMarkdown, SaysWhatARuleSaysForEveryKind) {
  const std::string text = write_markdown(samples::emergency());
  for (const char* said : {"offer Medication", "avoid Naltrexone", "stop alert", "programme with Perinatal",
                           "at least Detox", "out of scope"})
    EXPECT_THAT(text, HasSubstr(said));
}

TEST(WriteMarkdown, TableRowsHaveAllTheirCells) {
  for (const samples::Sample& sample : samples::all()) {
    std::istringstream lines(write_markdown(sample.recommendation));
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.front() != '|') continue;
      std::size_t bars = 0;
      for (std::size_t i = 0; i < line.size(); ++i) bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
      EXPECT_TRUE(bars == 8 || bars == 5) << line;
    }
  }
}

TEST(WriteMarkdown, ShowsEverySection) {
  const std::string text = write_markdown(samples::bridged());
  for (const char* heading :
       {"## Rule out first", "## Placed", "## At this re-assessment", "## Still possible", "## Beside the level",
        "## Ask next", "## Available now", "## Path down", "## Rules that hold or are open", "## Sources"})
    EXPECT_THAT(text, HasSubstr(heading));
  EXPECT_THAT(text, HasSubstr("as of 2028-02-27"));
  EXPECT_THAT(write_markdown(samples::decided()), HasSubstr("record record-7"));
  EXPECT_THAT(write_markdown(samples::emergency()), HasSubstr("**STOP**"));
  EXPECT_THAT(write_markdown(samples::emergency()), Not(HasSubstr("<7>"))) << "free text is escaped";
}

}  // namespace write_markdown_test
}  // namespace placement::io
