#include <gmock/gmock.h>

#include "io/json_text.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace {

using ::testing::HasSubstr;

std::vector<Finding> findings() {
  Finding proved{Finding::Verdict::proved, "property", "/properties/0", "an overdose stops", {}, {}};
  Finding refuted{Finding::Verdict::refuted,
                  "monotone",
                  "/monotone/0",
                  "worse is placed lower",
                  samples::assessment(R"({"cows_score": 15})"),
                  samples::assessment(R"({"cows_score": 16})")};
  return {proved, refuted};
}

TEST(WriteFindings, TextHasOneExampleALineAndTotals) {
  const std::string text = write_findings(samples::pack(), findings(), Format::text);
  EXPECT_THAT(text, HasSubstr("proved   property  /properties/0\n    an overdose stops\n"));
  EXPECT_THAT(text, HasSubstr("refuted  monotone  /monotone/0\n    worse is placed lower\n"));
  EXPECT_THAT(text, HasSubstr("    for example {\"cows_score\":15}\n    compared with {\"cows_score\":16}\n"));
  EXPECT_THAT(text, HasSubstr("\n1 proved, 1 refuted\n"));
  EXPECT_THAT(write_findings(samples::pack(), {}, Format::text), HasSubstr("\nnothing found\n"));
}

TEST(WriteFindings, Json) {
  const io::Json json = io::Json::parse(write_findings(samples::pack(), findings(), Format::json));
  EXPECT_EQ(json["pack"]["id"], "small");
  EXPECT_EQ(json["findings"][0]["is_fault"], false);
  EXPECT_TRUE(json["findings"][0]["counterexample"].is_null());
  EXPECT_EQ(json["findings"][1]["is_fault"], true);
  EXPECT_EQ(json["findings"][1]["counterexample"]["cows_score"], 15);
}

TEST(WriteFindings, OtherFormatsAreText) {
  EXPECT_EQ(write_findings(samples::pack(), findings(), Format::dot),
            write_findings(samples::pack(), findings(), Format::text));
}

}  // namespace
}  // namespace placement
