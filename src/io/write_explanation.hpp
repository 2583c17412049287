// An explanation in the formats it has.
#pragma once

#include <string>

#include "placement/explanation.hpp"

namespace placement::io {

[[nodiscard]] std::string write_explanation_text(const Explanation& e);
[[nodiscard]] std::string write_explanation_json(const Explanation& e);

}  // namespace placement::io
