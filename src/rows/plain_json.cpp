#include "rows/plain_json.hpp"

#include <simdjson.h>

#include <array>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <vector>

#include "rows/answer_texts.hpp"

namespace placement::rows {
namespace {

constexpr std::size_t kId = kFieldCount;  // stands among the fields as one more key
constexpr std::size_t kLongestKey = 48;

bool is_space(char c) { return c <= ' ' && (c == ' ' || c == '\t' || c == '\r'); }

// Goes through a line. Looks at no more than Block::kPadding bytes behind its end, and what it takes from there makes
// it end behind the end: is_at_end() is false then.
class Cursor {
 public:
  explicit Cursor(std::string_view line) : at_(line.data()), end_(line.data() + line.size()) {}

  [[nodiscard]] const char* at() const noexcept { return at_; }
  [[nodiscard]] bool is_before_end() const noexcept { return at_ < end_; }
  [[nodiscard]] bool is_at_end() const noexcept { return at_ == end_; }
  void skip(std::size_t bytes) noexcept { at_ += bytes; }
  void skip_spaces() noexcept {
    while (at_ < end_ && is_space(*at_)) ++at_;
  }
  bool take(char c) noexcept {
    if (at_ >= end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  // A text without escapes, control characters, or nothing in it.
  bool text(std::string& text) {
    if (!take('"')) return false;
    const char* const from = at_;
    while (at_ < end_ && *at_ != '"') {
      const auto byte = static_cast<unsigned char>(*at_++);
      if (byte == '\\' || byte < 0x20 || byte == 0x7F) return false;
    }
    text.assign(from, at_);
    return !text.empty() && is_utf8(text) && take('"');
  }

 private:
  const char *at_, *end_;
};

}  // namespace

struct PlainJson::State {
  AnswerTexts answers{RowFormat::ndjson};
  std::vector<KnownText<kLongestKey>> keys;  // by field, and kId; with quotes and colon
  std::unordered_map<std::string_view, std::size_t> by_name;
  // The key that stood behind this one last time (0: at the front).
  std::array<std::uint8_t, kFieldCount + 2> follows{};

  // A key and its colon.
  std::optional<std::size_t> take_key(Cursor& cursor, std::size_t before) {
    const std::size_t expected = follows[before];
    if (keys[expected].stands_at(cursor.at())) {
      cursor.skip(keys[expected].size());
      return expected;
    }
    if (!cursor.take('"')) return std::nullopt;
    const char* const name = cursor.at();
    const auto* end = static_cast<const char*>(std::memchr(name, '"', kLongestKey));
    if (end == nullptr) return std::nullopt;
    const auto found = by_name.find(std::string_view(name, static_cast<std::size_t>(end - name)));
    if (found == by_name.end()) return std::nullopt;
    cursor.skip(found->first.size() + 1);
    cursor.skip_spaces();
    if (!cursor.take(':')) return std::nullopt;
    follows[before] = static_cast<std::uint8_t>(found->second);
    return found->second;
  }
};

PlainJson::PlainJson() : state_(std::make_unique<State>()) {
  const auto add = [&](std::string_view name) {
    state_->by_name.emplace(name, state_->keys.size());
    state_->keys.emplace_back('"' + std::string(name) + "\":");
  };
  for (const FieldSpec& field : fields()) add(field.name);
  add("id");
}

PlainJson::~PlainJson() = default;

bool PlainJson::read(std::string_view line, KnownAnswers& answers, std::string& id) {
  Cursor cursor(line);
  cursor.skip_spaces();
  if (!cursor.take('{')) return false;
  std::array<bool, kFieldCount + 1> seen{};
  std::uint8_t* const bytes = answers.bytes().data();
  std::size_t before = 0;
  cursor.skip_spaces();
  for (bool is_over = cursor.take('}'); !is_over; is_over = cursor.take('}')) {
    if (before != 0) {
      if (!cursor.take(',')) return false;
      cursor.skip_spaces();
    }
    if (!cursor.is_before_end()) return false;
    const std::optional<std::size_t> key = state_->take_key(cursor, before);
    if (!key || seen[*key]) return false;
    seen[*key] = true;
    before = *key + 1;
    cursor.skip_spaces();
    if (!cursor.is_before_end()) return false;
    if (*key == kId) {
      if (!cursor.text(id)) return false;
    } else {
      const std::size_t size = state_->answers.read(static_cast<Field>(*key), cursor.at(), bytes[*key]);
      if (size == 0) return false;
      cursor.skip(size);
    }
    cursor.skip_spaces();
  }
  cursor.skip_spaces();
  return cursor.is_at_end();
}

bool is_utf8(std::string_view text) noexcept { return simdjson::validate_utf8(text); }

}  // namespace placement::rows
