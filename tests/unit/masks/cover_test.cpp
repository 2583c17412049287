// The cover test and the search for two points that differ in one column, against going through all points.
#include "masks/cover.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/masks/random_formulas.hpp"

namespace placement::masks {
namespace cover_test {

using namespace testing_help;

const std::vector<int> kCoverSizes{3, 2, 4, 3, 2};

std::vector<ValueBox> random_boxes(oracle::Dice& dice, int n) {
  std::vector<ValueBox> boxes;
  for (int b = 0; b < n; ++b) boxes.push_back(random_box(dice, kCoverSizes));
  return boxes;
}

Masks made(std::vector<ValueBox> boxes) {
  return std::move(Masks::make(domains_of(kCoverSizes), std::move(boxes))).value();
}

Region random_region(oracle::Dice& dice, const Masks& masks) {
  Region region = masks.everything();
  for (std::size_t c = 0; c < masks.columns(); ++c) {
    if (dice.chance(50)) continue;
    region[c] = 0;
    while (region[c] == 0)
      for (std::size_t code = 0; code < masks.codes(c); ++code)
        if (dice.chance(50)) region[c] |= Codes{1} << code;
  }
  return region;
}

bool is_in(const Region& region, const Masks& masks, const std::vector<int>& values) {
  for (std::size_t c = 0; c < values.size(); ++c)
    if ((region[c] >> masks.code_of(c, static_cast<std::size_t>(values[c])) & 1U) == 0) return false;
  return true;
}

bool is_within(const Region& inner, const Region& outer) {
  for (std::size_t c = 0; c < kCoverSizes.size(); ++c)
    if ((inner[c] & ~outer[c]) != 0 || inner[c] == 0) return false;
  return true;
}

// Some of the boxes, by number.
std::vector<std::uint16_t> some_of(oracle::Dice& dice, std::size_t n, int percent) {
  std::vector<std::uint16_t> chosen;
  for (std::size_t b = 0; b < n; ++b)
    if (dice.chance(percent)) chosen.push_back(static_cast<std::uint16_t>(b));
  return chosen;
}

bool lies_in_one(const Masks& masks, const std::vector<std::uint16_t>& boxes, const std::vector<int>& values) {
  return std::any_of(boxes.begin(), boxes.end(),
                     [&](std::uint16_t b) { return lies_in(masks.value_boxes()[b], values); });
}

bool is_covered_by_definition(const Masks& masks, const Region& region, const std::vector<std::uint16_t>& boxes) {
  bool covered = true;
  for_each_point(kCoverSizes, [&](const std::vector<int>& values) {
    covered = covered && (!is_in(region, masks, values) || lies_in_one(masks, boxes, values));
  });
  return covered;
}

TEST(Cover, AgreesWithGoingThroughAllPoints) {
  oracle::Dice dice(oracle::test_seed() + 31);
  int yes = 0, no = 0;
  for (int i = 0; i < 4000 && !testing::Test::HasFailure(); ++i) {
    const Masks masks = made(random_boxes(dice, dice.between(1, 24)));
    const Region region = random_region(dice, masks);
    const std::vector<std::uint16_t> boxes = some_of(dice, masks.boxes(), 80);
    const bool wanted = is_covered_by_definition(masks, region, boxes);
    Search search(masks, kPlenty);
    Region narrowed = region;
    ASSERT_EQ(search.is_covered(narrowed, boxes), wanted ? Answer::yes : Answer::no);
    (wanted ? yes : no)++;
    EXPECT_FALSE(search.ran_out());
    if (wanted) {
      EXPECT_EQ(narrowed, region);
      continue;
    }
    EXPECT_TRUE(is_within(narrowed, region));
    for_each_point(kCoverSizes, [&](const std::vector<int>& values) {  // all that is left lies outside
      EXPECT_FALSE(is_in(narrowed, masks, values) && lies_in_one(masks, boxes, values));
    });
  }
  EXPECT_GT(yes, 400);
  EXPECT_GT(no, 400);
}

TEST(Cover, OfNothingAndOfEverything) {
  const Masks masks = made({ValueBox{}, {literal(0, {1}).literal}});
  Search search(masks, kPlenty);
  Region region = masks.everything();
  EXPECT_EQ(search.is_covered(region, {}), Answer::no);
  EXPECT_EQ(region, masks.everything());
  const std::vector<std::uint16_t> all{0};
  EXPECT_EQ(search.is_covered(region, all), Answer::yes);
}

TEST(Cover, WithoutStepsIsUnsettledButNeverWrong) {
  oracle::Dice dice(oracle::test_seed() + 32);
  int unsettled = 0;
  for (int i = 0; i < 3000 && !testing::Test::HasFailure(); ++i) {
    const Masks masks = made(random_boxes(dice, dice.between(6, 24)));
    const Region region = random_region(dice, masks);
    const std::vector<std::uint16_t> boxes = some_of(dice, masks.boxes(), 90);
    const Answer right = is_covered_by_definition(masks, region, boxes) ? Answer::yes : Answer::no;
    Search search(masks, static_cast<std::uint64_t>(dice.roll(4)));
    Region narrowed = region;
    const Answer answer = search.is_covered(narrowed, boxes);
    if (answer == Answer::unsettled) {
      ++unsettled;
      EXPECT_TRUE(search.ran_out());
      EXPECT_EQ(narrowed, region);
    } else {
      EXPECT_EQ(answer, right);
    }
  }
  EXPECT_GT(unsettled, 100);
}

TEST(Cover, TakesTheSameStepsEachTime) {
  oracle::Dice dice(oracle::test_seed() + 33);
  for (int i = 0; i < 50; ++i) {
    const Masks masks = made(random_boxes(dice, 24));
    const std::vector<std::uint16_t> boxes = some_of(dice, masks.boxes(), 90);
    Search first(masks, kPlenty), second(masks, kPlenty);
    Region a = masks.everything(), b = masks.everything();
    EXPECT_EQ(first.is_covered(a, boxes), second.is_covered(b, boxes));
    EXPECT_EQ(first.steps_left(), second.steps_left());
    EXPECT_EQ(a, b);
  }
}

TEST(Search, SpendsUntilNothingIsLeft) {
  const Masks masks = made({ValueBox{}});
  Search search(masks, 10);
  EXPECT_TRUE(search.spend(4));
  EXPECT_EQ(search.steps_left(), 6U);
  EXPECT_FALSE(search.ran_out());
  EXPECT_FALSE(search.spend(7));
  EXPECT_TRUE(search.ran_out());
}

// ---- Two points that differ in one column ---------------------------------------------------------------------------

struct Question {
  Masks masks;
  Region region;
  std::size_t column;
  std::vector<RankedBox> ranked;
  std::vector<std::uint16_t> excluded;
  std::vector<Codes> allowed;  // empty: all
};

Question random_question(oracle::Dice& dice, bool is_directed) {
  Question q{made(random_boxes(dice, dice.between(2, 14))), {}, 0, {}, {}, {}};
  q.region = random_region(dice, q.masks);
  q.column = static_cast<std::size_t>(dice.roll(static_cast<int>(kCoverSizes.size())));
  for (std::size_t b = 0; b < q.masks.boxes(); ++b) {
    const auto box = static_cast<std::uint16_t>(b);
    if (dice.chance(25))
      q.excluded.push_back(box);
    else
      q.ranked.push_back({box, static_cast<std::uint16_t>(dice.between(1, 3))});
  }
  std::stable_sort(q.ranked.begin(), q.ranked.end(), [](const auto& a, const auto& b) { return a.rank > b.rank; });
  if (is_directed)  // only upward: the code with the higher rank is the lower one
    for (std::size_t u = 0; u < q.masks.codes(q.column); ++u)
      q.allowed.push_back(q.masks.all_codes(q.column) & ~((Codes{2} << u) - 1));
  return q;
}

std::uint16_t rank_of(const Question& q, const std::vector<int>& values) {
  for (const RankedBox& r : q.ranked)
    if (lies_in(q.masks.value_boxes()[r.box], values)) return r.rank;
  return 0;
}

bool is_good(const Question& q, const std::vector<int>& values) {
  return is_in(q.region, q.masks, values) && !lies_in_one(q.masks, q.excluded, values);
}

bool differs_by_definition(const Question& q) {
  bool found = false;
  for_each_point(kCoverSizes, [&](const std::vector<int>& high) {
    if (found || !is_good(q, high)) return;
    std::vector<int> low = high;
    for (int v = 0; v < kCoverSizes[q.column]; ++v) {
      low[q.column] = v;
      const auto code = [&](int value) { return q.masks.code_of(q.column, static_cast<std::size_t>(value)); };
      const bool may = q.allowed.empty() || (q.allowed[code(high[q.column])] >> code(v) & 1U) != 0;
      if (may && is_good(q, low) && rank_of(q, high) > rank_of(q, low)) found = true;
    }
  });
  return found;
}

void expect_pair(const Question& q, const Search::Pair& pair) {
  EXPECT_NE(pair.high, pair.low);
  bool some = false;
  for_each_point(kCoverSizes, [&](const std::vector<int>& values) {
    if (q.masks.code_of(q.column, static_cast<std::size_t>(values[q.column])) != pair.high) return;
    for (std::size_t c = 0; c < values.size(); ++c)
      if (c != q.column && (pair.rest[c] >> q.masks.code_of(c, static_cast<std::size_t>(values[c])) & 1U) == 0) return;
    some = true;
    std::vector<int> low = values;
    for (int v = 0; v < kCoverSizes[q.column]; ++v) {
      if (q.masks.code_of(q.column, static_cast<std::size_t>(v)) != pair.low) continue;
      low[q.column] = v;
      EXPECT_TRUE(is_good(q, values));
      EXPECT_TRUE(is_good(q, low));
      EXPECT_GT(rank_of(q, values), rank_of(q, low));
    }
  });
  EXPECT_TRUE(some);
}

void compare_pairs(std::uint64_t stream, bool is_directed) {
  oracle::Dice dice(oracle::test_seed() + stream);
  int yes = 0, no = 0;
  for (int i = 0; i < 2500 && !testing::Test::HasFailure(); ++i) {
    const Question q = random_question(dice, is_directed);
    const bool wanted = differs_by_definition(q);
    Search search(q.masks, kPlenty);
    Search::Pair pair;
    const Answer answer =
        search.differ_in(q.region, q.column, q.ranked, q.excluded, search.quiet_point(q.region), pair, q.allowed);
    ASSERT_EQ(answer, wanted ? Answer::yes : Answer::no);
    (wanted ? yes : no)++;
    if (wanted) expect_pair(q, pair);
  }
  EXPECT_GT(yes, 250);
  EXPECT_GT(no, 250);
}

TEST(DifferIn, AgreesWithGoingThroughAllPairs) { compare_pairs(41, false); }

TEST(DifferIn, KeepsToTheAllowedDirections) { compare_pairs(42, true); }

TEST(DifferIn, WithoutStepsIsUnsettledButNeverWrong) {
  oracle::Dice dice(oracle::test_seed() + 43);
  int unsettled = 0;
  for (int i = 0; i < 2500 && !testing::Test::HasFailure(); ++i) {
    const Question q = random_question(dice, false);
    Search search(q.masks, static_cast<std::uint64_t>(dice.roll(3)));
    Search::Pair pair;
    const Answer answer =
        search.differ_in(q.region, q.column, q.ranked, q.excluded, search.quiet_point(q.region), pair);
    if (answer == Answer::unsettled)
      ++unsettled;
    else
      EXPECT_EQ(answer == Answer::yes, differs_by_definition(q));
  }
  EXPECT_GT(unsettled, 50);
}

// ---- Points ---------------------------------------------------------------------------------------------------------

TEST(Search, QuietPointsLieInTheRegion) {
  oracle::Dice dice(oracle::test_seed() + 51);
  for (int i = 0; i < 300; ++i) {
    const Masks masks = made(random_boxes(dice, 12));
    const Region region = random_region(dice, masks);
    const Search search(masks, kPlenty);
    const Point point = search.quiet_point(region);
    for (std::size_t c = 0; c < kCoverSizes.size(); ++c) EXPECT_NE(region[c] >> point[c] & 1U, 0U);
  }
}

TEST(Search, MovesAPointIntoABoxWithinTheRegion) {
  oracle::Dice dice(oracle::test_seed() + 52);
  for (int i = 0; i < 300; ++i) {
    const Masks masks = made(random_boxes(dice, 12));
    const Region region = random_region(dice, masks);
    const Search search(masks, kPlenty);
    for (std::size_t box = 0; box < masks.boxes(); ++box) {
      bool touches = false;
      for_each_point(kCoverSizes, [&](const std::vector<int>& values) {
        touches = touches || (is_in(region, masks, values) && lies_in(masks.value_boxes()[box], values));
      });
      EXPECT_EQ(search.touches(region, box), touches);
      if (!touches) continue;
      Point point = search.quiet_point(region);
      search.move_into(point, box, region);
      EXPECT_TRUE(search.lies_in(point, box));
      for (std::size_t c = 0; c < kCoverSizes.size(); ++c) EXPECT_NE(region[c] >> point[c] & 1U, 0U);
    }
  }
}

}  // namespace cover_test
}  // namespace placement::masks
