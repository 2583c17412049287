#include "batch/mapping_claims.hpp"

#include <algorithm>

namespace placement::batch {
namespace {

ValueSet values_of(const Claim& claim, const ValueSet& all, std::span<const Cell> cells) noexcept {
  switch (claim.kind) {
    case Claim::Kind::constant:
      return claim.values;
    case Claim::Kind::recode:
      return cells[claim.column] == kMissing ? all : claim.by_code[static_cast<std::size_t>(cells[claim.column])];
    case Claim::Kind::linear: {
      if (cells[claim.column] == kMissing) return all;
      const Cell highest = all.highest();
      const Cell value = std::min(scaled(claim.linear, cells[claim.column], claim.decimals), highest);
      return ValueSet::range(static_cast<int>(std::max<Cell>(value - claim.linear.less, 0)),
                             static_cast<int>(std::min<Cell>(value + claim.linear.more, highest)));
    }
    case Claim::Kind::cases: {
      ValueSet values;
      for (const Claim::Case& one : claim.cases) {
        const Truth truth = judge(one.when, cells);
        if (truth != Truth::no) values = values | one.values;
        if (truth == Truth::yes) return values;
      }
      return values | claim.values;
    }
  }
  return all;
}

}  // namespace

Truth judge(const Condition& condition, std::span<const Cell> cells) noexcept {
  switch (condition.kind) {
    case Condition::Kind::has_code: {
      const Cell cell = cells[condition.column];
      if (cell == kMissing) return Truth::unknown;
      return condition.codes.contains(static_cast<int>(cell)) ? Truth::yes : Truth::no;
    }
    case Condition::Kind::in_range: {
      const Cell cell = cells[condition.column];
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

Cell scaled(const Linear& linear, Cell cell, int decimals) noexcept {
  const Cell over = linear.over * ten_to(decimals);
  const auto floor_of = [](Cell a, Cell b) { return a / b - (a % b != 0 && a < 0 ? 1 : 0); };  // b > 0
  const Cell dividend = cell * linear.times + linear.plus * over;
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

ValueSet Item::values(std::span<const Cell> cells) const noexcept {
  ValueSet values = all;
  for (const Claim& claim : claims) values = values & values_of(claim, all, cells);
  return values;
}

}  // namespace placement::batch
