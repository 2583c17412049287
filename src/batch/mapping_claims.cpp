#include "batch/mapping_claims.hpp"

#include <algorithm>

namespace placement::batch {
namespace {

// Leaves in `values` what the claim does not rule out.
void narrow(ValueSet& values, const Claim& claim, std::span<const CellNumber> cells) noexcept {
  switch (claim.kind) {
    case Claim::Kind::constant:
      values = values & claim.values;
      return;
    case Claim::Kind::recode:
      if (cells[claim.column] != kMissing)
        values = values & claim.by_code[static_cast<std::size_t>(cells[claim.column])];
      return;
    case Claim::Kind::linear: {
      if (cells[claim.column] == kMissing) return;
      const Linear& linear = claim.linear;
      const CellNumber value =
          std::min<CellNumber>(scaled(linear, cells[claim.column], claim.decimals), linear.highest);
      const CellNumber from = std::max<CellNumber>(value - linear.less, 0);
      const CellNumber to = std::min<CellNumber>(value + linear.more, linear.highest);
      values = values & ValueSet::range(static_cast<int>(from), static_cast<int>(to));
      return;
    }
    case Claim::Kind::cases: {
      ValueSet possible;
      for (const Claim::Case& one : claim.cases) {
        const Truth truth = judge(one.when, cells);
        if (truth != Truth::no) possible = possible | one.values;
        if (truth == Truth::yes) {
          values = values & possible;
          return;
        }
      }
      values = values & (possible | claim.values);
      return;
    }
  }
}

}  // namespace

Truth judge(const Condition& condition, std::span<const CellNumber> cells) noexcept {
  switch (condition.kind) {
    case Condition::Kind::has_code: {
      const CellNumber cell = cells[condition.column];
      if (cell == kMissing) return Truth::unknown;
      return condition.codes.contains(static_cast<int>(cell)) ? Truth::yes : Truth::no;
    }
    case Condition::Kind::in_range: {
      const CellNumber cell = cells[condition.column];
      if (cell == kMissing) return Truth::unknown;
      return cell >= condition.from && cell <= condition.to ? Truth::yes : Truth::no;
    }
    case Condition::Kind::any_of:
    case Condition::Kind::all_of: {
      const bool is_any = condition.kind == Condition::Kind::any_of;
      const Truth settles = is_any ? Truth::yes : Truth::no;
      bool is_open = false;
      for (const Condition& part : condition.parts) {
        const Truth truth = judge(part, cells);
        if (truth == settles) return settles;
        is_open |= truth == Truth::unknown;
      }
      if (is_open) return Truth::unknown;
      return is_any ? Truth::no : Truth::yes;
    }
  }
  return Truth::unknown;
}

CellNumber scaled(const Linear& linear, CellNumber cell, int decimals) noexcept {
  const CellNumber over = linear.over * ten_to(decimals);
  const auto floor_of = [](CellNumber a, CellNumber b) { return a / b - (a % b != 0 && a < 0 ? 1 : 0); };  // b > 0
  const CellNumber dividend = cell * linear.times + linear.plus * over;
  switch (linear.rounding) {
    case Rounding::down:
      return floor_of(dividend, over);
    case Rounding::up:
      return -floor_of(-dividend, over);
    case Rounding::half_up:
      return floor_of(2 * dividend + over, 2 * over);
  }
  return 0;
}

ValueSet Item::values(std::span<const CellNumber> cells) const noexcept {
  ValueSet values = all;
  for (const Claim& claim : claims) narrow(values, claim, cells);
  return values;
}

}  // namespace placement::batch
