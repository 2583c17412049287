// What changes between two rule packs, and for whom.
//
//   placement::Result<placement::PackDifference> d = placement::compare_packs(before, after);
//   if (d.has_value()) std::cout << placement::write_difference(*d, placement::Format::markdown);
//
// Not a comparison of texts: of answers, over all complete assessments, exactly. And over the rows of a cohort, which
// may be partly known. Levels, rules, capabilities and services of the two packs are matched by id. Pure functions of
// two engines; safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "placement/counts.hpp"

namespace placement {

struct PackDifference {
  RulePack before, after;
  /// Outcomes of complete assessments: level ids by intensity, then "out_of_scope" and "inconsistent".
  std::vector<std::string> outcomes_before, outcomes_after;
  Portion whole;                            ///< assessments at least one of the packs calls consistent
  std::vector<std::vector<Portion>> moves;  ///< by outcome before and after
  Portion moved;                            ///< other outcome than before

  /// An alert, capability or service whose state changes for somebody both packs call consistent.
  struct Item {
    std::string kind;  ///< "alert", "capability", "service"
    std::string id;
    struct Change {
      std::string from, to;  ///< "no", "yes", "avoid"
      Portion portion;
    };
    std::vector<Change> changes;
  };
  std::vector<Item> items;
  /// Assessments both packs call consistent in which at least one alert, capability or service, in this order, changes;
  /// nothing where that could not be worked out within the limits of boxes.
  std::vector<std::optional<Portion>> items_changed;

  /// A condition that makes moves: one that demanded a level of whoever is now placed lower, or demands it of whoever
  /// is placed higher.
  struct Region {
    Assessment where;
    Portion inside;  ///< who fulfils it
    Portion moved;   ///< who moves because of it; regions may overlap
    struct Move {
      std::string from, to;  ///< outcomes
      Portion portion;
    };
    std::vector<Move> moves;  ///< largest share first
    Assessment example;       ///< known answers after which the first move is sure, whatever else is known
  };
  std::vector<Region> regions;  ///< each has most moves outside those before it
  Portion elsewhere;            ///< moved, but in none of the regions

  /// Rules, by what they demand and when.
  std::vector<std::string> rules_added, rules_removed, rules_changed;

  PackDifference(RulePack b, RulePack a) : before(std::move(b)), after(std::move(a)) {}
};

struct ComparisonLimits {
  std::size_t regions = 12;  ///< at most so many are listed
  std::uint64_t step_budget = 20'000'000;
};

/// Shares are under the priors of `after`. Fails with ErrorCode::limit where the packs together have too many boxes or
/// the steps run out.
[[nodiscard]] Result<PackDifference> compare_packs(const Engine& before, const Engine& after,
                                                   ComparisonLimits limits = {});

/// The same over rows, each judged whole by both packs.
struct CohortDifference {
  std::size_t rows = 0;
  std::size_t refused = 0;  ///< rows whose request one of the packs does not understand
  /// Rows by what was said before and after: a level id where decided, "lowest to highest" where undecided, else the
  /// status.
  std::map<std::pair<std::string, std::string>, std::size_t> moves;
  std::map<std::pair<std::string, std::string>, std::size_t> items;  ///< rows whose state changes, by kind and id
  std::vector<std::size_t> moved;                                    ///< places in `rows` of what is said otherwise
};

[[nodiscard]] CohortDifference compare_on(const Engine& before, const Engine& after, const std::vector<Input>& rows);

}  // namespace placement
