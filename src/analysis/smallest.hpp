// The smallest counterexample of a refuted claim: the fewest answers whose every consistent completion shows the fault.
//
// Where the claim is as it should be is known as regions. Answers show the fault in every completion if none of these
// regions meets them. So: start from no answers; find a region in which all is well; each example that shows the fault
// differs from that region in some field, so try them one after the other, narrowing that field's answer to what lies
// outside. With at most 0, 1, 2, ... fields narrowed, the first success has the fewest. That is exact, and exponential
// in that number; before it, the example found first is thinned out answer by answer, which bounds the number and
// stands where the steps run out (then no answer can be left out, but another set might be smaller). Tested against
// enumeration in tests/oracle/check_test.cpp.
#pragma once

#include "analysis/prover.hpp"

namespace placement::analysis {

/// Points of `region` outside the boxes `outside`: there the claim holds.
struct SoundRegion {
  masks::Region region{};
  engine::Boxes outside;
};

struct ClaimMap {
  const masks::Masks& masks;
  engine::Boxes excluded;          ///< boxes of what is inconsistent or out of scope
  std::vector<SoundRegion> sound;  ///< everywhere else the fault shows
};

/// `start`: a region all of whose points not excluded show the fault, one at least. The result contains `start` where
/// `around_start`. Spends at most `steps`.
[[nodiscard]] masks::Region smallest(const ClaimMap& map, const masks::Region& start, bool around_start,
                                     std::uint64_t steps);

/// The same for claims about consistent people in scope: `sound` are regions in which the claim holds.
[[nodiscard]] Assessment smallest(const engine::Compiled& compiled, const Assessment& start,
                                  const std::vector<ClaimRegion>& sound, bool around_start, std::uint64_t steps);

}  // namespace placement::analysis
