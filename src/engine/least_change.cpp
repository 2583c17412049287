#include "engine/least_change.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace placement::engine {

LeastChange::LeastChange(std::vector<Movable> movable) : movable_(std::move(movable)) {}

void LeastChange::add(const masks::Region& region, bool is_inside) {
  Clause clause;
  for (std::size_t i = 0; i < movable_.size(); ++i) {
    const Movable& movable = movable_[i];
    const masks::Codes codes = region[movable.column];
    if (is_inside ? (movable.today & ~codes) != 0 : (movable.today & codes) == 0) clause.kept.insert(i);
    std::uint64_t ways = 0;
    for (std::size_t o = 0; o < movable.options.size(); ++o)
      if ((codes >> movable.options[o].code & 1U) == 0) ways |= std::uint64_t{1} << o;
    ways_.push_back(ways);
    if (ways != 0) clause.changed.insert(i);
  }
  if ((clause.kept | clause.changed).empty()) is_hopeless_ = true;
  clauses_.push_back(clause);
  const std::size_t added = clauses_.size() - 1;
  for (std::size_t other = 0; other < added; ++other) {
    if (clauses_[other].is_implied) continue;
    if (implies(other, added)) {
      clauses_.pop_back();
      ways_.resize(clauses_.size() * movable_.size());
      return;
    }
    clauses_[other].is_implied = implies(added, other);
  }
}

bool LeastChange::implies(std::size_t clause, std::size_t other) const {
  const Clause &a = clauses_[clause], &b = clauses_[other];
  if (!a.kept.is_within(b.kept) || !a.changed.is_within(b.changed)) return false;
  bool is_within = true;
  a.changed.for_each([&](std::size_t i) { is_within = is_within && (ways(clause, i) & ~ways(other, i)) == 0; });
  return is_within;
}

// Of two choices with as many columns and the same cost: the first column that only one of them has decides, then the
// first option that differs.
bool LeastChange::is_before_best() const {
  for (std::size_t i = 0; i < movable_.size(); ++i)
    if ((choice_[i] == kKept) != (best_[i] == kKept)) return choice_[i] != kKept;
  for (std::size_t i = 0; i < movable_.size(); ++i)
    if (choice_[i] != best_[i]) {
      const auto range = [&](int option) { return movable_[i].options[static_cast<std::size_t>(option)].range; };
      return range(choice_[i]) < range(best_[i]);
    }
  return false;
}

bool LeastChange::is_avoided(std::size_t clause) const {
  bool is_avoided = false;
  changed_.for_each([&](std::size_t i) { is_avoided = is_avoided || (ways(clause, i) >> choice_[i] & 1U) != 0; });
  return is_avoided;
}

LeastChange::Outlook LeastChange::outlook(std::size_t begin) {
  Outlook node;
  int fewest = std::numeric_limits<int>::max();
  Columns used;
  // Clauses that share no column need a change each. Narrow ones first: they leave room for more.
  const auto count_apart = [&](const Columns& open) {
    if (open.meets(used)) return;
    used = used | open;
    ++node.needed;
  };
  wide_.clear();
  for (std::size_t at = begin; at < arena_.size(); ++at) {
    const Clause& clause = clauses_[arena_[at]];
    if (!(clause.kept - changed_).empty()) continue;  // satisfied while those keep today's codes
    const Columns open = clause.changed - changed_;
    if (open.empty()) {
      node.is_dead = true;
      return node;
    }
    const bool is_narrow = open.is_at_most_two();
    if (is_narrow)
      count_apart(open);
    else
      wide_.push_back(open);
    if (fewest <= 2 && !is_narrow) continue;
    const int size = open.size();
    if (size >= fewest) continue;
    node.violated = arena_[at];
    node.open = open;
    fewest = size;
  }
  for (const Columns& open : wide_) count_apart(open);
  return node;
}

void LeastChange::descend(std::size_t column, std::size_t begin, std::size_t end, std::size_t seen, int cost,
                          bool is_forced) {
  if (is_hopeless_ || is_unsettled_ || !search_->spend(1)) return;
  const std::size_t first = arena_.size();
  for (std::size_t at = begin; at < end; ++at)
    if (!clauses_[arena_[at]].is_implied && (ways(arena_[at], column) >> choice_[column] & 1U) == 0)
      arena_.push_back(arena_[at]);
  for (;;) {
    for (; seen < clauses_.size(); ++seen)
      if (!clauses_[seen].is_implied && !is_avoided(seen)) arena_.push_back(seen);
    const Outlook node = outlook(first);
    if (node.is_dead) break;
    if (is_forced) limit_ = std::max(limit_, count_ + node.needed);
    if (count_ + node.needed > limit_) {
      next_limit_ = std::min(next_limit_, count_ + node.needed);
      break;
    }
    if (has_best_ && cost + node.needed > best_cost_) break;
    if (node.violated != kNone) {
      branch(node, first, seen, cost, is_forced);
      break;
    }
    if (has_best_ && cost == best_cost_ && !is_before_best()) break;
    const masks::Answer refuted = (*refute_)(choice_);
    if (refuted == masks::Answer::yes) continue;
    is_unsettled_ = refuted == masks::Answer::unsettled;
    if (is_unsettled_) break;
    best_ = choice_;
    best_cost_ = cost;
    has_best_ = true;
    break;
  }
  arena_.resize(first);
}

void LeastChange::branch(const Outlook& node, std::size_t begin, std::size_t seen, int cost, bool is_forced) {
  const std::size_t end = arena_.size();
  const std::size_t barred_before = barred_stack_.size();
  if (is_forced) {
    int options = 0;
    node.open.for_each([&](std::size_t i) { options += std::popcount(ways(node.violated, i) & ~barred_[i]); });
    is_forced = options == 1;
  }
  node.open.for_each([&](std::size_t i) {
    barred_stack_.emplace_back(i, barred_[i]);
    for (std::size_t o = 0; o < movable_[i].options.size(); ++o) {
      const Option& option = movable_[i].options[o];
      if ((ways(node.violated, i) & ~barred_[i] & std::uint64_t{1} << o) == 0) continue;
      choice_[i] = static_cast<int>(o);
      changed_.insert(i);
      ++count_;
      descend(i, begin, end, seen, cost + option.cost, is_forced);
      --count_;
      changed_.erase(i);
      choice_[i] = kKept;
      barred_[i] |= std::uint64_t{1} << o;  // the branches that follow look for changes without it
    }
  });
  for (; barred_stack_.size() > barred_before; barred_stack_.pop_back())
    barred_[barred_stack_.back().first] = barred_stack_.back().second;
}

LeastChange::Found LeastChange::find(const Refute& refute, masks::Search& search, Choice& choice) {
  refute_ = &refute;
  search_ = &search;
  choice_.assign(movable_.size(), kKept);
  barred_.assign(movable_.size(), 0);
  constexpr int kNoLimit = std::numeric_limits<int>::max();
  for (next_limit_ = 0; !has_best_;) {
    if (next_limit_ == kNoLimit) return Found::none;
    limit_ = std::exchange(next_limit_, kNoLimit);
    descend(kNone, 0, 0, 0, 0, true);
    if (is_hopeless_) return Found::none;
    if (is_unsettled_ || search.ran_out()) return Found::unsettled;
  }
  choice = best_;
  return Found::yes;
}

}  // namespace placement::engine
