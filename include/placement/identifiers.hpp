// Columns that look as if they told who a person is.
//
//   placement::IdentifierCheck check(columns, "row_id");
//   check.add(cells);                                              // row by row; merge() joins workers
//   for (const placement::IdentifyingColumn& c : check.finish()) std::cerr << c.message << '\n';
//
// The kinds are those of the HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i), and free text. Names of columns and shapes of
// cells are looked at; whether a word is somebody's name is not known here. So silence is no proof: the rule also asks
// that nobody knows how the rest could identify a person. A check is one worker's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace placement {

struct IdentifyingColumn {
  std::string column;
  std::string kind;     ///< "telephone number", "date other than the year", ...
  std::string message;  ///< one line: the column, the kind, what gave it away; never a cell
};

class IdentifierCheck {
 public:
  /// `row_id` is the column whose opaque ids are passed through: its name is not held against it, its cells are.
  explicit IdentifierCheck(std::vector<std::string> columns, std::string_view row_id = {});
  /// One row, cells by column; missing ones at the end count as empty. Read during the call only.
  void add(std::span<const std::string_view> cells);
  /// `other` must have the same columns.
  void merge(const IdentifierCheck& other);
  /// At most one finding a column, in the order of columns.
  [[nodiscard]] std::vector<IdentifyingColumn> finish() const;

 private:
  struct Column {
    std::string name;
    bool is_row_id = false, is_age = false;
    std::uint64_t filled = 0;
    std::vector<std::uint64_t> by_kind;     // cells that look like each kind
    std::uint64_t compact_dates = 0;        // cells like 20230314
    std::unordered_set<std::size_t> texts;  // hashes of cells of several words, up to a limit
  };
  std::vector<Column> columns_;
};

}  // namespace placement
