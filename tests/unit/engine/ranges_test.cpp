// What a pack tells apart.
#include "engine/ranges.hpp"

#include <gtest/gtest.h>

#include "engine/compile.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace ranges_test {

// The lowest value of each range.
std::vector<int> starts(const std::string& parts, Field field) {
  std::vector<int> lowest;
  const Engine engine = small_packs::engine(parts);
  for (const engine::Range& range : engine.compiled().ranges[static_cast<std::size_t>(field)].ranges)
    lowest.push_back(range.values.lowest());
  return lowest;
}

std::string offer(const std::string& when) {
  return R"({"rules": [{"id": "a", "kind": "offer", "service": "moud", "when": ")" + when + "\"}]}";
}

using Starts = std::vector<int>;

TEST(Ranges, OfAFieldThatNothingReadsAreOne) { EXPECT_EQ(starts("{}", Field::craving), Starts{0}); }

TEST(Ranges, BeginWhereAComparisonTurns) {
  EXPECT_EQ(starts(offer("craving >= 3 or craving > 6"), Field::craving), (Starts{0, 3, 7}));
  EXPECT_EQ(starts(offer("craving between 2 and 4"), Field::craving), (Starts{0, 2, 5}));
}

TEST(Ranges, OfACountAreRunsOfNeighbours) {
  const Engine engine = small_packs::engine(offer("craving = 3"));
  const std::vector<engine::Range>& ranges = engine.compiled().ranges[static_cast<std::size_t>(Field::craving)].ranges;
  ASSERT_EQ(ranges.size(), 3U);
  EXPECT_EQ(ranges[2].values, ValueSet::range(4, 10));
  EXPECT_EQ(ranges[0].code, ranges[2].code);  // alike to every condition, and yet not one range
  EXPECT_NE(ranges[0].code, ranges[1].code);
}

TEST(Ranges, OfACategoryAreAllValuesThatAreAlike) {
  const Engine engine = small_packs::engine(offer("moud_current = methadone"));
  const engine::FieldRanges& field = engine.compiled().ranges[static_cast<std::size_t>(Field::moud_current)];
  ASSERT_EQ(field.ranges.size(), 2U);
  EXPECT_EQ(field.ranges[1].values, ValueSet::of(1));
  EXPECT_EQ(field.of_value[0], field.of_value[3]);
}

TEST(Ranges, AreCutByTermsConstraintsAndMustKnowToo) {
  EXPECT_EQ(starts(R"({"terms": [{"id": "band", "of": "craving", "bands": [
              {"name": "low", "from": 0}, {"name": "middle", "from": 4}, {"name": "high", "from": 8}]}],
            "rules": [{"id": "a", "kind": "offer", "service": "moud", "when": "band >= middle"}]})",
                   Field::craving),
            (Starts{0, 4}));
  EXPECT_EQ(starts(R"({"constraints": [{"id": "k", "always": "craving < 9 or injects"}],
            "must_know": [{"field": "injects", "when": "craving >= 5"}]})",
                   Field::craving),
            (Starts{0, 5, 9}));
}

TEST(Ranges, AreCutByComparisonsThatChangeNothing) {
  // At least 2 covers at least 5: no box tells 5 apart, the words of the pack do.
  EXPECT_EQ(starts(offer("craving >= 2 or craving >= 5"), Field::craving), (Starts{0, 2, 5}));
}

}  // namespace ranges_test
}  // namespace placement
