// Rows out: the columns that can be asked for, and their text as JSON lines or CSV.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rows/judge.hpp"

namespace placement::rows {

/// One column of the output: a row of the table in row_writer.cpp.
struct OutputColumn;

/// All columns that there are, in their usual order; those of `kUsualColumns` are written where none are named.
[[nodiscard]] std::vector<std::string_view> column_names();
inline constexpr std::string_view kUsualColumns = "row,id,status,indicated,lowest,highest,alerts,fault";

/// Adds one line of JSON for each fault of a row: where, and what is wrong.
void append_faults(const RowPlace& place, const std::vector<RowFault>& faults, std::string& text);

class RowWriter {
 public:
  /// `names` are column_names().
  RowWriter(const Engine& engine, RowFormat format, const std::vector<std::string>& names);

  /// What the columns are told from.
  [[nodiscard]] Needs needs() const noexcept;
  /// The header of a CSV file; empty for JSON lines.
  [[nodiscard]] std::string header() const;
  /// Adds a row, with its newline.
  void append(const Row& row, const Verdict& verdict, std::string& text) const;

 private:
  Engine engine_;
  RowFormat format_;
  std::vector<const OutputColumn*> columns_;
  std::vector<std::string> before_;  // by column: what is written before its value
  std::vector<std::uint64_t> alerts_;
  std::vector<std::string> levels_, rules_, capabilities_;  // ids as lists have them
};

}  // namespace placement::rows
