#include "oracle/compare.hpp"

#include <stdexcept>

#include "placement/io.hpp"

namespace oracle {
namespace {

template <class T>
T value_or_throw(placement::Result<T> result, const std::string& text) {
  if (result.has_value()) return std::move(result).value();
  std::string message = "refused:";
  for (const placement::Fault& fault : result.error().faults) message += "\n  " + placement::to_string(fault);
  throw std::runtime_error(message + "\n" + text);
}

std::string text_of(placement::RuleState state) {
  switch (state) {
    case placement::RuleState::no:
      return "no";
    case placement::RuleState::open:
      return "open";
    case placement::RuleState::holds:
      return "holds";
    case placement::RuleState::not_evaluated:
      return "not_evaluated";
  }
  return {};
}

std::string text_of(placement::CareState state) {
  switch (state) {
    case placement::CareState::no:
      return "no";
    case placement::CareState::open:
      return "open";
    case placement::CareState::yes:
      return "yes";
    case placement::CareState::avoid:
      return "avoid";
  }
  return {};
}

std::string text_of(placement::Status status) {
  switch (status) {
    case placement::Status::emergency:
      return "emergency";
    case placement::Status::inconsistent:
      return "inconsistent";
    case placement::Status::out_of_scope:
      return "out_of_scope";
    case placement::Status::decided:
      return "decided";
    case placement::Status::undecided:
      return "undecided";
  }
  return {};
}

Json names_of(const placement::FieldSet& set) {
  Json names = Json::array();
  set.for_each([&](placement::Field field) { names.push_back(placement::spec(field).name); });
  return names;
}

// A state, and the fields waited for where there are some.
Json finding(const std::string& state, const Json& waits_for) {
  return waits_for.empty() ? Json(state) : Json{{state, waits_for}};
}

std::string case_line(const Json& assessment, const Json& request, const Verdict& verdict, const Json& pack) {
  Json want = {{"status", verdict.status}, {"possible", verdict.possible}, {"determining_rules", verdict.determining}};
  want["holds"] = want["no"] = Json::array();
  for (const Json& rule : pack["rules"]) {
    const std::string& state = verdict.findings.at("rules").at(rule["id"]).state;
    if (want.contains(state)) want[state].push_back(rule["id"]);
  }
  Json line = {{"note", "the oracle and the library disagreed"}, {"assessment", assessment}, {"want", want}};
  if (!request.empty()) line["request"] = request;
  return line.dump();
}

}  // namespace

Json to_json(const Verdict& verdict) {
  Json json = {{"status", verdict.status},       {"possible", verdict.possible}, {"missing", verdict.relevant},
               {"must_know", verdict.must_know}, {"jointly", verdict.jointly},   {"determining", verdict.determining},
               {"reason", Json::array()},        {"conflict", Json::array()}};
  if (verdict.reason) json["reason"] = *verdict.reason;
  if (verdict.conflict) json["conflict"] = *verdict.conflict;
  for (const char* list : {"rules", "services", "capabilities"}) {
    json[list] = Json::object();
    const auto findings = verdict.findings.find(list);
    if (findings == verdict.findings.end()) continue;
    for (const auto& [id, found] : findings->second) json[list][id] = finding(found.state, found.waits_for);
  }
  return json;
}

Json to_json(const placement::Recommendation& r) {
  const placement::PackContent& pack = r.pack.content();
  placement::FieldSet missing;
  for (const placement::Field field : r.missing) missing.insert(field);
  Json json = {{"status", text_of(r.status)},
               {"possible", Json::array()},
               {"missing", names_of(missing)},
               {"must_know", names_of(r.must_know)},
               {"jointly", false},
               {"determining", Json::array()},
               {"reason", names_of(r.reason)},
               {"conflict", names_of(r.conflict)}};
  for (const std::size_t level : r.possible) json["possible"].push_back(pack.levels[level].id);
  for (const char* list : {"rules", "services", "capabilities"}) json[list] = Json::object();
  for (std::size_t i = 0; i < r.rules.size(); ++i) {
    const placement::RuleResult& rule = r.rules[i];
    json["rules"][pack.rules[i].id] = finding(text_of(rule.state), names_of(rule.waits_for));
    if (rule.determining) json["determining"].push_back(pack.rules[i].id);
    if (rule.jointly) json["jointly"] = true;
  }
  for (std::size_t i = 0; i < r.services.size(); ++i)
    json["services"][pack.services[i].id] = finding(text_of(r.services[i].state), names_of(r.services[i].waits_for));
  for (std::size_t i = 0; i < r.capabilities.size(); ++i)
    json["capabilities"][pack.capabilities[i].id] =
        finding(text_of(r.capabilities[i].state), names_of(r.capabilities[i].waits_for));
  return json;
}

placement::Engine engine_of(const Json& pack) {
  const std::string text = pack.dump();
  return value_or_throw(placement::Engine::make(value_or_throw(placement::read_pack(text), text)), text);
}

Comparison::Comparison(Json pack, Json request)
    : pack_(std::move(pack)),
      request_(std::move(request)),
      engine_(engine_of(pack_)),
      judge_(oracle::judge(pack_, request_)) {}

placement::Recommendation Comparison::recommend(const Json& assessment) const {
  const std::string text = Json{{"assessment", assessment}, {"request", request_}}.dump();
  const placement::Input input = value_or_throw(placement::read_input(text), text);
  return value_or_throw(engine_.recommend(input.assessment, input.request), text);
}

std::optional<std::string> Comparison::disagreement(const Json& assessment, const Verdict& verdict) const {
  const placement::Recommendation recommendation = recommend(assessment);
  const Json wanted = to_json(verdict), found = to_json(recommendation);
  if (wanted == found && recommendation.settled) return std::nullopt;
  std::string message = recommendation.settled ? "the oracle and the library disagree" : "the library ran out of steps";
  for (const auto& [key, value] : wanted.items())
    if (value != found[key]) message += "\n  " + key + ": oracle " + value.dump() + ", library " + found[key].dump();
  message += "\nassessment: " + assessment.dump() + "\nrequest: " + request_.dump();
  for (const char* list : {"terms", "constraints", "must_know"})
    for (const Json& entry : pack_[list]) message += "\n" + std::string(list) + ": " + entry.dump();
  for (const Json& rule : pack_["rules"]) {
    const auto target = rule.value("level", rule.value("capability", rule.value("service", rule.value("urgency", ""))));
    message += "\n" + rule["id"].get<std::string>() + ": " + rule["kind"].get<std::string>() + " " + target + " if " +
               rule["when"].get<std::string>();
  }
  message += "\noracle:  " + wanted.dump() + "\nlibrary: " + found.dump();
  message += "\ncase: " + case_line(assessment, request_, verdict, pack_);
  return message + "\npack: " + pack_.dump();
}

}  // namespace oracle
