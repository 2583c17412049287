#include "engine/pathway.hpp"

#include <algorithm>
#include <bit>

namespace placement::engine {
namespace {

using masks::Answer;

// The fact that settles an open stop: the first field in which two completions differ alone and in level.
std::optional<Field> deciding_field(const Compiled& compiled, const Demands& demands, Completions& completions) {
  FieldSet open;
  for (const std::size_t column : compiled.masks.read_columns())
    if (completions.is_open(column)) open.insert(static_cast<Field>(column));
  std::vector<Field> order;
  for (const MustKnow& entry : compiled.pack.content().must_know)
    if (open.contains(entry.field)) order.push_back(entry.field);
  open.for_each([&](Field f) { order.push_back(f); });
  for (const Field f : order) {
    masks::Search::Pair pair;
    if (completions.differ_in(static_cast<std::size_t>(f), demands.ranked, pair) == Answer::yes) return f;
  }
  return std::nullopt;
}

PathwayStep stop_at(const Compiled& compiled, std::size_t level, Completions& completions) {
  PathwayStep step;
  step.level = level;
  const PackContent& content = compiled.pack.content();
  for (std::size_t s = 0; s < content.services.size(); ++s)
    if (service_state(compiled, s, completions) == CareState::yes) step.services.push_back(s);
  for (std::size_t c = 0; c < content.capabilities.size(); ++c)
    if (capability_state(compiled, c, completions) == CareState::yes) step.capabilities.push_back(c);
  return step;
}

}  // namespace

Assessment projected(const Assessment& assessment, const CareLevel& level) {
  Assessment after = assessment;
  for (const auto& [field, best] : level.improves) {
    const ValueSet values = assessment.answer(field);
    ValueSet improved;
    for (int v = values.lowest(); v <= values.highest(); ++v)
      if (values.contains(v))
        improved.insert(spec(field).worse == Worse::higher ? std::min(v, best) : std::max(v, best));
    after.set(field, improved);
  }
  for (const auto& [field, value] : level.resolves) after.set(field, value);
  return after;
}

CareState service_state(const Compiled& compiled, std::size_t service, Completions& completions) {
  const Boxes avoid = completions.touched(compiled.avoids[service]);
  if (!avoid.empty() && completions.every(avoid) == Answer::yes) return CareState::avoid;
  if (!avoid.empty() && completions.some(avoid) != Answer::no) return CareState::open;
  const Boxes offer = completions.touched(compiled.offers[service]);
  if (offer.empty() || completions.some(offer) == Answer::no) return CareState::no;
  return completions.every(offer) == Answer::yes ? CareState::yes : CareState::open;
}

CareState capability_state(const Compiled& compiled, std::size_t capability, Completions& completions) {
  const Boxes boxes = completions.touched(compiled.capabilities[capability]);
  if (boxes.empty() || completions.some(boxes) == Answer::no) return CareState::no;
  return completions.every(boxes) == Answer::yes ? CareState::yes : CareState::open;
}

std::vector<PathwayStep> pathway_from(const Compiled& compiled, std::size_t level, const Assessment& assessment,
                                      std::optional<std::size_t> current_level,
                                      const std::vector<RuleResult>& rules_today, masks::Search& search) {
  const PackContent& content = compiled.pack.content();
  const CareGraph& graph = compiled.pack.graph();
  const Demands demands = demands_of(compiled, std::nullopt, {});
  Assessment here = assessment;
  Completions today(compiled, region_of(here, compiled.masks), search);
  std::vector<PathwayStep> path{stop_at(compiled, level, today)};
  while (path.back().level > 0) {
    const std::size_t from = path.back().level;
    here = projected(here, content.levels[from]);
    Completions completions(compiled, region_of(here, compiled.masks), search);
    const Levels possible = possible_levels(demands, completions);
    // Where nothing is possible the projection contradicts itself; `check` refuses packs that can do so.
    const std::size_t need = possible == 0 ? from : static_cast<std::size_t>(std::bit_width(possible)) - 1;
    const std::size_t next = need < from ? graph.step_down_path(from, need)[1] : graph.next_lower(from);
    for (std::size_t r = 0; r < content.rules.size(); ++r) {
      const std::optional<std::size_t> demanded = demanded_level(content.rules[r], current_level);
      if (demanded && *demanded > next && rules_today[r].state != RuleState::no) path.back().criteria.push_back(r);
    }
    PathwayStep step = stop_at(compiled, next, completions);
    step.need_remains = need > next && need >= from;
    if (std::popcount(possible) > 1) {
      step.possible = list_of(possible);
      step.settled_by = deciding_field(compiled, demands, completions);
    }
    path.push_back(std::move(step));
  }
  return path;
}

}  // namespace placement::engine
