#include "support/arrow_arrays.hpp"

#include <algorithm>
#include <stdexcept>

namespace placement::arrow_tests {
namespace {

int structures = 0;

// Exactly the bytes, so that the next one is not ours; never null, unless it is to be.
using Block = std::unique_ptr<std::uint8_t[]>;

struct SchemaHeld {
  Built built;
  std::vector<ArrowSchema> children, dictionary;
  std::vector<ArrowSchema*> pointers;
};
struct ArrayHeld {
  std::vector<Block> blocks;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children, dictionary;
  std::vector<ArrowArray*> pointers;
};

template <class T, class Held>
void release_held(T* structure) {
  auto* held = static_cast<Held*>(structure->private_data);
  for (std::vector<T>* parts : {&held->children, &held->dictionary})
    for (T& part : *parts)
      if (part.release != nullptr) part.release(&part);
  delete held;
  --structures;
  structure->release = nullptr;
}

struct StreamHeld {
  std::vector<Built> batches;
  std::size_t next = 0;
  int failure = 0;
};

StreamHeld& held_by(ArrowArrayStream* stream) { return *static_cast<StreamHeld*>(stream->private_data); }

template <class T>
T number_at(const void* values, std::int64_t place) {
  T value;
  std::memcpy(&value, static_cast<const std::uint8_t*>(values) + static_cast<std::size_t>(place) * sizeof value,
              sizeof value);
  return value;
}

bool bit_at(const void* bits, std::int64_t place) {
  return (static_cast<const std::uint8_t*>(bits)[place / 8] >> (place % 8) & 1) != 0;
}

// Of the largest type as if it were signed.
std::int64_t whole_at(const std::string& format, const void* values, std::int64_t place) {
  switch (format[0]) {
    case 'c':
      return number_at<std::int8_t>(values, place);
    case 'C':
      return number_at<std::uint8_t>(values, place);
    case 's':
      return number_at<std::int16_t>(values, place);
    case 'S':
      return number_at<std::uint16_t>(values, place);
    case 'i':
      return number_at<std::int32_t>(values, place);
    case 'I':
      return number_at<std::uint32_t>(values, place);
    case 'l':
      return number_at<std::int64_t>(values, place);
    default:
      return static_cast<std::int64_t>(number_at<std::uint64_t>(values, place));
  }
}

void append_number(Bytes& bytes, const std::string& format, double value) {
  switch (format[0]) {
    case 'c':
      return append(bytes, static_cast<std::int8_t>(value));
    case 'C':
      return append(bytes, static_cast<std::uint8_t>(value));
    case 's':
      return append(bytes, static_cast<std::int16_t>(value));
    case 'S':
      return append(bytes, static_cast<std::uint16_t>(value));
    case 'i':
      return append(bytes, static_cast<std::int32_t>(value));
    case 'I':
      return append(bytes, static_cast<std::uint32_t>(value));
    case 'l':
      return append(bytes, static_cast<std::int64_t>(value));
    case 'L':
      return append(bytes, static_cast<std::uint64_t>(value));
    case 'f':
      return append(bytes, static_cast<float>(value));
    default:
      return append(bytes, value);
  }
}

std::string text_at(const std::string& format, const ArrowArray& a, std::int64_t place) {
  const bool is_large = format == "U";
  const auto end_at = [&](std::int64_t i) {
    return static_cast<std::size_t>(is_large ? number_at<std::int64_t>(a.buffers[1], i)
                                             : number_at<std::int32_t>(a.buffers[1], i));
  };
  return {static_cast<const char*>(a.buffers[2]) + end_at(place), end_at(place + 1) - end_at(place)};
}

std::string value_at(const ArrowSchema& s, const ArrowArray& a, std::int64_t row) {
  const std::string format = s.format;
  const std::int64_t place = a.offset + row;
  if (a.buffers[0] != nullptr && !bit_at(a.buffers[0], place)) return "-";
  if (s.dictionary != nullptr) {
    const auto index = whole_at(format, a.buffers[1], place);
    if (index < 0 || index >= a.dictionary->length) throw std::logic_error("an index is out of range");
    return value_at(*s.dictionary, *a.dictionary, index);
  }
  if (format == "b") return bit_at(a.buffers[1], place) ? "true" : "false";
  if (format == "u" || format == "U") return text_at(format, a, place);
  if (format == "L") return std::to_string(number_at<std::uint64_t>(a.buffers[1], place));
  if (format != "+L") return std::to_string(whole_at(format, a.buffers[1], place));
  std::string list = "[";
  const auto end = number_at<std::int64_t>(a.buffers[1], place + 1);
  for (auto i = number_at<std::int64_t>(a.buffers[1], place); i < end; ++i)
    list += (list.size() > 1 ? " " : "") + value_at(*s.children[0], *a.children[0], i);
  return list + "]";
}

}  // namespace

int living() { return structures; }

ArrowSchema schema_of(const Built& built) {
  auto held = std::make_unique<SchemaHeld>();
  held->built = built;
  for (const Built& child : built.children) held->children.push_back(schema_of(child));
  for (const Built& words : built.dictionary) held->dictionary.push_back(schema_of(words));
  for (ArrowSchema& child : held->children) held->pointers.push_back(&child);
  ArrowSchema schema{};
  schema.format = held->built.format.c_str();
  schema.name = held->built.name.c_str();
  schema.n_children = static_cast<std::int64_t>(held->children.size());
  schema.children = held->pointers.data();
  schema.dictionary = held->dictionary.empty() ? nullptr : held->dictionary.data();
  schema.release = release_held<ArrowSchema, SchemaHeld>;
  schema.private_data = held.release();
  ++structures;
  return schema;
}

ArrowArray array_of(const Built& built) {
  auto held = std::make_unique<ArrayHeld>();
  for (const std::optional<Bytes>& bytes : built.buffers) {
    held->blocks.emplace_back(bytes ? new std::uint8_t[bytes->size()] : nullptr);
    if (bytes) std::copy(bytes->begin(), bytes->end(), held->blocks.back().get());
    held->buffers.push_back(held->blocks.back().get());
  }
  for (const Built& child : built.children) held->children.push_back(array_of(child));
  for (const Built& words : built.dictionary) held->dictionary.push_back(array_of(words));
  for (ArrowArray& child : held->children) held->pointers.push_back(&child);
  ArrowArray array{};
  array.length = built.length;
  array.null_count = built.null_count;
  array.offset = built.offset;
  array.n_buffers = static_cast<std::int64_t>(held->buffers.size());
  array.buffers = held->buffers.data();
  array.n_children = static_cast<std::int64_t>(held->children.size());
  array.children = held->pointers.data();
  array.dictionary = held->dictionary.empty() ? nullptr : held->dictionary.data();
  array.release = release_held<ArrowArray, ArrayHeld>;
  array.private_data = held.release();
  ++structures;
  return array;
}

ArrowArrayStream stream_of(const std::vector<Built>& batches, int failure) {
  ArrowArrayStream stream{};
  stream.get_schema = [](ArrowArrayStream* s, ArrowSchema* out) {
    *out = schema_of(held_by(s).batches[0]);
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* s, ArrowArray* out) {
    StreamHeld& held = held_by(s);
    out->release = nullptr;
    if (held.next == held.batches.size() && held.failure != 0) return held.failure;
    if (held.next > held.batches.size()) return 22;  // asked again after the end
    if (held.next < held.batches.size()) *out = array_of(held.batches[held.next]);
    ++held.next;
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) { return "KANARIE"; };
  stream.release = [](ArrowArrayStream* s) {
    delete &held_by(s);
    --structures;
    s->release = nullptr;
  };
  stream.private_data = new StreamHeld{batches, 0, failure};
  ++structures;
  return stream;
}

Bytes validity_of(const std::vector<bool>& is_there) {
  Bytes bits((is_there.size() + 7) / 8);
  for (std::size_t i = 0; i < is_there.size(); ++i)
    if (is_there[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
  return bits;
}

Built numbers(const std::string& name, const std::string& format, const Numbers& values) {
  Built built{format, name, static_cast<std::int64_t>(values.size()), -1, 0, {}, {}, {}};
  std::vector<bool> is_there, bits;
  Bytes bytes;
  for (const std::optional<double>& value : values) {
    is_there.push_back(value.has_value());
    bits.push_back(value.value_or(1) != 0);
    if (format != "b") append_number(bytes, format, value.value_or(77));
  }
  const bool has_all = std::find(is_there.begin(), is_there.end(), false) == is_there.end();
  built.buffers.push_back(has_all ? std::nullopt : std::optional(validity_of(is_there)));
  built.buffers.emplace_back(format == "b" ? validity_of(bits) : bytes);
  return built;
}

Built texts(const std::string& name, const std::string& format, const Texts& values) {
  Built built{format, name, static_cast<std::int64_t>(values.size()), -1, 0, {}, {}, {}};
  std::vector<bool> is_there;
  Bytes offsets, bytes, sizes;
  const auto append_end = [&] {
    format == "U" ? append(offsets, static_cast<std::int64_t>(bytes.size()))
                  : append(offsets, static_cast<std::int32_t>(bytes.size()));
  };
  if (format != "vu") append_end();
  for (const std::optional<std::string>& value : values) {
    is_there.push_back(value.has_value());
    const std::string text = value.value_or("rubbish");
    if (format == "vu") {
      append(offsets, static_cast<std::int32_t>(text.size()));
      Bytes rest(text.begin(), text.end());
      rest.resize(12);
      if (text.size() > 12) {
        const std::int32_t place[] = {0, static_cast<std::int32_t>(bytes.size())};
        std::memcpy(rest.data() + 4, place, sizeof place);
      }
      offsets.insert(offsets.end(), rest.begin(), rest.end());
    }
    if (format != "vu" || text.size() > 12) bytes.insert(bytes.end(), text.begin(), text.end());
    if (format != "vu") append_end();
  }
  append(sizes, static_cast<std::int64_t>(bytes.size()));
  built.buffers = {validity_of(is_there), offsets, bytes};
  if (format == "vu") built.buffers.emplace_back(sizes);
  return built;
}

Built dictionary(const std::string& name, const std::string& index, const std::string& format, const Texts& values) {
  Texts words{std::nullopt};
  Numbers indices;
  for (const std::optional<std::string>& value : values) {
    const auto found = std::find(words.begin(), words.end(), value);
    indices.emplace_back(static_cast<double>(found - words.begin()));
    if (found == words.end()) words.push_back(value);
  }
  Built built = numbers(name, index, indices);
  built.dictionary.push_back(texts("", format, words));
  return built;
}

Built batch(std::vector<Built> columns, std::int64_t rows) {
  return {"+s", "", rows, 0, 0, {std::nullopt}, std::move(columns), {}};
}

Built sliced(Built batch, std::int64_t from, std::int64_t rows) {
  batch.offset += from;
  batch.length = rows;
  return batch;
}

std::vector<Row> rows_of(const ArrowSchema& schema, const ArrowArray& array) {
  std::vector<Row> rows(static_cast<std::size_t>(array.length));
  for (std::int64_t c = 0; c < array.n_children; ++c) {
    const ArrowSchema& s = *schema.children[c];
    const ArrowArray& a = *array.children[c];
    std::int64_t nulls = 0;
    for (std::int64_t row = 0; row < array.length; ++row) {
      std::string value = value_at(s, a, row);
      nulls += value == "-" ? 1 : 0;
      rows[static_cast<std::size_t>(row)][s.name] = std::move(value);
    }
    if (a.length != array.length || a.null_count != nulls) throw std::logic_error(std::string(s.name) + " miscounts");
  }
  return rows;
}

}  // namespace placement::arrow_tests
