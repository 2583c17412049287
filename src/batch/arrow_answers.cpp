#include "batch/arrow_answers.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace placement::batch {
namespace {

// Dictionaries up to this size are read as a whole; of others, which may be larger than the batch, what is pointed to.
constexpr std::size_t kSmallDictionary = 1024;

// Numbers beyond the range of `To` are out of every field's range, on the same side.
template <class To, class From>
To within(From number) {
  if constexpr (std::is_floating_point_v<To> || sizeof(From) < sizeof(To)) {
    return static_cast<To>(number);
  } else {
    if constexpr (std::is_signed_v<From>)
      if (number < std::numeric_limits<To>::min()) return std::numeric_limits<To>::min();
    return number > From{std::numeric_limits<To>::max()} ? std::numeric_limits<To>::max() : static_cast<To>(number);
  }
}

Column of_field(Field field) {
  Column column;
  column.field = field;
  return column;
}

}  // namespace

ArrowAnswerReader::ArrowAnswerReader(Field field, const ArrowValues& values)
    : field_(field), values_(values), reader_(of_field(field)) {
  if (!values_.type().index || values_.rows() == 0) return;
  const ArrowValues words = values_.dictionary();
  if (words.rows() > kSmallDictionary) return;
  for (std::size_t i = 0; i < words.rows(); ++i) words_.push_back(cell(words, i));
}

Cell ArrowAnswerReader::cell(const ArrowValues& values, std::size_t row) const {
  if (!values.is_there(row)) return {};
  return is_text(values.type().value) ? reader_.cell_of(values.text(row)) : reader_.cell_of(values.number(row));
}

// Made values begin at the same bit of a byte as the column's do, so that its validity fits them.
template <class From>
void ArrowAnswerReader::convert(std::size_t first, std::size_t rows, Column& column) {
  using To = std::conditional_t<std::is_floating_point_v<From>, double,
                                std::conditional_t<sizeof(From) == 1, std::int16_t, std::int32_t>>;
  column.type = std::is_floating_point_v<From> ? ColumnType::float64
                : sizeof(From) == 1            ? ColumnType::int16
                                               : ColumnType::int32;
  const std::size_t before = column.offset % 8;
  made_.resize((before + rows) * sizeof(To));
  for (std::size_t i = 0; i < rows; ++i) {
    const To value = within<To>(loaded<From>(values_.values(), values_.place(first + i)));
    std::memcpy(made_.data() + (before + i) * sizeof(To), &value, sizeof(To));
  }
  column.values = made_.data();
  if (column.validity != nullptr) column.validity += column.offset / 8;
  column.offset = before;
}

void ArrowAnswerReader::read_cells(std::size_t first, std::size_t rows, std::size_t number, Column& column,
                                   std::vector<CellFault>& faults) {
  made_.assign(rows, 0);
  known_.assign((rows + 7) / 8, 0);
  const ArrowValues words = values_.type().index ? values_.dictionary() : values_;
  for (std::size_t i = 0; i < rows; ++i) {
    if (!values_.is_there(first + i)) continue;
    const std::size_t word = values_.type().index ? values_.index(first + i) : first + i;
    const Cell found = words_.empty() ? cell(words, word) : words_[word];
    if (found.fault) faults.push_back({i, number, *found.fault});
    if (found.value == kUnknown) continue;
    made_[i] = found.value;
    known_[i / 8] = static_cast<std::uint8_t>(known_[i / 8] | 1U << (i % 8));
  }
  column.type = ColumnType::uint8;
  column.values = made_.data();
  column.validity = known_.data();
  column.offset = 0;
}

Column ArrowAnswerReader::block(std::size_t first, std::size_t rows, std::size_t number,
                                std::vector<CellFault>& faults) {
  Column column = of_field(field_);
  const ArrowType type = values_.type().index ? ArrowType::text : values_.type().value;
  if (type == ArrowType::nothing || type == ArrowType::boolean || is_text(type)) {
    read_cells(first, rows, number, column, faults);
    return column;
  }
  column.values = values_.values();
  column.validity = values_.validity();
  column.offset = values_.place(first);
  switch (type) {
    case ArrowType::uint8:
      column.type = ColumnType::uint8;
      break;
    case ArrowType::int16:
      column.type = ColumnType::int16;
      break;
    case ArrowType::int32:
      column.type = ColumnType::int32;
      break;
    case ArrowType::float64:
      column.type = ColumnType::float64;
      break;
    case ArrowType::int8:
      convert<std::int8_t>(first, rows, column);
      break;
    case ArrowType::uint16:
      convert<std::uint16_t>(first, rows, column);
      break;
    case ArrowType::uint32:
      convert<std::uint32_t>(first, rows, column);
      break;
    case ArrowType::int64:
      convert<std::int64_t>(first, rows, column);
      break;
    case ArrowType::uint64:
      convert<std::uint64_t>(first, rows, column);
      break;
    default:
      convert<float>(first, rows, column);
  }
  return column;
}

}  // namespace placement::batch
