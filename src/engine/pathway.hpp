// The way down from a level: what a level resolves and improves is put into the assessment, the need is judged again,
// and the next stop is one step_down towards it, at least one level lower. docs/semantics.md, "Pathway".
#pragma once

#include <optional>
#include <vector>

#include "engine/possible.hpp"

namespace placement::engine {

/// The assessment after `level` has done its work. Answers are set by `resolves` and never made worse by `improves`.
[[nodiscard]] Assessment projected(const Assessment& assessment, const CareLevel& level);

/// States of capabilities and services over the completions; without the fields they wait for.
[[nodiscard]] CareState service_state(const Compiled& compiled, std::size_t service, Completions& completions);
[[nodiscard]] CareState capability_state(const Compiled& compiled, std::size_t capability, Completions& completions);

/// Stops from `level` to the lowest. `rules_today` says which rules are criteria; `continue` rules demand
/// `current_level`.
[[nodiscard]] std::vector<PathwayStep> pathway_from(const Compiled& compiled, std::size_t level,
                                                    const Assessment& assessment,
                                                    std::optional<std::size_t> current_level,
                                                    const std::vector<RuleResult>& rules_today, masks::Search& search);

}  // namespace placement::engine
