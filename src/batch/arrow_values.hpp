// One column of a batch that came from outside, and what can be seen to be wrong with it before anything of it is used.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

#include "batch/arrow_layout.hpp"

namespace placement::batch {

/// Values are at any address: columns may be cut out of messages and files.
template <class T>
[[nodiscard]] T loaded(const void* values, std::size_t place) noexcept {
  T value;
  std::memcpy(&value, static_cast<const unsigned char*>(values) + place * sizeof(T), sizeof(T));
  return value;
}

class ArrowValues {
 public:
  /// Those of `array` from its offset and `first` on, `rows` of them. Keeps a reference to it.
  ArrowValues(const ArrowArray& array, const ArrowColumnType& type, std::size_t first, std::size_t rows) noexcept
      : array_(&array), type_(type), first_(first), rows_(rows) {}

  /// What is wrong with it, or null. Nothing else may be asked where something is.
  [[nodiscard]] const char* fault() const;

  [[nodiscard]] const ArrowColumnType& type() const noexcept { return type_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] bool is_there(std::size_t row) const noexcept {
    if (type_.value == ArrowType::nothing && !type_.index) return false;
    const std::size_t bit = place(row);
    return validity() == nullptr || (validity()[bit / 8] >> (bit % 8) & 1U) != 0;
  }
  /// The bits that say so, from place(0) on; null where all are there.
  [[nodiscard]] const std::uint8_t* validity() const noexcept {
    return static_cast<const std::uint8_t*>(array_->buffers[0]);
  }
  [[nodiscard]] const void* values() const noexcept { return array_->buffers[1]; }
  /// Where the row's value lies in values().
  [[nodiscard]] std::size_t place(std::size_t row) const noexcept {
    return static_cast<std::size_t>(array_->offset) + first_ + row;
  }

  /// Of columns of that type, of rows that are there.
  [[nodiscard]] std::string_view text(std::size_t row) const noexcept;
  [[nodiscard]] double number(std::size_t row) const noexcept;
  /// Dictionary-encoded ones: the values, and which of them stands in a row.
  [[nodiscard]] ArrowValues dictionary() const noexcept;
  [[nodiscard]] std::size_t index(std::size_t row) const noexcept;

 private:
  [[nodiscard]] const char* fault_of_frame() const;
  [[nodiscard]] const char* fault_of_texts() const;
  [[nodiscard]] const char* fault_of_views() const;
  [[nodiscard]] const char* fault_of_dictionary() const;
  [[nodiscard]] std::int64_t whole_number(ArrowType type, std::size_t place) const noexcept;
  [[nodiscard]] std::int64_t text_begin(std::size_t place) const noexcept;

  const ArrowArray* array_;
  ArrowColumnType type_;
  std::size_t first_, rows_;
};

}  // namespace placement::batch
