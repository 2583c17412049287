// Columns as callers have them, to bytes: block by block for the kernel, and value by value where a row needs a closer
// look.
#pragma once

#include <optional>
#include <string_view>

#include "placement/batch.hpp"

namespace placement::batch {

/// What one value says.
struct Cell {
  std::uint8_t value = kUnknown;       ///< kUnknown: missing, or faulty
  std::optional<CellFaultKind> fault;  ///< where it is not a value of the field
};

class ColumnReader {
 public:
  explicit ColumnReader(const Column& column) : column_(column), field_(spec(column.field)) {}

  /// The values of a block of rows; a byte above the field's `high` where there is none. Column memory itself where its
  /// bytes can stand as they are, else `into`.
  [[nodiscard]] const std::uint8_t* bytes(std::size_t first, std::size_t rows, std::uint8_t* into) const;
  [[nodiscard]] Cell cell(std::size_t row) const;
  /// What a number or a text says of the column's field, wherever it stands.
  [[nodiscard]] Cell cell_of(double number) const;
  [[nodiscard]] Cell cell_of(std::string_view text) const;

 private:
  [[nodiscard]] std::string_view text(std::size_t row) const;
  [[nodiscard]] bool is_there(std::size_t row) const;
  void strike_missing(std::size_t first, std::size_t rows, std::uint8_t* bytes) const;

  Column column_;
  const FieldSpec& field_;
};

}  // namespace placement::batch
