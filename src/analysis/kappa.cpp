#include "analysis/kappa.hpp"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <cmath>
#include <numeric>

namespace placement::analysis {
namespace {

// Products of margins pass 64 bits in large cohorts; doubles hold them well enough for four digits.
double real(std::uint64_t n) { return static_cast<double>(n); }

}  // namespace

RatingTable::RatingTable(std::vector<std::uint64_t> cells, std::size_t size)
    : cells_(std::move(cells)), size_(size), total_(std::accumulate(cells_.begin(), cells_.end(), std::uint64_t{0})) {}

std::vector<std::uint64_t> RatingTable::row_sums() const {
  std::vector<std::uint64_t> sums(size_);
  for (std::size_t i = 0; i < cells_.size(); ++i) sums[i / size_] += cells_[i];
  return sums;
}

std::vector<std::uint64_t> RatingTable::column_sums() const {
  std::vector<std::uint64_t> sums(size_);
  for (std::size_t i = 0; i < cells_.size(); ++i) sums[i % size_] += cells_[i];
  return sums;
}

Kappa::Undefined RatingTable::undefined() const noexcept {
  if (total_ == 0) return Kappa::Undefined::no_rows;
  for (std::size_t i = 0; i < size_; ++i)
    if (cells_[i * size_ + i] == total_) return Kappa::Undefined::one_level;
  return Kappa::Undefined::no;
}

std::optional<double> RatingTable::chance() const {
  if (total_ == 0) return std::nullopt;
  const std::vector<std::uint64_t> rows = row_sums(), columns = column_sums();
  double sum = 0;
  for (std::size_t i = 0; i < size_; ++i) sum += real(rows[i]) * real(columns[i]);
  return sum / (real(total_) * real(total_));
}

std::optional<double> RatingTable::kappa() const {
  if (undefined() != Kappa::Undefined::no) return std::nullopt;
  std::uint64_t matched = 0;
  for (std::size_t i = 0; i < size_; ++i) matched += cells_[i * size_ + i];
  const double by_chance = *chance();
  return (real(matched) / real(total_) - by_chance) / (1 - by_chance);
}

std::optional<double> RatingTable::ceiling() const {
  if (undefined() != Kappa::Undefined::no) return std::nullopt;
  const std::vector<std::uint64_t> rows = row_sums(), columns = column_sums();
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < size_; ++i) most += std::min(rows[i], columns[i]);
  const double by_chance = *chance();
  return (real(most) / real(total_) - by_chance) / (1 - by_chance);
}

std::optional<double> RatingTable::weighted_kappa() const {
  if (undefined() != Kappa::Undefined::no) return std::nullopt;
  const std::vector<std::uint64_t> rows = row_sums(), columns = column_sums();
  double seen = 0, by_chance = 0;
  for (std::size_t r = 0; r < size_; ++r)
    for (std::size_t c = 0; c < size_; ++c) {
      const double distance = real(r) - real(c), weight = distance * distance;
      seen += weight * real(cells_[r * size_ + c]);
      by_chance += weight * real(rows[r]) * real(columns[c]);
    }
  return 1 - seen * real(total_) / by_chance;
}

RatingTable RatingTable::resampled(std::mt19937_64& random) const {
  std::vector<std::uint64_t> drawn(cells_.size());
  std::uint64_t to_draw = total_, weight_left = total_;
  for (std::size_t i = 0; i < cells_.size() && to_draw > 0; ++i) {
    if (cells_[i] == 0) continue;
    const boost::random::binomial_distribution<std::int64_t> binomial(static_cast<std::int64_t>(to_draw),
                                                                      real(cells_[i]) / real(weight_left));
    drawn[i] = static_cast<std::uint64_t>(binomial(random));
    to_draw -= drawn[i];
    weight_left -= cells_[i];
  }
  return {std::move(drawn), size_};
}

std::optional<Interval> percentile_interval(std::vector<double> values, double tail) {
  const auto k = static_cast<std::size_t>(std::floor(static_cast<double>(values.size() + 1) * tail));
  if (k == 0) return std::nullopt;
  std::sort(values.begin(), values.end());
  return Interval{values[k - 1], values[values.size() - k]};
}

Kappas kappas(const RatingTable& table, std::uint64_t seed, std::uint32_t replicates) {
  Kappas result;
  result.plain.undefined = result.weighted.undefined = table.undefined();
  if (table.undefined() != Kappa::Undefined::no) return result;
  result.plain.value = *table.kappa();
  result.weighted.value = *table.weighted_kappa();
  std::mt19937_64 random(seed);
  std::vector<double> plain, weighted;
  for (std::uint32_t i = 0; i < replicates; ++i) {
    const RatingTable drawn = table.resampled(random);
    if (drawn.undefined() != Kappa::Undefined::no) {
      ++result.plain.without_value;
      ++result.weighted.without_value;
      continue;
    }
    plain.push_back(*drawn.kappa());
    weighted.push_back(*drawn.weighted_kappa());
  }
  result.plain.interval = percentile_interval(std::move(plain));
  result.weighted.interval = percentile_interval(std::move(weighted));
  return result;
}

}  // namespace placement::analysis

namespace placement {

// Wilson 1927, JASA 22:209: the shares p for which the observed one lies within z standard errors of p.
Interval wilson_interval(std::uint64_t part, std::uint64_t whole) noexcept {
  constexpr double kZ = 1.959963984540054;  // of 95 %
  const double n = static_cast<double>(whole), p = static_cast<double>(part) / n;
  const double centre = p + kZ * kZ / (2 * n), scale = 1 + kZ * kZ / n;
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  // At the ends the interval begins or ends there exactly; rounding must not say otherwise.
  return {part == 0 ? 0 : (centre - half) / scale, part == whole ? 1 : (centre + half) / scale};
}

}  // namespace placement
