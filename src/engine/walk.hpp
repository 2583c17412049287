// The walk up the care graph: from the lowest level, step by step, to the highest level demanded, with the rules that
// made each stop insufficient. It is what a clinician does by hand and what a picture shows; the masks reach the same
// level by one bit scan. `held_rules` is the slow twin of Engine::score: it reads the conditions, not the masks, and
// the tests compare the two.
#pragma once

#include <utility>
#include <vector>

#include "pack/checked_pack.hpp"
#include "placement/recommendation.hpp"

namespace placement::engine {

/// A rule and the level it demands.
struct Demand {
  std::size_t rule = 0;
  std::size_t level = 0;
};

/// The walk to the highest demanded level; rules keep the order of `demands`. One stop where nothing is demanded.
[[nodiscard]] std::vector<WalkStep> walk(const CareGraph& graph, const std::vector<Demand>& demands);

/// For each rule whether its condition is yes.
[[nodiscard]] std::vector<bool> held_rules(const pack::CheckedPack& pack, const Assessment& assessment);

}  // namespace placement::engine
