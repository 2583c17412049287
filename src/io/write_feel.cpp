// A pack's conditions as plain FEEL (DMN 1.3 and later), for rule engines that speak it. docs/rule-pack.md, "Export to
// FEEL", says what the document holds.
//
// FEEL's `and`, `or` and `not` are Kleene's, but its comparisons are not: `null = 3` is false and `null != 3` differs
// between engines. So each comparison first asks whether there is an answer. A flag needs no such guard, standing
// alone it is null where it is not known. `at least k of` counts the conditions that are true and those that are false;
// the list is bound to a name of its own, which no id can be (ids have no capitals), so nesting repeats nothing. A
// filter would be shorter, but engines are known that drop whatever is false from a filtered list. Tested against an
// engine of other people's in tests/peers.
#include <algorithm>
#include <vector>

#include "io/describe.hpp"
#include "io/json_text.hpp"
#include "io/write_exports.hpp"
#include "pack/checked_pack.hpp"
#include "placement/io.hpp"
#include "placement/version.hpp"

namespace placement::io {
namespace {

using pack::CheckedPack;
using pack::Node;

constexpr std::string_view kHowTo =
    "Every expression is true, false or null (not known). Inputs are the fields as listed, null where not known; a "
    "partly known answer is null too. Evaluate the terms in their order and give each result to the expressions after "
    "it as an input of the term's id; then evaluate the others in any order.";

/// What stands around an expression: decides on brackets.
enum class Around { nothing, disjunction, conjunction };

std::string in_brackets(const std::string& text) { return "(" + text + ")"; }

/// A value as FEEL writes it: a number, or the name of a category's value.
std::string feel_value(const FieldSpec& field, int value) {
  if (field.kind != FieldKind::category) return std::to_string(value);
  return "\"" + std::string(field.values[static_cast<std::size_t>(value)].name) + "\"";
}

/// Comparisons that are true exactly for `values`, some but not all of the field's; the answer is known.
std::string feel_comparison(const FieldSpec& field, const ValueSet& values) {
  const std::string name(field.name);
  const ValueSet others = ValueSet::all(field.field) - values;
  if (others.count() == 1 && values.count() > 1 && !(field.is_ordered() && values.is_contiguous()))
    return name + " != " + feel_value(field, others.lowest());
  if (values.count() == 1) return name + " = " + feel_value(field, values.lowest());
  std::string text;
  if (!field.is_ordered()) {
    for (int v = 0; v <= field.high; ++v)
      if (values.contains(v)) text.append(text.empty() ? "" : ", ").append(feel_value(field, v));
    return name + " in " + in_brackets(text);
  }
  for (int from = values.lowest(); from <= field.high; ++from) {
    if (!values.contains(from)) continue;
    int to = from;
    while (to < field.high && values.contains(to + 1)) ++to;
    text.append(text.empty() ? "" : " or ").append(name);
    if (from == to)
      text.append(" = ").append(std::to_string(from));
    else if (from == 0)
      text.append(" <= ").append(std::to_string(to));
    else if (to == field.high)
      text.append(" >= ").append(std::to_string(from));
    else
      text.append(" between ").append(std::to_string(from)).append(" and ").append(std::to_string(to));
    from = to;
  }
  return text;
}

std::string feel_answer(Field answered, const ValueSet& values, Around around) {
  const FieldSpec& field = spec(answered);
  if (values.empty()) return "false";
  if (values == ValueSet::all(answered)) return "true";  // whatever the answer, also where there is none
  const std::string name(field.name);
  if (field.kind == FieldKind::flag) return values.contains(1) ? name : "not" + in_brackets(name);
  const std::string text = "if " + name + " = null then null else " + feel_comparison(field, values);
  return around == Around::nothing ? text : in_brackets(text);
}

std::string feel(const Node& node, const CheckedPack& pack, Around around) {
  const auto joined = [&](std::string_view separator, Around inside) {
    std::string text;
    for (const Node& child : node.children)
      text.append(text.empty() ? "" : separator).append(feel(child, pack, inside));
    return text;
  };
  const auto how_many = [](const std::string& truth) {
    return "sum(for Each in All return if Each = " + truth + " then 1 else 0)";
  };
  switch (node.kind) {
    case Node::Kind::always:
      return "true";
    case Node::Kind::never:
    case Node::Kind::atom:  // only properties have atoms, and they are not exported
      return "false";
    case Node::Kind::is_in:
      return feel_answer(node.field, node.values, around);
    case Node::Kind::term:
      return pack.content.terms[node.index].id;
    case Node::Kind::negation:
      return "not" + in_brackets(joined("", Around::nothing));
    case Node::Kind::all_of:
      return joined(" and ", Around::conjunction);
    case Node::Kind::any_of: {
      const std::string text = joined(" or ", Around::disjunction);
      return around == Around::conjunction ? in_brackets(text) : text;
    }
    case Node::Kind::at_least:
      return "{All: [" + joined(", ", Around::nothing) + "], Enough: if " + how_many("true") +
             " >= " + std::to_string(node.count) + " then true else if " + how_many("false") + " > " +
             std::to_string(node.children.size() - node.count) + " then false else null}.Enough";
  }
  return "";
}

/// The place of the count in the bands of a scale term.
std::string feel_bands(const Term& term) {
  const std::string name(spec(*term.of).name);
  std::string text = "if " + name + " = null then null";
  for (std::size_t band = term.bands.size(); band-- > 1;)
    text += " else if " + name + " >= " + std::to_string(term.bands[band].from) + " then " + std::to_string(band);
  return text + " else 0";
}

void add_used_terms(const Node& node, const CheckedPack& pack, std::vector<std::size_t>& order);

void add_term(std::size_t term, const CheckedPack& pack, std::vector<std::size_t>& order) {
  if (std::find(order.begin(), order.end(), term) != order.end()) return;
  add_used_terms(pack.terms[term].when, pack, order);
  order.push_back(term);
}

void add_used_terms(const Node& node, const CheckedPack& pack, std::vector<std::size_t>& order) {
  if (node.kind == Node::Kind::term) add_term(node.index, pack, order);
  for (const Node& child : node.children) add_used_terms(child, pack, order);
}

Json field_json(const FieldSpec& field) {
  Json json{{"field", field.name}, {"kind", kind_word(field.kind)}};
  switch (field.kind) {
    case FieldKind::flag:
      json["type"] = "boolean";
      break;
    case FieldKind::count:
      json.update({{"type", "number"}, {"from", 0}, {"to", field.high}, {"top_coded", field.top_coded}});
      break;
    case FieldKind::scale:
    case FieldKind::category:
      json["type"] = field.kind == FieldKind::scale ? "number" : "string";
      json["values"] = Json::array();
      for (int v = 0; v <= field.high; ++v) {
        const std::string_view name = field.values[static_cast<std::size_t>(v)].name;
        json["values"].push_back(
            {{"value", name}, {"is", field.kind == FieldKind::scale ? Json(v) : Json(std::string(name))}});
      }
      break;
  }
  return json;
}

Json term_json(std::size_t index, const CheckedPack& pack) {
  const Term& term = pack.content.terms[index];
  Json json{{"id", term.id}, {"kind", term.of ? "scale" : "flag"}, {"meaning", term.meaning}};
  if (term.of) {
    json["values"] = Json::array();
    for (std::size_t band = 0; band < term.bands.size(); ++band)
      json["values"].push_back({{"value", term.bands[band].name}, {"is", band}});
  }
  json["expression"] = term.of ? feel_bands(term) : feel(pack.terms[index].when, pack, Around::nothing);
  return json;
}

Json rule_json(std::size_t index, const CheckedPack& pack) {
  const Rule& rule = pack.content.rules[index];
  Json json{{"id", rule.id}, {"kind", to_string(rule.kind)}};
  switch (rule.kind) {
    case RuleKind::require:
      json["level"] = pack.content.levels[rule.target].id;
      break;
    case RuleKind::capability:
      json["capability"] = pack.content.capabilities[rule.target].id;
      break;
    case RuleKind::offer:
    case RuleKind::avoid:
      json["service"] = pack.content.services[rule.target].id;
      break;
    case RuleKind::alert:
      json["urgency"] = to_string(rule.urgency);
      break;
    case RuleKind::continued_stay:
    case RuleKind::out_of_scope:
      break;
  }
  json["expression"] = feel(pack.rules[index], pack, Around::nothing);
  return json;
}

}  // namespace

std::string write_feel(const RulePack& pack) {
  const CheckedPack& checked = pack.checked();
  const PackContent& content = checked.content;
  Json json{{"format", "feel"},
            {"format_version", 1},
            {"how_to", kHowTo},
            {"library", {{"version", kVersion}}},
            {"pack",
             {{"id", content.id},
              {"version", content.version},
              {"digest", pack.digest()},
              {"fields_digest", fields_digest()}}}};
  for (const char* list : {"fields", "terms", "constraints", "rules", "must_know"}) json[list] = Json::array();
  for (const FieldSpec& field : fields()) json["fields"].push_back(field_json(field));
  std::vector<std::size_t> order;
  for (std::size_t term = 0; term < content.terms.size(); ++term) add_term(term, checked, order);
  for (const std::size_t term : order) json["terms"].push_back(term_json(term, checked));
  for (std::size_t i = 0; i < content.constraints.size(); ++i)
    json["constraints"].push_back(
        {{"id", content.constraints[i].id}, {"expression", feel(checked.constraints[i], checked, Around::nothing)}});
  for (std::size_t i = 0; i < content.rules.size(); ++i) json["rules"].push_back(rule_json(i, checked));
  for (std::size_t i = 0; i < content.must_know.size(); ++i)
    json["must_know"].push_back({{"field", spec(content.must_know[i].field).name},
                                 {"expression", feel(checked.must_know[i], checked, Around::nothing)}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement::io
