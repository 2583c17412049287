#include "engine/possible.hpp"

#include <algorithm>
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

Levels possible_levels(const Demands& demands, Completions& completions, Witnesses* shown) {
  Levels possible = 0;
  if (completions.is_consistent() == Answer::no) return possible;
  Boxes above = touched(demands.scope, completions);
  masks::Point point{};
  masks::Point* const witness = shown != nullptr ? &point : nullptr;
  for (std::size_t level = demands.of_level.size(); level-- > 0;) {
    const Boxes boxes = level > 0 ? touched(demands.of_level[level], completions) : Boxes{};
    Answer is_possible = Answer::no;
    if (level == 0) {
      const Answer covered = completions.every(above, witness);
      is_possible = covered == Answer::no ? Answer::yes : covered == Answer::yes ? Answer::no : covered;
    } else if (!boxes.empty()) {
      is_possible = completions.some(boxes, above, witness);
    }
    if (is_possible != Answer::no) possible |= Levels{1} << level;
    if (is_possible == Answer::yes && shown != nullptr) shown->emplace_back(level, point);
    above.insert(above.end(), boxes.begin(), boxes.end());
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
