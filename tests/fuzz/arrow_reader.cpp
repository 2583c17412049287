// Batches in Arrow's format built of any bytes. What cannot be seen is kept true - buffers are as large as lengths and
// the last offset say - and everything else may be wrong: types, names, counts, offsets that fall, views, indices.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fuzz/readers.hpp"
#include "placement/io.hpp"
#include "support/arrow_arrays.hpp"

namespace placement::fuzz {
namespace {

using arrow_tests::Built;
using arrow_tests::Bytes;

class Source {
 public:
  explicit Source(std::string_view text) : text_(text) {}

  std::uint8_t byte() {
    if (text_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(text_.front());
    text_.remove_prefix(1);
    return first;
  }
  // 0 to most.
  std::int64_t upto(std::uint8_t most) { return byte() % (most + 1); }
  bool rarely() { return byte() >= 250; }
  Bytes bytes(std::size_t count) {
    Bytes taken(count);
    for (std::uint8_t& one : taken) one = byte();
    return taken;
  }

 private:
  std::string_view text_;
};

constexpr std::array<std::string_view, 20> kFormats{"n", "b", "c", "C", "s",  "S", "i",   "I",  "l", "L",
                                                    "f", "g", "u", "U", "vu", "u", "tdD", "+s", "i", ""};

std::size_t bytes_each(std::string_view format) {
  if (format == "vu") return 16;
  const std::size_t place = std::string_view("cCsSiIlLfg").find(format.empty() ? 'c' : format.front());
  if (place == std::string_view::npos) return 1;
  return place < 8 ? std::size_t{1} << (place / 2) : (place - 7) * 4;
}

template <class T>
Bytes offsets(Source& source, std::size_t count, std::size_t most) {
  Bytes made;
  for (std::size_t i = 0; i < count; ++i)
    arrow_tests::append(made, static_cast<T>(std::min<std::int64_t>(static_cast<std::int8_t>(source.byte()),
                                                                    static_cast<std::int64_t>(most))));
  return made;
}

Built column(Source& source, std::int64_t rows, bool has_dictionary) {
  Built built;
  built.format = kFormats[static_cast<std::size_t>(source.upto(kFormats.size() - 1))];
  const auto name = static_cast<std::size_t>(source.byte());
  built.name = name < kFieldCount ? std::string(fields()[name].name) : name < 250 ? "id" : "KANARIE";
  built.length = rows + (source.rarely() ? static_cast<std::int8_t>(source.byte()) : 0);
  built.offset = source.rarely() ? static_cast<std::int8_t>(source.byte()) : source.upto(3);
  built.null_count = source.rarely() ? static_cast<std::int8_t>(source.byte()) : -1;
  const auto values = static_cast<std::size_t>(std::max<std::int64_t>(0, built.length + built.offset));
  if (built.format != "n") {
    built.buffers.push_back(source.upto(1) == 0 ? std::nullopt : std::optional(source.bytes(values / 8 + 1)));
    const Bytes text = source.bytes(static_cast<std::size_t>(source.upto(40)));
    if (built.format == "u")
      built.buffers.emplace_back(offsets<std::int32_t>(source, values + 1, text.size()));
    else if (built.format == "U")
      built.buffers.emplace_back(offsets<std::int64_t>(source, values + 1, text.size()));
    else
      built.buffers.emplace_back(source.bytes(values * bytes_each(built.format)));
    if (built.format == "u" || built.format == "U" || built.format == "vu") built.buffers.emplace_back(text);
    if (built.format == "vu") {
      Bytes sizes;
      arrow_tests::append(sizes, static_cast<std::int64_t>(text.size()));
      built.buffers.emplace_back(sizes);
    }
    if (source.rarely()) built.buffers[static_cast<std::size_t>(source.byte()) % built.buffers.size()].reset();
    // One buffer less; of views the last is their sizes, which must stay what it is.
    if (source.rarely() && built.format != "vu") built.buffers.pop_back();
  }
  if (has_dictionary) {
    const std::int64_t words = source.upto(5);  // in an order that no compiler may change
    const bool is_nested = source.rarely();
    built.dictionary.push_back(column(source, words, is_nested));
  }
  return built;
}

// The shipped pack cut down to a few rules: a scorer of the whole one takes longer to make than all else here.
Engine few_rules() {
  nlohmann::json pack = nlohmann::json::parse(write_pack(default_pack(), Format::json));
  nlohmann::json rules = nlohmann::json::array();
  for (const nlohmann::json& rule : pack["rules"])
    if (rules.size() < 6) rules.push_back(rule);
  pack["rules"] = rules;
  for (const char* list : {"constraints", "must_know", "monotone", "properties"}) pack[list] = nlohmann::json::array();
  return std::move(Engine::make(std::move(read_pack(pack.dump())).value(), {2000})).value();
}

std::string broken_words(std::string_view words) {
  if (words.empty()) return "a message without words";
  if (words.find("KANARIE") != std::string_view::npos) return "a message that repeats a word of the input";
  const bool has_control =
      std::any_of(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return has_control ? "a message with a line break or control character" : "";
}

std::string broken_output(ScoredBatch& scored, std::int64_t rows) {
  std::string broken;
  try {
    if (scored.array.length != rows) broken = "not a row for each row";
    for (const arrow_tests::Row& row : arrow_tests::rows_of(scored.schema, scored.array)) {
      if ((row.at("status") == "invalid") != (row.at("fault") != "-")) broken = "invalid without a fault, or otherwise";
      if (const std::string words = broken_words(row.at("fault")); !words.empty()) broken = words;
    }
  } catch (const std::logic_error& error) {
    broken = error.what();
  }
  scored.schema.release(&scored.schema);
  scored.array.release(&scored.array);
  return broken;
}

}  // namespace

std::string check_arrow(std::string_view text) {
  static const Engine engine = few_rules();
  Source source(text);
  const std::int64_t rows = source.upto(9), columns = source.upto(4);
  Built batch = arrow_tests::batch({}, rows);
  batch.offset = source.upto(2);
  if (source.rarely()) batch.buffers[0] = source.bytes(static_cast<std::size_t>(batch.offset + rows) / 8 + 1);
  batch.null_count = source.rarely() ? static_cast<std::int8_t>(source.byte()) : batch.buffers[0] ? -1 : 0;
  for (std::int64_t c = 0; c < columns; ++c)
    batch.children.push_back(column(source, rows + batch.offset, source.upto(3) == 0));

  ArrowSchema schema = arrow_tests::schema_of(batch);
  ArrowArray array = arrow_tests::array_of(batch);
  Result<ScoredBatch> scored = score_arrow_batch(engine, schema, array, {kUsualScoringColumns, source.rarely()});
  std::string broken;
  if (scored.has_value()) {
    broken = broken_output(*scored, rows);
  } else {
    for (const Fault& fault : scored.error().faults)
      if (const std::string words = broken_words(to_string(fault)); !words.empty()) broken = words;
    array.release(&array);
  }
  schema.release(&schema);
  return arrow_tests::living() == 0 ? broken : "structures that nobody released";
}

}  // namespace placement::fuzz
