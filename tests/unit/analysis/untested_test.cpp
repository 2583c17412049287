#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace untested_test {

std::vector<std::string> untested_by(const std::string& cases) {
  const Engine engine = small_packs::engine(R"({
    "levels": [{"id": "low"}, {"id": "high"}],
    "rules": [{"id": "iv", "kind": "require", "level": "high", "when": "injects"},
              {"id": "care", "kind": "require", "level": "high", "when": "suicide_risk >= moderate or cows_score >= 25"}]})");
  std::vector<std::string> all;
  for (const Finding& f : untested(engine, run_cases(engine, read_cases(cases).value()))) {
    EXPECT_EQ(f.kind, "untested");
    EXPECT_EQ(severity_of(f), Severity::information);
    all.push_back(f.where + ": " + f.message);
  }
  return all;
}

constexpr std::string_view kWell =
    R"({"note": "well", "assessment": {"injects": false, "suicide_risk": "low", "cows_score": 24}, "want": {}})";
constexpr std::string_view kIll =
    R"({"note": "ill", "assessment": {"injects": true, "suicide_risk": "moderate", "cows_score": 25}, "want": {}})";

TEST(Untested, NamesRulesThresholdsAndLevels) {
  EXPECT_THAT(
      untested_by(std::string(kWell)),
      testing::ElementsAre("/levels/1: no case is decided at `high`", "/rules/0: `iv` holds in no case",
                           "/rules/1: `care` holds in no case", ": `cows_score`: no case on each side of 25 (at)",
                           ": `suicide_risk`: no case on each side of moderate (at)"));
}

TEST(Untested, IsNothingWhereCasesTouchEverything) {
  EXPECT_THAT(untested_by(std::string(kWell) + "\n" + std::string(kIll)), testing::ElementsAre());
}

}  // namespace untested_test
}  // namespace placement
