#include "engine/fewest.hpp"

#include <algorithm>
#include <utility>

namespace placement::engine {
namespace {

bool contains_all(const FieldSet& larger, const FieldSet& smaller) { return (larger & smaller) == smaller; }

void sort_by_size(std::vector<FieldSet>& sets) {
  std::vector<std::pair<std::size_t, FieldSet>> sized;  // counting is not that cheap
  sized.reserve(sets.size());
  for (const FieldSet& set : sets) sized.emplace_back(set.size(), set);
  std::stable_sort(sized.begin(), sized.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < sets.size(); ++i) sets[i] = sized[i].second;
}

// Sets that contain another are met when that one is.
void keep_minimal(std::vector<FieldSet>& sets) {
  sort_by_size(sets);
  std::vector<FieldSet> minimal;
  for (const FieldSet& set : sets)
    if (std::none_of(minimal.begin(), minimal.end(), [&](const FieldSet& m) { return contains_all(set, m); }))
      minimal.push_back(set);
  sets = std::move(minimal);
}

// How many sets at least are needed: a greedy choice of sets that have nothing in common.
std::size_t lower_bound(const std::vector<FieldSet>& sets) {
  FieldSet used;
  std::size_t bound = 0;
  for (const FieldSet& set : sets)
    if ((set & used).empty()) {
      used |= set;
      ++bound;
    }
  return bound;
}

// Depth first through the fields in order, a field taken before it is left out: the first solution of a size is the
// lexicographically first.
bool hit(const std::vector<FieldSet>& sets, const std::vector<Field>& order, std::size_t at, std::size_t size,
         FieldSet& chosen) {
  if (sets.empty()) return true;
  if (lower_bound(sets) > size || at == order.size()) return false;
  const Field field = order[at];
  std::vector<FieldSet> rest;
  for (const FieldSet& set : sets)
    if (!set.contains(field)) rest.push_back(set);
  if (rest.size() < sets.size()) {
    chosen.insert(field);
    if (hit(rest, order, at + 1, size - 1, chosen)) return true;
    chosen.erase(field);
  }
  rest.clear();
  for (FieldSet set : sets) {
    set.erase(field);
    if (set.empty()) return false;
    rest.push_back(set);
  }
  keep_minimal(rest);
  return hit(rest, order, at + 1, size, chosen);
}

// Sets that share fields, directly or through others, are solved together; the rest apart. The union of the first
// smallest solutions is the first smallest solution of all.
std::vector<std::vector<FieldSet>> groups_of(std::vector<FieldSet> sets) {
  std::vector<std::vector<FieldSet>> groups;
  while (!sets.empty()) {
    std::vector<FieldSet> group{sets.back()};
    FieldSet fields = sets.back();
    sets.pop_back();
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t i = 0; i < sets.size();) {
        if ((sets[i] & fields).empty()) {
          ++i;
          continue;
        }
        fields |= sets[i];
        group.push_back(sets[i]);
        sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(i));
        grew = true;
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

FieldSet smallest_hitting_set(std::vector<FieldSet> to_meet) {
  keep_minimal(to_meet);
  FieldSet all;
  for (std::vector<FieldSet>& group : groups_of(std::move(to_meet))) {
    if (group.size() == 1 && group.front().size() == 1) {
      all |= group.front();
      continue;
    }
    sort_by_size(group);
    FieldSet fields;
    for (const FieldSet& set : group) fields |= set;
    const std::vector<Field> order = fields.list();
    FieldSet chosen;
    for (std::size_t size = lower_bound(group); !hit(group, order, 0, size, chosen); ++size) chosen = {};
    all |= chosen;
  }
  return all;
}

std::optional<FieldSet> fewest_forcing(std::vector<FieldSet> known,
                                       const std::function<std::optional<FieldSet>(const FieldSet&)>& excluded_by,
                                       int rounds) {
  for (int round = 0; round < rounds; ++round) {
    const FieldSet candidate = smallest_hitting_set(known);
    const std::optional<FieldSet> excluding = excluded_by(candidate);
    if (!excluding) return candidate;
    if (excluding->empty()) return std::nullopt;
    known.push_back(*excluding);
  }
  return std::nullopt;
}

}  // namespace placement::engine
