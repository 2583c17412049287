// A recommendation as JSON: every part of it, in the words of docs/result.md and rules/result.schema.json.
//
// Two spaces of indent, keys in a fixed order: the same result gives the same bytes.
#include <array>
#include <string_view>
#include <utility>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/json_parts.hpp"
#include "io/question_json.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_plan.hpp"
#include "placement/audit.hpp"
#include "placement/io.hpp"
#include "placement/version.hpp"

namespace placement::io {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json walk(const Recommendation& r) {
  Json list = Json::array();
  for (const WalkStep& step : r.walk)
    list.push_back({{"level", id_at(content(r).levels, step.level)},
                    {"insufficient", ids_at(content(r).rules, step.insufficient)}});
  return list;
}

/// The key of what a rule speaks of, and that: {"level", "iop"}; {"", null} for kinds that speak of nothing.
std::pair<std::string_view, Json> target(const PackContent& pack, const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::require:
      return {"level", id_at(pack.levels, rule.target)};
    case RuleKind::capability:
      return {"capability", id_at(pack.capabilities, rule.target)};
    case RuleKind::offer:
    case RuleKind::avoid:
      return {"service", id_at(pack.services, rule.target)};
    case RuleKind::alert:
      return {"urgency", to_string(rule.urgency)};
    case RuleKind::continued_stay:
    case RuleKind::out_of_scope:
      break;
  }
  return {"", nullptr};
}

Json rule(const Recommendation& r, std::size_t index) {
  const Rule& about = content(r).rules[index];
  const RuleResult& result = r.rules[index];
  Json json{{"id", about.id}, {"kind", to_string(about.kind)}};
  if (auto [key, value] = target(content(r), about); !key.empty()) json[std::string(key)] = std::move(value);
  json["state"] = to_string(result.state);
  json["determining"] = result.determining;
  json["jointly"] = result.jointly;
  json["because"] = about.because;
  json["evidence"] = to_string(about.evidence);
  json["strength"] = to_string(about.strength);
  json["sources"] = ids_at(content(r).sources, about.sources);
  json["dimension"] = id_at(content(r).dimensions, about.dimension);
  Json reads = Json::object();
  result.reads.for_each([&](Field f) { reads[std::string(spec(f).name)] = answer_json(f, r.assessment.answer(f)); });
  json["reads"] = std::move(reads);
  json["waits_for"] = field_names(result.waits_for);
  return json;
}

Json rules(const Recommendation& r) {
  Json list = Json::array();
  for (std::size_t i = 0; i < r.rules.size(); ++i) list.push_back(rule(r, i));
  return list;
}

/// Alerts speak of yes, no and open, as capabilities do.
std::string_view alert_state(RuleState state) { return state == RuleState::holds ? "yes" : to_string(state); }

Json alerts(const Recommendation& r) {
  Json list = Json::array();
  for (const AlertResult& alert : r.alerts) {
    const Rule& about = content(r).rules[alert.rule];
    Json json{{"id", about.id},
              {"urgency", to_string(about.urgency)},
              {"state", alert_state(alert.state)},
              {"because", about.because},
              {"action", about.action},
              {"waits_for", field_names(r.rules[alert.rule].waits_for)},
              {"handled", nullptr}};
    if (alert.handled) json["handled"] = {{"by", alert.handled->by}, {"at", alert.handled->at}};
    list.push_back(std::move(json));
  }
  return list;
}

Json capabilities(const Recommendation& r) {
  Json list = Json::array();
  for (std::size_t i = 0; i < r.capabilities.size(); ++i)
    list.push_back({{"id", content(r).capabilities[i].id},
                    {"state", to_string(r.capabilities[i].state)},
                    {"waits_for", field_names(r.capabilities[i].waits_for)}});
  return list;
}

Json services(const Recommendation& r) {
  Json list = Json::array();
  for (std::size_t i = 0; i < r.services.size(); ++i)
    list.push_back({{"id", content(r).services[i].id},
                    {"group", content(r).services[i].group},
                    {"state", to_string(r.services[i].state)},
                    {"waits_for", field_names(r.services[i].waits_for)}});
  return list;
}

Json pathway(const Recommendation& r) {
  Json list = Json::array();
  for (const PathwayStep& step : r.pathway) {
    const CareLevel& level = content(r).levels[step.level];
    Json criteria = Json::array();
    for (const std::size_t i : step.criteria)
      criteria.push_back({{"rule", content(r).rules[i].id},
                          {"must", describe_release(i, r.pack.checked(), r.assessment)},
                          {"level", demanded_level_json(r, i)}});
    list.push_back({{"level", level.id},
                    {"possible", ids_at(content(r).levels, step.possible)},
                    {"settled_by", step.settled_by ? Json(spec(*step.settled_by).name) : Json(nullptr)},
                    {"need_remains", step.need_remains},
                    {"criteria", std::move(criteria)},
                    {"services", ids_at(content(r).services, step.services)},
                    {"capabilities", ids_at(content(r).capabilities, step.capabilities)},
                    {"stay", level.stay},
                    {"reassess_days", level.reassess_days}});
  }
  return list;
}

Json feasible(const Recommendation& r) {
  if (!r.feasible) return nullptr;
  constexpr std::array<std::string_view, 3> kPlans{"none", "bridge", "transfer"};
  Json alternatives = Json::array();
  for (const std::size_t level : r.feasible->alternatives)
    alternatives.push_back(
        {{"level", id_at(content(r).levels, level)}, {"harm", over_placement_harm(content(r).levels[level])}});
  const bool has_plan = r.feasible->plan != Feasible::Plan::none;
  const std::optional<std::string> date = recheck_date(r);
  return {{"level", id_or_null(content(r).levels, r.feasible->level)},
          {"missing_capabilities", ids_at(content(r).capabilities, r.feasible->missing_capabilities)},
          {"plan", kPlans[static_cast<std::size_t>(r.feasible->plan)]},
          {"alternatives", std::move(alternatives)},
          {"recheck_days", has_plan ? Json(r.feasible->recheck_days) : Json(nullptr)},
          {"recheck_by", date ? Json(*date) : Json(nullptr)},
          {"steps", plan_steps(r)}};
}

Json placed(const Recommendation& r) {
  if (!r.placed) return nullptr;
  return {{"level", id_at(content(r).levels, r.placed->level)},
          {"override_reason", id_or_null(content(r).override_reasons, r.placed->override_reason)}};
}

/// The sources of all rules that are not `no`, in pack order.
Json sources(const Recommendation& r) {
  std::vector<bool> is_cited(content(r).sources.size());
  for (std::size_t i = 0; i < r.rules.size(); ++i)
    if (r.rules[i].state != RuleState::no)
      for (const std::size_t s : content(r).rules[i].sources) is_cited[s] = true;
  Json json = Json::object();
  for (std::size_t s = 0; s < is_cited.size(); ++s) {
    const Source& source = content(r).sources[s];
    if (is_cited[s])
      json[source.id] = {{"citation", source.citation}, {"verification", to_string(source.verification)}};
  }
  return json;
}

Json request(const Recommendation& r) {
  Json handled = Json::array();
  for (const HandledAlert& h : r.request.handled) handled.push_back({{"alert", h.alert}, {"by", h.by}, {"at", h.at}});
  return {{"id", text_or_null(r.request.id)},
          {"as_of", text_or_null(r.request.as_of)},
          {"current_level", r.request.current_level ? Json(*r.request.current_level) : Json(nullptr)},
          {"handled", std::move(handled)},
          {"asked", field_names(r.request.asked)},
          {"undecided", to_string(r.request.undecided)}};
}

}  // namespace

std::string write_json(const Recommendation& r) {
  const std::vector<CareLevel>& levels = content(r).levels;
  Json json{{"status", to_string(r.status)},
            {"settled", r.settled},
            {"indicated", id_or_null(levels, r.indicated)},
            {"possible", ids_at(levels, r.possible)},
            {"lowest", r.possible.empty() ? Json(nullptr) : id_at(levels, r.possible.front())},
            {"highest", r.possible.empty() ? Json(nullptr) : id_at(levels, r.possible.back())},
            {"policy", nullptr}};
  if (r.policy) json["policy"] = {{"name", to_string(r.policy->name)}, {"level", id_at(levels, r.policy->level)}};
  json["walk"] = walk(r);
  json["determining_rules"] = ids_at(content(r).rules, r.determining_rules());
  json["rules"] = rules(r);
  json["alerts"] = alerts(r);
  json["capabilities"] = capabilities(r);
  json["services"] = services(r);
  json["reason"] = answers(r, r.reason);
  json["conflict"] = answers(r, r.conflict);
  json["must_know"] = field_names(r.must_know);
  json["missing"] = field_names(r.missing);
  json["next_question"] = r.next_question ? question_json(*r.next_question) : Json(nullptr);
  json["pathway"] = pathway(r);
  json["disposition"] = to_string(r.disposition);
  json["disposition_rules"] = ids_at(content(r).rules, r.disposition_rules);
  json["feasible"] = feasible(r);
  json["placed"] = placed(r);
  json["sources"] = sources(r);
  json["request"] = request(r);
  json["input_digest"] = input_digest(r.assessment, r.request);
  json["pack"] = pack_json(r.pack);
  json["library"] = {{"version", kVersion}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement::io
