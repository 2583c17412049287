#include "io/json_parts.hpp"

#include "placement/io.hpp"

namespace placement::io {

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
