// The field dictionary, all of it from fields.def: what may be asked, how it is answered, what it means.
#include <string_view>

#include "io/describe.hpp"
#include "io/json_text.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

std::string_view worse_word(Worse worse) {
  switch (worse) {
    case Worse::none:
      return "none";
    case Worse::higher:
      return "higher";
    case Worse::lower:
      return "lower";
  }
  return "";
}

std::string_view use_word(FieldUse use) {
  switch (use) {
    case FieldUse::clinical:
      return "clinical";
    case FieldUse::demographic:
      return "demographic";
    case FieldUse::feasibility:
      return "feasibility";
  }
  return "";
}

/// "true or false", "0 to 48 points", "none, mild, severe"; in Markdown "`none` (no loss), `mild` (...), ...".
std::string answers(const FieldSpec& field, bool is_markdown) {
  if (field.kind == FieldKind::flag) return "true or false";
  if (field.kind == FieldKind::count)
    return "0 to " + std::to_string(field.high) + " " + std::string(field.unit) +
           (field.top_coded ? ", more counts as " + std::to_string(field.high) : "");
  std::vector<std::string> values;
  for (const FieldValue& value : field.values)
    values.push_back(!is_markdown ? std::string(value.name)
                                  : "`" + std::string(value.name) + "` (" + io::markdown_escaped(value.meaning) + ")");
  return io::joined_up_to(values, values.size());
}

std::string write_fields_json() {
  io::Json list = io::Json::array();
  for (const FieldSpec& field : fields()) {
    const bool is_count = field.kind == FieldKind::count;
    io::Json values = io::Json::array();
    for (int v = 0; !is_count && v <= field.high; ++v)
      values.push_back({{"value", io::answer_json(field.field, ValueSet::of(v))},
                        {"meaning", field.values[static_cast<std::size_t>(v)].meaning}});
    list.push_back({{"field", field.name},
                    {"kind", io::kind_word(field.kind)},
                    {"group", field.group},
                    {"meaning", field.meaning},
                    {"question", field.question},
                    {"values", std::move(values)},
                    {"from", is_count ? io::Json(0) : io::Json(nullptr)},
                    {"to", is_count ? io::Json(field.high) : io::Json(nullptr)},
                    {"unit", is_count ? io::Json(field.unit) : io::Json(nullptr)},
                    {"top_coded", field.top_coded},
                    {"worse", worse_word(field.worse)},
                    {"modifiable", field.modifiable},
                    {"use", use_word(field.use)},
                    {"codes", field.codes}});
  }
  return list.dump(2) + "\n";
}

std::string write_fields_markdown() {
  std::string text =
      "# Assessment fields\n\n"
      "Written by `placement fields --format markdown` from `include/placement/fields.def`; do not edit.\n\n"
      "An answer is known (`27`, `\"sheltered\"`, `true`), partly known (`{\"from\": 8}`, `{\"from\": 5, \"to\": "
      "12}`,\n"
      "`{\"any_of\": [\"sheltered\", \"unsheltered\"]}`) or unknown (`null`, or left out). Unknown is never \"no\".\n\n"
      "Worse: the direction that is clinically worse. Care: whether care can change the answer. Values of scales are "
      "in\n"
      "order.\n\nField-list digest: `" +
      fields_digest() + "`\n";
  std::string_view group;
  for (const FieldSpec& field : fields()) {
    if (field.group != group) {
      group = field.group;
      text.append("\n## ").append(io::capitalized(group)).append("\n\n");
      text +=
          "| field | kind | answers | meaning and question | worse | care | use | codes |\n"
          "|---|---|---|---|---|---|---|---|\n";
    }
    text.append("| `").append(field.name).append("` | ").append(io::kind_word(field.kind)).append(" | ");
    text.append(answers(field, true)).append(" | ");
    text.append(io::markdown_escaped(io::capitalized(field.meaning))).append(". *");
    text.append(io::markdown_escaped(field.question)).append("* | ").append(worse_word(field.worse)).append(" | ");
    text.append(field.modifiable ? "modifiable" : "fixed").append(" | ").append(use_word(field.use)).append(" | ");
    text.append(io::markdown_escaped(field.codes)).append(" |\n");
  }
  return text;
}

std::string write_fields_text() {
  std::string text;
  std::string_view group;
  for (const FieldSpec& field : fields()) {
    if (field.group != group) {
      group = field.group;
      text.append(text.empty() ? "" : "\n").append(io::upper_case(group)).append("\n");
    }
    text.append("  ").append(field.name).append(": ").append(field.meaning).append("\n");
    for (const std::string& line : io::wrapped(answers(field, false), 94))
      text.append("      ").append(line).append("\n");
  }
  return text;
}

}  // namespace

std::string write_fields(Format format) {
  switch (format) {
    case Format::json:
      return write_fields_json();
    case Format::markdown:
      return write_fields_markdown();
    case Format::text:
    case Format::dot:
    case Format::svg:
      break;
  }
  return write_fields_text();
}

}  // namespace placement
