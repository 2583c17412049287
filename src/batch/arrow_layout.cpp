#include "batch/arrow_layout.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/nearest_name.hpp"

namespace placement::batch {
namespace {

struct ArrowFormat {
  std::string_view format;
  std::string_view name;
  std::optional<ArrowType> type = std::nullopt;  // where values are read from it
};

// Those of the last rows begin so: parameters follow.
constexpr std::array<ArrowFormat, 38> kArrowFormats{{
    {"n", "null", ArrowType::nothing},
    {"b", "bool", ArrowType::boolean},
    {"c", "int8", ArrowType::int8},
    {"C", "uint8", ArrowType::uint8},
    {"s", "int16", ArrowType::int16},
    {"S", "uint16", ArrowType::uint16},
    {"i", "int32", ArrowType::int32},
    {"I", "uint32", ArrowType::uint32},
    {"l", "int64", ArrowType::int64},
    {"L", "uint64", ArrowType::uint64},
    {"f", "float32", ArrowType::float32},
    {"g", "float64", ArrowType::float64},
    {"u", "utf8", ArrowType::text},
    {"U", "large utf8", ArrowType::large_text},
    {"vu", "utf8 view", ArrowType::text_view},
    {"e", "float16"},
    {"z", "binary"},
    {"Z", "large binary"},
    {"vz", "binary view"},
    {"tdD", "date32"},
    {"tdm", "date64"},
    {"+s", "struct"},
    {"+l", "list"},
    {"+L", "large list"},
    {"+m", "map"},
    {"+r", "run-end encoded"},
    {"+vl", "list view"},
    {"+vL", "large list view"},
    {"d:", "decimal"},
    {"w:", "fixed-size binary"},
    {"tt", "time"},
    {"ts", "timestamp"},
    {"tD", "duration"},
    {"ti", "interval"},
    {"+w:", "fixed-size list"},
    {"+ud:", "dense union"},
    {"+us:", "sparse union"},
    {"", "a type that is not Arrow's"},
}};
constexpr std::size_t kWholeFormats = 28;

const ArrowFormat& format_of(const ArrowSchema& schema) {
  const std::string_view format = schema.format == nullptr ? "?" : schema.format;
  for (std::size_t i = 0;; ++i)
    if (i < kWholeFormats ? format == kArrowFormats[i].format : format.rfind(kArrowFormats[i].format, 0) == 0)
      return kArrowFormats[i];
}

std::string name_of_type(const ArrowSchema& schema) {
  std::string name(format_of(schema).name);
  if (schema.dictionary != nullptr) name.append(" for a dictionary of ").append(format_of(*schema.dictionary).name);
  return name;
}

std::optional<ArrowColumnType> type_of(const ArrowSchema& schema) {
  const std::optional<ArrowType> type = format_of(schema).type;
  if (!type) return std::nullopt;
  if (schema.dictionary == nullptr) return ArrowColumnType{*type, std::nullopt};
  const std::optional<ArrowType> value = format_of(*schema.dictionary).type;
  if (!value || schema.dictionary->dictionary != nullptr || !is_whole_number(*type)) return std::nullopt;
  return ArrowColumnType{*value, *type};
}

// What is wrong with reading answers to the field from the type; empty: nothing.
std::string_view unreadable_as(const FieldSpec& field, const std::optional<ArrowColumnType>& type) {
  const bool is_flag = field.kind == FieldKind::flag;
  if (!type) return is_flag ? "expected bool, numbers or texts" : "expected numbers or texts";
  return type->value == ArrowType::boolean && !is_flag ? "expected numbers or texts" : "";
}

bool is_id(const std::optional<ArrowColumnType>& type) {
  if (!type) return false;
  return is_text(type->value) || (!type->index && (is_whole_number(type->value) || type->value == ArrowType::nothing));
}

std::string_view name_of_column(const ArrowSchema& schema) { return schema.name == nullptr ? "" : schema.name; }

}  // namespace

std::string arrow_column_name(std::size_t child) { return "column " + std::to_string(child + 1); }

Result<ArrowLayout> read_layout(const ArrowSchema& schema, bool ignores_unknown_columns) {
  if (schema.release == nullptr) return Error::of(ErrorCode::bad_request, {{"", "the schema was released"}});
  if (format_of(schema).format != "+s" || schema.dictionary != nullptr)
    return Error::of(ErrorCode::bad_request,
                     {{"", "the schema is none of a batch: expected struct, found " + name_of_type(schema)}});
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
    return Error::of(ErrorCode::bad_request, {{"", "the schema has no columns where it says so"}});

  std::vector<std::string_view> names;
  for (const FieldSpec& field : fields()) names.push_back(field.name);
  names.emplace_back("id");
  std::vector<std::optional<std::size_t>> first_of(names.size());  // by name: the column that has it

  ArrowLayout layout;
  layout.children = static_cast<std::size_t>(schema.n_children);
  std::vector<Fault> faults;
  for (std::size_t c = 0; c < layout.children; ++c) {
    const std::string where = arrow_column_name(c);
    const ArrowSchema* const child = schema.children[c];
    if (child == nullptr || child->release == nullptr) {
      faults.push_back({where, "the schema of the column is not there"});
      continue;
    }
    const std::string_view name = name_of_column(*child);
    const auto known = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (known == names.size()) {
      if (ignores_unknown_columns) continue;
      const std::string quoted = model::quoted_if_harmless(name);
      faults.push_back({where, "unknown column" + (quoted.empty() ? "" : " " + quoted) + "; expected a field or `id`" +
                                   (quoted.empty() ? "" : model::did_you_mean(name, names))});
      continue;
    }
    const std::string quoted = "`" + std::string(name) + "`";
    if (first_of[known]) {
      faults.push_back({where, "the column " + quoted + " stands twice"});
      continue;
    }
    first_of[known] = c;
    const std::optional<ArrowColumnType> type = type_of(*child);
    const bool is_answer = known < kFieldCount;
    const std::string_view expected = is_answer     ? unreadable_as(fields()[known], type)
                                      : is_id(type) ? ""
                                                    : "expected whole numbers or texts";
    if (!expected.empty())
      faults.push_back(
          {where, quoted + " has a wrong type: " + std::string(expected) + ", found " + name_of_type(*child)});
    else if (is_answer)
      layout.answers.push_back({{c, *type}, fields()[known].field});
    else
      layout.id = ArrowPlace{c, *type};
  }
  if (!faults.empty()) return Error::of(ErrorCode::bad_request, std::move(faults));
  return layout;
}

}  // namespace placement::batch
