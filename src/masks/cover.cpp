#include "masks/cover.hpp"

#include <algorithm>
#include <bit>

namespace placement::masks {
namespace {

constexpr unsigned kHalvings = 2, kMostHalvings = 12;

// A box with a rank, and the codes of one column on either side of its literal there.
struct Side {
  RankedBox item;
  Codes in = 0, out = 0;
};

bool holds(std::span<const Literal> literals, const Point& point, std::size_t column, std::uint8_t code) {
  return std::all_of(literals.begin(), literals.end(), [&](const Literal& l) {
    return (l.codes >> (l.column == column ? code : point[l.column]) & 1U) != 0;
  });
}

}  // namespace

Answer Search::is_covered(Region& region, std::span<const std::uint16_t> boxes) {
  arena_.clear();
  for (const std::uint16_t box : boxes) arena_.push_back({box, {}});
  return solve(region, 0, arena_.size());
}

bool Search::spend(std::uint64_t steps) noexcept {
  ran_out_ = ran_out_ || steps_ < steps;
  steps_ -= std::min(steps_, steps);
  return !ran_out_;
}

bool Search::touches(const Region& region, std::size_t box) const {
  const auto literals = masks_.literals(box);
  return std::all_of(literals.begin(), literals.end(),
                     [&](const Literal& l) { return l.column == ignored_ || (l.codes & region[l.column]) != 0; });
}

bool Search::contains(const Region& region, std::size_t box) const {
  const auto literals = masks_.literals(box);
  return std::all_of(literals.begin(), literals.end(),
                     [&](const Literal& l) { return (region[l.column] & ~l.codes) == 0; });
}

Answer Search::solve(Region& region, std::size_t begin, std::size_t end) {
  if (steps_ == 0) {
    ran_out_ = true;
    return Answer::unsettled;
  }
  --steps_;
  const std::size_t kept = arena_.size();
  std::array<std::uint32_t, kMaxColumns> undecided{};  // boxes that depend on a column
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint16_t box = arena_[i].box;
    bool is_touched = true;
    ColumnBits open;
    unsigned count = 0;
    for (const Literal& l : masks_.literals(box)) {
      if (l.column == ignored_) continue;
      const Codes codes = region[l.column];
      if ((codes & l.codes) == 0) {
        is_touched = false;
        break;
      }
      if ((codes & ~l.codes) == 0) continue;
      open.insert(l.column);
      ++count;
    }
    if (!is_touched) continue;
    if (open.empty()) {  // the box contains the region
      arena_.resize(kept);
      return Answer::yes;
    }
    const std::uint32_t weight = std::uint32_t{1} << (kMostHalvings - std::min(kHalvings * count, kMostHalvings));
    open.for_each([&](std::size_t c) { undecided[c] += weight; });
    arena_.push_back({box, open});
  }

  Answer answer = Answer::no;
  std::size_t first = kept;
  Region before;
  bool is_narrowed = false;
  while (first < arena_.size() && answer != Answer::yes) {
    // Move the boxes connected with the first one to the front: [first, last) is settled apart from the rest.
    ColumnBits group = arena_[first].open;
    std::size_t last = first + 1;
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t i = last; i < arena_.size(); ++i) {
        if (!arena_[i].open.meets(group)) continue;
        group = group | arena_[i].open;
        std::swap(arena_[i], arena_[last++]);
        grew = true;
      }
    }
    if (last < arena_.size() && !is_narrowed) {
      before = region;
      is_narrowed = true;
    }
    std::size_t column = 0;
    std::uint32_t most = 0;
    group.for_each([&](std::size_t c) {
      if (undecided[c] <= most) return;
      most = undecided[c];
      column = c;
    });
    const std::size_t size = arena_.size();
    const Answer part = split(region, column, first, last);
    arena_.resize(size);
    if (part != Answer::no) answer = part == Answer::yes || answer == Answer::no ? part : answer;
    first = last;
  }
  if (answer != Answer::no && is_narrowed) region = before;
  arena_.resize(kept);
  return answer;
}

Answer Search::split(Region& region, std::size_t column, std::size_t begin, std::size_t end) {
  const Codes whole = region[column];
  std::array<Codes, kMaxCodes> groups{whole};
  std::size_t count = 1;
  for (std::size_t i = begin; i < end; ++i)
    for (const Literal& l : masks_.literals(arena_[i].box)) {
      if (l.column != column) continue;
      for (std::size_t g = 0, n = count; g < n; ++g) {
        const Codes inside = groups[g] & l.codes;
        if (inside == 0 || inside == groups[g]) continue;
        groups[count++] = inside;
        groups[g] &= ~l.codes;
      }
    }
  Answer answer = Answer::yes;
  for (std::size_t g = 0; g < count; ++g) {
    region[column] = groups[g];
    const Answer part = solve(region, begin, end);
    if (part == Answer::no) return Answer::no;
    if (part == Answer::unsettled) answer = Answer::unsettled;
  }
  region[column] = whole;
  return answer;
}

Point Search::quiet_point(const Region& region) const {
  Point point{};
  for (const std::size_t column : masks_.read_columns()) point[column] = masks_.quietest(column, region[column]);
  return point;
}

void Search::move_into(Point& point, std::size_t box, const Region& region) const {
  for (const Literal& l : masks_.literals(box))
    if ((l.codes >> point[l.column] & 1U) == 0)
      point[l.column] = static_cast<std::uint8_t>(std::countr_zero(l.codes & region[l.column]));
}

bool Search::lies_in(const Point& point, std::size_t box) const {
  return holds(masks_.literals(box), point, kNoColumn, 0);
}

bool Search::probe(RankedBox item, std::size_t column, std::uint8_t high, std::uint8_t low, const Region& region,
                   std::span<const RankedBox> ranked, std::span<const std::uint16_t> excluded, Point point,
                   Pair& pair) const {
  point[column] = high;
  move_into(point, item.box, region);
  for (const std::uint16_t e : excluded)
    if (holds(masks_.literals(e), point, column, high) || holds(masks_.literals(e), point, column, low)) return false;
  for (const RankedBox& r : ranked) {
    if (r.rank < item.rank) break;
    if (holds(masks_.literals(r.box), point, column, low)) return false;
  }
  for (std::size_t c = 0; c < masks_.columns(); ++c) pair.rest[c] = Codes{1} << point[c];
  pair.high = high;
  pair.low = low;
  return true;
}

std::vector<std::uint8_t> Search::distinct_codes(const Region& region, std::size_t column,
                                                 std::span<const RankedBox> ranked,
                                                 std::span<const std::uint16_t> excluded) const {
  std::vector<Codes> classes{region[column]};
  const auto refine = [&](std::uint16_t box) {
    for (const Literal& l : masks_.literals(box)) {
      if (l.column != column) continue;
      for (std::size_t i = 0, n = classes.size(); i < n; ++i) {
        const Codes inside = classes[i] & l.codes;
        if (inside == 0 || inside == classes[i]) continue;
        classes.push_back(inside);
        classes[i] &= ~l.codes;
      }
    }
  };
  for (const RankedBox& r : ranked) refine(r.box);
  for (const std::uint16_t box : excluded) refine(box);
  std::vector<std::uint8_t> codes;
  for (const Codes c : classes) codes.push_back(static_cast<std::uint8_t>(std::countr_zero(c)));
  std::sort(codes.begin(), codes.end());
  return codes;
}

Answer Search::differ_in(const Region& region, std::size_t column, std::span<const RankedBox> ranked,
                         std::span<const std::uint16_t> excluded, const Point& quiet, Pair& pair,
                         std::span<const Codes> allowed) {
  // The side with the higher rank lies in a box that the other side leaves through `column`.
  std::vector<Side> sides;
  const std::vector<std::uint64_t> readers = masks_.readers(column);
  for (const RankedBox& item : ranked) {
    if ((readers[item.box / 64] >> (item.box % 64) & 1U) == 0) continue;
    for (const Literal& l : masks_.literals(item.box)) {
      if (l.column != column) continue;
      const Codes in = region[column] & l.codes, out = region[column] & ~l.codes;
      if (in == 0 || out == 0 || !touches(region, item.box)) continue;
      sides.push_back({item, in, out});
      const bool quiet_is_in = (in >> quiet[column] & 1U) != 0;
      const std::uint8_t high = quiet_is_in ? quiet[column] : masks_.quietest(column, in);
      const std::uint8_t low = quiet_is_in ? masks_.quietest(column, out) : quiet[column];
      if (allowed.empty() && probe(item, column, high, low, region, ranked, excluded, quiet, pair)) return Answer::yes;
    }
  }
  if (sides.empty()) return Answer::no;
  std::vector<std::uint8_t> codes;
  if (allowed.empty()) {
    codes = distinct_codes(region, column, ranked, excluded);
  } else {
    for (Codes rest = region[column]; rest != 0; rest &= rest - 1)
      codes.push_back(static_cast<std::uint8_t>(std::countr_zero(rest)));
  }
  if (codes.size() < 2) return Answer::no;
  Answer answer = Answer::no;
  std::vector<std::uint16_t> forbidden;
  const auto at = [&](std::size_t box, std::uint8_t code) {
    for (const Literal& l : masks_.literals(box))
      if (l.column == column) return (l.codes >> code & 1U) != 0;
    return true;
  };
  for (const bool exact : {false, true}) {  // cheap probes for every box first
    for (const auto& [item, in, out] : sides) {
      for (const std::uint8_t high : codes) {
        if ((in >> high & 1U) == 0) continue;
        for (const std::uint8_t low : codes) {
          if ((out >> low & 1U) == 0) continue;
          if (!allowed.empty() && (allowed[high] >> low & 1U) == 0) continue;
          if (!exact) {
            if (probe(item, column, high, low, region, ranked, excluded, quiet, pair)) return Answer::yes;
            continue;
          }
          forbidden.clear();
          for (const std::uint16_t box : excluded)
            if (at(box, high) || at(box, low)) forbidden.push_back(box);
          for (const RankedBox& r : ranked)
            if (r.rank >= item.rank && at(r.box, low)) forbidden.push_back(r.box);
          Region rest = region;
          for (const Literal& l : masks_.literals(item.box))
            if (l.column != column) rest[l.column] &= l.codes;
          ignored_ = column;
          const Answer covered = is_covered(rest, forbidden);
          ignored_ = kNoColumn;
          if (covered == Answer::unsettled) answer = Answer::unsettled;
          if (covered != Answer::no) continue;
          pair = {rest, high, low};
          return Answer::yes;
        }
      }
    }
  }
  return answer;
}

}  // namespace placement::masks
