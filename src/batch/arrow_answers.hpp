// Answers out of columns in Arrow's format, a block of rows at a time: read where they lie where BatchScorer can, else
// made what it can read.
#pragma once

#include <vector>

#include "batch/arrow_values.hpp"
#include "batch/columns.hpp"

namespace placement::batch {

class ArrowAnswerReader {
 public:
  /// `values` has no fault; what it refers to stays until the last call.
  ArrowAnswerReader(Field field, const ArrowValues& values);

  /// The rows from `first` on; valid until the next call. Texts that no value is written with are missing in it, and
  /// appended to `faults` as faults of column `number` and rows of the block.
  [[nodiscard]] Column block(std::size_t first, std::size_t rows, std::size_t number, std::vector<CellFault>& faults);

 private:
  [[nodiscard]] Cell cell(const ArrowValues& values, std::size_t row) const;
  template <class From>
  void convert(std::size_t first, std::size_t rows, Column& column);
  void read_cells(std::size_t first, std::size_t rows, std::size_t number, Column& column,
                  std::vector<CellFault>& faults);

  Field field_;
  ArrowValues values_;
  ColumnReader reader_;              // knows the field; has no rows
  std::vector<Cell> words_;          // what the values of a small dictionary say
  std::vector<std::uint8_t> made_;   // values of a block
  std::vector<std::uint8_t> known_;  // its validity, where it is not the column's own
};

}  // namespace placement::batch
