// The oracle against answers worked out by hand.
#include "oracle/oracle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/packs.hpp"

namespace {

using oracle::four_level_pack;
using oracle::Json;
using oracle::Names;
using oracle::Verdict;
using testing::ElementsAre;
using testing::IsEmpty;

Verdict judged(const Json& pack, const char* assessment, const char* request = "{}") {
  return oracle::judge(pack, Json::parse(request))(Json::parse(assessment));
}

std::string state(const Verdict& verdict, const std::string& list, const std::string& id) {
  const oracle::Finding& finding = verdict.findings.at(list).at(id);
  std::string text = finding.state;
  for (const std::string& field : finding.waits_for) text += " " + field;
  return text;
}

// Whether the condition holds for the complete assessment.
bool holds(const char* condition, const char* assessment) {
  const Json pack = four_level_pack(R"({"terms": [
    {"id": "withdrawal", "of": "cows_score", "bands": [
      {"name": "minimal", "from": 0}, {"name": "mild", "from": 5}, {"name": "moderate", "from": 13}]},
    {"id": "in_danger", "when": "withdrawal >= moderate or injects"}],
    "rules": [{"id": "rule", "kind": "require", "level": "hospital", "when": ")" +
                                    std::string(condition) + R"("}]})");
  const std::string found = judged(pack, assessment).findings.at("rules").at("rule").state;
  EXPECT_NE(found, "open") << condition << " is not settled by " << assessment;
  return found == "holds";
}

TEST(Oracle, ReadsConditions) {
  EXPECT_TRUE(holds("injects", R"({"injects": true})"));
  EXPECT_TRUE(holds("injects = false", R"({"injects": false})"));
  EXPECT_FALSE(holds("not(injects)", R"({"injects": true})"));
  EXPECT_TRUE(holds("fluid_loss >= mild", R"({"fluid_loss": "severe"})"));
  EXPECT_FALSE(holds("fluid_loss < mild", R"({"fluid_loss": "mild"})"));
  EXPECT_TRUE(holds("13 <= cows_score", R"({"cows_score": 13})"));
  EXPECT_FALSE(holds("13 < cows_score", R"({"cows_score": 13})"));
  EXPECT_TRUE(holds("cows_score != 13", R"({"cows_score": 12})"));
  EXPECT_TRUE(holds("cows_score between 5 and 12", R"({"cows_score": 12})"));
  EXPECT_FALSE(holds("cows_score between 5 and 12", R"({"cows_score": 13})"));
  EXPECT_TRUE(holds("moud_wish in (wants, declines)", R"({"moud_wish": "declines"})"));
  EXPECT_FALSE(holds("moud_wish in (wants, declines)", R"({"moud_wish": "undecided"})"));
  EXPECT_TRUE(holds("withdrawal = mild", R"({"cows_score": 12})"));
  EXPECT_TRUE(holds("in_danger = true", R"({"cows_score": 13, "injects": false})"));
  EXPECT_FALSE(holds("in_danger", R"({"cows_score": 12, "injects": false})"));
  EXPECT_TRUE(holds("true", "{}"));
  EXPECT_TRUE(holds("days_since_overdose = 250", R"({"days_since_overdose": 999})")) << "top-coded";
}

TEST(Oracle, AndBindsTighterThanOr) {
  EXPECT_TRUE(
      holds("injects or pregnant and uses_alone", R"({"injects": true, "pregnant": false, "uses_alone": false})"));
  EXPECT_FALSE(
      holds("(injects or pregnant) and uses_alone", R"({"injects": true, "pregnant": false, "uses_alone": false})"));
}

TEST(Oracle, CountsConditions) {
  const char* two = R"({"injects": true, "pregnant": false, "craving": 8})";
  EXPECT_TRUE(holds("at least 2 of (injects, pregnant, craving > 7)", two));
  EXPECT_FALSE(holds("at least 3 of (injects, pregnant, craving > 7)", two));
  EXPECT_TRUE(holds("at least 1 of (pregnant, injects and craving > 7) and craving > 7", two));
}

// Kleene's tables leave both rules open and the level undecided; every completion has one of them.
TEST(Oracle, JointCoverIsExactWhereKleeneIsNot) {
  const Json pack = four_level_pack(R"({"rules": [
    {"id": "few", "kind": "require", "level": "intensive", "when": "cows_score < 10"},
    {"id": "many", "kind": "require", "level": "intensive", "when": "cows_score >= 10"}]})");
  const Verdict nothing_known = judged(pack, "{}");
  EXPECT_EQ(nothing_known.status, "decided");
  EXPECT_THAT(nothing_known.possible, ElementsAre("intensive"));
  EXPECT_THAT(nothing_known.determining, ElementsAre("few", "many"));
  EXPECT_TRUE(nothing_known.jointly);
  EXPECT_THAT(*nothing_known.reason, IsEmpty());
  EXPECT_THAT(nothing_known.relevant, IsEmpty()) << "the score changes the rules, not the level";
  EXPECT_EQ(state(nothing_known, "rules", "few"), "open cows_score");

  const Verdict known = judged(pack, R"({"cows_score": 3})");
  EXPECT_THAT(known.determining, ElementsAre("few"));
  EXPECT_FALSE(known.jointly);
}

TEST(Oracle, ConstraintLetsOneFieldAnswerForAnother) {
  const Json pack = four_level_pack(R"({
    "constraints": [{"id": "diagnosis_is_history", "always": "oud_diagnosis = none or oud_history"}],
    "rules": [{"id": "ever", "kind": "require", "level": "intensive", "when": "oud_history"},
              {"id": "risk", "kind": "require", "level": "hospital",
               "when": "not(oud_history) and suicide_risk = high"}]
})");
  const Verdict verdict = judged(pack, R"({"oud_diagnosis": {"any_of": ["mild", "severe"]}})");
  EXPECT_EQ(verdict.status, "decided");
  EXPECT_THAT(verdict.possible, ElementsAre("intensive"));
  EXPECT_EQ(state(verdict, "rules", "ever"), "holds");
  EXPECT_EQ(state(verdict, "rules", "risk"), "no");
  EXPECT_THAT(*verdict.reason, ElementsAre("oud_diagnosis"));
  EXPECT_THAT(verdict.relevant, IsEmpty());

  const Verdict open = judged(pack, R"({"suicide_risk": "high"})");
  EXPECT_THAT(open.possible, ElementsAre("intensive", "hospital"));
  EXPECT_THAT(open.relevant, ElementsAre("oud_diagnosis", "oud_history"))
      << "the diagnosis settles the history although no rule reads it";
  EXPECT_EQ(state(open, "rules", "ever"), "open oud_history") << "a rule waits only for what it reads";
}

TEST(Oracle, ContradictionHidesNoEmergency) {
  const Json pack = four_level_pack(R"({
    "constraints": [{"id": "c", "always": "oud_diagnosis = none or oud_history"}],
    "rules": [{"id": "now", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
              {"id": "r", "kind": "require", "level": "hospital", "when": "injects"}]})");
  const char* contradiction = R"({"oud_diagnosis": "severe", "oud_history": false, "overdose_signs_now": true})";
  const Verdict emergency = judged(pack, contradiction);
  EXPECT_EQ(emergency.status, "emergency");
  EXPECT_THAT(*emergency.conflict, ElementsAre("oud_diagnosis", "oud_history"));
  EXPECT_THAT(emergency.possible, IsEmpty());
  EXPECT_EQ(state(emergency, "rules", "now"), "holds") << "judged over all completions";
  EXPECT_EQ(state(emergency, "rules", "r"), "open injects");
  EXPECT_FALSE(emergency.reason.has_value());

  EXPECT_EQ(judged(pack, R"({"oud_diagnosis": "severe", "oud_history": false})").status, "inconsistent");
  const char* handled = R"({"handled": [{"alert": "now"}]})";
  EXPECT_EQ(judged(pack, contradiction, handled).status, "inconsistent");
  EXPECT_EQ(state(judged(pack, contradiction, handled), "rules", "now"), "holds") << "handled alerts stay shown";
}

TEST(Oracle, EveryCompletionMayHaveItsOwnStopAlert) {
  const Json pack = four_level_pack(R"({"rules": [
    {"id": "not_awake", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
    {"id": "awake", "kind": "alert", "urgency": "stop", "when": "not(overdose_signs_now) and suicide_risk = high"},
    {"id": "old", "kind": "out_of_scope", "when": "age_years < 12"},
    {"id": "young", "kind": "out_of_scope", "when": "age_years >= 12"}]})");
  const Verdict verdict = judged(pack, R"({"suicide_risk": "high"})");
  EXPECT_EQ(verdict.status, "emergency");
  EXPECT_EQ(state(verdict, "rules", "awake"), "open overdose_signs_now");
  EXPECT_EQ(judged(pack, R"({"suicide_risk": "low", "overdose_signs_now": false})").status, "out_of_scope");
  EXPECT_EQ(judged(pack, R"({"suicide_risk": "low"})").status, "out_of_scope")
      << "a stop alert that may hold changes nothing while some completion has none";
}

TEST(Oracle, MustKnowIsAnsweredWhereTheRestMakesNoDifference) {
  const Json pack = four_level_pack(R"({
    "must_know": [{"field": "cows_score", "when": "injects"}],
    "rules": [{"id": "r", "kind": "offer", "service": "moud", "when": "cows_score >= 13"}]})");
  EXPECT_EQ(judged(pack, R"({"injects": false})").status, "decided") << "not required";
  EXPECT_EQ(judged(pack, R"({"injects": true})").status, "undecided");
  EXPECT_EQ(judged(pack, "{}").status, "undecided") << "required unless `when` is no";
  EXPECT_THAT(judged(pack, "{}").must_know, ElementsAre("cows_score"));
  EXPECT_THAT(judged(pack, "{}").relevant, ElementsAre("injects", "cows_score"));
  EXPECT_EQ(judged(pack, R"({"injects": true, "cows_score": {"from": 13}})").status, "decided");
  EXPECT_EQ(judged(pack, R"({"injects": true, "cows_score": {"from": 12}})").status, "undecided");
}

TEST(Oracle, StepsTowardsARuleCount) {
  const Json pack = four_level_pack(R"({"rules": [
    {"id": "both", "kind": "require", "level": "hospital", "when": "injects and uses_alone"}]})");
  const Verdict verdict = judged(pack, "{}");
  EXPECT_EQ(state(verdict, "rules", "both"), "open injects uses_alone");
  EXPECT_THAT(verdict.relevant, ElementsAre("injects", "uses_alone"));
  EXPECT_EQ(state(judged(pack, R"({"injects": false})"), "rules", "both"), "no");
  EXPECT_THAT(*judged(pack, R"({"injects": false, "uses_alone": false})").reason, ElementsAre("injects")) << "a tie";
}

TEST(Oracle, ContinueDemandsTheCurrentLevel) {
  const Json pack = four_level_pack(R"({"rules": [
    {"id": "stay", "kind": "continue", "when": "craving > 5"},
    {"id": "r", "kind": "require", "level": "intensive", "when": "injects"}]})");
  const char* assessment = R"({"craving": 9, "injects": true})";
  EXPECT_THAT(judged(pack, assessment).determining, ElementsAre("r"));
  EXPECT_EQ(state(judged(pack, assessment), "rules", "stay"), "not_evaluated");
  const Verdict verdict = judged(pack, assessment, R"({"current_level": "residential"})");
  EXPECT_THAT(verdict.possible, ElementsAre("residential"));
  EXPECT_THAT(verdict.determining, ElementsAre("stay"));
}

TEST(Oracle, AvoidOutweighsOffer) {
  const Json pack = four_level_pack(R"({"rules": [
    {"id": "offer", "kind": "offer", "service": "moud", "when": "true"},
    {"id": "avoid", "kind": "avoid", "service": "moud", "when": "acute_liver_failure"},
    {"id": "ward", "kind": "capability", "capability": "nursing", "when": "fluid_loss >= mild"}]})");
  EXPECT_EQ(state(judged(pack, "{}"), "services", "moud"), "open acute_liver_failure");
  EXPECT_EQ(state(judged(pack, R"({"acute_liver_failure": true})"), "services", "moud"), "avoid");
  EXPECT_EQ(state(judged(pack, R"({"acute_liver_failure": false})"), "services", "moud"), "yes");
  EXPECT_EQ(state(judged(pack, "{}"), "services", "counselling"), "no");
  EXPECT_EQ(state(judged(pack, R"({"fluid_loss": {"from": "mild"}})"), "capabilities", "nursing"), "yes");
}

}  // namespace
