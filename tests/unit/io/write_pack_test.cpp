#include <gmock/gmock.h>

#include <sstream>

#include "io/write_lines.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace write_pack_test {

using ::testing::HasSubstr;

TEST(WritePack, JsonIsThePackAgain) {
  const Result<RulePack> again = read_pack(write_pack(samples::pack(), Format::json));
  ASSERT_TRUE(again.has_value()) << to_string(again.error().faults.front());
  EXPECT_EQ(again->digest(), samples::pack().digest());
}

TEST(WritePack, TheShippedPackToo) {
  const RulePack shipped = default_pack();
  const Result<RulePack> again = read_pack(write_pack(shipped, Format::json));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(write_pack(*again, Format::json), write_pack(shipped, Format::json));
}

TEST(WritePack, TextNamesEverything) {
  const std::string text = write_pack(samples::pack(), Format::text);
  const PackContent& pack = samples::pack().content();
  for (const Rule& rule : pack.rules) EXPECT_THAT(text, HasSubstr("  " + rule.id + ": "));
  for (const CareLevel& level : pack.levels) EXPECT_THAT(text, HasSubstr("  " + level.id + ": "));
  for (const Property& property : pack.properties) EXPECT_THAT(text, HasSubstr("  " + property.id + ": "));
  for (const Source& source : pack.sources) EXPECT_THAT(text, HasSubstr("  " + source.id + ": "));
  EXPECT_THAT(text, HasSubstr("when: fluid loss: severe and COWS score at least 13 points"));
  EXPECT_THAT(text, HasSubstr("require: 3 rules"));
  EXPECT_THAT(text, HasSubstr("COWS score: minimal: at most 4 points; mild: 5 to 12 points; moderate: at least 13"));
  EXPECT_THAT(text, HasSubstr("afterwards: fluid loss: none; COWS score: 0 points"));
  EXPECT_THAT(text, HasSubstr("afterwards at least as good as: suicide risk: low"));
  EXPECT_THAT(text, HasSubstr("do: Call for help and give naloxone."));
  for (const char* line : {"where: a <ward>", "staff: nurses", "what happens there: rounds", "suits: the ill"})
    EXPECT_THAT(text, HasSubstr(std::string("      ") + line + "\n"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(io::code_points(line), 100U) << line;
}

TEST(WritePack, MarkdownEscapesTexts) {
  const std::string text = write_pack(samples::pack(), Format::markdown);
  EXPECT_THAT(text, HasSubstr("# A small pack \\<for\\> tests \\| & \"quotes\"\n"));
  EXPECT_THAT(text, HasSubstr("- `fluids`: at least Detox\n"));
  EXPECT_THAT(text, HasSubstr("## Least level acceptable\n"));
}

TEST(WritePack, OtherFormatsAreText) {
  EXPECT_EQ(write_pack(samples::pack(), Format::svg), write_pack(samples::pack(), Format::text));
}

}  // namespace write_pack_test
}  // namespace placement
