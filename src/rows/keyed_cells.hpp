// A line of JSON as cells of a table: an object of texts, numbers and truth values, each cell as it stands in the line,
// texts without their quotes. null is an empty cell; keys that are no columns are left aside, or kept for another
// reader.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace placement::rows {

class KeyedCells {
 public:
  /// `keys` are the names of each column; they must outlive this. Not shared by threads.
  explicit KeyedCells(const std::vector<std::vector<std::string>>& keys, bool keeps_rest = false);
  ~KeyedCells();
  KeyedCells(const KeyedCells&) = delete;
  KeyedCells& operator=(const KeyedCells&) = delete;

  /// What is wrong with the line, or null. Behind `line` there must be Block::kPadding bytes that may be read.
  [[nodiscard]] const char* cut(std::string_view line);
  /// One a column, valid until the next call; kAbsentCell where the line has none of its keys.
  [[nodiscard]] const std::vector<std::string_view>& cells() const noexcept;
  /// Where it is kept: the object without the columns, with Block::kPadding bytes behind it; valid until the next call.
  [[nodiscard]] std::string_view rest() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace placement::rows
