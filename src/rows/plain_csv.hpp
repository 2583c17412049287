// One CSV record read the quick way, where it is plain: a cell for each column, without quotes, each one value of its
// field, or nothing. Anything else is for rows/row_reader.cpp, which says exactly what is wrong: this reader never
// takes what that would refuse (tests/unit/rows/plain_csv_test.cpp).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "placement/assessment.hpp"
#include "rows/answer_texts.hpp"

namespace placement::rows {

class PlainCsv {
 public:
  /// False where the record is not plain; `answers` and `id` are then of no use. `columns` are fields and at most once
  /// RowLayout::kIdColumn. Behind `record` there must be Block::kPadding bytes that may be read. `answers` must be all
  /// unknown and `id` empty.
  [[nodiscard]] bool read(std::string_view record, std::span<const std::size_t> columns, KnownAnswers& answers,
                          std::string& id) const;

 private:
  AnswerTexts texts_{RowFormat::csv};
};

}  // namespace placement::rows
