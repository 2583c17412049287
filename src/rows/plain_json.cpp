#include "rows/plain_json.hpp"

#include <simdjson.h>

#include <array>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <vector>

#include "rows/row_source.hpp"

namespace placement::rows {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(Block::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::size_t kId = kFieldCount;  // stands among the fields as one more key

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r'))
    token.remove_suffix(1);
  return token;
}

// A whole number of at most three digits, as JSON writes it; -1 for anything else.
int small_number(std::string_view token) {
  if (token.empty() || token.size() > 3 || (token.size() > 1 && token.front() == '0')) return -1;
  int value = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The value, kUnknown for null, or -1 where the full reader must look.
int value_of(const FieldSpec& field, std::string_view token) {
  if (token == "null") return kUnknown;
  switch (field.kind) {
    case FieldKind::flag:
      return token == "true" ? 1 : token == "false" ? 0 : -1;
    case FieldKind::count: {
      const int value = small_number(token);
      return value <= field.high ? value : -1;
    }
    case FieldKind::scale:
    case FieldKind::category:
      break;
  }
  if (token.size() < 2 || token.front() != '"' || token.back() != '"') return -1;
  return find_value(field, token.substr(1, token.size() - 2)).value_or(-1);
}

}  // namespace

struct PlainJson::State {
  ondemand::parser parser;
  std::array<std::string, kFieldCount + 1> keys;  // with the closing quote
  std::unordered_map<std::string_view, std::size_t> by_key;
  // Rows of one file have their keys in one order: the key that stood behind this one last time (0: at the front).
  std::array<std::uint8_t, kFieldCount + 2> follows{};

  [[nodiscard]] bool is_key(const char* raw, std::size_t key) const {
    return std::memcmp(raw, keys[key].data(), keys[key].size()) == 0;
  }

  std::optional<std::size_t> key_at(const char* raw, std::size_t before) {
    if (is_key(raw, follows[before])) return follows[before];
    const auto* end = static_cast<const char*>(std::memchr(raw, '"', Block::kPadding));
    if (end == nullptr) return std::nullopt;
    const auto found = by_key.find(std::string_view(raw, static_cast<std::size_t>(end + 1 - raw)));
    if (found == by_key.end()) return std::nullopt;
    follows[before] = static_cast<std::uint8_t>(found->second);
    return found->second;
  }
};

PlainJson::PlainJson() : state_(std::make_unique<State>()) {
  for (std::size_t key = 0; key <= kFieldCount; ++key) {
    std::string& text = state_->keys[key];
    text = key == kId ? "id" : std::string(fields()[key].name);
    text += '"';
    state_->by_key.emplace(text, key);
  }
}

PlainJson::~PlainJson() = default;

bool PlainJson::read(std::string_view line, KnownAnswers& answers, std::string& id) {
  State& state = *state_;
  ondemand::document document;
  if (state.parser.iterate(line.data(), line.size(), line.size() + Block::kPadding).get(document) != simdjson::SUCCESS)
    return false;
  ondemand::object object;
  if (document.get_object().get(object) != simdjson::SUCCESS) return false;
  std::array<bool, kFieldCount + 1> seen{};
  std::uint8_t* const bytes = answers.bytes().data();
  std::size_t before = 0;
  for (auto entry : object) {
    ondemand::raw_json_string name;
    ondemand::value value;
    if (entry.key().get(name) != simdjson::SUCCESS || entry.value().get(value) != simdjson::SUCCESS) return false;
    const std::optional<std::size_t> key = state.key_at(name.raw(), before);
    if (!key || seen[*key]) return false;
    seen[*key] = true;
    before = *key + 1;
    const std::string_view token = trimmed(value.raw_json_token());
    // What is not consumed simdjson skips, and there it takes a text before a colon for a key, whatever stands before
    // it.
    if (ondemand::raw_json_string text;
        token.starts_with('"') && value.get_raw_json_string().get(text) != simdjson::SUCCESS)
      return false;
    if (*key == kId) {
      const bool is_plain =
          token.size() > 2 && token.front() == '"' && token.back() == '"' && token.find('\\') == std::string_view::npos;
      if (!is_plain) return false;
      id = token.substr(1, token.size() - 2);
      for (const char c : id)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
      continue;
    }
    const int answer = value_of(fields()[*key], token);
    if (answer < 0) return false;
    bytes[*key] = static_cast<std::uint8_t>(answer);
  }
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing stands behind the object
}

bool is_utf8(std::string_view text) noexcept { return simdjson::validate_utf8(text); }

}  // namespace placement::rows
