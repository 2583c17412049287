// The distinguishable ranges of every field: what a step of a counterfactual is.
//
// Two values of a field are told apart if some comparison of a rule, a constraint or a must_know entry, its terms
// expanded, is true of one and false of the other. Of a count, scale or flag a range is a run of neighbouring values
// that are not told apart; of a category, whose values have no neighbours, all values that are not. So ranges are a
// matter of the pack alone: they do not depend on what the masks fold away, and every range lies in one code of theirs.
// Found once when a pack is compiled. Tested in tests/unit/engine/ranges_test.cpp and by the oracle.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "masks/masks.hpp"
#include "pack/checked_pack.hpp"

namespace placement::engine {

struct Range {
  ValueSet values;
  std::uint8_t code = 0;  ///< of the masks
};

/// Ranges by their lowest value.
struct FieldRanges {
  std::vector<Range> ranges;
  std::array<std::uint8_t, 256> of_value{};
};

/// By field, in field order.
[[nodiscard]] std::vector<FieldRanges> ranges_of(const pack::CheckedPack& pack, const masks::Masks& masks);

}  // namespace placement::engine
