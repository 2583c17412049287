// Asks the cover test about regions that are not the pack's own boxes: the masks are made again with them beside the
// pack's, so that codes tell both apart. Cost: one build of the masks (about 0.1 ms) and one cover test a region.
#pragma once

#include <optional>
#include <vector>

#include "analysis/claims.hpp"

namespace placement::analysis {

/// A region of counterexamples: every completion of the assessment is one.
struct Found {
  masks::Answer answer = masks::Answer::no;
  std::optional<Assessment> where;  ///< on yes
};

/// Is there a point in one of `regions` that breaks no constraint, is in scope unless `any_scope`, and lies outside
/// `excluded`?
[[nodiscard]] Found find_point(const engine::Compiled& compiled, const std::vector<ClaimRegion>& regions,
                               std::uint64_t step_budget, const std::vector<masks::ValueBox>& excluded = {},
                               bool any_scope = false);

/// The assessment that says of each column what the region says, for columns the region narrows.
[[nodiscard]] Assessment assessment_of(const masks::Region& region, const masks::Masks& masks);

/// Boxes of what the constraints forbid, and of out_of_scope rules.
[[nodiscard]] engine::Boxes forbidden_and_out_of_scope(const engine::Compiled& compiled);

}  // namespace placement::analysis
