// The cover test: is every point of a region inside one of these boxes?
//
// Drop the boxes the region does not touch; if one contains it whole, yes; if none is left, no, and the region as
// narrowed so far lies outside all of them. Boxes that share no undecided column with the others are settled apart: a
// product is covered by boxes over separate columns only if one such group covers it alone. Otherwise split on the
// column most boxes are undecided about, taking codes together that no remaining box tells apart.
//
// Nearly every exact question becomes one or a few such tests. Worst case exponential (it is the complement of SAT), so
// steps are counted: the same number on every machine; when they run out the answer is `unsettled`, never a guess.
// Tested against enumeration in tests/unit/masks/cover_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "masks/column_bits.hpp"
#include "masks/masks.hpp"

namespace placement::masks {

enum class Answer : std::uint8_t { no, unsettled, yes };

/// A box that gives the points in it at least this rank; the rank of a point is the highest it is given, 0 for none.
struct RankedBox {
  std::uint16_t box = 0;
  std::uint16_t rank = 0;
};

class Search {
 public:
  /// `steps` may be spent over the life of the search. The masks must outlive it. Not shared by threads.
  Search(const Masks& masks, std::uint64_t steps) : masks_(masks), steps_(steps) {}

  /// Is `region` covered by the union of `boxes`? On `no`, `region` is narrowed to a part outside all of them; else it
  /// is as before. No column of the region may be empty.
  [[nodiscard]] Answer is_covered(Region& region, std::span<const std::uint16_t> boxes);

  /// Two points that differ in one column only.
  struct Pair {
    Region rest{};          ///< points outside all forbidden boxes, the column itself left out
    std::uint8_t high = 0;  ///< the code with the higher rank
    std::uint8_t low = 0;   ///< the code with the lower rank
  };

  /// Are there two points of `region`, outside all of `excluded`, that differ in `column` alone and in rank? `ranked`
  /// is sorted by falling rank. `quiet` is a point of the region tried first: any will do, one in few boxes is found
  /// faster. Where `allowed` is not empty, the code with the higher rank may be u and the other v only if allowed[u]
  /// has v. On `yes`, `pair` says where.
  [[nodiscard]] Answer differ_in(const Region& region, std::size_t column, std::span<const RankedBox> ranked,
                                 std::span<const std::uint16_t> excluded, const Point& quiet, Pair& pair,
                                 std::span<const Codes> allowed = {});

  [[nodiscard]] bool touches(const Region& region, std::size_t box) const;
  /// Does the box contain the region whole?
  [[nodiscard]] bool contains(const Region& region, std::size_t box) const;
  /// Moves `point` into a box, keeping to the region, which must touch it.
  void move_into(Point& point, std::size_t box, const Region& region) const;
  /// Does the point lie in a box?
  [[nodiscard]] bool lies_in(const Point& point, std::size_t box) const;

  /// A point of the region whose codes lie in few boxes.
  [[nodiscard]] Point quiet_point(const Region& region) const;

  /// Pays for work done elsewhere on this search's account; false where nothing is left.
  bool spend(std::uint64_t steps) noexcept;
  /// Steps were missing at least once.
  [[nodiscard]] bool ran_out() const noexcept { return ran_out_; }
  [[nodiscard]] std::uint64_t steps_left() const noexcept { return steps_; }
  [[nodiscard]] const Masks& masks() const noexcept { return masks_; }

 private:
  static constexpr std::size_t kNoColumn = kMaxColumns;

  // A box that touches the region of its node, and the columns that decide whether it contains a point of it.
  struct Item {
    std::uint16_t box;
    ColumnBits open;
  };

  Answer solve(Region& region, std::size_t begin, std::size_t end);
  Answer split(Region& region, std::size_t column, std::size_t begin, std::size_t end);
  bool probe(RankedBox item, std::size_t column, std::uint8_t high, std::uint8_t low, const Region& region,
             std::span<const RankedBox> ranked, std::span<const std::uint16_t> excluded, Point point, Pair& pair) const;
  [[nodiscard]] std::vector<std::uint8_t> distinct_codes(const Region& region, std::size_t column,
                                                         std::span<const RankedBox> ranked,
                                                         std::span<const std::uint16_t> excluded) const;

  const Masks& masks_;
  std::uint64_t steps_;
  bool ran_out_ = false;
  std::size_t ignored_ = kNoColumn;  // literals on this column are taken as satisfied
  std::vector<Item> arena_;          // box lists of the nodes on the way
};

}  // namespace placement::masks
