#include "io/json_parts.hpp"

#include "io/write_lines.hpp"
#include "placement/io.hpp"

namespace placement::io {
namespace {

// Free texts are cleaned: what a terminal or an option brought must be readable again.
void add_text(Json& tree, const char* key, const std::string& text) {
  if (!text.empty()) tree[key] = clean(text);
}

}  // namespace

Json field_names(const std::vector<Field>& list) {
  Json names = Json::array();
  for (const Field f : list) names.push_back(spec(f).name);
  return names;
}

Json field_names(const FieldSet& set) { return field_names(set.list()); }

Json assessment_json(const Assessment& assessment) {
  Json json = Json::object();
  assessment.answered().for_each(
      [&](Field f) { json[std::string(spec(f).name)] = answer_json(f, assessment.answer(f)); });
  return json;
}

Json request_json(const Request& request) {
  Json tree = Json::object();
  add_text(tree, "id", request.id);
  add_text(tree, "as_of", request.as_of);
  if (request.current_level) tree["current_level"] = *request.current_level;
  if (request.current_capabilities) tree["current_capabilities"] = *request.current_capabilities;
  if (request.available) {
    Json& list = tree["available"] = Json::array();
    for (const Offering& offering : *request.available)
      list.push_back({{"level", offering.level}, {"capabilities", offering.capabilities}});
  }
  if (request.undecided != UndecidedPolicy::none) tree["undecided"] = to_string(request.undecided);
  for (const HandledAlert& handled : request.handled) {
    Json entry{{"alert", handled.alert}};
    add_text(entry, "by", handled.by);
    add_text(entry, "at", handled.at);
    tree["handled"].push_back(std::move(entry));
  }
  for (const Field field : request.asked) tree["asked"].push_back(spec(field).name);
  if (request.placed) {
    tree["placed"] = {{"level", request.placed->level}};
    add_text(tree["placed"], "override_reason", request.placed->override_reason);
  }
  return tree;
}

Json answers(const Recommendation& r, const FieldSet& set) {
  Json list = Json::array();
  set.for_each([&](Field f) {
    list.push_back({{"field", spec(f).name}, {"answer", answer_json(f, r.assessment.answer(f))}});
  });
  return list;
}

Json demanded_level_json(const Recommendation& r, std::size_t rule) {
  const Rule& about = r.pack.content().rules[rule];
  if (about.kind == RuleKind::require) return id_at(r.pack.content().levels, about.target);
  if (about.kind == RuleKind::continued_stay && r.request.current_level) return *r.request.current_level;
  return nullptr;
}

Json pack_json(const RulePack& pack) {
  return {{"id", pack.content().id},
          {"version", pack.content().version},
          {"digest", pack.digest()},
          {"fields_digest", fields_digest()}};
}

}  // namespace placement::io
