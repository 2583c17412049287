// Small cells of everything published about a cohort, taken together: which figures add up to which.
#include "analysis/small_cells.hpp"
#include "placement/agreement.hpp"

namespace placement {
namespace {

using analysis::SmallCells;
using Number = SmallCells::Number;

Number cell(SmallCells& cells, CellCount& place) { return cells.printed(place); }

void list_figures(SmallCells& cells, CohortFigures& f) {
  // How many rows there are and how many of them could not be read is said of the file, not of a person.
  const Number read = cells.known(f.rows.rows - f.invalid.rows);
  std::vector<Number> statuses, decided, sizes, next{cell(cells, f.asks_nothing)};
  std::vector<SmallCells::Term> possible;
  for (CellCount& status : f.statuses) statuses.push_back(cell(cells, status));
  cells.sum(read, statuses);
  cells.within(read, cell(cells, f.unsettled));
  const Number undecided = statuses[static_cast<std::size_t>(Status::undecided)];
  for (CohortFigures::OfLevel& level : f.levels) {
    decided.push_back(cell(cells, level.decided));
    cells.within(undecided, cell(cells, level.possible));
    possible.push_back({cell(cells, level.possible), 1});
  }
  cells.sum(statuses[static_cast<std::size_t>(Status::decided)], decided);
  for (CellCount& size : f.sizes) sizes.push_back(cell(cells, size));
  cells.sum(undecided, sizes);
  // A row with k possible levels is counted at k levels.
  std::uint64_t level_rows = 0;
  for (const CohortFigures::OfLevel& level : f.levels) level_rows += level.possible.rows;
  const Number all_levels = cells.unprinted(level_rows);
  cells.sum(all_levels, possible);
  std::vector<SmallCells::Term> by_size;
  for (std::size_t k = 1; k < sizes.size(); ++k) by_size.push_back({sizes[k], static_cast<std::int64_t>(k)});
  cells.sum(all_levels, by_size);
  for (CohortFigures::OfField& of : f.fields) {
    cells.sum(read, std::vector<Number>{cell(cells, of.known), cell(cells, of.partly_known), cell(cells, of.unknown)});
    next.push_back(cell(cells, of.next));
  }
  cells.sum(cells.known(f.questions), next);  // how large a sample is says nothing about a person
  for (CohortFigures::OfRule& rule : f.rules) {
    cells.within(read, cell(cells, rule.holds));
    cells.within(cell(cells, rule.holds), cell(cells, rule.determines));
  }
}

// The figures of a comparison in a fixed order, but for the rows: those that subgroups split.
std::vector<CellCount*> split_figures(Comparison& c) {
  std::vector<CellCount*> list{&c.compared, &c.undecided};
  for (CellCount& match : c.matches) list.push_back(&match);
  return list;
}

// `rows` are those of `c`.
void list_comparison(SmallCells& cells, Comparison& c, Number rows) {
  std::vector<Number> decided, undecided;
  for (std::size_t m = 0; m < kMatchCount; ++m)
    (m <= static_cast<std::size_t>(Match::over) ? decided : undecided).push_back(cell(cells, c.matches[m]));
  cells.sum(cell(cells, c.compared), decided);
  cells.sum(cell(cells, c.undecided), undecided);
  cells.sum(rows, std::vector<Number>{cell(cells, c.compared), cell(cells, c.undecided),
                                      cells.unprinted(c.rows.rows - c.compared.rows - c.undecided.rows)});
}

void list_confusion(SmallCells& cells, Agreement& a) {
  const std::size_t levels = a.confusion.size();
  std::array<std::vector<Number>, 3> by_match;
  std::vector<std::vector<Number>> columns(levels);
  std::vector<Number> recommended, observed;
  std::vector<SmallCells::Term> weighted;
  std::uint64_t weight = 0;
  for (std::size_t r = 0; r < levels; ++r) {
    std::vector<Number> row;
    for (std::size_t c = 0; c < levels; ++c) {
      CellCount& place = a.confusion[r][c];
      const std::uint64_t distance = r > c ? r - c : c - r;
      row.push_back(cell(cells, place));
      columns[c].push_back(row.back());
      by_match[static_cast<std::size_t>(c < r    ? Match::under
                                        : c == r ? Match::matched
                                                 : Match::over)]
          .push_back(row.back());
      weight += distance * distance * place.rows;
      weighted.push_back({row.back(), static_cast<std::int64_t>(distance * distance)});
    }
    cells.sum(cell(cells, a.recommended[r]), row);
    recommended.push_back(cell(cells, a.recommended[r]));
  }
  for (std::size_t c = 0; c < levels; ++c) {
    cells.sum(cell(cells, a.observed[c]), columns[c]);
    observed.push_back(cell(cells, a.observed[c]));
  }
  cells.sum(cell(cells, a.all.compared), recommended);
  cells.sum(cell(cells, a.all.compared), observed);
  for (std::size_t m = 0; m < 3; ++m) cells.sum(cell(cells, a.all.matches[m]), by_match[m]);
  // Weighted kappa and the margins tell this sum.
  cells.sum(cells.known(weight), weighted);
}

void list_agreement(SmallCells& cells, Agreement& a) {
  list_comparison(cells, a.all, cells.known(a.all.rows.rows));
  list_confusion(cells, a);
  std::vector<Number> rows, among, all, excluded, reasons;
  for (Agreement::OfSize& size : a.sizes) {
    cells.within(cell(cells, size.rows), cell(cells, size.among));
    rows.push_back(cell(cells, size.rows));
    among.push_back(cell(cells, size.among));
  }
  cells.sum(cell(cells, a.all.undecided), rows);
  cells.sum(cell(cells, a.all.matches[static_cast<std::size_t>(Match::among)]), among);
  cells.within(cell(cells, a.all.undecided), cell(cells, a.unsettled));
  std::uint64_t without = 0;
  for (Agreement::OfStatus& status : a.statuses) {
    without += status.excluded.rows;
    all.insert(all.end(), {cell(cells, status.observed), cell(cells, status.excluded)});
    excluded.push_back(cell(cells, status.excluded));
  }
  for (Agreement::Excluded& reason : a.excluded) reasons.push_back(cell(cells, reason.rows));
  const Number all_excluded = cells.unprinted(without);
  cells.sum(cells.known(a.all.rows.rows - a.invalid.rows), all);
  cells.sum(all_excluded, excluded);
  cells.sum(all_excluded, reasons);
  const auto observed = [&](Status s) { return cell(cells, a.statuses[static_cast<std::size_t>(s)].observed); };
  cells.sum(observed(Status::decided), std::vector<Number>{cell(cells, a.all.compared)});
  cells.sum(observed(Status::undecided), std::vector<Number>{cell(cells, a.all.undecided)});
  for (Agreement::OfSubgroup& subgroup : a.subgroups) {
    const std::vector<CellCount*> wholes = split_figures(a.all);
    std::vector<std::vector<Number>> parts(wholes.size());
    std::vector<Number> rows_of_values;
    for (Agreement::OfSubgroup::Value& value : subgroup.values) {
      list_comparison(cells, value.figures, cell(cells, value.figures.rows));
      rows_of_values.push_back(cell(cells, value.figures.rows));
      const std::vector<CellCount*> figures = split_figures(value.figures);
      for (std::size_t i = 0; i < figures.size(); ++i) parts[i].push_back(cell(cells, *figures[i]));
    }
    if (subgroup.values.empty()) continue;
    cells.sum(cells.known(a.all.rows.rows), rows_of_values);
    for (std::size_t i = 0; i < wholes.size(); ++i) cells.sum(cell(cells, *wholes[i]), parts[i]);
  }
  for (Agreement::OfOutcome& outcome : a.outcomes)
    for (std::size_t m = 0; m < kMatchCount; ++m) {
      Agreement::OfOutcome::Counts& counts = outcome.by[m];
      cells.sum(cell(cells, a.all.matches[m]),
                std::vector<Number>{cell(cells, counts.yes), cell(cells, counts.no), cell(cells, counts.missing)});
    }
}

// The same rows were counted twice, in both.
void list_shared(SmallCells& cells, CohortFigures& f, Agreement& a) {
  for (std::size_t s = 0; s < kStatusCount; ++s)
    cells.sum(cell(cells, f.statuses[s]),
              std::vector<Number>{cell(cells, a.statuses[s].observed), cell(cells, a.statuses[s].excluded)});
  for (std::size_t l = 0; l < f.levels.size(); ++l)
    cells.within(cell(cells, f.levels[l].decided), cell(cells, a.recommended[l]));
}

// What follows from counts goes with them.
void drop_derived(Comparison& c) {
  const auto match = [&](Match m) { return c.matches[static_cast<std::size_t>(m)]; };
  if (!c.compared.is_shown() || !match(Match::matched).is_shown()) {
    c.chance = c.ceiling = std::nullopt;
    c.kappa = c.weighted = {Kappa::Undefined::suppressed, 0, std::nullopt, 0};
  }
  if (!c.undecided.is_shown() || !match(Match::among).is_shown()) c.among_by_chance = std::nullopt;
}

}  // namespace

void suppress_small_cells(std::uint64_t below, CohortFigures* figures, Agreement* agreement) {
  SmallCells cells(below);
  if (figures != nullptr) list_figures(cells, *figures);
  if (agreement != nullptr) list_agreement(cells, *agreement);
  if (figures != nullptr && agreement != nullptr) list_shared(cells, *figures, *agreement);
  cells.keep_back();
  if (figures != nullptr) figures->suppressed_below = below;
  if (agreement == nullptr) return;
  agreement->suppressed_below = below;
  drop_derived(agreement->all);
  for (Agreement::OfSubgroup& subgroup : agreement->subgroups)
    for (Agreement::OfSubgroup::Value& value : subgroup.values) drop_derived(value.figures);
}

}  // namespace placement
