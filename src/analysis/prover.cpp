#include "analysis/prover.hpp"

namespace placement::analysis {

using masks::Answer;

engine::Boxes forbidden_and_out_of_scope(const engine::Compiled& compiled) {
  engine::Boxes boxes;
  const auto append = [&](engine::BoxRange range) {
    for (std::uint16_t box = range.begin; box < range.end; ++box) boxes.push_back(box);
  };
  append(compiled.violations);
  const std::vector<Rule>& rules = compiled.pack.content().rules;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rules[r].kind == RuleKind::out_of_scope) append(compiled.rules[r]);
  return boxes;
}

Assessment assessment_of(const masks::Region& region, const masks::Masks& masks) {
  Assessment assessment;
  for (const FieldSpec& f : fields()) {
    const masks::Codes codes = region[static_cast<std::size_t>(f.field)];
    if (codes != masks.all_codes(static_cast<std::size_t>(f.field)))
      assessment.set(f.field, engine::values_of(f.field, codes, masks));
  }
  return assessment;
}

Found find_point(const engine::Compiled& compiled, const std::vector<ClaimRegion>& regions, std::uint64_t step_budget,
                 const std::vector<masks::ValueBox>& excluded, bool any_scope) {
  std::vector<masks::ValueBox> boxes = compiled.masks.value_boxes();
  const std::size_t own = boxes.size();
  boxes.insert(boxes.end(), excluded.begin(), excluded.end());
  for (const ClaimRegion& region : regions) boxes.push_back(region.box);
  Result<masks::Masks> masks = masks::Masks::make(compiled.masks.domains(), std::move(boxes));
  if (!masks.has_value()) return {Answer::unsettled, std::nullopt};
  engine::Boxes always;
  if (any_scope)
    for (std::uint16_t box = compiled.violations.begin; box < compiled.violations.end; ++box) always.push_back(box);
  else
    always = forbidden_and_out_of_scope(compiled);
  for (std::size_t i = 0; i < excluded.size(); ++i) always.push_back(static_cast<std::uint16_t>(own + i));

  masks::Search search(*masks, step_budget);
  Answer answer = Answer::no;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    masks::Region region = masks->everything();
    for (const masks::Literal& l : masks->literals(own + excluded.size() + i)) region[l.column] &= l.codes;
    engine::Boxes outside = always;
    outside.insert(outside.end(), regions[i].outside.begin(), regions[i].outside.end());
    const Answer covered = search.is_covered(region, outside);
    if (covered == Answer::no) return {Answer::yes, assessment_of(region, *masks)};
    if (covered == Answer::unsettled) answer = covered;
  }
  return {answer, std::nullopt};
}

}  // namespace placement::analysis
