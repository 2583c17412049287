#include "engine/feasible.hpp"

#include <algorithm>

namespace placement::engine {
namespace {

constexpr int kLongestWaitDays = 7;  // follow-up within 7 days is the outer limit used by quality measures (NCQA)

std::vector<std::size_t> missing_in(const Programme& programme, const std::vector<std::size_t>& required) {
  std::vector<std::size_t> missing;
  for (const std::size_t capability : required)
    if (std::find(programme.capabilities.begin(), programme.capabilities.end(), capability) ==
        programme.capabilities.end())
      missing.push_back(capability);
  return missing;
}

}  // namespace

Feasible feasible_among(const PackContent& content, std::size_t wanted, const std::vector<std::size_t>& required,
                        const std::vector<Programme>& available) {
  const CareLevel& indicated = content.levels[wanted];
  // Suits as a higher level: never withdrawal management, nor round-the-clock care where that is not indicated.
  const auto suits_above = [&](std::size_t level) {
    const CareLevel& above = content.levels[level];
    return !above.withdrawal_management && (!above.round_the_clock || indicated.round_the_clock);
  };
  Feasible feasible;
  const Programme* best = nullptr;
  for (const Programme& p : available) {  // the indicated level or the nearest higher, with all it must be able to do
    if (p.level < wanted || !missing_in(p, required).empty()) continue;
    if (p.level > wanted && !suits_above(p.level)) continue;
    if (best == nullptr || p.level < best->level) best = &p;
  }
  if (best != nullptr) {
    feasible.level = best->level;
    return feasible;
  }
  // Otherwise the nearest at or below it that is on offer, and never care without nights where nights are needed.
  for (const Programme& p : available) {
    if (p.level > wanted) continue;
    if (indicated.round_the_clock && !content.levels[p.level].round_the_clock) continue;
    const bool is_nearer = best == nullptr || p.level > best->level;
    const bool lacks_less = best != nullptr && p.level == best->level &&
                            missing_in(p, required).size() < missing_in(*best, required).size();
    if (is_nearer || lacks_less) best = &p;
  }
  feasible.recheck_days = std::min(indicated.reassess_days, kLongestWaitDays);
  feasible.plan = best == nullptr && indicated.round_the_clock ? Feasible::Plan::transfer : Feasible::Plan::bridge;
  if (best != nullptr) {
    feasible.level = best->level;
    feasible.missing_capabilities = missing_in(*best, required);
  } else {
    feasible.missing_capabilities = required;
  }
  for (const Programme& p : available)
    if (p.level > wanted && !suits_above(p.level) &&
        std::find(feasible.alternatives.begin(), feasible.alternatives.end(), p.level) == feasible.alternatives.end())
      feasible.alternatives.push_back(p.level);
  std::sort(feasible.alternatives.begin(), feasible.alternatives.end());
  return feasible;
}

}  // namespace placement::engine
