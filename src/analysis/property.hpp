// Properties and monotone claims: proved for every consistent assessment in scope, or refuted by a counterexample.
#pragma once

#include "analysis/prover.hpp"
#include "placement/analysis.hpp"

namespace placement::analysis {

/// A finding of this verdict, nothing else said yet.
[[nodiscard]] Finding finding_of(Finding::Verdict verdict);

/// Verdict, message and counterexample; kind and place are the caller's.
[[nodiscard]] Finding check_property(const engine::Compiled& compiled, std::size_t property, std::uint64_t step_budget);

/// The same of an `independent` property.
[[nodiscard]] Finding check_independent(const engine::Compiled& compiled, const Property& property,
                                        std::uint64_t step_budget);

/// Is a person who is worse in `field`, all else equal, never placed lower?
[[nodiscard]] Finding check_monotone(const engine::Compiled& compiled, Field field, std::uint64_t step_budget);

}  // namespace placement::analysis
