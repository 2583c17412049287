#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace cases_test {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Engine& engine() {
  static const Engine made = small_packs::engine(R"({"rules": [
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "shaky", "kind": "require", "level": "residential", "when": "cows_score >= 25"},
    {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "cows_score >= 25"},
    {"id": "treat", "kind": "offer", "service": "moud", "when": "injects"},
    {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
    {"id": "infection", "kind": "alert", "urgency": "urgent", "when": "severe_infection_signs"}]})");
  return made;
}

CaseReport run(const std::string& lines) { return run_cases(engine(), read_cases(lines).value()); }

std::string one_line(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
  return text;
}

CaseReport run_one(const std::string& answers, const std::string& want) {
  return run(R"({"note": "n", "assessment": )" + answers + R"(, "want": )" + want + "}");
}

TEST(RunCases, FindsNothingWhereAllIsAsWanted) {
  const CaseReport report = run_one(
      R"({"injects": true, "cows_score": 3, "overdose_signs_now": false, "severe_infection_signs": true})",
      one_line(R"({"status": "decided", "possible": ["intensive"], "determining_rules": ["iv"], "alerts": ["infection"],
 "capabilities": [], "offers": ["moud"], "holds": ["iv", "treat"], "no": ["shaky"], "disposition": "admit",
 "feasible": null})"));
  EXPECT_THAT(report.outcomes.at(0).differences, ElementsAre());
  EXPECT_EQ(report.outcomes.at(0).status, Status::decided);
  EXPECT_EQ(report.failed(), 0U);
}

TEST(RunCases, SaysWhatWasWantedAndWhatCame) {
  const std::string answers = R"({"injects": true, "cows_score": 3, "overdose_signs_now": false})";
  const auto differences = [&](const std::string& want) { return run_one(answers, want).outcomes.at(0).differences; };
  EXPECT_THAT(differences(R"({"status": "undecided"})"), ElementsAre("status: wanted undecided, got decided"));
  EXPECT_THAT(differences(R"({"possible": ["outpatient", "intensive"]})"),
              ElementsAre("possible: wanted [outpatient, intensive], got [intensive]"));
  EXPECT_THAT(differences(R"({"determining_rules": []})"), ElementsAre("determining_rules: wanted [], got [iv]"));
  EXPECT_THAT(differences(R"({"alerts": ["overdose"]})"), ElementsAre("alerts: wanted [overdose], got []"));
  EXPECT_THAT(differences(R"({"capabilities": ["nursing"]})"), ElementsAre("capabilities: wanted [nursing], got []"));
  EXPECT_THAT(differences(R"({"offers": ["counselling"]})"), ElementsAre("offers counselling: wanted yes, got no"));
  EXPECT_THAT(differences(R"({"offers": ["tea"]})"), ElementsAre("offers: the pack has no service tea"));
  EXPECT_THAT(differences(R"({"holds": ["shaky", "tea"]})"),
              ElementsAre("rule shaky: wanted holds, got no", "the pack has no rule tea"));
  EXPECT_THAT(differences(R"({"no": ["infection"]})"), ElementsAre("rule infection: wanted no, got open"));
  EXPECT_THAT(differences(R"({"disposition": "continue"})"), ElementsAre("disposition: wanted continue, got admit"));
  EXPECT_THAT(differences(R"({"feasible": "hospital"})"), ElementsAre("feasible: wanted hospital, got null"));
  EXPECT_EQ(differences(R"({"status": "undecided", "alerts": ["overdose"]})").size(), 2U);
}

TEST(RunCases, ARefusedRequestIsADifference) {
  const CaseReport report =
      run(R"({"note": "n", "assessment": {}, "request": {"current_level": "hotel"}, "want": {"status": "undecided"}})");
  EXPECT_THAT(report.outcomes.at(0).differences, ElementsAre(HasSubstr("/request/current_level: ")));
  EXPECT_EQ(report.failed(), 1U);
}

TEST(RunCases, NamesNoAnswers) {
  const CaseReport report = run_one(R"({"cows_score": 47, "injects": true})", R"({"status": "undecided"})");
  for (const std::string& difference : report.outcomes.at(0).differences) EXPECT_THAT(difference, Not(HasSubstr("47")));
}

TEST(RunCases, SaysWhatNoCaseTouches) {
  const CaseReport report =
      run("{\"note\": \"a\", \"assessment\": {\"injects\": true, \"cows_score\": 24, \"overdose_signs_now\": false}, "
          "\"want\": {}}\n"
          "\n"
          "{\"note\": \"b\", \"assessment\": {\"overdose_signs_now\": true, \"injects\": false}, \"want\": {}}\n");
  ASSERT_EQ(report.outcomes.size(), 2U);
  EXPECT_THAT(report.rules[0].holds, ElementsAre(0));  // iv
  EXPECT_EQ(report.rules[0].near_miss, std::optional<std::size_t>(1));
  EXPECT_TRUE(report.rules[0].is_covered());
  EXPECT_THAT(report.rules[1].holds, IsEmpty());  // shaky: 24 is one step away
  EXPECT_EQ(report.rules[1].near_miss, std::optional<std::size_t>(0));
  EXPECT_FALSE(report.rules[1].is_covered());
  EXPECT_THAT(report.rules[5].holds, IsEmpty());  // infection: open in both
  EXPECT_FALSE(report.rules[5].near_miss.has_value());
  ASSERT_EQ(report.thresholds.size(), 1U);
  EXPECT_EQ(report.thresholds[0].field, Field::cows_score);
  EXPECT_EQ(report.thresholds[0].value, 25);
  EXPECT_TRUE(report.thresholds[0].below);
  EXPECT_FALSE(report.thresholds[0].at);
  EXPECT_THAT(report.statuses_missing, ElementsAre(Status::inconsistent, Status::out_of_scope, Status::undecided));
  EXPECT_THAT(report.levels_missing, ElementsAre(0, 2, 3));
  EXPECT_THAT(report.offers_missing, IsEmpty());
  EXPECT_THAT(report.capabilities_missing, ElementsAre(0));
  EXPECT_FALSE(report.moves_missing.empty());
  EXPECT_THAT(report.dispositions_missing, Not(Contains(Disposition::admit)));
  EXPECT_THAT(report.dispositions_missing, Contains(Disposition::transfer));
}

TEST(RunCases, AStepOfTwoIsNoNearMiss) {
  const CaseReport report = run_one(R"({"cows_score": 23, "injects": false})", "{}");
  EXPECT_FALSE(report.rules[1].near_miss.has_value());
}

TEST(RunCases, WhatHoldsAlwaysNeedsNoNearMiss) {
  const Engine always =
      small_packs::engine(R"({"rules": [{"id": "treat", "kind": "offer", "service": "moud", "when": "true"}]})");
  const CaseReport report = run_cases(always, read_cases(R"({"note": "n", "assessment": {}, "want": {}})").value());
  EXPECT_FALSE(report.rules[0].can_fail);
  EXPECT_TRUE(report.rules[0].is_covered());
}

}  // namespace cases_test
}  // namespace placement
