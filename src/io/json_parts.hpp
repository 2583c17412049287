// Parts that results and explanations write alike: ids, names of fields, answers, which pack it was.
#pragma once

#include <optional>
#include <vector>

#include "io/json_text.hpp"
#include "placement/recommendation.hpp"

namespace placement::io {

template <class List>
Json id_at(const List& list, std::size_t index) {
  return Json(list[index].id);
}

template <class List>
Json ids_at(const List& list, const std::vector<std::size_t>& indices) {
  Json ids = Json::array();
  for (const std::size_t i : indices) ids.push_back(list[i].id);
  return ids;
}

template <class List>
Json id_or_null(const List& list, const std::optional<std::size_t>& index) {
  return index ? id_at(list, *index) : Json(nullptr);
}

[[nodiscard]] Json field_names(const std::vector<Field>& list);
[[nodiscard]] Json field_names(const FieldSet& set);
/// The answers given, by field, as an assessment has them.
[[nodiscard]] Json assessment_json(const Assessment& assessment);
/// What goes with them, as an input has it: what is not said is left out.
[[nodiscard]] Json request_json(const Request& request);
/// [{field, answer}] of those fields.
[[nodiscard]] Json answers(const Recommendation& r, const FieldSet& set);
/// The id of the level that a rule demands (`continue` rules: the current one), or null.
[[nodiscard]] Json demanded_level_json(const Recommendation& r, std::size_t rule);
/// {id, version, digest, fields_digest}.
[[nodiscard]] Json pack_json(const RulePack& pack);

}  // namespace placement::io
