// The questions `check` asks: one file each, all of this form. A question adds what it finds to one list, in file
// order.
#pragma once

#include <string>
#include <vector>

#include "analysis/prover.hpp"
#include "placement/analysis.hpp"

namespace placement::analysis {

/// What all questions share. The engine must outlive it.
struct Inquiry {
  Inquiry(const Engine& engine, std::uint64_t steps);

  const engine::Compiled& compiled;
  const PackContent& content;
  std::uint64_t steps;
  Population consistent;        ///< whoever breaks no constraint
  Population in_scope;          ///< and of whom the pack speaks
  std::vector<bool> is_dead{};  ///< by rule, once `find_dead` was asked
  std::vector<Finding> findings{};

  void add(Finding finding, std::string_view kind, std::string where, std::string message);
  void add(Finding::Verdict verdict, std::string_view kind, std::string where, std::string message);
  /// Alerts and out_of_scope rules speak of people out of scope too, all others do not.
  [[nodiscard]] const Population& population_of(const Rule& rule) const;
  /// JSON pointers into the file, where levels need not stand by intensity.
  [[nodiscard]] std::string place_of_level(std::size_t level) const;
  [[nodiscard]] static std::string place_of_rule(std::size_t rule);
  /// `a`, `b` and `c`: of rules, in file order.
  [[nodiscard]] std::string names_of_rules(const std::vector<std::size_t>& rules) const;
};

/// "`a`, `b` and `c`"; at most five, then "and 3 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& ids);

/// Constraints that leave nobody, scope that leaves nobody: then nothing else is worth asking, and it says so.
[[nodiscard]] bool find_impossible(Inquiry& inquiry);
void find_dead(Inquiry& inquiry);
void find_duplicate_and_subsumed(Inquiry& inquiry);
void find_contradictory(Inquiry& inquiry);
void find_overlaps(Inquiry& inquiry);
void find_unreachable_levels_and_moves(Inquiry& inquiry);
void find_unreachable_and_unused_names(Inquiry& inquiry);
void find_gaps(Inquiry& inquiry);
void check_properties(Inquiry& inquiry);
void check_monotone_claims(Inquiry& inquiry);
/// Monotone is not claimed, and rightly so.
void find_non_monotone(Inquiry& inquiry);
void check_projections(Inquiry& inquiry);
void find_unreleasable(Inquiry& inquiry);
void list_demographic(Inquiry& inquiry);

}  // namespace placement::analysis
