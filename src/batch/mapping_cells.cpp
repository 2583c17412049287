#include "batch/mapping_cells.hpp"

#include <bit>
#include <cstring>

namespace placement::batch {
namespace {

constexpr std::size_t kHead = sizeof(std::uint64_t);

// Up to eight bytes; together with the length it tells words that short apart. Loads overlap instead of looping.
std::uint64_t head_of(std::string_view word) noexcept {
  const auto load = [&](std::size_t at, auto bytes) {
    std::memcpy(&bytes, word.data() + at, sizeof bytes);
    return std::uint64_t{bytes};
  };
  if (word.size() >= kHead) return load(0, std::uint64_t{});
  if (word.size() >= 4) return load(0, std::uint32_t{}) | load(word.size() - 4, std::uint32_t{}) << 32U;
  if (word.size() >= 2) return load(0, std::uint16_t{}) | load(word.size() - 2, std::uint16_t{}) << 16U;
  return word.empty() ? 0 : load(0, std::uint8_t{});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits at the front of `text`, which are taken off; -1 where there are none or too many for any range.
CellNumber take_digits(std::string_view& text, std::size_t& count) noexcept {
  constexpr std::size_t kMostDigits = 12;
  CellNumber value = 0;
  for (count = 0; count < text.size() && is_digit(text[count]); ++count)
    if (count < kMostDigits) value = value * 10 + (text[count] - '0');
  text.remove_prefix(count);
  return count == 0 || count > kMostDigits ? -1 : value;
}

std::string range_text(const CodedColumn& column) {
  const CellNumber scale = ten_to(column.decimals);
  return (column.decimals == 0 ? "a whole number, " : "a number, ") + std::to_string(column.from / scale) + " to " +
         std::to_string(column.to / scale);
}

}  // namespace

WordTable::WordTable(std::vector<std::pair<std::string, CellNumber>> words) : words_(std::move(words)) {
  const std::size_t room = std::bit_ceil(2 * words_.size() + 2);
  slots_.resize(room);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(room));
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const std::string& word = words_[i].first;
    std::size_t at = place(head_of(word), word.size());
    while (slots_[at].word != 0) at = (at + 1) & (room - 1);
    slots_[at] = {head_of(word), static_cast<std::uint32_t>(word.size()), static_cast<std::uint32_t>(i + 1)};
  }
}

std::size_t WordTable::place(std::uint64_t head, std::size_t size) const noexcept {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;  // the golden ratio: neighbouring keys fall far apart
  return static_cast<std::size_t>(((head + size) * kOdd) >> shift_);
}

const CellNumber* WordTable::find(std::string_view word) const noexcept {
  const std::uint64_t head = head_of(word);
  for (std::size_t at = place(head, word.size()); slots_[at].word != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.head != head || slot.size != word.size()) continue;
    const auto& [text, stands_for] = words_[slot.word - 1];
    if (word.size() <= kHead || text == word) return &stands_for;
  }
  return nullptr;
}

CellNumber CodedColumn::read(std::string_view cell, std::string& fault) const {
  if (const CellNumber* known = words.find(cell)) return *known;
  if (kind == ColumnKind::text) return 0;
  if (kind == ColumnKind::codes) {
    fault = "not a listed code";
    return kMissing;
  }
  const bool is_negative = !cell.empty() && cell.front() == '-';
  if (is_negative) cell.remove_prefix(1);
  std::size_t digits = 0;
  CellNumber value = take_digits(cell, digits);
  const bool is_too_long = value < 0 && digits > 0;
  if (digits > 0 && !cell.empty() && cell.front() == '.') {
    cell.remove_prefix(1);
    std::size_t decimal_digits = 0;
    const CellNumber fraction = take_digits(cell, decimal_digits);
    if (decimal_digits == 0) {
      digits = 0;
    } else if (cell.empty() && decimal_digits > static_cast<std::size_t>(decimals)) {
      fault = "too many decimals: expected " + range_text(*this) +
              (decimals == 0 ? "" : ", at most " + std::to_string(decimals) + " after the point");
      return kMissing;
    } else if (!is_too_long) {
      const int more = decimals - static_cast<int>(decimal_digits);
      value = value * ten_to(decimals) + fraction * (more > 0 ? ten_to(more) : 1);
    }
  } else if (!is_too_long) {
    value *= ten_to(decimals);
  }
  if (digits == 0 || !cell.empty()) {
    fault = "not a number: expected " + range_text(*this);
    return kMissing;
  }
  if (is_negative) value = -value;
  if (!is_too_long && value >= from && value <= to) return value;
  fault = ((is_too_long ? is_negative : value < from) ? "below range: expected " : "above range: expected ") +
          range_text(*this);
  return kMissing;
}

}  // namespace placement::batch
