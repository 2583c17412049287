// The brute-force definition of a counterfactual: docs/semantics.md, section 7. Every change of every set of modifiable
// fields is tried, and every completion of every change. Serves tests only and shares no code with src/.
#pragma once

#include "oracle/reading.hpp"

namespace oracle {

/// What brings an assessment to a level: {"outcome": "none"}, or
/// {"outcome": "found", "steps": 2, "changes": {"craving": [4, 5]}}, each field with the values of its new range as
/// places in the list of its values. The outcome may also be "is_so" or "no_level".
std::function<Json(const Json& assessment, const std::string& level)> counterfactuals(const Json& pack,
                                                                                      const Json& request);

}  // namespace oracle
