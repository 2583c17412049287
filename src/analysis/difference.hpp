// Two packs side by side: one set of masks with the boxes of both, so that one diagram counts pairs of outcomes and one
// cover test asks for both packs at once.
#pragma once

#include "analysis/tally.hpp"
#include "engine/possible.hpp"
#include "placement/difference.hpp"

namespace placement::analysis {

/// Where the boxes of one pack stand in the joint masks, and what they mean.
struct Side {
  const engine::Compiled* compiled = nullptr;
  std::uint16_t offset = 0;
  std::vector<engine::Boxes> of_outcome;  ///< by outcome: the levels, out of scope, inconsistent
  std::vector<std::string> names;         ///< by outcome

  [[nodiscard]] engine::Boxes boxes(engine::BoxRange range) const;
  /// Boxes that give a higher outcome than this.
  [[nodiscard]] engine::Boxes above(std::size_t outcome) const;
  [[nodiscard]] std::size_t outcomes() const noexcept { return of_outcome.size(); }
  [[nodiscard]] std::size_t inconsistent() const noexcept { return of_outcome.size() - 1; }
};

struct Joint {
  std::vector<masks::ValueBox> boxes;
  std::array<Side, 2> sides;  ///< before, after

  /// Are these different outcomes?
  [[nodiscard]] bool is_move(std::size_t before, std::size_t after) const {
    return sides[0].names[before] != sides[1].names[after];
  }
};

/// The table of outcomes before (running fastest) and after, of the points of `region` outside `excluded`; nothing
/// where the steps run out.
[[nodiscard]] std::optional<std::vector<Tally>> table_of(const Joint& joint, const masks::Region& region,
                                                         const Tallier& tallier, const engine::Boxes& excluded,
                                                         masks::Search& search);

struct Regions {
  std::vector<PackDifference::Region> found;
  Tally elsewhere;  ///< moves in none of them
};
/// Regions of changed outcomes, at most `limit`, most moves first; nothing where the steps run out.
[[nodiscard]] std::optional<Regions> changed_regions(const Joint& joint, const masks::Masks& masks,
                                                     const PackContent& priors, std::size_t limit, std::uint64_t steps,
                                                     const Tally& whole);

}  // namespace placement::analysis
