// A set of columns as bits.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace placement::masks {

struct ColumnBits {
  std::uint64_t low = 0, high = 0;

  void insert(std::size_t column) noexcept { word(column) |= bit(column); }
  void erase(std::size_t column) noexcept { word(column) &= ~bit(column); }
  [[nodiscard]] bool contains(std::size_t column) const noexcept {
    return ((column < 64 ? low : high) & bit(column)) != 0;
  }
  [[nodiscard]] bool empty() const noexcept { return (low | high) == 0; }
  [[nodiscard]] int size() const noexcept { return std::popcount(low) + std::popcount(high); }
  /// Counting is not that cheap.
  [[nodiscard]] bool is_at_most_two() const noexcept {
    const auto without_first = [](std::uint64_t bits) { return bits & (bits - 1); };
    if (high == 0) return without_first(without_first(low)) == 0;
    if (low == 0) return without_first(without_first(high)) == 0;
    return without_first(low) == 0 && without_first(high) == 0;
  }
  [[nodiscard]] bool meets(const ColumnBits& o) const noexcept { return ((low & o.low) | (high & o.high)) != 0; }
  [[nodiscard]] bool is_within(const ColumnBits& o) const noexcept { return ((low & ~o.low) | (high & ~o.high)) == 0; }
  template <class F>
  void for_each(F&& visit) const {
    for (std::uint64_t rest = low; rest != 0; rest &= rest - 1) visit(static_cast<std::size_t>(std::countr_zero(rest)));
    for (std::uint64_t rest = high; rest != 0; rest &= rest - 1)
      visit(static_cast<std::size_t>(std::countr_zero(rest)) + 64);
  }
  friend ColumnBits operator&(const ColumnBits& a, const ColumnBits& b) noexcept {
    return {a.low & b.low, a.high & b.high};
  }
  friend ColumnBits operator|(const ColumnBits& a, const ColumnBits& b) noexcept {
    return {a.low | b.low, a.high | b.high};
  }
  /// What is in `a` but not in `b`.
  friend ColumnBits operator-(const ColumnBits& a, const ColumnBits& b) noexcept {
    return {a.low & ~b.low, a.high & ~b.high};
  }

 private:
  std::uint64_t& word(std::size_t column) noexcept { return column < 64 ? low : high; }
  static std::uint64_t bit(std::size_t column) noexcept {
    return std::uint64_t{1} << (static_cast<unsigned>(column) % 64);
  }
};

}  // namespace placement::masks
