#include "engine/least_change.hpp"

#include <algorithm>
#include <bit>

namespace placement::engine {

LeastChange::LeastChange(std::vector<Movable> movable)
    : movable_(std::move(movable)), choice_(movable_.size(), kKept), barred_(movable_.size(), 0) {}

void LeastChange::forbid_touching(const masks::Region& region) { add(region, false); }

void LeastChange::forbid_inside(const masks::Region& region) { add(region, true); }

void LeastChange::add(const masks::Region& region, bool is_inside) {
  Clause clause;
  clause.number = clauses_seen_++;
  clause.is_inside = is_inside;
  for (std::size_t i = 0; i < movable_.size(); ++i) {
    const Movable& movable = movable_[i];
    const masks::Codes codes = region[movable.column];
    clause.region.push_back(codes);
    if (is_inside ? (movable.today & ~codes) != 0 : (movable.today & codes) == 0) clause.kept.insert(i);
    std::uint64_t ways = 0;
    for (std::size_t o = 0; o < movable.options.size(); ++o)
      if ((codes >> movable.options[o].code & 1U) == 0) ways |= std::uint64_t{1} << o;
    clause.ways.push_back(ways);
    if (ways != 0) clause.changed.insert(i);
  }
  if ((clause.kept | clause.changed).empty()) is_hopeless_ = true;
  // A larger region forbids all that a smaller one does.
  const auto is_implied = [&](const Clause& other) {
    if (other.is_inside != clause.is_inside) return false;
    for (std::size_t i = 0; i < movable_.size(); ++i)
      if ((other.region[i] & ~clause.region[i]) != 0) return false;
    return true;
  };
  clauses_.erase(std::remove_if(clauses_.begin(), clauses_.end(), is_implied), clauses_.end());
  clauses_.push_back(std::move(clause));
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

void LeastChange::descend(std::size_t column, std::size_t begin, std::size_t end, int cost, std::uint64_t& steps) {
  if (steps == 0) return;
  --steps;
  const std::size_t first = arena_.size();
  const Clause* violated = nullptr;
  int fewest = 0, needed = 0;
  Columns used;
  // Clauses that share no column need a change each. Narrow ones first: they leave room for more.
  const auto count_apart = [&](const Columns& open) {
    if (open.meets(used)) return;
    used = used | open;
    ++needed;
  };
  wide_.clear();
  for (std::size_t c = begin; c < end; ++c) {
    const Clause* clause = arena_[c];
    // The last change avoids the region: so do all choices that go on from here.
    if (column != kNone && (clause->ways[column] >> choice_[column] & 1U) != 0) continue;
    arena_.push_back(clause);
    if (!(clause->kept - changed_).empty()) continue;  // satisfied while those keep today's codes
    const Columns open = clause->changed - changed_;
    const int size = open.size();
    if (size == 0) return arena_.resize(first);
    if (violated == nullptr || size < fewest) {
      violated = clause;
      fewest = size;
    }
    if (size <= 2)
      count_apart(open);
    else
      wide_.push_back(open);
  }
  for (const Columns& open : wide_) count_apart(open);
  branch(first, violated, needed, cost, steps);
  arena_.resize(first);
}

void LeastChange::branch(std::size_t first, const Clause* violated, int needed, int cost, std::uint64_t& steps) {
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
  const std::size_t last = arena_.size();
  const Columns open = violated->changed - changed_;
  const std::size_t barred_before = barred_stack_.size();
  open.for_each([&](std::size_t i) {
    barred_stack_.emplace_back(i, barred_[i]);
    for (std::size_t o = 0; o < movable_[i].options.size(); ++o) {
      const Option& option = movable_[i].options[o];
      if ((violated->ways[i] & ~barred_[i] & std::uint64_t{1} << o) == 0) continue;
      choice_[i] = static_cast<int>(o);
      changed_.insert(i);
      ++count_;
      descend(i, first, last, cost + option.cost, steps);
      --count_;
      changed_.erase(i);
      choice_[i] = kKept;
      barred_[i] |= std::uint64_t{1} << o;  // the branches that follow look for changes without it
    }
  });
  for (; barred_stack_.size() > barred_before; barred_stack_.pop_back())
    barred_[barred_stack_.back().first] = barred_stack_.back().second;
}

std::vector<LeastChange::Group> LeastChange::groups() const {
  std::vector<Group> all;
  for (const Clause& clause : clauses_) {
    Group joined{clause.kept | clause.changed, {&clause}};
    for (std::size_t g = 0; g < all.size();) {
      if (!all[g].columns.meets(joined.columns)) {
        ++g;
        continue;
      }
      joined.columns = joined.columns | all[g].columns;
      joined.clauses.insert(joined.clauses.end(), all[g].clauses.begin(), all[g].clauses.end());
      all[g] = std::move(all.back());
      all.pop_back();
    }
    all.push_back(std::move(joined));
  }
  return all;
}

LeastChange::Found LeastChange::solve(const Group& group, int fewest, std::uint64_t& steps) {
  for (limit_ = fewest;; ++limit_) {
    has_best_ = met_limit_ = false;
    arena_ = group.clauses;
    descend(kNone, 0, group.clauses.size(), 0, steps);
    if (steps == 0) return Found::out_of_steps;
    if (has_best_) return Found::yes;
    if (!met_limit_) return Found::none;
  }
}

LeastChange::Found LeastChange::next(Choice& choice, std::uint64_t& steps) {
  if (is_hopeless_) return Found::none;
  choice.assign(movable_.size(), kKept);
  std::vector<Bound> bounds;
  for (const Group& group : groups()) {
    std::vector<std::size_t> numbers;
    for (const Clause* clause : group.clauses) numbers.push_back(clause->number);
    std::sort(numbers.begin(), numbers.end());
    auto solved = solved_.find(numbers);
    if (solved == solved_.end()) {
      int fewest = 0;
      for (const Bound& before : bounds_)
        if (before.columns.is_within(group.columns)) fewest += before.count;
      if (const Found found = solve(group, fewest, steps); found != Found::yes) return found;
      solved = solved_.emplace(std::move(numbers), best_).first;
    }
    const auto is_changed = [](int option) { return option != kKept; };
    bounds.push_back(
        {group.columns, static_cast<int>(std::count_if(solved->second.begin(), solved->second.end(), is_changed))});
    for (std::size_t i = 0; i < choice.size(); ++i)
      if (is_changed(solved->second[i])) choice[i] = solved->second[i];
  }
  bounds_ = std::move(bounds);
  return Found::yes;
}

}  // namespace placement::engine
