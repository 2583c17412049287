// What a person types as an answer: values, runs ("8-12", "8+", "<= 5") and several of them ("mild, moderate").
#include <algorithm>
#include <optional>
#include <string>

#include "placement/io.hpp"

namespace placement {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

// Lower case, one space for any run of spaces and underscores; a dash of any width is "-".
std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_dash = text.substr(i, 3) == "\xE2\x80\x93" || text.substr(i, 3) == "\xE2\x80\x94";
    if (is_dash) {
      result += '-';
      i += 2;
    } else if (c == '_' || kSpaces.find(c) != std::string_view::npos) {
      if (!result.empty() && result.back() != ' ') result += ' ';
    } else {
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return std::string(trimmed(result));
}

class TypedAnswer {
 public:
  explicit TypedAnswer(const FieldSpec& field) : field_(field) {}

  Result<ValueSet> read(std::string_view typed) {
    const std::string text = plain(typed);
    std::optional<ValueSet> values = run(text);
    if (!values) values = several(text);
    if (values && !values->empty()) return *values;
    return Error::of(ErrorCode::bad_assessment, {{"/" + std::string(field_.name), problem_ + expected()}});
  }

 private:
  [[nodiscard]] std::string expected() const {
    switch (field_.kind) {
      case FieldKind::flag:
        return "expected yes or no";
      case FieldKind::count:
        return "expected a whole number, 0 to " + std::to_string(field_.high) + " " + std::string(field_.unit) +
               "; where it is not known exactly a range such as 2-5, 5+ or <=5";
      case FieldKind::scale:
      case FieldKind::category:
        break;
    }
    std::string names;
    for (const FieldValue& value : field_.values) names += (names.empty() ? "" : ", ") + std::string(value.name);
    return "expected one of " + names + ", by name or number, or several of them";
  }

  // Several parts, one by one; each ends at the first comma or "or" that leaves something to read before it, since a
  // name may have an "or" inside.
  std::optional<ValueSet> several(std::string_view text) {
    constexpr std::string_view kOr = " or ";
    ValueSet all;
    for (std::size_t from = 0;;) {
      const std::size_t comma = text.find(',', from), word = text.find(kOr, from);
      const std::size_t end = std::min({comma, word, text.size()});
      const std::size_t next = end == text.size() ? end : end + (word < comma ? kOr.size() : 1);
      const std::optional<ValueSet> part = run(trimmed(text.substr(0, end)));
      if (part) all = all | *part;
      if (end == text.size()) return part ? std::optional<ValueSet>(all) : std::nullopt;
      if (part) text.remove_prefix(next);
      from = part ? 0 : next;
    }
  }

  // One value, or a run of them.
  std::optional<ValueSet> run(std::string_view text) {
    if (const std::optional<int> value = single(text)) return ValueSet::of(*value);
    if (!field_.is_ordered()) return std::nullopt;
    text = without_unit(text);
    if (!text.empty() && text.back() == '+') return between(single(text.substr(0, text.size() - 1)), field_.high);
    if (text.substr(0, 2) == ">=") return between(single(text.substr(2)), field_.high);
    if (text.substr(0, 2) == "<=") return between(0, single(text.substr(2)));
    if (text.substr(0, 1) == ">") return between(moved(single(text.substr(1)), 1), field_.high);
    if (text.substr(0, 1) == "<") return between(0, moved(single(text.substr(1)), -1));
    for (const std::string_view mark : {"-", "..", " to "}) {
      const std::size_t at = text.find(mark);
      if (at != std::string_view::npos && at > 0)
        return between(single(text.substr(0, at)), single(text.substr(at + mark.size())));
    }
    return std::nullopt;
  }

  std::optional<ValueSet> between(std::optional<int> from, std::optional<int> to) {
    if (!from || !to) return std::nullopt;
    if (*from > *to || *from > field_.high || *to < 0) problem_ = "empty range: ";
    return ValueSet::range(std::max(*from, 0), std::min(*to, field_.high));
  }

  static std::optional<int> moved(std::optional<int> value, int by) {
    return value ? std::optional<int>(*value + by) : std::nullopt;
  }

  std::optional<int> single(std::string_view text) {
    text = trimmed(text);
    if (field_.kind == FieldKind::flag) {
      if (text == "yes" || text == "y" || text == "true") return 1;
      if (text == "no" || text == "n" || text == "false") return 0;
      return std::nullopt;
    }
    if (field_.kind == FieldKind::count) {
      const std::optional<int> value = number(without_unit(text));
      if (!value || *value <= field_.high) return value;
      if (field_.top_coded) return field_.high;
      problem_ = "above range: ";
      return std::nullopt;
    }
    for (std::size_t v = 0; v < field_.values.size(); ++v)
      if (plain(field_.values[v].name) == text) return static_cast<int>(v);
    const std::optional<int> place = number(text);
    return place && *place >= 1 && *place <= field_.size() ? std::optional<int>(*place - 1) : std::nullopt;
  }

  // Digits alone, without leading zeros: "1,000" must not read as 1 and 0.
  static std::optional<int> number(std::string_view text) {
    constexpr std::size_t kMostDigits = 6;
    const bool is_digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_digits || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    int value = 0;
    for (const char digit : text.substr(0, kMostDigits)) value = value * 10 + (digit - '0');
    return value;
  }

  // "14 points" and "1 point" are numbers too.
  [[nodiscard]] std::string_view without_unit(std::string_view text) const {
    const std::string_view unit = field_.unit;
    if (unit.empty()) return text;
    for (const std::string_view word : {unit, unit.substr(0, unit.size() - 1), std::string_view("criterion")})
      if (text.size() > word.size() && text.substr(text.size() - word.size()) == word)
        return trimmed(text.substr(0, text.size() - word.size()));
    return text;
  }

  const FieldSpec& field_;
  std::string problem_;
};

}  // namespace

Result<ValueSet> read_typed_answer(Field field, std::string_view text) { return TypedAnswer(spec(field)).read(text); }

}  // namespace placement
