// What to do where the indicated level cannot be had: the steps of a bridge or transfer plan, in words.
//
// A bridge keeps the person safe and in treatment at a lower level until the indicated one is free; a transfer looks
// for round-the-clock care elsewhere, because nothing on offer is safe. Nothing is recognised by id: medication and
// naloxone are the services of the groups `medication` and `overdose_prevention` that are `yes`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/recommendation.hpp"

namespace placement::io {

/// `as_of` plus the re-check days of the plan, "2026-11-29"; none without a plan or a valid date.
[[nodiscard]] std::optional<std::string> recheck_date(const Recommendation& r);
/// The steps of the plan; empty without one.
[[nodiscard]] std::vector<std::string> plan_steps(const Recommendation& r);
/// Why a level above the indicated one is not simply taken instead.
[[nodiscard]] std::string over_placement_harm(const CareLevel& level);
/// The indicated level, or the one taken by policy.
[[nodiscard]] std::optional<std::size_t> named_level(const Recommendation& r);
/// Names of the services of a group that are `yes`.
[[nodiscard]] std::vector<std::string> offered_services(const Recommendation& r, std::string_view group);
/// Names of the capabilities that are `yes`.
[[nodiscard]] std::vector<std::string> required_capabilities(const Recommendation& r);

}  // namespace placement::io
