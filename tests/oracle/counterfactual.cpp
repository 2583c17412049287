#include "oracle/counterfactual.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

namespace oracle {
namespace {

using Values = std::vector<int>;
using Answers = std::vector<Values>;  // for each field the pack reads, the values it may have

class Counterfactuals {
 public:
  Counterfactuals(const Json& json, const Json& request) : pack_(read_pack(json, request)) {
    Conditions conditions(json["terms"]);
    std::vector<Variable> comparisons;
    for (const auto& [list, key] : {std::pair{"rules", "when"}, {"constraints", "always"}, {"must_know", "when"}})
      for (const Json& entry : json[list])
        for (const Variable& comparison : conditions.read(entry.value(key, "true")).comparisons)
          comparisons.push_back(comparison);
    for (const Read& read : pack_.reads) ranges_.push_back(ranges_of(read, comparisons));
  }

  Json judge(const Json& assessment, const std::string& level) {
    Answers today;
    for (const Read& read : pack_.reads) today.push_back(values_of(read.values, assessment.value(read.id, Json())));
    const std::set<int> possible = possible_levels(today);
    const int wanted = place_of(pack_.levels, level);
    if (possible.empty()) return {{"outcome", "no_level"}};
    if (possible == std::set{wanted}) return {{"outcome", "is_so"}};
    may_get_worse_ = wanted >= *possible.rbegin();
    may_get_better_ = wanted <= *possible.begin();
    best_.reset();
    try_changes(today, wanted, {}, 0);
    if (!best_) return {{"outcome", "none"}};
    Json found = {{"outcome", "found"}, {"steps", std::get<1>(*best_)}, {"changes", Json::object()}};
    for (std::size_t i = 0; i < std::get<2>(*best_).size(); ++i) {
      const auto field = static_cast<std::size_t>(std::get<2>(*best_)[i]);
      const auto range = static_cast<std::size_t>(std::get<3>(*best_)[i]);
      found["changes"][pack_.reads[field].id] = ranges_[field][range];
    }
    return found;
  }

 private:
  // How many fields change, by how many steps, which fields, to which of their ranges: the least change is the first.
  // Numbers with a sign: libstdc++ 12 compares lists of those without wrongly where the high byte comes first.
  using Change = std::tuple<int, int, std::vector<int>, std::vector<int>>;

  // Of counts, scales and flags runs of values that no comparison tells apart, of categories all such values.
  static std::vector<Values> ranges_of(const Read& read, const std::vector<Variable>& comparisons) {
    const auto is_told_apart = [&](int a, int b) {
      return std::any_of(comparisons.begin(), comparisons.end(), [&](const Variable& comparison) {
        Point x(fields().size()), y(fields().size());
        x[read.field] = a;
        y[read.field] = b;
        return comparison.reads.count(read.id) != 0 && comparison.value(x) != comparison.value(y);
      });
    };
    std::vector<Values> ranges;
    for (int value = 0; value < static_cast<int>(read.values.size()); ++value) {
      const auto candidates = fields()[read.field].is_category || ranges.empty() ? ranges.begin() : ranges.end() - 1;
      const auto range =
          std::find_if(candidates, ranges.end(), [&](const Values& it) { return !is_told_apart(it.back(), value); });
      (range == ranges.end() ? ranges.emplace_back() : *range).push_back(value);
    }
    return ranges;
  }

  // The level of a completion; kOpen where it is inconsistent or out of scope.
  int level_of(const Values& completion) {
    if (const auto known = levels_.find(completion); known != levels_.end()) return known->second;
    Point point(fields().size());
    for (std::size_t i = 0; i < completion.size(); ++i) point[pack_.reads[i].field] = completion[i];
    const auto is = [&](std::size_t fact) { return pack_.facts[fact].is.value(point); };
    return levels_[completion] = is(kConsistent) == 0 || is(kOutOfScope) == 1 ? kOpen : is(kLevel);
  }

  std::set<int> possible_levels(const Answers& answers, const Values& begun = {}) {
    if (begun.size() == answers.size()) return level_of(begun) == kOpen ? std::set<int>{} : std::set{level_of(begun)};
    std::set<int> all;
    for (const int value : answers[begun.size()]) {
      Values more = begun;
      more.push_back(value);
      all.merge(possible_levels(answers, more));
    }
    return all;
  }

  static bool is_in(const Values& values, int value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  }

  // How many steps it is from today's answer to a range; none where it may not be, or where it is no change.
  std::optional<int> steps_to(std::size_t field, const Values& today, std::size_t to) const {
    const Field& about = fields()[pack_.reads[field].field];
    if (about.care != "modifiable") return std::nullopt;
    std::vector<std::size_t> from;  // today's ranges
    for (std::size_t r = 0; r < ranges_[field].size(); ++r)
      if (std::any_of(today.begin(), today.end(), [&](int v) { return is_in(ranges_[field][r], v); }))
        from.push_back(r);
    if (from == std::vector{to}) return std::nullopt;
    const bool is_above = to > from.back(), is_below = to < from.front();
    const bool is_worse = (about.worse == "higher" && is_above) || (about.worse == "lower" && is_below);
    const bool is_better = (about.worse == "higher" && is_below) || (about.worse == "lower" && is_above);
    if ((is_worse && !may_get_worse_) || (is_better && !may_get_better_)) return std::nullopt;
    int least = static_cast<int>(ranges_[field].size());
    for (const std::size_t r : from) least = std::min(least, std::abs(static_cast<int>(r) - static_cast<int>(to)));
    return about.is_category ? 1 : std::max(1, least);
  }

  void try_changes(const Answers& answers, int wanted, const Change& change, std::size_t field) {
    if (best_ && *best_ < change) return;  // more changes only come behind
    if (field == answers.size()) {
      if (possible_levels(answers) == std::set{wanted}) best_ = change;
      return;
    }
    try_changes(answers, wanted, change, field + 1);
    for (std::size_t to = 0; to < ranges_[field].size(); ++to) {
      const std::optional<int> steps = steps_to(field, answers[field], to);
      if (!steps) continue;
      Answers changed = answers;
      changed[field] = ranges_[field][to];
      Change more = change;
      ++std::get<0>(more);
      std::get<1>(more) += *steps;
      std::get<2>(more).push_back(static_cast<int>(field));
      std::get<3>(more).push_back(static_cast<int>(to));
      try_changes(changed, wanted, more, field + 1);
    }
  }

  Pack pack_;
  std::vector<std::vector<Values>> ranges_;  // of each field the pack reads
  std::map<Values, int> levels_;
  bool may_get_worse_ = false, may_get_better_ = false;
  std::optional<Change> best_;
};

}  // namespace

std::function<Json(const Json&, const std::string&)> counterfactuals(const Json& pack, const Json& request) {
  return [it = std::make_shared<Counterfactuals>(pack, request)](const Json& assessment, const std::string& level) {
    return it->judge(assessment, level);
  };
}

}  // namespace oracle
