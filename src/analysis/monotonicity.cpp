// Two people who differ in one answer alone: monotone and independent claims.
//
// The one with the higher rank (level, alert, service) lies in a box that the other leaves through that answer, so the
// search (masks/cover, differ_in) goes over the boxes that read the field and the pairs of its codes, not over pairs of
// people. A refutation is thinned to the fewest answers that the two have in common. Tested in
// tests/unit/analysis/property_test.cpp and against enumeration in tests/oracle/check_test.cpp.
#include <algorithm>

#include "analysis/property.hpp"
#include "analysis/questions.hpp"
#include "analysis/smallest.hpp"

namespace placement::analysis {
namespace {

using masks::Answer;

std::vector<masks::RankedBox> ranked(engine::BoxRange range, std::uint16_t rank) {
  std::vector<masks::RankedBox> all;
  for (std::uint16_t box = range.begin; box < range.end; ++box) all.push_back({box, rank});
  return all;
}

std::vector<masks::RankedBox> ranked_levels(const engine::Compiled& compiled) {
  std::vector<masks::RankedBox> levels;
  for (std::size_t box = compiled.level_of_box.size(); box-- > 0;)
    if (compiled.level_of_box[box] > 0)  // the lowest level is what everybody has
      levels.push_back({static_cast<std::uint16_t>(box), compiled.level_of_box[box]});
  return levels;
}

// Asks whether two assessments that differ in one field alone can differ in some ranking.
class NeighbourCheck {
 public:
  NeighbourCheck(const engine::Compiled& compiled, std::uint64_t steps)
      : compiled_(compiled),
        excluded_(forbidden_and_out_of_scope(compiled)),
        steps_(steps),
        quiet_(masks::Search(compiled.masks, steps).quiet_point(compiled.masks.everything())) {}

  // yes: `finding` is the refutation.
  Answer differ(Field field, const std::vector<masks::RankedBox>& boxes, std::span<const masks::Codes> allowed,
                Finding& finding) {
    column_ = static_cast<std::size_t>(field);
    masks::Search search(compiled_.masks, steps_);
    masks::Search::Pair pair;
    const Answer answer =
        search.differ_in(compiled_.masks.everything(), column_, boxes, excluded_, quiet_, pair, allowed);
    if (answer == Answer::yes) finding = refuted_by(pair, boxes);
    return answer;
  }

 private:
  // The two answers, and the fewest others with which every two consistent people in scope differ in rank.
  Finding refuted_by(const masks::Search::Pair& pair, const std::vector<masks::RankedBox>& ranking) const {
    masks::Region start = pair.rest;
    start[column_] = compiled_.masks.all_codes(column_);
    const Assessment common = common_of(assessment_of(start, compiled_.masks), pair, ranking);
    Finding finding = finding_of(Verdict::refuted);
    const auto with = [&](std::uint8_t code) {
      Assessment person = common;
      person.set(static_cast<Field>(column_),
                 engine::values_of(static_cast<Field>(column_), masks::Codes{1} << code, compiled_.masks));
      return person;
    };
    finding.counterexample = with(pair.high);
    finding.counterexample_other = with(pair.low);
    return finding;
  }

  Assessment common_of(const Assessment& start, const masks::Search::Pair& pair,
                       const std::vector<masks::RankedBox>& ranking) const {
    std::vector<masks::ValueBox> boxes;
    const auto holds_at = [&](std::size_t box, std::uint8_t code) {
      for (const masks::Literal& l : compiled_.masks.literals(box))
        if (l.column == column_) return (l.codes >> code & 1U) != 0;
      return true;
    };
    const auto add = [&](std::uint16_t box) {  // without the column in which the two differ
      masks::ValueBox rest;
      for (const masks::ValueLiteral& l : compiled_.masks.value_boxes()[box])
        if (l.column != column_) rest.push_back(l);
      boxes.push_back(std::move(rest));
      return static_cast<std::uint16_t>(boxes.size() - 1);
    };
    engine::Boxes excluded;
    for (const std::uint16_t box : excluded_)
      if (holds_at(box, pair.high) || holds_at(box, pair.low)) excluded.push_back(add(box));
    std::vector<masks::RankedBox> above;   // what the one with the higher rank is given
    std::vector<masks::RankedBox> beside;  // and the other
    for (const masks::RankedBox& item : ranking) {
      if (holds_at(item.box, pair.high)) above.push_back({add(item.box), item.rank});
      if (holds_at(item.box, pair.low)) beside.push_back({add(item.box), item.rank});
    }
    masks::ValueBox start_box;
    start.answered().for_each([&](Field f) {
      start_box.push_back({static_cast<std::size_t>(f), engine::values_of(start.answer(f))});
    });
    boxes.push_back(std::move(start_box));
    const Result<masks::Masks> masks = masks::Masks::make(compiled_.masks.domains(), std::move(boxes));
    if (!masks.has_value()) return start;
    // All is well where the other is given a rank at least as high.
    ClaimMap map{*masks, std::move(excluded), {}};
    const auto above_rank = [&](std::uint16_t rank) {
      engine::Boxes higher;
      for (const masks::RankedBox& item : above)
        if (item.rank > rank) higher.push_back(item.box);
      return higher;
    };
    map.sound.push_back({masks->everything(), above_rank(0)});
    for (const masks::RankedBox& item : beside) {
      SoundRegion region{masks->everything(), above_rank(item.rank)};
      for (const masks::Literal& l : masks->literals(item.box)) region.region[l.column] &= l.codes;
      map.sound.push_back(std::move(region));
    }
    return assessment_of(smallest(map, engine::region_of(start, *masks), false, steps_), *masks);
  }

  const engine::Compiled& compiled_;
  std::size_t column_ = 0;
  engine::Boxes excluded_;
  std::uint64_t steps_;
  masks::Point quiet_;
};

// Worse answers never lead lower.
class MonotoneCheck {
 public:
  MonotoneCheck(const engine::Compiled& compiled, std::uint64_t steps)
      : compiled_(compiled), neighbours_(compiled, steps), levels_(ranked_levels(compiled)) {}

  Finding check(Field field) {
    // The better answer may not have the higher level: codes that hold a better value than another code's worst.
    const auto column = static_cast<std::size_t>(field);
    const std::size_t n = compiled_.masks.codes(column);
    std::vector<ValueSet> values;
    for (std::size_t code = 0; code < n; ++code)
      values.push_back(engine::values_of(field, masks::Codes{1} << code, compiled_.masks));
    std::vector<masks::Codes> allowed(n, 0);
    for (std::size_t better = 0; better < n; ++better)
      for (std::size_t worse = 0; worse < n; ++worse) {
        const bool is_better = spec(field).worse == Worse::higher ? values[better].lowest() < values[worse].highest()
                                                                  : values[better].highest() > values[worse].lowest();
        if (is_better && better != worse) allowed[better] |= masks::Codes{1} << worse;
      }
    Finding finding = finding_of(Verdict::proved);
    const Answer answer = neighbours_.differ(field, levels_, allowed, finding);
    return answer == Answer::unsettled ? finding_of(Verdict::not_settled) : finding;
  }

 private:
  const engine::Compiled& compiled_;
  NeighbourCheck neighbours_;
  std::vector<masks::RankedBox> levels_;
};

// Every ranking an `independent` property speaks about.
std::vector<std::vector<masks::RankedBox>> rankings(const engine::Compiled& compiled, const Property& property) {
  const PackContent& content = compiled.pack.content();
  std::vector<std::vector<masks::RankedBox>> all;
  if (property.of_level) all.push_back(ranked_levels(compiled));
  if (property.of_alerts)
    for (std::size_t r = 0; r < content.rules.size(); ++r)
      if (content.rules[r].kind == RuleKind::alert) all.push_back(ranked(compiled.rules[r], 1));
  if (property.of_offers)
    for (std::size_t s = 0; s < content.services.size(); ++s) {
      std::vector<masks::RankedBox> service = ranked(compiled.avoids[s], 2);
      const std::vector<masks::RankedBox> offers = ranked(compiled.offers[s], 1);
      service.insert(service.end(), offers.begin(), offers.end());
      all.push_back(std::move(service));
    }
  if (property.of_capabilities)
    for (std::size_t c = 0; c < content.capabilities.size(); ++c) all.push_back(ranked(compiled.capabilities[c], 1));
  return all;
}

}  // namespace

Finding check_independent(const engine::Compiled& compiled, const Property& property, std::uint64_t steps) {
  NeighbourCheck check(compiled, steps);
  Finding finding = finding_of(Verdict::proved);
  bool is_settled = true;
  for (const std::vector<masks::RankedBox>& ranking : rankings(compiled, property)) {
    const Answer answer = check.differ(property.field, ranking, {}, finding);
    if (answer == Answer::yes) return finding;
    is_settled = is_settled && answer == Answer::no;
  }
  return is_settled ? finding : finding_of(Verdict::not_settled);
}

Finding check_monotone(const engine::Compiled& compiled, Field field, std::uint64_t step_budget) {
  return MonotoneCheck(compiled, step_budget).check(field);
}

void check_monotone_claims(Inquiry& inquiry) {
  MonotoneCheck monotone(inquiry.compiled, inquiry.steps);
  for (std::size_t m = 0; m < inquiry.content.monotone.size(); ++m) {
    const Field field = inquiry.content.monotone[m];
    inquiry.add(monotone.check(field), "monotone", "/monotone/" + std::to_string(m),
                "worse in `" + std::string(spec(field).name) + "` is never placed lower");
  }
}

void find_non_monotone(Inquiry& inquiry) {
  MonotoneCheck monotone(inquiry.compiled, inquiry.steps);
  for (const FieldSpec& f : fields()) {
    const std::vector<Field>& claimed = inquiry.content.monotone;
    if (f.worse == Worse::none || std::find(claimed.begin(), claimed.end(), f.field) != claimed.end()) continue;
    Finding finding = monotone.check(f.field);
    if (finding.verdict != Verdict::refuted) continue;
    finding.verdict = Verdict::information;
    inquiry.add(std::move(finding), "non_monotone", "/monotone",
                "worse in `" + std::string(f.name) + "`, for which monotone is not claimed, can be placed lower");
  }
}

}  // namespace placement::analysis
