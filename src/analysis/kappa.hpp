// Agreement of two raters on an ordered scale, beyond what chance gives.
//
// A square table holds how many things the first rater put on row i and the second in column j. With p the shares, r
// and c the margins,
//
//   kappa = (sum p_ii - sum r_i c_i) / (1 - sum r_i c_i)                          Cohen 1960
//   weighted kappa = 1 - sum w_ij p_ij / sum w_ij r_i c_j,  w_ij = (i - j)^2      Cohen 1968
//   ceiling of kappa = (sum min(r_i, c_i) - sum r_i c_i) / (1 - sum r_i c_i)      Cohen 1960, p. 42
//
// None is defined for an empty table, nor where all lies in one cell of the diagonal: then no disagreement could be.
// Intervals are percentiles of bootstrap replicates (Efron 1979; Efron and Tibshirani 1993, section 13.3): the rows of
// the cohort are resampled, which for a table is one multinomial draw, cell by cell as conditional binomials. Boost
// draws the binomials (Hoermann 1993), the same on every machine, in time that does not grow with the cohort.
// tests/unit/analysis/kappa_test.cpp has values from other programs and from the papers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "placement/agreement.hpp"

namespace placement::analysis {

/// `cells` by row, then column; as many rows as columns.
class RatingTable {
 public:
  RatingTable(std::vector<std::uint64_t> cells, std::size_t size);

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  [[nodiscard]] std::vector<std::uint64_t> row_sums() const;
  [[nodiscard]] std::vector<std::uint64_t> column_sums() const;
  /// Nothing where kappa is undefined only because there are no rows; 1 where all is one level.
  [[nodiscard]] std::optional<double> chance() const;
  [[nodiscard]] std::optional<double> kappa() const;
  [[nodiscard]] std::optional<double> weighted_kappa() const;
  [[nodiscard]] std::optional<double> ceiling() const;
  /// Why there is no kappa.
  [[nodiscard]] Kappa::Undefined undefined() const noexcept;
  /// As many things drawn from this table with replacement.
  [[nodiscard]] RatingTable resampled(std::mt19937_64& random) const;

 private:
  std::vector<std::uint64_t> cells_;
  std::size_t size_;
  std::uint64_t total_ = 0;
};

struct Kappas {
  Kappa plain, weighted;
};

/// Both coefficients with their intervals. The same table, seed and number of replicates give the same figures.
[[nodiscard]] Kappas kappas(const RatingTable& table, std::uint64_t seed, std::uint32_t replicates);

/// The share 1 - 2 * `tail` in the middle of `values`: the k-th smallest and k-th largest, k = floor((n + 1) * tail).
/// Nothing where k is 0.
[[nodiscard]] std::optional<Interval> percentile_interval(std::vector<double> values, double tail = 0.025);

}  // namespace placement::analysis
