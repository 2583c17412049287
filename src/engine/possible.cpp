#include "engine/possible.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace placement::engine {
namespace {

using masks::Answer;
using masks::RankedBox;

void add_ranked(BoxRange range, std::size_t rank, std::vector<RankedBox>& into) {
  for (std::uint16_t box = range.begin; box < range.end; ++box) into.push_back({box, static_cast<std::uint16_t>(rank)});
}

Boxes touched(const std::vector<BoxRange>& ranges, const Completions& completions) {
  Boxes boxes;
  for (const BoxRange range : ranges) completions.add_touched(range, boxes);
  return boxes;
}

// How much a completion demands: its rank as in Demands::at_least, and how many boxes have it.
struct Weight {
  std::size_t rank = 0;
  int boxes = 0;
  friend bool operator<(const Weight& a, const Weight& b) noexcept {
    return a.rank != b.rank ? a.rank < b.rank : a.boxes < b.boxes;
  }
};

// Goes from completion to completion, one answer changed each time, to such as demand less. Finds most of what there
// is at a fraction of a search's cost, and proves nothing where it finds nothing.
class Descent {
 public:
  Descent(const Demands& demands, const masks::Masks& masks) : demands_(demands), masks_(masks) {}

  // Changes `point` within `region` until its rank is `enough` or less: the answer that leaves the heaviest box and
  // makes it lightest, even if it grows heavier by it, and no answer twice in a row. Gives up after a few changes that
  // brought nothing. Returns the rank come to.
  std::size_t go_down(masks::Point& point, const masks::Region& region, std::size_t enough) {
    masks::Point here = point;
    Weight best = weight(here);
    std::size_t last = masks::kMaxColumns;
    for (int in_vain = 0; in_vain < kPatience && best.rank > enough; ++in_vain) {
      Weight lightest{kHeavy, 0};
      masks::Point next = here;
      const std::size_t box = heaviest_;
      std::size_t next_box = box;
      for (const masks::Literal& l : masks_.literals(box)) {
        if (l.column == last) continue;
        for (masks::Codes out = region[l.column] & ~l.codes; out != 0; out &= out - 1) {
          const std::uint8_t stood = std::exchange(here[l.column], static_cast<std::uint8_t>(std::countr_zero(out)));
          if (const Weight found = weight(here); found < lightest) {
            lightest = found;
            next = here;
            next_box = heaviest_;
          }
          here[l.column] = stood;
        }
      }
      if (lightest.rank == kHeavy) break;
      for (std::size_t c = 0; c < masks_.columns(); ++c)
        if (here[c] != next[c]) last = c;
      here = next;
      heaviest_ = next_box;
      if (!(lightest < best)) continue;
      best = lightest;
      point = here;
      in_vain = -1;
    }
    return best.rank;
  }

 private:
  static constexpr std::size_t kHeavy = ~std::size_t{0};
  static constexpr int kPatience = 4;

  // Sets heaviest_ as well: the first box of that rank.
  Weight weight(const masks::Point& point) {
    const std::span<std::uint64_t> bits = std::span(bits_).first(masks_.words());
    masks_.evaluate(point, bits);
    Weight found{demands_.of_level.size() + 1, 0};
    for (; found.rank > 0; --found.rank) {
      const std::uint64_t* of_rank = demands_.at_least.data() + found.rank * bits.size();
      for (std::size_t w = bits.size(); w-- > 0;) {
        const std::uint64_t some = bits[w] & of_rank[w];
        if (some == 0) continue;
        found.boxes += std::popcount(some);
        heaviest_ = w * 64 + static_cast<std::size_t>(std::countr_zero(some));
      }
      if (found.boxes > 0) break;
    }
    return found;
  }

  const Demands& demands_;
  const masks::Masks& masks_;
  std::size_t heaviest_ = 0;
  std::array<std::uint64_t, masks::kMaxBoxes / 64> bits_;  // NOLINT: as many as are used are set before
};

// Does a partly known answer leave two consistent completions that differ in it alone and in the truth of some rule?
Answer tells_rules_apart(const Compiled& compiled, const Demands& demands, Field field, Completions& completions) {
  const auto column = static_cast<std::size_t>(field);
  if (!completions.is_open(column)) return Answer::no;
  Answer answer = Answer::no;
  for (const std::size_t rule : demands.rules) {
    if (!compiled.pack.checked().rule_reads[rule].contains(field)) continue;
    std::vector<RankedBox> ranked;
    for (const std::uint16_t box : completions.touched(compiled.rules[rule])) ranked.push_back({box, 1});
    masks::Search::Pair pair;
    const Answer differ = completions.differ_in(column, ranked, pair);
    if (differ == Answer::yes) return differ;
    if (differ == Answer::unsettled) answer = differ;
  }
  return answer;
}

FieldSet open_must_know(const Compiled& compiled, const Demands& demands, const Openness& openness,
                        Completions& completions) {
  FieldSet open;
  const PackContent& content = compiled.pack.content();
  for (std::size_t i = 0; i < content.must_know.size(); ++i) {
    const Field field = content.must_know[i].field;
    if (!openness.unknown.contains(field) && !openness.partly.contains(field)) continue;
    if (completions.state_of(compiled.must_know[i]) == RuleState::no) continue;
    const bool answered =
        openness.partly.contains(field) && tells_rules_apart(compiled, demands, field, completions) == Answer::no;
    if (!answered) open.insert(field);
  }
  return open;
}

}  // namespace

std::optional<std::size_t> demanded_level(const Rule& rule, std::optional<std::size_t> current_level) {
  if (rule.kind == RuleKind::require) return rule.target;
  return rule.kind == RuleKind::continued_stay ? current_level : std::nullopt;
}

Demands demands_of(const Compiled& compiled, std::optional<std::size_t> current_level,
                   const std::vector<std::size_t>& handled) {
  const PackContent& content = compiled.pack.content();
  Demands demands;
  demands.of_level.resize(content.levels.size());
  for (std::size_t rule = 0; rule < content.rules.size(); ++rule) {
    const Rule& r = content.rules[rule];
    const BoxRange range = compiled.rules[rule];
    if (r.kind == RuleKind::continued_stay && !current_level) continue;
    demands.rules.push_back(rule);
    if (const auto level = demanded_level(r, current_level)) demands.of_level[*level].push_back(range);
    if (r.kind == RuleKind::out_of_scope) demands.scope.push_back(range);
    if (r.kind == RuleKind::alert && r.urgency == Urgency::stop &&
        std::find(handled.begin(), handled.end(), rule) == handled.end())
      demands.stops.push_back(range);
  }
  for (const BoxRange range : demands.scope) add_ranked(range, content.levels.size(), demands.ranked);
  for (std::size_t level = content.levels.size(); level-- > 1;)  // rank 0 is what everyone has
    for (const BoxRange range : demands.of_level[level]) add_ranked(range, level, demands.ranked);
  for (const BoxRange range : demands.stops) add_ranked(range, 1, demands.ranked_stops);
  const std::size_t words = compiled.masks.words();
  demands.at_least.resize((content.levels.size() + 2) * words);
  const auto mark = [&](std::size_t box, std::size_t highest) {
    for (std::size_t rank = 1; rank <= highest; ++rank)
      demands.at_least[rank * words + box / 64] |= std::uint64_t{1} << (box % 64);
  };
  for (const RankedBox r : demands.ranked) mark(r.box, r.rank);
  for (std::size_t box = compiled.violations.begin; box < compiled.violations.end; ++box)
    mark(box, content.levels.size() + 1);
  return demands;
}

Openness openness_of(const Assessment& assessment) {
  Openness openness;
  for (const FieldSpec& f : fields())
    if (!assessment.is_known(f.field)) openness.unknown.insert(f.field);
  for (const auto& [field, values] : assessment.partly_known()) {
    openness.unknown.erase(field);
    openness.partly.insert(field);
  }
  return openness;
}

// The lowest level first, going down from any completion: does every completion demand more than what the last one
// found is below? One proof at the end says so, over the fewest boxes. What shows the lowest level lies in few boxes:
// moved into a box that demands more, it nearly always shows that level too, and only else there is a search.
Levels possible_levels(const Demands& demands, Completions& completions, Witnesses* shown) {
  Levels possible = 0;
  if (completions.is_consistent() == Answer::no) return possible;
  const std::size_t levels = demands.of_level.size();
  Boxes boxes = touched(demands.scope, completions);  // and then those of each level, from the highest
  std::vector<std::size_t> begin(levels);             // by level: how many boxes stand above its own
  for (std::size_t level = levels; level-- > 0;) {
    begin[level] = boxes.size();
    for (const BoxRange range : demands.of_level[level]) completions.add_touched(range, boxes);
  }
  const auto above = [&](std::size_t level) { return std::span<const std::uint16_t>(boxes).first(begin[level]); };
  Descent descent(demands, completions.search().masks());
  masks::Point low = completions.quiet(), point{};
  std::size_t lowest = std::min(descent.go_down(low, completions.region(), 0), levels);
  Answer is_above = Answer::yes;
  while (lowest > 0 && (is_above = completions.every(above(lowest - 1), &low)) == Answer::no)
    lowest = descent.go_down(low, completions.region(), 0);
  const auto is_shown = [&](std::size_t level, std::uint16_t box) {
    masks::Region inside = completions.region();
    for (const masks::Literal& l : completions.search().masks().literals(box)) inside[l.column] &= l.codes;
    point = low;
    completions.search().move_into(point, box, inside);
    return descent.go_down(point, inside, level) == level;
  };
  for (std::size_t level = levels; level-- > 0;) {
    if (level < lowest && is_above == Answer::yes) break;
    Answer is_possible = Answer::no;
    if (level == lowest) {
      is_possible = Answer::yes;
      point = low;
    } else if (level == 0) {
      is_possible = Answer::unsettled;
    } else {
      const auto own = std::span<const std::uint16_t>(boxes).subspan(begin[level], begin[level - 1] - begin[level]);
      const bool found = std::any_of(own.begin(), own.end(), [&](std::uint16_t box) { return is_shown(level, box); });
      is_possible = found ? Answer::yes : completions.some(own, above(level), &point);
    }
    if (is_possible != Answer::no) possible |= Levels{1} << level;
    if (is_possible == Answer::yes && shown != nullptr) shown->emplace_back(level, point);
  }
  return possible;
}

Outcome outcome_of(const Compiled& compiled, const Demands& demands, const Openness& openness, Completions& completions,
                   Witnesses* shown) {
  Outcome outcome;
  outcome.possible = possible_levels(demands, completions, shown);
  const Boxes stops = touched(demands.stops, completions);
  const Boxes scope = touched(demands.scope, completions);
  const bool is_emergency = completions.every(stops) == Answer::yes;
  if (completions.is_consistent() == Answer::no) {
    outcome.status = is_emergency ? Status::emergency : Status::inconsistent;
    return outcome;
  }
  outcome.must_know = open_must_know(compiled, demands, openness, completions);
  if (is_emergency) {
    outcome.status = Status::emergency;
    outcome.status_is_final = true;
    return outcome;
  }
  const bool some_stop = completions.some(stops) != Answer::no;
  if (completions.every(scope) == Answer::yes) {
    outcome.status = Status::out_of_scope;
    outcome.status_is_final = !some_stop;
    return outcome;
  }
  const bool is_decided = std::has_single_bit(outcome.possible) && !some_stop &&
                          completions.some(scope) == Answer::no && outcome.must_know.empty() &&
                          completions.is_consistent() == Answer::yes && !completions.search().ran_out();
  outcome.status = is_decided ? Status::decided : Status::undecided;
  outcome.status_is_final = is_decided;
  return outcome;
}

std::vector<std::size_t> list_of(Levels levels) {
  std::vector<std::size_t> all;
  for (Levels rest = levels; rest != 0; rest &= rest - 1)
    all.push_back(static_cast<std::size_t>(std::countr_zero(rest)));
  return all;
}

}  // namespace placement::engine
