#include "engine/compile.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "engine/priors.hpp"

namespace placement::engine {
namespace {

using masks::Formula;
using masks::ValueBox;

Formula::Kind kind_of(pack::Node::Kind kind) {
  switch (kind) {
    case pack::Node::Kind::is_in:
      return Formula::Kind::literal;
    case pack::Node::Kind::negation:
      return Formula::Kind::negation;
    case pack::Node::Kind::any_of:
    case pack::Node::Kind::never:
      return Formula::Kind::any_of;
    case pack::Node::Kind::at_least:
      return Formula::Kind::at_least;
    default:
      return Formula::Kind::all_of;
  }
}

// Rules in the order of their boxes: by kind, demands first, then by what they speak of; file order within.
std::vector<std::size_t> box_order(const PackContent& content) {
  std::vector<std::size_t> order(content.rules.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Rule& x = content.rules[a];
    const Rule& y = content.rules[b];
    return x.kind != y.kind ? x.kind < y.kind : x.target < y.target;
  });
  return order;
}

class Builder {
 public:
  explicit Builder(const pack::CheckedPack& pack) : pack_(pack), domains_(domains()) {}

  std::vector<ValueBox> boxes;
  std::vector<Fault> faults;

  BoxRange add(const pack::Node& condition, bool negated, const std::string& where) {
    const auto begin = static_cast<std::uint16_t>(boxes.size());
    Result<std::vector<ValueBox>> found = masks::boxes_of(formula_of(condition, pack_.terms), negated, domains_);
    if (!found.has_value()) {
      faults.push_back({where, found.error().message});
      return {begin, begin};
    }
    if (boxes.size() + found->size() > masks::kMaxBoxes) {
      if (!is_full_)
        faults.push_back(
            {where, "more than " + std::to_string(masks::kMaxBoxes) + " alternatives in the whole pack, from here on"});
      is_full_ = true;
      return {begin, begin};
    }
    boxes.insert(boxes.end(), found->begin(), found->end());
    return {begin, static_cast<std::uint16_t>(boxes.size())};
  }

 private:
  const pack::CheckedPack& pack_;
  std::vector<masks::Values> domains_;
  bool is_full_ = false;
};

// Takes columns into a group while the combinations of their codes stay few, and makes the group's rows.
void lay_out_scoring(Compiled& c) {
  constexpr std::size_t kMaxCombinations = 64;
  const auto columns = c.masks.read_columns();
  const std::size_t words = c.masks.words();
  for (std::size_t begin = 0; begin < columns.size();) {
    std::size_t end = begin, combinations = 1;
    while (end < columns.size() && (end == begin || combinations * c.masks.codes(columns[end]) <= kMaxCombinations)) {
      const FieldSpec& field = spec(static_cast<Field>(columns[end]));
      c.score_columns.push_back({static_cast<std::uint8_t>(columns[end]), static_cast<std::uint8_t>(field.high),
                                 static_cast<std::uint16_t>(combinations),
                                 static_cast<std::uint16_t>(c.score_offsets.size())});
      for (int v = 0; v <= field.high; ++v)
        c.score_offsets.push_back(
            static_cast<std::uint16_t>(combinations * c.masks.code_of(columns[end], static_cast<std::size_t>(v))));
      combinations *= c.masks.codes(columns[end]);
      ++end;
    }
    c.score_groups.push_back(
        {static_cast<std::uint16_t>(end), static_cast<std::uint16_t>(c.score_rows.size() / words)});
    for (std::size_t combination = 0; combination < combinations; ++combination)
      for (std::size_t w = 0; w < words; ++w) {
        std::uint64_t bits = ~std::uint64_t{0};
        std::size_t rest = combination;
        for (std::size_t i = begin; i < end; ++i) {
          bits &= c.masks.row(columns[i], rest % c.masks.codes(columns[i]))[w];
          rest /= c.masks.codes(columns[i]);
        }
        c.score_rows.push_back(bits);
      }
    begin = end;
  }
}

// Ranges that follow each other become one.
void join(BoxRange& range, BoxRange next) {
  if (range.empty())
    range = next;
  else
    range.end = next.end;
}

void find_deciding_columns(Compiled& c) {
  masks::ColumnBits columns;
  for (const auto* bits : {&c.forbidden, &c.held_rules})
    masks::for_each_bit(*bits, [&](std::size_t box) {
      for (const masks::Literal& l : c.masks.literals(box)) columns.insert(l.column);
    });
  columns.for_each([&](std::size_t column) { c.deciding_columns.push_back(column); });
}

void set_bits(std::vector<std::uint64_t>& bits, BoxRange range) {
  for (std::size_t b = range.begin; b < range.end; ++b) bits[b / 64] |= std::uint64_t{1} << (b % 64);
}

}  // namespace

Formula formula_of(const pack::Node& node, std::span<const pack::ParsedTerm> terms) {
  if (node.kind == pack::Node::Kind::term) return formula_of(terms[node.index].when, terms);
  Formula formula;
  formula.kind = kind_of(node.kind);
  formula.text = node.text;
  formula.count = node.count;
  if (node.kind == pack::Node::Kind::is_in)
    formula.literal = {static_cast<std::size_t>(node.field), values_of(node.values)};
  for (const pack::Node& child : node.children) formula.children.push_back(formula_of(child, terms));
  return formula;
}

masks::Values values_of(const ValueSet& set) {
  masks::Values values;
  for (int v = set.lowest(); v >= 0 && v <= set.highest(); ++v)
    if (set.contains(v)) values.set(static_cast<std::size_t>(v));
  return values;
}

std::vector<masks::Values> domains() {
  std::vector<masks::Values> all;
  for (const FieldSpec& f : fields()) all.push_back(values_of(ValueSet::all(f.field)));
  return all;
}

masks::Region region_of(const Assessment& assessment, const masks::Masks& masks) {
  masks::Region region = masks.everything();
  const auto known = assessment.known().bytes();
  for (const std::size_t column : masks.read_columns())
    if (known[column] != kUnknown) region[column] = masks::Codes{1} << masks.code_of(column, known[column]);
  for (const auto& [field, values] : assessment.partly_known()) {
    const auto column = static_cast<std::size_t>(field);
    region[column] = 0;
    for (int v = values.lowest(); v <= values.highest(); ++v)
      if (values.contains(v)) region[column] |= masks::Codes{1} << masks.code_of(column, static_cast<std::size_t>(v));
  }
  return region;
}

ValueSet values_of(Field field, masks::Codes codes, const masks::Masks& masks) {
  ValueSet set;
  for (int v = 0; v <= spec(field).high; ++v)
    if ((codes >> masks.code_of(static_cast<std::size_t>(field), static_cast<std::size_t>(v)) & 1U) != 0) set.insert(v);
  return set;
}

Result<std::shared_ptr<const Compiled>> compile(RulePack pack, EngineOptions options) {
  const pack::CheckedPack& checked = pack.checked();
  const PackContent& content = checked.content;
  Builder builder(checked);
  std::vector<BoxRange> rules(content.rules.size());
  std::vector<BoxRange> capabilities(content.capabilities.size());
  std::vector<BoxRange> offers(content.services.size()), avoids(content.services.size());
  std::vector<std::uint16_t> level_of_box;
  for (const std::size_t rule : box_order(content)) {
    rules[rule] = builder.add(checked.rules[rule], false, "/rules/" + std::to_string(rule) + "/when");
    const Rule& r = content.rules[rule];
    if (r.kind == RuleKind::capability) join(capabilities[r.target], rules[rule]);
    if (r.kind == RuleKind::offer) join(offers[r.target], rules[rule]);
    if (r.kind == RuleKind::avoid) join(avoids[r.target], rules[rule]);
    if (r.kind == RuleKind::require)
      level_of_box.resize(builder.boxes.size(), static_cast<std::uint16_t>(content.rules[rule].target));
  }
  BoxRange violations{static_cast<std::uint16_t>(builder.boxes.size()), 0};
  for (std::size_t i = 0; i < checked.constraints.size(); ++i)
    builder.add(checked.constraints[i], true, "/constraints/" + std::to_string(i) + "/always");
  violations.end = static_cast<std::uint16_t>(builder.boxes.size());
  std::vector<BoxRange> must_know;
  for (std::size_t i = 0; i < checked.must_know.size(); ++i)
    must_know.push_back(builder.add(checked.must_know[i], false, "/must_know/" + std::to_string(i) + "/when"));
  if (!builder.faults.empty()) return Error::of(ErrorCode::limit, std::move(builder.faults));

  Result<masks::Masks> masks = masks::Masks::make(domains(), std::move(builder.boxes));
  if (!masks.has_value()) {
    const std::string name(spec(static_cast<Field>(std::stoi(masks.error().where))).name);
    return Error::of(ErrorCode::limit, {{"", "`" + name + "`: " + masks.error().message}});
  }

  auto compiled = std::make_shared<Compiled>(Compiled{std::move(pack),
                                                      options,
                                                      std::move(masks).value(),
                                                      std::move(rules),
                                                      std::move(capabilities),
                                                      std::move(offers),
                                                      std::move(avoids),
                                                      violations,
                                                      {},
                                                      std::move(must_know),
                                                      {},
                                                      std::move(level_of_box),
                                                      {},
                                                      {},
                                                      {},
                                                      {},
                                                      {},
                                                      {},
                                                      {},
                                                      {},
                                                      {}});
  const std::size_t words = compiled->masks.words();
  for (auto* bits : {&compiled->stops, &compiled->scope, &compiled->forbidden, &compiled->held_rules})
    bits->assign(words, 0);
  set_bits(compiled->forbidden, violations);
  const std::size_t rule_words = (compiled->rules.size() + 63) / 64;
  compiled->rule_bits.assign(violations.begin * rule_words, 0);
  for (std::size_t rule = 0; rule < compiled->rules.size(); ++rule) {
    const Rule& r = compiled->pack.content().rules[rule];
    if (r.kind != RuleKind::continued_stay) {
      set_bits(compiled->held_rules, compiled->rules[rule]);
      for (std::size_t box = compiled->rules[rule].begin; box < compiled->rules[rule].end; ++box)
        compiled->rule_bits[box * rule_words + rule / 64] |= std::uint64_t{1} << (rule % 64);
    }
    if (r.kind == RuleKind::out_of_scope) set_bits(compiled->scope, compiled->rules[rule]);
    if (r.kind == RuleKind::alert && r.urgency == Urgency::stop) set_bits(compiled->stops, compiled->rules[rule]);
  }
  find_deciding_columns(*compiled);
  compiled->priors = priors(compiled->pack.content());
  lay_out_scoring(*compiled);
  compiled->ranges = ranges_of(compiled->pack.checked(), compiled->masks);
  return std::shared_ptr<const Compiled>(std::move(compiled));
}

}  // namespace placement::engine
