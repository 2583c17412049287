// What Engine::explain answers, on packs small enough to see why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/engine.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace questions_test {

using small_packs::faults_of;
using small_packs::names;
using small_packs::person;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Outcome = Counterfactual::Outcome;
using Relation = WhyNot::Relation;

// Craving leads up step by step; a history (fixed) demands intensive care; pregnancy is hospital care.
const Engine& ladder() {
  static const Engine engine = small_packs::engine(R"json({
    "terms": [{"id": "craves", "when": "craving >= 4"}],
    "constraints": [{"id": "k", "always": "not(injects) or oud_history"}],
    "rules": [
      {"id": "history", "kind": "require", "level": "intensive", "when": "oud_history"},
      {"id": "craving", "kind": "require", "level": "residential", "when": "craves and (injects or uses_alone)"},
      {"id": "pregnant", "kind": "require", "level": "hospital", "when": "pregnant and at least 2 of (injects, uses_alone, fluid_loss = severe)"},
      {"id": "worse", "kind": "continue", "when": "progress = worse"},
      {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"}]
})json");
  return engine;
}

const char* const kKnown = R"json({"oud_history": true, "craving": 6, "injects": true, "uses_alone": false,
  "pregnant": false, "fluid_loss": "none", "progress": "improving", "age_years": 40})json";

Explanation ask(std::string_view json, const Question& question, const Request& request = {}) {
  return *ladder().explain(person(json), request, question);
}

std::vector<std::string> ids(const std::vector<std::size_t>& rules) {
  std::vector<std::string> all;
  for (const std::size_t r : rules) all.push_back(ladder().pack().content().rules[r].id);
  return all;
}

TEST(Questions, WithoutOneTheNearestLevelsThatCanBeReachedAreGiven) {
  const Explanation e = ask(kKnown, {});
  ASSERT_THAT(e.down, SizeIs(1));  // residential to intensive
  EXPECT_EQ(e.down[0].outcome, Outcome::found);
  ASSERT_THAT(e.down[0].changes, SizeIs(1));
  EXPECT_EQ(e.down[0].changes[0].field, Field::injects);
  EXPECT_EQ(e.down[0].status, Status::decided);
  ASSERT_THAT(e.up, SizeIs(1));  // pregnancy cannot be brought about
  EXPECT_EQ(e.up[0].outcome, Outcome::none);
  EXPECT_TRUE(e.up[0].is_undemanded);
  EXPECT_FALSE(e.to || e.why_not);
}

TEST(Questions, WhereTheNextLevelCannotBeReachedTheOneBeyondIsTried) {
  const Engine engine = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "fluid_loss = severe"}]})json");
  const Explanation e = *engine.explain(person(R"json({"fluid_loss": "severe"})json"));
  ASSERT_THAT(e.down, SizeIs(3));
  EXPECT_EQ(e.down[0].outcome, Outcome::none);
  EXPECT_EQ(e.down[2].outcome, Outcome::found);
  EXPECT_EQ(e.down[2].level, 0U);
  EXPECT_THAT(e.up, IsEmpty());
}

TEST(Questions, AFixedFactThatStandsInTheWayIsNamed) {
  const Explanation e = ask(kKnown, {{}, {}, "outpatient"});
  EXPECT_EQ(e.to->outcome, Outcome::none);
  ASSERT_TRUE(e.to->blocked_by);
  EXPECT_THAT(ids({*e.to->blocked_by}), ElementsAre("history"));
}

TEST(Questions, WhatIsEnoughGoesBeyondTheOneRange) {
  const Engine engine = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "craving >= 7"},
    {"id": "b", "kind": "offer", "service": "moud", "when": "craving >= 2 or craving >= 5"}]})json");
  const Explanation e = *engine.explain(person(R"json({"craving": 8})json"), {}, {{}, {}, "outpatient"});
  ASSERT_THAT(e.to->changes, SizeIs(1));
  EXPECT_EQ(e.to->changes[0].values, ValueSet::range(5, 6));
  EXPECT_EQ(e.to->changes[0].enough, ValueSet::range(0, 6));
  EXPECT_FALSE(e.to->changes[0].fills);
  EXPECT_EQ(e.to->steps, 1);
}

TEST(Questions, AContradictionAndAPersonOutOfScopeHaveNoCounterfactual) {
  for (const char* json : {R"json({"injects": true, "oud_history": false})json", R"json({"age_years": 12})json"}) {
    const Explanation e = ask(json, {{}, "intensive", "outpatient"});
    EXPECT_EQ(e.to->outcome, Outcome::no_level);
    EXPECT_EQ(e.why_not->relation, Relation::no_level);
  }
  EXPECT_THAT(ask(R"json({"age_years": 12})json", {}).down, IsEmpty());
}

TEST(Questions, TheCurrentLevelHoldsAPersonAsItDoesInTheResult) {
  const char* const json = R"json({"oud_history": true, "craving": 0, "injects": false, "uses_alone": false,
    "pregnant": false, "fluid_loss": "none", "progress": "worse", "age_years": 40})json";
  Request request;
  request.current_level = "residential";
  const Explanation e = ask(json, {{}, {}, "intensive"}, request);
  EXPECT_EQ(e.to->outcome, Outcome::found);
  ASSERT_THAT(e.to->changes, SizeIs(1));
  EXPECT_EQ(e.to->changes[0].field, Field::progress);
  EXPECT_EQ(ask(json, {{}, {}, "intensive"}).to->outcome, Outcome::is_so);
}

TEST(Questions, ARuleIsExplainedByItsPartsAndTheFewestAnswers) {
  const RuleExplanation holds = ask(kKnown, {{"craving"}, {}, {}}).rules.front();
  EXPECT_EQ(holds.state, RuleState::holds);
  EXPECT_THAT(names(holds.reason), ElementsAre("injects", "craving"));
  ASSERT_EQ(holds.condition.kind, ConditionPart::Kind::all_of);
  EXPECT_EQ(holds.condition.parts[0].kind, ConditionPart::Kind::term);
  EXPECT_EQ(holds.condition.parts[0].today, Truth::yes);
  ASSERT_EQ(holds.condition.parts[1].kind, ConditionPart::Kind::any_of);
  EXPECT_EQ(holds.condition.parts[1].parts[1].today, Truth::no);

  const RuleExplanation fails = ask(kKnown, {{"pregnant"}, {}, {}}).rules.front();
  EXPECT_EQ(fails.state, RuleState::no);
  EXPECT_THAT(names(fails.reason), ElementsAre("pregnant"));
  EXPECT_EQ(fails.condition.parts[1].kind, ConditionPart::Kind::at_least);
  EXPECT_EQ(fails.condition.parts[1].count, 2U);
}

TEST(Questions, AnOpenRuleNamesWhatItWaitsFor) {
  const RuleExplanation open = ask(R"json({"craving": 9, "injects": false})json", {{"craving"}, {}, {}}).rules.front();
  EXPECT_EQ(open.state, RuleState::open);
  EXPECT_THAT(names(open.waits_for), ElementsAre("uses_alone"));
  EXPECT_THAT(names(open.reason), IsEmpty());
}

TEST(Questions, ARuleThatIsNotEvaluatedSaysSo) {
  EXPECT_EQ(ask("{}", {{"worse"}, {}, {}}).rules.front().state, RuleState::not_evaluated);
}

TEST(Questions, AStateMayFollowFromAnswersThatLeaveEveryPartOpen) {
  // No history, so no injecting: the constraint settles what the part alone leaves open.
  const Engine engine = small_packs::engine(R"json({
    "constraints": [{"id": "k", "always": "not(injects) or oud_history"}],
    "rules": [{"id": "a", "kind": "require", "level": "hospital", "when": "injects"}]})json");
  const Explanation e = *engine.explain(person(R"json({"oud_history": false})json"), {}, {{"a"}, {}, {}});
  EXPECT_EQ(e.rules.front().state, RuleState::no);
  EXPECT_EQ(e.rules.front().condition.today, Truth::unknown);
  EXPECT_THAT(names(e.rules.front().reason), ElementsAre("oud_history"));
}

TEST(Questions, NegationsAreCarriedDownToTheAnswers) {
  const Engine engine = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "not(injects and at least 2 of (uses_alone, craving < 3, pregnant))"}]
})json");
  const ConditionPart part =
      engine.explain(person(R"json({"craving": 1})json"), {}, {{"a"}, {}, {}})->rules.front().condition;
  ASSERT_EQ(part.kind, ConditionPart::Kind::any_of);
  EXPECT_EQ(part.parts[0].values, ValueSet::of(0));
  ASSERT_EQ(part.parts[1].kind, ConditionPart::Kind::at_least);  // at least 2 of the three do not hold
  EXPECT_EQ(part.parts[1].count, 2U);
  EXPECT_EQ(part.parts[1].parts[1].values, ValueSet::range(3, 10));
  EXPECT_EQ(part.parts[1].parts[1].today, Truth::no);
}

TEST(Questions, WhyNotNamesTheRelationAndTheRules) {
  const auto why_not = [](const char* json, const char* level) { return *ask(json, {{}, level, {}}).why_not; };
  EXPECT_EQ(why_not(kKnown, "residential").relation, Relation::indicated);
  const WhyNot low = why_not(kKnown, "intensive");
  EXPECT_EQ(low.relation, Relation::too_low);
  EXPECT_THAT(ids(low.above), ElementsAre("craving"));
  const WhyNot high = why_not(kKnown, "hospital");
  EXPECT_EQ(high.relation, Relation::too_high);
  EXPECT_THAT(ids(high.lacking), ElementsAre("pregnant"));
  const WhyNot open = why_not("{}", "residential");
  EXPECT_EQ(open.relation, Relation::open);
  EXPECT_THAT(ids(open.above), ElementsAre("pregnant"));
  EXPECT_THAT(ids(open.lacking), ElementsAre("craving"));
  // Some history or none, but craving without a reason to demand more.
  const WhyNot passed =
      why_not(R"json({"oud_history": true, "craving": 9, "uses_alone": true, "injects": true})json", "outpatient");
  EXPECT_EQ(passed.relation, Relation::too_low);
}

TEST(Questions, ALevelBetweenMayBePassedOverAndALevelNobodyHasIsUnreachable) {
  const Engine engine = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "intensive", "when": "craving >= 5 and injects"},
    {"id": "b", "kind": "require", "level": "residential", "when": "craving >= 5 and injects"},
    {"id": "c", "kind": "require", "level": "hospital", "when": "craving >= 5 and not(injects)"}]
})json");
  EXPECT_EQ(engine.explain(person("{}"), {}, {{}, "intensive", {}})->why_not->relation, Relation::unreachable);
  EXPECT_EQ(engine.explain(person(R"json({"injects": false})json"), {}, {{}, "residential", {}})->why_not->relation,
            Relation::passed_over);
}

TEST(Questions, NamesThatThePackDoesNotHaveAreRefusedTogether) {
  const Result<Explanation> e = ladder().explain(person("{}"), {}, {{"history", "cravin"}, "hospitl", "moon"});
  ASSERT_FALSE(e.has_value());
  EXPECT_EQ(e.error().code, ErrorCode::bad_request);
  EXPECT_THAT(faults_of(e.error()),
              ElementsAre("/question/rules/1: the pack has no such rule; did you mean `craving`?",
                          "/question/why_not: the pack has no such level; did you mean `hospital`?",
                          "/question/to: the pack has no such level"));
}

TEST(Questions, FaultsOfTheRequestAreReportedAsByRecommend) {
  Request request;
  request.current_level = "moon";
  EXPECT_FALSE(ladder().explain(person("{}"), request).has_value());
}

TEST(Questions, PastTheBudgetNothingIsClaimed) {
  const Engine engine = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "(injects or craving >= 5) and (uses_alone or craving < 5)"}]
})json",
                                            "{}", EngineOptions{.step_budget = 1});
  const Explanation e = *engine.explain(person("{}"), {}, {{}, {}, "hospital"});
  EXPECT_EQ(e.to->outcome, Outcome::not_settled);
  EXPECT_THAT(e.to->changes, IsEmpty());
}

}  // namespace questions_test
}  // namespace placement
