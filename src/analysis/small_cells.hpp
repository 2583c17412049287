// Which counts of a publication have to be kept back so that no small one can be worked out.
//
// A count of 1 to below - 1 may point at a person. Blanking it is not enough: totals, margins and other tables of the
// same rows give it back by subtraction. So all that is published is one system of linear equations (a total is the sum
// of its parts), and a kept-back small count counts as exposed where
//
//   1. the equations alone determine it: its unit vector lies in the space spanned by the equations, restricted to the
//      counts kept back (Gaussian elimination modulo a prime), or
//   2. what the reader knows of the counts kept back (small ones are 1..below - 1, the others at least `below`),
//   carried
//      from equation to equation until nothing more follows, leaves it a single value.
//
// While one is exposed, the smallest count that shares an equation with it is kept back too; and one that was kept back
// for another's sake must not be determined either. In the end whatever turns out not to be needed is shown again, the
// largest first. This is complementary cell suppression as in Cox 1980 (JASA 75:377) with an audit; it is not optimal.
// The tests try every table that prints the same.
//
// Counts that are not printed but follow by one subtraction ("all others") are cells too: they cannot be blanked, so
// what gives them away is. Nothing here knows what is counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "placement/cohort.hpp"

namespace placement::analysis {

class SmallCells {
 public:
  /// Number of a cell.
  using Number = std::size_t;
  struct Term {
    Number cell;
    std::int64_t times;
  };

  explicit SmallCells(std::uint64_t below) : below_(below) {}

  /// A count that is printed; the same place has the same number. The place must outlive this object.
  Number printed(CellCount& place);
  /// A count that is not printed.
  Number unprinted(std::uint64_t rows);
  /// A number that readers know and that points at nobody.
  Number known(std::uint64_t value);

  void sum(Number total, const std::vector<Number>& parts);
  void sum(Number total, const std::vector<Term>& parts);
  /// `whole` is `part` and an unprinted rest.
  void within(Number whole, Number part);

  /// Keeps back what must be, in the places themselves. Once.
  void keep_back();

 private:
  struct Cell {
    CellCount* place = nullptr;  // where it is printed
    std::uint64_t rows = 0;
    bool is_hidden = false;
    bool is_small = false;
    bool is_watched = false;  // kept back it must not be determined, and small not be narrowed to one value
    bool is_bounded = false;  // printed as small, so that the reader knows a range
  };
  using Equation = std::vector<Term>;  // sums to 0

  struct Range {
    std::int64_t low, high;
  };
  /// A count that is exposed, and the equations that do it alone; where it takes several together: all its own.
  struct Exposure {
    Number cell;
    bool is_determined;
    std::vector<std::size_t> by;
  };

  Number add(Cell cell);
  /// By cell: kept back in vain, as the equations determine it.
  [[nodiscard]] std::vector<bool> determined() const;
  /// By cell: what a reader can know of it.
  [[nodiscard]] std::vector<Range> ranges(const std::vector<bool>& is_determined) const;
  /// What `equation` says of the cell of its term number `term`, given the ranges of the others.
  [[nodiscard]] static Range range_left(const Equation& equation, std::size_t term, const std::vector<Range>& ranges);
  [[nodiscard]] std::vector<Exposure> exposures() const;
  /// Some cells are exposed whatever is kept back: ten rows of ten kinds are one of each, and readers know it of "<11"
  /// too. These are printed as withheld, without a bound; where that does not help either they are watched no more.
  void set_aside_what_cannot_be_helped();
  /// Shows withheld cells again, the largest first, as long as nothing is exposed.
  void show_again();
  /// The smallest count that may be kept back in these equations or, where there is none, in those that hang together
  /// with them.
  [[nodiscard]] std::optional<Number> partner(const std::vector<std::size_t>& equations) const;

  std::uint64_t below_;
  std::vector<Cell> cells_;
  std::map<const CellCount*, Number> numbers_;
  std::vector<Equation> equations_;
  std::vector<std::vector<std::size_t>> equations_of_;  // by cell
};

}  // namespace placement::analysis
