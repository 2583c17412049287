// Cases: what the pack's authors expect of it, and how much of the pack their cases touch.
//
// A rule is touched by a case in which it holds and by a near miss: a case in which it does not hold, but would after
// one step of one answer. A threshold is touched by a case on either side of it. The steps are judged with Kleene's
// truth of the condition, which on the answers of one rule is what the engine says. Cost: rules times cases times the
// answers a rule reads. Tested in tests/unit/analysis/cases_test.cpp.
#include <algorithm>
#include <array>
#include <set>

#include "engine/compile.hpp"
#include "pack/checked_pack.hpp"
#include "placement/analysis.hpp"

namespace placement {
namespace {

constexpr std::array<Disposition, 7> kDispositions{Disposition::open,
                                                   Disposition::admit,
                                                   Disposition::step_up,
                                                   Disposition::transfer,
                                                   Disposition::continue_level,
                                                   Disposition::step_down,
                                                   Disposition::discharge_to_aftercare};
constexpr std::array<Status, 5> kStatuses{Status::emergency, Status::inconsistent, Status::out_of_scope,
                                          Status::decided, Status::undecided};

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return "[" + text + "]";
}

class CaseComparison {
 public:
  CaseComparison(const Recommendation& result, const Case::Want& want)
      : result_(result), content_(result.pack.content()) {
    if (want.status) equal("status", *want.status, std::string(to_string(result.status)));
    if (want.disposition) equal("disposition", *want.disposition, std::string(to_string(result.disposition)));
    if (want.possible) equal("possible", listed(*want.possible), listed(ids(result.possible, content_.levels)));
    if (want.determining_rules)
      equal("determining_rules", listed(*want.determining_rules),
            listed(ids(result.determining_rules(), content_.rules)));
    if (want.alerts) equal("alerts", listed(*want.alerts), listed(alerts()));
    if (want.capabilities) equal("capabilities", listed(*want.capabilities), listed(capabilities()));
    if (want.offers)
      for (const std::string& id : *want.offers) offers(id);
    if (want.feasible) {
      const std::optional<std::size_t> level = result.feasible ? result.feasible->level : std::nullopt;
      equal("feasible", want.feasible->value_or("null"), level ? content_.levels[*level].id : "null");
    }
    if (want.holds) states(*want.holds, RuleState::holds);
    if (want.no) states(*want.no, RuleState::no);
  }

  std::vector<std::string> differences;

 private:
  void equal(const std::string& what, const std::string& wanted, const std::string& got) {
    if (wanted != got) differences.push_back(what + ": wanted " + wanted + ", got " + got);
  }

  template <class List>
  static std::vector<std::string> ids(const std::vector<std::size_t>& numbers, const List& list) {
    std::vector<std::string> all;
    for (const std::size_t n : numbers) all.push_back(list[n].id);
    return all;
  }

  [[nodiscard]] std::vector<std::string> alerts() const {
    std::vector<std::string> all;
    for (std::size_t r = 0; r < content_.rules.size(); ++r)
      if (content_.rules[r].kind == RuleKind::alert && result_.rules[r].state == RuleState::holds)
        all.push_back(content_.rules[r].id);
    return all;
  }

  [[nodiscard]] std::vector<std::string> capabilities() const {
    std::vector<std::string> all;
    for (std::size_t c = 0; c < content_.capabilities.size(); ++c)
      if (result_.capabilities[c].state == CareState::yes) all.push_back(content_.capabilities[c].id);
    return all;
  }

  void offers(const std::string& id) {
    const std::optional<std::size_t> service = content_.find_service(id);
    if (!service)
      differences.push_back("offers: the pack has no service " + id);
    else
      equal("offers " + id, "yes", std::string(to_string(result_.services[*service].state)));
  }

  void states(const std::vector<std::string>& rules, RuleState wanted) {
    for (const std::string& id : rules) {
      const std::optional<std::size_t> rule = content_.find_rule(id);
      if (!rule)
        differences.push_back("the pack has no rule " + id);
      else
        equal("rule " + id, std::string(to_string(wanted)), std::string(to_string(result_.rules[*rule].state)));
    }
  }

  const Recommendation& result_;
  const PackContent& content_;
};

// Neighbouring values of counts and scales that the rules tell apart.
std::vector<CaseReport::Threshold> thresholds_of(const masks::Masks& masks, const std::vector<Case>& cases) {
  std::vector<CaseReport::Threshold> thresholds;
  for (const FieldSpec& f : fields()) {
    if (!f.is_ordered()) continue;
    std::set<int> known;
    for (const Case& c : cases)
      if (c.input.assessment.is_known(f.field)) known.insert(c.input.assessment.answer(f.field).lowest());
    const auto column = static_cast<std::size_t>(f.field);
    for (int v = 1; v <= f.high; ++v)
      if (masks.code_of(column, static_cast<std::size_t>(v - 1)) != masks.code_of(column, static_cast<std::size_t>(v)))
        thresholds.push_back({f.field, v, known.count(v - 1) > 0, known.count(v) > 0});
  }
  return thresholds;
}

// Would the rule hold after one step of one answer?
bool is_near_miss(const pack::CheckedPack& pack, std::size_t rule, const Assessment& assessment) {
  const std::vector<Field> reads = pack.rule_reads[rule].list();
  return std::any_of(reads.begin(), reads.end(), [&](Field field) {
    if (!assessment.is_known(field)) return false;
    const FieldSpec& f = spec(field);
    const int now = assessment.answer(field).lowest();
    for (int value = 0; value <= f.high; ++value) {
      if (value == now || (f.is_ordered() && value != now - 1 && value != now + 1)) continue;
      Assessment stepped = assessment;
      stepped.set(field, value);
      if (pack::evaluate(pack.rules[rule], pack.terms, stepped) == Truth::yes) return true;
    }
    return false;
  });
}

// What some case reached, beside what is kept case by case.
struct Reached {
  std::set<Status> statuses;
  std::set<Disposition> dispositions;
  std::set<std::size_t> levels, offers, avoids, capabilities;
  std::set<std::pair<std::size_t, std::size_t>> steps;

  void add(const Recommendation& r) {
    statuses.insert(r.status);
    dispositions.insert(r.disposition);
    if (r.indicated) levels.insert(*r.indicated);
    for (std::size_t i = 1; i < r.walk.size(); ++i) steps.insert({r.walk[i - 1].level, r.walk[i].level});
    for (std::size_t i = 1; i < r.pathway.size(); ++i) steps.insert({r.pathway[i - 1].level, r.pathway[i].level});
    for (std::size_t s = 0; s < r.services.size(); ++s) {
      if (r.services[s].state == CareState::yes) offers.insert(s);
      if (r.services[s].state == CareState::avoid) avoids.insert(s);
    }
    for (std::size_t c = 0; c < r.capabilities.size(); ++c)
      if (r.capabilities[c].state == CareState::yes) capabilities.insert(c);
  }
};

// Targets that some rule of the kind names and no case reached.
std::vector<std::size_t> unreached(const PackContent& content, RuleKind kind, const std::set<std::size_t>& reached) {
  std::set<std::size_t> missing;
  for (const Rule& rule : content.rules)
    if (rule.kind == kind && reached.count(rule.target) == 0) missing.insert(rule.target);
  return {missing.begin(), missing.end()};
}

void add_missing(const PackContent& content, const Reached& reached, CaseReport& report) {
  for (const Status status : kStatuses)
    if (reached.statuses.count(status) == 0) report.statuses_missing.push_back(status);
  for (const Disposition disposition : kDispositions)
    if (reached.dispositions.count(disposition) == 0) report.dispositions_missing.push_back(disposition);
  for (std::size_t level = 0; level < content.levels.size(); ++level)
    if (reached.levels.count(level) == 0) report.levels_missing.push_back(level);
  for (std::size_t move = 0; move < content.moves.size(); ++move)
    if (reached.steps.count({content.moves[move].from, content.moves[move].to}) == 0)
      report.moves_missing.push_back(move);
  report.offers_missing = unreached(content, RuleKind::offer, reached.offers);
  report.avoids_missing = unreached(content, RuleKind::avoid, reached.avoids);
  report.capabilities_missing = unreached(content, RuleKind::capability, reached.capabilities);
}

}  // namespace

std::size_t CaseReport::failed() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return !o.differences.empty(); }));
}

CaseReport run_cases(const Engine& engine, const std::vector<Case>& cases) {
  const pack::CheckedPack& pack = engine.pack().checked();
  CaseReport report;
  report.rules.resize(pack.rules.size());
  for (std::size_t r = 0; r < pack.rules.size(); ++r) report.rules[r].can_fail = !pack.rule_reads[r].empty();
  Reached reached;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Input& input = cases[i].input;
    CaseReport::Outcome outcome;
    const Result<Recommendation> result = engine.recommend(input.assessment, input.request);
    if (result.has_value()) {
      outcome.differences = CaseComparison(*result, cases[i].want).differences;
      outcome.status = result->status;
      reached.add(*result);
      for (std::size_t r = 0; r < pack.rules.size(); ++r) {
        const RuleState state = result->rules[r].state;
        if (state == RuleState::holds) report.rules[r].holds.push_back(i);
        if (state == RuleState::no && !report.rules[r].near_miss && is_near_miss(pack, r, input.assessment))
          report.rules[r].near_miss = i;
      }
    } else {
      for (const Fault& fault : result.error().faults) outcome.differences.push_back(to_string(fault));
    }
    report.outcomes.push_back(std::move(outcome));
  }
  add_missing(pack.content, reached, report);
  report.thresholds = thresholds_of(engine.compiled().masks, cases);
  return report;
}

}  // namespace placement
