#include "analysis/small_cells.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace placement::analysis {
namespace {

// Far above any count, and far enough below 2^63 for sums of many.
constexpr std::int64_t kUnbounded = std::int64_t{1} << 50U;

// Ranges that creep towards each other step by step are left after so many rounds.
constexpr int kRounds = 64;

// ---- Elimination modulo a prime -------------------------------------------------------------------------------------

constexpr std::uint64_t kPrime = (std::uint64_t{1} << 31U) - 1;

std::uint64_t modulo(std::int64_t value) {
  const std::int64_t prime = static_cast<std::int64_t>(kPrime);
  return static_cast<std::uint64_t>((value % prime + prime) % prime);
}

std::uint64_t inverse(std::uint64_t value) {
  std::uint64_t result = 1;
  for (std::uint64_t power = kPrime - 2; power > 0; power /= 2) {  // Fermat
    if (power % 2 == 1) result = result * value % kPrime;
    value = value * value % kPrime;
  }
  return result;
}

using Row = std::map<std::size_t, std::uint64_t>;  // by column; no zeros

void subtract(Row& from, const Row& row, std::uint64_t times) {
  for (const auto& [column, value] : row) {
    const auto at = from.emplace(column, 0).first;
    at->second = (at->second + (kPrime - times) * value) % kPrime;
    if (at->second == 0) from.erase(at);
  }
}

// Sums and differences; others are left to the elimination.
template <class Equation>
bool is_plain(const Equation& equation) {
  return std::all_of(equation.begin(), equation.end(),
                     [](const auto& term) { return term.times == 1 || term.times == -1; });
}

// Rows in reduced echelon form, by pivot: a column is determined where its row has nothing else.
class Echelon {
 public:
  void add(Row row) {
    for (const auto& [pivot, of_pivot] : rows_) {
      const auto at = row.find(pivot);
      if (at != row.end()) subtract(row, of_pivot, std::uint64_t{at->second});
    }
    if (row.empty()) return;
    const std::size_t pivot = row.begin()->first;
    const std::uint64_t scale = inverse(row.begin()->second);
    for (auto& [column, value] : row) value = value * scale % kPrime;
    for (auto& [other, of_other] : rows_) {
      const auto at = of_other.find(pivot);
      if (at != of_other.end()) subtract(of_other, row, std::uint64_t{at->second});
    }
    rows_.emplace(pivot, std::move(row));
  }
  [[nodiscard]] const std::map<std::size_t, Row>& rows() const noexcept { return rows_; }

 private:
  std::map<std::size_t, Row> rows_;
};

}  // namespace

// ---- Cells and equations --------------------------------------------------------------------------------------------

SmallCells::Number SmallCells::add(Cell cell) {
  cells_.push_back(cell);
  equations_of_.emplace_back();
  return cells_.size() - 1;
}

SmallCells::Number SmallCells::printed(CellCount& place) {
  const auto [at, is_new] = numbers_.emplace(&place, cells_.size());
  if (!is_new) return at->second;
  const bool is_small = place.rows > 0 && place.rows < below_;
  return add({&place, place.rows, is_small, is_small, true, is_small});
}

SmallCells::Number SmallCells::unprinted(std::uint64_t rows) {
  const bool is_small = rows > 0 && rows < below_;
  return add({nullptr, rows, true, is_small, is_small, false});
}

SmallCells::Number SmallCells::known(std::uint64_t value) { return add({nullptr, value}); }

void SmallCells::sum(Number total, const std::vector<Number>& parts) {
  std::vector<Term> terms;
  for (const Number part : parts) terms.push_back({part, 1});
  sum(total, terms);
}

void SmallCells::sum(Number total, const std::vector<Term>& parts) {
  Equation equation{{total, -1}};
  equation.insert(equation.end(), parts.begin(), parts.end());
  for (const Term& term : equation) equations_of_[term.cell].push_back(equations_.size());
  equations_.push_back(std::move(equation));
}

void SmallCells::within(Number whole, Number part) {
  sum(whole, std::vector<Number>{part, unprinted(cells_[whole].rows - cells_[part].rows)});
}

// ---- What is exposed ------------------------------------------------------------------------------------------------

std::vector<bool> SmallCells::determined() const {
  Echelon echelon;
  for (const Equation& equation : equations_) {
    Row row;
    for (const Term& term : equation)
      if (cells_[term.cell].is_hidden && modulo(term.times) != 0) row[term.cell] = modulo(term.times);
    if (!row.empty()) echelon.add(std::move(row));
  }
  std::vector<bool> is_determined(cells_.size());
  for (const auto& [pivot, row] : echelon.rows()) is_determined[pivot] = row.size() == 1;
  return is_determined;
}

SmallCells::Range SmallCells::range_left(const Equation& equation, std::size_t term, const std::vector<Range>& ranges) {
  Range others{0, 0};
  for (std::size_t t = 0; t < equation.size(); ++t) {
    if (t == term) continue;
    const Range& range = ranges[equation[t].cell];
    others.low += equation[t].times > 0 ? range.low : -range.high;
    others.high += equation[t].times > 0 ? range.high : -range.low;
  }
  return equation[term].times > 0 ? Range{-others.high, -others.low} : others;  // times * cell + others = 0
}

std::vector<SmallCells::Range> SmallCells::ranges(const std::vector<bool>& is_determined) const {
  std::vector<Range> ranges;
  for (Number n = 0; n < cells_.size(); ++n) {
    const Cell& cell = cells_[n];
    const auto rows = static_cast<std::int64_t>(cell.rows), below = static_cast<std::int64_t>(below_);
    if (!cell.is_hidden || is_determined[n])
      ranges.push_back({rows, rows});
    else if (cell.is_bounded)
      ranges.push_back({1, below - 1});
    else
      ranges.push_back({cell.place == nullptr || cell.is_small ? 0 : below, kUnbounded});
  }
  bool has_changed = true;
  for (int round = 0; round < kRounds && has_changed; ++round) {
    has_changed = false;
    for (const Equation& equation : equations_) {
      if (!is_plain(equation)) continue;
      for (std::size_t t = 0; t < equation.size(); ++t) {
        Range& range = ranges[equation[t].cell];
        const Range left = range_left(equation, t, ranges);
        const Range both{std::max(range.low, left.low), std::min(range.high, left.high)};
        has_changed = has_changed || both.low != range.low || both.high != range.high;
        range = both;
      }
    }
  }
  return ranges;
}

std::vector<SmallCells::Exposure> SmallCells::exposures() const {
  const std::vector<bool> is_determined = determined();
  // First what one equation gives away, then what several do, then ranges: mended one after the other, less has to be
  // kept back.
  std::vector<Exposure> by_one, by_several, narrowed;
  for (Number n = 0; n < cells_.size(); ++n) {
    if (!is_determined[n] || !cells_[n].is_watched) continue;
    Exposure exposure{n, true, {}};
    for (const std::size_t e : equations_of_[n])
      if (std::all_of(equations_[e].begin(), equations_[e].end(),
                      [&](const Term& term) { return term.cell == n || !cells_[term.cell].is_hidden; }))
        exposure.by.push_back(e);
    if (exposure.by.empty())
      by_several.push_back({n, true, equations_of_[n]});
    else
      by_one.push_back(std::move(exposure));
  }
  if (!by_one.empty()) return by_one;
  if (!by_several.empty()) return by_several;
  const std::vector<Range> known = ranges(is_determined);
  for (Number n = 0; n < cells_.size(); ++n) {
    if (!cells_[n].is_watched || !cells_[n].is_small || known[n].low < known[n].high) continue;
    Exposure exposure{n, false, {}};
    for (const std::size_t e : equations_of_[n])
      for (std::size_t t = 0; t < equations_[e].size(); ++t) {
        if (equations_[e][t].cell != n || !is_plain(equations_[e])) continue;
        const Range left = range_left(equations_[e], t, known);
        if (left.low == known[n].low || left.high == known[n].high) exposure.by.push_back(e);
      }
    if (exposure.by.empty()) exposure.by = equations_of_[n];
    narrowed.push_back(std::move(exposure));
  }
  return narrowed;
}

// ---- What is kept back ----------------------------------------------------------------------------------------------

std::optional<SmallCells::Number> SmallCells::partner(const std::vector<std::size_t>& equations) const {
  std::set<std::size_t> reached(equations.begin(), equations.end()), seen;
  while (!reached.empty()) {
    std::optional<Number> best;
    std::set<std::size_t> next;
    seen.insert(reached.begin(), reached.end());
    for (const std::size_t e : reached)
      for (const auto& [number, times] : equations_[e]) {
        const Cell& cell = cells_[number];
        const auto rank = [&](Number n) { return std::pair(cells_[n].rows, n); };
        if (cell.is_hidden)
          next.insert(equations_of_[number].begin(), equations_of_[number].end());
        else if (cell.place != nullptr && cell.rows > 0 && (!best || rank(number) < rank(*best)))
          best = number;
      }
    if (best) return best;
    reached.clear();
    std::set_difference(next.begin(), next.end(), seen.begin(), seen.end(), std::inserter(reached, reached.end()));
  }
  return std::nullopt;
}

void SmallCells::keep_back() {
  set_aside_what_cannot_be_helped();
  for (bool is_going_on = true; is_going_on;) {
    is_going_on = false;
    // One count kept back may cover several: an equation changes once, then all is judged again.
    std::vector<bool> has_changed(equations_.size());
    for (const Exposure& exposure : exposures()) {
      if (std::any_of(exposure.by.begin(), exposure.by.end(), [&](std::size_t e) { return has_changed[e]; })) continue;
      const std::optional<Number> beside = partner(exposure.by);
      if (!beside) continue;
      cells_[*beside].is_hidden = is_going_on = true;
      for (const std::size_t e : equations_of_[*beside]) has_changed[e] = true;
    }
  }
  show_again();
  for (const Cell& cell : cells_)
    if (cell.place != nullptr && cell.is_hidden)
      *cell.place = {0, cell.is_bounded ? CellCount::Seen::small : CellCount::Seen::withheld};
}

void SmallCells::set_aside_what_cannot_be_helped() {
  const std::vector<Cell> before = cells_;
  for (Cell& cell : cells_) cell.is_hidden = cell.is_hidden || (cell.place != nullptr && cell.rows > 0);
  for (bool is_going_on = true; is_going_on;) {
    is_going_on = false;
    for (const Exposure& exposure : exposures()) {
      Cell& cell = cells_[exposure.cell];
      (exposure.is_determined || !cell.is_bounded ? cell.is_watched : cell.is_bounded) = false;
      is_going_on = true;
    }
  }
  for (Number n = 0; n < cells_.size(); ++n) cells_[n].is_hidden = before[n].is_hidden;
}

void SmallCells::show_again() {
  std::vector<Number> withheld;
  for (Number n = 0; n < cells_.size(); ++n)
    if (cells_[n].place != nullptr && cells_[n].is_hidden && !cells_[n].is_small) withheld.push_back(n);
  std::stable_sort(withheld.begin(), withheld.end(),
                   [&](Number a, Number b) { return cells_[a].rows > cells_[b].rows; });
  for (const Number n : withheld) {
    cells_[n].is_hidden = false;
    cells_[n].is_hidden = !exposures().empty();
  }
}

}  // namespace placement::analysis
