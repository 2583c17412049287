// Findings as lines, for tests of single questions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placement/analysis.hpp"

namespace placement::findings_of {

/// "place: message" of all findings of a kind that are not proofs.
[[nodiscard]] std::vector<std::string> kind(std::string_view kind, std::string_view parts,
                                            std::string_view edits = "{}");

}  // namespace placement::findings_of
