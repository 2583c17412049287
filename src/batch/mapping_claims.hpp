// What cells say about one thing: a field, an outcome, a subgroup.
//
// A claim turns cells into a set of values, and the truth is among them whatever stands in the cells that are missing.
// A code is looked up; a number is scaled; conditions over several columns are tried in order, and one that missing
// cells leave open adds its values and lets the next one be tried. So each cell taken away can only add values. Several
// claims about one thing are all true: their sets are intersected, and where nothing is left the columns contradict
// each other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "batch/mapping_cells.hpp"
#include "placement/assessment.hpp"
#include "placement/truth.hpp"

namespace placement::batch {

struct Condition {
  enum class Kind : std::uint8_t { has_code, in_range, any_of, all_of };
  Kind kind = Kind::any_of;
  std::size_t column = 0;        ///< has_code, in_range
  ValueSet codes;                ///< has_code
  CellNumber from = 0, to = 0;   ///< in_range, ends included, scaled as the column's cells are
  std::vector<Condition> parts;  ///< any_of, all_of
};

/// Kleene's truth; a missing cell is unknown.
[[nodiscard]] Truth judge(const Condition& condition, std::span<const CellNumber> cells) noexcept;

enum class Rounding : std::uint8_t { down, up, half_up };

/// number * times / over + plus, rounded; the true value may be `less` smaller or `more` larger.
struct Linear {
  CellNumber times = 1, over = 1, plus = 0;
  Rounding rounding = Rounding::down;
  int less = 0, more = 0;
  int highest = 0;  ///< largest value of the field: larger ones count as that
};

/// The scaled value of a cell with that many decimals; at most about 10^12 in size where the reader's limits hold.
[[nodiscard]] CellNumber scaled(const Linear& linear, CellNumber cell, int decimals) noexcept;

struct Claim {
  enum class Kind : std::uint8_t { constant, recode, linear, cases };
  struct Case {
    Condition when;
    ValueSet values;
  };
  Kind kind = Kind::constant;
  ValueSet values;                ///< constant; cases: where none of them holds
  std::size_t column = 0;         ///< recode, linear
  std::vector<ValueSet> by_code;  ///< recode
  Linear linear;
  int decimals = 0;  ///< linear: those of the column
  std::vector<Case> cases;
};

struct Item {
  ValueSet all;  ///< every value it can have
  std::vector<Claim> claims;
  std::string contradiction;  ///< what to say where the claims leave nothing

  /// Empty where the claims contradict each other.
  [[nodiscard]] ValueSet values(std::span<const CellNumber> cells) const noexcept;
};

}  // namespace placement::batch
