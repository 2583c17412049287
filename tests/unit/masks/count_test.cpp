// Counting by rank and by code, against going through all points.
#include "masks/count.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/masks/random_formulas.hpp"

namespace placement::masks {
namespace count_test {

using namespace testing_help;

const std::vector<int> kCountSizes{3, 2, 4, 3, 2, 2};

struct World {
  Masks masks;
  Region region{};
  std::vector<std::vector<int>> value_weights;
  std::vector<RankedBox> first, second;
  std::vector<std::uint16_t> excluded;
};

World random_world(oracle::Dice& dice) {
  std::vector<ValueBox> boxes;
  const int n = dice.between(1, 20);
  for (int b = 0; b < n; ++b) boxes.push_back(random_box(dice, kCountSizes));
  World world{std::move(Masks::make(domains_of(kCountSizes), std::move(boxes))).value(), {}, {}, {}, {}, {}};
  world.region = world.masks.everything();
  for (std::size_t c = 0; c < kCountSizes.size(); ++c) {
    if (dice.chance(30) && world.masks.codes(c) > 1) world.region[c] &= world.region[c] - 1;  // one code less
    world.value_weights.emplace_back();
    for (int v = 0; v < kCountSizes[c]; ++v) world.value_weights.back().push_back(dice.between(1, 9));
  }
  for (std::uint16_t b = 0; b < world.masks.boxes(); ++b) {
    const auto rank = static_cast<std::uint16_t>(dice.roll(4));
    switch (dice.roll(4)) {
      case 0:
        world.excluded.push_back(b);
        break;
      case 1:
        world.second.push_back({b, static_cast<std::uint16_t>(rank % 3)});
        break;
      default:
        world.first.push_back({b, rank});
    }
  }
  return world;
}

template <class Number>
Weights<Number> code_weights(const World& world) {
  Weights<Number> weights(kCountSizes.size());
  for (std::size_t c = 0; c < kCountSizes.size(); ++c) {
    weights[c].assign(world.masks.codes(c), Number(0));
    for (std::size_t v = 0; v < world.value_weights[c].size(); ++v)
      weights[c][world.masks.code_of(c, v)] += world.value_weights[c][v];
  }
  return weights;
}

std::size_t rank_of(const World& world, const std::vector<RankedBox>& boxes, const std::vector<int>& values) {
  std::size_t rank = 0;
  for (const RankedBox& r : boxes)
    if (lies_in(world.masks.value_boxes()[r.box], values)) rank = std::max<std::size_t>(rank, r.rank);
  return rank;
}

// The weight of every cell, of the points with one code of a column, or of all.
std::vector<std::int64_t> by_definition(const World& world, const ColumnBits& counted, std::size_t column,
                                        std::optional<std::size_t> code) {
  std::vector<std::int64_t> cells(4 * 3, 0);
  for_each_point(kCountSizes, [&](const std::vector<int>& values) {
    std::int64_t weight = 1;
    for (std::size_t c = 0; c < kCountSizes.size(); ++c) {
      const auto value = static_cast<std::size_t>(values[c]);
      const std::uint8_t at = world.masks.code_of(c, value);
      if ((world.region[c] >> at & 1U) == 0 || (code && c == column && at != *code)) return;
      if (counted.contains(c))
        weight *= world.value_weights[c][value];
      else if (values[c] != 0)  // what does not count is counted once
        return;
    }
    for (const std::uint16_t b : world.excluded)
      if (lies_in(world.masks.value_boxes()[b], values)) return;
    cells[rank_of(world, world.first, values) + 4 * rank_of(world, world.second, values)] += weight;
  });
  return cells;
}

TEST(Diagram, CountsAsGoingThroughAllPointsDoes) {
  oracle::Dice dice(oracle::test_seed() + 41);
  for (int i = 0; i < oracle::drawn(3000) && !testing::Test::HasFailure(); ++i) {
    World world = random_world(dice);
    for (std::size_t c = 0; c < kCountSizes.size(); ++c)
      if ((world.region[c] >> world.masks.code_of(c, 0) & 1U) == 0) world.region[c] = world.masks.all_codes(c);
    Search search(world.masks, kPlenty);
    const Axis axes[] = {{world.first, 4}, {world.second, 3}};
    const std::optional<Diagram> diagram = Diagram::make(world.region, axes, world.excluded, search);
    ASSERT_TRUE(diagram.has_value());
    const std::vector<Count> counted = diagram->count(code_weights<Count>(world));
    const std::vector<std::int64_t> wanted = by_definition(world, diagram->reads(), 0, std::nullopt);
    ASSERT_EQ(counted.size(), wanted.size());
    for (std::size_t cell = 0; cell < wanted.size(); ++cell) EXPECT_EQ(counted[cell], wanted[cell]) << "cell " << cell;

    const Diagram::Marginals marginals = diagram->marginals(code_weights<double>(world));
    double whole = 1;
    diagram->reads().for_each([&](std::size_t c) {
      double sum = 0;
      for (std::size_t v = 0; v < world.value_weights[c].size(); ++v)
        if ((world.region[c] >> world.masks.code_of(c, v) & 1U) != 0) sum += world.value_weights[c][v];
      whole *= sum;
    });
    diagram->reads().for_each([&](std::size_t c) {
      for (std::size_t code = 0; code < world.masks.codes(c); ++code) {
        if ((world.region[c] >> code & 1U) == 0) continue;
        const std::vector<std::int64_t> part = by_definition(world, diagram->reads(), c, code);
        for (std::size_t cell = 0; cell < part.size(); ++cell)
          EXPECT_NEAR(marginals.of(c, code)[cell] * whole, static_cast<double>(part[cell]), 1e-9 * whole);
      }
    });
  }
}

TEST(Diagram, ReadsOnlyWhatRanksDependOn) {
  // Column 0 is in a box of no consequence: the higher rank holds wherever it does.
  ValueBox high{{1, {}}}, low{{0, {}}, {1, {}}};
  high[0].values.set(1);
  low[0].values.set(2);
  low[1].values.set(1);
  const Masks masks = std::move(Masks::make(domains_of(kCountSizes), {high, low})).value();
  Search search(masks, kPlenty);
  const std::vector<RankedBox> boxes{{0, 2}, {1, 1}};
  const Axis axis{boxes, 3};
  const std::optional<Diagram> diagram = Diagram::make(masks.everything(), {&axis, 1}, {}, search);
  ASSERT_TRUE(diagram.has_value());
  EXPECT_FALSE(diagram->reads().contains(0));
  EXPECT_TRUE(diagram->reads().contains(1));
}

TEST(Diagram, SaysThatStepsRanOut) {
  oracle::Dice dice(7);
  World world = random_world(dice);
  while (world.first.size() < 8) world = random_world(dice);
  Search search(world.masks, 2);
  const Axis axis{world.first, 4};
  EXPECT_FALSE(Diagram::make(world.region, {&axis, 1}, world.excluded, search).has_value());
  EXPECT_TRUE(search.ran_out());
}

}  // namespace count_test
}  // namespace placement::masks
