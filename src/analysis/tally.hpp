// Counts of diagrams as portions of a whole: exact numbers over all fields, and shares under the priors.
#pragma once

#include "engine/priors.hpp"
#include "placement/counts.hpp"

namespace placement::analysis {

/// Two exact weights of the same points: how many they are, and what they weigh.
struct Tally {
  masks::Count number = 0;
  masks::Count weight = 0;
  Tally& operator+=(const Tally& o) {
    number += o.number;
    weight += o.weight;
    return *this;
  }
};

/// Counts over every field of an assessment, for diagrams over one set of masks.
class Tallier {
 public:
  /// Weighs by the priors of `content` what `within` leaves; `masks` have the fields as columns.
  Tallier(const PackContent& content, const masks::Masks& masks, const Assessment& within = {});

  /// By cell of the diagram.
  [[nodiscard]] std::vector<Tally> of(const masks::Diagram& diagram) const;
  [[nodiscard]] Portion portion(const Tally& part, const Tally& whole) const;

 private:
  std::vector<masks::Count> over_all_fields(const masks::Diagram& diagram,
                                            const masks::Weights<masks::Count>& weights) const;
  masks::Weights<masks::Count> sizes_, priors_;
};

}  // namespace placement::analysis
