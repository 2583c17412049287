// Which open fields can settle an open rule or service: "after some consistent further known answers, one of its answers
// does". Where two consistent completions differ in the field alone and in outcome, it can: let everything else be known.
// For a field no constraint reads that is also the only way. For the others the answer to one field may settle another,
// so further answers are searched for: fields not connected with this one by constraints are answered in every way (that
// only helps), the connected ones are answered or left as they are. Bounded by the search's steps.
// Tested against the literal definition in tests/oracle.
#pragma once

#include <functional>
#include <span>

#include "engine/completions.hpp"

namespace placement::engine {

/// What a place in the search for further answers says.
enum class Verdict : std::uint8_t { go_on, found, hopeless, unsettled };

/// A column of the search: whether it may also stay as it is.
struct Choice {
  std::size_t column = 0;
  bool may_stay = true;
};

/// Tries further answers to `choices`, codes that no box of `telling` tells apart taken together, until `judge` finds what
/// it looks for. `region` is as before afterwards.
[[nodiscard]] masks::Answer find_further_answers(masks::Region& region, std::span<const Choice> choices,
                                                 std::span<const std::uint16_t> telling, const masks::Masks& masks,
                                                 const std::function<Verdict(const masks::Region&)>& judge);

/// Of the open columns in `among`: those that can settle the rank of `ranked` (sorted by falling rank). An unsettled
/// search counts as "can".
[[nodiscard]] FieldSet settling_fields(const Compiled& compiled, Completions& completions,
                                       std::span<const masks::RankedBox> ranked, const FieldSet& among);

}  // namespace placement::engine
