#include "analysis/prover.hpp"

#include <algorithm>
#include <bit>

namespace placement::analysis {

using engine::Boxes;
using masks::Answer;

void append(engine::BoxRange range, Boxes& into) {
  for (std::uint16_t box = range.begin; box < range.end; ++box) into.push_back(box);
}

Boxes list_of(engine::BoxRange range) {
  Boxes boxes;
  append(range, boxes);
  return boxes;
}

Boxes forbidden(const engine::Compiled& compiled) { return list_of(compiled.violations); }

Boxes forbidden_and_out_of_scope(const engine::Compiled& compiled) {
  Boxes boxes = forbidden(compiled);
  const std::vector<Rule>& rules = compiled.pack.content().rules;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rules[r].kind == RuleKind::out_of_scope) append(compiled.rules[r], boxes);
  return boxes;
}

std::vector<Boxes> boxes_by_constraint(const engine::Compiled& compiled) {
  std::vector<Boxes> all;
  std::uint16_t next = compiled.violations.begin;
  for (const pack::Node& constraint : compiled.pack.checked().constraints) {
    const auto boxes =
        masks::boxes_of(engine::formula_of(constraint, compiled.pack.checked().terms), true, compiled.masks.domains());
    const auto end = static_cast<std::uint16_t>(next + boxes.value().size());  // `compile` found them few enough
    all.push_back(list_of({next, end}));
    next = end;
  }
  return all;
}

Population::Population(const masks::Masks& masks, Boxes excluded, std::uint64_t steps)
    : masks_(masks), excluded_(std::move(excluded)), steps_(steps) {
  masks::Search search(masks_, steps_);
  masks::Region region = masks_.everything();
  quiet_ = search.quiet_point(region);
  if (std::none_of(excluded_.begin(), excluded_.end(), [&](std::uint16_t b) { return search.lies_in(quiet_, b); }))
    return;
  const Answer covered = search.is_covered(region, excluded_);
  exists_ = covered == Answer::no ? Answer::yes : covered == Answer::yes ? Answer::no : Answer::unsettled;
  if (covered == Answer::no) quiet_ = search.quiet_point(region);
}

Answer Population::some(std::span<const std::uint16_t> boxes, std::span<const std::uint16_t> outside) const {
  return some_within(masks_.everything(), quiet_, boxes, outside);
}

Answer Population::some_outside(std::span<const std::uint16_t> outside) const {
  const masks::Search probe(masks_, 0);
  if (exists_ == Answer::yes &&
      std::none_of(outside.begin(), outside.end(), [&](std::uint16_t b) { return probe.lies_in(quiet_, b); }))
    return Answer::yes;
  Boxes covering(excluded_);
  covering.insert(covering.end(), outside.begin(), outside.end());
  masks::Region region = masks_.everything();
  const Answer covered = masks::Search(masks_, steps_).is_covered(region, covering);
  return covered == Answer::no ? Answer::yes : covered == Answer::yes ? Answer::no : Answer::unsettled;
}

Answer Population::meet(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) const {
  Answer answer = Answer::no;
  for (const std::uint16_t box : a) {
    masks::Region region = masks_.everything();
    for (const masks::Literal& l : masks_.literals(box)) region[l.column] &= l.codes;
    masks::Point start = quiet_;
    masks::Search(masks_, 0).move_into(start, box, region);
    const Answer here = some_within(region, start, b, {});
    if (here == Answer::yes) return here;
    if (here == Answer::unsettled) answer = here;
  }
  return answer;
}

Answer Population::some_within(const masks::Region& within, const masks::Point& start,
                               std::span<const std::uint16_t> boxes, std::span<const std::uint16_t> outside) const {
  masks::Search search(masks_, steps_);
  const auto lies_in_none = [&](const masks::Point& point, std::span<const std::uint16_t> list) {
    return std::none_of(list.begin(), list.end(), [&](std::uint16_t b) { return search.lies_in(point, b); });
  };
  const auto narrowed_to = [&](std::uint16_t box) {
    masks::Region region = within;
    for (const masks::Literal& l : masks_.literals(box)) region[l.column] &= l.codes;
    return region;
  };
  Boxes touched;
  for (const std::uint16_t box : boxes)
    if (search.touches(within, box)) touched.push_back(box);
  if (exists_ == Answer::yes)
    for (const std::uint16_t box : touched) {
      masks::Point point = start;
      search.move_into(point, box, within);
      if (lies_in_none(point, excluded_) && lies_in_none(point, outside)) return Answer::yes;
    }
  Boxes covering(excluded_);
  covering.insert(covering.end(), outside.begin(), outside.end());
  Answer answer = Answer::no;
  for (const std::uint16_t box : touched) {
    masks::Region region = narrowed_to(box);
    const Answer covered = search.is_covered(region, covering);
    if (covered == Answer::no) return Answer::yes;
    if (covered == Answer::unsettled) answer = covered;
  }
  return answer;
}

std::vector<std::size_t> Population::covering(std::span<const std::uint16_t> boxes,
                                              const std::vector<Boxes>& parts) const {
  std::vector<std::size_t> kept;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (parts[p].empty()) continue;
    if (some(boxes, parts[p]) == Answer::no) return {p};
    kept.push_back(p);
  }
  for (std::size_t i = kept.size(); i-- > 0;) {
    Boxes without;
    for (std::size_t k = 0; k < kept.size(); ++k)
      if (k != i) without.insert(without.end(), parts[kept[k]].begin(), parts[kept[k]].end());
    if (some(boxes, without) == Answer::no) kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return kept;
}

Assessment assessment_of(const masks::Region& region, const masks::Masks& masks) {
  Assessment assessment;
  for (const FieldSpec& f : fields()) {
    const masks::Codes codes = region[static_cast<std::size_t>(f.field)];
    if (codes != masks.all_codes(static_cast<std::size_t>(f.field)))
      assessment.set(f.field, engine::values_of(f.field, codes, masks));
  }
  return assessment;
}

namespace {

// The box in codes the masks have already; nothing where it cuts one of them in two.
std::optional<masks::Region> in_codes_of(const masks::Masks& masks, const masks::ValueBox& box) {
  masks::Region region = masks.everything();
  for (const masks::ValueLiteral& l : box) {
    region[l.column] = 0;
    for (std::size_t code = 0; code < masks.codes(l.column); ++code) {
      const masks::Values& values = masks.values_of(l.column, code);
      const masks::Values inside = values & l.values;
      if (inside.none()) continue;
      if (inside != values) return std::nullopt;
      region[l.column] |= masks::Codes{1} << code;
    }
  }
  return region;
}

Found find_in(const masks::Masks& masks, const std::vector<ClaimRegion>& claims, std::vector<masks::Region> regions,
              const Boxes& always, std::uint64_t step_budget) {
  masks::Search search(masks, step_budget);
  Answer answer = Answer::no;
  std::size_t empty = 0;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Boxes outside = always;
    outside.insert(outside.end(), claims[i].outside.begin(), claims[i].outside.end());
    const Answer covered = search.is_covered(regions[i], outside);
    if (covered == Answer::no) return {Answer::yes, assessment_of(regions[i], masks), empty};
    if (covered == Answer::unsettled) answer = covered;
    if (answer == Answer::no) ++empty;
  }
  return {answer, std::nullopt, empty};
}

}  // namespace

Found find_point(const engine::Compiled& compiled, const std::vector<ClaimRegion>& regions, std::uint64_t step_budget,
                 const std::vector<masks::ValueBox>& excluded, bool any_scope) {
  Boxes always = any_scope ? forbidden(compiled) : forbidden_and_out_of_scope(compiled);
  std::vector<masks::Region> in_codes;
  if (excluded.empty())
    for (const ClaimRegion& region : regions) {
      const std::optional<masks::Region> codes = in_codes_of(compiled.masks, region.box);
      if (!codes) break;
      in_codes.push_back(*codes);
    }
  if (in_codes.size() == regions.size())
    return find_in(compiled.masks, regions, std::move(in_codes), always, step_budget);

  std::vector<masks::ValueBox> boxes = compiled.masks.value_boxes();
  const std::size_t own = boxes.size();
  boxes.insert(boxes.end(), excluded.begin(), excluded.end());
  for (const ClaimRegion& region : regions) boxes.push_back(region.box);
  const Result<masks::Masks> masks = masks::Masks::make(compiled.masks.domains(), std::move(boxes));
  if (!masks.has_value()) return {Answer::unsettled, std::nullopt, 0};
  for (std::size_t i = 0; i < excluded.size(); ++i) always.push_back(static_cast<std::uint16_t>(own + i));
  in_codes.clear();
  for (std::size_t i = 0; i < regions.size(); ++i) {
    in_codes.push_back(masks->everything());
    for (const masks::Literal& l : masks->literals(own + excluded.size() + i)) in_codes.back()[l.column] &= l.codes;
  }
  return find_in(*masks, regions, std::move(in_codes), always, step_budget);
}

}  // namespace placement::analysis
