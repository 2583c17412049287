// Properties: claims about the level, alerts and services of everybody in scope.
//
// A claim becomes regions (claims.hpp): where its premise holds, and where its conclusion does not. The first must have
// somebody in it, the intersection nobody. `alone` also asks which cases are the mildest. Refutations are thinned to
// the fewest answers that show them (smallest.hpp). Tested in tests/unit/analysis/property_test.cpp.
#include "analysis/property.hpp"

#include <algorithm>

#include "analysis/questions.hpp"
#include "analysis/smallest.hpp"

namespace placement::analysis {
namespace {

using masks::Answer;
using masks::ValueBox;

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

Finding check_implies(const engine::Compiled& compiled, const pack::ParsedProperty& parsed, std::uint64_t steps) {
  const auto when = regions_of(compiled, parsed.when, false);
  const auto otherwise = regions_of(compiled, parsed.then, true);
  const auto counter = when && otherwise ? intersections(*when, *otherwise) : std::nullopt;
  if (!counter) return finding_of(Verdict::not_settled);
  const Answer premise = find_point(compiled, *when, steps).answer;
  if (premise == Answer::no) return finding_of(Verdict::vacuous);
  Finding finding = verdict_of(find_point(compiled, *counter, steps), premise);
  if (finding.verdict != Verdict::refuted) return finding;
  const auto without = regions_of(compiled, parsed.when, true), fulfilled = regions_of(compiled, parsed.then, false);
  if (!without || !fulfilled) return finding;
  std::vector<ClaimRegion> sound = *without;
  sound.insert(sound.end(), fulfilled->begin(), fulfilled->end());
  finding.counterexample = smallest(compiled, *finding.counterexample, sound, false, steps);
  return finding;
}

// `alone`: what holds in the least bad cases of a condition. Named fields are those the condition reads; in every other
// field with a worse direction a case may be better or worse.
class AloneCheck {
 public:
  AloneCheck(const engine::Compiled& compiled, const pack::ParsedProperty& parsed, std::uint64_t steps)
      : compiled_(compiled), parsed_(parsed), steps_(steps) {
    const FieldSet named = pack::reads(parsed.when, compiled.pack.checked().terms);
    for (const FieldSpec& f : fields())
      if (f.worse != Worse::none && !named.contains(f.field)) graded_.push_back(f.field);
    when_ = regions_of(compiled, parsed.when, false);
    never_ = regions_of(compiled, parsed.then, false);
  }

  Finding run() {
    const auto wrong = when_ && never_ ? intersections(*when_, *never_) : std::nullopt;
    if (!wrong) return finding_of(Verdict::not_settled);
    const Answer premise = find_point(compiled_, *when_, steps_).answer;
    if (premise == Answer::no) return finding_of(Verdict::vacuous);
    // Best in everything else: nothing can be better.
    const auto at_best = intersections(*wrong, {ClaimRegion{best_box(), {}}});
    if (!at_best) return finding_of(Verdict::not_settled);
    if (const Found found = find_point(compiled_, *at_best, steps_); found.answer != Answer::no)
      return shortened(verdict_of(found, premise));
    // Where being best in everything else would contradict a constraint or leave the scope, the least bad cases are
    // elsewhere: find wrong cases there, go down from each to better ones until they are not wrong any more, and set
    // aside what is as bad as these or worse.
    auto rest = intersections(*wrong, where_best_is_excluded());
    if (!rest) return finding_of(Verdict::not_settled);
    std::vector<ValueBox> above;
    for (int round = 0; round < kMaxMinimalCases; ++round) {
      const Found found = find_point(compiled_, *rest, steps_, above);
      if (found.answer != Answer::yes) return verdict_of(found, premise);
      rest->erase(rest->begin(), rest->begin() + static_cast<std::ptrdiff_t>(found.empty));  // what is set aside grows
      Assessment least = best_within(*found.where);
      Found still_wrong;
      do {
        const Found better = strictly_better(least);
        if (better.answer == Answer::no) return shortened(verdict_of({Answer::yes, least, 0}, premise));
        if (better.answer == Answer::unsettled) return finding_of(Verdict::not_settled);
        least = best_within(*better.where);
        still_wrong = find_within(least, *wrong);
        if (still_wrong.answer == Answer::unsettled) return finding_of(Verdict::not_settled);
        if (still_wrong.answer == Answer::yes) least = *still_wrong.where;
      } while (still_wrong.answer == Answer::yes);
      above.push_back(as_bad_as(least));
    }
    return finding_of(Verdict::not_settled);
  }

 private:
  static int best_of(Field f, const ValueSet& values) {
    return spec(f).worse == Worse::higher ? values.lowest() : values.highest();
  }

  static masks::ValueLiteral literal(Field f, const ValueSet& values) {
    return {static_cast<std::size_t>(f), engine::values_of(values)};
  }

  // The mildest case has every other answer at its best: too long to read. Told are the fewest of its answers with
  // which what should never hold does, whatever the rest.
  [[nodiscard]] Finding shortened(Finding finding) const {
    const auto without = regions_of(compiled_, parsed_.when, true),
               fulfilled = regions_of(compiled_, parsed_.then, true);
    if (finding.verdict != Verdict::refuted || !without || !fulfilled) return finding;
    std::vector<ClaimRegion> sound = *without;
    sound.insert(sound.end(), fulfilled->begin(), fulfilled->end());
    finding.counterexample = smallest(compiled_, *finding.counterexample, sound, true, steps_);
    return finding;
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

  // Values at least as good as `value`.
  static ValueSet as_good_as(Field f, int value) {
    return spec(f).worse == Worse::higher ? ValueSet::range(0, value) : ValueSet::range(value, spec(f).high);
  }

  // Values at least as bad as `value`.
  static ValueSet as_bad_as(Field f, int value) {
    return spec(f).worse == Worse::higher ? ValueSet::range(value, spec(f).high) : ValueSet::range(0, value);
  }

  // The cases of the condition that are better than `least` in some graded field and worse in none, equal elsewhere.
  [[nodiscard]] Found strictly_better(const Assessment& least) const {
    ClaimRegion region;
    ValueBox equal;
    for (const FieldSpec& f : fields()) {
      ValueSet values = least.answer(f.field);
      if (std::find(graded_.begin(), graded_.end(), f.field) != graded_.end()) {
        equal.push_back(literal(f.field, values));
        values = as_good_as(f.field, values.lowest());
      }
      if (values != ValueSet::all(f.field)) region.box.push_back(literal(f.field, values));
    }
    return find_point(compiled_, {region}, steps_, {equal});
  }

  // Cases of `regions` among those that `assessment` leaves possible.
  [[nodiscard]] Found find_within(const Assessment& assessment, const std::vector<ClaimRegion>& regions) const {
    ClaimRegion there;
    for (const FieldSpec& f : fields())
      if (const ValueSet values = assessment.answer(f.field); values != ValueSet::all(f.field))
        there.box.push_back(literal(f.field, values));
    const auto both = intersections(regions, {there});
    if (!both) return {Answer::unsettled, std::nullopt, 0};
    return both->empty() ? Found{} : find_point(compiled_, *both, steps_);
  }

  // Everything that is better than `least` in no graded field, and equal elsewhere.
  [[nodiscard]] ValueBox as_bad_as(const Assessment& least) const {
    ValueBox box;
    for (const FieldSpec& f : fields()) {
      ValueSet values = least.answer(f.field);
      if (std::find(graded_.begin(), graded_.end(), f.field) != graded_.end())
        values = as_bad_as(f.field, values.lowest());
      if (values != ValueSet::all(f.field)) box.push_back(literal(f.field, values));
    }
    return box;
  }

  const engine::Compiled& compiled_;
  const pack::ParsedProperty& parsed_;
  std::uint64_t steps_;
  std::vector<Field> graded_;
  std::optional<std::vector<ClaimRegion>> when_, never_;
};

}  // namespace

Finding finding_of(Verdict verdict) {
  Finding finding;
  finding.verdict = verdict;
  return finding;
}

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

void check_properties(Inquiry& inquiry) {
  for (std::size_t p = 0; p < inquiry.content.properties.size(); ++p)
    inquiry.add(check_property(inquiry.compiled, p, inquiry.steps), "property", "/properties/" + std::to_string(p),
                "`" + inquiry.content.properties[p].id + "`: " + inquiry.content.properties[p].says);
}

}  // namespace placement::analysis
