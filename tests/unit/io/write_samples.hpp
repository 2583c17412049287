// A small pack and recommendations made by hand from it: what the tests of the writers render.
//
// No engine here: rule states come from plain three-valued evaluation, everything else is set by the test. So a test
// of a writer fails for a fault of that writer only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placement/io.hpp"
#include "placement/recommendation.hpp"

namespace placement::samples {

/// Levels home < clinic < ward (24 hours) < detox (24 hours, withdrawal management); fields few enough to overlook.
[[nodiscard]] std::string_view pack_text();
[[nodiscard]] const RulePack& pack();

[[nodiscard]] Assessment assessment(std::string_view json);
/// Number of a rule by id.
[[nodiscard]] std::size_t rule(std::string_view id);

/// Rule, alert, capability and service states of an assessment; status `undecided` with no level possible.
[[nodiscard]] Recommendation states(const Assessment& assessment);

[[nodiscard]] Recommendation decided();       ///< detox, with walk, reason and a path of three stops
[[nodiscard]] Recommendation undecided();     ///< clinic to detox, a question, must-know fields
[[nodiscard]] Recommendation emergency();     ///< a stop alert that holds
[[nodiscard]] Recommendation inconsistent();  ///< two answers that contradict
[[nodiscard]] Recommendation out_of_scope();
/// undecided() with a policy, a current level, availability with a bridge plan, and a level placed by override.
[[nodiscard]] Recommendation bridged();

/// All of the above by name.
struct Sample {
  std::string name;
  Recommendation recommendation;
};
[[nodiscard]] std::vector<Sample> all();

}  // namespace placement::samples
