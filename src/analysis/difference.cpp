// What changes from one pack to another: a diagram with two axes of ranks (outcome before, outcome after) gives the
// table of moves; one small diagram for each alert, capability and service gives its changes. Whether any of several
// things changes is counted by what does not: the boxes of all their changes are excluded. Tested against enumeration
// in tests/unit/analysis/difference_test.cpp.
#include "analysis/difference.hpp"

#include <algorithm>

namespace placement {
namespace analysis {

using engine::Boxes;
using engine::BoxRange;
using masks::Diagram;
using masks::Formula;
using masks::RankedBox;

Boxes Side::boxes(BoxRange range) const {
  Boxes all;
  for (std::uint16_t box = range.begin; box < range.end; ++box) all.push_back(static_cast<std::uint16_t>(box + offset));
  return all;
}

Boxes Side::above(std::size_t outcome) const {
  Boxes all;
  for (std::size_t o = outcome + 1; o < of_outcome.size(); ++o)
    all.insert(all.end(), of_outcome[o].begin(), of_outcome[o].end());
  return all;
}

std::optional<std::vector<Tally>> table_of(const Joint& joint, const masks::Region& region, const Tallier& tallier,
                                           const Boxes& excluded, masks::Search& search) {
  std::array<std::vector<RankedBox>, 2> ranked;
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t o = joint.sides[s].outcomes(); o-- > 1;)
      for (const std::uint16_t box : joint.sides[s].of_outcome[o])
        ranked[s].push_back({box, static_cast<std::uint16_t>(o)});
  const std::array<masks::Axis, 2> axes{
      {{ranked[0], joint.sides[0].outcomes()}, {ranked[1], joint.sides[1].outcomes()}}};
  const std::optional<Diagram> diagram = Diagram::make(region, axes, excluded, search);
  if (!diagram) return std::nullopt;
  return tallier.of(*diagram);
}

namespace {

std::vector<std::string> outcome_names(const PackContent& content) {
  std::vector<std::string> names;
  for (const CareLevel& level : content.levels) names.push_back(level.id);
  names.emplace_back("out_of_scope");
  names.emplace_back("inconsistent");
  return names;
}

Side side_of(const engine::Compiled& compiled, std::uint16_t offset) {
  const engine::Demands demands = engine::demands_of(compiled, std::nullopt, {});
  Side side{&compiled, offset, {}, outcome_names(compiled.pack.content())};
  const auto add = [&](const std::vector<BoxRange>& ranges) {
    Boxes all;
    for (const BoxRange range : ranges)
      for (const std::uint16_t box : side.boxes(range)) all.push_back(box);
    side.of_outcome.push_back(std::move(all));
  };
  for (const std::vector<BoxRange>& level : demands.of_level) add(level);
  add(demands.scope);
  add({compiled.violations});
  return side;
}

// Something with a state in each pack: what gives it `yes`, and what overrides that with `avoid`.
struct Subject {
  std::string kind, id;
  std::array<std::vector<std::size_t>, 2> yes, avoid;  // rules, by side
};

Formula any_of(std::vector<Formula> children) {
  Formula formula;
  formula.kind = Formula::Kind::any_of;
  formula.children = std::move(children);
  return formula;
}

Formula all_of(std::vector<Formula> children) {
  Formula formula = any_of(std::move(children));
  formula.kind = Formula::Kind::all_of;
  return formula;
}

Formula negation(const Formula& of) {
  Formula formula = any_of({of});
  formula.kind = Formula::Kind::negation;
  return formula;
}

Formula one_only(const Formula& a, const Formula& b) {
  return any_of({all_of({a, negation(b)}), all_of({negation(a), b})});
}

class Comparer {
 public:
  Comparer(const Engine& before, const Engine& after, ComparisonLimits limits)
      : packs_{before.pack(), after.pack()}, limits_(limits), difference_(before.pack(), after.pack()) {
    const std::array<const engine::Compiled*, 2> compiled{&before.compiled(), &after.compiled()};
    for (std::size_t s = 0; s < 2; ++s) {
      const std::vector<masks::ValueBox>& boxes = compiled[s]->masks.value_boxes();
      joint_.sides[s] = side_of(*compiled[s], static_cast<std::uint16_t>(joint_.boxes.size()));
      joint_.boxes.insert(joint_.boxes.end(), boxes.begin(), boxes.end());
    }
    difference_.outcomes_before = joint_.sides[0].names;
    difference_.outcomes_after = joint_.sides[1].names;
  }

  Result<PackDifference> run() {
    const Result<masks::Masks> masks = masks::Masks::make(engine::domains(), joint_.boxes);
    if (!masks.has_value()) return Error::of(ErrorCode::limit, {{"", masks.error().message}});
    const Tallier tallier(packs_[1].content(), *masks);
    masks::Search search(*masks, limits_.step_budget);
    const std::optional<std::vector<Tally>> table = table_of(joint_, masks->everything(), tallier, {}, search);
    if (!table) return out_of_steps();
    count_moves(*table, tallier);
    std::optional<Regions> regions =
        changed_regions(joint_, *masks, packs_[1].content(), limits_.regions, limits_.step_budget, whole_);
    if (!regions) return out_of_steps();
    difference_.regions = std::move(regions->found);
    difference_.elsewhere = tallier.portion(regions->elsewhere, whole_);
    if (!compare_items(*masks, tallier, search)) return out_of_steps();
    list_edits();
    return std::move(difference_);
  }

 private:
  static Error out_of_steps() {
    return Error::of(ErrorCode::limit, {{"", "the comparison would take more steps than it was given"}});
  }

  void count_moves(const std::vector<Tally>& table, const Tallier& tallier) {
    const std::size_t rows = joint_.sides[0].outcomes(), columns = joint_.sides[1].outcomes();
    Tally moved;
    for (std::size_t b = 0; b < rows; ++b)
      for (std::size_t a = 0; a < columns; ++a) {
        if (b == joint_.sides[0].inconsistent() && a == joint_.sides[1].inconsistent()) continue;
        whole_ += table[b + rows * a];
        if (joint_.is_move(b, a)) moved += table[b + rows * a];
      }
    difference_.whole = tallier.portion(whole_, whole_);
    difference_.moved = tallier.portion(moved, whole_);
    for (std::size_t b = 0; b < rows; ++b) {
      difference_.moves.emplace_back();
      for (std::size_t a = 0; a < columns; ++a) {
        const bool in_neither = b == joint_.sides[0].inconsistent() && a == joint_.sides[1].inconsistent();
        difference_.moves.back().push_back(in_neither ? Portion{} : tallier.portion(table[b + rows * a], whole_));
      }
    }
  }

  // Alerts, capabilities and services of either pack, by id.
  [[nodiscard]] std::vector<Subject> subjects() const {
    std::vector<Subject> all;
    const auto at = [&](std::string kind, const std::string& id) -> Subject& {
      const auto known =
          std::find_if(all.begin(), all.end(), [&](const Subject& s) { return s.kind == kind && s.id == id; });
      if (known != all.end()) return *known;
      return all.emplace_back(Subject{std::move(kind), id, {}, {}});
    };
    for (std::size_t s = 0; s < 2; ++s) {
      const PackContent& content = packs_[s].content();
      for (std::size_t r = 0; r < content.rules.size(); ++r) {
        const Rule& rule = content.rules[r];
        if (rule.kind == RuleKind::alert) at("alert", rule.id).yes[s].push_back(r);
        if (rule.kind == RuleKind::capability)
          at("capability", content.capabilities[rule.target].id).yes[s].push_back(r);
        if (rule.kind == RuleKind::offer) at("service", content.services[rule.target].id).yes[s].push_back(r);
        if (rule.kind == RuleKind::avoid) at("service", content.services[rule.target].id).avoid[s].push_back(r);
      }
    }
    return all;
  }

  [[nodiscard]] Formula formula(std::size_t side, const std::vector<std::size_t>& rules) const {
    const pack::CheckedPack& checked = packs_[side].checked();
    std::vector<Formula> parts;
    for (const std::size_t r : rules) parts.push_back(engine::formula_of(checked.rules[r], checked.terms));
    Formula formula = any_of(std::move(parts));
    formula.text = "a change of state";
    return formula;
  }

  [[nodiscard]] std::vector<RankedBox> ranked(const Subject& subject, std::size_t side) const {
    std::vector<RankedBox> all;
    const auto add = [&](const std::vector<std::size_t>& rules, std::uint16_t rank) {
      for (const std::size_t r : rules)
        for (const std::uint16_t box : joint_.sides[side].boxes(joint_.sides[side].compiled->rules[r]))
          all.push_back({box, rank});
    };
    add(subject.avoid[side], 2);
    add(subject.yes[side], 1);
    return all;
  }

  // False: out of steps.
  bool compare_items(const masks::Masks& masks, const Tallier& tallier, masks::Search& search) {
    static constexpr std::array<const char*, 3> kStates{"no", "yes", "avoid"};
    Boxes excluded;
    for (const Side& side : joint_.sides)
      excluded.insert(excluded.end(), side.of_outcome.back().begin(), side.of_outcome.back().end());
    std::vector<Subject> changed;
    for (const Subject& subject : subjects()) {
      const std::array<std::vector<RankedBox>, 2> boxes{ranked(subject, 0), ranked(subject, 1)};
      const std::array<masks::Axis, 2> axes{{{boxes[0], 3}, {boxes[1], 3}}};
      const std::optional<Diagram> diagram = Diagram::make(masks.everything(), axes, excluded, search);
      if (!diagram) return false;
      const std::vector<Tally> table = tallier.of(*diagram);
      PackDifference::Item item{subject.kind, subject.id, {}};
      for (std::size_t b = 0; b < 3; ++b)
        for (std::size_t a = 0; a < 3; ++a)
          if (b != a && table[b + 3 * a].number != 0)
            item.changes.push_back({kStates[b], kStates[a], tallier.portion(table[b + 3 * a], whole_)});
      if (item.changes.empty()) continue;
      difference_.items.push_back(std::move(item));
      changed.push_back(subject);
    }
    for (const char* kind : {"alert", "capability", "service"})
      difference_.items_changed.push_back(any_changed(kind, changed, excluded));
    return true;
  }

  // How many have at least one of these changes: all but those who have none.
  std::optional<Portion> any_changed(std::string_view kind, const std::vector<Subject>& changed, Boxes excluded) {
    std::vector<masks::ValueBox> boxes = joint_.boxes;
    Boxes changes;
    for (const Subject& subject : changed) {
      if (subject.kind != kind) continue;
      const std::array<Formula, 2> yes{formula(0, subject.yes[0]), formula(1, subject.yes[1])};
      const std::array<Formula, 2> avoid{formula(0, subject.avoid[0]), formula(1, subject.avoid[1])};
      const Formula differs = any_of(
          {one_only(avoid[0], avoid[1]), all_of({one_only(yes[0], yes[1]), negation(any_of({avoid[0], avoid[1]}))})});
      const Result<std::vector<masks::ValueBox>> more = masks::boxes_of(differs, false, engine::domains());
      if (!more.has_value()) return std::nullopt;
      for (const masks::ValueBox& box : *more) {
        changes.push_back(static_cast<std::uint16_t>(boxes.size()));
        boxes.push_back(box);
      }
    }
    const Result<masks::Masks> masks = masks::Masks::make(engine::domains(), std::move(boxes));
    if (!masks.has_value()) return std::nullopt;
    std::vector<RankedBox> ranked;
    for (const std::uint16_t box : changes) ranked.push_back({box, 1});
    masks::Search search(*masks, limits_.step_budget);
    const masks::Axis axis{ranked, 2};
    const std::optional<Diagram> diagram = Diagram::make(masks->everything(), {&axis, 1}, excluded, search);
    if (!diagram) return std::nullopt;
    const Tallier tallier(packs_[1].content(), *masks);
    return tallier.portion(tallier.of(*diagram)[1], whole_);
  }

  void list_edits() {
    const PackContent &before = packs_[0].content(), &after = packs_[1].content();
    const auto differ = [&](const Rule& a, const Rule& b) {
      const auto target = [](const PackContent& content, const Rule& rule) -> std::string {
        switch (rule.kind) {
          case RuleKind::require:
            return content.levels[rule.target].id;
          case RuleKind::capability:
            return content.capabilities[rule.target].id;
          case RuleKind::offer:
          case RuleKind::avoid:
            return content.services[rule.target].id;
          default:
            return {};
        }
      };
      return a.kind != b.kind || a.when != b.when || a.urgency != b.urgency || target(before, a) != target(after, b);
    };
    for (const Rule& rule : after.rules)
      if (!before.find_rule(rule.id)) difference_.rules_added.push_back(rule.id);
    for (const Rule& rule : before.rules) {
      const std::optional<std::size_t> now = after.find_rule(rule.id);
      if (!now)
        difference_.rules_removed.push_back(rule.id);
      else if (differ(rule, after.rules[*now]))
        difference_.rules_changed.push_back(rule.id);
    }
  }

  std::array<RulePack, 2> packs_;
  ComparisonLimits limits_;
  PackDifference difference_;
  Joint joint_;
  Tally whole_;
};

}  // namespace
}  // namespace analysis

Result<PackDifference> compare_packs(const Engine& before, const Engine& after, ComparisonLimits limits) {
  return analysis::Comparer(before, after, limits).run();
}

}  // namespace placement
