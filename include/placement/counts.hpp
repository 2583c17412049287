// How many of all possible assessments a pack sends where: exact numbers, and shares under the pack's priors.
//
//   placement::Result<placement::PackCounts> counts = placement::count_assessments(engine, "pregnant");
//   if (counts.has_value()) std::cout << placement::write_counts(engine.pack(), *counts, placement::Format::text);
//
// Counted are complete assessments: one value for every field, about 2^176 of them. Numbers this large travel as
// decimal digits. Pure functions of an engine; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/engine.hpp"

namespace placement {

/// A part of the assessments that are counted.
struct Portion {
  std::string count = "0";              ///< how many: a whole number in decimal digits
  std::string over = "0", under = "1";  ///< the prior-weighted share over/under in lowest terms, decimal digits
  double share = 0;                     ///< the same share, 0..1, rounded; for reading only
};

struct PackCounts {
  /// The assessments that break no constraint and fulfil the condition asked about: the whole of every share.
  Portion consistent;
  Portion out_of_scope;
  Portion stopped;              ///< in scope, with a stop alert that holds
  std::vector<Portion> levels;  ///< in scope, by indicated level; together with out_of_scope they are the whole
  struct OfRule {
    Portion holds;                 ///< also out of scope
    std::optional<Portion> alone;  ///< `require` rules: in scope, and no other rule demands that level or more
  };
  std::vector<OfRule> rules;  ///< by rule; continue rules, which need a current level: nothing holds
  std::string given;          ///< the condition asked about, empty for none
};

/// Counts under a condition in the language of the pack's rules ("pregnant", "cows_score >= 13 and not(injects)");
/// empty: without one. Fails with ErrorCode::bad_request where the condition cannot be read (its place is line and
/// column, in the message), or no consistent assessment fulfils it; with ErrorCode::limit where `step_budget` runs out.
[[nodiscard]] Result<PackCounts> count_assessments(const Engine& engine, std::string_view given = {},
                                                   std::uint64_t step_budget = 5'000'000);

}  // namespace placement
