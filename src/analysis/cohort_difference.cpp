// Two packs over the rows of a cohort: each row is judged whole by both, and what they say is compared. Nothing is
// lost: a row whose request one of the packs refuses is counted as such.
#include <algorithm>

#include "placement/difference.hpp"

namespace placement {
namespace {

std::string said(const Recommendation& r) {
  const std::vector<CareLevel>& levels = r.pack.content().levels;
  if (r.indicated) return levels[*r.indicated].id;
  if (r.status != Status::undecided || r.possible.empty()) return std::string(to_string(r.status));
  if (r.possible.size() == 1) return levels[r.possible.front()].id + ", undecided";
  return levels[r.possible.front()].id + " to " + levels[r.possible.back()].id;
}

using States = std::map<std::pair<std::string, std::string>, std::string>;  // by kind and id

States states_of(const Recommendation& r) {
  const PackContent& content = r.pack.content();
  States states;
  for (const AlertResult& alert : r.alerts)
    states[{"alert", content.rules[alert.rule].id}] =
        alert.state == RuleState::holds ? "yes" : std::string(to_string(alert.state));
  for (std::size_t c = 0; c < r.capabilities.size(); ++c)
    states[{"capability", content.capabilities[c].id}] = to_string(r.capabilities[c].state);
  for (std::size_t s = 0; s < r.services.size(); ++s)
    states[{"service", content.services[s].id}] = to_string(r.services[s].state);
  return states;
}

// What one pack does not know is `no` there.
void count_changes(const States& before, const States& after, CohortDifference& into) {
  for (const auto& [item, state] : before) {
    const auto now = after.find(item);
    if ((now == after.end() ? "no" : now->second) != state) ++into.items[item];
  }
  for (const auto& [item, state] : after)
    if (before.count(item) == 0 && state != "no") ++into.items[item];
}

}  // namespace

CohortDifference compare_on(const Engine& before, const Engine& after, const std::vector<Input>& rows) {
  CohortDifference difference;
  difference.rows = rows.size();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Result<Recommendation> b = before.recommend(rows[row].assessment, rows[row].request);
    const Result<Recommendation> a = after.recommend(rows[row].assessment, rows[row].request);
    if (!b.has_value() || !a.has_value()) {
      ++difference.refused;
      continue;
    }
    const std::pair<std::string, std::string> move{said(*b), said(*a)};
    ++difference.moves[move];
    if (move.first != move.second) difference.moved.push_back(row);
    count_changes(states_of(*b), states_of(*a), difference);
  }
  return difference;
}

}  // namespace placement
