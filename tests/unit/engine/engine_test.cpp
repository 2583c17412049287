// The engine as a whole: status, explanation, disposition and what a request adds. The exact quantities are compared
// with the definition in tests/oracle.
#include "placement/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/generate.hpp"
#include "placement/io.hpp"
#include "property/people.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace engine_test {

using small_packs::level;
using small_packs::levels;
using small_packs::names;
using small_packs::rule;
using small_packs::rules;
using testing::ElementsAre;
using testing::IsSupersetOf;

const Engine& engine() {
  static const Engine made = small_packs::engine(R"({
    "constraints": [{"id": "history", "always": "oud_diagnosis = none or oud_history"}],
    "rules": [
      {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
      {"id": "unable", "kind": "require", "level": "residential", "when": "self_care = unable"},
      {"id": "ill", "kind": "require", "level": "hospital", "when": "medical_need = needs_hospital"},
      {"id": "working", "kind": "continue", "when": "progress = improving and goals_met != all"},
      {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "medical_need >= needs_monitoring"},
      {"id": "treat", "kind": "offer", "service": "moud", "when": "oud_history"},
      {"id": "liver", "kind": "avoid", "service": "moud", "when": "acute_liver_failure"},
      {"id": "notice", "kind": "alert", "urgency": "notice", "when": "uses_alone"},
      {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
      {"id": "infection", "kind": "alert", "urgency": "urgent", "when": "severe_infection_signs"},
      {"id": "suicide", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high"},
      {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"}],
    "must_know": [{"field": "suicide_risk"}, {"field": "pregnant", "when": "age_years between 12 and 55"}]})");
  return made;
}

// A person for whom the lowest level is enough.
Assessment well() {
  return small_packs::person(R"({"age_years": 60, "oud_diagnosis": "severe", "oud_history": true, "injects": false,
    "acute_liver_failure": false, "severe_infection_signs": false, "overdose_signs_now": false, "medical_need": "none",
    "suicide_risk": "none", "self_care": "independent", "goals_met": "all", "progress": "unchanged"})");
}

struct Change {
  Field field;
  int value;
};
Assessment well_but(std::initializer_list<Change> changes) {
  Assessment person = well();
  for (const Change& change : changes) person.set(change.field, change.value);
  return person;
}

constexpr Change kInjects{Field::injects, 1}, kUnable{Field::self_care, 2}, kNeedsHospital{Field::medical_need, 3},
    kNeedsNursing{Field::medical_need, 2}, kOverdose{Field::overdose_signs_now, 1}, kSuicidal{Field::suicide_risk, 3},
    kImproving{Field::progress, 0}, kFewGoals{Field::goals_met, 2}, kNoHistory{Field::oud_history, 0},
    kChild{Field::age_years, 15};

Recommendation ask(const Assessment& person, const Request& request = {}) {
  return engine().recommend(person, request).value();
}

Request with_current(const std::string& current) {
  Request request;
  request.current_level = current;
  return request;
}

// ---- Level, walk and reason -----------------------------------------------------------------------------------------

TEST(Engine, DecidesTheLowestLevelWhereNothingDemandsMore) {
  const Recommendation r = ask(well());
  EXPECT_EQ(r.status, Status::decided);
  EXPECT_TRUE(r.settled);
  EXPECT_EQ(level(r, r.indicated), "outpatient");
  ASSERT_EQ(r.walk.size(), 1U);
  EXPECT_TRUE(r.determining_rules().empty());
  EXPECT_THAT(names(r.reason), ElementsAre("injects", "medical_need", "self_care"));
  EXPECT_TRUE(r.missing.empty());
  EXPECT_EQ(r.next_question, std::nullopt);
}

TEST(Engine, WalksToTheHighestDemand) {
  const Recommendation r = ask(well_but({kInjects, kNeedsHospital}));
  EXPECT_EQ(level(r, r.indicated), "hospital");
  ASSERT_EQ(r.walk.size(), 4U);
  EXPECT_THAT(rules(r, r.walk[0].insufficient), ElementsAre("iv", "ill"));
  EXPECT_THAT(rules(r, r.walk[1].insufficient), ElementsAre("ill"));
  EXPECT_THAT(rules(r, r.determining_rules()), ElementsAre("ill"));
  EXPECT_THAT(names(r.reason), ElementsAre("medical_need"));
}

TEST(Engine, NamesEveryRuleThatDemandsTheLevel) {
  const Recommendation r = ask(well_but({kInjects, kUnable, kImproving, kFewGoals}), with_current("residential"));
  EXPECT_EQ(level(r, r.indicated), "residential");
  EXPECT_THAT(rules(r, r.determining_rules()), ElementsAre("unable", "working"));
  EXPECT_THAT(names(r.reason), ElementsAre("medical_need", "self_care"));  // no need of hospital, and self-care
}

TEST(Engine, IsUndecidedWithoutAnswersAndListsEveryPossibleLevel) {
  const Recommendation r = ask({});
  EXPECT_EQ(r.status, Status::undecided);
  EXPECT_EQ(r.indicated, std::nullopt);
  EXPECT_THAT(levels(r, r.possible), ElementsAre("outpatient", "intensive", "residential", "hospital"));
  EXPECT_TRUE(r.walk.empty());
  EXPECT_EQ(r.disposition, Disposition::open);
  EXPECT_THAT(names(r.must_know), ElementsAre("pregnant", "suicide_risk"));
  EXPECT_EQ(r.next_question, r.missing.front());
}

TEST(Engine, MarksRulesThatOnlyTogetherForceALevel) {
  const Engine either = small_packs::engine(R"json({"rules": [
    {"id": "does", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "does_not", "kind": "require", "level": "intensive", "when": "not(injects)"}]})json");
  const Recommendation r = small_packs::recommend(either, "{}");
  EXPECT_EQ(level(r, r.indicated), "intensive");
  EXPECT_THAT(rules(r, r.determining_rules()), ElementsAre("does", "does_not"));
  EXPECT_TRUE(rule(r, "does").jointly);
  EXPECT_EQ(rule(r, "does").state, RuleState::open);
  EXPECT_TRUE(r.reason.empty());
}

TEST(Engine, SaysWhatOpenRulesWaitFor) {
  Assessment person = well();
  person.clear(Field::injects);
  const Recommendation r = ask(person);
  EXPECT_EQ(rule(r, "iv").state, RuleState::open);
  EXPECT_THAT(names(rule(r, "iv").waits_for), ElementsAre("injects"));
  EXPECT_EQ(rule(r, "ill").state, RuleState::no);
  EXPECT_TRUE(rule(r, "ill").waits_for.empty());
}

// ---- Status ---------------------------------------------------------------------------------------------------------

TEST(Engine, StopAlertsMakeAnEmergencyThatKeepsItsLevel) {
  const Recommendation r = ask(well_but({kOverdose, kInjects}));
  EXPECT_EQ(r.status, Status::emergency);
  EXPECT_EQ(r.indicated, std::nullopt);
  EXPECT_THAT(levels(r, r.possible), ElementsAre("intensive"));
}

TEST(Engine, AlertsComeByUrgencyThenInPackOrder) {
  const Recommendation r = ask(well());
  std::vector<std::size_t> order;
  for (const AlertResult& alert : r.alerts) order.push_back(alert.rule);
  EXPECT_THAT(rules(r, order), ElementsAre("overdose", "suicide", "infection", "notice"));
}

TEST(Engine, HandledAlertsStayShownAndStopNoMore) {
  Request request;
  request.handled = {{"overdose", "RN-7", "2026-11-22T10:00"}};
  const Recommendation r = ask(well_but({kOverdose}), request);
  EXPECT_EQ(r.status, Status::decided);
  ASSERT_TRUE(r.alerts.front().handled.has_value());
  EXPECT_EQ(r.alerts.front().handled->by, "RN-7");
  EXPECT_EQ(r.alerts.front().state, RuleState::holds);
  EXPECT_EQ(ask(well_but({kOverdose, kSuicidal}), request).status, Status::emergency);
}

TEST(Engine, NamesASmallestSetOfConflictingAnswers) {
  const Recommendation r = ask(well_but({kNoHistory}));
  EXPECT_EQ(r.status, Status::inconsistent);
  EXPECT_THAT(names(r.conflict), ElementsAre("oud_diagnosis", "oud_history"));
  EXPECT_TRUE(r.possible.empty());
  EXPECT_EQ(r.indicated, std::nullopt);
}

TEST(Engine, AContradictionNeverHidesAnEmergency) {
  const Recommendation r = ask(well_but({kNoHistory, kOverdose}));
  EXPECT_EQ(r.status, Status::emergency);
  EXPECT_THAT(names(r.conflict), ElementsAre("oud_diagnosis", "oud_history"));
}

TEST(Engine, SaysWhenThePackDoesNotSpeakAboutAPerson) {
  const Recommendation r = ask(well_but({kChild}));
  EXPECT_EQ(r.status, Status::out_of_scope);
  EXPECT_TRUE(r.possible.empty());
  Assessment perhaps = well();
  perhaps.set(Field::age_years, ValueSet::range(15, 60));
  EXPECT_EQ(ask(perhaps).status, Status::undecided);
}

TEST(Engine, WantsWhatMustBeKnown) {
  Assessment person = well();
  person.clear(Field::suicide_risk);
  const Recommendation r = ask(person);
  EXPECT_EQ(r.status, Status::undecided);
  EXPECT_THAT(levels(r, r.possible), ElementsAre("outpatient"));
  EXPECT_THAT(names(r.must_know), ElementsAre("suicide_risk"));
  EXPECT_EQ(r.next_question, Field::suicide_risk);
}

TEST(Engine, WantsItOnlyWhereItsConditionIsNotNo) {
  EXPECT_TRUE(ask(well()).must_know.empty());  // 60 years
  EXPECT_THAT(names(ask(well_but({{Field::age_years, 30}})).must_know), ElementsAre("pregnant"));
}

TEST(Engine, TakesAPartlyKnownAnswerThatNoRuleTellsApart) {
  Assessment person = well();
  person.set(Field::suicide_risk, ValueSet::range(0, 2));
  EXPECT_EQ(ask(person).status, Status::decided);
  person.set(Field::suicide_risk, ValueSet::range(2, 3));
  EXPECT_EQ(ask(person).status, Status::undecided);
}

// ---- Care -----------------------------------------------------------------------------------------------------------

TEST(Engine, AvoidingGoesBeforeOffering) {
  EXPECT_EQ(ask(well()).services[0].state, CareState::yes);
  EXPECT_EQ(ask(well_but({{Field::acute_liver_failure, 1}})).services[0].state, CareState::avoid);
  EXPECT_EQ(ask(well()).services[1].state, CareState::no);
  Assessment person = well();
  person.clear(Field::acute_liver_failure);
  const Recommendation r = ask(person);
  EXPECT_EQ(r.services[0].state, CareState::open);
  EXPECT_THAT(names(r.services[0].waits_for), ElementsAre("acute_liver_failure"));
}

TEST(Engine, JudgesCapabilities) {
  EXPECT_EQ(ask(well()).capabilities[0].state, CareState::no);
  EXPECT_EQ(ask(well_but({kNeedsNursing})).capabilities[0].state, CareState::yes);
  Assessment person = well();
  person.clear(Field::medical_need);
  EXPECT_EQ(ask(person).capabilities[0].state, CareState::open);
  EXPECT_THAT(names(ask(person).capabilities[0].waits_for), ElementsAre("medical_need"));
}

// ---- Re-assessment --------------------------------------------------------------------------------------------------

TEST(Disposition, IsAdmissionWithoutACurrentLevel) {
  const Recommendation r = ask(well_but({kInjects}));
  EXPECT_EQ(r.disposition, Disposition::admit);
  EXPECT_EQ(rule(r, "working").state, RuleState::not_evaluated);
}

TEST(Disposition, ComparesTheIndicatedWithTheCurrentLevel) {
  EXPECT_EQ(ask(well_but({kInjects}), with_current("outpatient")).disposition, Disposition::step_up);
  EXPECT_EQ(ask(well_but({kInjects}), with_current("intensive")).disposition, Disposition::continue_level);
  EXPECT_EQ(ask(well_but({kInjects}), with_current("hospital")).disposition, Disposition::step_down);
  EXPECT_EQ(ask(well(), with_current("intensive")).disposition, Disposition::discharge_to_aftercare);
  EXPECT_EQ(ask(well(), with_current("outpatient")).disposition, Disposition::continue_level);
}

TEST(Disposition, IsOpenWhereNothingIsDecided) {
  EXPECT_EQ(ask({}, with_current("intensive")).disposition, Disposition::open);
  EXPECT_EQ(ask(well_but({kOverdose}), with_current("intensive")).disposition, Disposition::open);
  Request request = with_current("intensive");
  request.undecided = UndecidedPolicy::highest;
  EXPECT_EQ(ask({}, request).disposition, Disposition::open);
}

TEST(Disposition, IsATransferWhereTheProgrammeLacksACapability) {
  const Assessment person = well_but({kInjects, kNeedsNursing});
  Request request = with_current("intensive");
  EXPECT_EQ(ask(person, request).disposition, Disposition::continue_level);  // no list, nothing missing
  request.current_capabilities = std::vector<std::string>{"psychiatry"};
  EXPECT_EQ(ask(person, request).disposition, Disposition::transfer);
  request.current_capabilities = std::vector<std::string>{"nursing", "psychiatry"};
  EXPECT_EQ(ask(person, request).disposition, Disposition::continue_level);
  request.current_level = "outpatient";
  request.current_capabilities = std::vector<std::string>();
  EXPECT_EQ(ask(person, request).disposition, Disposition::step_up);  // goes before a transfer
}

TEST(Disposition, ContinueRulesHoldAPersonAtTheCurrentLevel) {
  const Recommendation held = ask(well_but({kImproving, kFewGoals}), with_current("residential"));
  EXPECT_EQ(level(held, held.indicated), "residential");
  EXPECT_EQ(held.disposition, Disposition::continue_level);
  EXPECT_THAT(rules(held, held.disposition_rules), ElementsAre("working"));
  EXPECT_THAT(rules(held, held.determining_rules()), ElementsAre("working"));
  const Recommendation released = ask(well_but({kImproving}), with_current("residential"));
  EXPECT_EQ(released.disposition, Disposition::discharge_to_aftercare);
  EXPECT_THAT(rules(released, released.disposition_rules), ElementsAre("working"));
}

// ---- What a request adds --------------------------------------------------------------------------------------------

TEST(Policy, NamesALevelOnlyWhereUndecided) {
  Request request;
  request.undecided = UndecidedPolicy::lowest;
  const Recommendation low = ask({}, request);
  EXPECT_EQ(low.status, Status::undecided);
  ASSERT_TRUE(low.policy.has_value());
  EXPECT_EQ(low.policy->level, 0U);
  EXPECT_EQ(low.indicated, std::nullopt);
  request.undecided = UndecidedPolicy::highest;
  EXPECT_EQ(ask({}, request).policy->level, 3U);
  EXPECT_FALSE(ask(well(), request).policy.has_value());
  EXPECT_FALSE(ask(well_but({kOverdose}), request).policy.has_value());
  EXPECT_FALSE(ask({}).policy.has_value());
}

TEST(Asked, FieldsAnsweredNotKnownAreNotAskedAgain) {
  Request request;
  const Recommendation first = ask({}, request);
  ASSERT_GE(first.missing.size(), 2U);
  request.asked = {first.missing[0]};
  const Recommendation second = ask({}, request);
  EXPECT_EQ(second.missing, first.missing);
  EXPECT_EQ(second.next_question, first.missing[1]);
  request.asked = first.missing;
  EXPECT_EQ(ask({}, request).next_question, std::nullopt);
}

TEST(Placed, KeepsTheOverrideReason) {
  Request request;
  request.placed = PlacedLevel{"outpatient", "patient_choice"};
  const Recommendation r = ask(well_but({kInjects}), request);
  ASSERT_TRUE(r.placed.has_value());
  EXPECT_EQ(level(r, r.placed->level), "outpatient");
  EXPECT_EQ(level(r, r.indicated), "intensive");
  EXPECT_EQ(r.placed->override_reason, 0U);
  EXPECT_FALSE(ask(well()).placed.has_value());
}

TEST(Placed, NeedsAReasonWhereNothingIsIndicated) {
  Request request;
  request.placed = PlacedLevel{"outpatient", ""};
  EXPECT_FALSE(engine().recommend({}, request).has_value());
  EXPECT_TRUE(engine().recommend(well(), request).has_value());
}

TEST(Available, GivesTheFeasibleLevelAndLeavesTheIndicatedOneAlone) {
  Request request;
  request.available = std::vector<Offering>{Offering{"outpatient", {}}};
  const Recommendation r = ask(well_but({kInjects, kNeedsNursing}), request);
  EXPECT_EQ(level(r, r.indicated), "intensive");
  ASSERT_TRUE(r.feasible.has_value());
  EXPECT_EQ(level(r, r.feasible->level), "outpatient");
  EXPECT_EQ(r.feasible->plan, Feasible::Plan::bridge);
  EXPECT_THAT(r.feasible->missing_capabilities, ElementsAre(0));
  EXPECT_FALSE(ask(well()).feasible.has_value());
  EXPECT_FALSE(ask({}, request).feasible.has_value());  // no level named
}

// ---- Budget ---------------------------------------------------------------------------------------------------------

TEST(StepBudget, ThatRunsOutSaysSoAndDecidesNothing) {
  const Engine exact = std::move(Engine::make(default_pack())).value();
  const Engine short_of_steps = std::move(Engine::make(default_pack(), EngineOptions{1})).value();
  EXPECT_FALSE(short_of_steps.recommend({}).value().settled);
  oracle::Dice dice(oracle::test_seed() + 81);
  int unsettled = 0;
  for (int i = 0; i < 60; ++i) {
    const Assessment person = property::random_person(dice, exact);
    const Recommendation wanted = exact.recommend(person).value(), got = short_of_steps.recommend(person).value();
    ASSERT_TRUE(wanted.settled);
    EXPECT_THAT(got.possible, IsSupersetOf(wanted.possible));
    for (std::size_t r = 0; r < got.rules.size(); ++r) {  // what is claimed is proved
      if (got.rules[r].state != RuleState::open) {
        EXPECT_EQ(got.rules[r].state, wanted.rules[r].state);
      }
    }
    if (got.settled) {
      EXPECT_EQ(got.status, wanted.status);
      continue;
    }
    ++unsettled;
    EXPECT_NE(got.status, Status::decided);
    EXPECT_EQ(got.indicated, std::nullopt);
    if (got.status != Status::undecided) {
      EXPECT_EQ(got.status, wanted.status);
    }
  }
  EXPECT_GT(unsettled, 10);
}

// ---- Names ----------------------------------------------------------------------------------------------------------

TEST(Recommendation, UsesTheDocumentedWords) {
  EXPECT_EQ(to_string(Status::emergency), "emergency");
  EXPECT_EQ(to_string(Status::inconsistent), "inconsistent");
  EXPECT_EQ(to_string(Status::out_of_scope), "out_of_scope");
  EXPECT_EQ(to_string(Status::decided), "decided");
  EXPECT_EQ(to_string(Status::undecided), "undecided");
  EXPECT_EQ(to_string(RuleState::no), "no");
  EXPECT_EQ(to_string(RuleState::open), "open");
  EXPECT_EQ(to_string(RuleState::holds), "holds");
  EXPECT_EQ(to_string(RuleState::not_evaluated), "not_evaluated");
  EXPECT_EQ(to_string(CareState::avoid), "avoid");
  EXPECT_EQ(to_string(CareState::yes), "yes");
  EXPECT_EQ(to_string(UndecidedPolicy::none), "none");
  EXPECT_EQ(to_string(UndecidedPolicy::lowest), "lowest");
  EXPECT_EQ(to_string(UndecidedPolicy::highest), "highest");
  EXPECT_EQ(to_string(Disposition::open), "open");
  EXPECT_EQ(to_string(Disposition::admit), "admit");
  EXPECT_EQ(to_string(Disposition::step_up), "step_up");
  EXPECT_EQ(to_string(Disposition::transfer), "transfer");
  EXPECT_EQ(to_string(Disposition::continue_level), "continue");
  EXPECT_EQ(to_string(Disposition::discharge_to_aftercare), "discharge_to_aftercare");
  EXPECT_EQ(to_string(Disposition::step_down), "step_down");
}

}  // namespace engine_test
}  // namespace placement
