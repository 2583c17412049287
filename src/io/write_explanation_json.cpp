// An explanation as JSON, in the words of docs/explanation.md and rules/explanation.schema.json.
#include <array>
#include <string_view>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/json_parts.hpp"
#include "io/write_explanation.hpp"
#include "placement/version.hpp"

namespace placement::io {
namespace {

Json counterfactual(const Explanation& e, const Counterfactual& c) {
  Json changes = Json::array();
  for (const AnswerChange& change : c.changes)
    changes.push_back({{"field", spec(change.field).name},
                       {"from", answer_json(change.field, e.recommendation.assessment.answer(change.field))},
                       {"to", answer_json(change.field, change.values)},
                       {"enough", answer_json(change.field, change.enough)},
                       {"steps", change.steps},
                       {"fills", change.fills}});
  const bool is_found = c.outcome == Counterfactual::Outcome::found;
  return {{"level", id_at(content(e.recommendation).levels, c.level)},
          {"outcome", to_string(c.outcome)},
          {"changes", std::move(changes)},
          {"steps", c.steps},
          {"status", is_found ? Json(to_string(c.status)) : Json(nullptr)},
          {"blocked_by", id_or_null(content(e.recommendation).rules, c.blocked_by)},
          {"is_undemanded", c.is_undemanded}};
}

Json counterfactuals(const Explanation& e, const std::vector<Counterfactual>& all) {
  Json list = Json::array();
  for (const Counterfactual& c : all) list.push_back(counterfactual(e, c));
  return list;
}

std::string_view word_of(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "open"; }

Json part(const Explanation& e, const ConditionPart& p) {
  using Kind = ConditionPart::Kind;
  constexpr std::array<std::string_view, 6> kKinds{"answer", "term", "all_of", "any_of", "at_least", "constant"};
  Json json{{"kind", kKinds[static_cast<std::size_t>(p.kind)]}, {"today", word_of(p.today)}};
  if (p.kind == Kind::answer) {
    json["field"] = spec(p.field).name;
    json["wanted"] = answer_json(p.field, p.values);
    json["answer"] = answer_json(p.field, e.recommendation.assessment.answer(p.field));
  }
  if (p.kind == Kind::term) {
    json["term"] = id_at(content(e.recommendation).terms, p.term);
    json["is_negated"] = p.is_negated;
  }
  if (p.kind == Kind::at_least) json["count"] = p.count;
  if (p.parts.empty()) return json;
  Json parts = Json::array();
  for (const ConditionPart& inner : p.parts) parts.push_back(part(e, inner));
  json["parts"] = std::move(parts);
  return json;
}

Json rule(const Explanation& e, const RuleExplanation& r) {
  const Rule& about = content(e.recommendation).rules[r.rule];
  return {{"id", about.id},
          {"kind", to_string(about.kind)},
          {"level", demanded_level_json(e.recommendation, r.rule)},
          {"state", to_string(r.state)},
          {"because", about.because},
          {"evidence", to_string(about.evidence)},
          {"sources", ids_at(content(e.recommendation).sources, about.sources)},
          {"condition", part(e, r.condition)},
          {"reason", answers(e.recommendation, r.reason)},
          {"waits_for", field_names(r.waits_for)}};
}

Json rules_with_lack(const Explanation& e, const std::vector<std::size_t>& rules) {
  Json list = Json::array();
  for (const std::size_t i : rules)
    list.push_back({{"rule", content(e.recommendation).rules[i].id},
                    {"level", demanded_level_json(e.recommendation, i)},
                    {"state", to_string(e.recommendation.rules[i].state)},
                    {"waits_for", field_names(e.recommendation.rules[i].waits_for)},
                    {"lacks", describe_lack(i, e.recommendation.pack.checked(), e.recommendation.assessment).text}});
  return list;
}

Json rules_above(const Explanation& e, const std::vector<std::size_t>& rules) {
  Json list = Json::array();
  for (const std::size_t i : rules)
    list.push_back({{"rule", content(e.recommendation).rules[i].id},
                    {"level", demanded_level_json(e.recommendation, i)},
                    {"state", to_string(e.recommendation.rules[i].state)},
                    {"waits_for", field_names(e.recommendation.rules[i].waits_for)}});
  return list;
}

Json why_not(const Explanation& e) {
  if (!e.why_not) return nullptr;
  return {{"level", id_at(content(e.recommendation).levels, e.why_not->level)},
          {"relation", to_string(e.why_not->relation)},
          {"above", rules_above(e, e.why_not->above)},
          {"lacking", rules_with_lack(e, e.why_not->lacking)},
          {"change", counterfactual(e, e.why_not->change)}};
}

}  // namespace

std::string write_explanation_json(const Explanation& e) {
  const Recommendation& r = e.recommendation;
  Json rules = Json::array();
  for (const RuleExplanation& explained : e.rules) rules.push_back(rule(e, explained));
  Json json{{"status", to_string(r.status)},
            {"settled", r.settled},
            {"indicated", id_or_null(content(e.recommendation).levels, r.indicated)},
            {"possible", ids_at(content(e.recommendation).levels, r.possible)},
            {"determining_rules", ids_at(content(e.recommendation).rules, r.determining_rules())},
            {"reason", answers(r, r.reason)},
            {"down", counterfactuals(e, e.down)},
            {"up", counterfactuals(e, e.up)},
            {"to", e.to ? counterfactual(e, *e.to) : Json(nullptr)},
            {"why_not", why_not(e)},
            {"rules", std::move(rules)},
            {"pack", pack_json(r.pack)},
            {"library", {{"version", kVersion}}}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement::io
