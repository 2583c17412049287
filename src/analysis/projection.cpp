// Leaving a level: what its `resolves` and `improves` make of a person.
//
// Projection changes each answer on its own, so what must hold before it for the answers to lie in a box afterwards is
// a box again. Two questions then are cover tests over such boxes: does anybody consistent become a contradiction, and
// at which lower levels can people who leave be indicated (which moves down are ever wanted)? One set of masks a level.
// Tested in tests/unit/analysis/check_test.cpp against `projected`.
#include "analysis/projection.hpp"

#include <algorithm>

#include "analysis/questions.hpp"
#include "analysis/smallest.hpp"

namespace placement::analysis {
namespace {

using masks::Answer;

// What projection makes of every value of a field; nothing where it leaves the field alone.
std::optional<std::vector<std::size_t>> change_of(const CareLevel& level, Field field) {
  std::optional<std::vector<std::size_t>> after;
  for (const auto& [improved, best] : level.improves)
    if (improved == field) {
      after.emplace();
      for (int v = 0; v <= spec(field).high; ++v)
        after->push_back(
            static_cast<std::size_t>(spec(field).worse == Worse::higher ? std::min(v, best) : std::max(v, best)));
    }
  for (const auto& [resolved, value] : level.resolves)
    if (resolved == field)
      after.emplace(static_cast<std::size_t>(spec(field).high) + 1, static_cast<std::size_t>(value));
  return after;
}

// The box of people whose projection lies in `box`; nothing where there are none.
std::optional<masks::ValueBox> before(const masks::ValueBox& box,
                                      const std::vector<std::optional<std::vector<std::size_t>>>& changes) {
  masks::ValueBox all;
  for (const masks::ValueLiteral& l : box) {
    if (!changes[l.column]) {
      all.push_back(l);
      continue;
    }
    masks::Values values;
    for (std::size_t v = 0; v < changes[l.column]->size(); ++v) values[v] = l.values[(*changes[l.column])[v]];
    if (values.none()) return std::nullopt;
    if (values.count() < changes[l.column]->size()) all.push_back({l.column, values});
  }
  return all;
}

}  // namespace

Leaving::Leaving(const engine::Compiled& compiled, std::size_t level, std::uint64_t steps)
    : compiled_(compiled), level_(level), steps_(steps) {
  std::vector<std::optional<std::vector<std::size_t>>> changes;
  for (const FieldSpec& f : fields()) changes.push_back(change_of(compiled.pack.content().levels[level], f.field));
  const std::vector<masks::ValueBox>& own = compiled.masks.value_boxes();
  std::vector<masks::ValueBox> boxes;
  const auto add = [&](const masks::ValueBox& box, engine::Boxes& into) {
    into.push_back(static_cast<std::uint16_t>(boxes.size()));
    boxes.push_back(box);
  };
  const auto add_before = [&](std::uint16_t number, engine::Boxes& into) {
    if (const std::optional<masks::ValueBox> past = before(own[number], changes)) add(*past, into);
  };
  for (const std::uint16_t b : forbidden(compiled)) add(own[b], now_forbidden_);
  for (const std::uint16_t b : forbidden(compiled)) {
    add_before(b, then_forbidden_);
    then_forbidden_as_.resize(then_forbidden_.size(), b);
  }
  // In scope, now and afterwards.
  engine::Boxes excluded;
  for (const std::uint16_t b : forbidden_and_out_of_scope(compiled)) {
    add(own[b], excluded);
    add_before(b, excluded);
  }
  then_demands_.resize(compiled.pack.content().levels.size());
  for (std::size_t box = 0; box < compiled.level_of_box.size(); ++box)
    add_before(static_cast<std::uint16_t>(box), then_demands_[compiled.level_of_box[box]]);
  Result<masks::Masks> masks = masks::Masks::make(compiled.masks.domains(), std::move(boxes));
  if (!masks.has_value()) return;
  masks_ = std::make_unique<const masks::Masks>(std::move(masks).value());
  consistent_.emplace(*masks_, now_forbidden_, steps);
  in_scope_.emplace(*masks_, std::move(excluded), steps);
}

Finding Leaving::keeps_consistency() const {
  Finding finding;
  const PackContent& content = compiled_.pack.content();
  finding.message = "whoever leaves `" + content.levels[level_].id + "` still meets every constraint";
  const Answer broken = masks_ ? consistent_->some(then_forbidden_) : Answer::unsettled;
  finding.verdict = broken == Answer::yes  ? Verdict::refuted
                    : broken == Answer::no ? Verdict::proved
                                           : Verdict::not_settled;
  if (broken != Answer::yes) return finding;
  for (std::size_t i = 0; i < then_forbidden_.size(); ++i) {
    masks::Region region = masks_->everything();
    for (const masks::Literal& l : masks_->literals(then_forbidden_[i])) region[l.column] &= l.codes;
    if (masks::Search(*masks_, steps_).is_covered(region, now_forbidden_) != Answer::no) continue;
    const ClaimMap map{*masks_, now_forbidden_, {{masks_->everything(), then_forbidden_}}};
    finding.counterexample = assessment_of(smallest(map, region, false, steps_), *masks_);
    const std::vector<engine::Boxes> by_constraint = boxes_by_constraint(compiled_);
    for (std::size_t c = 0; c < by_constraint.size(); ++c)
      if (std::find(by_constraint[c].begin(), by_constraint[c].end(), then_forbidden_as_[i]) != by_constraint[c].end())
        finding.message += "; `" + content.constraints[c].id + "` may be broken";
    break;
  }
  return finding;
}

Answer Leaving::may_need(std::size_t level) const {
  if (!masks_) return Answer::unsettled;
  engine::Boxes above;
  for (std::size_t l = level + 1; l < then_demands_.size(); ++l)
    above.insert(above.end(), then_demands_[l].begin(), then_demands_[l].end());
  return level > 0 ? in_scope_->some(then_demands_[level], above) : in_scope_->some_outside(above);
}

void check_projections(Inquiry& inquiry) {
  for (std::size_t number = 1; number < inquiry.content.levels.size(); ++number) {
    const CareLevel& level = inquiry.content.levels[number];
    const std::string where = inquiry.place_of_level(number);
    Finding kept = Leaving(inquiry.compiled, number, inquiry.steps).keeps_consistency();
    std::string message = kept.message;
    inquiry.add(std::move(kept), "projection", where, std::move(message));
    if (!level.round_the_clock) continue;
    const bool is_set = std::find(level.resolves.begin(), level.resolves.end(),
                                  std::pair(Field::tolerance_lost_30d, 1)) != level.resolves.end();
    inquiry.add(is_set ? Verdict::proved : Verdict::defect, "projection", where,
                "`" + level.id + "` is round-the-clock care, and its `resolves` " + (is_set ? "sets" : "must set") +
                    " `tolerance_lost_30d` to true");
  }
}

}  // namespace placement::analysis
