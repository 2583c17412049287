#include "placement/cohort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "placement/io.hpp"

namespace placement {
namespace cohort_test {

const RulePack& pack() {
  static const RulePack shipped = default_pack();
  return shipped;
}

const CohortFigures::OfField& of(const CohortFigures& figures, Field field) {
  return figures.fields[static_cast<std::size_t>(field)];
}

struct Row {
  RowResult result;
  Assessment assessment;
  std::optional<Field> next;
  std::vector<std::uint64_t> held, determining;
};

std::vector<Row> rows() {
  std::vector<Row> list(5);
  list[0].result = {Status::decided, true, 0b100};
  list[0].assessment.set(Field::cows_score, 14);
  list[0].held = {0b11};
  list[0].determining = {0b10};
  list[1].result = {Status::undecided, true, 0b111};
  list[1].assessment.set(Field::age_years, ValueSet::range(18, 120));
  list[1].next = Field::pregnant;
  list[1].held = {0b1};
  list[2].result = {Status::undecided, false, 0b110};
  list[2].next = Field::pregnant;
  list[3].result = {Status::emergency, true, 0b1};
  list[4].result = {std::nullopt};
  return list;
}

void add(const Row& row, CohortTally& tally) {
  tally.add({row.result, &row.assessment, row.held, row.determining});
  if (row.result.status) tally.add_question(row.next);
}

std::vector<std::uint64_t> numbers(const CohortFigures& f) {
  std::vector<std::uint64_t> list{f.rows.rows, f.invalid.rows, f.unsettled.rows, f.questions, f.asks_nothing.rows};
  for (const CellCount& c : f.statuses) list.push_back(c.rows);
  for (const CellCount& c : f.sizes) list.push_back(c.rows);
  for (const auto& l : f.levels) list.insert(list.end(), {l.decided.rows, l.possible.rows});
  for (const auto& o : f.fields)
    list.insert(list.end(), {o.known.rows, o.partly_known.rows, o.unknown.rows, o.next.rows});
  for (const auto& r : f.rules) list.insert(list.end(), {r.holds.rows, r.determines.rows});
  return list;
}

TEST(CohortTally, CountsEachRowWhereItBelongs) {
  CohortTally tally(pack().content());
  for (const Row& row : rows()) add(row, tally);
  const CohortFigures f = tally.finish();
  EXPECT_EQ(f.rows.rows, 5U);
  EXPECT_EQ(f.invalid.rows, 1U);
  EXPECT_EQ(f.unsettled.rows, 1U);
  EXPECT_EQ(f.statuses[static_cast<std::size_t>(Status::decided)].rows, 1U);
  EXPECT_EQ(f.statuses[static_cast<std::size_t>(Status::undecided)].rows, 2U);
  EXPECT_EQ(f.statuses[static_cast<std::size_t>(Status::emergency)].rows, 1U);
  EXPECT_EQ(f.levels[2].decided.rows, 1U);
  EXPECT_EQ(f.levels[0].decided.rows, 0U) << "an emergency is not decided";
  EXPECT_EQ(f.levels[0].possible.rows, 1U);
  EXPECT_EQ(f.levels[1].possible.rows, 2U);
  EXPECT_EQ(f.sizes[3].rows, 1U);
  EXPECT_EQ(f.sizes[2].rows, 1U);
  EXPECT_EQ(of(f, Field::cows_score).known.rows, 1U);
  EXPECT_EQ(of(f, Field::cows_score).unknown.rows, 3U) << "invalid rows have no answers";
  EXPECT_EQ(of(f, Field::age_years).partly_known.rows, 1U);
  EXPECT_EQ(of(f, Field::pregnant).next.rows, 2U);
  EXPECT_EQ(f.questions, 4U);
  EXPECT_EQ(f.asks_nothing.rows, 2U);
  EXPECT_EQ(f.rules[0].holds.rows, 2U);
  EXPECT_EQ(f.rules[1].determines.rows, 1U);
}

TEST(CohortTally, IsTheSameInAnyOrderAndDivision) {
  std::vector<Row> list = rows();
  CohortTally whole(pack().content());
  for (const Row& row : list) add(row, whole);
  std::mt19937_64 random(1);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(list.begin(), list.end(), random);
    CohortTally first(pack().content()), second(pack().content()), none(pack().content());
    for (const Row& row : list) add(row, random() % 2 == 0 ? first : second);
    second.merge(none);
    second.merge(first);
    EXPECT_EQ(numbers(second.finish()), numbers(whole.finish()));
  }
}

TEST(CohortTally, IgnoresBitsBeyondTheWordsGiven) {
  CohortTally tally(pack().content());
  const Assessment nobody;
  tally.add({{Status::undecided, true, 1}, &nobody, {}, {}});
  for (const CohortFigures::OfRule& rule : tally.finish().rules) EXPECT_EQ(rule.holds.rows, 0U);
}

}  // namespace cohort_test
}  // namespace placement
