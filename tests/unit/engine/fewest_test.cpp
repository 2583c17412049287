// The hitting set search against all subsets.
#include "engine/fewest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "oracle/generate.hpp"

namespace placement::engine {
namespace fewest_test {

constexpr int kFields = 9;

FieldSet set_of(std::size_t bits) {
  FieldSet set;
  for (int f = 0; f < kFields; ++f)
    if ((bits >> f & 1U) != 0) set.insert(static_cast<Field>(f * 7));
  return set;
}

bool meets_all(const FieldSet& set, const std::vector<FieldSet>& to_meet) {
  return std::all_of(to_meet.begin(), to_meet.end(), [&](const FieldSet& s) { return !(s & set).empty(); });
}

// All subsets: the fewest fields, then the first in field order.
FieldSet by_definition(const std::vector<FieldSet>& to_meet) {
  FieldSet best = set_of((std::size_t{1} << kFields) - 1);
  for (std::size_t bits = 0; bits < std::size_t{1} << kFields; ++bits) {
    const FieldSet set = set_of(bits);
    if (!meets_all(set, to_meet)) continue;
    const bool is_better = set.size() != best.size() ? set.size() < best.size() : set.list() < best.list();
    if (is_better) best = set;
  }
  return best;
}

std::vector<FieldSet> random_sets(oracle::Dice& dice) {
  std::vector<FieldSet> sets;
  const int n = dice.between(0, 10);
  for (int i = 0; i < n; ++i) {
    const FieldSet set =
        set_of(static_cast<std::size_t>(dice.between(1, (1 << kFields) - 1) & dice.between(1, (1 << kFields) - 1)));
    if (!set.empty()) sets.push_back(set);
  }
  return sets;
}

TEST(SmallestHittingSet, IsTheFirstSmallestOfAllSubsets) {
  oracle::Dice dice(oracle::test_seed() + 71);
  for (int i = 0; i < 2000; ++i) {
    const std::vector<FieldSet> sets = random_sets(dice);
    ASSERT_EQ(smallest_hitting_set(sets).list(), by_definition(sets).list());
  }
}

TEST(SmallestHittingSet, OfNothingIsEmpty) { EXPECT_TRUE(smallest_hitting_set({}).empty()); }

TEST(FewestForcing, FindsTheFewestAnswersWithoutAnyCounterexample) {
  oracle::Dice dice(oracle::test_seed() + 72);
  for (int i = 0; i < 1000; ++i) {
    const std::vector<FieldSet> counterexamples = random_sets(dice);
    const auto excluded_by = [&](const FieldSet& kept) -> std::optional<FieldSet> {
      for (const FieldSet& excluding : counterexamples)
        if ((excluding & kept).empty()) return excluding;
      return std::nullopt;
    };
    const std::optional<FieldSet> found = fewest_forcing({}, excluded_by, 1000);
    ASSERT_TRUE(found.has_value());
    ASSERT_EQ(found->list(), by_definition(counterexamples).list());
  }
}

TEST(FewestForcing, GivesUpAfterItsRounds) {
  const auto excluded_by = [](const FieldSet& kept) -> std::optional<FieldSet> {
    FieldSet next;  // the first field not kept
    for (std::size_t f = 0; f < kFieldCount; ++f)
      if (next.empty() && !kept.contains(static_cast<Field>(f))) next.insert(static_cast<Field>(f));
    return next;
  };
  EXPECT_FALSE(fewest_forcing({}, excluded_by, 5).has_value());
}

}  // namespace fewest_test
}  // namespace placement::engine
