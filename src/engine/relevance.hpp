// Which open fields still matter, and which one to ask: docs/semantics.md, "Next question".
//
// A field matters if, after some consistent further answers, one of its answers shrinks the possible levels or settles
// the status. Two consistent completions that differ in the field alone and in level, scope or a stop alert show that
// it does; so does a required must_know field in a completion without stop. What those tests leave open are fields
// coupled with others by constraints or by the condition of a must_know entry: for them further answers are searched
// for, first around the pairs found for the fields they are coupled with. A search that runs out of steps lists the
// field.
#pragma once

#include <optional>
#include <vector>

#include "engine/possible.hpp"

namespace placement::engine {

/// Relevant fields in field order.
[[nodiscard]] FieldSet relevant_fields(const Compiled& compiled, const Demands& demands, const Openness& openness,
                                       const Outcome& outcome, Completions& completions);

/// The first of these fields, in the order of the pack, that must be known and is not in `asked`: nothing also where
/// only a search would tell which one that is.
[[nodiscard]] std::optional<Field> first_plainly_required(const Compiled& compiled, const Demands& demands,
                                                          const Openness& openness, const Outcome& outcome,
                                                          const std::vector<Field>& asked, Completions& completions);

}  // namespace placement::engine
