#include "unit/io/write_samples.hpp"

#include <stdexcept>

#include "pack/checked_pack.hpp"

namespace placement::samples {
namespace {

CareState care_state(const Recommendation& r, RuleKind gives, RuleKind takes, std::size_t target) {
  bool is_given = false, is_taken = false, is_open = false;
  const std::vector<Rule>& rules = r.pack.content().rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].target != target || (rules[i].kind != gives && rules[i].kind != takes)) continue;
    is_open = is_open || r.rules[i].state == RuleState::open;
    if (r.rules[i].state == RuleState::holds) (rules[i].kind == gives ? is_given : is_taken) = true;
  }
  if (is_taken && gives != takes) return CareState::avoid;
  return is_given ? CareState::yes : is_open ? CareState::open : CareState::no;
}

}  // namespace

std::string_view pack_text() {
  return R"json({
"format": 1, "id": "small", "version": "1.2.3", "title": "A small pack <for> tests | & \"quotes\"", "license": "Apache-2.0",
"about": {"intended_use": "tests", "users": "tests", "population": "nobody", "developer": "us", "funding": "none",
  "released": "2026-01-31", "limits": ["not for people"]},
"sources": [
  {"id": "book", "statement": "a statement", "citation": "A Book <2nd ed.> & more, 2020", "verification": "verified"},
  {"id": "talk", "statement": "another", "citation": "A talk that has a very long title (held at a place with a long name) in the year 2021, Somewhere", "verification": "secondary"}],
"dimensions": [{"id": "any", "name": "any dimension"}],
"levels": [
  {"id": "home", "name": "Home", "intensity": 1, "description": "At home. With visits.", "hours": "none", "stay": "open-ended", "reassess_days": 90, "round_the_clock": false, "withdrawal_management": false, "resolves": {}, "improves": {}, "codes": []},
  {"id": "clinic", "name": "Clinic (by day)", "intensity": 2, "description": "By day.", "hours": "9 hours a week", "stay": "about 90 days", "reassess_days": 7, "round_the_clock": false, "withdrawal_management": false, "resolves": {}, "improves": {"suicide_risk": "low"}, "codes": []},
  {"id": "ward", "name": "Ward", "intensity": 3, "description": "Day and night.", "hours": "24 hours a day", "stay": "days", "reassess_days": 1, "round_the_clock": true, "withdrawal_management": false, "resolves": {}, "improves": {}, "codes": [{"system": "S", "code": "1", "meaning": "a ward"}]},
  {"id": "detox", "name": "Detox", "intensity": 4, "description": "Withdrawal, day and night. Never an end point.", "hours": "24 hours a day", "stay": "3 to 10 days", "setting": "a <ward>", "staffing": "nurses", "activities": "rounds", "suits": "the ill", "sources": ["book"], "reassess_days": 1, "round_the_clock": true, "withdrawal_management": true, "resolves": {"fluid_loss": "none", "cows_score": 0}, "improves": {}, "codes": []}],
"moves": [
  {"kind": "step_up", "from": "home", "to": "clinic"}, {"kind": "step_up", "from": "clinic", "to": "ward"}, {"kind": "step_up", "from": "ward", "to": "detox"},
  {"kind": "step_down", "from": "detox", "to": "ward"}, {"kind": "step_down", "from": "detox", "to": "clinic"}, {"kind": "step_down", "from": "ward", "to": "clinic"}, {"kind": "step_down", "from": "clinic", "to": "home"}],
"capabilities": [{"id": "hospital", "name": "Hospital", "meaning": "a hospital"}, {"id": "perinatal", "name": "Perinatal", "meaning": "care in pregnancy"}],
"services": [
  {"id": "medication", "name": "Medication", "group": "medication", "meaning": "agonist medication"},
  {"id": "naltrexone", "name": "Naltrexone", "group": "medication", "meaning": "an antagonist"},
  {"id": "naloxone", "name": "Naloxone kit", "group": "overdose_prevention", "meaning": "a kit"},
  {"id": "housing_help", "name": "Help with housing", "group": "social", "meaning": "a flat"}],
"terms": [
  {"id": "withdrawal", "meaning": "opioid withdrawal by score", "of": "cows_score", "bands": [{"name": "minimal", "from": 0}, {"name": "mild", "from": 5}, {"name": "moderate", "from": 13}], "sources": ["book"]},
  {"id": "homeless", "meaning": "has no home", "when": "housing in (sheltered, unsheltered)", "sources": ["book"]},
  {"id": "burdened", "meaning": "carries many burdens", "when": "homeless or violence_at_home or use_at_home or injects or uses_alone", "sources": ["book"]}],
"constraints": [{"id": "history", "always": "not(oud_diagnosis != none and not(oud_history))", "because": "A current disorder counts as ever had."}],
"rules": [
  {"id": "treat", "kind": "require", "level": "clinic", "when": "oud_diagnosis >= mild", "because": "A disorder needs treatment.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "danger", "kind": "require", "level": "ward", "when": "suicide_risk >= moderate", "because": "Risk needs safety.", "sources": ["talk"], "strength": "weak", "evidence": "secondary", "dimension": "any"},
  {"id": "fluids", "kind": "require", "level": "detox", "when": "fluid_loss = severe and withdrawal >= moderate", "because": "Dehydration in withdrawal can kill: treat <now>.", "sources": ["book", "talk"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "stay", "kind": "continue", "when": "progress = worse", "because": "Worse is not stepped down.", "sources": ["book"], "strength": "not_graded", "evidence": "consensus_unverified", "dimension": "any"},
  {"id": "needs_perinatal", "kind": "capability", "capability": "perinatal", "when": "pregnant", "because": "Pregnancy needs perinatal care.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "give_medication", "kind": "offer", "service": "medication", "when": "true", "because": "Medication at every level.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "give_naltrexone", "kind": "offer", "service": "naltrexone", "when": "opioid_free_days >= 7", "because": "A choice after a free week.", "sources": ["book"], "strength": "conditional", "evidence": "verified", "dimension": "any"},
  {"id": "no_naltrexone", "kind": "avoid", "service": "naltrexone", "when": "withdrawal >= mild", "because": "It brings on withdrawal.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "give_naloxone", "kind": "offer", "service": "naloxone", "when": "true", "because": "For everybody.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "give_housing", "kind": "offer", "service": "housing_help", "when": "homeless", "because": "A roof helps.", "sources": ["talk"], "strength": "weak", "evidence": "secondary", "dimension": "any"},
  {"id": "overdose_now", "kind": "alert", "urgency": "stop", "action": "Call for help and give naloxone.", "when": "overdose_signs_now", "because": "There are signs of an overdose.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "overdose_lately", "kind": "alert", "urgency": "urgent", "action": "See the person within days.", "when": "days_since_overdose <= 28", "because": "An overdose was not long ago.", "sources": ["book"], "strength": "strong", "evidence": "verified", "dimension": "any"},
  {"id": "young", "kind": "alert", "urgency": "notice", "action": "Involve the family.", "when": "age_years < 25", "because": "A young person", "sources": ["book"], "strength": "weak", "evidence": "verified", "dimension": "any"},
  {"id": "minor", "kind": "out_of_scope", "when": "age_years < 18", "because": "The pack is for adults.", "sources": ["book"], "strength": "not_graded", "evidence": "verified", "dimension": "any"}],
"must_know": [{"field": "suicide_risk", "when": "true", "because": "Safety first."}, {"field": "pregnant", "when": "age_years between 12 and 55", "because": "It changes the plan."}],
"monotone": ["suicide_risk"],
"properties": [
  {"id": "p_implies", "says": "an overdose stops", "implies": {"when": "overdose_signs_now", "then": "any stop"}},
  {"id": "p_alone", "says": "housing alone is no reason", "alone": {"when": "homeless", "never": "level >= ward"}},
  {"id": "p_independent", "says": "housing leaves the level alone", "independent": {"field": "housing", "of": ["level", "alerts", "offers", "capabilities"]}},
  {"id": "p_monotone", "says": "worse is not lower", "monotone": {"field": "suicide_risk"}}],
"priors": {"suicide_risk": [6, 2, 1, 1], "cows_score": [{"from": 0, "weight": 3}, {"from": 13, "weight": 1}], "pregnant": [9, 1]},
"override_reasons": [{"id": "patient_choice", "text": "The person chose otherwise."}]
})json";
}

const RulePack& pack() {
  static const RulePack kPack = [] {
    Result<RulePack> read = read_pack(pack_text());
    if (!read.has_value()) {
      std::string faults;
      for (const Fault& fault : read.error().faults) faults += to_string(fault) + "\n";
      throw std::runtime_error(faults);
    }
    return *read;
  }();
  return kPack;
}

Assessment assessment(std::string_view json) {
  const Result<Assessment> read = read_assessment(json);
  if (!read.has_value()) throw std::runtime_error(to_string(read.error().faults.front()));
  return *read;
}

std::size_t rule(std::string_view id) { return pack().content().find_rule(id).value(); }

Recommendation states(const Assessment& assessment) {
  Recommendation r(pack());
  r.assessment = assessment;
  const pack::CheckedPack& checked = pack().checked();
  for (std::size_t i = 0; i < checked.rules.size(); ++i) {
    RuleResult result;
    const Truth truth = pack::evaluate(checked.rules[i], checked.terms, assessment);
    result.state = truth == Truth::yes ? RuleState::holds : truth == Truth::no ? RuleState::no : RuleState::open;
    if (checked.content.rules[i].kind == RuleKind::continued_stay) result.state = RuleState::not_evaluated;
    result.reads = checked.rule_reads[i];
    if (result.state == RuleState::open)
      result.reads.for_each([&](Field f) {
        if (!assessment.is_known(f)) result.waits_for.insert(f);
      });
    r.rules.push_back(result);
    if (checked.content.rules[i].kind == RuleKind::alert) r.alerts.push_back({i, result.state, {}});
  }
  for (std::size_t c = 0; c < checked.content.capabilities.size(); ++c)
    r.capabilities.push_back({care_state(r, RuleKind::capability, RuleKind::capability, c), {}});
  for (std::size_t s = 0; s < checked.content.services.size(); ++s)
    r.services.push_back({care_state(r, RuleKind::offer, RuleKind::avoid, s), {}});
  return r;
}

Recommendation decided() {
  Recommendation r = states(assessment(
      R"({"age_years": 24, "pregnant": true, "oud_diagnosis": "severe", "oud_history": true, "cows_score": 15,
          "fluid_loss": "severe", "days_since_overdose": 12, "overdose_signs_now": false, "suicide_risk": "moderate",
          "opioid_free_days": 0, "housing": "sheltered"})"));
  r.status = Status::decided;
  r.indicated = 3;
  r.possible = {3};
  r.walk = {{0, {rule("treat"), rule("danger"), rule("fluids")}},
            {1, {rule("danger"), rule("fluids")}},
            {2, {rule("fluids")}},
            {3, {}}};
  r.rules[rule("fluids")].determining = true;
  r.reason.insert(Field::cows_score);
  r.reason.insert(Field::fluid_loss);
  r.pathway = {{3, {}, {}, false, {rule("fluids")}, {0, 2}, {1}},
               {2, {}, {}, false, {rule("danger"), rule("fluids")}, {0, 2}, {1}},
               {1, {0, 1}, Field::progress, true, {rule("treat"), rule("danger")}, {0, 2}, {}},
               {0, {}, {}, false, {}, {0, 2}, {}}};
  r.disposition = Disposition::admit;
  r.request.id = "record-7";
  r.request.as_of = "2028-02-27";
  return r;
}

Recommendation undecided() {
  Recommendation r = states(assessment(
      R"({"age_years": {"from": 18}, "oud_diagnosis": {"any_of": ["mild", "moderate", "severe"]}, "cows_score": {"from": 13}})"));
  r.possible = {1, 2, 3};
  r.must_know.insert(Field::pregnant);
  r.must_know.insert(Field::suicide_risk);
  r.missing = {Field::suicide_risk, Field::fluid_loss};
  r.next_question = Field::suicide_risk;
  r.request.asked = {Field::pregnant};
  return r;
}

Recommendation emergency() {
  Recommendation r = states(assessment(R"({"overdose_signs_now": true, "days_since_overdose": 0})"));
  r.status = Status::emergency;
  r.possible = {0, 1, 2, 3};
  r.request.handled = {{"overdose_lately", "RN\n<7>", "2026-11-22T10:00"}};
  r.alerts[1].handled = r.request.handled.front();
  return r;
}

Recommendation inconsistent() {
  Recommendation r = states(assessment(R"({"oud_diagnosis": "severe", "oud_history": false, "age_years": 30})"));
  r.status = Status::inconsistent;
  r.conflict.insert(Field::oud_diagnosis);
  r.conflict.insert(Field::oud_history);
  return r;
}

Recommendation out_of_scope() {
  Recommendation r = states(assessment(R"({"age_years": 16})"));
  r.status = Status::out_of_scope;
  return r;
}

Recommendation bridged() {
  Recommendation r = undecided();
  r.policy = PolicyLevel{UndecidedPolicy::lowest, 1};
  r.request.undecided = UndecidedPolicy::lowest;
  r.request.current_level = "home";
  r.request.as_of = "2028-02-27";
  r.request.available = std::vector<Offering>{{"home", {}}, {"ward", {}}};
  r.pathway = {{1, {}, {}, false, {rule("treat"), rule("danger")}, {0, 2}, {}}, {0, {}, {}, true, {}, {0, 2}, {}}};
  r.disposition = Disposition::open;
  r.disposition_rules = {rule("treat")};
  r.feasible = Feasible{0, {1}, Feasible::Plan::bridge, {2, 3}, 3};
  r.placed = Placed{0, 0};
  r.settled = false;
  return r;
}

std::vector<Sample> all() {
  return {{"decided", decided()},           {"undecided", undecided()},       {"emergency", emergency()},
          {"inconsistent", inconsistent()}, {"out_of_scope", out_of_scope()}, {"bridged", bridged()}};
}

}  // namespace placement::samples
