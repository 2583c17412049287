#include "engine/relevance.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "engine/settling.hpp"

namespace placement::engine {
namespace {

using masks::Answer;
using masks::Codes;
using masks::Region;

class Relevance {
 public:
  Relevance(const Compiled& compiled, const Demands& demands, const Openness& openness, const Outcome& outcome,
            Completions& completions)
      : compiled_(compiled),
        demands_(demands),
        openness_(openness),
        completions_(completions),
        only_levels_count_(outcome.status_is_final) {
    if (outcome.possible != 0) lowest_ = static_cast<std::size_t>(std::countr_zero(outcome.possible));
    // What cannot change any more bears on nothing: demands no higher than the lowest possible level, all of them where
    // no level is possible, stops where the status is final.
    for (const masks::RankedBox& r : demands.ranked) {
      const bool is_scope = r.rank == demands.of_level.size();
      const bool can_matter =
          outcome.possible != 0 && r.rank > static_cast<unsigned>(std::countr_zero(outcome.possible));
      if ((!is_scope && !can_matter) || !completions.search().touches(completions.region(), r.box)) continue;
      ranked_.push_back(r);
      add(r.box);
    }
    if (!only_levels_count_)
      for (const masks::RankedBox& r : demands.ranked_stops) add(r.box);
    // Further answers only ever take fields off the list of what must be known: what is not on it now does not count.
    if (!only_levels_count_) must_know_ = outcome.must_know;
    const std::vector<MustKnow>& entries = compiled.pack.content().must_know;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Field entry = entries[i].field;
      if (!must_know_.contains(entry)) continue;
      const Boxes when = completions.touched(compiled.must_know[i]);
      for (const std::uint16_t box : when) add(box);
      add_reads(when, coupling_);
      if (openness_.partly.contains(entry))
        for (const std::size_t rule : demands_.rules) {  // what decides whether a partly known answer will do
          if (!compiled_.pack.checked().rule_reads[rule].contains(entry)) continue;
          const Boxes boxes = completions.touched(compiled.rules[rule]);
          for (const std::uint16_t box : boxes) add(box);
          add_reads(boxes, coupling_);
        }
      if (!when.empty() && !compiled.masks.literals(when.front()).empty()) may_lapse_.insert(entry);
      if (openness_.partly.contains(entry)) may_lapse_.insert(entry);
    }
    add_reads(bearing_, read_);
    telling_ = bearing_;
    for (const std::uint16_t box : completions.forbidden()) telling_.push_back(box);
    stops_and_scope_ = stops_and_scope();
  }

  FieldSet find() {
    FieldSet relevant;
    std::vector<Field> left;
    (openness_.unknown | openness_.partly).for_each([&](Field f) {
      if (is_shown(f))
        relevant.insert(f);
      else if (may_be_coupled(f) && (must_know_.contains(f) || has_a_choice(f)))
        left.push_back(f);
    });
    for (const Field f : left)
      if (shown_by_search(f)) relevant.insert(f);
    return relevant;
  }

  std::optional<Field> first_plainly_required(const std::vector<Field>& asked) {
    for (const MustKnow& entry : compiled_.pack.content().must_know) {
      const Field f = entry.field;
      if (!is_unanswered(f)) continue;
      const bool is_relevant = is_shown(f);
      if (!is_relevant && may_be_coupled(f)) return std::nullopt;
      if (is_relevant && std::find(asked.begin(), asked.end(), f) == asked.end()) return f;
    }
    return std::nullopt;
  }

 private:
  bool is_shown(Field f) { return shown_by_pair(f) || shown_by_must_know(f); }

  [[nodiscard]] bool is_unanswered(Field f) const {
    return openness_.unknown.contains(f) || openness_.partly.contains(f);
  }

  [[nodiscard]] Boxes stops_and_scope() const {
    Boxes boxes;
    for (const BoxRange range : demands_.stops) completions_.add_touched(range, boxes);
    for (const BoxRange range : demands_.scope) completions_.add_touched(range, boxes);
    return boxes;
  }

  void add_reads(const Boxes& boxes, FieldSet& into) const {
    for (const std::uint16_t box : boxes)
      for (const masks::Literal& l : compiled_.masks.literals(box))
        if (completions_.is_open(l.column)) into.insert(static_cast<Field>(l.column));
  }

  void add(std::uint16_t box) {
    if (completions_.search().touches(completions_.region(), box)) bearing_.push_back(box);
  }

  bool shown_by_pair(Field f) {
    const auto column = static_cast<std::size_t>(f);
    if (!completions_.is_open(column) || !read_.contains(f)) return false;
    masks::Search::Pair pair;
    const bool shown = completions_.differ_in(column, ranked_, pair) == Answer::yes ||
                       completions_.differ_in(column, demands_.ranked_stops, pair) == Answer::yes;
    if (shown) pairs_.emplace_back(column, pair.rest);
    return shown;
  }

  // A required field nobody answered: everything else known, no stop, in scope, and it is the one thing missing.
  bool shown_by_must_know(Field f) {
    const std::vector<MustKnow>& entries = compiled_.pack.content().must_know;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].field != f || !openness_.unknown.contains(f)) continue;
      if (completions_.some(completions_.touched(compiled_.must_know[i]), stops_and_scope_) == Answer::yes) return true;
    }
    return false;
  }

  // Are there two answers to `f` that are consistent? What follows from the others need not be asked.
  bool has_a_choice(Field f) {
    const auto column = static_cast<std::size_t>(f);
    std::size_t consistent = 0;
    for (Codes rest = completions_.region()[column]; rest != 0 && consistent < 2; rest &= rest - 1) {
      Region answered = completions_.region();
      answered[column] = rest & (~rest + 1);
      consistent += Completions(compiled_, answered, completions_.search()).is_consistent() != Answer::no ? 1U : 0U;
    }
    return consistent == 2;
  }

  // Could an answer to `f` work through other fields at all?
  bool may_be_coupled(Field f) const {
    const auto column = static_cast<std::size_t>(f);
    if (!completions_.is_open(column)) return false;
    if (completions_.is_constrained(column)) return true;
    return coupling_.contains(f);
  }

  // Around one constraint: two completions that differ in another field it reads, on either side of what it allows.
  bool shown_beside_constraint(Field f, masks::Search& search) {
    const auto column = static_cast<std::size_t>(f);
    for (const std::uint16_t box : completions_.forbidden()) {
      const auto literals = compiled_.masks.literals(box);
      const auto reads_open = [&](std::size_t c) {
        return std::any_of(literals.begin(), literals.end(), [&](const masks::Literal& l) {
          return l.column == c && (completions_.region()[c] & ~l.codes) != 0;
        });
      };
      if (!reads_open(column)) continue;
      for (const masks::Literal& other : literals) {
        if (other.column == column || !reads_open(other.column)) continue;
        Region region = completions_.region();
        std::vector<Codes> allowed(compiled_.masks.codes(other.column));
        for (std::size_t code = 0; code < allowed.size(); ++code)
          allowed[code] = (other.codes >> code & 1U) != 0 ? ~other.codes : other.codes;
        for (const masks::Literal& l : literals) {
          if (l.column == column) region[column] &= ~l.codes;
          if (l.column != column && l.column != other.column) region[l.column] &= l.codes;
        }
        masks::Search::Pair pair;
        const masks::Point quiet = search.quiet_point(region);
        if (search.differ_in(region, other.column, ranked_, completions_.forbidden(), quiet, pair, allowed) !=
            Answer::yes)
          continue;
        Region place = completions_.region();
        for (std::size_t c = 0; c < compiled_.masks.columns(); ++c)
          if (c != column && c != other.column && completions_.is_open(c))
            place[c] = Codes{1} << static_cast<unsigned>(std::countr_zero(pair.rest[c]));
        if (verdict(place, f, std::nullopt, search) == Verdict::found) return true;
        if (shown_near_pairs(f, other, box, search)) return true;
      }
    }
    return false;
  }

  // The same around the pairs found for other fields, moved into one box after another: looks for a level that only the
  // codes of `other` have which the constraint `box` may exclude.
  bool shown_near_pairs(Field f, const masks::Literal& other, std::uint16_t box, masks::Search& search) {
    const auto column = static_cast<std::size_t>(f);
    const std::vector<bool> connected = completions_.connected_with(column);
    const auto literals = compiled_.masks.literals(box);
    const auto own =
        std::find_if(literals.begin(), literals.end(), [&](const masks::Literal& l) { return l.column == column; });
    for (const auto& [shown, rest] : pairs_) {
      if (!connected[shown]) continue;
      for (const std::uint16_t target : bearing_) {
        masks::Point point{};
        for (std::size_t c = 0; c < compiled_.masks.columns(); ++c)
          point[c] =
              static_cast<std::uint8_t>(std::countr_zero(completions_.is_open(c) ? rest[c] : completions_.region()[c]));
        search.move_into(point, target, completions_.region());
        point[column] = static_cast<std::uint8_t>(std::countr_zero(completions_.region()[column] & ~own->codes));
        std::uint64_t inside = 0, outside = 0;  // ranks reached on either side of the constraint
        for (Codes left = completions_.region()[other.column]; left != 0; left &= left - 1) {
          point[other.column] = static_cast<std::uint8_t>(std::countr_zero(left));
          const auto is_in = [&](std::uint16_t b) { return search.lies_in(point, b); };
          if (std::any_of(completions_.forbidden().begin(), completions_.forbidden().end(), is_in)) continue;
          const auto top =
              std::find_if(ranked_.begin(), ranked_.end(), [&](const masks::RankedBox& r) { return is_in(r.box); });
          const unsigned rank = top == ranked_.end() ? 0U : top->rank;
          ((other.codes >> point[other.column] & 1U) != 0 ? inside : outside) |= std::uint64_t{1} << (rank % 64);
        }
        if ((inside & ~outside) == 0) continue;
        Region place = completions_.region();
        for (std::size_t c = 0; c < compiled_.masks.columns(); ++c)
          if (c != column && c != other.column && completions_.is_open(c)) place[c] = Codes{1} << point[c];
        if (!search.spend(kStepsPerPlace)) return false;
        if (verdict(place, f, std::nullopt, search) == Verdict::found) return true;
      }
    }
    return false;
  }

  // Can the answer still work through constraints? Where only levels count, codes that are never in scope add nothing.
  bool can_work(const Region& place, std::size_t column, std::span<const Choice> made, masks::Search& search) const {
    if (!is_coupled(place, column, made, bearing_, completions_.forbidden(), search)) return false;
    if (!only_levels_count_) return true;
    Boxes outside = completions_.forbidden();
    for (const BoxRange range : demands_.scope) completions_.add_touched(range, outside);
    Region region = place;
    for (const Choice& choice : made) {
      if (std::has_single_bit(region[choice.column])) continue;
      for (Codes rest = place[choice.column]; rest != 0; rest &= rest - 1) {
        const Codes code = rest & (~rest + 1);
        Region with = region;
        with[choice.column] = code;
        if (region[choice.column] != code && search.is_covered(with, outside) == Answer::yes)
          region[choice.column] &= ~code;
      }
    }
    return is_coupled(region, column, made, bearing_, completions_.forbidden(), search);
  }

  bool shown_by_search(Field f) {
    const auto column = static_cast<std::size_t>(f);
    masks::Search search(compiled_.masks, std::min(kStepsPerField, completions_.search().steps_left()));
    if (shown_beside_constraint(f, search)) return true;
    const std::vector<bool> connected = completions_.connected_with(column);
    const std::vector<Choice> all = choices_around(completions_, column, read_ | must_know_, may_lapse_ | coupling_);
    const auto first_outer =
        std::find_if(all.begin(), all.end(), [&](const Choice& c) { return !connected[c.column]; });
    const std::span<const Choice> inner(all.begin(), first_outer);
    // Required fields no box reads have nothing to choose: answered, or the one that is not.
    std::vector<std::optional<Field>> unanswered{std::nullopt};
    may_lapse_.for_each([&](Field g) {
      if (!completions_.is_open(static_cast<std::size_t>(g))) unanswered.emplace_back(g);
    });
    for (const std::optional<Field>& bare : unanswered) {
      const auto judge = [&](const Region& place, std::span<const Choice> made) {
        if (!coupling_.contains(f) && !can_work(place, column, made, search)) return Verdict::hopeless;
        return search.spend(kStepsPerPlace) ? verdict(place, f, bare, search) : Verdict::unsettled;
      };
      for (const auto& [other, rest] : pairs_) {
        if (!connected[other]) continue;
        Region region = completions_.region();
        for (const Choice& choice : all)
          if (!connected[choice.column])
            region[choice.column] = Codes{1} << static_cast<unsigned>(std::countr_zero(rest[choice.column]));
        if (find_further_answers(region, inner, telling_, compiled_.masks, judge) == Answer::yes) return true;
      }
      Region region = completions_.region();
      if (find_further_answers(region, all, telling_, compiled_.masks, judge) != Answer::no) return true;
    }
    return false;
  }

  // Openness at a place of the search: what has become one code there was answered.
  [[nodiscard]] Openness openness_at(const Region& place, Field f, bool is_answered, std::optional<Field> bare) const {
    Openness here = openness_;
    (openness_.unknown | openness_.partly).for_each([&](Field g) {
      const auto column = static_cast<std::size_t>(g);
      const bool known = g == f                         ? is_answered
                         : completions_.is_open(column) ? std::has_single_bit(place[column])
                                                        : bare != g;
      if (!known) return;
      here.unknown.erase(g);
      here.partly.erase(g);
    });
    return here;
  }

  // A cheap look at one answer: do the completions that showed the possible levels still show them with it? Then
  // nothing shrinks; and while two levels are left, one of them seen without a stop, nothing is settled either.
  bool keeps_outcome(const Outcome& now, const Witnesses& shown, std::size_t column, std::uint8_t code,
                     const masks::Search& search) const {
    if (shown.size() != static_cast<std::size_t>(std::popcount(now.possible))) return false;
    bool some_without_stop = false;
    for (const auto& [level, witness] : shown) {
      masks::Point point = witness;
      point[column] = code;
      const auto is_in = [&](std::uint16_t box) { return search.lies_in(point, box); };
      if (std::any_of(completions_.forbidden().begin(), completions_.forbidden().end(), is_in)) return false;
      // Demands no higher than the lowest possible level are not among ranked_: the rank of that level is then 0.
      const auto top =
          std::find_if(ranked_.begin(), ranked_.end(), [&](const masks::RankedBox& r) { return is_in(r.box); });
      if (top == ranked_.end() ? level != lowest_ : top->rank != level) return false;
      some_without_stop = some_without_stop || std::none_of(demands_.ranked_stops.begin(), demands_.ranked_stops.end(),
                                                            [&](const masks::RankedBox& r) { return is_in(r.box); });
    }
    return now.status_is_final || (shown.size() > 1 && some_without_stop);
  }

  // What is true at a place before the answer to a field.
  struct Before {
    Answer consistent = Answer::no;
    Outcome now;
    Witnesses shown;
    bool can_shrink = false;
  };

  Before look_at(const Region& place, Field f, std::optional<Field> bare, masks::Search& search) const {
    Before before;
    Completions here(compiled_, place, search);
    before.consistent = here.is_consistent();
    if (before.consistent != Answer::yes) return before;
    before.now = outcome_of(compiled_, demands_, openness_at(place, f, false, bare), here, &before.shown);
    const Levels possible = before.now.possible;
    before.can_shrink = possible != 0 && (!std::has_single_bit(possible) || scope_is_open(here));
    return before;
  }

  Verdict verdict(const Region& place, Field f, std::optional<Field> bare, masks::Search& search) {
    // Where nothing more is answered all fields see the same.
    const bool is_start = !bare && place == completions_.region();
    Before seen;
    if (!is_start || !start_) seen = look_at(place, f, bare, search);
    if (is_start && !start_ && !search.ran_out()) start_ = seen;
    const Before& before = is_start && start_ ? *start_ : seen;
    if (before.consistent != Answer::yes)
      return before.consistent == Answer::no ? Verdict::hopeless : Verdict::unsettled;
    const Outcome& now = before.now;
    const auto column = static_cast<std::size_t>(f);
    for (Codes rest = codes_that_differ(place[column], column, telling_, compiled_.masks); rest != 0;
         rest &= rest - 1) {
      const auto code = static_cast<std::uint8_t>(std::countr_zero(rest));
      if (keeps_outcome(now, before.shown, column, code, search)) continue;
      Region answered = place;
      answered[column] = Codes{1} << code;
      Completions after(compiled_, answered, search);
      if (after.is_consistent() != Answer::yes) continue;
      const Outcome then = outcome_of(compiled_, demands_, openness_at(answered, f, true, bare), after);
      if (then.possible != now.possible || (then.status_is_final && !now.status_is_final)) return Verdict::found;
    }
    if (search.ran_out()) return Verdict::unsettled;
    return now.status_is_final && !before.can_shrink ? Verdict::hopeless : Verdict::go_on;
  }

  bool scope_is_open(Completions& completions) const {
    Boxes scope;
    for (const BoxRange range : demands_.scope) completions.add_touched(range, scope);
    return completions.some(scope) != Answer::no;
  }

  const Compiled& compiled_;
  const Demands& demands_;
  const Openness& openness_;
  Completions& completions_;
  std::vector<masks::RankedBox> ranked_;  // demands and scope that can still matter, by falling rank
  std::size_t lowest_ = 0;                // possible level
  bool only_levels_count_;                // the status is final: an answer can only shrink the possible levels
  Boxes bearing_;                         // boxes that bear on level, scope, stops or must_know
  Boxes telling_;                         // and those of violated constraints
  Boxes stops_and_scope_;
  FieldSet read_;       // open fields that bear on level, scope, stops or must_know
  FieldSet must_know_;  // required and not answered
  FieldSet may_lapse_;  // of these: further answers to other fields can make them count as answered or not required
  FieldSet coupling_;   // open fields that bear on whether a must_know entry is required or answered
  std::vector<std::pair<std::size_t, Region>> pairs_;
  std::optional<Before> start_;  // what is true before anything more is answered
};

}  // namespace

FieldSet relevant_fields(const Compiled& compiled, const Demands& demands, const Openness& openness,
                         const Outcome& outcome, Completions& completions) {
  if (completions.is_consistent() == Answer::no || outcome.status == Status::decided) return {};
  return Relevance(compiled, demands, openness, outcome, completions).find();
}

std::optional<Field> first_plainly_required(const Compiled& compiled, const Demands& demands, const Openness& openness,
                                            const Outcome& outcome, const std::vector<Field>& asked,
                                            Completions& completions) {
  if (completions.is_consistent() == Answer::no || outcome.status == Status::decided) return std::nullopt;
  return Relevance(compiled, demands, openness, outcome, completions).first_plainly_required(asked);
}

}  // namespace placement::engine
