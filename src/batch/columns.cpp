#include "batch/columns.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace placement::batch {
namespace {

// Callers may have their columns at any address.
template <class T>
T value_at(const void* values, std::size_t row) {
  T value;
  std::memcpy(&value, static_cast<const unsigned char*>(values) + row * sizeof(T), sizeof(T));
  return value;
}

// Whole numbers; above `high` stands `above`.
template <class T>
std::uint8_t byte_of(T value, int high, int above) {
  const int known = value > high ? above : value;
  return static_cast<std::uint8_t>(value < 0 ? int{kUnknown} : known);
}

// Numbers with a fraction, infinite ones and none at all are for the closer look. No branches, so no `&&`.
std::uint8_t byte_of(double value, int high, int above) {
  constexpr double kFar = 1e9;
  const bool is_near = static_cast<unsigned>(value >= 0) & static_cast<unsigned>(value <= kFar);
  const int whole = static_cast<int>(is_near ? value : -1.0);
  const int known = whole > high ? above : whole;
  return static_cast<std::uint8_t>(static_cast<double>(whole) == value ? known : int{kUnknown});
}

// In pieces of memory of our own, since callers' may overlap for all that compilers know: then these loops become
// vectors.
template <class T>
void numbers(const void* values, std::size_t first, std::size_t rows, const FieldSpec& field, std::uint8_t* into) {
  constexpr std::size_t kPiece = 64;
  const int high = field.high;
  const int above = field.top_coded ? high : int{kUnknown};
  std::array<T, kPiece> piece{};
  std::array<std::uint8_t, kPiece> bytes{};
  for (std::size_t i = 0; i < rows; i += kPiece) {
    const std::size_t count = std::min(kPiece, rows - i);
    std::memcpy(piece.data(), static_cast<const unsigned char*>(values) + (first + i) * sizeof(T), count * sizeof(T));
    for (std::size_t k = 0; k < kPiece; ++k) bytes[k] = byte_of(piece[k], high, above);
    std::memcpy(into + i, bytes.data(), count);
  }
}

}  // namespace

const std::uint8_t* ColumnReader::bytes(std::size_t first, std::size_t rows, std::uint8_t* into) const {
  const std::size_t from = column_.offset + first;
  switch (column_.type) {
    case ColumnType::uint8:
      if (column_.validity == nullptr && !field_.top_coded)
        return static_cast<const std::uint8_t*>(column_.values) + from;
      numbers<std::uint8_t>(column_.values, from, rows, field_, into);
      break;
    case ColumnType::int16:
      numbers<std::int16_t>(column_.values, from, rows, field_, into);
      break;
    case ColumnType::int32:
      numbers<std::int32_t>(column_.values, from, rows, field_, into);
      break;
    case ColumnType::float64:
      numbers<double>(column_.values, from, rows, field_, into);
      break;
    case ColumnType::text:
      for (std::size_t i = 0; i < rows; ++i) into[i] = is_there(first + i) ? cell_of(text(first + i)).value : kUnknown;
      return into;
  }
  if (column_.validity != nullptr) strike_missing(first, rows, into);
  return into;
}

Cell ColumnReader::cell(std::size_t row) const {
  if (!is_there(row)) return {};
  const std::size_t at = column_.offset + row;
  switch (column_.type) {
    case ColumnType::uint8:
      return cell_of(value_at<std::uint8_t>(column_.values, at));
    case ColumnType::int16:
      return cell_of(value_at<std::int16_t>(column_.values, at));
    case ColumnType::int32:
      return cell_of(value_at<std::int32_t>(column_.values, at));
    case ColumnType::float64:
      return cell_of(value_at<double>(column_.values, at));
    case ColumnType::text:
      return cell_of(text(row));
  }
  return {};
}

Cell ColumnReader::cell_of(double number) const {
  if (std::isnan(number)) return {};
  if (number < 0) return {kUnknown, CellFaultKind::below_range};
  if (std::isinf(number) || (number > field_.high && !field_.top_coded)) return {kUnknown, CellFaultKind::above_range};
  if (number != std::floor(number)) return {kUnknown, CellFaultKind::fraction};
  return {static_cast<std::uint8_t>(std::min(number, static_cast<double>(field_.high))), std::nullopt};
}

Cell ColumnReader::cell_of(std::string_view text) const {
  if (field_.kind != FieldKind::count) {
    if (const std::optional<int> value = find_value(field_, text)) return {static_cast<std::uint8_t>(*value), {}};
    if (field_.kind == FieldKind::flag && (text == "false" || text == "true"))
      return {static_cast<std::uint8_t>(text == "true" ? 1 : 0), {}};
    return {kUnknown, CellFaultKind::not_an_allowed_name};
  }
  const bool is_negative = text.size() > 1 && text.front() == '-';
  const std::string_view digits = is_negative ? text.substr(1) : text;
  double number = 0;  // no text is too long for it
  for (const char c : digits) {
    if (c < '0' || c > '9') return {kUnknown, CellFaultKind::not_a_number};
    number = number * 10 + (c - '0');
  }
  if (digits.empty()) return {kUnknown, CellFaultKind::not_a_number};
  return cell_of(is_negative ? -number : number);
}

std::string_view ColumnReader::text(std::size_t row) const {
  const auto begin = value_at<std::int32_t>(column_.text_offsets, column_.offset + row);
  const auto end = value_at<std::int32_t>(column_.text_offsets, column_.offset + row + 1);
  return {static_cast<const char*>(column_.values) + begin, static_cast<std::size_t>(end - begin)};
}

bool ColumnReader::is_there(std::size_t row) const {
  const std::size_t bit = column_.offset + row;
  return column_.validity == nullptr || (column_.validity[bit / 8] >> (bit % 8) & 1U) != 0;
}

// Eight rows at a time: 0xFF in each byte whose bit is 0. Most stretches of columns miss nothing, or everything.
void ColumnReader::strike_missing(std::size_t first, std::size_t rows, std::uint8_t* bytes) const {
  const std::size_t begin = column_.offset + first;
  std::size_t i = 0;
  for (; i < rows && (begin + i) % 8 != 0; ++i)
    if (!is_there(first + i)) bytes[i] = kUnknown;
  for (; i + 8 <= rows && std::endian::native == std::endian::little; i += 8) {
    const std::uint64_t missing = column_.validity[(begin + i) / 8] ^ 0xFFU;
    if (missing == 0) continue;
    // Bit b of the byte to bit 8 b: copies side by side, one bit of each, pushed to the top of its byte or out of it.
    const std::uint64_t spread = missing * 0x0101010101010101U & 0x8040201008040201U;
    const std::uint64_t tops = spread + 0x7F7F7F7F7F7F7F7FU;
    const std::uint64_t struck = (tops >> 7U & 0x0101010101010101U) * 0xFFU;
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes + i, 8);
    eight |= struck;
    std::memcpy(bytes + i, &eight, 8);
  }
  for (; i < rows; ++i)
    if (!is_there(first + i)) bytes[i] = kUnknown;
}

}  // namespace placement::batch
