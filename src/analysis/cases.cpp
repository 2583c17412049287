// Cases: what the pack's authors expect of it, and how much of the pack their cases touch.
#include <algorithm>
#include <array>
#include <set>

#include "engine/compile.hpp"
#include "placement/analysis.hpp"

namespace placement {
namespace {

constexpr std::array<Status, 5> kStatuses{Status::emergency, Status::inconsistent, Status::out_of_scope,
                                          Status::decided, Status::undecided};

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return "[" + text + "]";
}

class Comparison {
 public:
  Comparison(const Recommendation& result, const Case::Want& want) : result_(result), content_(result.pack.content()) {
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

}  // namespace

std::size_t CaseReport::failed() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return !o.differences.empty(); }));
}

CaseReport run_cases(const Engine& engine, const std::vector<Case>& cases) {
  const PackContent& content = engine.pack().content();
  CaseReport report;
  report.rules.resize(content.rules.size());
  std::set<Status> statuses;
  std::set<std::size_t> levels;
  for (const Case& c : cases) {
    CaseReport::Outcome outcome;
    const Result<Recommendation> result = engine.recommend(c.input.assessment, c.input.request);
    if (result.has_value()) {
      outcome.differences = Comparison(*result, c.want).differences;
      outcome.status = result->status;
      statuses.insert(result->status);
      if (result->indicated) levels.insert(*result->indicated);
      for (std::size_t r = 0; r < content.rules.size(); ++r) {
        report.rules[r].holds |= result->rules[r].state == RuleState::holds;
        report.rules[r].fails |= result->rules[r].state == RuleState::no;
      }
    } else {
      for (const Fault& fault : result.error().faults) outcome.differences.push_back(to_string(fault));
    }
    report.outcomes.push_back(std::move(outcome));
  }
  for (const Status status : kStatuses)
    if (statuses.count(status) == 0) report.statuses_missing.push_back(status);
  for (std::size_t level = 0; level < content.levels.size(); ++level)
    if (levels.count(level) == 0) report.levels_missing.push_back(level);
  report.thresholds = thresholds_of(engine.compiled().masks, cases);
  return report;
}

}  // namespace placement
