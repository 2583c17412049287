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

Codes first_code(Codes codes) { return Codes{1} << static_cast<unsigned>(std::countr_zero(codes)); }

}  // namespace

Answer find_further_answers(Region& region, std::span<const Choice> choices, std::span<const std::uint16_t> telling,
                            const masks::Masks& masks, const std::function<Verdict(const Region&)>& judge) {
  const Verdict verdict = judge(region);
  if (verdict == Verdict::found) return Answer::yes;
  if (verdict == Verdict::hopeless) return Answer::no;
  if (verdict == Verdict::unsettled) return Answer::unsettled;
  Answer answer = Answer::no;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::size_t column = choices[i].column;
    const Codes whole = region[column];
    if (std::has_single_bit(whole)) continue;
    for (const Codes codes : classes_of(whole, column, telling, masks)) {
      region[column] = first_code(codes);
      const Answer found = find_further_answers(region, choices.subspan(i + 1), telling, masks, judge);
      region[column] = whole;
      if (found == Answer::yes) return found;
      if (found == Answer::unsettled) answer = found;
    }
    if (!choices[i].may_stay) break;
  }
  return answer;
}

FieldSet settling_fields(const Compiled& compiled, Completions& completions, std::span<const RankedBox> ranked,
                         const FieldSet& among) {
  FieldSet fields;
  Boxes telling(completions.forbidden());
  FieldSet read;
  for (const RankedBox& r : ranked) {
    telling.push_back(r.box);
    for (const masks::Literal& l : compiled.masks.literals(r.box)) read.insert(static_cast<Field>(l.column));
  }
  among.for_each([&](Field field) {
    const auto column = static_cast<std::size_t>(field);
    if (!completions.is_open(column)) return;
    masks::Search::Pair pair;
    if (const Answer differ = completions.differ_in(column, ranked, pair); differ != Answer::no) {
      fields.insert(field);
      return;
    }
    if (!completions.is_constrained(column)) return;

    const std::vector<bool> connected = completions.connected_with(column);
    std::vector<Choice> choices;
    for (std::size_t c = 0; c < connected.size(); ++c)  // unconnected ones first: they have no "stays"
      if (c != column && !connected[c] && read.contains(static_cast<Field>(c)) && completions.is_open(c))
        choices.push_back({c, false});
    for (std::size_t c = 0; c < connected.size(); ++c)
      if (c != column && connected[c] && completions.is_open(c)) choices.push_back({c, true});
    Region region = completions.region();
    const Answer found =
        find_further_answers(region, choices, telling, compiled.masks, [&](const Region& place) {
          Completions here(compiled, place, completions.search());
          if (here.is_consistent() != Answer::yes)
            return here.is_consistent() == Answer::no ? Verdict::hopeless : Verdict::unsettled;
          const Answer constant = is_constant(here, ranked);
          if (constant != Answer::no) return constant == Answer::yes ? Verdict::hopeless : Verdict::unsettled;
          for (const Codes codes : classes_of(place[column], column, telling, compiled.masks)) {
            Region answered = place;
            answered[column] = first_code(codes);
            Completions after(compiled, answered, completions.search());
            if (after.is_consistent() == Answer::yes && is_constant(after, ranked) == Answer::yes) return Verdict::found;
          }
          return Verdict::go_on;
        });
    if (found != Answer::no) fields.insert(field);
  });
  return fields;
}

}  // namespace placement::engine
