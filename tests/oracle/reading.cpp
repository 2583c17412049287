#include "oracle/reading.hpp"

#include <algorithm>
#include <regex>

namespace oracle {
namespace {

struct Parser {
  Conditions& conditions;
  Names words = {};
  std::size_t at = 0;
  std::set<std::string> reads = {};
  std::vector<Variable> comparisons = {};

  bool take(const std::string& word) { return words[at] == word && ++at > 0; }

  std::vector<Value> list(const std::string& separator, const std::function<Value()>& next) {
    std::vector<Value> parts = {next()};
    while (take(separator)) parts.push_back(next());
    return parts;
  }

  Value operand(const std::string& word, const std::string& other) {
    if (const Variable* it = conditions.find(word)) {
      reads.insert(it->reads.begin(), it->reads.end());
      comparisons.insert(comparisons.end(), it->comparisons.begin(), it->comparisons.end());
      return it->value;
    }
    return [constant = place_of(conditions.find(other)->values, word)](const Point&) { return constant; };
  }

  // A comparison, whatever its form; a flag term compared with true or false is compared by its definition.
  Value noted(const std::string& left, const std::string& right, const Value& value) {
    const Variable& variable = *conditions.find(conditions.find(left) != nullptr ? left : right);
    if (variable.comparisons.empty()) comparisons.push_back({value, {}, variable.reads});
    return value;
  }

  Value compared(const std::string& left, const std::string& op, const std::string& right) {
    return [op, a = operand(left, right), b = operand(right, left)](const Point& point) {
      const int x = a(point), y = b(point);
      if (op == "!=") return x != y ? 1 : 0;
      return op.find(x < y ? '<' : x > y ? '>' : '=') != std::string::npos ? 1 : 0;
    };
  }

  Value any() {
    return at_least(1, list("or", [&] { return all(); }));
  }

  Value all() {
    const std::vector<Value> parts = list("and", [&] { return one(); });
    return at_least(parts.size(), parts);
  }

  Value one() {
    if (take("not")) return [inner = one()](const Point& point) { return 1 - inner(point); };
    const std::string left = words[at++];
    if (left == "(" || left == "at") {  // (c) or at least k of (c, ...)
      const std::size_t least = left == "(" ? 1 : std::stoul(words[at + 1]);
      at += left == "(" ? 0U : 4U;
      const std::vector<Value> parts = list(",", [&] { return any(); });
      return ++at, at_least(least, parts);
    }
    if (take("between")) {  // between low and high
      at += 3;
      return noted(left, left, at_least(2, {compared(left, ">=", words[at - 3]), compared(left, "<=", words[at - 1])}));
    }
    if (take("in")) {  // in (value, ...)
      ++at;
      const std::vector<Value> parts = list(",", [&] { return compared(left, "=", words[at++]); });
      return ++at, noted(left, left, at_least(1, parts));
    }
    if (words[at].find_first_of("!<>=") == 0) {
      at += 2;
      return noted(left, words[at - 1], compared(left, words[at - 2], words[at - 1]));
    }
    return left == "true" ? at_least(0, {}) : noted(left, left, compared(left, "=", "true"));
  }
};

}  // namespace

const std::vector<Field>& fields() {
  static const std::vector<Field> table = [] {
    std::vector<Field> rows = {
#define PLACEMENT_FLAG(id, group, worse, care, ...) {#id, {"false", "true"}, #worse, #care},
#define PLACEMENT_COUNT(id, group, worse, care, use, codes, high, ...) {#id, Names((high) + 1), #worse, #care},
#define PLACEMENT_SCALE(id, group, worse, care, use, codes, meaning, question, ...) {#id, {__VA_ARGS__}, #worse, #care},
#define PLACEMENT_CATEGORY(id, group, worse, care, use, codes, meaning, question, ...) \
  {#id, {__VA_ARGS__}, #worse, #care, true},
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY
    };
    for (Field& row : rows)
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        std::string& name = row.values[i];
        name = name.empty() ? std::to_string(i) : name.substr(0, name.find(':'));  // "mild: few and slight signs"
      }
    return rows;
  }();
  return table;
}

int place_of(const Names& values, const Json& value) {
  const std::string name = value.is_string() ? value.get<std::string>() : value.dump();
  return static_cast<int>(std::min(std::find(values.begin(), values.end(), name), values.end() - 1) - values.begin());
}

std::vector<int> values_of(const Names& values, const Json& answer) {
  std::set<int> left;
  if (answer.is_object() && answer.contains("any_of")) {
    for (const Json& value : answer["any_of"]) left.insert(place_of(values, value));
  } else {
    const bool is_one = !answer.is_object() && !answer.is_null();
    const Json range = is_one ? Json{{"from", answer}, {"to", answer}} : answer.is_null() ? Json::object() : answer;
    const int last = place_of(values, range.value("to", Json(values.back())));
    for (int v = place_of(values, range.value("from", Json(values.front()))); v <= last; ++v) left.insert(v);
  }
  return {left.begin(), left.end()};
}

Value at_least(std::size_t least, const std::vector<Value>& conditions) {
  return [least, conditions](const Point& point) {
    std::size_t held = 0;
    for (const Value& condition : conditions) held += condition(point) != 0 ? 1U : 0U;
    return held >= least ? 1 : 0;
  };
}

Conditions::Conditions(Json terms) : terms_(std::move(terms)) {
  for (std::size_t i = 0; i < fields().size(); ++i)
    variables_[fields()[i].id] = {[i](const Point& point) { return point[i]; }, fields()[i].values, {fields()[i].id}};
}

Variable Conditions::read(const std::string& condition) {
  static const std::regex word("[a-z0-9_]+|[!<>]?=|[<>(),]");
  Parser parser{*this};
  for (std::sregex_iterator it(condition.begin(), condition.end(), word), end; it != end; ++it)
    parser.words.push_back(it->str());
  parser.words.push_back("");
  Variable variable{parser.any()};
  variable.reads = parser.reads;
  variable.comparisons = parser.comparisons;
  return variable;
}

const Variable* Conditions::find(const std::string& name) {
  if (const auto known = variables_.find(name); known != variables_.end()) return &known->second;
  for (const Json& term : terms_) {
    if (term["id"] != name) continue;
    if (term.contains("when")) return &(variables_[name] = read(term["when"]));
    const Variable& count = *find(term["of"]);
    Names bands;
    std::vector<int> starts;
    for (const Json& band : term["bands"]) {
      bands.push_back(band["name"]);
      starts.push_back(band["from"]);
    }
    const auto band = [count = count.value, starts](const Point& point) {
      return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), count(point)) - starts.begin()) - 1;
    };
    return &(variables_[name] = {band, bands, count.reads});
  }
  return nullptr;
}

Pack read_pack(const Json& json, const Json& request) {
  Pack pack;
  std::map<int, std::string> levels;
  for (const Json& level : json["levels"]) levels[level["intensity"]] = level["id"];
  for (const auto& level : levels) pack.levels.push_back(level.second);
  std::set<std::string> handled;
  for (const Json& alert : request.value("handled", Json::array())) handled.insert(alert["alert"]);

  Conditions conditions(json["terms"]);
  pack.rules = json["rules"].size();
  pack.facts.resize(kFirstRule);
  std::vector<Value> always, stops, outside;
  std::vector<std::pair<int, Value>> demands;
  for (const Json& rule : json["rules"]) {
    Fact fact{"rules", rule["id"], conditions.read(rule["when"])};
    fact.is.values = {"no", "holds"};
    const bool is_continue = rule["kind"] == "continue";
    const Json level = is_continue ? request.value("current_level", Json()) : rule.value("level", Json());
    if (is_continue && level.is_null()) fact.is = {at_least(1, {}), {"not_evaluated"}};
    if (!level.is_null()) demands.emplace_back(fact.demand = place_of(pack.levels, level), fact.is.value);
    if (rule["kind"] == "out_of_scope") outside.push_back(fact.is.value);
    const bool is_stop = rule["kind"] == "alert" && rule["urgency"] == "stop";
    if (is_stop && handled.count(fact.id) == 0) stops.push_back(fact.is.value);
    pack.facts.push_back(fact);
  }
  for (const auto& [list, key] : {std::pair{"services", "service"}, std::pair{"capabilities", "capability"}}) {
    for (const Json& target : json[list]) {
      Fact fact{list, target["id"], {{}, {"no", "yes", "avoid"}}};
      std::vector<Value> wanted, avoided;
      for (std::size_t i = 0; i < json["rules"].size(); ++i) {
        const Json& rule = json["rules"][i];
        if (rule.value(key, "") != fact.id) continue;
        const Variable& when = pack.facts[kFirstRule + i].is;
        (rule["kind"] == "avoid" ? avoided : wanted).push_back(when.value);
        fact.is.reads.insert(when.reads.begin(), when.reads.end());
      }
      fact.is.value = [yes = at_least(1, wanted), avoid = at_least(1, avoided)](const Point& point) {
        return avoid(point) != 0 ? 2 : yes(point);
      };
      pack.facts.push_back(fact);
    }
  }
  for (const Json& need : json["must_know"]) {
    pack.facts.push_back({"must_know", need["field"], conditions.read(need.value("when", "true"))});
    pack.facts.back().is.reads.insert(need["field"].get<std::string>());
  }
  for (const Json& constraint : json["constraints"]) {
    pack.facts.push_back({"constraints", constraint["id"], conditions.read(constraint["always"])});
    always.push_back(pack.facts.back().is.value);
  }
  pack.facts[kConsistent].is.value = at_least(always.size(), always);
  pack.facts[kStop].is.value = at_least(1, stops);
  pack.facts[kOutOfScope].is.value = at_least(1, outside);
  pack.facts[kLevel].is.value = [demands](const Point& point) {
    int highest = 0;
    for (const auto& [level, rule] : demands)
      if (level > highest && rule(point) != 0) highest = level;
    return highest;
  };
  for (std::size_t field = 0; field < fields().size(); ++field) {
    const std::string& id = fields()[field].id;
    const auto reads = [&](const Fact& fact) { return fact.is.reads.count(id) != 0; };
    if (std::none_of(pack.facts.begin(), pack.facts.end(), reads)) continue;
    for (std::size_t i = kFirstRule; i < pack.facts.size(); ++i)
      if (pack.facts[i].list == "must_know" && pack.facts[i].id == id)
        pack.must_know.emplace_back(i, pack.reads.size());
    pack.reads.push_back({id, field, fields()[field].values});
  }
  return pack;
}

}  // namespace oracle
