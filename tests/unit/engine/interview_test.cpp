// Interviews step by step: what each step does to answers, questions and history. That an interview reaches the right
// level is a law (tests/property/interview_test.cpp).
#include "placement/interview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace interview_test {

using small_packs::faults_of;
using testing::ElementsAre;
using testing::IsEmpty;

const Engine& shipped_engine() {
  static const Engine made = small_packs::engine(R"({
    "constraints": [{"id": "history", "always": "oud_diagnosis = none or oud_history"}],
    "rules": [
      {"id": "sick", "kind": "require", "level": "intensive", "when": "cows_score >= 13"},
      {"id": "unable", "kind": "require", "level": "residential", "when": "self_care = unable"},
      {"id": "both", "kind": "require", "level": "hospital", "when": "injects and uses_alone"},
      {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
      {"id": "suicide", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high"},
      {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"}],
    "must_know": [{"field": "oud_diagnosis"}]})");
  return made;
}

Interview interview_of(std::string_view input = "{}") {
  Result<Interview> interview = Interview::start(shipped_engine(), *read_interview(input));
  EXPECT_TRUE(interview.has_value());
  return std::move(interview).value();
}

std::vector<std::string> start_faults(std::string_view input) {
  const Result<Interview> interview = Interview::start(shipped_engine(), *read_interview(input));
  return interview.has_value() ? std::vector<std::string>{} : faults_of(interview.error());
}

std::size_t rule(std::string_view id) { return *shipped_engine().pack().content().find_rule(id); }

TEST(Interview, AsksWhatMustBeKnownFirst) { EXPECT_EQ(interview_of().question(), Field::oud_diagnosis); }

TEST(Interview, NeverAsksAgainWhatIsAnsweredPartlyAnsweredOrNotKnown) {
  Interview interview = interview_of();
  interview.answer(Field::oud_diagnosis, ValueSet::of(3));
  interview.not_known(Field::self_care);
  interview.answer(Field::cows_score, ValueSet::range(8, 20));  // may hold or not: it stays relevant
  EXPECT_EQ(interview.answered(), 2U);
  EXPECT_EQ(interview.unanswered(), 1U);
  const std::vector<Field> missing = interview.now().missing;
  EXPECT_NE(std::find(missing.begin(), missing.end(), Field::cows_score), missing.end());
  std::vector<Field> asked;
  while (interview.question()) {
    asked.push_back(*interview.question());
    interview.not_known(*interview.question());
  }
  EXPECT_EQ(interview.left(), 0U);
  for (const Field field : {Field::oud_diagnosis, Field::self_care, Field::cows_score})
    EXPECT_EQ(std::find(asked.begin(), asked.end(), field), asked.end()) << spec(field).name;
  EXPECT_EQ(std::set<Field>(asked.begin(), asked.end()).size(), asked.size());
}

TEST(Interview, TakesAllValuesForNotKnown) {
  Interview interview = interview_of();
  interview.answer(Field::cows_score, ValueSet::all(Field::cows_score));
  EXPECT_THAT(interview.state().input.request.asked, ElementsAre(Field::cows_score));
}

TEST(Interview, KeepsWhatIsPartlyKnownWhereNobodyKnowsMore) {
  Interview interview = interview_of(R"({"cows_score": {"from": 8}})");
  interview.not_known(Field::cows_score);
  EXPECT_EQ(interview.now().assessment.answer(Field::cows_score), ValueSet::range(8, 48));
}

TEST(Interview, EveryStepCanBeTakenBackInTurn) {
  const std::string start = R"({"note": "n", "assessment": {"cows_score": {"from": 8}},
    "request": {"asked": ["self_care"], "handled": [{"alert": "suicide"}]}})";
  Interview interview = interview_of(start);
  std::vector<std::string> before;
  const auto step = [&](auto&& take) {
    before.push_back(write_interview(interview.state()));
    take();
  };
  step([&] { interview.answer(Field::cows_score, ValueSet::of(14)); });
  step([&] { interview.not_known(Field::oud_diagnosis); });
  step([&] { interview.answer(Field::self_care, ValueSet::of(1)); });
  step([&] { interview.answer(Field::overdose_signs_now, ValueSet::of(1)); });
  step([&] { interview.handled(rule("overdose"), "RN", "10:00"); });
  step([&] { interview.answer(Field::cows_score, ValueSet::range(10, 12)); });
  step([&] { interview.answer(Field::cows_score, ValueSet::of(11)); });
  const Interview same = interview_of(write_interview(interview.state()));  // saved and resumed
  EXPECT_EQ(same.question(), interview.question());
  for (Interview each : {interview, same}) {
    for (std::size_t i = before.size(); i-- > 0;) {
      ASSERT_TRUE(each.back());
      EXPECT_EQ(write_interview(each.state()), before[i]) << i;
      EXPECT_EQ(each.question(), interview_of(before[i]).question()) << i;
    }
    EXPECT_FALSE(each.back());
    EXPECT_EQ(write_interview(each.state()), before.front());
  }
}

TEST(Interview, ShowsAnEmergencyUntilItIsHandled) {
  Interview interview = interview_of();
  EXPECT_THAT(interview.emergencies(), IsEmpty());
  interview.answer(Field::overdose_signs_now, ValueSet::of(1));
  interview.answer(Field::suicide_risk, ValueSet::of(3));
  EXPECT_THAT(interview.emergencies(), ElementsAre(rule("overdose"), rule("suicide")));
  interview.handled(rule("overdose"));
  interview.handled(rule("overdose"));  // twice is once
  EXPECT_THAT(interview.emergencies(), ElementsAre(rule("suicide")));
  interview.handled(rule("suicide"), "Dr. A");
  EXPECT_THAT(interview.emergencies(), IsEmpty());
  EXPECT_EQ(interview.now().status, Status::undecided);
  EXPECT_EQ(interview.state().input.request.handled.back().by, "Dr. A");
  interview.back();
  EXPECT_THAT(interview.emergencies(), ElementsAre(rule("suicide")));
}

TEST(Interview, ShowsAnEmergencyThatRestsOnSeveralUncertainAlerts) {
  const Engine either = small_packs::engine(R"json({"rules": [
    {"id": "one", "kind": "alert", "urgency": "stop", "when": "injects"},
    {"id": "other", "kind": "alert", "urgency": "stop", "when": "not(injects)"}]})json");
  EXPECT_THAT(Interview::start(either)->emergencies(), ElementsAre(0U, 1U));
}

TEST(Interview, StopsAskingAtAContradictionAndGoesOnOnceItIsTakenBack) {
  Interview interview = interview_of(R"({"oud_diagnosis": "severe"})");
  interview.answer(Field::oud_history, ValueSet::of(0));
  EXPECT_EQ(interview.now().status, Status::inconsistent);
  EXPECT_FALSE(interview.question());
  interview.back();
  EXPECT_TRUE(interview.question());
}

TEST(Interview, LeavesThePlacedLevelForTheEnd) {
  const Interview interview = interview_of(R"({"assessment": {}, "request": {"placed": {"level": "intensive"}}})");
  EXPECT_TRUE(interview.question());
  EXPECT_FALSE(interview.now().placed);
  const Result<Recommendation> result = interview.result();
  ASSERT_FALSE(result.has_value());  // nothing is indicated: a reason is needed
  EXPECT_THAT(faults_of(result.error()), ElementsAre(testing::StartsWith("/request/placed/override_reason: ")));
}

TEST(Interview, RefusesARequestThatThePackDoesNotKnow) {
  EXPECT_THAT(start_faults(R"({"assessment": {}, "request": {"current_level": "moon"}})"),
              ElementsAre(testing::StartsWith("/request/current_level: ")));
  EXPECT_THAT(start_faults(R"({"assessment": {}, "request": {"placed": {"level": "moon"}}})"),
              ElementsAre(testing::StartsWith("/request/placed/level: ")));
}

TEST(Interview, RefusesAHistoryThatDoesNotFitTheAnswers) {
  EXPECT_THAT(start_faults(R"({"assessment": {}, "history": [{"field": "cows_score"}]})"),
              ElementsAre(testing::StartsWith("/history/0: the field has no answer")));
  EXPECT_THAT(start_faults(R"({"assessment": {}, "history": [{"handled": "overdose"}]})"),
              ElementsAre(testing::StartsWith("/history/0: `handled`")));
  EXPECT_THAT(start_faults(R"({"assessment": {"cows_score": 3},
                               "history": [{"field": "cows_score"}, {"field": "cows_score"}]})"),
              ElementsAre(testing::StartsWith("/history/0: ")));  // before the second there was no first answer
}

// ---- What a question is good for
// --------------------------------------------------------------------------------------

TEST(InterviewPurpose, SaysWhatEachAnswerLeavesPossible) {
  const QuestionPurpose purpose = interview_of(R"({"injects": false})").purpose(Field::self_care);
  EXPECT_FALSE(purpose.must_know);
  ASSERT_EQ(purpose.outcomes.size(), 2U);
  EXPECT_EQ(purpose.outcomes[0].answers, ValueSet::range(0, 1));
  EXPECT_THAT(purpose.outcomes[0].possible, ElementsAre(0, 1));
  EXPECT_EQ(purpose.outcomes[1].answers, ValueSet::of(2));
  EXPECT_THAT(purpose.outcomes[1].possible, ElementsAre(2));
  EXPECT_THAT(purpose.levels_apart, ElementsAre(0, 1, 2));
  EXPECT_THAT(purpose.rules, ElementsAre(rule("unable")));
}

TEST(InterviewPurpose, KnowsWhatTellsOnlyTogetherWithOthers) {
  const QuestionPurpose purpose = interview_of(R"({"cows_score": 0})").purpose(Field::uses_alone);
  ASSERT_EQ(purpose.outcomes.size(), 2U);  // yes leaves all as before, no rules the hospital out
  EXPECT_THAT(purpose.levels_apart, ElementsAre(3));
  const QuestionPurpose diagnosis = interview_of().purpose(Field::oud_diagnosis);
  EXPECT_EQ(diagnosis.outcomes.size(), 1U);
  EXPECT_THAT(diagnosis.levels_apart, IsEmpty());
  EXPECT_EQ(diagnosis.must_know, 0U);
}

TEST(InterviewPurpose, StaysWithinWhatIsPartlyKnown) {
  const QuestionPurpose purpose =
      interview_of(R"({"cows_score": {"from": 10, "to": 15}, "injects": false})").purpose(Field::cows_score);
  ASSERT_EQ(purpose.outcomes.size(), 2U);
  EXPECT_EQ(purpose.outcomes[0].answers, ValueSet::range(10, 12));
  EXPECT_EQ(purpose.outcomes[1].answers, ValueSet::range(13, 15));
}

TEST(InterviewPurpose, TellsContradictionFromOutOfScope) {
  const QuestionPurpose history = interview_of(R"({"oud_diagnosis": "severe"})").purpose(Field::oud_history);
  ASSERT_EQ(history.outcomes.size(), 2U);
  EXPECT_TRUE(history.outcomes[0].contradicts);
  EXPECT_FALSE(history.outcomes[1].contradicts);
  const QuestionPurpose age = interview_of().purpose(Field::age_years);
  ASSERT_EQ(age.outcomes.size(), 2U);
  EXPECT_EQ(age.outcomes[0].answers, ValueSet::range(0, 17));
  EXPECT_THAT(age.outcomes[0].possible, IsEmpty());
  EXPECT_FALSE(age.outcomes[0].contradicts);
  EXPECT_THAT(age.rules, ElementsAre(rule("child")));
}

TEST(InterviewPurpose, NamesStopAlertsBeforeDemands) {
  const Engine made = small_packs::engine(R"({"rules": [
    {"id": "low", "kind": "require", "level": "intensive", "when": "suicide_risk >= low"},
    {"id": "high", "kind": "require", "level": "hospital", "when": "suicide_risk >= moderate"},
    {"id": "note", "kind": "alert", "urgency": "notice", "when": "suicide_risk = low"},
    {"id": "stop", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high"}]})");
  EXPECT_THAT(Interview::start(made)->purpose(Field::suicide_risk).rules, ElementsAre(3U, 1U, 0U));
}

}  // namespace interview_test
}  // namespace placement
