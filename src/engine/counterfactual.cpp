#include "engine/counterfactual.hpp"

#include <algorithm>
#include <bit>

#include "engine/least_change.hpp"

namespace placement::engine {
namespace {

using masks::Answer;
using masks::Codes;
using masks::Literal;
using masks::Region;

Codes code_bit(std::uint8_t code) { return Codes{1} << code; }

// Today's answer to one field as ranges.
class Position {
 public:
  Position(const FieldRanges& ranges, const Assessment& today, Field field) {
    const ValueSet values = today.answer(field);
    for (std::size_t r = 0; r < ranges.ranges.size(); ++r)
      if (!(values & ranges.ranges[r].values).empty()) present_.insert(static_cast<int>(r));
    first_ = present_.lowest();
    last_ = present_.highest();
  }

  [[nodiscard]] bool is_one() const { return first_ == last_; }
  [[nodiscard]] bool has(std::size_t range) const { return present_.contains(static_cast<int>(range)); }
  /// Beyond all ranges of today's answer.
  [[nodiscard]] bool is_below(std::size_t range) const { return static_cast<int>(range) < first_; }
  [[nodiscard]] bool is_above(std::size_t range) const { return static_cast<int>(range) > last_; }
  /// Ranges to the nearest of today's answer.
  [[nodiscard]] int distance(std::size_t range) const {
    const int at = static_cast<int>(range);
    if (at <= first_) return first_ - at;
    if (at >= last_) return at - last_;
    int distance = 0;
    while (!present_.contains(at - distance) && !present_.contains(at + distance)) ++distance;
    return distance;
  }

 private:
  ValueSet present_;  // numbers of ranges
  int first_ = 0, last_ = 0;
};

class Finder {
 public:
  Finder(std::size_t level, const Compiled& compiled, const Demands& demands, const Assessment& today, Levels possible,
         masks::Search& search)
      : level_(level),
        compiled_(compiled),
        demands_(demands),
        today_(today),
        search_(search),
        region_(region_of(today, compiled.masks)),
        edges_(compiled.masks.columns()) {
    may_get_worse_ = level >= static_cast<std::size_t>(std::bit_width(possible)) - 1;
    may_get_better_ = level <= static_cast<std::size_t>(std::countr_zero(possible));
    find_options();
    collect_boxes();
    drop_useless_options();
    collect_boxes();
  }

  Counterfactual run() {
    Counterfactual result;
    result.level = level_;
    LeastChange least(movable_);
    LeastChange::Choice choice;
    const auto refuted = [&](const LeastChange::Choice& c) { return refute(region_with(c), &least); };
    switch (least.find(refuted, search_, choice)) {
      case LeastChange::Found::unsettled:
        return result;
      case LeastChange::Found::none:
        result.outcome = Counterfactual::Outcome::none;
        for (const std::uint16_t box : higher_)  // whatever is changed lies in it
          if (within(box, reach_) == reach_) blocked_by_ = rule_of(box);
        result.blocked_by = blocked_by_;
        result.is_undemanded = is_undemanded_ && !blocked_by_;
        return result;
      case LeastChange::Found::yes:
        break;
    }
    result.outcome = Counterfactual::Outcome::found;
    describe(choice, result);
    return result;
  }

 private:
  // The boxes that answers within reach may lie in.
  void collect_boxes() {
    reach_ = region_;
    for (const Movable& movable : movable_)
      for (const Option& option : movable.options) reach_[movable.column] |= code_bit(option.code);
    for (Boxes* boxes : {&higher_, &demanding_, &outside_}) boxes->clear();
    const auto add = [&](BoxRange range, Boxes& into) {
      for (std::uint16_t box = range.begin; box < range.end; ++box)
        if (search_.touches(reach_, box)) into.push_back(box);
    };
    add(compiled_.violations, outside_);
    for (const BoxRange range : demands_.scope) add(range, outside_);
    for (std::size_t level = std::max<std::size_t>(level_, 1); level < demands_.of_level.size(); ++level)
      for (const BoxRange range : demands_.of_level[level]) add(range, level == level_ ? demanding_ : higher_);
    lifting_ = outside_;
    lifting_.insert(lifting_.end(), demanding_.begin(), demanding_.end());
    for (std::vector<Edge>& edges : edges_) edges.clear();
    for (std::size_t i = 0; i < lifting_.size(); ++i)
      for (const Literal& l : compiled_.masks.literals(lifting_[i])) edges_[l.column].push_back({i, l.codes});
  }

  // --- what may change -------------------------------------------------------------------------------------------

  [[nodiscard]] bool is_allowed(const FieldSpec& field, const Position& position, std::size_t range) const {
    if (position.is_one() && position.has(range)) return false;  // no change
    if (field.worse == Worse::none) return true;
    const bool is_worse = field.worse == Worse::higher ? position.is_above(range) : position.is_below(range);
    const bool is_better = field.worse == Worse::higher ? position.is_below(range) : position.is_above(range);
    return (may_get_worse_ || !is_worse) && (may_get_better_ || !is_better);
  }

  void find_options() {
    for (const std::size_t column : compiled_.masks.read_columns()) {
      const FieldSpec& field = spec(static_cast<Field>(column));
      const FieldRanges& ranges = compiled_.ranges[column];
      if (!field.modifiable || ranges.ranges.size() < 2) continue;
      const Position position(ranges, today_, field.field);
      Movable movable{column, region_[column], {}};
      for (std::size_t r = 0; r < ranges.ranges.size(); ++r) {
        if (!is_allowed(field, position, r)) continue;
        const int distance = field.kind == FieldKind::category ? 1 : position.distance(r);
        movable.options.push_back({ranges.ranges[r].code, std::max(1, distance), r});
      }
      if (!movable.options.empty()) movable_.push_back(std::move(movable));
    }
  }

  void drop_useless_options() {
    std::vector<std::uint64_t> higher, demanding, outside;
    for (const auto& [boxes, bits] :
         {std::pair(&higher_, &higher), std::pair(&demanding_, &demanding), std::pair(&outside_, &outside)}) {
      bits->assign(compiled_.masks.words(), 0);
      for (const std::uint16_t box : *boxes) (*bits)[box / 64] |= std::uint64_t{1} << (box % 64);
    }
    for (Movable& movable : movable_) {
      // Whatever the other answers are, code `a` will do wherever `b` does.
      const auto is_as_good = [&](std::size_t a, std::size_t b) {
        const std::uint64_t* of_a = compiled_.masks.row(movable.column, a);
        const std::uint64_t* of_b = compiled_.masks.row(movable.column, b);
        for (std::size_t w = 0; w < higher.size(); ++w)
          if (((of_a[w] & ~of_b[w] & higher[w]) | (of_b[w] & ~of_a[w] & demanding[w]) |
               ((of_a[w] ^ of_b[w]) & outside[w])) != 0)
            return false;
        return true;
      };
      const auto today_is_as_good = [&](std::size_t code) {
        for (Codes rest = movable.today; rest != 0; rest &= rest - 1)
          if (!is_as_good(static_cast<std::size_t>(std::countr_zero(rest)), code)) return false;
        return true;
      };
      std::stable_sort(movable.options.begin(), movable.options.end(),
                       [](const Option& a, const Option& b) { return a.cost < b.cost; });
      std::vector<Option> kept;
      for (const Option& option : movable.options)
        if (!today_is_as_good(option.code) &&
            std::none_of(kept.begin(), kept.end(), [&](const Option& k) { return is_as_good(k.code, option.code); }))
          kept.push_back(option);
      movable.options = std::move(kept);
    }
    movable_.erase(std::remove_if(movable_.begin(), movable_.end(), [](const Movable& m) { return m.options.empty(); }),
                   movable_.end());
  }

  // --- counterexamples ---------------------------------------------------------------------------------------------

  [[nodiscard]] Region region_with(const LeastChange::Choice& choice) const {
    Region region = region_;
    for (std::size_t i = 0; i < movable_.size(); ++i)
      if (choice[i] != LeastChange::kKept)
        region[movable_[i].column] = code_bit(movable_[i].options[static_cast<std::size_t>(choice[i])].code);
    return region;
  }

  // yes: with these answers the level is not the only one possible; `least` is told what that rules out.
  Answer refute(const Region& region, LeastChange* least) {
    Answer answer = Answer::no;
    for (const std::uint16_t box : higher_) {
      if (!search_.touches(region, box)) continue;
      Region witness = within(box, region);
      const Answer covered = search_.is_covered(witness, outside_);
      if (covered == Answer::unsettled) return covered;
      if (covered == Answer::yes) continue;
      answer = Answer::yes;
      if (least != nullptr) forbid(widened(witness, within(box, reach_), outside_.size()), *least, box);
    }
    if (level_ > 0) {
      Region witness = region;
      const Answer covered = search_.is_covered(witness, lifting_);
      if (covered == Answer::unsettled) return covered;
      if (covered == Answer::no) {
        answer = Answer::yes;
        if (least != nullptr) forbid(widened(witness, reach_, lifting_.size()), *least, std::nullopt);
      }
    }
    if (answer == Answer::yes) return answer;
    Region rest = region;
    const Answer covered = search_.is_covered(rest, outside_);
    if (covered != Answer::yes) return covered;
    if (least == nullptr) return Answer::yes;
    // Nothing is consistent and in scope: neither is what differs in columns that have no part in it.
    Region empty = region;
    for (const Movable& movable : movable_) {
      const Codes before = empty[movable.column];
      empty[movable.column] = reach_[movable.column];
      rest = empty;
      if (search_.is_covered(rest, outside_) != Answer::yes) empty[movable.column] = before;
    }
    least->forbid_inside(empty);
    return Answer::yes;
  }

  [[nodiscard]] Region within(std::uint16_t box, Region region) const {
    for (const Literal& l : compiled_.masks.literals(box)) region[l.column] &= l.codes;
    return region;
  }

  void forbid(const Region& counterexamples, LeastChange& least, std::optional<std::uint16_t> box) {
    const bool was_hopeless = least.is_hopeless();
    least.forbid_touching(counterexamples);
    if (was_hopeless || !least.is_hopeless()) return;
    is_undemanded_ = !box;
    if (box) blocked_by_ = rule_of(*box);
  }

  [[nodiscard]] std::size_t rule_of(std::uint16_t box) const {
    const auto range = std::find_if(compiled_.rules.begin(), compiled_.rules.end(),
                                    [&](BoxRange r) { return r.begin <= box && box < r.end; });
    return static_cast<std::size_t>(range - compiled_.rules.begin());
  }

  // `witness` lies outside the first `count` boxes of `lifting_`: takes in all codes of `within` with which it still
  // does.
  [[nodiscard]] Region widened(Region witness, const Region& within, std::size_t count) const {
    std::vector<std::uint16_t> kept_off(count, 0);  // by how many columns
    for (std::size_t b = 0; b < count; ++b)
      for (const Literal& l : compiled_.masks.literals(lifting_[b]))
        if ((witness[l.column] & l.codes) == 0) ++kept_off[b];
    for (const Movable& movable : movable_) {
      const std::size_t column = movable.column;
      Codes more = within[column] & ~witness[column];
      if (more == 0) continue;
      const auto for_each_kept_off_here = [&](auto&& visit) {
        for (const Edge& edge : edges_[column])
          if (edge.box < count && (witness[column] & edge.codes) == 0) visit(edge.box, edge.codes);
      };
      for_each_kept_off_here([&](std::size_t b, Codes codes) {
        if (kept_off[b] == 1) more &= ~codes;
      });
      for_each_kept_off_here([&](std::size_t b, Codes codes) {
        if ((more & codes) != 0) --kept_off[b];
      });
      witness[column] |= more;
    }
    return witness;
  }

  // --- the answer --------------------------------------------------------------------------------------------------

  void describe(const LeastChange::Choice& choice, Counterfactual& result) {
    Region region = region_with(choice);
    const std::vector<Movable> movable = std::move(movable_);
    movable_.clear();
    find_options();
    collect_boxes();  // those of options left aside before, too
    for (std::size_t i = 0; i < movable.size(); ++i) {
      if (choice[i] == LeastChange::kKept) continue;
      const Option& option = movable[i].options[static_cast<std::size_t>(choice[i])];
      const std::size_t column = movable[i].column;
      const FieldSpec& field = spec(static_cast<Field>(column));
      const FieldRanges& ranges = compiled_.ranges[column];
      const Position position(ranges, today_, field.field);
      AnswerChange change{field.field, ranges.ranges[option.range].values, ranges.ranges[option.range].values,
                          option.cost, position.has(option.range)};
      result.steps += option.cost;
      const auto also = [&](std::size_t range) {
        if (!is_allowed(field, position, range) || position.has(range) != change.fills) return false;
        Region other = region;
        other[column] = code_bit(ranges.ranges[range].code);
        if (refute(other, nullptr) != Answer::no) return false;
        change.enough = change.enough | ranges.ranges[range].values;
        region[column] |= other[column];
        return true;
      };
      if (field.kind == FieldKind::category) {
        for (std::size_t r = 0; r < ranges.ranges.size(); ++r)
          if (r != option.range) also(r);
      } else {
        for (std::size_t r = option.range; r > 0 && also(r - 1);) --r;
        for (std::size_t r = option.range + 1; r < ranges.ranges.size() && also(r);) ++r;
      }
      result.changes.push_back(change);
    }
  }

  // What a box of `lifting_` (its place there) demands of one column.
  struct Edge {
    std::size_t box;
    Codes codes;
  };

  std::size_t level_;
  const Compiled& compiled_;
  const Demands& demands_;
  const Assessment& today_;
  masks::Search& search_;
  Region region_, reach_;  // today's answers; what they may become
  bool may_get_worse_ = false, may_get_better_ = false;
  std::vector<Movable> movable_;
  // Boxes within reach: that demand more; that demand the level; of what is inconsistent or out of scope; of both, what
  // is outside first.
  Boxes higher_, demanding_, outside_, lifting_;
  std::vector<std::vector<Edge>> edges_;  // by column
  std::optional<std::size_t> blocked_by_;
  bool is_undemanded_ = false;
};

}  // namespace

Counterfactual counterfactual_to(std::size_t level, const Compiled& compiled, const Demands& demands,
                                 const Assessment& today, Levels possible, masks::Search& search) {
  Counterfactual result;
  result.level = level;
  if (possible == 0) {
    result.outcome = Counterfactual::Outcome::no_level;
    return result;
  }
  if (possible == Levels{1} << level) {
    result.outcome = Counterfactual::Outcome::is_so;
    return result;
  }
  return Finder(level, compiled, demands, today, possible, search).run();
}

}  // namespace placement::engine
