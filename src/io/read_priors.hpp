// How common answers are, as packs and `placement generate --prior` have it: an object of fields and weights.
#pragma once

#include <string>
#include <vector>

#include "io/json_text.hpp"
#include "placement/rule_pack.hpp"

namespace placement::io {

/// What cannot be read is a fault and left out.
[[nodiscard]] std::vector<Prior> priors_of(const Json& tree, const std::string& pointer, std::vector<Fault>& faults);

}  // namespace placement::io
