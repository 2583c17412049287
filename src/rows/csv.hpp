// CSV records as RFC 4180 has them: cells between commas, quoted where they hold commas, quotes or newlines. Strict: a
// quote inside an unquoted cell, or text behind a closing one, is a fault and not a guess.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace placement::rows {

/// Where the quoted cell that opens at `at` has its closing quote; npos where it has none.
[[nodiscard]] std::size_t closing_quote(std::string_view text, std::size_t at) noexcept;

struct CsvFault {
  std::size_t cell = 0;      ///< from 0
  std::size_t at = 0;        ///< byte of the record, from 0
  const char* message = "";  ///< what is wrong
};

/// The cells of one record. Not shared by threads: it keeps the room for the cells.
class CsvCells {
 public:
  /// Cuts a record without its newline. The cells are views into it, or into this where quotes were taken out: valid
  /// until the next call.
  [[nodiscard]] std::optional<CsvFault> cut(std::string_view record);
  [[nodiscard]] const std::vector<std::string_view>& cells() const noexcept { return cells_; }

 private:
  std::vector<std::string_view> cells_;
  std::string unquoted_;
};

/// Adds a cell to a record, quoted where it must be.
void append_csv(std::string_view cell, std::string& record);

}  // namespace placement::rows
