#include "analysis/small_cells.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <random>
#include <set>

#include "placement/agreement.hpp"

namespace placement::analysis {
namespace small_cells_test {

using Seen = CellCount::Seen;

struct Table {
  std::vector<std::vector<CellCount>> cells;
  std::vector<CellCount> rows, columns;
  CellCount total;

  explicit Table(const std::vector<std::vector<std::uint64_t>>& counts)
      : rows(counts.size()), columns(counts.front().size()) {
    for (std::size_t r = 0; r < counts.size(); ++r) {
      cells.emplace_back();
      for (std::size_t c = 0; c < counts[r].size(); ++c) {
        cells[r].push_back({counts[r][c]});
        rows[r].rows += counts[r][c];
        columns[c].rows += counts[r][c];
        total.rows += counts[r][c];
      }
    }
  }

  void keep_back(std::uint64_t below) {
    SmallCells guard(below);
    std::vector<SmallCells::Number> all_rows, all_columns;
    std::vector<std::vector<SmallCells::Number>> by_column(columns.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::vector<SmallCells::Number> row;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        row.push_back(guard.printed(cells[r][c]));
        by_column[c].push_back(row.back());
      }
      guard.sum(guard.printed(rows[r]), row);
      all_rows.push_back(guard.printed(rows[r]));
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      guard.sum(guard.printed(columns[c]), by_column[c]);
      all_columns.push_back(guard.printed(columns[c]));
    }
    guard.sum(guard.printed(total), all_rows);
    guard.sum(guard.printed(total), all_columns);
    guard.keep_back();
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    const auto add = [&](const CellCount& c) {
      text += c.seen == Seen::small ? "<" : c.seen == Seen::withheld ? "*" : std::to_string(c.rows);
      text += ' ';
    };
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (const CellCount& c : cells[r]) add(c);
      add(rows[r]);
      text += "/ ";
    }
    for (const CellCount& c : columns) add(c);
    add(total);
    return text;
  }
};

TEST(SmallCells, LeaveATableWithoutSmallCountsAlone) {
  Table table({{11, 40}, {0, 25}});
  table.keep_back(11);
  EXPECT_EQ(table.text(), "11 40 51 / 0 25 25 / 11 65 76 ");
}

TEST(SmallCells, AreNotGivenAwayByMargins) {
  // The 3 needs a partner in its row, one in its column, and these a fourth: the rectangle of least counts.
  Table table({{3, 50, 60}, {70, 40, 80}, {90, 100, 110}});
  table.keep_back(11);
  EXPECT_EQ(table.text(), "< * 60 113 / * * 80 190 / 90 100 110 300 / 163 190 250 603 ");
}

TEST(SmallCells, TwoThatAddUpToTwoAreNotLeftAlone) {
  // 1 + 1 = 2 would say both. A third count of 30 makes room for 1 to 10 in each.
  Table table({{1, 1, 30, 500}});
  table.keep_back(11);
  EXPECT_EQ(table.cells[0][0].seen, Seen::small);
  EXPECT_EQ(table.cells[0][1].seen, Seen::small);
  EXPECT_EQ(table.cells[0][2].seen, Seen::withheld);
}

TEST(SmallCells, AreNotGivenAwayByARestThatIsNotPrinted) {
  CellCount whole{1000}, part{996};
  SmallCells guard(11);
  guard.within(guard.printed(whole), guard.printed(part));
  guard.keep_back();
  EXPECT_EQ(part.seen, Seen::withheld);  // 1000 - 996 would be 4
  EXPECT_TRUE(whole.is_shown());
}

TEST(SmallCells, AreNotGivenAwayByTheSameNumberElsewhere) {
  CellCount here{4}, there{4}, total{100}, other{96};
  SmallCells guard(11);
  guard.sum(guard.printed(total), {guard.printed(here), guard.printed(other)});
  guard.sum(guard.printed(there), std::vector<SmallCells::Number>{guard.printed(here)});
  guard.keep_back();
  EXPECT_EQ(here.seen, Seen::small);
  EXPECT_EQ(there.seen, Seen::small);
  EXPECT_EQ(other.seen, Seen::withheld);
}

TEST(SmallCells, AreNotGivenAwayByWeightedSums) {
  // Both margins leave one degree of freedom; the weighted sum takes it, unless more is kept back.
  Table table({{3, 50}, {60, 70}});
  SmallCells guard(11);
  std::vector<SmallCells::Number> c;
  for (auto& row : table.cells)
    for (CellCount& cell : row) c.push_back(guard.printed(cell));
  guard.sum(guard.printed(table.rows[0]), {c[0], c[1]});
  guard.sum(guard.printed(table.rows[1]), {c[2], c[3]});
  guard.sum(guard.printed(table.columns[0]), {c[0], c[2]});
  guard.sum(guard.printed(table.columns[1]), {c[1], c[3]});
  guard.sum(guard.known(110), std::vector<SmallCells::Term>{{c[1], 1}, {c[2], 1}});
  guard.keep_back();
  std::size_t margins_kept = 0;
  for (const auto* margins : {&table.rows, &table.columns})
    for (const CellCount& margin : *margins) margins_kept += margin.is_shown() ? 0U : 1U;
  EXPECT_GE(margins_kept, 1U);
}

// All a reader can find out: every table of whole numbers that prints the same. Small ones are 1..below-1, withheld
// ones anything else. A small one that is printed as withheld could not be helped otherwise: then withheld says
// nothing.
void expect_no_small_cell_is_known(const Table& published, const Table& truth, std::uint64_t below) {
  const std::size_t rows = truth.rows.size(), columns = truth.columns.size();
  std::vector<std::vector<std::set<std::uint64_t>>> values(rows, std::vector<std::set<std::uint64_t>>(columns));
  std::vector<std::vector<std::uint64_t>> guess(rows, std::vector<std::uint64_t>(columns));
  const std::uint64_t most = truth.total.rows + 2 * below;
  bool is_withheld_any = false;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      is_withheld_any |= published.cells[r][c].seen == Seen::withheld && truth.cells[r][c].rows < below;
  for (std::size_t r = 0; r < rows; ++r)
    is_withheld_any |= published.rows[r].seen == Seen::withheld && truth.rows[r].rows < below;
  for (std::size_t c = 0; c < columns; ++c)
    is_withheld_any |= published.columns[c].seen == Seen::withheld && truth.columns[c].rows < below;
  is_withheld_any |= published.total.seen == Seen::withheld && truth.total.rows < below;
  const auto fits = [&](const CellCount& seen, std::uint64_t value) {
    return seen.seen == Seen::shown   ? value == seen.rows
           : seen.seen == Seen::small ? value >= 1 && value < below
                                      : is_withheld_any || value == 0 || value >= below;
  };
  const std::function<void(std::size_t)> fill = [&](std::size_t at) {
    const std::size_t r = at / columns, c = at % columns;
    if (at > 0 && c == 0) {
      const std::vector<std::uint64_t>& row = guess[r - 1];
      if (!fits(published.rows[r - 1], std::accumulate(row.begin(), row.end(), std::uint64_t{0}))) return;
    }
    if (at == rows * columns) {
      std::uint64_t total = 0;
      for (std::size_t k = 0; k < columns; ++k) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < rows; ++i) sum += guess[i][k];
        if (!fits(published.columns[k], sum)) return;
        total += sum;
      }
      if (!fits(published.total, total)) return;
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t k = 0; k < columns; ++k) values[i][k].insert(guess[i][k]);
      return;
    }
    const CellCount& seen = published.cells[r][c];
    const std::uint64_t from = seen.seen == Seen::shown ? seen.rows : seen.seen == Seen::small ? 1 : 0;
    const std::uint64_t to = seen.seen == Seen::shown ? seen.rows : seen.seen == Seen::small ? below - 1 : most;
    for (guess[r][c] = from; guess[r][c] <= to; ++guess[r][c])
      if (fits(seen, guess[r][c])) fill(at + 1);
  };
  fill(0);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      if (truth.cells[r][c].rows > 0 && truth.cells[r][c].rows < below) {
        ASSERT_FALSE(published.cells[r][c].is_shown());
        EXPECT_GE(values[r][c].size(), 2U) << truth.text() << " published as " << published.text();
      }
}

TEST(SmallCells, CannotBeWorkedOutFromAnySmallTable) {
  constexpr std::uint64_t kSeed = 20261127;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937_64 random(kSeed);
  int with_small = 0;
  for (int round = 0; round < 600; ++round) {
    std::vector<std::vector<std::uint64_t>> counts(2, std::vector<std::uint64_t>(round % 6 == 0 ? 3 : 2));
    for (auto& row : counts)
      for (std::uint64_t& n : row) n = random() % 9;
    const Table truth(counts);
    Table published(counts);
    published.keep_back(4);
    with_small += truth.text() == published.text() ? 0 : 1;
    expect_no_small_cell_is_known(published, truth, 4);
  }
  EXPECT_GT(with_small, 300);
}

}  // namespace small_cells_test
}  // namespace placement::analysis
