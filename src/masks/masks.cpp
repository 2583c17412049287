#include "masks/masks.hpp"

#include <algorithm>
#include <cassert>

namespace placement::masks {
namespace {

std::size_t lowest(const Values& values) {
  std::size_t v = 0;
  while (v < values.size() && !values[v]) ++v;
  return v;
}

// Cuts a domain into the classes of values that no literal in `literals` tells apart, by lowest value.
std::vector<Values> classes_of(const Values& domain, const std::vector<Values>& literals) {
  std::vector<Values> classes{domain};
  for (const Values& literal : literals) {
    const std::size_t before = classes.size();
    for (std::size_t i = 0; i < before; ++i) {
      const Values outside = classes[i] & ~literal;
      if (outside.none() || outside == classes[i]) continue;
      classes[i] &= literal;
      classes.push_back(outside);
    }
  }
  std::sort(classes.begin(), classes.end(), [](const Values& a, const Values& b) { return lowest(a) < lowest(b); });
  return classes;
}

}  // namespace

Result<Masks> Masks::make(std::vector<Values> domains, std::vector<ValueBox> boxes) {
  assert(domains.size() <= kMaxColumns);
  if (boxes.size() > kMaxBoxes)
    return Error::of(ErrorCode::limit, {{"", "more than " + std::to_string(kMaxBoxes) + " boxes in all"}});
  Masks masks;
  masks.words_ = (boxes.size() + 127) / 128 * 2;  // even, so that a row is whole 128-bit registers
  std::size_t rows = 0;
  std::vector<std::vector<Values>> cuts(domains.size());  // by column, each set once
  for (const ValueBox& box : boxes)
    for (const ValueLiteral& literal : box) {
      std::vector<Values>& sets = cuts[literal.column];
      if (std::find(sets.begin(), sets.end(), literal.values) == sets.end()) sets.push_back(literal.values);
    }
  for (std::size_t column = 0; column < domains.size(); ++column) {
    const std::vector<Values>& literals = cuts[column];
    ColumnCodes codes;
    codes.values = classes_of(domains[column], literals);
    if (codes.values.size() > kMaxCodes)
      return Error::of(ErrorCode::limit, {{std::to_string(column),
                                           "more than " + std::to_string(kMaxCodes) + " distinguishable ranges"}});
    std::size_t left = domains[column].count();  // most columns have few values: not all 256 are looked at
    for (std::size_t value = 0; left > 0; ++value) {
      if (!domains[column][value]) continue;
      --left;
      std::size_t code = 0;
      while (!codes.values[code][value]) ++code;
      codes.of_value[value] = static_cast<std::uint8_t>(code);
    }
    codes.first_row = rows;
    rows += codes.values.size();
    if (!literals.empty()) masks.read_columns_.push_back(column);
    masks.codes_.push_back(std::move(codes));
  }

  masks.full_row_.assign(masks.words_, 0);  // no bits beyond the last box
  for (std::size_t b = 0; b < boxes.size(); ++b) masks.full_row_[b / 64] |= std::uint64_t{1} << (b % 64);
  for (std::size_t r = 0; r < rows; ++r)
    masks.rows_.insert(masks.rows_.end(), masks.full_row_.begin(), masks.full_row_.end());
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    masks.first_literal_.push_back(masks.literals_.size());
    for (const ValueLiteral& literal : boxes[b]) {
      const ColumnCodes& codes = masks.codes_[literal.column];
      Codes set = 0;
      for (std::size_t code = 0; code < codes.values.size(); ++code) {
        const bool inside = (codes.values[code] & literal.values).any();
        if (inside)
          set |= Codes{1} << code;
        else
          masks.rows_[(codes.first_row + code) * masks.words_ + b / 64] &= ~(std::uint64_t{1} << (b % 64));
      }
      masks.literals_.push_back({literal.column, set});
    }
  }
  masks.first_literal_.push_back(masks.literals_.size());
  for (std::size_t column = 0; column < masks.columns(); ++column) {
    masks.order_by_quiet(column);
    masks.everything_[column] = masks.all_codes(column);
  }
  masks.domains_ = std::move(domains);
  masks.value_boxes_ = std::move(boxes);
  return masks;
}

void Masks::order_by_quiet(std::size_t column) {
  std::vector<std::uint8_t>& order = codes_[column].quiet_first;
  std::vector<int> boxes;
  for (std::size_t code = 0; code < codes(column); ++code) {
    order.push_back(static_cast<std::uint8_t>(code));
    int count = 0;
    for (std::size_t w = 0; w < words_; ++w) count += std::popcount(row(column, code)[w]);
    boxes.push_back(count);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint8_t a, std::uint8_t b) { return boxes[a] < boxes[b]; });
}

Codes Masks::all_codes(std::size_t column) const noexcept {
  const std::size_t n = codes(column);
  return n == kMaxCodes ? ~Codes{0} : (Codes{1} << n) - 1;
}

void Masks::evaluate(const Point& point, std::span<std::uint64_t> held) const noexcept {
  for (std::size_t w = 0; w < words_; ++w) held[w] = full_row_[w];
  for (const std::size_t column : read_columns_) {
    const std::uint64_t* bits = row(column, point[column]);
    for (std::size_t w = 0; w < words_; ++w) held[w] &= bits[w];
  }
}

std::vector<std::uint64_t> Masks::readers(std::size_t column) const {
  std::vector<std::uint64_t> readers(words_);
  for (std::size_t code = 0; code < codes(column); ++code)
    for (std::size_t w = 0; w < words_; ++w) readers[w] |= full_row_[w] & ~row(column, code)[w];
  return readers;
}

void Masks::touch(const Region& region, std::span<std::uint64_t> touched) const noexcept {
  for (std::size_t w = 0; w < words_; ++w) touched[w] = full_row_[w];
  for (const std::size_t column : read_columns_) {
    if (region[column] == all_codes(column)) continue;  // every box has some code of every column
    const std::uint64_t* rows = row(column, 0);
    for (std::size_t w = 0; w < words_; ++w) {
      std::uint64_t any = 0;
      for (Codes rest = region[column]; rest != 0; rest &= rest - 1)
        any |= rows[static_cast<std::size_t>(std::countr_zero(rest)) * words_ + w];
      touched[w] &= any;
    }
  }
}

}  // namespace placement::masks
