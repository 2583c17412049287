#include "engine/least_change.hpp"

#include <algorithm>
#include <bit>

namespace placement::engine {

LeastChange::LeastChange(std::vector<Movable> movable)
    : movable_(std::move(movable)), choice_(movable_.size(), kKept), barred_(movable_.size(), 0) {}

int LeastChange::Columns::size() const { return std::popcount(words[0]) + std::popcount(words[1]); }

void LeastChange::forbid_touching(const masks::Region& region) { add(region, false); }

void LeastChange::forbid_inside(const masks::Region& region) { add(region, true); }

void LeastChange::add(const masks::Region& region, bool is_inside) {
  Clause clause;
  for (std::size_t i = 0; i < movable_.size(); ++i) {
    const Movable& movable = movable_[i];
    const masks::Codes codes = region[movable.column];
    clause.region.push_back(codes);
    if (is_inside ? (movable.today & ~codes) != 0 : (movable.today & codes) == 0) clause.kept.insert(i);
    if (std::any_of(movable.options.begin(), movable.options.end(),
                    [&](const Option& option) { return (codes >> option.code & 1U) == 0; }))
      clause.changed.insert(i);
  }
  if ((clause.kept | clause.changed).empty()) is_hopeless_ = true;
  clauses_.push_back(std::move(clause));
}

bool LeastChange::is_satisfied(const Clause& clause) const {
  if (!(clause.kept - changed_).empty()) return true;
  const Columns moved = clause.changed & changed_;
  for (std::size_t w = 0; w < moved.words.size(); ++w)
    for (std::uint64_t rest = moved.words[w]; rest != 0; rest &= rest - 1) {
      const std::size_t i = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      const Option& option = movable_[i].options[static_cast<std::size_t>(choice_[i])];
      if ((clause.region[i] >> option.code & 1U) == 0) return true;
    }
  return false;
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

void LeastChange::descend(int cost, std::uint64_t& steps) {
  if (steps == 0) return;
  --steps;
  const Clause* violated = nullptr;
  int fewest = 0, needed = 0;
  Columns used;
  for (const Clause& clause : clauses_) {
    if (is_satisfied(clause)) continue;
    const Columns open = clause.changed - changed_;
    const int size = open.size();
    if (size == 0) return;
    if (violated == nullptr || size < fewest) {
      violated = &clause;
      fewest = size;
    }
    if ((open & used).empty()) {
      used = used | open;
      ++needed;
    }
  }
  if (count_ + needed > limit_) {
    met_limit_ = true;
    return;
  }
  if (has_best_ && cost + needed > best_cost_) return;
  if (violated == nullptr) {
    if (has_best_ && cost == best_cost_ && !is_before_best()) return;
    best_ = choice_;
    best_cost_ = cost;
    has_best_ = true;
    return;
  }
  const Columns open = violated->changed - changed_;
  std::vector<std::pair<std::size_t, std::uint64_t>> barred_here;
  for (std::size_t i = 0; i < movable_.size(); ++i) {
    if (!open.contains(i)) continue;
    barred_here.emplace_back(i, barred_[i]);
    for (std::size_t o = 0; o < movable_[i].options.size(); ++o) {
      const Option& option = movable_[i].options[o];
      if ((violated->region[i] >> option.code & 1U) != 0 || (barred_[i] >> o & 1U) != 0) continue;
      choice_[i] = static_cast<int>(o);
      changed_.insert(i);
      ++count_;
      descend(cost + option.cost, steps);
      --count_;
      changed_.erase(i);
      choice_[i] = kKept;
      barred_[i] |= std::uint64_t{1} << o;  // the branches that follow look for changes without it
    }
  }
  for (const auto& [i, before] : barred_here) barred_[i] = before;
}

LeastChange::Found LeastChange::next(Choice& choice, std::uint64_t& steps) {
  for (; !is_hopeless_; ++limit_) {  // a limit once exhausted stays so: clauses are only added
    has_best_ = met_limit_ = false;
    descend(0, steps);
    if (steps == 0) return Found::out_of_steps;
    if (has_best_) {
      choice = best_;
      return Found::yes;
    }
    if (!met_limit_) break;
  }
  return Found::none;
}

}  // namespace placement::engine
