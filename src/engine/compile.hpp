// A rule pack as masks. The only room that knows both: conditions become boxes, and the boxes are laid out so that the
// highest bit among the demands is the level.
//
// Order of boxes: demands of `require` rules by rising level, then the other rules by kind, what they speak of and file
// order, then what the constraints forbid, then the `when` of each must_know entry. So the boxes of one rule lie side
// by side, and so do those of all rules that offer one service.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/ranges.hpp"
#include "masks/masks.hpp"
#include "pack/checked_pack.hpp"
#include "placement/engine.hpp"

namespace placement::engine {

/// Boxes `begin` to `end` (exclusive).
struct BoxRange {
  std::uint16_t begin = 0;
  std::uint16_t end = 0;
  [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

struct Compiled {
  RulePack pack;
  EngineOptions options;
  masks::Masks masks;
  std::vector<BoxRange> rules;                         ///< by rule
  std::vector<BoxRange> capabilities, offers, avoids;  ///< by capability and service: of all rules that speak of it
  BoxRange violations;                                 ///< of all constraints
  std::vector<std::vector<double>> priors;             ///< by field and value, each field's adding up to 1
  std::vector<BoxRange> must_know;                     ///< by entry: its `when`
  /// For boxes of rules: the bit of the rule, in words as `held` has them; none for continue rules.
  std::vector<std::uint64_t> rule_bits;
  std::vector<std::uint16_t> level_of_box;                         ///< for the boxes of require rules, which come first
  std::vector<std::uint64_t> stops, scope, forbidden, held_rules;  ///< boxes as bits, by what they belong to
  /// Columns that a constraint reads, or a rule that a request is not needed for: once these are known, so are the
  /// level and all such rules.
  std::vector<std::size_t> deciding_columns;
  /// Scoring ANDs one row a group of columns instead of one a column: a group has a row for every combination of its
  /// columns' codes, few enough that all rows stay in the nearest caches.
  struct ScoreColumn {
    std::uint8_t field = 0;
    std::uint8_t high = 0;          ///< largest value
    std::uint16_t stride = 0;       ///< rows between neighbouring codes of this column
    std::uint16_t first_value = 0;  ///< place of value 0 in score_offsets
  };
  struct ScoreGroup {
    std::uint16_t end = 0;  ///< one past its last column
    std::uint16_t first_row = 0;
  };
  std::vector<ScoreColumn> score_columns;  ///< the columns the masks read, in their order
  std::vector<ScoreGroup> score_groups;
  std::vector<std::uint16_t> score_offsets;  ///< by column and raw value: code times stride
  std::vector<std::uint64_t> score_rows;
  std::vector<FieldRanges> ranges = {};  ///< by field: what counterfactuals step over
};

/// The masks' view of a condition; atoms must not occur.
[[nodiscard]] masks::Formula formula_of(const pack::Node& node, std::span<const pack::ParsedTerm> terms);

/// A field's values as the masks know them; columns are fields in field order.
[[nodiscard]] masks::Values values_of(const ValueSet& set);
[[nodiscard]] std::vector<masks::Values> domains();

/// What an assessment leaves possible, as codes.
[[nodiscard]] masks::Region region_of(const Assessment& assessment, const masks::Masks& masks);
/// The set of values that a set of codes of a field stands for.
[[nodiscard]] ValueSet values_of(Field field, masks::Codes codes, const masks::Masks& masks);

[[nodiscard]] Result<std::shared_ptr<const Compiled>> compile(RulePack pack, EngineOptions options);

}  // namespace placement::engine
