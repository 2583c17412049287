#include "oracle/generate.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>

#include "oracle/packs.hpp"

namespace oracle {
namespace {

const Field& field_of(const std::string& id) {
  return *std::find_if(fields().begin(), fields().end(), [&](const Field& field) { return field.id == id; });
}

enum class Kind { flag, count, scale, category };

struct Operand {  // a field or term that a condition may read
  std::string name;
  Kind kind;
  Names values;
};

// Fields with few values, of every kind and with every direction of worse.
const std::vector<std::pair<std::string, Kind>>& clinical_pool() {
  static const std::vector<std::pair<std::string, Kind>> pool = {
      {"pregnant", Kind::flag},           {"injects", Kind::flag},
      {"uses_alone", Kind::flag},         {"reliable_adult_at_home", Kind::flag},
      {"overdose_signs_now", Kind::flag}, {"oud_diagnosis", Kind::scale},
      {"fluid_loss", Kind::scale},        {"suicide_risk", Kind::scale},
      {"stimulant_use", Kind::scale},     {"remission", Kind::scale},
      {"moud_wish", Kind::category},      {"moud_current", Kind::category},
      {"craving", Kind::count},           {"pc_ptsd5_score", Kind::count},
      {"dsm5_criteria", Kind::count},     {"phq9_score", Kind::count}};
  return pool;
}

class ConditionMaker {
 public:
  ConditionMaker(Dice& dice, std::vector<Operand> operands) : dice_(dice), operands_(std::move(operands)) {}

  void add(const Operand& operand) { operands_.push_back(operand); }
  // Draws stand in statements of their own: the order in which operands of + are drawn would depend on the compiler.
  std::string make(int depth) {
    if (depth == 0 || dice_.chance(30)) return comparison();
    const int form = dice_.roll(8);
    if (form == 0) return "not(" + make(depth - 1) + ")";
    if (form == 1) return at_least(depth);
    const std::string first = make(depth - 1);
    const std::string second = make(depth - 1);
    // Without parentheses the parts of an `or` inside join their neighbours, as `and` binds tighter.
    if (form < 4) return first + " or " + second;
    if (form < 7) return first + " and " + second;
    return "(" + first + " or " + second + ") and " + make(0);
  }

 private:
  std::string at_least(int depth) {
    const int parts = dice_.between(2, 3);
    std::string text = "at least " + std::to_string(dice_.between(1, parts)) + " of (";
    for (int i = 0; i < parts; ++i) text += (i == 0 ? "" : ", ") + make(depth - 1);
    return text + ")";
  }

  std::string comparison() {
    const Operand& operand = dice_.pick(operands_);
    const auto value = [&](int from) {
      return operand.values[static_cast<std::size_t>(dice_.between(from, static_cast<int>(operand.values.size()) - 1))];
    };
    if (operand.kind == Kind::flag) {
      static const Names forms = {"X", "X", "X", "not(X)", "not(X)", "X = true", "X = false", "X != true"};
      return replaced(dice_.pick(forms), operand.name);
    }
    const bool is_ordered = operand.kind != Kind::category;
    if (operand.values.size() > 2 && dice_.chance(15)) {
      const std::string first = value(0);
      const std::string second = value(0);
      return operand.name + " in (" + first + (first == second ? "" : ", " + second) + ")";
    }
    if (is_ordered && dice_.chance(15)) {
      const int low = dice_.roll(static_cast<int>(operand.values.size()));
      return operand.name + " between " + operand.values[static_cast<std::size_t>(low)] + " and " + value(low);
    }
    static const Names ordered = {"<=", ">=", ">=", ">=", "<", ">", "=", "!="};
    static const Names unordered = {"=", "=", "!="};
    const std::string& op = dice_.pick(is_ordered ? ordered : unordered);
    if (dice_.chance(10)) return value(0) + " " + op + " " + operand.name;
    return operand.name + " " + op + " " + value(0);
  }

  static std::string replaced(std::string form, const std::string& name) {
    return form.replace(form.find('X'), 1, name);
  }

  Dice& dice_;
  std::vector<Operand> operands_;
};

const Json& pick(Dice& dice, const Json& list) {
  return list[static_cast<std::size_t>(dice.roll(static_cast<int>(list.size())))];
}

Json levels_of(Dice& dice, int count) {  // by intensity
  static const Names ids = {"outpatient", "intensive", "day_hospital", "residential", "hospital"};
  Json levels = Json::array();
  int intensity = 0;
  for (int i = 0; i < count; ++i) {
    intensity += dice.between(1, 10);
    levels.push_back({{"id", ids[static_cast<std::size_t>(i)]}, {"intensity", intensity}});
  }
  return levels;
}

// Every level can be reached by stepping up from the lowest, every lower one by stepping down. `levels` by intensity.
Json moves_of(Dice& dice, const Json& levels) {
  std::set<std::pair<std::size_t, std::size_t>> moves;
  for (std::size_t i = 1; i < levels.size(); ++i) {
    moves.insert({i, i - 1});
    moves.insert({static_cast<std::size_t>(dice.roll(static_cast<int>(i))), i});
    if (dice.chance(50)) moves.insert({static_cast<std::size_t>(dice.roll(static_cast<int>(i))), i});
    if (dice.chance(50)) moves.insert({i, static_cast<std::size_t>(dice.roll(static_cast<int>(i)))});
  }
  std::vector<Json> listed;
  for (const auto& [from, to] : moves)
    listed.push_back(
        {{"kind", from < to ? "step_up" : "step_down"}, {"from", levels[from]["id"]}, {"to", levels[to]["id"]}});
  dice.shuffle(listed);
  return listed;
}

Json rule_of(Dice& dice, const std::string& id, const std::string& kind, const std::string& when, const Json& levels) {
  static const Names services = {"moud", "counselling"}, capabilities = {"nursing", "psychiatry"};
  static const Names urgencies = {"stop", "stop", "urgent", "notice"};
  Json rule = {{"id", id}, {"kind", kind}, {"when", when}};
  if (kind == "require") rule["level"] = pick(dice, levels)["id"];
  if (kind == "capability") rule["capability"] = dice.pick(capabilities);
  if (kind == "offer" || kind == "avoid") rule["service"] = dice.pick(services);
  if (kind == "alert") rule["urgency"] = dice.pick(urgencies);
  return rule;
}

std::vector<Operand> fields_for(Dice& dice, const PackShape& shape) {
  std::vector<Operand> chosen;
  const int wanted = dice.between(shape.fields.first, shape.fields.second);
  std::vector<std::pair<std::string, Kind>> pool = clinical_pool();
  dice.shuffle(pool);
  std::size_t points = 1;
  for (const auto& [id, kind] : pool) {
    const Names& values = field_of(id).values;
    // Those still to come have two values at least.
    const auto more = static_cast<std::size_t>(wanted) - std::min(chosen.size() + 1, static_cast<std::size_t>(wanted));
    const bool fits = values.size() <= static_cast<std::size_t>(shape.most_values) &&
                      (points * values.size() << more) <= static_cast<std::size_t>(shape.most_points);
    if (static_cast<int>(chosen.size()) == wanted || !fits) continue;
    points *= values.size();
    chosen.push_back({id, kind, values});
  }
  return chosen;
}

std::string kind_of_rule(Dice& dice) {
  static const Names kinds = {"require", "require", "require",  "require",     "require", "require",
                              "require", "require", "continue", "capability",  "offer",   "offer",
                              "avoid",   "alert",   "alert",    "out_of_scope"};
  return dice.pick(kinds);
}

Json json_value(const Names& values, int value) {  // 13, "mild", true
  const std::string& name = values[static_cast<std::size_t>(value)];
  const bool is_text = name.find_first_not_of("0123456789") != std::string::npos && name != "true" && name != "false";
  return is_text ? Json(name) : Json::parse(name);
}

Json draw_pack(Dice& dice, const PackShape& shape) {
  Json pack = Json::object();
  const Json levels = levels_of(dice, dice.between(shape.levels.first, shape.levels.second));
  pack["moves"] = moves_of(dice, levels);
  const std::vector<Operand> operands = fields_for(dice, shape);
  std::vector<Json> listed(levels.begin(), levels.end());
  dice.shuffle(listed);
  for (Json& level : listed) {
    const Operand& operand = dice.pick(operands);
    const int value = dice.roll(static_cast<int>(operand.values.size()));
    if (dice.chance(50))
      level[operand.kind == Kind::scale ? "improves" : "resolves"][operand.name] = json_value(operand.values, value);
  }
  pack["levels"] = listed;

  ConditionMaker clinical(dice, operands);
  for (const Operand& operand : operands) {
    if (operand.kind != Kind::count || !dice.chance(60)) continue;
    const int high = static_cast<int>(operand.values.size()) - 1;
    const int second = dice.between(1, high - 1);
    Json bands = {{{"name", "low"}, {"from", 0}}, {{"name", "middle"}, {"from", second}}};
    if (dice.chance(60)) bands.push_back({{"name", "top"}, {"from", dice.between(second + 1, high)}});
    const std::string id = operand.name + "_band";
    Names names;
    for (const Json& band : bands) names.push_back(band["name"]);
    pack["terms"].push_back({{"id", id}, {"of", operand.name}, {"bands", bands}});
    clinical.add({id, Kind::scale, names});
  }
  for (int i = dice.roll(3); i > 0; --i) {
    const std::string id = "term_" + std::to_string(i);
    pack["terms"].push_back({{"id", id}, {"when", clinical.make(2)}});
    clinical.add({id, Kind::flag, {"false", "true"}});
  }
  ConditionMaker with_feasibility = clinical;
  if (dice.chance(50)) with_feasibility.add({"transport", Kind::flag, {"false", "true"}});

  for (int i = dice.between(shape.constraints.first, shape.constraints.second); i > 0; --i) {
    const std::string first = clinical.make(0);
    const std::string second = clinical.make(1);
    const std::string always = dice.chance(50) ? "not(" + first + " and " + second + ")" : first + " or " + second;
    pack["constraints"].push_back({{"id", "constraint_" + std::to_string(i)}, {"always", always}});
  }
  const int rules = dice.between(shape.rules.first, shape.rules.second);
  for (int i = 0; i < rules; ++i) {
    const std::string kind = i == 0 ? "require" : kind_of_rule(dice);
    const bool is_service = kind == "offer" || kind == "avoid";
    // Whoever is out of scope or in danger is rare, so that other answers are not hidden.
    std::string when = is_service ? with_feasibility.make(2) : clinical.make(2);
    if (kind == "out_of_scope" || kind == "alert") when = "(" + when + ") and " + clinical.make(0);
    if (is_service && dice.chance(10)) when = "true";
    pack["rules"].push_back(rule_of(dice, "rule_" + std::to_string(i), kind, when, levels));
  }
  std::vector<Operand> needed = operands;
  dice.shuffle(needed);
  const int needs = dice.between(shape.must_know.first, shape.must_know.second);
  for (std::size_t i = 0; i < static_cast<std::size_t>(needs); ++i) {
    pack["must_know"].push_back({{"field", needed[i].name}});
    if (dice.chance(60)) pack["must_know"].back()["when"] = clinical.make(1);
  }
  for (const Operand& operand : operands) {
    if (operand.kind == Kind::count || !dice.chance(20)) continue;
    for (std::size_t i = 0; i < operand.values.size(); ++i) pack["priors"][operand.name].push_back(dice.between(1, 9));
  }
  return pack_of(pack);
}

bool is_consistent(const Pack& pack, const Point& point) { return pack.facts[kConsistent].is.value(point) == 1; }

Point random_point(Dice& dice, const Pack& pack) {
  Point point(fields().size());
  for (const Read& read : pack.reads) point[read.field] = dice.roll(static_cast<int>(read.values.size()));
  return point;
}

}  // namespace

std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* text = std::getenv("PLACEMENT_TEST_SEED");
    const std::uint64_t chosen = text != nullptr ? std::strtoull(text, nullptr, 10) : 20261122;
    std::cout << "PLACEMENT_TEST_SEED=" << chosen << '\n';
    return chosen;
  }();
  return seed;
}

#ifdef PLACEMENT_FEWER_DRAWS
int drawn(int count) { return count / 8; }
#else
int drawn(int count) { return count; }
#endif

Json random_pack(Dice& dice, const PackShape& shape) {
  for (;;) {
    Json json = draw_pack(dice, shape);
    const Pack pack = read_pack(json, Json::object());
    for (int tries = 0; tries < 50; ++tries)
      if (is_consistent(pack, random_point(dice, pack))) return json;
  }
}

Json random_complete(Dice& dice, const Pack& pack, bool consistent) {
  Point point = random_point(dice, pack);
  for (int tries = 0; consistent && tries < 200 && !is_consistent(pack, point); ++tries)
    point = random_point(dice, pack);
  Json complete = Json::object();
  for (const Read& read : pack.reads) complete[read.id] = json_value(read.values, point[read.field]);
  return complete;
}

Json thinned(Dice& dice, const Json& complete, Thinning thinning) {
  Json assessment = complete;
  int work = 1;
  Names ids;
  for (const auto& [id, answer] : complete.items()) ids.push_back(id);
  dice.shuffle(ids);
  for (const std::string& id : ids) {
    const Names& values = field_of(id).values;
    const int size = static_cast<int>(values.size());
    const int value = place_of(values, complete[id]);
    std::vector<int> left = {value};
    const int percent = dice.roll(100);
    if (percent < thinning.unknown_percent) {
      left.clear();
      for (int v = 0; v < size; ++v) left.push_back(v);
    } else if (percent < thinning.unknown_percent + thinning.partly_percent) {
      const int low = std::max(0, value - dice.roll(4));
      const int high = std::min(size - 1, value + dice.roll(4));
      const bool with_holes = dice.chance(30);
      left.clear();
      for (int v = low; v <= high; ++v)
        if (v == value || !with_holes || dice.chance(60)) left.push_back(v);
    }
    const int factor = 2 * static_cast<int>(left.size());
    if (left.size() == 1 || work * factor > thinning.most_work) continue;
    work *= factor;
    assessment[id] = answer_of(values, left);
    if (assessment[id].is_null() && dice.chance(50)) assessment.erase(id);
  }
  return assessment;
}

Json answer_of(const Names& values, const std::vector<int>& left) {
  if (left.size() == values.size()) return nullptr;
  if (left.size() == 1) return json_value(values, left.front());
  const bool is_range = left.back() - left.front() + 1 == static_cast<int>(left.size());
  if (is_range && values[0] == "0") {
    Json range = Json::object();
    if (left.front() > 0) range["from"] = left.front();
    if (left.back() + 1 < static_cast<int>(values.size())) range["to"] = left.back();
    return range;
  }
  Json list = Json::array();
  for (const int value : left) list.push_back(json_value(values, value));
  return {{"any_of", list}};
}

void for_each_assessment(const std::vector<Read>& reads, const std::function<void(const Json&)>& visit,
                         const Json& begun, std::size_t i) {
  if (i == reads.size()) return visit(begun);
  const std::size_t size = reads[i].values.size();
  for (std::size_t set = 1; set < (std::size_t{1} << size); ++set) {
    std::vector<int> left;
    for (std::size_t value = 0; value < size; ++value)
      if ((set >> value & 1U) != 0) left.push_back(static_cast<int>(value));
    Json more = begun;
    more[reads[i].id] = answer_of(reads[i].values, left);
    for_each_assessment(reads, visit, more, i + 1);
  }
}

Json random_request(Dice& dice, const Json& pack) {
  Json request = Json::object();
  if (dice.chance(40)) request["current_level"] = pick(dice, pack["levels"])["id"];
  for (const Json& rule : pack["rules"])
    if (rule["kind"] == "alert" && rule["urgency"] == "stop" && dice.chance(30))
      request["handled"].push_back({{"alert", rule["id"]}, {"by", "a test"}, {"at", "2026-11-22T10:00"}});
  return request;
}

}  // namespace oracle
