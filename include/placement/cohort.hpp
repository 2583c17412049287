// What a cohort looks like to a pack: counts taken row by row, by as many workers as there are.
//
//   placement::CohortTally tally(pack.content());                       // one for each worker
//   tally.add({.result = {Status::decided, true, 1U << 2}, .assessment = &person, .held = held});
//   tally.add_question(recommendation.next_question);                   // of each row, or of a sample
//   tally.merge(other_worker);
//   placement::CohortFigures figures = tally.finish();
//
// Adding and merging are sums: neither the order of rows nor how they are shared out changes a figure. A tally is one
// worker's own; figures are plain values. docs/cohort-reports.md says what each figure means and does not mean.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/recommendation.hpp"
#include "placement/rule_pack.hpp"

namespace placement {

/// A number of rows to be published.
struct CellCount {
  enum class Seen : std::uint8_t {
    shown,
    small,     ///< kept back: 1 or more, but too few (suppress_small_cells)
    withheld,  ///< kept back: a small one could be worked out from it, or from its bound
  };
  std::uint64_t rows = 0;  ///< 0 where kept back
  Seen seen = Seen::shown;

  [[nodiscard]] bool is_shown() const noexcept { return seen == Seen::shown; }
  friend bool operator==(const CellCount&, const CellCount&) = default;
};

inline constexpr std::size_t kStatusCount = 5;

/// How one row was answered.
struct RowResult {
  std::optional<Status> status =
      {};                      ///< nothing: the row could not be read ("invalid"); then the rest is not looked at
  bool settled = true;         ///< Recommendation::settled
  std::uint64_t possible = 0;  ///< bit l: level number l is possible; exactly one bit where decided
};

/// One row as CohortTally takes it. Pointers and spans are read during the call only.
struct CohortRow {
  RowResult result = {};
  const Assessment* assessment = nullptr;    ///< null only where invalid
  std::span<const std::uint64_t> held = {};  ///< bit r: rule number r holds; may be shorter than the list of rules
  std::span<const std::uint64_t> determining = {};  ///< bit r: rule number r is determining
};

/// Counts of a cohort. "Read" rows are those with a status, all but the invalid.
struct CohortFigures {
  std::uint64_t suppressed_below = 0;  ///< of suppress_small_cells; 0: nothing was kept back
  CellCount rows;                      ///< read and invalid
  CellCount invalid;
  std::array<CellCount, kStatusCount> statuses;  ///< by Status
  CellCount unsettled;                           ///< read, `possible` may be too large
  struct OfLevel {
    CellCount decided;   ///< decided at this level
    CellCount possible;  ///< undecided, and this level among the possible ones
  };
  std::vector<OfLevel> levels;   ///< by level number
  std::vector<CellCount> sizes;  ///< undecided rows by how many levels are possible: 0, 1, ... all
  struct OfField {
    CellCount known, partly_known, unknown;  ///< together the read rows
    CellCount next;                          ///< of the rows in `questions`: those asked for this field next
  };
  std::array<OfField, kFieldCount> fields;
  std::uint64_t questions = 0;  ///< rows whose next question was worked out: the read ones, or a sample of them
  CellCount asks_nothing;       ///< of these: rows without a next question
  struct OfRule {
    CellCount holds, determines;
  };
  std::vector<OfRule> rules;
};

class CohortTally {
 public:
  explicit CohortTally(const PackContent& content);
  void add(const CohortRow& row);
  /// What would be asked next in a row that could be read: nothing where nothing would be. To be told of every such
  /// row or, since working it out may take far longer than all the rest, of a sample drawn by chance.
  void add_question(std::optional<Field> next);
  /// `other` must count for the same pack.
  void merge(const CohortTally& other);
  [[nodiscard]] CohortFigures finish() const;

 private:
  CohortFigures figures_;
};

}  // namespace placement
