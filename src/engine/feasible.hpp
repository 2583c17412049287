// What can be had now, beside what is indicated: docs/semantics.md, "Indicated, feasible, placed".
#pragma once

#include <vector>

#include "placement/recommendation.hpp"

namespace placement::engine {

/// An offering of the request with its ids looked up.
struct Programme {
  std::size_t level = 0;
  std::vector<std::size_t> capabilities;
};

/// `wanted` is the level named, `required` the capabilities whose state is yes.
[[nodiscard]] Feasible feasible_among(const PackContent& content, std::size_t wanted,
                                      const std::vector<std::size_t>& required,
                                      const std::vector<Programme>& available);

}  // namespace placement::engine
