// A request with its ids looked up: the engine works with numbers, and a request that names what the pack does not have
// is refused with all its faults.
#pragma once

#include <optional>
#include <vector>

#include "engine/feasible.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"

namespace placement::engine {

struct CheckedRequest {
  std::optional<std::size_t> current_level;
  std::optional<std::vector<std::size_t>> current_capabilities;
  std::optional<std::vector<Programme>> available;
  std::vector<std::size_t> handled;  ///< rules, in the order of the request
  std::optional<Placed> placed;
};

/// Faults have places under /request; code bad_request.
[[nodiscard]] Result<CheckedRequest> check_request(const PackContent& content, const Request& request);

}  // namespace placement::engine
