#include "io/describe.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "io/write_lines.hpp"

namespace placement::io {
namespace {

/// Names of fields and values that are not read as they are written; whole words (between underscores), longest first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kSpelling{{
    {"moud_current", "current OUD medication"},
    {"moud_wish", "wish for OUD medication"},
    {"days_30", "days (last 30)"},
    {"pc_ptsd5", "PC-PTSD-5"},
    {"age_years", "age"},
    {"ciwa_ar", "CIWA-Ar"},
    {"phq9", "PHQ-9"},
    {"gad7", "GAD-7"},
    {"dsm5", "DSM-5"},
    {"cows", "COWS"},
    {"moud", "OUD medication"},
    {"oud", "OUD"},
    {"iop", "IOP"},
    {"php", "PHP"},
    {"30d", "within 30 days"},
    {"injects", "injecting"},
    {"uses_alone", "using alone"},
}};

bool starts_with_words(std::string_view id, std::string_view words) noexcept {
  return id.substr(0, words.size()) == words && (id.size() == words.size() || id[words.size()] == '_');
}

bool has_word(std::string_view text, std::string_view word) noexcept {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

std::string with_unit(const std::string& number, bool is_one, std::string_view unit) {
  if (unit.empty()) return number;
  std::string singular(unit);
  if (singular == "criteria")
    singular = "criterion";
  else if (singular.back() == 's')
    singular.pop_back();
  return number + " " + (is_one ? singular : std::string(unit));
}

/// "5", "5 to 12 points", "at least 8 points", ... for one run of numbers.
std::string count_run(const FieldSpec& field, int from, int to, std::string_view unit) {
  if (from == 0 && to == field.high) return "any number";
  if (from == to && from == field.high && field.top_coded)
    return with_unit(std::to_string(from) + " or more", false, unit);
  if (from == to) return with_unit(std::to_string(from), from == 1, unit);
  if (to == field.high) return "at least " + with_unit(std::to_string(from), from == 1, unit);
  if (from == 0) return "at most " + with_unit(std::to_string(to), to == 1, unit);
  return with_unit(std::to_string(from) + " to " + std::to_string(to), false, unit);
}

std::string count_phrase(const FieldSpec& field, const ValueSet& values, std::string_view unit) {
  std::vector<std::string> runs;
  for (int v = 0; v <= field.high; ++v) {
    if (!values.contains(v)) continue;
    const int from = v;
    while (v < field.high && values.contains(v + 1)) ++v;
    runs.push_back(count_run(field, from, v, v == values.highest() ? unit : std::string_view()));
  }
  return joined(runs, "or");
}

std::vector<std::string> value_names(const FieldSpec& field, const ValueSet& values) {
  std::vector<std::string> names;
  for (int v = 0; v <= field.high; ++v)
    if (values.contains(v)) names.push_back(describe_value(field.field, v));
  return names;
}

/// Scales that begin with "none" count a burden, so that "below severe" is plain; of the others ("social support:
/// strong ... none") the worse end may be the lower one in everyday speech, so only "better" and "worse" are clear.
bool is_burden(const FieldSpec& field) noexcept { return field.values.front().name == "none"; }

std::string scale_phrase(const FieldSpec& field, const ValueSet& values) {
  const bool worse_is_higher = field.worse == Worse::higher;
  if (values.count() > 2 && values.is_contiguous() && values.highest() == field.high) {
    const std::string name = describe_value(field.field, values.lowest());
    return is_burden(field) || !worse_is_higher ? "at least " + name : name + " or worse";
  }
  if (values.count() > 2 && values.is_contiguous() && values.lowest() == 0) {
    const std::string name = describe_value(field.field, values.highest());
    return is_burden(field) || !worse_is_higher ? "at most " + name : name + " or better";
  }
  return joined(value_names(field, values), "or");
}

/// An answer as part of a demand, to stand after the field's name: " below severe", ": sheltered or unsheltered".
std::string demand_phrase(const FieldSpec& field, const ValueSet& values, std::string_view unit) {
  const ValueSet others = ValueSet::all(field.field) - values;
  const bool is_lower_part = values.is_contiguous() && values.lowest() == 0 && values.count() > 1;
  const bool is_plain_lower = field.kind == FieldKind::count || field.worse != Worse::higher || is_burden(field);
  if (field.is_ordered() && is_lower_part && is_plain_lower) {
    const int bound = values.highest() + 1;
    return " below " + (field.kind == FieldKind::count ? with_unit(std::to_string(bound), bound == 1, unit)
                                                       : describe_value(field.field, bound));
  }
  if (field.kind == FieldKind::scale && is_lower_part)
    return ": " + describe_value(field.field, values.highest()) + " or better";
  if (field.kind == FieldKind::category && others.count() < values.count())
    return " other than " + joined(value_names(field, others), "or");
  std::string text;
  if (field.kind == FieldKind::count)
    text = count_phrase(field, values, unit);
  else if (field.kind == FieldKind::scale)
    text = scale_phrase(field, values);
  else
    text = joined(value_names(field, values), "or");
  return (text.rfind("at ", 0) == 0 ? " " : ": ") + text;
}

// --- the tree of phrases
// -----------------------------------------------------------------------------------------------

struct Phrase {
  enum class Kind : std::uint8_t {
    met,         ///< is so whatever else changes
    impossible,  ///< cannot become so
    leaf,
    all,
    any,
    some,  ///< at least `count` of the parts
  };
  Kind kind = Kind::met;
  std::string text;  ///< leaf
  std::size_t count = 0;
  std::vector<Phrase> parts;
  bool is_lasting = false;  ///< no goal where something else suffices: neither care nor time brings it, or it is worse
};

Phrase leaf(std::string text, bool is_lasting = false) {
  Phrase phrase;
  phrase.kind = Phrase::Kind::leaf;
  phrase.text = std::move(text);
  phrase.is_lasting = is_lasting;
  return phrase;
}

Phrase constant(bool is_met) {
  Phrase phrase;
  phrase.kind = is_met ? Phrase::Kind::met : Phrase::Kind::impossible;
  return phrase;
}

std::size_t leaves(const Phrase& phrase) {
  if (phrase.kind == Phrase::Kind::leaf) return 1;
  std::size_t sum = 0;
  for (const Phrase& part : phrase.parts) sum += leaves(part);
  return sum;
}

/// How many leaves must become so at least.
std::size_t least_leaves(const Phrase& phrase) {
  if (phrase.kind == Phrase::Kind::leaf) return 1;
  std::vector<std::size_t> of_parts;
  for (const Phrase& part : phrase.parts) of_parts.push_back(least_leaves(part));
  std::sort(of_parts.begin(), of_parts.end());
  return std::accumulate(of_parts.begin(), of_parts.begin() + static_cast<std::ptrdiff_t>(phrase.count),
                         std::size_t{0});
}

/// At least `count` of `parts` are wanted: drops what is met or impossible, and flattens.
Phrase combine(std::size_t count, std::vector<Phrase> parts) {
  Phrase result;
  const std::size_t wanted_of_all = parts.size();
  const bool wants_all = count == wanted_of_all;
  for (Phrase& part : parts) {
    if (part.kind == Phrase::Kind::met) {
      if (count > 0) --count;
    } else if (part.kind != Phrase::Kind::impossible) {
      const bool same_kind = (wants_all && part.kind == Phrase::Kind::all);
      if (same_kind) {
        count += part.parts.size() - 1;
        for (Phrase& inner : part.parts) result.parts.push_back(std::move(inner));
      } else if (!wants_all && count == 1 && part.kind == Phrase::Kind::any) {
        for (Phrase& inner : part.parts) result.parts.push_back(std::move(inner));
      } else {
        result.parts.push_back(std::move(part));
      }
    }
  }
  if (count == 0) return constant(true);
  if (count > result.parts.size()) return constant(false);

  const auto is_lasting = [](const Phrase& part) { return part.is_lasting; };
  if (count == 1 && !std::all_of(result.parts.begin(), result.parts.end(), is_lasting))
    result.parts.erase(std::remove_if(result.parts.begin(), result.parts.end(), is_lasting), result.parts.end());
  if (result.parts.size() == 1) {
    Phrase only = std::move(result.parts.front());
    return only;
  }
  const auto lasting = static_cast<std::size_t>(std::count_if(result.parts.begin(), result.parts.end(), is_lasting));
  result.is_lasting = result.parts.size() - lasting < count;
  result.count = count;
  result.kind = count == result.parts.size() ? Phrase::Kind::all : count == 1 ? Phrase::Kind::any : Phrase::Kind::some;
  return result;
}

/// Builds the phrase of "`node` is `wanted`"; with `today` leaves out what is so today and adds today's answers.
class PhraseBuilder {
 public:
  PhraseBuilder(const pack::CheckedPack& pack, const Assessment* today) : pack_(pack), today_(today) {}

  [[nodiscard]] Phrase build(const pack::Node& node, bool wanted) const {
    using Kind = pack::Node::Kind;
    if (today_ != nullptr && truth(node) == (wanted ? Truth::yes : Truth::no)) return constant(true);
    switch (node.kind) {
      case Kind::always:
        return constant(wanted);
      case Kind::never:
        return constant(!wanted);
      case Kind::is_in:
        return answer(node, wanted);
      case Kind::term:
        return term(node, wanted);
      case Kind::negation:
        return build(node.children.front(), !wanted);
      case Kind::all_of:
        return of(node, wanted ? node.children.size() : 1, wanted);
      case Kind::any_of:
        return of(node, wanted ? 1 : node.children.size(), wanted);
      case Kind::at_least:
        return of(node, wanted ? node.count : node.children.size() - node.count + 1, wanted);
      case Kind::atom:
        return leaf((wanted ? "" : "not ") + node.text);
    }
    return constant(false);
  }

 private:
  [[nodiscard]] Truth truth(const pack::Node& node) const { return pack::evaluate(node, pack_.terms, *today_); }

  [[nodiscard]] Phrase of(const pack::Node& node, std::size_t count, bool wanted) const {
    std::vector<Phrase> parts;
    for (const pack::Node& child : node.children) parts.push_back(build(child, wanted));
    return combine(count, std::move(parts));
  }

  [[nodiscard]] Phrase answer(const pack::Node& node, bool wanted) const {
    const FieldSpec& field = spec(node.field);
    const ValueSet all = ValueSet::all(node.field);
    const ValueSet values = wanted ? node.values & all : all - node.values;
    if (values.empty()) return constant(false);
    if (values == all) return constant(true);
    std::string text = describe_demand(node.field, values);
    if (today_ == nullptr) return leaf(std::move(text));
    const ValueSet now = today_->answer(node.field);
    text += " (now " + describe_now(node.field, now) + ")";
    const bool only_grows = field.kind != FieldKind::count || field.worse == Worse::higher;
    return leaf(std::move(text), (!field.modifiable && only_grows) || is_worse(field, values, now));
  }

  /// Is every one of `values` worse than today's answer? Getting worse is no goal to name beside another.
  [[nodiscard]] static bool is_worse(const FieldSpec& field, const ValueSet& values, const ValueSet& now) {
    if (field.worse == Worse::higher) return values.lowest() > now.highest();
    return field.worse == Worse::lower && values.highest() < now.lowest();
  }

  [[nodiscard]] Phrase term(const pack::Node& node, bool wanted) const {
    static constexpr std::size_t kMostExpanded = 4;  // a term with more parts is clearer by its meaning
    const std::string meaning = clean(pack_.content.terms[node.index].meaning);
    if (today_ == nullptr) return leaf(wanted ? meaning : "not so: " + meaning);
    Phrase expanded = build(pack_.terms[node.index].when, wanted);
    if (leaves(expanded) <= kMostExpanded) return expanded;
    const std::string_view now = truth(node) == Truth::yes ? "yes" : truth(node) == Truth::no ? "no" : "not settled";
    std::string text = wanted ? meaning : "no longer so: " + meaning;
    text.append(" (now ").append(now).append(")");
    return leaf(std::move(text), expanded.is_lasting);
  }

  const pack::CheckedPack& pack_;
  const Assessment* today_;
};

std::string spoken(const Phrase& phrase, int depth) {
  switch (phrase.kind) {
    case Phrase::Kind::met:
      return "always";
    case Phrase::Kind::impossible:
      return "never";
    case Phrase::Kind::leaf:
      return phrase.text;
    default:
      break;
  }
  std::vector<std::string> parts;
  bool is_flat = true;
  for (const Phrase& part : phrase.parts) {
    std::string text = spoken(part, depth + 1);
    const bool has_list = text.find(" or ") != std::string::npos || text.find(" and ") != std::string::npos;
    is_flat = is_flat && part.kind == Phrase::Kind::leaf && !has_list;
    if (std::find(parts.begin(), parts.end(), text) == parts.end()) parts.push_back(std::move(text));
  }
  const std::string_view word = phrase.kind == Phrase::Kind::any ? "or" : "and";
  std::string text;
  if (phrase.kind == Phrase::Kind::some) {
    text = "at least " + std::to_string(phrase.count) + " of these: " + joined_up_to(parts, parts.size());
    return depth == 0 ? text : "(" + text + ")";
  }
  if (is_flat || parts.size() < 2) {
    text = joined(parts, word);
  } else {  // parts with an inner "and" or "or" are kept apart by a comma before the word
    for (std::size_t i = 0; i < parts.size(); ++i)
      text += (i == 0 ? "" : i + 1 == parts.size() ? ", " + std::string(word) + " " : ", ") + parts[i];
  }
  if (depth == 0 || parts.size() < 2) return text;
  if (depth > 1) return "(" + text + ")";
  if (phrase.kind == Phrase::Kind::any) return "either " + text;
  return (parts.size() == 2 ? "both " : "all of ") + text;
}

}  // namespace

std::string_view kind_word(FieldKind kind) noexcept {
  switch (kind) {
    case FieldKind::flag:
      return "flag";
    case FieldKind::count:
      return "count";
    case FieldKind::scale:
      return "scale";
    case FieldKind::category:
      return "category";
  }
  return "";
}

std::string words_of(std::string_view id) {
  std::string result;
  while (!id.empty()) {
    std::string_view word = id.substr(0, id.find('_'));
    std::string_view said = word;
    for (const auto& [written, spelled] : kSpelling) {
      if (!starts_with_words(id, written)) continue;
      word = id.substr(0, written.size());
      said = spelled;
      break;
    }
    if (!result.empty()) result += ' ';
    result += said;
    id.remove_prefix(std::min(id.size(), word.size() + 1));
  }
  return result;
}

std::string short_level_name(const CareLevel& level) {
  const std::string name = clean(level.name);
  const std::size_t bracket = name.find(" (");
  return bracket == std::string::npos || bracket == 0 ? name : name.substr(0, bracket);
}

std::string field_label(Field field) { return words_of(spec(field).name); }

std::string describe_value(Field field, int value) {
  const FieldSpec& about = spec(field);
  if (about.kind == FieldKind::count) return count_run(about, value, value, about.unit);
  return words_of(about.values[static_cast<std::size_t>(value)].name);
}

std::string describe_answer(Field field, const ValueSet& values) {
  const FieldSpec& about = spec(field);
  if (values == ValueSet::all(field)) return "unknown";
  if (about.kind == FieldKind::count) return count_phrase(about, values, about.unit);
  if (about.kind == FieldKind::scale) return scale_phrase(about, values);
  return joined(value_names(about, values), "or");
}

std::string describe_demand(Field field, const ValueSet& values) {
  const FieldSpec& about = spec(field);
  std::string text = field_label(field);
  if (about.kind == FieldKind::flag) return text + (values.contains(1) ? "" : ": no");
  const std::string demand = demand_phrase(about, values, has_word(text, about.unit) ? std::string_view() : about.unit);
  constexpr std::string_view kAt = " at";
  if (text.size() > kAt.size() && text.compare(text.size() - kAt.size(), kAt.size(), kAt) == 0)  // not "at at least"
    for (const auto& [before, behind] : {std::pair(" at least ", " or above"), std::pair(" at most ", " or below")})
      if (demand.rfind(before, 0) == 0) return text + ' ' + demand.substr(std::string_view(before).size()) + behind;
  return text + demand;
}

std::string describe_now(Field field, const ValueSet& values) {
  const FieldSpec& about = spec(field);
  if (about.kind != FieldKind::count || values == ValueSet::all(field)) return describe_answer(field, values);
  return count_phrase(about, values, has_word(field_label(field), about.unit) ? std::string_view() : about.unit);
}

std::string describe_fact(Field field, const ValueSet& values) {
  return field_label(field) + ": " + describe_answer(field, values);
}

std::string describe_fields(const FieldSet& fields) {
  std::vector<std::string> labels;
  fields.for_each([&](Field f) { labels.push_back(field_label(f)); });
  return joined(labels);
}

std::string describe_condition(const pack::Node& condition, const pack::CheckedPack& pack) {
  return spoken(PhraseBuilder(pack, nullptr).build(condition, true), 0);
}

Lack describe_lack(std::size_t rule, const pack::CheckedPack& pack, const Assessment& today) {
  const Phrase phrase = PhraseBuilder(pack, &today).build(pack.rules[rule], true);
  return {spoken(phrase, 0), least_leaves(phrase)};
}

std::string describe_release(std::size_t rule, const pack::CheckedPack& pack, const Assessment& today) {
  const Phrase phrase = PhraseBuilder(pack, &today).build(pack.rules[rule], false);
  if (phrase.kind == Phrase::Kind::met) return "met today";
  if (phrase.kind == Phrase::Kind::impossible) return "nothing releases this rule";
  return spoken(phrase, 0);
}

}  // namespace placement::io
