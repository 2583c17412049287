#include "placement/agreement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "placement/cohort_report.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace agreement_test {

using Seen = CellCount::Seen;

constexpr std::size_t kLevels = 4;  // of the pack of samples: home, clinic, ward, detox

AgreementDesign design() {
  return {"where the person was seen", {{"sex", ""}, {"site", "site of care"}}, {{"completed", "finished as planned"}}};
}

struct Row {
  RowResult result;
  std::optional<std::size_t> observed;
  std::string excluded;
  std::vector<std::string_view> subgroups{"f", "north"};
  std::vector<Truth> outcomes{Truth::unknown};
};

AgreementRow as_row(const Row& row) { return {row.result, row.observed, row.excluded, row.subgroups, row.outcomes}; }

RowResult decided(std::size_t level) { return {Status::decided, true, std::uint64_t{1} << level}; }
RowResult undecided(std::uint64_t possible) { return {Status::undecided, true, possible}; }

AgreementTally tally_of(const std::vector<Row>& rows) {
  AgreementTally tally(samples::pack(), design());
  for (const Row& row : rows) tally.add(as_row(row));
  return tally;
}

std::uint64_t of(const Comparison& c, Match match) { return c.matches[static_cast<std::size_t>(match)].rows; }

TEST(AgreementTally, SaysWhereTheObservedLevelLies) {
  const auto match = [](const RowResult& result, std::size_t observed) {
    const Agreement a = tally_of({{result, observed, ""}}).finish();
    std::string words;
    for (std::size_t m = 0; m < kMatchCount; ++m)
      if (a.all.matches[m].rows > 0) words += to_string(static_cast<Match>(m));
    return words;
  };
  EXPECT_EQ(match(decided(1), 0), "under");
  EXPECT_EQ(match(decided(1), 1), "matched");
  EXPECT_EQ(match(decided(1), 3), "over");
  EXPECT_EQ(match(undecided(0b1100), 1), "too_low");
  EXPECT_EQ(match(undecided(0b1100), 2), "among");
  EXPECT_EQ(match(undecided(0b1100), 3), "among");
  EXPECT_EQ(match(undecided(0b0011), 2), "too_high");
  EXPECT_EQ(match(undecided(0b1001), 2), "between");
}

TEST(AgreementTally, ComparesOnlyDecidedAndUndecidedRowsAndCountsTheOthers) {
  const Agreement a = tally_of({{decided(2), 2, ""},
                                {decided(2), std::nullopt, "setting not recorded"},
                                {undecided(0b11), std::nullopt, "setting not recorded"},
                                {{Status::emergency, true, 0b1000}, 3, ""},
                                {{Status::inconsistent, true, 0}, 1, ""},
                                {{Status::out_of_scope, true, 0}, std::nullopt, "a child"},
                                {{std::nullopt}, std::nullopt, ""}})
                          .finish();
  EXPECT_EQ(a.all.rows.rows, 7U);
  EXPECT_EQ(a.all.compared.rows, 1U);
  EXPECT_EQ(a.all.undecided.rows, 0U);
  EXPECT_EQ(a.invalid.rows, 1U);
  EXPECT_EQ(a.statuses[static_cast<std::size_t>(Status::emergency)].observed.rows, 1U);
  EXPECT_EQ(a.statuses[static_cast<std::size_t>(Status::decided)].excluded.rows, 1U);
  ASSERT_EQ(a.excluded.size(), 2U);
  EXPECT_EQ(a.excluded[0].reason, "a child");
  EXPECT_EQ(a.excluded[1].rows.rows, 2U);
  EXPECT_EQ(a.confusion[2][2].rows, 1U);
}

std::vector<Row> cohen_rows() {  // Cohen 1960, table 1: recommended by row, observed by column
  constexpr std::size_t kTable[3][3] = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
  std::vector<Row> rows;
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t i = 0; i < kTable[r][c]; ++i) {
        Row row{decided(r), c, ""};
        row.subgroups = {i % 2 == 0 ? "f" : "m", ""};
        row.outcomes = {i % 3 == 0 ? Truth::yes : i % 3 == 1 ? Truth::no : Truth::unknown};
        rows.push_back(row);
      }
  return rows;
}

TEST(AgreementTally, HasTheFiguresOfThePaper) {
  const Agreement a = tally_of(cohen_rows()).finish();
  EXPECT_EQ(of(a.all, Match::matched), 140U);
  EXPECT_EQ(of(a.all, Match::under), 18U);
  EXPECT_EQ(of(a.all, Match::over), 42U);
  EXPECT_EQ(a.recommended[0].rows, 120U);
  EXPECT_EQ(a.observed[0].rows, 100U);
  EXPECT_NEAR(*a.all.chance, 0.41, 1e-12);
  EXPECT_NEAR(a.all.kappa.value, 0.4915, 5e-5);
  EXPECT_NEAR(*a.all.ceiling, 0.8305, 5e-5);
  EXPECT_LT(a.all.kappa.interval->low, 0.42);
  EXPECT_GT(a.all.kappa.interval->high, 0.56);
}

TEST(AgreementTally, SplitsRowsBySubgroupAndOutcomesByMatch) {
  const Agreement a = tally_of(cohen_rows()).finish();
  ASSERT_EQ(a.subgroups[0].values.size(), 2U);
  EXPECT_EQ(a.subgroups[0].values[0].value, "f");
  EXPECT_EQ(a.subgroups[0].values[0].figures.compared.rows + a.subgroups[0].values[1].figures.compared.rows, 200U);
  ASSERT_EQ(a.subgroups[1].values.size(), 1U);
  EXPECT_EQ(a.subgroups[1].values[0].value, "");
  EXPECT_EQ(a.subgroups[1].values[0].figures.kappa.value, a.all.kappa.value);
  const Agreement::OfOutcome::Counts& matched = a.outcomes[0].by[static_cast<std::size_t>(Match::matched)];
  EXPECT_EQ(matched.yes.rows + matched.no.rows + matched.missing.rows, 140U);
  EXPECT_EQ(matched.yes.rows, 30U + 14U + 4U);  // every third of 88, 40 and 12
}

TEST(AgreementTally, SetsPossibleLevelsBesideChance) {
  // Two rows with {home, clinic}, two with {ward, detox}; observed: home, clinic, ward, home.
  // Dealt out at random: P(home or clinic) = 3/4 for the first two, P(ward or detox) = 1/4 for the others: 1/2.
  const Agreement a =
      tally_of({{undecided(3), 0, ""}, {undecided(3), 1, ""}, {undecided(12), 2, ""}, {undecided(12), 0, ""}}).finish();
  EXPECT_EQ(of(a.all, Match::among), 3U);
  EXPECT_EQ(of(a.all, Match::too_low), 1U);
  EXPECT_DOUBLE_EQ(*a.all.among_by_chance, 0.5);
  EXPECT_EQ(a.sizes[2].rows.rows, 4U);
  EXPECT_EQ(a.sizes[2].among.rows, 3U);
  EXPECT_EQ(a.all.kappa.undefined, Kappa::Undefined::no_rows);
}

TEST(AgreementTally, DropsSubgroupsWithTooManyValuesHoweverRowsAreDivided) {
  AgreementTally first(samples::pack(), design()), second(samples::pack(), design());
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= AgreementTally::kMaxSubgroupValues; ++i) names.push_back("v" + std::to_string(i));
  for (std::size_t i = 0; i < names.size(); ++i) {
    Row row{decided(0), 0, ""};
    row.subgroups = {names[i], "x"};
    (i % 2 == 0 ? first : second).add(as_row(row));
  }
  EXPECT_FALSE(first.finish({1, 0}).subgroups[0].has_too_many_values);
  first.merge(second);
  const Agreement a = first.finish({1, 0});
  EXPECT_TRUE(a.subgroups[0].has_too_many_values);
  EXPECT_TRUE(a.subgroups[0].values.empty());
  EXPECT_FALSE(a.subgroups[1].has_too_many_values);
}

std::vector<Row> mixed_rows(std::mt19937_64& random, std::size_t count) {
  static constexpr std::string_view kSites[] = {"north", "south", "east", ""};
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t level = random() % kLevels;
    Row row;
    switch (random() % 10) {
      case 0:
        break;  // invalid
      case 1:
        row.result = {Status::emergency, true, 0b1000};
        break;
      case 2:
      case 3:
      case 4:
        row.result = undecided(1 + random() % 15);
        break;
      default:
        row.result = decided(level);
    }
    if (random() % 8 == 0)
      row.excluded = random() % 2 == 0 ? "not recorded" : "prison";
    else
      row.observed = random() % 3 == 0 ? random() % kLevels : level;
    row.subgroups = {random() % 2 == 0 ? "f" : "m", kSites[random() % 4]};
    row.outcomes = {static_cast<Truth>(random() % 3)};
    rows.push_back(row);
  }
  return rows;
}

TEST(AgreementTally, IsTheSameInAnyOrderAndDivision) {
  constexpr std::uint64_t kSeed = 20261127;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937_64 random(kSeed);
  std::vector<Row> rows = mixed_rows(random, 300);
  const std::string whole = write_agreement(tally_of(rows).finish(), Format::json);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    AgreementTally first(samples::pack(), design()), second(samples::pack(), design());
    for (const Row& row : rows) (random() % 2 == 0 ? first : second).add(as_row(row));
    second.merge(first);
    EXPECT_EQ(write_agreement(second.finish(), Format::json), whole);
  }
}

// ---- Small cells ----------------------------------------------------------------------------------------------------

TEST(SuppressSmallCells, KeepsBackEveryCountBelowAndWhatGivesItAway) {
  constexpr std::uint64_t kSeed = 5;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937_64 random(kSeed);
  const Agreement open = tally_of(mixed_rows(random, 1500)).finish({1, 50});
  Agreement kept = open;
  suppress_small_cells(11, nullptr, &kept);
  EXPECT_EQ(kept.suppressed_below, 11U);
  std::size_t hidden = 0, small = 0;
  for (std::size_t r = 0; r < kLevels; ++r)
    for (std::size_t c = 0; c < kLevels; ++c) {
      const CellCount before = open.confusion[r][c], after = kept.confusion[r][c];
      EXPECT_EQ(after.seen == Seen::small, before.rows > 0 && before.rows < 11);
      EXPECT_EQ(after.rows, after.is_shown() ? before.rows : 0U) << "what is kept back is not in the data";
      hidden += after.is_shown() ? 0U : 1U;
      small += after.seen == Seen::small ? 1U : 0U;
    }
  if (small > 0) {
    EXPECT_GE(hidden, 4U);
  }
  for (const auto& subgroup : kept.subgroups) {
    std::size_t kept_back = 0;
    for (const auto& value : subgroup.values) kept_back += value.figures.matches[0].is_shown() ? 0U : 1U;
    EXPECT_TRUE(kept_back != 1 || !kept.all.matches[0].is_shown()) << "one hidden part of a shown total";
  }
}

TEST(SuppressSmallCells, LeavesLargeCohortsAlone) {
  std::vector<Row> rows;
  for (int i = 0; i < 50; ++i) {
    rows.push_back({decided(1), 1, ""});
    rows.push_back({decided(2), 1, ""});
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].outcomes = {i % 3 == 0 ? Truth::yes : Truth::no};
  const Agreement open = tally_of(rows).finish({1, 50});
  Agreement kept = open;
  suppress_small_cells(11, nullptr, &kept);
  kept.suppressed_below = 0;
  EXPECT_EQ(write_agreement(kept, Format::json), write_agreement(open, Format::json));
}

TEST(SuppressSmallCells, TakesCoefficientsAwayWithTheirCounts) {
  std::vector<Row> rows;
  for (int i = 0; i < 6; ++i) rows.push_back({decided(1), 1, ""});
  for (int i = 0; i < 90; ++i) rows.push_back({decided(1), 0, ""});
  rows.push_back({undecided(3), 0, ""});
  Agreement a = tally_of(rows).finish({1, 50});
  suppress_small_cells(11, nullptr, &a);
  EXPECT_EQ(a.all.kappa.undefined, Kappa::Undefined::suppressed);
  EXPECT_FALSE(a.all.chance.has_value());
  EXPECT_FALSE(a.all.kappa.interval.has_value());
  EXPECT_FALSE(a.all.among_by_chance.has_value());
}

TEST(SuppressSmallCells, GuardsBothReportsOfOneRunTogether) {
  AgreementTally tally(samples::pack(), design());
  CohortTally cohort(samples::pack().content());
  const Assessment nobody;
  const auto add = [&](const Row& row) {
    tally.add(as_row(row));
    cohort.add({row.result, &nobody, {}, {}});
  };
  for (int i = 0; i < 60; ++i) add({decided(1), 1, ""});
  for (int i = 0; i < 57; ++i) add({undecided(3), 1, ""});
  for (int i = 0; i < 3; ++i) add({undecided(3), std::nullopt, "lost"});
  CohortFigures figures = cohort.finish();
  Agreement a = tally.finish({1, 0});
  suppress_small_cells(11, &figures, &a);
  // 60 undecided rows in one report and 57 compared in the other would say that 3 were excluded.
  const bool is_figure_shown = figures.statuses[static_cast<std::size_t>(Status::undecided)].is_shown();
  EXPECT_FALSE(is_figure_shown && a.all.undecided.is_shown());
  EXPECT_EQ(a.excluded[0].rows.seen, Seen::small);
}

}  // namespace agreement_test
}  // namespace placement
