// Masks: a list of boxes compiled so that asking which of them hold is an AND.
//
// Every column is cut into the few ranges of values that some box tells apart: its codes. For each column and code one
// row of bits says which boxes that code does not contradict. A point (one code per column) lies in exactly the boxes
// whose bits survive the AND of its rows. A region (a set of codes per column) touches the boxes whose bits survive the
// AND over the columns of the OR of the rows of its codes.
//
// As in bitmap packet classifiers. Evaluation costs columns x words; nothing is allocated. Tested against direct
// evaluation of the boxes in tests/unit/masks/masks_test.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "masks/boxes.hpp"
#include "placement/result.hpp"

namespace placement::masks {

/// A set of codes of one column.
using Codes = std::uint64_t;
inline constexpr std::size_t kMaxCodes = 64;
inline constexpr std::size_t kMaxColumns = 128;
inline constexpr std::size_t kMaxBoxes = 4096;

struct Literal {
  std::size_t column = 0;
  Codes codes = 0;
};

/// A set of codes for each column: all points whose every code lies in its set. Columns beyond the masks' own are 0.
using Region = std::array<Codes, kMaxColumns>;
/// One code for each column.
using Point = std::array<std::uint8_t, kMaxColumns>;

class Masks {
 public:
  /// `domains[column]` are the values a column has, not empty, at most kMaxColumns columns. Fails with
  /// ErrorCode::limit on more than kMaxBoxes boxes or kMaxCodes codes; the place is then the column's number or empty.
  [[nodiscard]] static Result<Masks> make(std::vector<Values> domains, std::vector<ValueBox> boxes);

  [[nodiscard]] std::size_t columns() const noexcept { return codes_.size(); }
  [[nodiscard]] std::size_t boxes() const noexcept { return value_boxes_.size(); }
  /// 64-bit words in a row.
  [[nodiscard]] std::size_t words() const noexcept { return words_; }
  [[nodiscard]] std::size_t codes(std::size_t column) const noexcept { return codes_[column].values.size(); }
  [[nodiscard]] Codes all_codes(std::size_t column) const noexcept;
  [[nodiscard]] std::uint8_t code_of(std::size_t column, std::size_t value) const noexcept {
    return codes_[column].of_value[value];
  }
  /// The values a code stands for.
  [[nodiscard]] const Values& values_of(std::size_t column, std::size_t code) const noexcept {
    return codes_[column].values[code];
  }
  /// Columns some box reads.
  [[nodiscard]] std::span<const std::size_t> read_columns() const noexcept { return read_columns_; }
  [[nodiscard]] std::span<const Literal> literals(std::size_t box) const noexcept {
    return std::span<const Literal>(literals_).subspan(first_literal_[box],
                                                       first_literal_[box + 1] - first_literal_[box]);
  }
  [[nodiscard]] const std::vector<ValueBox>& value_boxes() const noexcept { return value_boxes_; }
  [[nodiscard]] const std::vector<Values>& domains() const noexcept { return domains_; }
  [[nodiscard]] const std::uint64_t* row(std::size_t column, std::size_t code) const noexcept {
    return rows_.data() + (codes_[column].first_row + code) * words_;
  }

  /// The region of all points.
  [[nodiscard]] const Region& everything() const noexcept { return everything_; }
  /// Bits of the boxes the point lies in; `held` has words() words.
  void evaluate(const Point& point, std::span<std::uint64_t> held) const noexcept;
  /// Bits of the boxes that tell codes of a column apart.
  [[nodiscard]] std::vector<std::uint64_t> readers(std::size_t column) const;
  /// Bits of the boxes the region touches; `touched` has words() words.
  void touch(const Region& region, std::span<std::uint64_t> touched) const noexcept;
  /// Of a set of codes, the one that lies in the fewest boxes; the first of several.
  [[nodiscard]] std::uint8_t quietest(std::size_t column, Codes codes) const noexcept {
    if ((codes & (codes - 1)) == 0) return static_cast<std::uint8_t>(std::countr_zero(codes));
    for (const std::uint8_t code : codes_[column].quiet_first)
      if ((codes >> code & 1U) != 0) return code;
    return 0;
  }

 private:
  struct ColumnCodes {
    std::array<std::uint8_t, 256> of_value{};
    std::vector<Values> values;             ///< by code
    std::vector<std::uint8_t> quiet_first;  ///< codes by rising number of boxes they lie in
    std::size_t first_row = 0;
  };

  void order_by_quiet(std::size_t column);

  std::vector<Values> domains_;
  std::vector<ValueBox> value_boxes_;
  std::vector<ColumnCodes> codes_;
  std::vector<std::size_t> read_columns_;
  std::vector<Literal> literals_;
  std::vector<std::size_t> first_literal_;
  std::vector<std::uint64_t> rows_, full_row_;
  std::size_t words_ = 0;
  Region everything_{};
};

/// Calls `visit(index)` for each bit that is set, ascending.
template <class F>
void for_each_bit(std::span<const std::uint64_t> words, F&& visit) {
  for (std::size_t w = 0; w < words.size(); ++w)
    for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1)
      visit(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
}

}  // namespace placement::masks
