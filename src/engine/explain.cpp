#include "engine/explain.hpp"

#include "engine/fewest.hpp"

namespace placement::engine {
namespace {

using masks::Answer;
using masks::Region;

constexpr int kMaxRounds = 2000;

// The search for answers that force a claim: a claim is refuted by a point in one of `bad` boxes outside `outside`, or
// outside all of `needed` and `outside`.
class Forcing {
 public:
  Forcing(const Compiled& compiled, const FieldSet& answered, const Region& answers, masks::Search& search)
      : search_(search), answers_(answers), everything_(compiled.masks.everything()) {
    answered.for_each([&](Field f) {  // answers that exclude nothing the masks can see never help
      const auto column = static_cast<std::size_t>(f);
      if (answers[column] != everything_[column]) answered_.insert(f);
    });
  }

  Boxes bad, outside, needed;
  bool needs_boxes = true;  // refuted also by a point outside all of `needed`

  std::optional<FieldSet> fewest() {
    covering_ = outside;
    covering_.insert(covering_.end(), needed.begin(), needed.end());
    std::vector<FieldSet> known;
    for (const std::uint16_t box : bad)
      if (std::optional<FieldSet> excluding = seed(box)) known.push_back(*excluding);
    return fewest_forcing(
        std::move(known), [&](const FieldSet& kept) { return excluded_by(kept); }, kMaxRounds);
  }

 private:
  // A bad box that, moved as close to the answers as it goes, has a counterexample: what excludes it.
  std::optional<FieldSet> seed(std::uint16_t box) {
    Region region = answers_;
    FieldSet excluding;
    for (const masks::Literal& l : search_.masks().literals(box)) {
      if ((region[l.column] & l.codes) == 0) {
        excluding.insert(static_cast<Field>(l.column));
        region[l.column] = l.codes;
      }
      region[l.column] &= l.codes;
    }
    if (excluding.empty() || search_.is_covered(region, outside) != Answer::no) return std::nullopt;
    return excluding;
  }

  // Nothing: the claim holds with `kept` alone. Empty: out of steps.
  std::optional<FieldSet> excluded_by(FieldSet kept) {
    Region witness{};
    Answer refuted = counterexample(kept, witness);
    if (refuted == Answer::unsettled) return FieldSet();
    if (refuted == Answer::no) return std::nullopt;
    // Take in every further answer that leaves a counterexample: fewer answers exclude the last one. First all that
    // leave this one, since every other answer costs a search.
    take_in_meeting(witness, kept);
    answered_.for_each([&](Field f) {
      if (kept.contains(f)) return;
      FieldSet more = kept;
      more.insert(f);
      Region other{};
      if (counterexample(more, other) != Answer::yes) return;
      kept = more;
      take_in_meeting(other, kept);
    });
    FieldSet excluding;
    answered_.for_each([&](Field f) {
      if (!kept.contains(f)) excluding.insert(f);
    });
    return excluding;
  }

  // Narrows `witness` to all answers it meets.
  void take_in_meeting(Region& witness, FieldSet& kept) const {
    answered_.for_each([&](Field f) {
      const auto column = static_cast<std::size_t>(f);
      if (kept.contains(f) || (witness[column] & answers_[column]) == 0) return;
      witness[column] &= answers_[column];
      kept.insert(f);
    });
  }

  // yes: `witness` is a region of counterexamples that agree with the answers `kept`.
  Answer counterexample(const FieldSet& kept, Region& witness) {
    Region region = everything_;
    kept.for_each([&](Field f) { region[static_cast<std::size_t>(f)] = answers_[static_cast<std::size_t>(f)]; });
    Answer answer = Answer::no;
    for (const std::uint16_t box : bad) {
      if (!search_.touches(region, box)) continue;
      witness = region;
      for (const masks::Literal& l : search_.masks().literals(box)) witness[l.column] &= l.codes;
      const Answer covered = search_.is_covered(witness, outside);
      if (covered == Answer::no) return Answer::yes;
      if (covered == Answer::unsettled) answer = Answer::unsettled;
    }
    if (!needs_boxes) return answer;
    witness = region;
    const Answer covered = search_.is_covered(witness, covering_);
    if (covered == Answer::no) return Answer::yes;
    return covered == Answer::unsettled ? covered : answer;
  }

  masks::Search& search_;
  Region answers_, everything_;
  FieldSet answered_;
  Boxes covering_;  // `outside` and `needed`
};

void append(BoxRange range, Boxes& into) {
  for (std::uint16_t box = range.begin; box < range.end; ++box) into.push_back(box);
}

}  // namespace

std::optional<FieldSet> reason_for(const Compiled& compiled, const Demands& demands, std::size_t level,
                                   const FieldSet& answered, const Region& answers, masks::Search& search) {
  Forcing forcing(compiled, answered, answers, search);
  append(compiled.violations, forcing.outside);
  for (const BoxRange range : demands.scope) append(range, forcing.outside);
  for (std::size_t other = level + 1; other < demands.of_level.size(); ++other)
    for (const BoxRange range : demands.of_level[other]) append(range, forcing.bad);
  forcing.needs_boxes = level > 0;
  if (level > 0)
    for (const BoxRange range : demands.of_level[level]) append(range, forcing.needed);
  return forcing.fewest();
}

std::optional<FieldSet> conflict_in(const Compiled& compiled, const FieldSet& answered, const Region& answers,
                                    masks::Search& search) {
  Forcing forcing(compiled, answered, answers, search);
  append(compiled.violations, forcing.outside);
  return forcing.fewest();
}

std::optional<FieldSet> reason_of_state(const Compiled& compiled, std::size_t rule, bool holds,
                                        const FieldSet& answered, const Completions& completions,
                                        masks::Search& search) {
  Forcing forcing(compiled, answered, completions.region(), search);
  if (completions.is_consistent() != Answer::no) append(compiled.violations, forcing.outside);
  append(compiled.rules[rule], holds ? forcing.needed : forcing.bad);
  forcing.needs_boxes = holds;
  return forcing.fewest();
}

}  // namespace placement::engine
