#include "masks/boxes.hpp"

#include <algorithm>
#include <optional>

namespace placement::masks {
namespace {

using Boxes = std::vector<ValueBox>;

// Does every point of `inner` lie in `outer`?
bool is_inside(const ValueBox& inner, const ValueBox& outer) {
  auto in = inner.begin();
  for (const ValueLiteral& bound : outer) {
    while (in != inner.end() && in->column < bound.column) ++in;
    if (in == inner.end() || in->column != bound.column || (in->values & ~bound.values).any()) return false;
  }
  return true;
}

void add(Boxes& boxes, ValueBox&& box) {
  for (const ValueBox& other : boxes)
    if (is_inside(box, other)) return;
  boxes.erase(std::remove_if(boxes.begin(), boxes.end(), [&](const ValueBox& other) { return is_inside(other, box); }),
              boxes.end());
  boxes.push_back(std::move(box));
}

class Multiplier {
 public:
  explicit Multiplier(const std::vector<Values>& domains) : domains_(domains) {}

  Boxes boxes_of(const Formula& formula, bool negated) {
    switch (formula.kind) {
      case Formula::Kind::negation:
        return boxes_of(formula.children.front(), !negated);
      case Formula::Kind::literal:
        return literal(formula.literal, negated);
      case Formula::Kind::all_of:
        return negated ? any(formula, true) : all(formula, false);
      case Formula::Kind::any_of:
        return negated ? all(formula, true) : any(formula, false);
      case Formula::Kind::at_least:
        return at_least(formula, negated);
    }
    return {};
  }

  std::optional<std::string> too_large;  // the text of the smallest part that passed the bound

 private:
  Boxes literal(const ValueLiteral& l, bool negated) const {
    const Values& domain = domains_[l.column];
    const Values values = negated ? domain & ~l.values : domain & l.values;
    if (values.none()) return {};
    if (values == domain) return {ValueBox{}};
    return {ValueBox{{l.column, values}}};
  }

  Boxes any(const Formula& formula, bool negated) {
    Boxes sum;
    for (const Formula& child : formula.children)
      for (ValueBox& box : boxes_of(child, negated)) {
        add(sum, std::move(box));
        if (is_too_large(sum, formula)) return {};
      }
    return sum;
  }

  Boxes all(const Formula& formula, bool negated) {
    Boxes product{ValueBox{}};
    for (const Formula& child : formula.children) product = times(product, boxes_of(child, negated), formula);
    return product;
  }

  Boxes times(const Boxes& a, const Boxes& b, const Formula& part) {
    Boxes product;
    ValueBox both;
    for (const ValueBox& x : a)
      for (const ValueBox& y : b) {
        if (!intersect(x, y, both)) continue;
        add(product, ValueBox(both));
        if (is_too_large(product, part)) return {};
      }
    return product;
  }

  // At least k of n hold: row by row, sums[j] is "at least j of those seen so far". Fewer than k hold: at least
  // n - k + 1 do not.
  Boxes at_least(const Formula& formula, bool negated) {
    const std::size_t n = formula.children.size();
    const std::size_t k = negated ? n - formula.count + 1 : formula.count;
    std::vector<Boxes> sums(k + 1);
    sums[0] = {ValueBox{}};
    for (const Formula& child : formula.children) {
      const Boxes holds = boxes_of(child, negated);
      for (std::size_t j = k; j > 0; --j)
        for (ValueBox& box : times(sums[j - 1], holds, formula)) {
          add(sums[j], std::move(box));
          if (is_too_large(sums[j], formula)) return {};
        }
    }
    return sums[k];
  }

  bool is_too_large(const Boxes& boxes, const Formula& part) {
    if (!too_large && boxes.size() > kMaxBoxesPerFormula) too_large = part.text;
    return too_large.has_value();
  }

  const std::vector<Values>& domains_;
};

}  // namespace

bool intersect(const ValueBox& a, const ValueBox& b, ValueBox& both) {
  both.clear();
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() || y != b.end()) {
    if (y == b.end() || (x != a.end() && x->column < y->column)) {
      both.push_back(*x++);
    } else if (x == a.end() || y->column < x->column) {
      both.push_back(*y++);
    } else {
      const Values values = x->values & y->values;
      if (values.none()) return false;
      both.push_back({x->column, values});
      ++x;
      ++y;
    }
  }
  return true;
}

Result<std::vector<ValueBox>> boxes_of(const Formula& formula, bool negated, const std::vector<Values>& domains) {
  Multiplier multiplier(domains);
  Boxes boxes = multiplier.boxes_of(formula, negated);
  if (multiplier.too_large)
    return Error::of(ErrorCode::limit,
                     {{"", "more than " + std::to_string(kMaxBoxesPerFormula) +
                               " alternatives once multiplied out, in `" + *multiplier.too_large + "`"}});
  return boxes;
}

}  // namespace placement::masks
