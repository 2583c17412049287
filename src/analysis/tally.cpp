#include "analysis/tally.hpp"

#include <numeric>

namespace placement::analysis {

using masks::Count;

Tallier::Tallier(const PackContent& content, const masks::Masks& masks, const Assessment& within)
    : sizes_(engine::code_weights(engine::raw_sizes(), within, masks)),
      priors_(engine::code_weights(engine::exact_priors(content), within, masks)) {}

std::vector<Count> Tallier::over_all_fields(const masks::Diagram& diagram, const masks::Weights<Count>& weights) const {
  std::vector<Count> cells = diagram.count(weights);
  Count others = 1;
  for (std::size_t column = 0; column < weights.size(); ++column)
    if (!diagram.reads().contains(column))
      others *= std::accumulate(weights[column].begin(), weights[column].end(), Count(0));
  for (Count& cell : cells) cell *= others;
  return cells;
}

std::vector<Tally> Tallier::of(const masks::Diagram& diagram) const {
  std::vector<Count> numbers = over_all_fields(diagram, sizes_), weights = over_all_fields(diagram, priors_);
  std::vector<Tally> tallies(numbers.size());
  for (std::size_t i = 0; i < tallies.size(); ++i) tallies[i] = {std::move(numbers[i]), std::move(weights[i])};
  return tallies;
}

Portion Tallier::portion(const Tally& part, const Tally& whole) const {
  Portion portion;
  portion.count = part.number.str();
  if (whole.weight == 0) return portion;
  const Count common = gcd(part.weight, whole.weight);
  portion.over = Count(part.weight / common).str();
  portion.under = Count(whole.weight / common).str();
  constexpr std::uint64_t kScale = std::uint64_t{1} << 52U;  // weights pass what a double holds, their ratio does not
  portion.share = Count(part.weight * kScale / whole.weight).convert_to<double>() / static_cast<double>(kScale);
  return portion;
}

}  // namespace placement::analysis
