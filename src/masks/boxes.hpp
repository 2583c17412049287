// From formulas to boxes. A box is a conjunction: for some columns, the value lies in a set. A formula becomes a list
// of boxes whose union it is (disjunctive normal form). That can multiply, so it is bounded: the error names the
// smallest part of the formula that passed the bound. Boxes inside other boxes are dropped on the way, which keeps
// ordinary formulas small. Cost: quadratic in the number of boxes. Tested against truth tables in
// tests/unit/masks/boxes_test.cpp.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "placement/result.hpp"

namespace placement::masks {

/// A set of values of one column, each 0..255.
using Values = std::bitset<256>;

struct ValueLiteral {
  std::size_t column = 0;
  Values values;
  friend bool operator==(const ValueLiteral&, const ValueLiteral&) = default;
};

/// Literals by ascending column, each column at most once; no literals: everything.
using ValueBox = std::vector<ValueLiteral>;

struct Formula {
  enum class Kind : std::uint8_t { literal, all_of, any_of, at_least, negation };
  Kind kind = Kind::all_of;  ///< all_of without children is true, any_of without children is false
  ValueLiteral literal;
  std::size_t count = 0;  ///< at_least
  std::vector<Formula> children;
  std::string text;  ///< for messages
};

inline constexpr std::size_t kMaxBoxesPerFormula = 256;

/// The boxes whose union is `formula`, or is its complement where `negated`. `domains[column]` are all values a column
/// has. Fails with ErrorCode::limit where more than kMaxBoxesPerFormula boxes would be needed.
[[nodiscard]] Result<std::vector<ValueBox>> boxes_of(const Formula& formula, bool negated,
                                                     const std::vector<Values>& domains);

/// The box of what lies in both, unless that is empty: then false.
[[nodiscard]] bool intersect(const ValueBox& a, const ValueBox& b, ValueBox& both);

}  // namespace placement::masks
