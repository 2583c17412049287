#include "engine/completions.hpp"

#include <algorithm>

namespace placement::engine {

using masks::Answer;
using masks::Region;

Completions::Completions(const Compiled& compiled, const Region& region, masks::Search& search)
    : search_(search), region_(region), touched_(search.masks().words()) {
  search_.masks().touch(region_, touched_);
  add_touched(compiled.violations, forbidden_);
  quiet_ = search_.quiet_point(region_);
  quiet_is_consistent_ = is_outside(quiet_, forbidden_);
  if (quiet_is_consistent_) return;
  Region rest = region_;
  const Answer covered = search_.is_covered(rest, forbidden_);
  consistent_ = covered == Answer::no ? Answer::yes : covered == Answer::yes ? Answer::no : Answer::unsettled;
  if (covered == Answer::no) {
    quiet_ = search_.quiet_point(rest);
    quiet_is_consistent_ = true;
  }
  if (covered == Answer::yes) {
    forbidden_.clear();  // nothing is consistent: judged over all completions
    quiet_is_consistent_ = true;
  }
}

bool Completions::is_outside(const masks::Point& point, std::span<const std::uint16_t> boxes) const {
  return std::none_of(boxes.begin(), boxes.end(), [&](std::uint16_t box) { return search_.lies_in(point, box); });
}

Boxes Completions::touched(BoxRange range) const {
  Boxes boxes;
  add_touched(range, boxes);
  return boxes;
}

void Completions::add_touched(BoxRange range, Boxes& into) const {
  for (std::uint16_t box = range.begin; box < range.end; ++box)
    if (is_touched(box)) into.push_back(box);
}

Answer Completions::some(std::span<const std::uint16_t> boxes, std::span<const std::uint16_t> outside,
                         masks::Point* shown) {
  if (quiet_is_consistent_)
    for (const std::uint16_t box : boxes) {
      if (!is_touched(box)) continue;
      masks::Point point = quiet_;
      search_.move_into(point, box, region_);
      if (!is_outside(point, forbidden_) || !is_outside(point, outside)) continue;
      if (shown != nullptr) *shown = point;
      return Answer::yes;
    }
  Answer answer = Answer::no;
  for (const std::uint16_t box : boxes) {
    if (!is_touched(box)) continue;
    Region rest = region_;
    for (const masks::Literal& l : search_.masks().literals(box)) rest[l.column] &= l.codes;
    scratch_.assign(forbidden_.begin(), forbidden_.end());
    scratch_.insert(scratch_.end(), outside.begin(), outside.end());
    const Answer covered = search_.is_covered(rest, scratch_);
    if (covered == Answer::no && shown != nullptr) *shown = search_.quiet_point(rest);
    if (covered == Answer::no) return Answer::yes;
    if (covered == Answer::unsettled) answer = Answer::unsettled;
  }
  return answer;
}

Answer Completions::every(std::span<const std::uint16_t> boxes, masks::Point* shown) {
  for (const std::uint16_t box : boxes)
    if (is_touched(box) && search_.contains(region_, box)) return Answer::yes;
  if (quiet_is_consistent_ && is_outside(quiet_, boxes)) {
    if (shown != nullptr) *shown = quiet_;
    return Answer::no;
  }
  scratch_.assign(forbidden_.begin(), forbidden_.end());
  for (const std::uint16_t box : boxes)
    if (is_touched(box)) scratch_.push_back(box);
  if (scratch_.size() == forbidden_.size() && consistent_ == Answer::yes && shown == nullptr) return Answer::no;
  Region rest = region_;
  const Answer covered = search_.is_covered(rest, scratch_);
  if (covered == Answer::no && shown != nullptr) *shown = search_.quiet_point(rest);
  return covered;
}

RuleState Completions::state_of(BoxRange range) {
  const Boxes boxes = touched(range);
  if (boxes.empty() || some(boxes) == Answer::no) return RuleState::no;
  return every(boxes) == Answer::yes ? RuleState::holds : RuleState::open;
}

Answer Completions::differ_in(std::size_t column, std::span<const masks::RankedBox> ranked, masks::Search::Pair& pair) {
  return search_.differ_in(region_, column, ranked, forbidden_, quiet_, pair);
}

bool Completions::is_constrained(std::size_t column) const {
  return std::any_of(forbidden_.begin(), forbidden_.end(), [&](std::uint16_t box) {
    const auto literals = search_.masks().literals(box);
    return std::any_of(literals.begin(), literals.end(), [&](const masks::Literal& l) {
      return l.column == column && (region_[column] & ~l.codes) != 0;
    });
  });
}

std::vector<bool> Completions::connected_with(std::size_t column) const {
  std::vector<bool> in(search_.masks().columns(), false);
  in[column] = true;
  for (bool grew = true; grew;) {
    grew = false;
    for (const std::uint16_t box : forbidden_) {
      const auto literals = search_.masks().literals(box);
      const auto undecided = [&](const masks::Literal& l) { return (region_[l.column] & ~l.codes) != 0; };
      const bool meets = std::any_of(literals.begin(), literals.end(),
                                     [&](const masks::Literal& l) { return undecided(l) && in[l.column]; });
      if (!meets) continue;
      for (const masks::Literal& l : literals)
        if (undecided(l) && !in[l.column]) in[l.column] = grew = true;
    }
  }
  return in;
}

}  // namespace placement::engine
