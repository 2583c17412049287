#include "unit/masks/random_formulas.hpp"

#include <algorithm>

namespace placement::masks::testing_help {
namespace {

// Some values of a column: not none, seldom all.
Values random_values(oracle::Dice& dice, int size) {
  Values values;
  while (values.none())
    for (int v = 0; v < size; ++v) values.set(static_cast<std::size_t>(v), dice.chance(45));
  return values;
}

bool is_one_of(const ValueLiteral& literal, const std::vector<int>& point) {
  return literal.values[static_cast<std::size_t>(point[literal.column])];
}

}  // namespace

std::vector<Values> domains_of(const std::vector<int>& sizes) {
  std::vector<Values> domains;
  for (const int size : sizes) {
    Values values;
    for (int v = 0; v < size; ++v) values.set(static_cast<std::size_t>(v));
    domains.push_back(values);
  }
  return domains;
}

void for_each_point(const std::vector<int>& sizes, const std::function<void(const std::vector<int>&)>& visit) {
  std::vector<int> point(sizes.size(), 0);
  for (;;) {
    visit(point);
    std::size_t column = 0;
    while (column < sizes.size() && ++point[column] == sizes[column]) point[column++] = 0;
    if (column == sizes.size()) return;
  }
}

Formula literal(std::size_t column, const std::vector<int>& values) {
  Formula formula;
  formula.kind = Formula::Kind::literal;
  formula.literal.column = column;
  for (const int v : values) formula.literal.values.set(static_cast<std::size_t>(v));
  return formula;
}

Formula compound(Formula::Kind kind, std::vector<Formula> children, std::size_t count) {
  Formula formula;
  formula.kind = kind;
  formula.children = std::move(children);
  formula.count = count;
  formula.text = "a part";
  return formula;
}

Formula random_formula(oracle::Dice& dice, const std::vector<int>& sizes, int depth) {
  if (depth == 0 || dice.chance(15)) {
    Formula formula;
    formula.kind = Formula::Kind::literal;
    formula.literal.column = static_cast<std::size_t>(dice.roll(static_cast<int>(sizes.size())));
    formula.literal.values = random_values(dice, sizes[formula.literal.column]);
    return formula;
  }
  if (dice.chance(20)) return compound(Formula::Kind::negation, {random_formula(dice, sizes, depth - 1)});
  std::vector<Formula> children;
  const int n = dice.between(1, 4);
  for (int i = 0; i < n; ++i) children.push_back(random_formula(dice, sizes, depth - 1));
  const Formula::Kind kinds[] = {Formula::Kind::all_of, Formula::Kind::any_of, Formula::Kind::at_least};
  const Formula::Kind kind = kinds[static_cast<std::size_t>(dice.roll(3))];
  const std::size_t count = kind == Formula::Kind::at_least ? static_cast<std::size_t>(dice.between(1, n)) : 0;
  return compound(kind, std::move(children), count);
}

ValueBox random_box(oracle::Dice& dice, const std::vector<int>& sizes) {
  ValueBox box;
  for (std::size_t column = 0; column < sizes.size(); ++column)
    if (dice.chance(60)) box.push_back({column, random_values(dice, sizes[column])});
  return box;
}

bool holds(const Formula& formula, const std::vector<int>& point) {
  const auto n = std::count_if(formula.children.begin(), formula.children.end(),
                               [&](const Formula& child) { return holds(child, point); });
  const auto true_children = static_cast<std::size_t>(n);
  switch (formula.kind) {
    case Formula::Kind::literal:
      return is_one_of(formula.literal, point);
    case Formula::Kind::all_of:
      return true_children == formula.children.size();
    case Formula::Kind::any_of:
      return true_children > 0;
    case Formula::Kind::at_least:
      return true_children >= formula.count;
    case Formula::Kind::negation:
      return true_children == 0;
  }
  return false;
}

bool lies_in(const ValueBox& box, const std::vector<int>& point) {
  return std::all_of(box.begin(), box.end(), [&](const ValueLiteral& l) { return is_one_of(l, point); });
}

}  // namespace placement::masks::testing_help
