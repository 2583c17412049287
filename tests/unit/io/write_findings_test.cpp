#include <gmock/gmock.h>

#include "io/json_text.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace write_findings_test {

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

TEST(WriteFindings, TextSumsUpProofsAndShowsTheRest) {
  const std::string text = write_findings(samples::pack(), findings(), Format::text);
  EXPECT_THAT(text,
              HasSubstr("\nerror: monotone claims (monotone)\n  /monotone/0\n      refuted: worse is placed lower\n"));
  EXPECT_THAT(text, HasSubstr("\n      for example {\"cows_score\":15}\n      compared with {\"cows_score\":16}\n"));
  EXPECT_THAT(text, HasSubstr("\nproved: 1 property\n1 error, 0 warnings, 0 notes\n"));
  EXPECT_THAT(write_findings(samples::pack(), {}, Format::text), HasSubstr("\n0 errors, 0 warnings, 0 notes\n"));
}

TEST(WriteFindings, GravestKindsComeFirst) {
  const Finding note{Finding::Verdict::information, "overlap", "/levels/0", "two rules", {}, {}};
  const Finding dead{Finding::Verdict::defect, "dead", "/rules/1", "nobody", {}, {}};
  const Finding twice{Finding::Verdict::defect, "duplicate", "/rules/0", "the same", {}, {}};
  const std::string text = write_findings(samples::pack(), {note, twice, dead}, Format::text);
  EXPECT_LT(text.find("(dead)"), text.find("(duplicate)"));
  EXPECT_LT(text.find("(duplicate)"), text.find("(overlap)"));
  EXPECT_THAT(text, HasSubstr("\n1 error, 1 warning, 1 note\n"));
}

TEST(WriteFindings, NameTheLineOfTheFile) {
  const PackFile file{"pack.json", "{\n\"monotone\": [\n\"cows_score\"]}"};
  EXPECT_THAT(write_findings(samples::pack(), findings(), Format::text, file), HasSubstr("\n  line 3  /monotone/0\n"));
  const io::Json json = io::Json::parse(write_findings(samples::pack(), findings(), Format::json, file));
  EXPECT_EQ(json["findings"][1]["line"], 3);
  EXPECT_TRUE(json["findings"][0]["line"].is_null());
}

TEST(WriteFindings, Json) {
  const io::Json json = io::Json::parse(write_findings(samples::pack(), findings(), Format::json));
  EXPECT_EQ(json["pack"]["id"], "small");
  EXPECT_EQ(json["findings"][0]["is_fault"], false);
  EXPECT_EQ(json["findings"][0]["severity"], "none");
  EXPECT_TRUE(json["findings"][0]["counterexample"].is_null());
  EXPECT_EQ(json["findings"][1]["is_fault"], true);
  EXPECT_EQ(json["findings"][1]["severity"], "error");
  EXPECT_EQ(json["findings"][1]["counterexample"]["cows_score"], 15);
}

TEST(WriteFindings, OtherFormatsAreText) {
  EXPECT_EQ(write_findings(samples::pack(), findings(), Format::dot),
            write_findings(samples::pack(), findings(), Format::text));
}

TEST(WriteCounterexample, CanBeReadAgain) {
  const Assessment person = samples::assessment(R"({"cows_score": {"from": 5}, "housing": "sheltered"})");
  const Result<Input> input = read_input(write_counterexample(person, "why \"it\" is here"));
  ASSERT_TRUE(input.has_value());
  EXPECT_EQ(input->assessment, person);
}

// The parts of SARIF 2.1.0 that are required, and what its prose asks of `kind` and `level`.
TEST(WriteSarif, HasTheStructureOfTheStandard) {
  const PackFile file{"my packs/pack.json", "{\n\"monotone\": [\n\"cows_score\"]}"};
  const io::Json json = io::Json::parse(write_findings_sarif(samples::pack(), findings(), file));
  EXPECT_EQ(json["version"], "2.1.0");
  ASSERT_EQ(json["runs"].size(), 1U);
  const io::Json& driver = json["runs"][0]["tool"]["driver"];
  EXPECT_EQ(driver["name"], "placement");
  ASSERT_EQ(driver["rules"].size(), finding_kinds().size());
  const io::Json& results = json["runs"][0]["results"];
  ASSERT_EQ(results.size(), 2U);
  for (const io::Json& result : results) {
    EXPECT_EQ(driver["rules"][result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    EXPECT_TRUE(result["message"]["text"].is_string());
    EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "my%20packs/pack.json");
    EXPECT_EQ(result["kind"] == "fail", result["level"] != "none");
  }
  EXPECT_EQ(results[0]["kind"], "pass");
  EXPECT_FALSE(results[0]["locations"][0]["physicalLocation"].contains("region"));
  EXPECT_EQ(results[1]["level"], "error");
  EXPECT_EQ(results[1]["message"]["text"], "refuted: worse is placed lower");
  EXPECT_EQ(results[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
  EXPECT_EQ(results[1]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "/monotone/0");
  EXPECT_EQ(results[1]["properties"]["counterexample"]["cows_score"], 15);
}

}  // namespace write_findings_test
}  // namespace placement
