// Counting: how many points of a region have which rank, each weighed by its codes.
//
// The same splits as in the cover test, but remembered: parts that share no undecided column are multiplied, codes that
// no remaining box tells apart are taken together, and a part met before (the same remains of boxes, whatever came
// before them) is the same node. What is left is a diagram in which counting is one pass, for any weights, and one pass
// back gives the count for every code of every column (Darwiche 2003, 2004: differentiating decision-DNNF). Ranks go
// along: a node has one number for each rank, "weight of the points of at most this rank", because the highest rank of
// independent parts is at most r where it is in each. Two axes of ranks make a table of pairs.
//
// Cost: the diagram's size, exponential at worst; steps are counted, as in the cover test. Tested against enumeration
// in tests/unit/masks/count_test.cpp.
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "masks/column_bits.hpp"
#include "masks/cover.hpp"

namespace placement::masks {

/// Exact numbers without a limit: the fields alone span more points than any machine word counts.
using Count = boost::multiprecision::cpp_int;

/// The weight of each code by column. A point weighs the product over the columns asked about.
template <class Number>
using Weights = std::vector<std::vector<Number>>;

/// One way to rank points: each has the highest rank of the boxes it lies in, 0 in none. Ranks are below `ranks`.
struct Axis {
  std::span<const RankedBox> boxes;
  std::size_t ranks = 1;
};

inline constexpr std::size_t kMaxAxes = 2;

class Diagram {
 public:
  /// For the points of `region` outside all of `excluded`, ranked on one or two axes. Nothing where `search`, which
  /// pays, runs out of steps, or the diagram would have more than kMaxNodes nodes.
  [[nodiscard]] static std::optional<Diagram> make(const Region& region, std::span<const Axis> axes,
                                                   std::span<const std::uint16_t> excluded, Search& search);
  static constexpr std::size_t kMaxNodes = 1'000'000;

  /// Columns on which ranks and exclusion depend.
  [[nodiscard]] const ColumnBits& reads() const noexcept { return reads_; }
  /// Cells of the table: one for each combination of ranks, those of the first axis running fastest.
  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }
  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_.size(); }

  /// Weight of the points of each cell, counted over the columns of reads() only: other columns multiply them all.
  [[nodiscard]] std::vector<Count> count(const Weights<Count>& weights) const;

  /// Shares of the region's weight (0..1, rounded) by code: `of(column, code)` are the cells of the points with that
  /// code. Only for columns of reads(); weights of a column's codes within the region may not all be 0.
  struct Marginals {
    std::vector<double> whole;       ///< by cell
    std::vector<std::size_t> first;  ///< by column: where its cells begin
    std::vector<double> cells;
    std::size_t width = 0;
    [[nodiscard]] std::span<const double> of(std::size_t column, std::size_t code) const noexcept {
      return std::span<const double>(cells).subspan(first[column] + code * width, width);
    }
  };
  [[nodiscard]] Marginals marginals(const Weights<double>& weights) const;

 private:
  friend class DiagramBuilder;
  using Floor = std::array<std::uint16_t, kMaxAxes>;
  struct Edge {
    std::uint32_t node = 0;
    Floor floor{};    ///< ranks every point behind this edge has at least
    Codes codes = 0;  ///< of the column split on
  };
  struct Node {
    enum class Kind : std::uint8_t { one, split, product };
    Kind kind = Kind::one;
    std::uint8_t column = 0;  ///< split
    std::uint32_t first_edge = 0, edges = 0;
    ColumnBits scope;
  };

  Diagram() = default;
  [[nodiscard]] bool is_reached(std::size_t cell, const Floor& floor) const noexcept;
  template <class Number>
  void unaccumulate(std::span<Number> cells) const;

  const Masks* masks_ = nullptr;
  Region region_{};
  std::array<std::size_t, kMaxAxes> ranks_{1, 1};
  std::size_t cells_ = 1;
  ColumnBits reads_;
  std::vector<Node> nodes_;  // parts before what is made of them
  std::vector<Edge> edges_;
  bool is_empty_ = false;  // all points are excluded
  Edge root_;
};

}  // namespace placement::masks
