// Values of other programs and of the papers. The programs: Python, statsmodels 0.15.0 and scikit-learn 1.9.1,
//
//   w = np.subtract.outer(np.arange(k), np.arange(k)) ** 2
//   statsmodels.stats.inter_rater.cohens_kappa(table).kappa, .kappa_max; cohens_kappa(table, weights=w).kappa
//   sklearn.metrics.cohen_kappa_score(rows, columns, weights=None | "quadratic")        (the same to 15 digits)
//   np.quantile([cohens_kappa(d) for d in rng.multinomial(n, table / n, size=20000)], [.025, .975])
//   statsmodels.stats.proportion.proportion_confint(part, whole, method="wilson")
#include "analysis/kappa.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace placement::analysis {
namespace kappa_test {

const std::vector<std::uint64_t> kCohen{88, 14, 18, 10, 40, 10, 2, 6, 12};  // Cohen 1960, table 1, 200 things
const std::vector<std::uint64_t> kSix{4, 0, 0, 0,  0, 0, 9, 120, 14, 3,  8,  2,  1, 33, 41, 9, 12, 3,
                                      0, 4, 6, 17, 9, 1, 0, 12,  8,  10, 88, 21, 0, 1,  0,  2, 15, 34};

TEST(RatingTable, HasTheCoefficientsOfThePaperAndOfOtherPrograms) {
  const RatingTable cohen(kCohen, 3);
  EXPECT_NEAR(*cohen.chance(), 0.41, 1e-12);
  EXPECT_NEAR(*cohen.kappa(), 0.491525423728814, 1e-12);
  EXPECT_NEAR(*cohen.ceiling(), 0.830508474576271, 1e-12);
  EXPECT_NEAR(*cohen.weighted_kappa(), 0.454545454545455, 1e-12);
  const RatingTable six(kSix, 6);
  EXPECT_EQ(six.total(), 487U);
  EXPECT_NEAR(*six.chance(), 0.237990631153313, 1e-12);
  EXPECT_NEAR(*six.kappa(), 0.506869553188546, 1e-12);
  EXPECT_NEAR(*six.weighted_kappa(), 0.771635162251530, 1e-12);
  EXPECT_NEAR(*six.ceiling(), 0.900296029879651, 1e-12);
}

TEST(RatingTable, SaysWhereKappaIsNotDefined) {
  const RatingTable empty(std::vector<std::uint64_t>(4), 2), one_level({0, 0, 0, 7}, 2), never_agree({0, 5, 0, 0}, 2);
  EXPECT_EQ(empty.undefined(), Kappa::Undefined::no_rows);
  EXPECT_FALSE(empty.chance().has_value());
  EXPECT_FALSE(empty.kappa().has_value());
  EXPECT_EQ(one_level.undefined(), Kappa::Undefined::one_level);
  EXPECT_EQ(one_level.chance(), 1.0);
  EXPECT_FALSE(one_level.kappa().has_value());
  EXPECT_FALSE(one_level.weighted_kappa().has_value());
  EXPECT_FALSE(one_level.ceiling().has_value());
  // Two levels, each rater with one of them: defined, and no better than chance.
  EXPECT_EQ(never_agree.undefined(), Kappa::Undefined::no);
  EXPECT_EQ(never_agree.kappa(), 0.0);
  EXPECT_EQ(never_agree.weighted_kappa(), 0.0);
  EXPECT_EQ(kappas(empty, 1, 100).plain.undefined, Kappa::Undefined::no_rows);
  EXPECT_EQ(kappas(one_level, 1, 100).weighted.undefined, Kappa::Undefined::one_level);
}

TEST(RatingTable, IsResampledWithItsOwnShares) {
  const RatingTable six(kSix, 6);
  std::mt19937_64 random(7);
  constexpr int kDraws = 4000;
  std::vector<double> sums(6);
  for (int i = 0; i < kDraws; ++i) {
    const RatingTable drawn = six.resampled(random);
    ASSERT_EQ(drawn.total(), 487U);
    const std::vector<std::uint64_t> rows = drawn.row_sums();
    for (std::size_t r = 0; r < 6; ++r) sums[r] += static_cast<double>(rows[r]);
  }
  const std::vector<std::uint64_t> rows = six.row_sums();
  for (std::size_t r = 0; r < 6; ++r) {
    const double share = static_cast<double>(rows[r]) / 487, expected = kDraws * 487 * share;
    EXPECT_NEAR(sums[r], expected, 5 * std::sqrt(expected * (1 - share)) + 1e-9) << r;
  }
}

TEST(Kappas, IntervalsAreThoseOfAnotherBootstrap) {
  const Kappas cohen = kappas(RatingTable(kCohen, 3), 1, 20000), six = kappas(RatingTable(kSix, 6), 1, 20000);
  const auto expect = [](const Kappa& kappa, double low, double high) {
    ASSERT_TRUE(kappa.interval.has_value());
    EXPECT_NEAR(kappa.interval->low, low, 0.006);  // what two seeds of 20,000 draws differ by
    EXPECT_NEAR(kappa.interval->high, high, 0.006);
    EXPECT_EQ(kappa.without_value, 0U);
  };
  expect(cohen.plain, 0.388933, 0.589341);
  expect(cohen.weighted, 0.323053, 0.581256);
  expect(six.plain, 0.451658, 0.561430);
  expect(six.weighted, 0.721162, 0.816579);
}

TEST(Kappas, ComeFromTheSeedAlone) {
  const RatingTable six(kSix, 6);
  EXPECT_EQ(kappas(six, 3, 200).plain.interval, kappas(six, 3, 200).plain.interval);
  EXPECT_NE(kappas(six, 3, 200).plain.interval, kappas(six, 4, 200).plain.interval);
}

TEST(Kappas, CountResamplesWithoutAValue) {
  // Two rows: half of the resamples draw one of them twice.
  const Kappas two = kappas(RatingTable({1, 0, 0, 1}, 2), 1, 2000);
  EXPECT_EQ(two.plain.value, 1.0);
  EXPECT_NEAR(two.plain.without_value, 1000, 150);
  EXPECT_FALSE(kappas(RatingTable(kSix, 6), 1, 0).plain.interval.has_value());
}

TEST(PercentileInterval, TakesTheKthFromBothEnds) {
  std::vector<double> values;
  for (int i = 2000; i >= 1; --i) values.push_back(i);
  EXPECT_EQ(percentile_interval(values), (Interval{50, 1951}));
  EXPECT_EQ(percentile_interval({3, 1, 2}, 0.25), (Interval{1, 3}));
  EXPECT_FALSE(percentile_interval({3, 1, 2}).has_value());
  EXPECT_FALSE(percentile_interval({}).has_value());
}

TEST(WilsonInterval, IsThatOfNewcombeAndOfStatsmodels) {
  const auto expect = [](std::uint64_t part, std::uint64_t whole, double low, double high) {
    const Interval interval = wilson_interval(part, whole);
    EXPECT_NEAR(interval.low, low, 1e-12) << part << " of " << whole;
    EXPECT_NEAR(interval.high, high, 1e-12) << part << " of " << whole;
  };
  expect(81, 263, 0.255288519878274, 0.366209576982800);  // Newcombe 1998, table I: 0.2553 to 0.3662
  expect(15, 148, 0.062386399530737, 0.160487241723302);  // 0.0624 to 0.1605
  expect(1, 29, 0.006113214292763, 0.171755218793203);    // 0.0061 to 0.1718
  expect(0, 10, 0, 0.277532799862889);
  expect(10, 10, 0.722467200137111, 1);
  expect(500000, 1000000, 0.499020019890005, 0.500979980109995);
}

}  // namespace kappa_test
}  // namespace placement::analysis
