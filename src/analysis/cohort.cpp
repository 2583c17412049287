// Counts of a cohort: every figure is a sum over rows, so that workers' counts add up to the same in any order.
#include "placement/cohort.hpp"

#include <bit>

namespace placement {
namespace {

bool has_bit(std::span<const std::uint64_t> words, std::size_t bit) noexcept {
  return bit / 64 < words.size() && (words[bit / 64] >> (bit % 64) & 1U) != 0;
}

// Every figure that grows row by row.
std::vector<CellCount*> cells_of(CohortFigures& figures) {
  std::vector<CellCount*> cells{&figures.rows, &figures.invalid, &figures.unsettled, &figures.asks_nothing};
  for (CellCount& cell : figures.statuses) cells.push_back(&cell);
  for (CellCount& cell : figures.sizes) cells.push_back(&cell);
  for (CohortFigures::OfLevel& of : figures.levels) cells.insert(cells.end(), {&of.decided, &of.possible});
  for (CohortFigures::OfField& of : figures.fields) cells.insert(cells.end(), {&of.known, &of.partly_known, &of.next});
  for (CohortFigures::OfRule& of : figures.rules) cells.insert(cells.end(), {&of.holds, &of.determines});
  return cells;
}

}  // namespace

CohortTally::CohortTally(const PackContent& content) {
  figures_.levels.resize(content.levels.size());
  figures_.sizes.resize(content.levels.size() + 1);
  figures_.rules.resize(content.rules.size());
}

void CohortTally::add(const CohortRow& row) {
  ++figures_.rows.rows;
  if (!row.result.status) return static_cast<void>(++figures_.invalid.rows);
  ++figures_.statuses[static_cast<std::size_t>(*row.result.status)].rows;
  if (!row.result.settled) ++figures_.unsettled.rows;
  const std::uint64_t possible = row.result.possible;
  if (*row.result.status == Status::undecided) {
    ++figures_.sizes[static_cast<std::size_t>(std::popcount(possible))].rows;
    for (std::size_t l = 0; l < figures_.levels.size(); ++l)
      if ((possible >> l & 1U) != 0) ++figures_.levels[l].possible.rows;
  } else if (*row.result.status == Status::decided) {
    ++figures_.levels[static_cast<std::size_t>(std::countr_zero(possible))].decided.rows;
  }
  for (std::size_t f = 0; f < kFieldCount; ++f)
    if (row.assessment->is_known(static_cast<Field>(f))) ++figures_.fields[f].known.rows;
  for (const auto& [field, values] : row.assessment->partly_known())
    ++figures_.fields[static_cast<std::size_t>(field)].partly_known.rows;
  for (std::size_t r = 0; r < figures_.rules.size(); ++r) {
    if (has_bit(row.held, r)) ++figures_.rules[r].holds.rows;
    if (has_bit(row.determining, r)) ++figures_.rules[r].determines.rows;
  }
}

void CohortTally::add_question(std::optional<Field> next) {
  ++figures_.questions;
  ++(next ? figures_.fields[static_cast<std::size_t>(*next)].next : figures_.asks_nothing).rows;
}

void CohortTally::merge(const CohortTally& other) {
  CohortFigures theirs = other.figures_;
  const std::vector<CellCount*> to = cells_of(figures_), from = cells_of(theirs);
  for (std::size_t i = 0; i < to.size(); ++i) to[i]->rows += from[i]->rows;
  figures_.questions += theirs.questions;
}

CohortFigures CohortTally::finish() const {
  CohortFigures figures = figures_;
  for (CohortFigures::OfField& of : figures.fields)
    of.unknown.rows = figures.rows.rows - figures.invalid.rows - of.known.rows - of.partly_known.rows;
  return figures;
}

}  // namespace placement
