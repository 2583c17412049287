#include "batch/arrow_values.hpp"

#include <limits>

namespace placement::batch {
namespace {

// A view is 16 bytes: the length, and either the text itself or its first bytes, a buffer's number and a place in it.
constexpr std::size_t kViewBytes = 16;
constexpr std::int32_t kLongestInView = 12;

struct LongView {
  std::int32_t length, start, buffer, offset;
};
static_assert(sizeof(LongView) == kViewBytes);

std::int64_t buffers_of(ArrowType type) {
  return type == ArrowType::nothing ? 0 : type == ArrowType::text || type == ArrowType::large_text ? 3 : 2;
}

}  // namespace

std::int64_t ArrowValues::whole_number(ArrowType type, std::size_t place) const noexcept {
  switch (type) {
    case ArrowType::int8:
      return loaded<std::int8_t>(values(), place);
    case ArrowType::uint8:
      return loaded<std::uint8_t>(values(), place);
    case ArrowType::int16:
      return loaded<std::int16_t>(values(), place);
    case ArrowType::uint16:
      return loaded<std::uint16_t>(values(), place);
    case ArrowType::int32:
      return loaded<std::int32_t>(values(), place);
    case ArrowType::uint32:
      return loaded<std::uint32_t>(values(), place);
    case ArrowType::uint64:  // above the largest int64: negative here, and so no index
    case ArrowType::int64:
      return loaded<std::int64_t>(values(), place);
    default:
      return 0;
  }
}

double ArrowValues::number(std::size_t row) const noexcept {
  switch (type_.value) {
    case ArrowType::boolean:
      return unsigned{loaded<std::uint8_t>(values(), place(row) / 8)} >> (place(row) % 8) & 1U;
    case ArrowType::uint64:
      return static_cast<double>(loaded<std::uint64_t>(values(), place(row)));
    case ArrowType::float32:
      return static_cast<double>(loaded<float>(values(), place(row)));
    case ArrowType::float64:
      return loaded<double>(values(), place(row));
    default:
      return static_cast<double>(whole_number(type_.value, place(row)));
  }
}

std::int64_t ArrowValues::text_begin(std::size_t place) const noexcept {
  return type_.value == ArrowType::text ? loaded<std::int32_t>(values(), place) : loaded<std::int64_t>(values(), place);
}

std::string_view ArrowValues::text(std::size_t row) const noexcept {
  if (type_.value == ArrowType::text_view) {
    const auto view = loaded<LongView>(values(), place(row));
    const auto length = static_cast<std::size_t>(view.length);
    const bool is_inside = view.length <= kLongestInView;
    const void* const bytes = is_inside ? values() : array_->buffers[2 + view.buffer];
    const std::size_t at =
        is_inside ? place(row) * kViewBytes + sizeof view.length : static_cast<std::size_t>(view.offset);
    return {static_cast<const char*>(bytes) + at, length};
  }
  const std::int64_t begin = text_begin(place(row)), end = text_begin(place(row) + 1);
  if (begin == end) return "";  // there may be no bytes at all
  return {static_cast<const char*>(array_->buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
}

ArrowValues ArrowValues::dictionary() const noexcept {
  const ArrowArray& values = *array_->dictionary;
  return {values, {type_.value, std::nullopt}, 0, static_cast<std::size_t>(values.length)};
}

std::size_t ArrowValues::index(std::size_t row) const noexcept {
  return static_cast<std::size_t>(whole_number(*type_.index, place(row)));
}

const char* ArrowValues::fault() const {
  if (const char* fault = fault_of_frame()) return fault;
  if (rows_ == 0) return nullptr;
  if (type_.index) return fault_of_dictionary();
  if (type_.value == ArrowType::text_view) return fault_of_views();
  return is_text(type_.value) ? fault_of_texts() : nullptr;
}

const char* ArrowValues::fault_of_frame() const {
  // Whose bytes can still be counted.
  constexpr auto kMostRows = static_cast<std::int64_t>(std::numeric_limits<std::size_t>::max() >> 8U);
  const ArrowArray& a = *array_;
  const ArrowType type = type_.index ? *type_.index : type_.value;
  if (a.release == nullptr) return "the array was released";
  if (a.length < 0 || a.offset < 0 || a.length > kMostRows || a.offset > kMostRows)
    return "length or offset is out of range";
  if (first_ > static_cast<std::size_t>(a.length) || rows_ > static_cast<std::size_t>(a.length) - first_)
    return "shorter than the batch";
  if (a.null_count < -1 || a.null_count > a.length) return "the count of nulls is out of range";
  if (a.n_children != 0) return "it has children";
  if (rows_ == 0 || type == ArrowType::nothing) return nullptr;  // buffers or not: none is read
  if (type == ArrowType::text_view ? a.n_buffers < 3 : a.n_buffers != buffers_of(type))
    return "it has not as many buffers as its type";
  if (a.buffers == nullptr) return "it has no buffers";
  if (a.null_count > 0 && validity() == nullptr) return "it has nulls and does not say which";
  return values() == nullptr ? "it has no values" : nullptr;
}

const char* ArrowValues::fault_of_texts() const {
  std::int64_t begin = text_begin(place(0));
  if (begin < 0) return "offsets are out of range";
  for (std::size_t row = 1; row <= rows_; ++row) {
    const std::int64_t end = text_begin(place(row));
    if (end < begin) return "offsets fall";
    begin = end;
  }
  return begin > text_begin(place(0)) && array_->buffers[2] == nullptr ? "texts have no bytes" : nullptr;
}

const char* ArrowValues::fault_of_views() const {
  const std::int64_t data_buffers = array_->n_buffers - 3;  // between views and their own sizes
  const void* const sizes = array_->buffers[array_->n_buffers - 1];
  for (std::size_t row = 0; row < rows_; ++row) {
    if (!is_there(row)) continue;
    const auto view = loaded<LongView>(values(), place(row));
    if (view.length < 0) return "a view is out of range";
    if (view.length <= kLongestInView) continue;
    if (view.buffer < 0 || view.buffer >= data_buffers || sizes == nullptr) return "a view is out of range";
    const auto size = loaded<std::int64_t>(sizes, static_cast<std::size_t>(view.buffer));
    if (view.offset < 0 || std::int64_t{view.offset} + view.length > size ||
        array_->buffers[2 + view.buffer] == nullptr)
      return "a view is out of range";
  }
  return nullptr;
}

const char* ArrowValues::fault_of_dictionary() const {
  if (array_->dictionary == nullptr || array_->dictionary->dictionary != nullptr)
    return "it has no dictionary of values";
  if (array_->dictionary->length < 0) return "length or offset is out of range";
  const ArrowValues words = dictionary();
  if (const char* fault = words.fault()) return fault;
  for (std::size_t row = 0; row < rows_; ++row)
    if (is_there(row) && index(row) >= words.rows()) return "an index is out of range of its dictionary";
  return nullptr;
}

}  // namespace placement::batch
