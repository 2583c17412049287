// Fields and their values by number. Names of values get their NUL here: fields.def has them before a colon.
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "capi/guard.hpp"
#include "placement/io.hpp"

using placement::Field;
using placement::FieldKind;
using placement::FieldSpec;
using namespace placement::capi;

static_assert(PLACEMENT_FIELD_FLAG == number(FieldKind::flag));
static_assert(PLACEMENT_FIELD_COUNT == number(FieldKind::count));
static_assert(PLACEMENT_FIELD_SCALE == number(FieldKind::scale));
static_assert(PLACEMENT_FIELD_CATEGORY == number(FieldKind::category));
static_assert(PLACEMENT_TEXT == number(placement::Format::text));
static_assert(PLACEMENT_JSON == number(placement::Format::json));
static_assert(PLACEMENT_MARKDOWN == number(placement::Format::markdown));
static_assert(PLACEMENT_DOT == number(placement::Format::dot));
static_assert(PLACEMENT_SVG == number(placement::Format::svg));

namespace {

using ValueName = std::array<char, 32>;

constexpr ValueName terminated(std::string_view text) {
  ValueName name{};
  const std::string_view before_colon = text.substr(0, text.find(':'));
  for (std::size_t i = 0; i < before_colon.size(); ++i) name.at(i) = before_colon[i];
  name.at(before_colon.size()) = '\0';  // too long a name does not compile
  return name;
}

template <class... Text>
constexpr auto names_of(Text... text) {
  return std::array<ValueName, sizeof...(Text)>{terminated(text)...};
}

#define PLACEMENT_FLAG(id, ...) constexpr auto k_##id##_names = names_of("no", "yes");
#define PLACEMENT_COUNT(id, ...) constexpr std::array<ValueName, 0> k_##id##_names{};
#define PLACEMENT_SCALE(id, group, worse, care, use, codes, meaning, question, ...) \
  constexpr auto k_##id##_names = names_of(__VA_ARGS__);
#define PLACEMENT_CATEGORY PLACEMENT_SCALE
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY

constexpr std::array<std::span<const ValueName>, placement::kFieldCount> kValueNames{{
#define PLACEMENT_FLAG(id, ...) k_##id##_names,
#define PLACEMENT_COUNT PLACEMENT_FLAG
#define PLACEMENT_SCALE PLACEMENT_FLAG
#define PLACEMENT_CATEGORY PLACEMENT_FLAG
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY
}};

const FieldSpec* field_at(std::int32_t field) noexcept { return item_of(placement::fields(), field); }

}  // namespace

int32_t placement_field_count() { return number(placement::kFieldCount); }

int32_t placement_field_find(const char* name, uint64_t name_length) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    std::string_view text;
    if (read_text(name, name_length, "name", text)) return std::int32_t{PLACEMENT_NONE};
    const std::optional<Field> field = placement::find_field(text);
    return field ? number(*field) : std::int32_t{PLACEMENT_NONE};
  });
}

const char* placement_field_name(int32_t field, uint64_t* length) {
  const FieldSpec* spec = field_at(field);
  return spec == nullptr ? lent_nothing(length) : lent(spec->name, length);
}

const char* placement_field_question(int32_t field, uint64_t* length) {
  const FieldSpec* spec = field_at(field);
  return spec == nullptr ? lent_nothing(length) : lent(spec->question, length);
}

int32_t placement_field_kind(int32_t field) {
  const FieldSpec* spec = field_at(field);
  return spec == nullptr ? PLACEMENT_NONE : number(spec->kind);
}

int32_t placement_field_high(int32_t field) {
  const FieldSpec* spec = field_at(field);
  return spec == nullptr ? PLACEMENT_NONE : spec->high;
}

const char* placement_field_value_name(int32_t field, int32_t value, uint64_t* length) {
  const std::span<const ValueName>* names = item_of(kValueNames, field);
  const ValueName* name = names == nullptr ? nullptr : item_of(*names, value);
  return name == nullptr ? lent_nothing(length) : lent(name->data(), length);
}

int32_t placement_field_value_find(int32_t field, const char* name, uint64_t name_length) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    const FieldSpec* spec = field_at(field);
    std::string_view text;
    if (spec == nullptr || read_text(name, name_length, "name", text)) return std::int32_t{PLACEMENT_NONE};
    return std::int32_t{placement::find_value(*spec, text).value_or(PLACEMENT_NONE)};
  });
}

int32_t placement_fields_write(int32_t format, placement_text** text, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = unknown_format(format, PLACEMENT_MARKDOWN)) return fault;
    return give(text, placement::write_fields(static_cast<placement::Format>(format)));
  });
}
