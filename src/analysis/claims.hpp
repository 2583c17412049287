// Claims about results as regions: "in this box, outside those".
//
// A property may speak about the level, alerts and services. Each of these is a union of the pack's own boxes, too many
// to multiply out, and mostly needed negated ("level >= inpatient" fails outside all boxes demanding inpatient or
// more). So a claim becomes a list of regions, each a box together with boxes of the pack it lies outside of; the cover
// test takes them as they are.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/possible.hpp"

namespace placement::analysis {

/// Points in `box` and outside all of `outside` (boxes of the engine's masks).
struct ClaimRegion {
  masks::ValueBox box;
  engine::Boxes outside;
};

inline constexpr std::size_t kMaxRegions = 4096;

/// The regions whose union is where `node` holds, or does not where `negated`; nothing where there are too many.
[[nodiscard]] std::optional<std::vector<ClaimRegion>> regions_of(const engine::Compiled& compiled,
                                                                 const pack::Node& node, bool negated);

/// Pairwise intersections; nothing where there are too many.
[[nodiscard]] std::optional<std::vector<ClaimRegion>> intersections(const std::vector<ClaimRegion>& a,
                                                                    const std::vector<ClaimRegion>& b);

}  // namespace placement::analysis
