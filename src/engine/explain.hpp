// Why: the fewest answers that force the level, that contradict each other, or that make a rule hold or fail.
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

/// The fewest answers that make a rule hold (or fail) in every consistent completion of the rest, in every completion
/// at all where none is consistent; ties as above. Nothing where the search ran out. The rule does hold (or fail).
[[nodiscard]] std::optional<FieldSet> reason_of_state(const Compiled& compiled, std::size_t rule, bool holds,
                                                      const FieldSet& answered, const Completions& completions,
                                                      masks::Search& search);

}  // namespace placement::engine
