#include "engine/walk.hpp"

#include <algorithm>

namespace placement::engine {

std::vector<WalkStep> walk(const CareGraph& graph, const std::vector<Demand>& demands) {
  std::vector<WalkStep> steps{{0, {}}};
  for (;;) {
    WalkStep& here = steps.back();
    std::size_t highest = here.level;
    for (const Demand& demand : demands) {
      if (demand.level <= here.level) continue;
      here.insufficient.push_back(demand.rule);
      highest = std::max(highest, demand.level);
    }
    if (highest == here.level) return steps;
    steps.push_back({graph.step_up_towards(here.level, highest), {}});
  }
}

std::vector<bool> held_rules(const pack::CheckedPack& pack, const Assessment& assessment) {
  std::vector<bool> held;
  for (const pack::Node& condition : pack.rules)
    held.push_back(pack::evaluate(condition, pack.terms, assessment) == Truth::yes);
  return held;
}

}  // namespace placement::engine
