// Random formulas over a few small columns, and what they mean point by point.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "masks/boxes.hpp"
#include "oracle/generate.hpp"

namespace placement::masks::testing_help {

/// Steps that no search over so few columns uses up.
inline constexpr std::uint64_t kPlenty = 1'000'000;

/// Columns whose values are 0 to size - 1.
[[nodiscard]] std::vector<Values> domains_of(const std::vector<int>& sizes);
/// Calls `visit` with every combination of values.
void for_each_point(const std::vector<int>& sizes, const std::function<void(const std::vector<int>&)>& visit);

/// A literal, or up to four smaller formulas put together.
[[nodiscard]] Formula random_formula(oracle::Dice& dice, const std::vector<int>& sizes, int depth);
[[nodiscard]] ValueBox random_box(oracle::Dice& dice, const std::vector<int>& sizes);

/// The definition: is the formula true at this point?
[[nodiscard]] bool holds(const Formula& formula, const std::vector<int>& point);
[[nodiscard]] bool lies_in(const ValueBox& box, const std::vector<int>& point);

[[nodiscard]] Formula literal(std::size_t column, const std::vector<int>& values);
[[nodiscard]] Formula compound(Formula::Kind kind, std::vector<Formula> children, std::size_t count = 0);

}  // namespace placement::masks::testing_help
