// What would have to change for another level: docs/semantics.md, "Counterfactuals".
//
// A change gives some modifiable fields another answer, one distinguishable range each, so that the level wanted is the
// only one possible. The least of them is searched for by counterexamples (least_change.hpp): take the least choice not
// yet refuted, look for a consistent completion in scope with a higher level, then for one that nothing lifts to the
// level, then whether anything is consistent at all; what is found is widened to all answers within reach for which it
// stays a counterexample, and forbids them all. Most changes need no thought: of two options of a field that the boxes
// cannot tell apart, or one of which is never the better, only one is looked at. Cost: a few cover tests a round; on
// packs as they are written, tens of rounds. Tested against all changes in tests/oracle.
#pragma once

#include "engine/possible.hpp"
#include "placement/explanation.hpp"

namespace placement::engine {

/// `possible` are today's possible levels, exactly; `search` pays.
[[nodiscard]] Counterfactual counterfactual_to(std::size_t level, const Compiled& compiled, const Demands& demands,
                                               const Assessment& today, Levels possible, masks::Search& search);

}  // namespace placement::engine
