#include "analysis/smallest.hpp"

#include <algorithm>

namespace placement::analysis {
namespace {

using masks::Answer;
using masks::Region;

// A counterexample is a courtesy: it may not cost more than this.
constexpr std::uint64_t kMostSteps = 200'000;

class Shrinker {
 public:
  Shrinker(const ClaimMap& map, const Region& start, bool around_start, std::uint64_t steps)
      : map_(map),
        start_(start),
        around_start_(around_start),
        everything_(map.masks.everything()),
        search_(map.masks, std::min(steps, kMostSteps)) {
    for (std::size_t i = 0; i < map.sound.size(); ++i) order_.push_back(i);
  }

  Region run() {
    best_ = thinned(start_);
    const std::size_t most = narrowed(best_);
    for (std::size_t limit = 0; limit < most && !search_.ran_out(); ++limit)
      if (deepen(everything_, 0, limit)) break;
    widen(best_);
    return best_;
  }

 private:
  [[nodiscard]] std::size_t narrowed(const Region& region) const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < map_.masks.columns(); ++c) count += region[c] != everything_[c] ? 1U : 0U;
    return count;
  }

  // Does every point not excluded show the fault? no: `well` is a part where none does.
  Answer shows_everywhere(const Region& region, Region& well) {
    Answer answer = Answer::yes;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const SoundRegion& sound = map_.sound[order_[i]];
      well = region;
      bool meets = true;
      for (std::size_t c = 0; c < map_.masks.columns() && meets; ++c) meets = (well[c] &= sound.region[c]) != 0;
      if (!meets) continue;
      engine::Boxes outside = map_.excluded;
      outside.insert(outside.end(), sound.outside.begin(), sound.outside.end());
      const Answer covered = search_.is_covered(well, outside);
      if (covered == Answer::unsettled) answer = covered;
      if (covered != Answer::no) continue;
      // What spoiled one try is likely to spoil the next.
      std::rotate(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(i),
                  order_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      return Answer::no;
    }
    return answer;
  }

  bool shows_everywhere(const Region& region) {
    Region well;
    return shows_everywhere(region, well) == Answer::yes;
  }

  Region thinned(Region region) {
    for (std::size_t c = map_.masks.columns(); c-- > 0;) {
      if (region[c] == everything_[c]) continue;
      Region wider = region;
      wider[c] = everything_[c];
      if (shows_everywhere(wider)) region = wider;
    }
    return region;
  }

  bool deepen(const Region& region, std::size_t fields, std::size_t limit) {
    Region well;
    const Answer shows = shows_everywhere(region, well);
    if (shows == Answer::unsettled) return false;
    if (shows == Answer::yes) {
      Region somebody = region;
      if (search_.is_covered(somebody, map_.excluded) != Answer::no) return false;
      best_ = region;
      return true;
    }
    for (const std::size_t c : map_.masks.read_columns()) {
      const masks::Codes rest = region[c] & ~well[c];
      const bool is_new = region[c] == everything_[c];
      if (rest == 0 || (is_new && fields == limit) || (around_start_ && (start_[c] & ~rest) != 0)) continue;
      Region next = region;
      next[c] = rest;
      if (deepen(next, fields + (is_new ? 1U : 0U), limit)) return true;
      if (search_.ran_out()) return false;
    }
    return false;
  }

  // An answer that need not be so exact is given as exactly as needed.
  void widen(Region& region) {
    for (const std::size_t c : map_.masks.read_columns())
      for (masks::Codes rest = everything_[c] & ~region[c]; rest != 0; rest &= rest - 1) {
        Region wider = region;
        wider[c] |= rest & (~rest + 1);
        if (shows_everywhere(wider)) region = wider;
      }
  }

  const ClaimMap& map_;
  Region start_;
  bool around_start_;
  Region everything_;
  masks::Search search_;
  std::vector<std::size_t> order_;  // sound regions, the ones met last first
  Region best_{};
};

}  // namespace

Region smallest(const ClaimMap& map, const Region& start, bool around_start, std::uint64_t steps) {
  return Shrinker(map, start, around_start, steps).run();
}

Assessment smallest(const engine::Compiled& compiled, const Assessment& start, const std::vector<ClaimRegion>& sound,
                    bool around_start, std::uint64_t steps) {
  std::vector<masks::ValueBox> boxes = compiled.masks.value_boxes();
  const std::size_t own = boxes.size();
  for (const ClaimRegion& region : sound) boxes.push_back(region.box);
  masks::ValueBox start_box;  // so that codes tell the start apart from the rest
  start.answered().for_each([&](Field f) {
    start_box.push_back({static_cast<std::size_t>(f), engine::values_of(start.answer(f))});
  });
  boxes.push_back(std::move(start_box));
  const Result<masks::Masks> masks = masks::Masks::make(compiled.masks.domains(), std::move(boxes));
  if (!masks.has_value()) return start;
  ClaimMap map{*masks, forbidden_and_out_of_scope(compiled), {}};
  for (std::size_t i = 0; i < sound.size(); ++i) {
    SoundRegion region{masks->everything(), sound[i].outside};
    for (const masks::Literal& l : masks->literals(own + i)) region.region[l.column] &= l.codes;
    map.sound.push_back(std::move(region));
  }
  return assessment_of(smallest(map, engine::region_of(start, *masks), around_start, steps), *masks);
}

}  // namespace placement::analysis
