// Changes as a few readable regions: the conditions that make them. Whoever is placed lower than before lay in a box
// that demanded the level before, whoever is placed higher lies in one that demands it now, and these boxes are short.
// So the boxes cover all moves. They are taken from the largest share of moves down, each counted without those before
// it; counts only fall as more is set aside, so that a box is counted again only when it comes up (lazy greedy). The
// example of a region is a point the cover test finds, with every answer left out that it can do without. Tested in
// tests/unit/analysis/difference_test.cpp.
#include <algorithm>
#include <bit>
#include <queue>

#include "analysis/difference.hpp"
#include "analysis/prover.hpp"

namespace placement::analysis {
namespace {

using engine::Boxes;
using masks::Answer;
using masks::Codes;
using masks::Region;

// A box of one side that demands an outcome, or everything where nothing demands the lowest.
struct Candidate {
  std::optional<std::uint16_t> box;
  std::size_t side = 0, outcome = 0;
  Tally moved;              // as counted when
  std::size_t counted = 0;  // so many regions had been found
  friend bool operator<(const Candidate& a, const Candidate& b) {
    if (a.moved.weight != b.moved.weight) return a.moved.weight < b.moved.weight;
    return a.moved.number != b.moved.number ? a.moved.number < b.moved.number : a.box > b.box;
  }
};

class Finder {
 public:
  Finder(const Joint& joint, const masks::Masks& masks, const PackContent& priors, std::uint64_t steps)
      : joint_(joint), masks_(masks), priors_(priors), search_(masks, steps) {}

  // Nothing: out of steps.
  std::optional<Regions> find(std::size_t limit, const Tally& whole) {
    Regions regions;
    std::priority_queue<Candidate> queue;
    Boxes found;
    const auto enqueue = [&](Candidate candidate) {
      candidate.moved = moved_by(candidate, found);
      candidate.counted = found.size();
      if (candidate.moved.number != 0) queue.push(std::move(candidate));
    };
    for (const Candidate& candidate : candidates()) enqueue(candidate);
    while (!queue.empty() && regions.found.size() < limit && !is_exhausted_) {
      const Candidate next = queue.top();
      queue.pop();
      if (next.counted < found.size()) {
        enqueue(next);
        continue;
      }
      regions.found.push_back(described(next, whole));
      if (next.box) found.push_back(*next.box);
    }
    const std::optional<std::vector<Tally>> rest = table_in(masks_.everything(), found);
    if (rest) for_each_move([&](std::size_t cell) { regions.elsewhere += (*rest)[cell]; });
    return is_exhausted_ || search_.ran_out() ? std::nullopt : std::optional(std::move(regions));
  }

 private:
  static void append(const Boxes& boxes, Boxes& into) { into.insert(into.end(), boxes.begin(), boxes.end()); }

  [[nodiscard]] std::size_t before(std::size_t cell) const { return cell % joint_.sides[0].outcomes(); }
  [[nodiscard]] std::size_t after(std::size_t cell) const { return cell / joint_.sides[0].outcomes(); }

  template <class F>
  void for_each_move(F&& visit) const {
    for (std::size_t cell = 0; cell < joint_.sides[0].outcomes() * joint_.sides[1].outcomes(); ++cell)
      if (joint_.is_move(before(cell), after(cell))) visit(cell);
  }

  // The side whose boxes make a move: before where it goes down, after where it goes up.
  [[nodiscard]] std::size_t maker(std::size_t cell) const {
    const std::vector<std::string>& names = joint_.sides[1].names;
    const auto place = [&](const std::string& name, std::size_t otherwise) {
      const auto at = std::find(names.begin(), names.end(), name);
      return at == names.end() ? otherwise : static_cast<std::size_t>(at - names.begin());
    };
    const bool is_down = place(joint_.sides[0].names[before(cell)], before(cell)) > after(cell);
    if (is_down) return before(cell) > 0 ? 0 : 1;
    return after(cell) > 0 ? 1 : 0;
  }

  [[nodiscard]] bool is_made_by(std::size_t cell, const Candidate& candidate) const {
    return maker(cell) == candidate.side && (candidate.side == 0 ? before(cell) : after(cell)) == candidate.outcome;
  }

  [[nodiscard]] std::vector<Candidate> candidates() const {
    std::vector<Candidate> all;
    for (std::size_t s = 0; s < 2; ++s)
      for (std::size_t o = 0; o < joint_.sides[s].outcomes(); ++o) {
        if (o == 0) all.push_back({std::nullopt, s, o, {}, 0});
        for (const std::uint16_t box : joint_.sides[s].of_outcome[o]) all.push_back({box, s, o, {}, 0});
      }
    return all;
  }

  [[nodiscard]] Region region_of(const Candidate& candidate) const {
    Region region = masks_.everything();
    if (candidate.box)
      for (const masks::Literal& l : masks_.literals(*candidate.box)) region[l.column] &= l.codes;
    return region;
  }

  std::optional<std::vector<Tally>> table_in(const Region& region, const Boxes& excluded) {
    const Tallier tallier(priors_, masks_, assessment_of(region, masks_));
    std::optional<std::vector<Tally>> table = table_of(joint_, region, tallier, excluded, search_);
    is_exhausted_ = is_exhausted_ || !table;
    return table;
  }

  Tally moved_by(const Candidate& candidate, const Boxes& found) {
    Tally moved;
    const std::optional<std::vector<Tally>> table = table_in(region_of(candidate), found);
    if (table)
      for_each_move([&](std::size_t cell) { moved += is_made_by(cell, candidate) ? (*table)[cell] : Tally(); });
    return moved;
  }

  PackDifference::Region described(const Candidate& candidate, const Tally& whole) {
    PackDifference::Region described;
    const Region region = region_of(candidate);
    described.where = assessment_of(region, masks_);
    const std::optional<std::vector<Tally>> table = table_in(region, {});
    if (!table) return described;
    const Tallier tallier(priors_, masks_);
    Tally inside, moved;
    std::size_t most = 0;
    std::vector<std::pair<Tally, std::size_t>> moves;
    for (std::size_t cell = 0; cell < table->size(); ++cell)
      if (before(cell) != joint_.sides[0].inconsistent() || after(cell) != joint_.sides[1].inconsistent())
        inside += (*table)[cell];
    for_each_move([&](std::size_t cell) {
      if (!is_made_by(cell, candidate) || (*table)[cell].number == 0) return;
      moved += (*table)[cell];
      moves.emplace_back((*table)[cell], cell);
    });
    std::stable_sort(moves.begin(), moves.end(),
                     [](const auto& a, const auto& b) { return a.first.weight > b.first.weight; });
    for (const auto& [tally, cell] : moves)
      described.moves.push_back(
          {joint_.sides[0].names[before(cell)], joint_.sides[1].names[after(cell)], tallier.portion(tally, whole)});
    most = moves.front().second;
    described.inside = tallier.portion(inside, whole);
    described.moved = tallier.portion(moved, whole);
    described.example = example(candidate, most);
    return described;
  }

  // Answers after which both packs say what the move says, whatever else is known: one value each.
  Assessment example(const Candidate& candidate, std::size_t cell) {
    const std::array<std::size_t, 2> outcomes{before(cell), after(cell)};
    const Side& other = joint_.sides[1 - candidate.side];
    const std::size_t other_outcome = outcomes[1 - candidate.side];
    Boxes outside, starts = other.of_outcome[other_outcome];
    for (std::size_t s = 0; s < 2; ++s) append(joint_.sides[s].above(outcomes[s]), outside);
    for (std::size_t i = 0; i < std::max<std::size_t>(starts.size(), 1); ++i) {
      Region region = region_of(candidate);
      if (other_outcome > 0) {
        if (starts.empty() || !search_.touches(region, starts[i])) continue;
        for (const masks::Literal& l : masks_.literals(starts[i])) region[l.column] &= l.codes;
      }
      if (search_.is_covered(region, outside) != Answer::no) continue;
      for (std::size_t c = 0; c < masks_.columns(); ++c) {
        const Codes kept = region[c];
        region[c] = masks_.all_codes(c);
        if (kept != region[c] && !is_forced(region, outcomes)) region[c] = kept & (~kept + 1);
      }
      Assessment found = assessment_of(region, masks_), example;
      found.answered().for_each([&](Field f) { example.set(f, found.answer(f).lowest()); });
      return example;
    }
    return {};
  }

  // Has every consistent point of the region these outcomes?
  bool is_forced(const Region& region, const std::array<std::size_t, 2>& outcomes) {
    Boxes aside;  // what does not count: inconsistent for a pack, unless that is its outcome
    for (std::size_t s = 0; s < 2; ++s)
      if (outcomes[s] != joint_.sides[s].inconsistent()) append(joint_.sides[s].of_outcome.back(), aside);
    for (std::size_t s = 0; s < 2; ++s) {
      const Side& side = joint_.sides[s];
      Boxes covering = aside;
      append(side.of_outcome[outcomes[s]], covering);
      Region rest = region;
      if (outcomes[s] > 0 && search_.is_covered(rest, covering) != Answer::yes) return false;
      for (const std::uint16_t box : side.above(outcomes[s])) {
        if (!search_.touches(region, box)) continue;
        rest = region;
        for (const masks::Literal& l : masks_.literals(box)) rest[l.column] &= l.codes;
        if (search_.is_covered(rest, aside) != Answer::yes) return false;
      }
    }
    return true;
  }

  const Joint& joint_;
  const masks::Masks& masks_;
  const PackContent& priors_;
  masks::Search search_;
  bool is_exhausted_ = false;
};

}  // namespace

std::optional<Regions> changed_regions(const Joint& joint, const masks::Masks& masks, const PackContent& priors,
                                       std::size_t limit, std::uint64_t steps, const Tally& whole) {
  return Finder(joint, masks, priors, steps).find(limit, whole);
}

}  // namespace placement::analysis
