#include "masks/boxes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/masks/random_formulas.hpp"

namespace placement::masks {
namespace boxes_test {

using namespace testing_help;

const std::vector<int> kSizes{2, 3, 4, 2};

// The boxes of a formula and of its negation against its truth table.
void expect_truth_table(const Formula& formula) {
  for (const bool negated : {false, true}) {
    const Result<std::vector<ValueBox>> boxes = boxes_of(formula, negated, domains_of(kSizes));
    ASSERT_TRUE(boxes.has_value()) << boxes.error().message;
    for (const ValueBox& box : *boxes) {
      EXPECT_TRUE(
          std::is_sorted(box.begin(), box.end(), [](const auto& a, const auto& b) { return a.column < b.column; }));
      for (const ValueLiteral& l : box) EXPECT_TRUE(l.values.any());
    }
    for_each_point(kSizes, [&](const std::vector<int>& point) {
      const bool is_in =
          std::any_of(boxes->begin(), boxes->end(), [&](const auto& box) { return lies_in(box, point); });
      EXPECT_EQ(is_in, holds(formula, point) != negated);
    });
  }
}

TEST(Boxes, OfRandomFormulasAreTheirTruthTables) {
  oracle::Dice dice(oracle::test_seed() + 11);
  for (int i = 0; i < 2000 && !testing::Test::HasFailure(); ++i) expect_truth_table(random_formula(dice, kSizes, 3));
}

TEST(Boxes, OfConstantsAreEverythingOrNothing) {
  const Formula always = compound(Formula::Kind::all_of, {}), never = compound(Formula::Kind::any_of, {});
  EXPECT_EQ(*boxes_of(always, false, domains_of(kSizes)), std::vector<ValueBox>{ValueBox{}});
  EXPECT_TRUE(boxes_of(always, true, domains_of(kSizes))->empty());
  EXPECT_TRUE(boxes_of(never, false, domains_of(kSizes))->empty());
  EXPECT_EQ(*boxes_of(never, true, domains_of(kSizes)), std::vector<ValueBox>{ValueBox{}});
}

TEST(Boxes, OfALiteralThatSaysNothingOrTheImpossible) {
  EXPECT_EQ(*boxes_of(literal(1, {0, 1, 2}), false, domains_of(kSizes)), std::vector<ValueBox>{ValueBox{}});
  EXPECT_TRUE(boxes_of(literal(1, {}), false, domains_of(kSizes))->empty());
}

TEST(Boxes, OfAtLeastAreTheCombinations) {
  const Formula two_of_three =
      compound(Formula::Kind::at_least, {literal(0, {1}), literal(1, {2}), literal(3, {1})}, 2);
  EXPECT_EQ(boxes_of(two_of_three, false, domains_of(kSizes))->size(), 3U);
  expect_truth_table(two_of_three);
}

TEST(Boxes, InsideOtherBoxesAreDropped) {
  const Formula wide = literal(2, {1, 2, 3});
  const Formula narrow = compound(Formula::Kind::all_of, {literal(2, {2}), literal(0, {1})});
  EXPECT_EQ(boxes_of(compound(Formula::Kind::any_of, {narrow, wide}), false, domains_of(kSizes))->size(), 1U);
  EXPECT_EQ(boxes_of(compound(Formula::Kind::any_of, {wide, narrow}), false, domains_of(kSizes))->size(), 1U);
}

// (a1 or b1) and (a2 or b2) and ...: 2^n boxes.
Formula pairs(std::size_t n) {
  std::vector<Formula> all;
  for (std::size_t i = 0; i < n; ++i)
    all.push_back(compound(Formula::Kind::any_of, {literal(2 * i, {1}), literal(2 * i + 1, {1})}));
  return compound(Formula::Kind::all_of, std::move(all));
}

TEST(Boxes, MayBe256ButNotMore) {
  const std::vector<Values> domains = domains_of(std::vector<int>(20, 2));
  EXPECT_EQ(boxes_of(pairs(8), false, domains)->size(), 256U);
  EXPECT_FALSE(boxes_of(pairs(9), false, domains).has_value());
  EXPECT_EQ(boxes_of(pairs(9), true, domains)->size(), 9U);
}

TEST(Boxes, NameThePartThatMultiplies) {
  Formula large = pairs(9);
  large.text = "the large part";
  Formula whole = compound(Formula::Kind::any_of, {literal(19, {1}), std::move(large)});
  whole.text = "the whole condition";
  const auto boxes = boxes_of(whole, false, domains_of(std::vector<int>(20, 2)));
  ASSERT_FALSE(boxes.has_value());
  EXPECT_EQ(boxes.error().code, ErrorCode::limit);
  EXPECT_EQ(boxes.error().message, "more than 256 alternatives once multiplied out, in `the large part`");
}

TEST(Boxes, OfVeryLargeProductsAreRefusedQuickly) {
  EXPECT_FALSE(boxes_of(pairs(50), false, domains_of(std::vector<int>(100, 2))).has_value());
  std::vector<Formula> parts;
  for (std::size_t i = 0; i < 40; ++i) parts.push_back(literal(i, {1}));
  EXPECT_FALSE(
      boxes_of(compound(Formula::Kind::at_least, std::move(parts), 20), false, domains_of(std::vector<int>(40, 2)))
          .has_value());
}

TEST(Intersect, IsWhatLiesInBoth) {
  oracle::Dice dice(oracle::test_seed() + 12);
  for (int i = 0; i < 1000 && !testing::Test::HasFailure(); ++i) {
    const ValueBox a = random_box(dice, kSizes), b = random_box(dice, kSizes);
    ValueBox both;
    const bool meet = intersect(a, b, both);
    bool some = false;
    for_each_point(kSizes, [&](const std::vector<int>& point) {
      const bool wanted = lies_in(a, point) && lies_in(b, point);
      some = some || wanted;
      EXPECT_EQ(meet && lies_in(both, point), wanted);
    });
    EXPECT_EQ(meet, some);
  }
}

}  // namespace boxes_test
}  // namespace placement::masks
