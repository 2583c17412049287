// A mapping from JSON: reading is checking, and every fault is reported at once. What could go wrong in a row because
// the mapping is wrong (a code without an answer, a number no field can hold) is found here instead.
#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "batch/mapping.hpp"
#include "io/digest.hpp"
#include "io/json_text.hpp"
#include "io/mapping_columns.hpp"
#include "io/object_reader.hpp"

namespace placement {
namespace {

using batch::CellNumber;
using batch::Claim;
using batch::CodedColumn;
using batch::ColumnKind;
using batch::Condition;
using io::Json;
using io::kMostNumber;
using io::ObjectReader;

constexpr std::size_t kMostLabels = 254;  // one value of 255 means: none of the labels
constexpr std::array<std::string_view, 3> kRoundings{"down", "up", "half_up"};
constexpr std::array<std::string_view, 4> kClaimKinds{"constant", "codes", "linear", "cases"};

bool is_lower_id(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 40 && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

class MappingReader {
 public:
  explicit MappingReader(std::vector<Fault>& faults) : faults_(faults), columns_(mapping_, faults) {}

  batch::CheckedMapping read(const Json& tree) {
    ObjectReader o(tree, "", faults_);
    MappingContent& content = mapping_.content;
    o.whole("format", kMappingFormat, kMappingFormat);
    content.id = id_text(o, "id");
    content.version = o.version("version");
    content.title = o.text("title");
    content.about = o.text("about");
    content.sources = o.texts("sources");
    content.loses = o.texts("loses");
    columns_.read(o);
    if (o.given("row_id") != nullptr) mapping_.content.id_column = columns_.at(o, "row_id", ColumnKind::text);
    each_member(o, "answers", [&](const std::string& key, ObjectReader& item) { read_answer(key, item); });
    if (const Json* observed = o.given("observed"); observed != nullptr) read_observed(*observed);
    each_member(o, "outcomes", [&](const std::string& key, ObjectReader& item) { read_outcome(key, item); });
    each_member(o, "subgroups", [&](const std::string& key, ObjectReader& item) { read_subgroup(key, item); });
    columns_.report_unused();
    return std::move(mapping_);
  }

 private:
  /// Reads an answer of a claim; an empty set, and a fault, where it is none.
  using AnswerReader = std::function<ValueSet(const Json&, const std::string&)>;

  std::string id_text(ObjectReader& o, std::string_view key) {
    std::string id = o.text(key);
    if (!id.empty() && !is_lower_id(id))
      o.fault(key, "expected an id: a small letter, then small letters, digits, _ or -, at most 40");
    return id;
  }

  // Members of an object whose keys are ids.
  void each_member(ObjectReader& o, std::string_view key,
                   const std::function<void(const std::string&, ObjectReader&)>& read) {
    const Json* tree = o.required(key);
    if (tree == nullptr) return;
    if (!tree->is_object()) return o.fault(key, "wrong type: expected an object");
    const std::string pointer = io::pointer_to(o.pointer(), key);
    for (const auto& [name, value] : tree->items()) {
      const std::string place = io::pointer_to(pointer, name);
      if (!is_lower_id(name))
        faults_.push_back({place, "expected an id: a small letter, then small letters, digits, _ or -, at most 40"});
      ObjectReader item(value, place, faults_);
      if (value.is_object()) read(name, item);
    }
  }

  // --- claims ------------------------------------------------------------------------------------------------------

  Claim read_claim(ObjectReader& o, const AnswerReader& answer, const FieldSpec* field) {
    Claim claim;
    const auto kinds = std::count_if(kClaimKinds.begin(), kClaimKinds.end(), [&](auto kind) { return o.has(kind); });
    if (kinds != 1) o.fault("", "expected exactly one of `constant`, `codes`, `linear`, `cases`");
    if (const Json* constant = o.optional("constant"); constant != nullptr) {
      claim.kind = Claim::Kind::constant;
      claim.values = answer(*constant, o.pointer() + "/constant");
    }
    if (o.has("codes")) {
      claim.kind = Claim::Kind::recode;
      each_code(o, claim.column, [&](std::size_t, const Json& value, const std::string& pointer) {
        claim.by_code.push_back(answer(value, pointer));
      });
    }
    if (const Json* linear = o.optional("linear"); linear != nullptr) {
      claim.kind = Claim::Kind::linear;
      read_linear(o, *linear, claim, field);
    }
    if (o.has("cases")) {
      claim.kind = Claim::Kind::cases;
      o.objects("cases", [&](ObjectReader& one) {
        Claim::Case read;
        if (const Json* when = one.required("when"); when != nullptr)
          read.when = read_condition(*when, one.pointer() + "/when");
        if (const Json* value = one.required("answer"); value != nullptr)
          read.values = answer(*value, one.pointer() + "/answer");
        claim.cases.push_back(std::move(read));
      });
      if (claim.cases.empty()) o.fault("cases", "expected at least one case");
      if (const Json* otherwise = o.required("otherwise"); otherwise != nullptr)
        claim.values = answer(*otherwise, o.pointer() + "/otherwise");
    }
    return claim;
  }

  // Every code of a column, in the column's order, whatever the order of the keys: one that has no answer is a fault.
  void each_code(ObjectReader& o, std::size_t& column,
                 const std::function<void(std::size_t, const Json&, const std::string&)>& read) {
    const std::optional<std::size_t> found = columns_.at(o, "column", ColumnKind::codes);
    const Json& codes = *o.optional("codes");
    const std::string pointer = o.pointer() + "/codes";
    if (!codes.is_object()) return o.fault("codes", "wrong type: expected an object of codes and answers");
    if (!found) return;
    column = *found;
    const std::vector<std::string>& known = mapping_.columns[column].codes;
    for (const auto& [code, value] : codes.items())
      if (std::find(known.begin(), known.end(), code) == known.end())
        static_cast<void>(
            io::read_name(Json(code), io::pointer_to(pointer, code), {known.begin(), known.end()}, faults_));
    for (std::size_t i = 0; i < known.size(); ++i) {
      const auto value = codes.find(known[i]);
      if (value == codes.end())
        faults_.push_back({pointer, "every code of the column must stand here: `" + known[i] + "` is missing"});
      else
        read(i, *value, io::pointer_to(pointer, known[i]));
    }
  }

  void read_linear(ObjectReader& o, const Json& tree, Claim& claim, const FieldSpec* field) {
    const std::optional<std::size_t> column = columns_.at(o, "column", ColumnKind::number);
    ObjectReader linear(tree, o.pointer() + "/linear", faults_);
    const std::size_t before = faults_.size();
    claim.linear.times = linear.whole("times", -kMostNumber, kMostNumber);
    claim.linear.over = linear.whole("over", 1, kMostNumber);
    claim.linear.plus = linear.whole("plus", -kMostNumber, kMostNumber);
    claim.linear.rounding =
        static_cast<batch::Rounding>(linear.one_of("round", {kRoundings.begin(), kRoundings.end()}));
    if (linear.optional("less") != nullptr) claim.linear.less = linear.whole("less", 0, kUnknown);
    if (linear.optional("more") != nullptr) claim.linear.more = linear.whole("more", 0, kUnknown);
    if (faults_.size() > before || !column) return;
    if (field == nullptr || field->kind != FieldKind::count)
      return o.fault("linear", "only a field that is a count can be scaled from a number");
    claim.column = *column;
    const CodedColumn& source = mapping_.columns[*column];
    claim.decimals = source.decimals;
    claim.linear.highest = field->high;
    CellNumber low = scaled(claim.linear, source.from, source.decimals);
    CellNumber high = scaled(claim.linear, source.to, source.decimals);
    if (low > high) std::swap(low, high);
    if (low < 0 || (high > field->high && !field->top_coded))
      o.fault("linear", "the column's range becomes " + std::to_string(low) + " to " + std::to_string(high) +
                            ", outside of the field's: expected 0 to " + std::to_string(field->high));
  }

  Condition read_condition(const Json& tree, const std::string& pointer) {
    constexpr std::array<std::string_view, 5> kForms{"column", "any_column", "every_column", "any_of", "all_of"};
    ObjectReader o(tree, pointer, faults_);
    Condition condition;
    if (!tree.is_object()) return condition;
    if (std::count_if(kForms.begin(), kForms.end(), [&](auto form) { return o.has(form); }) != 1)
      o.fault("", "expected exactly one of `column`, `any_column`, `every_column`, `any_of`, `all_of`");
    for (const std::string_view form : {"any_of", "all_of"}) {
      const Json* parts = o.optional(form);
      if (parts == nullptr) continue;
      condition.kind = form == "any_of" ? Condition::Kind::any_of : Condition::Kind::all_of;
      o.elements(parts, form, [&](const Json& part, const std::string& place) {
        condition.parts.push_back(read_condition(part, place));
      });
      if (condition.parts.empty()) o.fault(form, "expected at least one condition");
    }
    const bool is_test = o.has("column") || o.has("any_column") || o.has("every_column");
    return is_test ? read_test(o) : condition;
  }

  // What one column, any or every one of several must be: a list of codes, or a range.
  Condition read_test(ObjectReader& o) {
    const bool is_range = o.has("from") || o.has("to");
    if (is_range == o.has("is")) o.fault("", "expected either `is` or a range with `from`, `to` or both");
    static_cast<void>(o.optional("is"));
    const ColumnKind kind = is_range ? ColumnKind::number : ColumnKind::codes;
    Condition all;
    all.kind = o.has("any_column") ? Condition::Kind::any_of : Condition::Kind::all_of;
    const auto add = [&](const std::optional<std::size_t>& column) {
      if (!column) return;
      all.parts.emplace_back();
      all.parts.back().column = *column;
    };
    if (o.has("column")) add(columns_.at(o, "column", kind));
    for (const std::string_view key : {"any_column", "every_column"}) {
      const Json* names = o.optional(key);
      o.elements(names, key,
                 [&](const Json& name, const std::string& place) { add(columns_.find(name, place, kind)); });
      if (names != nullptr && names->is_array() && names->empty()) o.fault(key, "expected at least one column");
    }
    if (is_range)
      read_limits(o, all);
    else
      read_listed(o, all);
    if (all.parts.size() == 1) return all.parts.front();
    return all;
  }

  void read_limits(ObjectReader& o, Condition& tests) {
    const int from = o.has("from") ? o.whole("from", -kMostNumber, kMostNumber) : -kMostNumber;
    const int to = o.has("to") ? o.whole("to", -kMostNumber, kMostNumber) : kMostNumber;
    if (from > to) o.fault("to", "empty range: `from` is above `to`");
    for (Condition& test : tests.parts) {
      const CellNumber scale = batch::ten_to(mapping_.columns[test.column].decimals);
      test.kind = Condition::Kind::in_range;
      test.from = from * scale;
      test.to = to * scale;
      if (test.to < mapping_.columns[test.column].from || test.from > mapping_.columns[test.column].to)
        o.fault("", "never true: outside of the range of `" + mapping_.content.columns[test.column].name + "`");
    }
  }

  void read_listed(ObjectReader& o, Condition& tests) {
    for (Condition& test : tests.parts) test.kind = Condition::Kind::has_code;
    const Json* listed = o.optional("is");
    if (listed != nullptr && listed->is_array() && listed->empty()) o.fault("is", "expected at least one code");
    o.elements(listed, "is", [&](const Json& code, const std::string& place) {
      if (!code.is_string()) return faults_.push_back({place, "wrong type: expected a code, as a text"});
      for (Condition& test : tests.parts) {
        const std::vector<std::string>& known = mapping_.columns[test.column].codes;
        if (const auto found = io::read_name(code, place, {known.begin(), known.end()}, faults_))
          test.codes.insert(static_cast<int>(*found));
        else
          return;
      }
    });
  }

  // --- items -------------------------------------------------------------------------------------------------------

  batch::Item read_item(ObjectReader& o, const AnswerReader& answer, const FieldSpec* field = nullptr) {
    batch::Item item;
    o.objects("claims", [&](ObjectReader& claim) { item.claims.push_back(read_claim(claim, answer, field)); });
    const Json* claims = o.optional("claims");
    if (claims != nullptr && claims->is_array() && claims->empty()) o.fault("claims", "expected at least one claim");
    if (!faults_.empty()) return item;  // columns may not be what they should be
    std::string names;
    for (const std::size_t c : columns_of(item))
      names += (names.empty() ? "" : ", ") + mapping_.content.columns[c].name;
    item.contradiction = "the columns contradict each other: " + names;
    return item;
  }

  static void add_columns(const Condition& condition, std::set<std::size_t>& columns) {
    if (condition.kind == Condition::Kind::has_code || condition.kind == Condition::Kind::in_range)
      columns.insert(condition.column);
    for (const Condition& part : condition.parts) add_columns(part, columns);
  }

  static std::vector<std::size_t> columns_of(const batch::Item& item) {
    std::set<std::size_t> columns;
    for (const Claim& claim : item.claims) {
      if (claim.kind == Claim::Kind::recode || claim.kind == Claim::Kind::linear) columns.insert(claim.column);
      for (const Claim::Case& one : claim.cases) add_columns(one.when, columns);
    }
    return {columns.begin(), columns.end()};
  }

  void read_answer(const std::string& key, ObjectReader& o) {
    std::vector<std::string_view> names;
    for (const FieldSpec& f : fields()) names.push_back(f.name);
    const std::optional<std::size_t> found = io::read_name(Json(key), o.pointer(), names, faults_);
    const FieldSpec& field = spec(static_cast<Field>(found.value_or(0)));
    const auto answer = [&](const Json& tree, const std::string& pointer) {
      return found ? io::read_answer(field, tree, pointer, faults_) : ValueSet();
    };
    batch::Item item = read_item(o, answer, &field);
    item.all = ValueSet::all(field.field);
    mapping_.content.answers.push_back({field.field, o.text_or("note", ""), columns_of(item)});
    mapping_.answers.push_back(std::move(item));
  }

  void read_observed(const Json& tree) {
    ObjectReader o(tree, "/observed", faults_);
    mapping_.content.observed = o.text("meaning");
    mapping_.content.observed_note = o.text_or("note", "");
    Claim claim;
    claim.kind = Claim::Kind::recode;
    if (o.required("codes") != nullptr)
      each_code(o, claim.column, [&](std::size_t number, const Json& value, const std::string& pointer) {
        claim.by_code.push_back(ValueSet::of(static_cast<int>(number)));
        ObjectReader setting(value, pointer, faults_);
        ObservedSetting read;
        read.code = mapping_.columns[claim.column].codes[number];
        read.name = setting.text("name");
        if (value.is_object() && setting.has("level") == setting.has("excluded"))
          setting.fault("", "expected either `level` or `excluded`");
        if (setting.optional("excluded") != nullptr) read.excluded = setting.text("excluded");
        if (setting.has("level")) {
          read.level = id_text(setting, "level");
          if (setting.optional("capabilities") != nullptr) read.capabilities = setting.texts("capabilities");
        }
        mapping_.content.settings.push_back(std::move(read));
      });
    if (mapping_.content.settings.size() > kMostLabels)
      o.fault("codes", "more than " + std::to_string(kMostLabels) + " settings");
    mapping_.observed = batch::Item{none_of_these(mapping_.content.settings.size()), {std::move(claim)}, ""};
  }

  // Values 0 to n - 1, and n for none of them: so that one label alone is not known by itself.
  static ValueSet none_of_these(std::size_t n) {
    return ValueSet::range(0, static_cast<int>(std::min(n, kMostLabels)));
  }

  void read_outcome(const std::string& key, ObjectReader& o) {
    const auto answer = [&](const Json& tree, const std::string& pointer) {
      if (tree.is_null()) return ValueSet::range(0, 1);
      if (tree.is_boolean()) return ValueSet::of(tree.get<bool>() ? 1 : 0);
      faults_.push_back({pointer, "wrong type: expected true, false, or null for not known"});
      return ValueSet();
    };
    MappedOutcome outcome{key, o.text("definition"), o.text_or("note", "")};
    batch::Item item = read_item(o, answer);
    item.all = ValueSet::range(0, 1);
    mapping_.content.outcomes.push_back(std::move(outcome));
    mapping_.outcomes.push_back(std::move(item));
  }

  void read_subgroup(const std::string& key, ObjectReader& o) {
    MappedSubgroup subgroup{key, o.text("meaning"), o.text_or("note", ""), {}};
    std::vector<std::string>& labels = subgroup.labels;
    const auto answer = [&](const Json& tree, const std::string& pointer) {
      if (tree.is_null()) return none_of_these(kMostLabels);
      const std::string label = io::read_text(tree, pointer, faults_);
      if (label.empty()) return ValueSet();
      const auto found = std::find(labels.begin(), labels.end(), label);
      const auto number = static_cast<std::size_t>(found - labels.begin());
      if (found == labels.end()) labels.push_back(label);
      return ValueSet::of(static_cast<int>(std::min(number, kMostLabels)));
    };
    batch::Item item = read_item(o, answer);
    if (labels.size() > kMostLabels) o.fault("", "more than " + std::to_string(kMostLabels) + " labels");
    item.all = none_of_these(labels.size());
    mapping_.content.subgroups.push_back(std::move(subgroup));
    mapping_.subgroups.push_back(std::move(item));
  }

  std::vector<Fault>& faults_;
  batch::CheckedMapping mapping_;
  io::MappingColumns columns_;
};

}  // namespace

Result<Mapping> read_mapping(std::string_view json) {
  std::vector<Fault> faults;
  Result<Json> tree = io::parse_json(json, io::kMaxAssessmentBytes, faults);
  if (!tree.has_value()) return tree.error();
  if (io::has_fraction(*tree)) faults.push_back({"", "a mapping holds whole numbers only"});
  auto mapping = std::make_shared<batch::CheckedMapping>(MappingReader(faults).read(*tree));
  if (!faults.empty()) return Error::of(ErrorCode::bad_pack, std::move(faults));
  mapping->digest = io::sha256(io::canonical(*tree));
  return Mapping(std::move(mapping));
}

}  // namespace placement
