// Which open fields can settle an open rule or service: "after some consistent further known answers, one of its
// answers does". Where two consistent completions differ in the field alone and in outcome, it can: let everything else
// be known. For a field no constraint reads that is also the only way. For the others the answer to one field may
// settle another, so further answers are searched for: fields connected with this one by constraints are answered or
// left as they are, the others are answered in every way (that only helps). Most such searches end early: once the
// connected fields are chosen, codes that constrain more than another and mean the same can be dropped, and often
// nothing is left through which the field could work. Bounded by the search's steps. Tested against the literal
// definition in tests/oracle.
#pragma once

#include <functional>
#include <span>

#include "engine/completions.hpp"

namespace placement::engine {

/// A search for further answers gives up after so many steps and then counts as found; each place it looks at costs
/// some of them, beside the cover tests it asks there.
inline constexpr std::uint64_t kStepsPerField = 20'000;
inline constexpr std::uint64_t kStepsPerPlace = 20;

/// What a place in the search for further answers says.
enum class Verdict : std::uint8_t { go_on, found, hopeless, unsettled };

/// A column of the search: whether it may also stay as it is.
struct Choice {
  std::size_t column = 0;
  bool may_stay = true;
};

/// Codes of `codes` that stand for all others: of those that no box of `telling` tells apart, the first.
[[nodiscard]] masks::Codes codes_that_differ(masks::Codes codes, std::size_t column,
                                             std::span<const std::uint16_t> telling, const masks::Masks& masks);

/// Columns that constraints connect with `column` (answered or left), then the others of `read` (answered; or left too
/// where in `may_stay` or connected with it).
[[nodiscard]] std::vector<Choice> choices_around(const Completions& completions, std::size_t column,
                                                 const FieldSet& read, const FieldSet& may_stay);

/// Tries further answers to `choices`, codes that no box of `telling` tells apart taken together, until `judge` finds
/// what it looks for. `judge` sees the place and the choices already made. `region` is as before afterwards.
using Judge = std::function<Verdict(const masks::Region&, std::span<const Choice>)>;
[[nodiscard]] masks::Answer find_further_answers(masks::Region& region, std::span<const Choice> choices,
                                                 std::span<const std::uint16_t> telling, const masks::Masks& masks,
                                                 const Judge& judge);

/// Can the answer to `column` still work through constraints, with the choices `made`? `telling` are the boxes that
/// bear on the outcome, `forbidden` those of violated constraints.
[[nodiscard]] bool is_coupled(const masks::Region& place, std::size_t column, std::span<const Choice> made,
                              std::span<const std::uint16_t> telling, std::span<const std::uint16_t> forbidden,
                              const masks::Search& search);

/// Of the open columns in `among`: those that can settle the rank of `ranked` (sorted by falling rank). An unsettled
/// search counts as "can".
[[nodiscard]] FieldSet settling_fields(const Compiled& compiled, Completions& completions,
                                       std::span<const masks::RankedBox> ranked, const FieldSet& among);

}  // namespace placement::engine
