// What the writers of findings share.
#pragma once

#include <string>

#include "placement/analysis.hpp"

namespace placement::io {

/// The message, clean, led by what became of the claim.
[[nodiscard]] std::string told(const Finding& finding);

}  // namespace placement::io
