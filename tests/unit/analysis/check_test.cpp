#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/pathway.hpp"
#include "placement/analysis.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace check_test {

using Verdict = Finding::Verdict;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<Finding> findings(const std::string& kind, std::string_view parts, std::string_view edits = "{}") {
  std::vector<Finding> all = check_pack(small_packs::engine(parts, edits));
  all.erase(std::remove_if(all.begin(), all.end(), [&](const Finding& f) { return f.kind != kind; }), all.end());
  return all;
}

TEST(CheckPack, ListsPropertiesAndMonotoneClaimsInFileOrder) {
  constexpr std::string_view kParts = R"({
    "rules": [{"id": "iv", "kind": "require", "level": "intensive", "when": "injects"}],
    "monotone": ["injects", "housing"],
    "properties": [{"id": "a", "says": "injecting needs more", "implies": {"when": "injects", "then": "level >= intensive"}},
                   {"id": "b", "says": "never more than that", "implies": {"when": "true", "then": "level < intensive"}}]})";
  const std::vector<Finding> properties = findings("property", kParts);
  ASSERT_EQ(properties.size(), 2U);
  EXPECT_EQ(properties[0].verdict, Verdict::proved);
  EXPECT_EQ(properties[0].where, "/properties/0");
  EXPECT_THAT(properties[0].message, HasSubstr("injecting needs more"));
  EXPECT_EQ(properties[1].verdict, Verdict::refuted);
  EXPECT_TRUE(properties[1].is_fault());
  const std::vector<Finding> monotone = findings("monotone", kParts);
  ASSERT_EQ(monotone.size(), 2U);
  EXPECT_EQ(monotone[0].where, "/monotone/0");
  EXPECT_EQ(monotone[1].where, "/monotone/1");
  EXPECT_EQ(monotone[1].verdict, Verdict::proved);
}

TEST(CheckPack, RefutesAProjectionThatContradicts) {
  static constexpr std::string_view kParts = R"({
    "constraints": [{"id": "c", "always": "not(withdrawal_management_completed) or cows_score <= 20"}]})";
  const auto broken = [](std::string_view edits) {
    std::vector<Finding> all = findings("projection", kParts, edits);
    all.erase(std::remove_if(all.begin(), all.end(), [](const Finding& f) { return f.verdict != Verdict::refuted; }),
              all.end());
    return all;
  };
  const std::vector<Finding> found = broken(R"({"/levels/3/resolves": {"withdrawal_management_completed": true}})");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("`hospital`"));
  EXPECT_EQ(found[0].where, "/levels/3");
  ASSERT_TRUE(found[0].counterexample.has_value());
  EXPECT_EQ(*found[0].counterexample, small_packs::person(R"({"cows_score": {"from": 21}})"));
  const Engine engine =
      small_packs::engine(kParts, R"({"/levels/3/resolves": {"withdrawal_management_completed": true}})");
  EXPECT_NE(engine.recommend(*found[0].counterexample).value().status, Status::inconsistent);
  const Assessment after = engine::projected(*found[0].counterexample, engine.pack().content().levels[3]);
  EXPECT_EQ(engine.recommend(after).value().status, Status::inconsistent);
  // Resolving the score too mends it.
  EXPECT_THAT(broken(R"({"/levels/3/resolves": {"withdrawal_management_completed": true, "cows_score": 0}})"),
              ElementsAre());
}

TEST(CheckPack, WantsLostToleranceAfterRoundTheClockCare) {
  const auto defects = [](std::string_view edits) {
    std::vector<std::string> messages;
    for (const Finding& f : findings("projection", "{}", edits))
      if (f.verdict == Verdict::defect) messages.push_back(f.message);
    return messages;
  };
  EXPECT_THAT(defects("{}"), ElementsAre(HasSubstr("`residential`"), HasSubstr("`hospital`")));
  EXPECT_THAT(defects(R"({"/levels/2/resolves": {"tolerance_lost_30d": true}})"), ElementsAre(HasSubstr("`hospital`")));
  EXPECT_THAT(defects(R"({"/levels/2/resolves": {"tolerance_lost_30d": true},
                          "/levels/3/resolves": {"tolerance_lost_30d": false}})"),
              ElementsAre(HasSubstr("`hospital`")));
}

TEST(CheckPack, FindsRulesThatWouldHoldPeopleForEver) {
  const auto where = [](const std::string& level, const std::string& when) {
    std::vector<std::string> places;
    for (const Finding& f : findings("unreleasable", R"({"rules": [{"id": "r", "kind": "require", "level": ")" + level +
                                                         R"(", "when": ")" + when + "\"}]}")) {
      EXPECT_EQ(f.verdict, Verdict::defect);
      places.push_back(f.where);
    }
    return places;
  };
  EXPECT_THAT(where("residential", "age_years >= 80"), ElementsAre("/rules/0"));
  EXPECT_THAT(where("residential", "complicated_withdrawal_ever and overdoses_ever > 2"), ElementsAre("/rules/0"));
  EXPECT_THAT(where("residential", "age_years >= 80 and injects"), ElementsAre());
  EXPECT_THAT(where("residential", "days_in_level <= 30 and age_years >= 80"), ElementsAre());  // progress
  EXPECT_THAT(where("intensive", "age_years >= 80"), ElementsAre());
}

TEST(CheckPack, ListsRulesThatReadDemographicFields) {
  const std::vector<Finding> found = findings("demographic", R"({
    "terms": [{"id": "young", "when": "age_years < 25"}],
    "rules": [{"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
              {"id": "care", "kind": "offer", "service": "moud", "when": "pregnant and young"}]})");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "/rules/1");
  EXPECT_EQ(found[0].verdict, Verdict::information);
  EXPECT_FALSE(found[0].is_fault());
  EXPECT_THAT(found[0].message, HasSubstr("`age_years` and `pregnant`"));
}

TEST(CheckPack, NamesTheLevelsPlaceInTheFile) {
  // The file has the levels from the top down.
  const std::vector<Finding> found = findings("projection", R"({"levels": [
    {"id": "high", "intensity": 30, "round_the_clock": true}, {"id": "middle", "intensity": 20},
    {"id": "low", "intensity": 10}],
    "moves": [{"kind": "step_up", "from": "low", "to": "middle"}, {"kind": "step_up", "from": "middle", "to": "high"},
              {"kind": "step_down", "from": "high", "to": "middle"}, {"kind": "step_down", "from": "middle", "to": "low"}]})");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].where, "/levels/1");
  EXPECT_EQ(found[1].where, "/levels/0");
  EXPECT_EQ(found[2].where, "/levels/0");
}

TEST(FindingKinds, StandGravestFirstWithDistinctNames) {
  const auto kinds = finding_kinds();
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    EXPECT_LE(kinds[i].severity, kinds[i - 1].severity);
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(kinds[i].name, kinds[k].name);
  }
}

TEST(FindingKinds, GiveAFindingItsSeverity) {
  Finding finding{Verdict::defect, "dead", "/rules/0", "", {}, {}};
  EXPECT_EQ(severity_of(finding), Severity::error);
  finding.kind = "subsumed";
  EXPECT_EQ(severity_of(finding), Severity::warning);
  finding.kind = "property";
  finding.verdict = Verdict::not_settled;  // what is not proved is not taken for proved
  EXPECT_EQ(severity_of(finding), Severity::error);
  finding.verdict = Verdict::proved;
  EXPECT_EQ(severity_of(finding), Severity::none);
  finding.verdict = Verdict::information;
  EXPECT_EQ(severity_of(finding), Severity::information);
  EXPECT_EQ(to_string(Severity::none), "none");
  EXPECT_EQ(to_string(Severity::information), "information");
  EXPECT_EQ(to_string(Severity::warning), "warning");
  EXPECT_EQ(to_string(Severity::error), "error");
}

TEST(Finding, VerdictsHaveNamesAndCountOrNot) {
  const auto counts = [](Verdict verdict) {
    Finding finding;
    finding.verdict = verdict;
    return finding.is_fault();
  };
  EXPECT_FALSE(counts(Verdict::proved));
  EXPECT_FALSE(counts(Verdict::information));
  EXPECT_TRUE(counts(Verdict::refuted));
  EXPECT_TRUE(counts(Verdict::vacuous));
  EXPECT_TRUE(counts(Verdict::defect));
  EXPECT_TRUE(counts(Verdict::not_settled));
  EXPECT_EQ(to_string(Verdict::proved), "proved");
  EXPECT_EQ(to_string(Verdict::refuted), "refuted");
  EXPECT_EQ(to_string(Verdict::vacuous), "vacuous");
  EXPECT_EQ(to_string(Verdict::defect), "defect");
  EXPECT_EQ(to_string(Verdict::information), "information");
  EXPECT_EQ(to_string(Verdict::not_settled), "not_settled");
}

}  // namespace check_test
}  // namespace placement
