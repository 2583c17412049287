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

// Depth first through the fields in order, a field taken before it is left out: the first solution of a size is the
// lexicographically first.
class HittingSet {
 public:
  explicit HittingSet(const std::vector<FieldSet>& sets) : unmet_(sets), sets_(sets.size()) {
    for (const FieldSet& set : sets) all_ |= set;
    fields_ = all_.list();
  }

  FieldSet smallest() {
    for (std::size_t size = 1; !search(0, sets_, 0, all_, size); ++size) chosen_ = {};
    return chosen_;
  }

 private:
  // Sets unmet_[begin, end); of the fields from the place `at` in order, those of `left` may be taken.
  bool search(std::size_t begin, std::size_t end, std::size_t at, FieldSet left, std::size_t size) {
    for (; begin < end; ++at) {
      FieldSet open, used;
      std::size_t needed = 0;  // sets that have nothing in common
      for (std::size_t i = begin; i < end; ++i) {
        const FieldSet set = unmet_[i] & left;
        if (set.empty()) return false;
        open |= set;
        if (!(set & used).empty()) continue;
        used |= set;
        if (++needed > size) return false;
      }
      while (!open.contains(fields_[at])) ++at;
      const Field field = fields_[at];
      for (std::size_t i = begin; i < end; ++i)
        if (!unmet_[i].contains(field)) unmet_.push_back(unmet_[i]);
      left.erase(field);
      chosen_.insert(field);
      if (search(end, unmet_.size(), at + 1, left, size - 1)) return true;
      chosen_.erase(field);
      unmet_.resize(end);
    }
    return true;
  }

  std::vector<FieldSet> unmet_;  // by the choices on the way, node after node
  std::size_t sets_;
  FieldSet all_, chosen_;
  std::vector<Field> fields_;
};

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
    all |= HittingSet(group).smallest();
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
