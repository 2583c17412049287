// What the oracle reads: fields, answers, conditions and packs, docs/semantics.md, sections 1 to 4, on complete
// assessments only, where every condition is yes or no. Serves tests only and shares no code with src/ (fields.def is
// data).
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace oracle {

using Json = nlohmann::json;
using Names = std::vector<std::string>;
using Point = std::vector<int>;                  // a value for each field of fields.def
using Value = std::function<int(const Point&)>;  // of anything that follows from a point; conditions: 0 or 1

struct Field {
  std::string id;
  Names values;             // of counts their numbers, of flags false and true
  std::string worse, care;  // higher, lower, none; modifiable, fixed
  bool is_category = false;
};
/// All fields in field order.
const std::vector<Field>& fields();
/// The place of a value given by its name, number or truth. A number above a top-coded range is the end of the range.
int place_of(const Names& values, const Json& value);
/// The values that an answer as written in JSON leaves, ascending.
std::vector<int> values_of(const Names& values, const Json& answer);

/// Yes where at least so many of the conditions are.
Value at_least(std::size_t least, const std::vector<Value>& conditions);

struct Variable {  // a field, a term or a condition
  Value value;
  Names values = {"false", "true"};
  std::set<std::string> reads = {};        // fields, through terms too
  std::vector<Variable> comparisons = {};  // of the condition, terms expanded
};

class Conditions {
 public:
  explicit Conditions(Json terms);
  /// What a valid condition means.
  Variable read(const std::string& condition);
  /// The field or term of that name, or nullptr.
  const Variable* find(const std::string& name);

 private:
  Json terms_;
  std::map<std::string, Variable> variables_;  // all fields, and the terms met so far
};

constexpr int kOpen = -1;
enum : std::size_t { kConsistent, kStop, kOutOfScope, kLevel, kFirstRule };  // the first facts of every pack

struct Fact {        // what a complete assessment settles
  std::string list;  // rules, services, capabilities, must_know, constraints
  std::string id;    // of must_know entries the field
  Variable is;
  int demand = kOpen;  // the level that a rule demands where it holds

  std::string state(int value) const { return value == kOpen ? "open" : is.values[static_cast<std::size_t>(value)]; }
};

struct Read {  // a field that the pack reads
  std::string id;
  std::size_t field;  // its place in fields()
  Names values;
};

/// A pack and a request as what they say of complete assessments: docs/semantics.md, section 4.
struct Pack {
  Names levels;             // by intensity
  std::vector<Fact> facts;  // from kFirstRule on the rules in pack order, then the rest
  std::size_t rules = 0;    // how many
  std::vector<Read> reads;  // in field order
  std::vector<std::pair<std::size_t, std::size_t>> must_know;  // a fact, and which of the fields read it wants
};
Pack read_pack(const Json& pack, const Json& request);

}  // namespace oracle
