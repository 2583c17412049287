#include "masks/masks.hpp"

#include <gtest/gtest.h>

#include "unit/masks/random_formulas.hpp"

namespace placement::masks {
namespace masks_test {

using namespace testing_help;

Point point_of(const Masks& masks, const std::vector<int>& values) {
  Point point{};
  for (std::size_t c = 0; c < values.size(); ++c) point[c] = masks.code_of(c, static_cast<std::size_t>(values[c]));
  return point;
}

std::vector<bool> bits_of(const std::vector<std::uint64_t>& words, std::size_t n) {
  std::vector<bool> bits(n, false);
  for_each_bit(words, [&](std::size_t bit) { bits.at(bit) = true; });  // at: no bit beyond the last box
  return bits;
}

Masks made(const std::vector<int>& sizes, std::vector<ValueBox> boxes) {
  return std::move(Masks::make(domains_of(sizes), std::move(boxes))).value();
}

TEST(Masks, EvaluateIsWhichBoxesAPointLiesIn) {
  oracle::Dice dice(oracle::test_seed() + 21);
  const std::vector<int> sizes{2, 5, 3, 4};
  for (const int n : {0, 1, 7, 63, 64, 65, 130}) {
    std::vector<ValueBox> boxes;
    for (int b = 0; b < n; ++b) boxes.push_back(random_box(dice, sizes));
    const Masks masks = made(sizes, boxes);
    EXPECT_EQ(masks.boxes(), boxes.size());
    EXPECT_GE(masks.words() * 64, boxes.size());
    std::vector<std::uint64_t> held(masks.words());
    for_each_point(sizes, [&](const std::vector<int>& values) {
      masks.evaluate(point_of(masks, values), held);
      const std::vector<bool> bits = bits_of(held, boxes.size());
      for (std::size_t b = 0; b < boxes.size(); ++b) EXPECT_EQ(bits[b], lies_in(boxes[b], values));
    });
  }
}

TEST(Masks, ARegionTouchesTheBoxesThatSomeOfItsPointsLieIn) {
  oracle::Dice dice(oracle::test_seed() + 22);
  const std::vector<int> sizes{3, 4, 2, 3};
  for (int round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    std::vector<ValueBox> boxes;
    for (int b = 0; b < 70; ++b) boxes.push_back(random_box(dice, sizes));
    const Masks masks = made(sizes, boxes);
    Region region = masks.everything();
    for (std::size_t c = 0; c < sizes.size(); ++c) {
      region[c] = 0;
      while (region[c] == 0)
        for (std::size_t code = 0; code < masks.codes(c); ++code)
          if (dice.chance(50)) region[c] |= Codes{1} << code;
    }
    std::vector<bool> some(boxes.size(), false);
    for_each_point(sizes, [&](const std::vector<int>& values) {
      const Point point = point_of(masks, values);
      for (std::size_t c = 0; c < sizes.size(); ++c)
        if ((region[c] >> point[c] & 1U) == 0) return;
      for (std::size_t b = 0; b < boxes.size(); ++b) some[b] = some[b] || lies_in(boxes[b], values);
    });
    std::vector<std::uint64_t> touched(masks.words());
    masks.touch(region, touched);
    EXPECT_EQ(bits_of(touched, boxes.size()), some);
  }
}

TEST(Masks, TheQuietestCodeLiesInTheFewestBoxes) {
  const Masks masks =
      made({4}, {{literal(0, {0, 1}).literal}, {literal(0, {0, 2}).literal}, {literal(0, {0, 2}).literal}});
  const std::uint8_t zero = masks.code_of(0, 0), one = masks.code_of(0, 1), two = masks.code_of(0, 2),
                     three = masks.code_of(0, 3);
  const auto set = [](std::initializer_list<std::uint8_t> codes) {
    Codes all = 0;
    for (const std::uint8_t code : codes) all |= Codes{1} << code;
    return all;
  };
  EXPECT_EQ(masks.quietest(0, set({zero, one, two, three})), three);
  EXPECT_EQ(masks.quietest(0, set({zero, one, two})), one);
  EXPECT_EQ(masks.quietest(0, set({zero, two})), two);
  EXPECT_EQ(masks.quietest(0, set({zero})), zero);
}

TEST(Masks, CutAColumnWhereSomeBoxTellsValuesApart) {
  // 0..9 cut at 4 and at 7: three ranges.
  const Masks masks = made({10}, {{literal(0, {4, 5, 6, 7, 8, 9}).literal}, {literal(0, {7, 8, 9}).literal}});
  ASSERT_EQ(masks.codes(0), 3U);
  EXPECT_EQ(masks.code_of(0, 0), masks.code_of(0, 3));
  EXPECT_NE(masks.code_of(0, 3), masks.code_of(0, 4));
  EXPECT_EQ(masks.code_of(0, 4), masks.code_of(0, 6));
  EXPECT_NE(masks.code_of(0, 6), masks.code_of(0, 7));
  EXPECT_LT(masks.code_of(0, 3), masks.code_of(0, 4));  // in the order of their lowest values
  EXPECT_EQ(masks.values_of(0, masks.code_of(0, 9)).count(), 3U);
  EXPECT_EQ(masks.all_codes(0), Codes{7});
}

TEST(Masks, ReadOnlyTheColumnsOfTheirBoxes) {
  const Masks masks = made({4, 4, 4}, {{literal(1, {2}).literal}});
  ASSERT_EQ(masks.read_columns().size(), 1U);
  EXPECT_EQ(masks.read_columns()[0], 1U);
  EXPECT_EQ(masks.codes(0), 1U);
  EXPECT_EQ(masks.codes(1), 2U);
}

TEST(Masks, TakeSixtyFourRangesOfAColumnAndRefuseMore) {
  const auto each_value = [](int n) {
    std::vector<ValueBox> boxes;
    for (int v = 0; v < n; ++v) boxes.push_back({literal(1, {v}).literal});
    return boxes;
  };
  EXPECT_EQ(made({2, 64}, each_value(64)).all_codes(1), ~Codes{0});
  const Result<Masks> refused = Masks::make(domains_of({2, 65}), each_value(65));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::limit);
  EXPECT_EQ(refused.error().where, "1");
  EXPECT_EQ(refused.error().message, "more than 64 distinguishable ranges");
}

TEST(Masks, Take4096BoxesAndRefuseMore) {
  EXPECT_EQ(made({2}, std::vector<ValueBox>(4096)).boxes(), 4096U);
  const Result<Masks> refused = Masks::make(domains_of({2}), std::vector<ValueBox>(4097));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::limit);
  EXPECT_EQ(refused.error().where, "");
}

}  // namespace masks_test
}  // namespace placement::masks
