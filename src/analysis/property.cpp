#include "analysis/property.hpp"

#include <algorithm>

namespace placement::analysis {
namespace {

using masks::Answer;
using masks::ValueBox;
using Verdict = Finding::Verdict;

constexpr int kMaxMinimalCases = 200;

// Nothing is proved whose premise may hold for nobody.
Finding verdict_of(const Found& found, Answer premise) {
  Finding finding;
  finding.verdict = found.answer == Answer::yes                            ? Verdict::refuted
                    : found.answer == Answer::no && premise == Answer::yes ? Verdict::proved
                                                                           : Verdict::not_settled;
  finding.counterexample = found.where;
  return finding;
}

Finding of(Verdict verdict) {
  Finding finding;
  finding.verdict = verdict;
  return finding;
}

std::vector<masks::RankedBox> ranked(engine::BoxRange range, std::uint16_t rank) {
  std::vector<masks::RankedBox> all;
  for (std::uint16_t box = range.begin; box < range.end; ++box) all.push_back({box, rank});
  return all;
}

// Two neighbouring assessments as a finding.
Finding refuted_by(const masks::Search::Pair& pair, std::size_t column, const engine::Compiled& compiled) {
  Finding finding = of(Verdict::refuted);
  masks::Region region = pair.rest;
  region[column] = masks::Codes{1} << pair.high;
  finding.counterexample = assessment_of(region, compiled.masks);
  region[column] = masks::Codes{1} << pair.low;
  finding.counterexample_other = assessment_of(region, compiled.masks);
  return finding;
}

// Asks whether two assessments that differ in one column alone can differ in any of these rankings.
class NeighbourCheck {
 public:
  NeighbourCheck(const engine::Compiled& compiled, Field field, std::uint64_t steps)
      : compiled_(compiled),
        column_(static_cast<std::size_t>(field)),
        excluded_(forbidden_and_out_of_scope(compiled)),
        search_(compiled.masks, steps),
        quiet_(search_.quiet_point(compiled.masks.everything())) {}

  // yes: `finding` is the refutation.
  Answer differ(const std::vector<masks::RankedBox>& boxes, std::span<const masks::Codes> allowed, Finding& finding) {
    masks::Search::Pair pair;
    const Answer answer =
        search_.differ_in(compiled_.masks.everything(), column_, boxes, excluded_, quiet_, pair, allowed);
    if (answer == Answer::yes) finding = refuted_by(pair, column_, compiled_);
    return answer;
  }

 private:
  const engine::Compiled& compiled_;
  std::size_t column_;
  engine::Boxes excluded_;
  masks::Search search_;
  masks::Point quiet_;
};

// Every ranking an `independent` property speaks about.
std::vector<std::vector<masks::RankedBox>> rankings(const engine::Compiled& compiled, const Property& property) {
  const PackContent& content = compiled.pack.content();
  std::vector<std::vector<masks::RankedBox>> all;
  if (property.of_level) {
    std::vector<masks::RankedBox> levels;
    for (std::size_t box = compiled.level_of_box.size(); box-- > 0;)
      levels.push_back({static_cast<std::uint16_t>(box), compiled.level_of_box[box]});
    all.push_back(std::move(levels));
  }
  const auto add = [&](RuleKind kind, std::size_t target, std::uint16_t rank, std::vector<masks::RankedBox>& into) {
    for (std::size_t r = 0; r < content.rules.size(); ++r) {
      if (content.rules[r].kind != kind || content.rules[r].target != target) continue;
      const std::vector<masks::RankedBox> more = ranked(compiled.rules[r], rank);
      into.insert(into.end(), more.begin(), more.end());
    }
  };
  if (property.of_alerts)
    for (std::size_t r = 0; r < content.rules.size(); ++r)
      if (content.rules[r].kind == RuleKind::alert) all.push_back(ranked(compiled.rules[r], 1));
  if (property.of_offers)
    for (std::size_t s = 0; s < content.services.size(); ++s) {
      std::vector<masks::RankedBox> service;
      add(RuleKind::avoid, s, 2, service);
      add(RuleKind::offer, s, 1, service);
      all.push_back(std::move(service));
    }
  if (property.of_capabilities)
    for (std::size_t c = 0; c < content.capabilities.size(); ++c) {
      std::vector<masks::RankedBox> capability;
      add(RuleKind::capability, c, 1, capability);
      all.push_back(std::move(capability));
    }
  return all;
}

Finding check_independent(const engine::Compiled& compiled, const Property& property, std::uint64_t steps) {
  NeighbourCheck check(compiled, property.field, steps);
  Finding finding = of(Verdict::proved);
  bool is_settled = true;
  for (const std::vector<masks::RankedBox>& ranking : rankings(compiled, property)) {
    const Answer answer = check.differ(ranking, {}, finding);
    if (answer == Answer::yes) return finding;
    is_settled = is_settled && answer == Answer::no;
  }
  return is_settled ? finding : of(Verdict::not_settled);
}

Finding check_implies(const engine::Compiled& compiled, const pack::ParsedProperty& parsed, std::uint64_t steps) {
  const auto when = regions_of(compiled, parsed.when, false);
  const auto otherwise = regions_of(compiled, parsed.then, true);
  const auto counter = when && otherwise ? intersections(*when, *otherwise) : std::nullopt;
  if (!counter) return of(Verdict::not_settled);
  const Answer premise = find_point(compiled, *when, steps).answer;
  if (premise == Answer::no) return of(Verdict::vacuous);
  return verdict_of(find_point(compiled, *counter, steps), premise);
}

// `alone`: what holds in the least bad cases of a condition. Named fields are those the condition reads; in every other
// field with a worse direction a case may be better or worse.
class AloneCheck {
 public:
  AloneCheck(const engine::Compiled& compiled, const pack::ParsedProperty& parsed, std::uint64_t steps)
      : compiled_(compiled), steps_(steps) {
    const FieldSet named = pack::reads(parsed.when, compiled.pack.checked().terms);
    for (const FieldSpec& f : fields())
      if (f.worse != Worse::none && !named.contains(f.field)) graded_.push_back(f.field);
    when_ = regions_of(compiled, parsed.when, false);
    never_ = regions_of(compiled, parsed.then, false);
  }

  Finding run() {
    const auto wrong = when_ && never_ ? intersections(*when_, *never_) : std::nullopt;
    if (!wrong) return of(Verdict::not_settled);
    const Answer premise = find_point(compiled_, *when_, steps_).answer;
    if (premise == Answer::no) return of(Verdict::vacuous);
    // Best in everything else: nothing can be better.
    const auto at_best = intersections(*wrong, {ClaimRegion{best_box(), {}}});
    if (!at_best) return of(Verdict::not_settled);
    if (const Found found = find_point(compiled_, *at_best, steps_); found.answer != Answer::no)
      return verdict_of(found, premise);
    // Where being best in everything else would contradict a constraint or leave the scope, the least bad cases are
    // elsewhere: find wrong cases there, go down from each to a least bad one, and set aside what lies above it.
    const auto rest = intersections(*wrong, where_best_is_excluded());
    if (!rest) return of(Verdict::not_settled);
    std::vector<ValueBox> above;
    for (int round = 0; round < kMaxMinimalCases; ++round) {
      const Found found = find_point(compiled_, *rest, steps_, above);
      if (found.answer != Answer::yes) return verdict_of(found, premise);
      const Assessment least = best_within(*found.where);
      const Found better = find_point(compiled_, strictly_better(least), steps_);
      if (better.answer == Answer::no) return verdict_of({Answer::yes, least}, premise);
      if (better.answer == Answer::unsettled) break;
      set_aside(best_within(*better.where), above);
    }
    return of(Verdict::not_settled);
  }

 private:
  static int best_of(Field f, const ValueSet& values) {
    return spec(f).worse == Worse::higher ? values.lowest() : values.highest();
  }

  static masks::ValueLiteral literal(Field f, const ValueSet& values) {
    return {static_cast<std::size_t>(f), engine::values_of(values)};
  }

  [[nodiscard]] ValueBox best_box() const {
    ValueBox box;
    for (const Field f : graded_) box.push_back(literal(f, ValueSet::of(best_of(f, ValueSet::all(f)))));
    return box;
  }

  // Boxes that are forbidden or out of scope and hold a point that is best in every graded field, without those fields.
  [[nodiscard]] std::vector<ClaimRegion> where_best_is_excluded() const {
    const ValueBox best = best_box();
    std::vector<ClaimRegion> all;
    for (const std::uint16_t b : forbidden_and_out_of_scope(compiled_)) {
      ClaimRegion region;
      bool reaches_best = true;
      for (const masks::ValueLiteral& l : compiled_.masks.value_boxes()[b]) {
        const auto graded = std::find_if(best.begin(), best.end(), [&](const auto& g) { return g.column == l.column; });
        if (graded == best.end())
          region.box.push_back(l);
        else
          reaches_best = reaches_best && (graded->values & l.values).any();
      }
      if (reaches_best) all.push_back(std::move(region));
    }
    return all;
  }

  [[nodiscard]] Assessment best_within(const Assessment& region) const {
    Assessment least = region;
    for (const Field f : graded_) least.set(f, best_of(f, region.answer(f)));
    return least;
  }

  // Values at least as good as `value`, or better.
  static ValueSet as_good_as(Field f, int value, bool strictly) {
    const int step = strictly ? 1 : 0;
    return spec(f).worse == Worse::higher ? ValueSet::range(0, value - step)
                                          : ValueSet::range(value + step, spec(f).high);
  }

  // The cases of the condition that are better than `least` in one graded field and worse in none, equal elsewhere.
  [[nodiscard]] std::vector<ClaimRegion> strictly_better(const Assessment& least) const {
    std::vector<ClaimRegion> all;
    for (const Field better : graded_) {
      ClaimRegion region;
      bool exists = true;
      for (const FieldSpec& f : fields()) {
        ValueSet values = least.answer(f.field);
        if (std::find(graded_.begin(), graded_.end(), f.field) != graded_.end())
          values = as_good_as(f.field, values.lowest(), f.field == better);
        exists = exists && !values.empty();
        if (exists && values != ValueSet::all(f.field)) region.box.push_back(literal(f.field, values));
      }
      if (exists) all.push_back(std::move(region));
    }
    return all;
  }

  // Everything worse than `least` in one graded field and better in none.
  void set_aside(const Assessment& least, std::vector<ValueBox>& above) const {
    for (const Field worse : graded_) {
      ValueBox box;
      bool exists = true;
      for (const FieldSpec& f : fields()) {
        ValueSet values = least.answer(f.field);
        if (std::find(graded_.begin(), graded_.end(), f.field) != graded_.end())
          values = ValueSet::all(f.field) - as_good_as(f.field, values.lowest(), f.field != worse);
        exists = exists && !values.empty();
        if (exists && values != ValueSet::all(f.field)) box.push_back(literal(f.field, values));
      }
      if (exists) above.push_back(std::move(box));
    }
  }

  const engine::Compiled& compiled_;
  std::uint64_t steps_;
  std::vector<Field> graded_;
  std::optional<std::vector<ClaimRegion>> when_, never_;
};

}  // namespace

Finding check_property(const engine::Compiled& compiled, std::size_t property, std::uint64_t step_budget) {
  const Property& p = compiled.pack.content().properties[property];
  const pack::ParsedProperty& parsed = compiled.pack.checked().properties[property];
  switch (p.kind) {
    case Property::Kind::implies:
      return check_implies(compiled, parsed, step_budget);
    case Property::Kind::alone:
      return AloneCheck(compiled, parsed, step_budget).run();
    case Property::Kind::independent:
      return check_independent(compiled, p, step_budget);
    case Property::Kind::monotone:
      return check_monotone(compiled, p.field, step_budget);
  }
  return {};
}

Finding check_monotone(const engine::Compiled& compiled, Field field, std::uint64_t step_budget) {
  // The better answer may not have the higher level: codes that hold a better value than another code's worst.
  const auto column = static_cast<std::size_t>(field);
  const std::size_t n = compiled.masks.codes(column);
  std::vector<masks::Codes> allowed(n, 0);
  const auto values = [&](std::size_t code) {
    return engine::values_of(field, masks::Codes{1} << code, compiled.masks);
  };
  for (std::size_t better = 0; better < n; ++better)
    for (std::size_t worse = 0; worse < n; ++worse) {
      const bool is_better = spec(field).worse == Worse::higher ? values(better).lowest() < values(worse).highest()
                                                                : values(better).highest() > values(worse).lowest();
      if (is_better && better != worse) allowed[better] |= masks::Codes{1} << worse;
    }
  std::vector<masks::RankedBox> levels;
  for (std::size_t box = compiled.level_of_box.size(); box-- > 0;)
    levels.push_back({static_cast<std::uint16_t>(box), compiled.level_of_box[box]});
  Finding finding = of(Verdict::proved);
  const Answer answer = NeighbourCheck(compiled, field, step_budget).differ(levels, allowed, finding);
  return answer == Answer::unsettled ? of(Verdict::not_settled) : finding;
}

}  // namespace placement::analysis
