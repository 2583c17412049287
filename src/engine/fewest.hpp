// The fewest answers that force something: an implicit hitting set search.
//
// Each counterexample found so far names the answers that exclude it; any set that forces the claim must contain one of
// them. So: take the smallest set that meets all of these (among equals the first in field order), ask for a
// counterexample to it, add what excludes that one, repeat. The first set without a counterexample is the answer, since
// no smaller or earlier set meets even the counterexamples known. Exact with constraints too, because counterexamples
// are consistent completions, not boxes. (Ignatiev, Previti, Liffiton, Marques-Silva 2015, on smallest unsatisfiable
// subsets.) Tested against all subsets in tests/oracle.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "placement/assessment.hpp"

namespace placement::engine {

/// The smallest set that meets every set of `to_meet`, among equals the lexicographically first in field order. None of
/// `to_meet` is empty.
[[nodiscard]] FieldSet smallest_hitting_set(std::vector<FieldSet> to_meet);

/// `excluded_by(kept)`: with only the answers `kept`, nothing if the claim is forced, else the answers (outside `kept`,
/// not empty) that exclude one counterexample. `known` are such sets found beforehand. `rounds` bounds the repetitions;
/// nothing where they run out.
[[nodiscard]] std::optional<FieldSet> fewest_forcing(
    std::vector<FieldSet> known, const std::function<std::optional<FieldSet>(const FieldSet&)>& excluded_by,
    int rounds);

}  // namespace placement::engine
