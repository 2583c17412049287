// Cells of a mapped column: text in, a small number out.
//
// A column is a list of codes, a number or a text, and says itself which words mean "missing": nothing else is missing,
// whatever it looks like. All that a row needs is looked up once a cell. Codes are short, so the first eight bytes and
// the length tell nearly all of them apart, and a table of those two is one probe; a number is digits read into a
// fixed-point integer, so that no fraction is ever rounded on the way in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace placement::batch {

inline constexpr std::size_t kMostColumns = 256;
inline constexpr std::size_t kMostCodes = 255;
inline constexpr int kMostDecimals = 6;

/// The number of a code, or a number times 10^decimals; kMissing where the cell says nothing.
using CellNumber = std::int64_t;
inline constexpr CellNumber kMissing = std::numeric_limits<CellNumber>::min();

/// Words and what each stands for.
class WordTable {
 public:
  WordTable() : WordTable(std::vector<std::pair<std::string, CellNumber>>()) {}
  /// No word may stand twice.
  explicit WordTable(std::vector<std::pair<std::string, CellNumber>> words);
  /// What the word stands for, or nullptr.
  [[nodiscard]] const CellNumber* find(std::string_view word) const noexcept;

 private:
  struct Slot {
    std::uint64_t head = 0;
    std::uint32_t size = 0;
    std::uint32_t word = 0;  // its number and one; 0: free
  };
  [[nodiscard]] std::size_t place(std::uint64_t head, std::size_t size) const noexcept;

  std::vector<std::pair<std::string, CellNumber>> words_;
  std::vector<Slot> slots_;  // a power of two, at least half of them free
  unsigned shift_ = 0;
};

enum class ColumnKind : std::uint8_t { codes, number, text };

struct CodedColumn {
  ColumnKind kind = ColumnKind::text;
  bool optional = false;
  std::vector<std::string> codes;  ///< ColumnKind::codes
  CellNumber from = 0, to = 0;     ///< ColumnKind::number, times 10^decimals
  int decimals = 0;                ///< ColumnKind::number: digits a cell may have after the point
  WordTable words;                 ///< codes, and what means missing
  /// Reads a cell; `fault` is set to what was expected and the kind of fault, or left alone.
  [[nodiscard]] CellNumber read(std::string_view cell, std::string& fault) const;
};

/// 10^digits, for up to 18 digits.
[[nodiscard]] constexpr CellNumber ten_to(int digits) noexcept {
  CellNumber power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

}  // namespace placement::batch
