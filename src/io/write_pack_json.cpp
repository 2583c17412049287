#include "io/write_pack_json.hpp"

#include <string_view>
#include <utility>

#include "io/json_text.hpp"
#include "placement/version.hpp"

namespace placement::io {
namespace {

template <class List, class Make>
Json list_of(const List& items, const Make& make) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(make(item));
  return list;
}

Json field_name(Field field) { return spec(field).name; }

Json values(const std::vector<std::pair<Field, int>>& changes) {
  Json json = Json::object();
  for (const auto& [field, value] : changes)
    json[std::string(spec(field).name)] = answer_json(field, ValueSet::of(value));
  return json;
}

Json source_ids(const PackContent& pack, const std::vector<std::size_t>& sources) {
  return list_of(sources, [&](std::size_t s) { return Json(pack.sources[s].id); });
}

Json level(const PackContent& pack, const CareLevel& l) {
  Json json{{"id", l.id},
            {"name", l.name},
            {"intensity", l.intensity},
            {"description", l.description},
            {"hours", l.hours},
            {"stay", l.stay},
            {"reassess_days", l.reassess_days},
            {"round_the_clock", l.round_the_clock},
            {"withdrawal_management", l.withdrawal_management},
            {"resolves", values(l.resolves)},
            {"improves", values(l.improves)},
            {"codes", list_of(l.codes, [](const LevelCode& c) {
               return Json{{"system", c.system}, {"code", c.code}, {"meaning", c.meaning}};
             })}};
  if (!l.setting.empty()) json["setting"] = l.setting;
  if (!l.staffing.empty()) json["staffing"] = l.staffing;
  if (!l.activities.empty()) json["activities"] = l.activities;
  if (!l.suits.empty()) json["suits"] = l.suits;
  if (!l.sources.empty()) json["sources"] = source_ids(pack, l.sources);
  return json;
}

Json term(const PackContent& pack, const Term& t) {
  Json json{{"id", t.id}, {"meaning", t.meaning}};
  if (t.of) {
    json["of"] = field_name(*t.of);
    json["bands"] = list_of(t.bands, [](const Term::Band& b) { return Json{{"name", b.name}, {"from", b.from}}; });
  } else {
    json["when"] = t.when;
  }
  json["sources"] = source_ids(pack, t.sources);
  return json;
}

Json rule(const PackContent& pack, const Rule& r) {
  Json json{{"id", r.id}, {"kind", to_string(r.kind)}};
  switch (r.kind) {
    case RuleKind::require:
      json["level"] = pack.levels[r.target].id;
      break;
    case RuleKind::capability:
      json["capability"] = pack.capabilities[r.target].id;
      break;
    case RuleKind::offer:
    case RuleKind::avoid:
      json["service"] = pack.services[r.target].id;
      break;
    case RuleKind::alert:
      json["urgency"] = to_string(r.urgency);
      json["action"] = r.action;
      break;
    case RuleKind::continued_stay:
    case RuleKind::out_of_scope:
      break;
  }
  json["when"] = r.when;
  json["because"] = r.because;
  json["sources"] = source_ids(pack, r.sources);
  json["strength"] = to_string(r.strength);
  json["evidence"] = to_string(r.evidence);
  json["dimension"] = pack.dimensions[r.dimension].id;
  return json;
}

Json property(const Property& p) {
  Json json{{"id", p.id}, {"says", p.says}};
  switch (p.kind) {
    case Property::Kind::implies:
      json["implies"] = {{"when", p.when}, {"then", p.then}};
      break;
    case Property::Kind::alone:
      json["alone"] = {{"when", p.when}, {"never", p.then}};
      break;
    case Property::Kind::monotone:
      json["monotone"] = Json::object({{"field", field_name(p.field)}});
      break;
    case Property::Kind::independent: {
      Json of = Json::array();
      if (p.of_level) of.push_back("level");
      if (p.of_alerts) of.push_back("alerts");
      if (p.of_offers) of.push_back("offers");
      if (p.of_capabilities) of.push_back("capabilities");
      json["independent"] = {{"field", field_name(p.field)}, {"of", std::move(of)}};
      break;
    }
  }
  return json;
}

Json priors(const PackContent& pack) {
  Json json = Json::object();
  for (const Prior& prior : pack.priors) {
    const bool is_count = spec(prior.field).kind == FieldKind::count;
    json[std::string(spec(prior.field).name)] = list_of(prior.weights, [&](const Prior::Weight& w) {
      return is_count ? Json{{"from", w.from}, {"weight", w.weight}} : Json(w.weight);
    });
  }
  return json;
}

Json about(const About& a) {
  return {{"intended_use", a.intended_use},
          {"users", a.users},
          {"population", a.population},
          {"developer", a.developer},
          {"funding", a.funding},
          {"released", a.released},
          {"limits", a.limits}};
}

}  // namespace

std::string write_pack_json(const PackContent& pack) {
  Json json{{"format", kPackFormat}, {"id", pack.id},           {"version", pack.version},
            {"title", pack.title},   {"license", pack.license}, {"about", about(pack.about)}};
  json["sources"] = list_of(pack.sources, [](const Source& s) {
    return Json{{"id", s.id},
                {"statement", s.statement},
                {"citation", s.citation},
                {"verification", to_string(s.verification)}};
  });
  json["dimensions"] = list_of(pack.dimensions, [](const Dimension& d) {
    return Json{{"id", d.id}, {"name", d.name}};
  });
  json["levels"] = list_of(pack.levels, [&](const CareLevel& l) { return level(pack, l); });
  json["moves"] = list_of(pack.moves, [&](const Move& m) {
    return Json{{"kind", m.kind == Move::Kind::step_up ? "step_up" : "step_down"},
                {"from", pack.levels[m.from].id},
                {"to", pack.levels[m.to].id}};
  });
  json["capabilities"] = list_of(pack.capabilities, [](const Capability& c) {
    return Json{{"id", c.id}, {"name", c.name}, {"meaning", c.meaning}};
  });
  json["services"] = list_of(pack.services, [](const Service& s) {
    return Json{{"id", s.id}, {"name", s.name}, {"group", s.group}, {"meaning", s.meaning}};
  });
  json["terms"] = list_of(pack.terms, [&](const Term& t) { return term(pack, t); });
  json["constraints"] = list_of(pack.constraints, [](const Constraint& c) {
    return Json{{"id", c.id}, {"always", c.always}, {"because", c.because}};
  });
  json["rules"] = list_of(pack.rules, [&](const Rule& r) { return rule(pack, r); });
  json["must_know"] = list_of(pack.must_know, [](const MustKnow& m) {
    return Json{{"field", field_name(m.field)}, {"when", m.when}, {"because", m.because}};
  });
  json["monotone"] = list_of(pack.monotone, field_name);
  json["properties"] = list_of(pack.properties, property);
  json["priors"] = priors(pack);
  json["override_reasons"] = list_of(pack.override_reasons, [](const OverrideReason& o) {
    return Json{{"id", o.id}, {"text", o.text}};
  });
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement::io
