// How often a pack's answer and a level that somebody else named are the same, and what chance alone would give.
//
//   placement::AgreementTally tally(pack, {.observed = "setting at admission", .outcomes = {{"completed", "..."}}});
//   tally.add({.result = result, .observed = 1, .outcomes = outcomes});   // row by row; merge() joins workers
//   placement::Agreement agreement = tally.finish();
//   std::cout << placement::write_agreement(agreement, placement::Format::text);   // placement/cohort_report.hpp
//
// Agreement is no accuracy: the observed level depends on beds, payers and courts too. Adding and merging are sums, and
// resampling starts from a fixed seed: the order of rows changes nothing. A tally is one worker's own; an Agreement
// is a plain value. docs/cohort-reports.md says what each figure means and does not mean.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "placement/cohort.hpp"
#include "placement/truth.hpp"

namespace placement {

/// What is compared, in words for the reader.
struct AgreementDesign {
  std::string observed = {};  ///< what the observed level is and where it comes from
  struct Subgroup {
    std::string id = {};    ///< column
    std::string name = {};  ///< in words; empty: the id
  };
  std::vector<Subgroup> subgroups = {};
  struct Outcome {
    std::string id = {};          ///< column
    std::string definition = {};  ///< when it counts as yes, as no, and when it is missing
  };
  std::vector<Outcome> outcomes = {};
};

/// One row as AgreementTally takes it. Views and spans are read during the call only.
struct AgreementRow {
  RowResult result = {};
  std::optional<std::size_t> observed = {};          ///< level number
  std::string_view excluded = {};                    ///< where no level is observed: why, in a few words
  std::span<const std::string_view> subgroups = {};  ///< by subgroup of the design: its value, empty for missing
  std::span<const Truth> outcomes = {};              ///< by outcome of the design; unknown: missing
};

/// Where the observed level lies beside the pack's answer.
enum class Match : std::uint8_t {
  under,     ///< decided, observed below the indicated level
  matched,   ///< decided, the same
  over,      ///< decided, observed above it
  too_low,   ///< undecided, observed below every possible level
  among,     ///< undecided, observed is one of the possible levels
  between,   ///< undecided, observed is ruled out, though neither below nor above all possible levels
  too_high,  ///< undecided, observed above every possible level
};
inline constexpr std::size_t kMatchCount = 7;
/// "under", "too_low", ...
[[nodiscard]] std::string_view to_string(Match) noexcept;

/// The ends of an interval of 95 % confidence.
struct Interval {
  double low = 0, high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Wilson's interval of a share, 0..1; 0 <= part <= whole, whole > 0.
[[nodiscard]] Interval wilson_interval(std::uint64_t part, std::uint64_t whole) noexcept;

/// A chance-corrected coefficient, -1..1.
struct Kappa {
  enum class Undefined : std::uint8_t {
    no,          ///< it is defined
    no_rows,     ///< nothing to compare
    one_level,   ///< recommended and observed are one and the same level in all rows: no disagreement was possible
    suppressed,  ///< too few rows to be shown
  };
  Undefined undefined = Undefined::no_rows;
  double value = 0;                  ///< where defined
  std::optional<Interval> interval;  ///< percentile bootstrap; nothing where fewer than 39 resamples have a value
  std::uint32_t without_value = 0;   ///< resamples in which it was undefined: left out of the interval
};

/// Figures of one set of rows.
struct Comparison {
  CellCount rows;       ///< all, invalid ones too
  CellCount compared;   ///< decided, with an observed level: under + matched + over
  CellCount undecided;  ///< undecided, with an observed level: too_low + among + between + too_high
  std::array<CellCount, kMatchCount> matches;  ///< by Match
  std::optional<double> chance;                ///< 0..1: matched share if the same levels were dealt out at random
  std::optional<double> ceiling;               ///< the largest kappa these shares of levels allow
  Kappa kappa;                                 ///< every disagreement counts alike
  Kappa weighted;                              ///< a disagreement counts by the square of the levels between
  /// 0..1: share of `among` if the observed levels were dealt out at random over the undecided rows.
  std::optional<double> among_by_chance;
};

struct AgreementOptions {
  std::uint64_t seed = 1;
  std::uint32_t replicates = 2000;  ///< bootstrap resamples; 0: no intervals of kappa
};

struct Agreement {
  RulePack pack;
  AgreementDesign design;
  AgreementOptions options;
  std::uint64_t suppressed_below = 0;  ///< of suppress_small_cells; 0: nothing was kept back

  Comparison all;
  std::vector<std::vector<CellCount>> confusion;  ///< decided rows by recommended, then observed level number
  std::vector<CellCount> recommended, observed;   ///< its margins
  struct OfSize {
    CellCount rows, among;
  };
  std::vector<OfSize> sizes;  ///< undecided rows with an observed level, by how many levels are possible: 0, 1, ... all
  struct OfStatus {
    CellCount observed;  ///< with an observed level
    CellCount excluded;  ///< without
  };
  std::array<OfStatus, kStatusCount> statuses;  ///< by Status
  CellCount invalid;
  CellCount unsettled;  ///< undecided, with an observed level, `possible` may be too large
  struct Excluded {
    std::string reason;
    CellCount rows;
  };
  std::vector<Excluded> excluded;  ///< rows that were read but have no observed level, by reason

  struct OfSubgroup {
    bool has_too_many_values = false;  ///< more than AgreementTally::kMaxSubgroupValues: none is kept
    struct Value {
      std::string value;  ///< empty: missing
      Comparison figures;
    };
    std::vector<Value> values;  ///< ascending
  };
  std::vector<OfSubgroup> subgroups;  ///< by subgroup of the design
  struct OfOutcome {
    struct Counts {
      CellCount yes, no, missing;
    };
    std::array<Counts, kMatchCount> by;  ///< by Match
  };
  std::vector<OfOutcome> outcomes;  ///< by outcome of the design

  explicit Agreement(RulePack p) : pack(std::move(p)) {}
};

class AgreementTally {
 public:
  /// A column with more values than this is no subgroup.
  static constexpr std::size_t kMaxSubgroupValues = 60;

  AgreementTally(RulePack pack, AgreementDesign design);
  /// `row` has as many subgroups and outcomes as the design; a level of the pack where one is observed.
  void add(const AgreementRow& row);
  /// `other` must have the same pack and design.
  void merge(const AgreementTally& other);
  [[nodiscard]] Agreement finish(AgreementOptions options = {}) const;

 private:
  /// Counts of one set of rows, from which all its figures follow.
  struct Stratum {
    std::uint64_t rows = 0;
    std::vector<std::uint64_t> confusion;                                      // recommended * levels + observed
    std::map<std::pair<std::uint64_t, std::size_t>, std::uint64_t> undecided;  // by possible levels and observed one
    void merge(const Stratum& other);
  };
  struct Subgroup {
    bool has_too_many_values = false;
    std::map<std::string, Stratum, std::less<>> values;
    void keep_few();
  };
  using OutcomeCounts = std::array<std::array<std::uint64_t, 3>, kMatchCount>;  // by Match and Truth

  void count(Stratum& stratum, const AgreementRow& row) const;
  [[nodiscard]] Comparison compared(const Stratum& stratum, const AgreementOptions& options) const;

  RulePack pack_;
  AgreementDesign design_;
  std::size_t levels_;
  Stratum all_;
  std::array<std::array<std::uint64_t, 2>, kStatusCount> statuses_{};  // with and without an observed level
  std::uint64_t invalid_ = 0, unsettled_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> excluded_;
  std::vector<Subgroup> subgroups_;
  std::vector<OutcomeCounts> outcomes_;
};

/// Keeps back every count of 1..below-1 in both (either may be null), and as many others as it takes that none of these
/// can be worked out from sums, differences and totals of what is shown; it may still be narrowed. Shares and
/// coefficients of what is kept back go with it. The numbers of all rows and of invalid ones stay: they are said of a
/// file. Do it once, to all that is published of one run together: what two runs show apart is not guarded against each
/// other. `below` is 2 or more; 11 is what the US Centers for Medicare and Medicaid Services ask for. Takes about 0.1
/// s.
void suppress_small_cells(std::uint64_t below, CohortFigures* figures, Agreement* agreement);

}  // namespace placement
