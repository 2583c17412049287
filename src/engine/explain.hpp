// Why: the fewest answers that force the level, the fewest that contradict each other, and the rules that determine.
#pragma once

#include <optional>

#include "engine/possible.hpp"

namespace placement::engine {

/// The fewest answers that force `level` over all consistent completions in scope of the rest; ties: first in field
/// order. Nothing where the search ran out. `level` is the only possible one.
[[nodiscard]] std::optional<FieldSet> reason_for(const Compiled& compiled, const Demands& demands, std::size_t level,
                                                 const FieldSet& answered, const masks::Region& answers,
                                                 masks::Search& search);

/// The fewest answers no consistent completion has; ties as above. Nothing where the search ran out.
[[nodiscard]] std::optional<FieldSet> conflict_in(const Compiled& compiled, const FieldSet& answered,
                                                  const masks::Region& answers, masks::Search& search);

}  // namespace placement::engine
