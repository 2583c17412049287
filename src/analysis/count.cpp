// How many assessments have which outcome, and how often each rule holds or decides alone: one diagram (masks/count)
// of everything by outcome, and a small one for each rule. The condition asked about is one more thing to be excluded:
// what does not fulfil it. Tested against enumeration in tests/oracle, and by adding up in tests/unit/analysis.
#include <algorithm>
#include <numeric>

#include "analysis/prover.hpp"
#include "analysis/tally.hpp"
#include "pack/condition.hpp"

namespace placement {
namespace analysis {
namespace {

using engine::Boxes;
using engine::BoxRange;
using masks::Diagram;
using masks::Masks;
using masks::RankedBox;

std::vector<RankedBox> ranked(const Boxes& boxes) {
  std::vector<RankedBox> all;
  for (const std::uint16_t box : boxes) all.push_back({box, 1});
  return all;
}

class Counter {
 public:
  Counter(const engine::Compiled& compiled, const Masks& masks, Boxes excluded, std::uint64_t steps)
      : compiled_(compiled),
        content_(compiled.pack.content()),
        masks_(masks),
        excluded_(std::move(excluded)),
        demands_(engine::demands_of(compiled, std::nullopt, {})),
        tallier_(content_, masks),
        search_(masks, steps) {}

  // Nothing: out of steps.
  std::optional<PackCounts> run() {
    const std::size_t levels = content_.levels.size();
    const std::vector<Tally> outcomes = tallies(demands_.ranked, levels + 1, excluded_);
    const Tally whole =
        std::accumulate(outcomes.begin(), outcomes.end(), Tally(), [](Tally sum, const Tally& t) { return sum += t; });
    PackCounts counts;
    counts.consistent = tallier_.portion(whole, whole);
    for (std::size_t level = 0; level < levels; ++level)
      counts.levels.push_back(tallier_.portion(outcomes[level], whole));
    counts.out_of_scope = tallier_.portion(outcomes[levels], whole);
    Boxes scope = excluded_, stops;
    for (const BoxRange range : demands_.scope) append(range, scope);
    for (const BoxRange range : demands_.stops) append(range, stops);
    counts.stopped = tallier_.portion(tallies(ranked(stops), 2, scope)[1], whole);
    for (std::size_t rule = 0; rule < content_.rules.size(); ++rule)
      counts.rules.push_back(of_rule(rule, scope, whole));
    return search_.ran_out() ? std::nullopt : std::optional(std::move(counts));
  }

 private:
  std::vector<Tally> tallies(const std::vector<RankedBox>& boxes, std::size_t ranks, const Boxes& excluded) {
    const masks::Axis axis{boxes, ranks};
    const std::optional<Diagram> diagram = Diagram::make(masks_.everything(), {&axis, 1}, excluded, search_);
    return diagram ? tallier_.of(*diagram) : std::vector<Tally>(ranks);
  }

  PackCounts::OfRule of_rule(std::size_t rule, const Boxes& outside_scope, const Tally& whole) {
    const RuleKind kind = content_.rules[rule].kind;
    if (kind == RuleKind::continued_stay) return {};
    const Boxes own = list_of(compiled_.rules[rule]);
    PackCounts::OfRule counts;
    counts.holds = tallier_.portion(tallies(ranked(own), 2, excluded_)[1], whole);
    if (kind != RuleKind::require) return counts;
    Boxes excluded = outside_scope;
    for (std::size_t other = 0; other < content_.rules.size(); ++other)
      if (other != rule && content_.rules[other].kind == RuleKind::require &&
          content_.rules[other].target >= content_.rules[rule].target)
        append(compiled_.rules[other], excluded);
    counts.alone = tallier_.portion(tallies(ranked(own), 2, excluded)[1], whole);
    return counts;
  }

  const engine::Compiled& compiled_;
  const PackContent& content_;
  const Masks& masks_;
  Boxes excluded_;
  engine::Demands demands_;
  Tallier tallier_;
  masks::Search search_;
};

// The boxes of what does not fulfil `given`.
Result<std::vector<masks::ValueBox>> outside_of(const engine::Compiled& compiled, std::string_view given) {
  if (given.empty()) return std::vector<masks::ValueBox>{};
  const pack::CheckedPack& checked = compiled.pack.checked();
  const Result<pack::Node> node = pack::parse_condition(given, {&checked.content, checked.terms, false});
  if (!node.has_value()) return Error::of(ErrorCode::bad_request, {{"", node.error().message}});
  Result<std::vector<masks::ValueBox>> boxes =
      masks::boxes_of(engine::formula_of(*node, checked.terms), true, compiled.masks.domains());
  if (!boxes.has_value()) return Error::of(ErrorCode::limit, {{"", boxes.error().message}});
  return boxes;
}

}  // namespace
}  // namespace analysis

Result<PackCounts> count_assessments(const Engine& engine, std::string_view given, std::uint64_t step_budget) {
  const engine::Compiled& compiled = engine.compiled();
  const Result<std::vector<masks::ValueBox>> outside = analysis::outside_of(compiled, given);
  if (!outside.has_value()) return outside.error();
  std::vector<masks::ValueBox> boxes = compiled.masks.value_boxes();
  engine::Boxes excluded = analysis::forbidden(compiled);
  for (const masks::ValueBox& box : *outside) {
    excluded.push_back(static_cast<std::uint16_t>(boxes.size()));
    boxes.push_back(box);
  }
  const Result<masks::Masks> masks = masks::Masks::make(compiled.masks.domains(), std::move(boxes));
  if (!masks.has_value()) return Error::of(ErrorCode::limit, {{"", masks.error().message}});
  std::optional<PackCounts> counts = analysis::Counter(compiled, *masks, std::move(excluded), step_budget).run();
  if (!counts) return Error::of(ErrorCode::limit, {{"", "counting would take more steps than it was given"}});
  if (counts->consistent.count == "0")
    return Error::of(ErrorCode::bad_request, {{"", "no consistent assessment fulfils the condition"}});
  counts->given = given;
  return std::move(*counts);
}

}  // namespace placement
