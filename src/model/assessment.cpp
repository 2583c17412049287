// The field table and answers. The table is expanded from fields.def at compile time: there is no second list.
#include "placement/assessment.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace placement {
namespace {

// fields.def words -> enumerators.
constexpr auto worse_none = Worse::none, worse_higher = Worse::higher, worse_lower = Worse::lower;
constexpr bool care_modifiable = true, care_fixed = false;
constexpr auto use_clinical = FieldUse::clinical, use_demographic = FieldUse::demographic,
               use_feasibility = FieldUse::feasibility;
constexpr bool above_refused = false, above_top_coded = true;

constexpr FieldValue split(std::string_view text) {
  const std::size_t colon = text.find(": ");
  return {text.substr(0, colon), text.substr(colon + 2)};
}

template <class... Text>
constexpr auto values_of(Text... text) {
  return std::array<FieldValue, sizeof...(Text)>{split(text)...};
}

constexpr std::array<FieldValue, 2> kFlagValues{FieldValue{"no", ""}, FieldValue{"yes", ""}};

#define PLACEMENT_FLAG(...)
#define PLACEMENT_COUNT(...)
#define PLACEMENT_SCALE(id, group, worse, care, use, codes, meaning, question, ...) \
  constexpr auto k_##id##_values = values_of(__VA_ARGS__);
#define PLACEMENT_CATEGORY PLACEMENT_SCALE
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY

constexpr std::array<FieldSpec, kFieldCount> kFields{{
#define PLACEMENT_FLAG(id, group, worse, care, use, codes, meaning, question)      \
  {Field::id, #id, FieldKind::flag, #group, worse_##worse, care_##care, use_##use, \
   codes,     1,   false,           {},     meaning,       question,    kFlagValues},
#define PLACEMENT_COUNT(id, group, worse, care, use, codes, high, above, unit, meaning, question) \
  {Field::id, #id,  FieldKind::count, #group, worse_##worse, care_##care, use_##use,              \
   codes,     high, above_##above,    unit,   meaning,       question,    {}},
#define PLACEMENT_LIST(kind, id, group, worse, care, use, codes, meaning, question) \
  {Field::id,                                                                       \
   #id,                                                                             \
   kind,                                                                            \
   #group,                                                                          \
   worse_##worse,                                                                   \
   care_##care,                                                                     \
   use_##use,                                                                       \
   codes,                                                                           \
   static_cast<int>(k_##id##_values.size()) - 1,                                    \
   false,                                                                           \
   {},                                                                              \
   meaning,                                                                         \
   question,                                                                        \
   k_##id##_values},
#define PLACEMENT_SCALE(id, group, worse, care, use, codes, meaning, question, ...) \
  PLACEMENT_LIST(FieldKind::scale, id, group, worse, care, use, codes, meaning, question)
#define PLACEMENT_CATEGORY(id, group, worse, care, use, codes, meaning, question, ...) \
  PLACEMENT_LIST(FieldKind::category, id, group, worse, care, use, codes, meaning, question)
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY
#undef PLACEMENT_LIST
}};

static_assert(std::all_of(kFields.begin(), kFields.end(), [](const FieldSpec& f) { return f.high < kUnknown; }),
              "a value must fit a byte beside kUnknown");

// By field; made at compile time, since answers are set often.
constexpr auto kAllValues = [] {
  std::array<ValueSet, kFieldCount> all{};
  for (std::size_t i = 0; i < kFieldCount; ++i) all[i] = ValueSet::range(0, kFields[i].high);
  return all;
}();

}  // namespace

std::span<const FieldSpec> fields() noexcept { return kFields; }

const FieldSpec& spec(Field field) noexcept { return kFields[static_cast<std::size_t>(field)]; }

std::optional<Field> find_field(std::string_view name) noexcept {
  for (const FieldSpec& f : kFields)
    if (f.name == name) return f.field;
  return std::nullopt;
}

std::optional<int> find_value(const FieldSpec& field, std::string_view name) noexcept {
  for (std::size_t i = 0; i < field.values.size(); ++i)
    if (field.values[i].name == name) return static_cast<int>(i);
  return std::nullopt;
}

int ValueSet::count() const noexcept {
  int n = 0;
  for (const std::uint64_t word : words_) n += std::popcount(word);
  return n;
}

int ValueSet::lowest() const noexcept {
  for (std::size_t i = 0; i < words_.size(); ++i)
    if (words_[i] != 0) return static_cast<int>(i) * 64 + std::countr_zero(words_[i]);
  return -1;
}

int ValueSet::highest() const noexcept {
  for (std::size_t i = words_.size(); i-- > 0;)
    if (words_[i] != 0) return static_cast<int>(i) * 64 + 63 - std::countl_zero(words_[i]);
  return -1;
}

ValueSet operator&(const ValueSet& a, const ValueSet& b) noexcept {
  ValueSet r;
  for (std::size_t i = 0; i < r.words_.size(); ++i) r.words_[i] = a.words_[i] & b.words_[i];
  return r;
}

ValueSet operator|(const ValueSet& a, const ValueSet& b) noexcept {
  ValueSet r;
  for (std::size_t i = 0; i < r.words_.size(); ++i) r.words_[i] = a.words_[i] | b.words_[i];
  return r;
}

ValueSet operator-(const ValueSet& a, const ValueSet& b) noexcept {
  ValueSet r;
  for (std::size_t i = 0; i < r.words_.size(); ++i) r.words_[i] = a.words_[i] & ~b.words_[i];
  return r;
}

std::size_t FieldSet::size() const noexcept {
  return static_cast<std::size_t>(std::popcount(words_[0]) + std::popcount(words_[1]));
}

std::vector<Field> FieldSet::list() const {
  std::vector<Field> all;
  for_each([&](Field f) { all.push_back(f); });
  return all;
}

// The object representation of a struct of bytes is that struct's bytes in member order.
std::span<std::uint8_t, kFieldCount> KnownAnswers::bytes() noexcept {
  return std::span<std::uint8_t, kFieldCount>(reinterpret_cast<std::uint8_t*>(this), kFieldCount);
}

std::span<const std::uint8_t, kFieldCount> KnownAnswers::bytes() const noexcept {
  return std::span<const std::uint8_t, kFieldCount>(reinterpret_cast<const std::uint8_t*>(this), kFieldCount);
}

void Assessment::set(Field field, int value) { set(field, ValueSet::of(value)); }

void Assessment::set(Field field, const ValueSet& values) {
  const ValueSet& all = kAllValues[static_cast<std::size_t>(field)];
  assert(!values.empty() && values.is_subset_of(all));
  std::uint8_t& byte = known_.bytes()[static_cast<std::size_t>(field)];
  byte = kUnknown;
  const auto place = std::lower_bound(partly_known_.begin(), partly_known_.end(), field,
                                      [](const auto& entry, Field f) { return entry.first < f; });
  const bool stood = place != partly_known_.end() && place->first == field;
  const bool is_one = values.lowest() == values.highest();
  const bool is_partly = !is_one && values != all;
  if (is_one) byte = static_cast<std::uint8_t>(values.lowest());
  if (is_partly && stood) place->second = values;
  if (is_partly && !stood) partly_known_.insert(place, {field, values});
  if (!is_partly && stood) partly_known_.erase(place);
}

ValueSet Assessment::answer(Field field) const noexcept {
  if (const std::uint8_t byte = known_.bytes()[static_cast<std::size_t>(field)]; byte != kUnknown)
    return ValueSet::of(byte);
  for (const auto& [partly, values] : partly_known_)
    if (partly == field) return values;
  return ValueSet::all(field);
}

bool Assessment::is_known(Field field) const noexcept {
  return known_.bytes()[static_cast<std::size_t>(field)] != kUnknown;
}

bool Assessment::is_partly_known(Field field) const noexcept {
  return std::any_of(partly_known_.begin(), partly_known_.end(), [&](const auto& p) { return p.first == field; });
}

FieldSet Assessment::answered() const noexcept {
  FieldSet set;
  for (const FieldSpec& f : kFields)
    if (is_known(f.field)) set.insert(f.field);
  for (const auto& [field, values] : partly_known_) set.insert(field);
  return set;
}

}  // namespace placement
