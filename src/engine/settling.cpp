#include "engine/settling.hpp"

#include <algorithm>
#include <bit>

namespace placement::engine {
namespace {

using masks::Answer;
using masks::Codes;
using masks::RankedBox;
using masks::Region;

// Classes of the codes in `codes` that no box of `telling` tells apart.
std::vector<Codes> classes_of(Codes codes, std::size_t column, std::span<const std::uint16_t> telling,
                              const masks::Masks& masks) {
  std::vector<Codes> classes{codes};
  for (const std::uint16_t box : telling)
    for (const masks::Literal& l : masks.literals(box)) {
      if (l.column != column) continue;
      for (std::size_t i = 0, n = classes.size(); i < n; ++i) {
        const Codes inside = classes[i] & l.codes;
        if (inside == 0 || inside == classes[i]) continue;
        classes.push_back(inside);
        classes[i] &= ~l.codes;
      }
    }
  return classes;
}

// Have all consistent completions the same rank?
Answer is_constant(Completions& completions, std::span<const RankedBox> ranked) {
  Boxes boxes;
  for (std::size_t i = 0; i < ranked.size();) {
    const std::uint16_t rank = ranked[i].rank;
    const std::size_t before = boxes.size();
    for (; i < ranked.size() && ranked[i].rank == rank; ++i) boxes.push_back(ranked[i].box);
    const Answer some = completions.some(std::span(boxes).subspan(before));
    if (some == Answer::no) continue;  // nothing has this rank
    return some == Answer::unsettled ? some : completions.every(boxes);
  }
  return Answer::yes;
}

Codes first_code(Codes codes) { return codes & (~codes + 1); }

}  // namespace

Codes codes_that_differ(Codes codes, std::size_t column, std::span<const std::uint16_t> telling,
                        const masks::Masks& masks) {
  Codes firsts = 0;
  for (const Codes alike : classes_of(codes, column, telling, masks)) firsts |= first_code(alike);
  return firsts;
}

std::vector<Choice> choices_around(const Completions& completions, std::size_t column, const FieldSet& read,
                                   const FieldSet& may_stay) {
  const std::vector<bool> connected = completions.connected_with(column);
  FieldSet stays;  // what may stay, and what constraints connect with it
  may_stay.for_each([&](Field f) {
    if (!completions.is_open(static_cast<std::size_t>(f))) return;
    const std::vector<bool> beside = completions.connected_with(static_cast<std::size_t>(f));
    for (std::size_t c = 0; c < beside.size(); ++c)
      if (beside[c]) stays.insert(static_cast<Field>(c));
  });
  std::vector<Choice> choices, others;
  for (std::size_t c = 0; c < connected.size(); ++c) {
    if (c == column || !completions.is_open(c)) continue;
    const auto field = static_cast<Field>(c);
    if (connected[c])
      choices.push_back({c, true});
    else if (stays.contains(field) || read.contains(field))
      others.push_back({c, stays.contains(field)});
  }
  choices.insert(choices.end(), others.begin(), others.end());
  return choices;
}

namespace {

Answer try_choices(Region& region, std::span<const Choice> choices, std::size_t from,
                   std::span<const std::uint16_t> telling, const masks::Masks& masks, const Judge& judge) {
  const Verdict verdict = judge(region, choices.first(from));
  if (verdict == Verdict::found) return Answer::yes;
  if (verdict == Verdict::hopeless) return Answer::no;
  if (verdict == Verdict::unsettled) return Answer::unsettled;
  if (from == choices.size()) return Answer::no;
  const std::size_t column = choices[from].column;
  const Codes whole = region[column];
  Answer answer = Answer::no;
  const auto take = [&](Codes codes) {
    region[column] = codes;
    const Answer found = try_choices(region, choices, from + 1, telling, masks, judge);
    region[column] = whole;
    if (found != Answer::no) answer = found;
    return found == Answer::yes;
  };
  if (std::has_single_bit(whole) || choices[from].may_stay)
    if (take(whole)) return answer;
  if (std::has_single_bit(whole)) return answer;
  Answer unsettled = answer;
  for (const Codes codes : classes_of(whole, column, telling, masks)) {
    if (take(first_code(codes))) return answer;
    if (answer == Answer::unsettled) unsettled = answer;
  }
  return unsettled;
}

// Of codes that every box of `telling` treats alike, one that violates no more constraints than another replaces it.
bool drop_dominated(Region& region, std::size_t column, std::span<const std::uint16_t> telling,
                    std::span<const std::uint16_t> forbidden, const masks::Search& search) {
  const auto dominates = [&](unsigned better, unsigned worse) {
    const auto has = [&](const masks::Literal& l, unsigned code) { return (l.codes >> code & 1U) != 0; };
    for (const std::uint16_t box : telling)
      for (const masks::Literal& l : search.masks().literals(box))
        if (l.column == column && has(l, better) != has(l, worse)) return false;
    for (const std::uint16_t box : forbidden) {
      if (!search.touches(region, box)) continue;
      for (const masks::Literal& l : search.masks().literals(box))
        if (l.column == column && has(l, better) && !has(l, worse)) return false;
    }
    return true;
  };
  bool dropped = false;
  for (Codes a = region[column]; a != 0; a &= a - 1)
    for (Codes b = region[column]; b != 0; b &= b - 1) {
      const auto worse = static_cast<unsigned>(std::countr_zero(a)),
                 better = static_cast<unsigned>(std::countr_zero(b));
      if (worse == better || (region[column] >> worse & 1U) == 0 || (region[column] >> better & 1U) == 0) continue;
      if (!dominates(better, worse)) continue;
      region[column] &= ~(Codes{1} << worse);
      dropped = true;
    }
  return dropped;
}

}  // namespace

Answer find_further_answers(Region& region, std::span<const Choice> choices, std::span<const std::uint16_t> telling,
                            const masks::Masks& masks, const Judge& judge) {
  return try_choices(region, choices, 0, telling, masks, judge);
}

bool is_coupled(const Region& place, std::size_t column, std::span<const Choice> made,
                std::span<const std::uint16_t> telling, std::span<const std::uint16_t> forbidden,
                const masks::Search& search) {
  Region region = place;
  for (bool changed = true; changed;) {
    changed = false;
    bool coupled = false;
    for (const std::uint16_t box : forbidden) {
      if (!search.touches(region, box)) continue;
      const masks::Literal* open = nullptr;
      std::size_t undecided = 0;
      bool reads_column = false;
      for (const masks::Literal& l : search.masks().literals(box)) {
        if ((region[l.column] & ~l.codes) == 0) continue;
        ++undecided;
        open = &l;
        reads_column = reads_column || l.column == column;
      }
      if (undecided == 0) return false;  // nothing is consistent here
      if (undecided == 1) {
        region[open->column] &= ~open->codes;
        changed = true;
      }
      coupled = coupled || (undecided > 1 && reads_column);
    }
    if (!coupled && !changed) return false;
    for (const Choice& choice : made)
      if (!std::has_single_bit(region[choice.column]))
        changed = drop_dominated(region, choice.column, telling, forbidden, search) || changed;
  }
  return true;
}

FieldSet settling_fields(const Compiled& compiled, Completions& completions, std::span<const RankedBox> ranked,
                         const FieldSet& among) {
  FieldSet fields;
  Boxes bearing;
  FieldSet read;
  for (const RankedBox& r : ranked) {
    bearing.push_back(r.box);
    for (const masks::Literal& l : compiled.masks.literals(r.box)) read.insert(static_cast<Field>(l.column));
  }
  among.for_each([&](Field field) {
    const auto column = static_cast<std::size_t>(field);
    if (!completions.is_open(column)) return;
    masks::Search::Pair pair;
    if (completions.differ_in(column, ranked, pair) != Answer::no) {
      fields.insert(field);
      return;
    }
    if (!completions.is_constrained(column)) return;

    Boxes telling = bearing;
    telling.insert(telling.end(), completions.forbidden().begin(), completions.forbidden().end());
    Region region = completions.region();
    masks::Search search(compiled.masks, std::min(kStepsPerField, completions.search().steps_left()));
    const std::vector<Choice> choices = choices_around(completions, column, read, {});
    const auto judge = [&](const Region& place, std::span<const Choice> made) {
      if (!is_coupled(place, column, made, bearing, completions.forbidden(), search)) return Verdict::hopeless;
      if (!search.spend(kStepsPerPlace)) return Verdict::unsettled;
      if (!made.empty()) {  // before any choice it is consistent and open
        Completions here(compiled, place, search);
        if (here.is_consistent() != Answer::yes)
          return here.is_consistent() == Answer::no ? Verdict::hopeless : Verdict::unsettled;
        const Answer constant = is_constant(here, ranked);
        if (constant != Answer::no) return constant == Answer::yes ? Verdict::hopeless : Verdict::unsettled;
      }
      for (Codes rest = codes_that_differ(place[column], column, telling, compiled.masks); rest != 0;
           rest &= rest - 1) {
        Region answered = place;
        answered[column] = first_code(rest);
        Completions after(compiled, answered, search);
        if (after.is_consistent() == Answer::yes && is_constant(after, ranked) == Answer::yes) return Verdict::found;
      }
      return Verdict::go_on;
    };
    if (find_further_answers(region, choices, telling, compiled.masks, judge) != Answer::no) fields.insert(field);
  });
  return fields;
}

}  // namespace placement::engine
