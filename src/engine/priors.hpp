// How common values are: a pack's prior weights, by value and by code.
//
// A pack gives whole weights to values, or to bands of a count; the weight of a band is spread evenly over its values.
// Fields without priors weigh every value alike, so a range weighs its size. Tested in
// tests/unit/engine/priors_test.cpp.
#pragma once

#include <vector>

#include "masks/count.hpp"
#include "placement/rule_pack.hpp"

namespace placement::engine {

/// By field and value. Whole numbers in the right proportions within each field.
[[nodiscard]] std::vector<std::vector<masks::Count>> exact_priors(const PackContent& content);
/// The same, rounded, each field's weights adding up to 1.
[[nodiscard]] std::vector<std::vector<double>> priors(const PackContent& content);
/// Every value of every field weighs 1.
[[nodiscard]] std::vector<std::vector<masks::Count>> raw_sizes();

/// The weights of codes, where only the values that `assessment` leaves count.
template <class Number>
[[nodiscard]] masks::Weights<Number> code_weights(const std::vector<std::vector<Number>>& by_value,
                                                  const Assessment& assessment, const masks::Masks& masks) {
  masks::Weights<Number> weights(masks.columns());
  for (const FieldSpec& f : fields()) {
    const auto column = static_cast<std::size_t>(f.field);
    std::vector<Number>& codes = weights[column];
    codes.assign(masks.codes(column), Number(0));
    const ValueSet values = assessment.answer(f.field);
    for (int v = values.lowest(); v <= values.highest(); ++v)
      if (values.contains(v))
        codes[masks.code_of(column, static_cast<std::size_t>(v))] += by_value[column][static_cast<std::size_t>(v)];
  }
  return weights;
}

}  // namespace placement::engine
