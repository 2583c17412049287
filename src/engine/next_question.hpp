// Which of the relevant fields to ask first: docs/semantics.md, "The next question".
//
// What must be known comes first, in the order of the pack. Then the field that leaves least uncertainty about the
// outcome (a level, or out of scope) to be expected, as Gini impurity under the priors: one diagram of the completions
// by outcome gives the weights for every answer of every field at once. They are rounded numbers, which place all
// fields but those closer together than rounding could tell; these few are compared once more in exact whole numbers,
// so that ties are ties and the order is the same everywhere. Tested against enumeration in tests/oracle.
#pragma once

#include <vector>

#include "engine/possible.hpp"

namespace placement::engine {

/// `relevant` in the order to ask. Where the steps of `completions` run out: in field order.
[[nodiscard]] std::vector<Field> in_asking_order(const Compiled& compiled, const Demands& demands,
                                                 const FieldSet& relevant, const Assessment& assessment,
                                                 Completions& completions);

}  // namespace placement::engine
