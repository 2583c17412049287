#include "batch/arrow_ids.hpp"

namespace placement::batch {
namespace {

// Well-formed as Unicode's table 3-7 has it: no overlong forms, surrogates or numbers above U+10FFFF.
bool is_well_formed(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto is_next = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned first = byte(i), second = byte(i + 1);
    if (first < 0x80) {
      i += 1;
    } else if (first >= 0xC2 && first <= 0xDF && is_next(i + 1)) {
      i += 2;
    } else if ((first & 0xF0U) == 0xE0U && is_next(i + 1) && is_next(i + 2) && (first != 0xE0 || second >= 0xA0) &&
               (first != 0xED || second <= 0x9F)) {
      i += 3;
    } else if (first >= 0xF0 && first <= 0xF4 && is_next(i + 1) && is_next(i + 2) && is_next(i + 3) &&
               (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second <= 0x8F)) {
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

// By place in whole numbers of ArrowType.
constexpr std::string_view kFormats = "cCsSiIlL";

std::size_t number_in_order(ArrowType type) {
  return static_cast<std::size_t>(type) - static_cast<std::size_t>(ArrowType::int8);
}

std::size_t size_of(ArrowType type) { return std::size_t{1} << (number_in_order(type) / 2); }

}  // namespace

Owned<ArrowSchema> IdColumn::schema() const {
  SchemaParts parts;
  parts.format = is_text(type_) ? "U" : kFormats.substr(number_in_order(type_), 1);
  parts.name = "id";
  parts.flags = ARROW_FLAG_NULLABLE;
  return make_schema(std::move(parts));
}

const char* IdColumn::add(const ArrowValues& ids, std::size_t row) {
  const char* fault = nullptr;
  bool is_there = ids.is_there(row);
  ++rows_;
  if (is_text(type_)) {
    std::string_view text;
    if (is_there && ids.type().index) {
      const ArrowValues words = ids.dictionary();
      const std::size_t word = ids.index(row);
      is_there = words.is_there(word);
      if (is_there) text = words.text(word);
    } else if (is_there) {
      text = ids.text(row);
    }
    if (!is_well_formed(text)) {
      fault = "the text is not UTF-8";
      is_there = false;
      text = {};
    }
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    offsets_.push_back(static_cast<std::int64_t>(bytes_.size()));
  } else {
    const std::size_t size = size_of(type_), end = bytes_.size();
    bytes_.resize(end + size);
    if (is_there)
      std::memcpy(bytes_.data() + end, static_cast<const char*>(ids.values()) + ids.place(row) * size, size);
  }
  validity_.push(is_there);
  return fault;
}

Owned<ArrowArray> IdColumn::finish() {
  ArrayParts parts;
  parts.length = std::exchange(rows_, 0);
  parts.null_count = validity_.zeros();
  parts.buffers.push_back(validity_.take_validity());
  if (is_text(type_)) parts.buffers.push_back(buffer_of(std::exchange(offsets_, {0})));
  parts.buffers.push_back(buffer_of(std::exchange(bytes_, {})));
  return make_array(std::move(parts));
}

}  // namespace placement::batch
