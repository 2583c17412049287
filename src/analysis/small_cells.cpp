#include "analysis/small_cells.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace placement::analysis {
namespace {

// Far above any count, and far enough below 2^63 for sums of many.
constexpr std::int64_t kUnbounded = std::int64_t{1} << 50U;

struct Range {
  std::int64_t low, high;
};

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
  return add({&place, place.rows, is_small, is_small});
}

SmallCells::Number SmallCells::unprinted(std::uint64_t rows) {
  return add({nullptr, rows, rows > 0 && rows < below_, true});
}

SmallCells::Number SmallCells::known(std::uint64_t value) { return add({nullptr, value, false, false}); }

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

std::vector<SmallCells::Number> SmallCells::narrowed(const Equation& equation,
                                                     const std::vector<bool>& is_determined) const {
  const auto below = static_cast<std::int64_t>(below_);
  const auto scaled = [&](const Term& term) -> Range {
    const Cell& cell = cells_[term.cell];
    const auto rows = static_cast<std::int64_t>(cell.rows);
    const Range range = !cell.is_hidden || is_determined[term.cell] ? Range{rows, rows}
                        : cell.place == nullptr                     ? Range{0, kUnbounded}
                        : cell.is_small                             ? Range{1, below - 1}
                                                                    : Range{below, kUnbounded};
    return term.times > 0 ? range : Range{-range.high, -range.low};
  };
  std::vector<Number> list;
  Range whole{0, 0};
  for (const Term& term : equation) {
    if (term.times != 1 && term.times != -1) return list;
    whole.low += scaled(term).low;
    whole.high += scaled(term).high;
  }
  for (const Term& term : equation) {
    if (!cells_[term.cell].is_small) continue;
    const Range own = scaled(term), others{whole.low - own.low, whole.high - own.high};
    const Range left = term.times > 0 ? Range{-others.high, -others.low} : others;  // times * cell + others = 0
    if (left.low > 1 || left.high < below - 1) list.push_back(term.cell);
  }
  return list;
}

std::vector<SmallCells::Exposure> SmallCells::exposures() const {
  const std::vector<bool> is_determined = determined();
  std::vector<std::vector<std::size_t>> by(cells_.size());
  for (std::size_t e = 0; e < equations_.size(); ++e)
    for (const Number cell : narrowed(equations_[e], is_determined)) by[cell].push_back(e);
  std::vector<Exposure> list;
  for (Number cell = 0; cell < cells_.size(); ++cell) {
    if (!by[cell].empty())
      list.push_back({cell, std::move(by[cell])});
    else if (cells_[cell].is_small && is_determined[cell])
      list.push_back({cell, equations_of_[cell]});
  }
  return list;
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
  for (const Cell& cell : cells_)
    if (cell.place != nullptr && cell.is_hidden)
      *cell.place = {0, cell.is_small ? CellCount::Seen::small : CellCount::Seen::withheld};
}

}  // namespace placement::analysis
