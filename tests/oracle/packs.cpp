#include "oracle/packs.hpp"

namespace oracle {
namespace {

// `entry` with the keys of `defaults` that it does not have.
Json filled(const Json& entry, const Json& defaults) {
  Json whole = defaults;
  whole.update(entry);
  return whole;
}

Json named(const char* id) { return {{"id", id}, {"name", "For tests"}, {"meaning", "something of tests"}}; }

// Everything but levels and moves, which no pack can do without.
Json without_levels() {
  return {
      {"format", 1},
      {"id", "test_pack"},
      {"version", "0.0.1"},
      {"title", "A pack for tests"},
      {"license", "Apache-2.0"},
      {"about",
       {{"intended_use", "tests"},
        {"users", "tests"},
        {"population", "nobody"},
        {"developer", "a test"},
        {"funding", "none"},
        {"released", "2026-11-22"},
        {"limits", {"means nothing"}}}},
      {"sources",
       {{{"id", "chance"}, {"statement", "made up"}, {"citation", "none"}, {"verification", "consensus_unverified"}}}},
      {"dimensions", {{{"id", "need"}, {"name", "Need"}}}},
      {"capabilities", {named("nursing"), named("psychiatry")}},
      {"services",
       {filled(named("moud"), {{"group", "medication"}}), filled(named("counselling"), {{"group", "therapy"}})}},
      {"terms", Json::array()},
      {"constraints", Json::array()},
      {"rules", Json::array()},
      {"must_know", Json::array()},
      {"monotone", Json::array()},
      {"properties", Json::array()},
      {"priors", Json::object()},
      {"override_reasons", {{{"id", "patient_choice"}, {"text", "The person chose otherwise."}}}}};
}

Json with_level_defaults(const Json& levels) {
  Json whole = Json::array();
  for (const Json& level : levels) {
    const std::size_t place = whole.size();
    whole.push_back(filled(level, {{"name", "Level " + std::to_string(place)},
                                   {"intensity", place + 1},
                                   {"description", "a level of care"},
                                   {"hours", "some hours a week"},
                                   {"stay", "some weeks"},
                                   {"reassess_days", 30},
                                   {"round_the_clock", place > 1},
                                   {"withdrawal_management", false},
                                   {"resolves", Json::object()},
                                   {"improves", Json::object()},
                                   {"codes", Json::array()}}));
  }
  return whole;
}

Json moves_between_neighbours(const Json& levels) {
  Json moves = Json::array();
  for (std::size_t i = 1; i < levels.size(); ++i) {
    moves.push_back({{"kind", "step_up"}, {"from", levels[i - 1]["id"]}, {"to", levels[i]["id"]}});
    moves.push_back({{"kind", "step_down"}, {"from", levels[i]["id"]}, {"to", levels[i - 1]["id"]}});
  }
  return moves;
}

}  // namespace

Json pack_of(const Json& parts) {
  Json pack = filled(parts, without_levels());
  pack["levels"] = with_level_defaults(parts["levels"]);
  if (!parts.contains("moves")) pack["moves"] = moves_between_neighbours(pack["levels"]);
  const Json text = {{"because", "a test needs it"}};
  for (Json& rule : pack["rules"]) {
    rule = filled(rule, {{"because", "a test needs it"},
                         {"sources", {"chance"}},
                         {"strength", "not_graded"},
                         {"evidence", "consensus_unverified"},
                         {"dimension", "need"}});
    if (rule["kind"] == "alert") rule = filled(rule, {{"action", "do what the test asks for"}});
  }
  for (Json& constraint : pack["constraints"]) constraint = filled(constraint, text);
  for (Json& need : pack["must_know"]) need = filled(need, text);
  for (Json& term : pack["terms"]) term = filled(term, {{"meaning", "a term of tests"}, {"sources", {"chance"}}});
  return pack;
}

Json four_level_pack(const std::string& parts) {
  Json json = Json::parse(parts);
  if (!json.contains("levels"))
    json["levels"] = {{{"id", "outpatient"}}, {{"id", "intensive"}}, {{"id", "residential"}}, {{"id", "hospital"}}};
  return pack_of(json);
}

}  // namespace oracle
