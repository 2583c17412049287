#include "engine/walk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/pack/small_packs.hpp"

namespace placement::engine {
namespace walk_test {

using testing::ElementsAre;

CareGraph graph(const std::vector<Move>& more = {}) {
  std::vector<Move> moves;
  for (std::size_t i = 1; i < 4; ++i) {
    moves.push_back({Move::Kind::step_up, i - 1, i});
    moves.push_back({Move::Kind::step_down, i, i - 1});
  }
  moves.insert(moves.end(), more.begin(), more.end());
  return std::move(CareGraph::make(4, moves, {"a", "b", "c", "d"})).value();
}

TEST(Walk, StaysWhereNothingIsDemanded) {
  const std::vector<WalkStep> steps = walk(graph(), {});
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].level, 0U);
  EXPECT_THAT(steps[0].insufficient, ElementsAre());
}

TEST(Walk, NamesAtEachStopTheRulesThatDemandMore) {
  const std::vector<WalkStep> steps = walk(graph(), {{7, 2}, {3, 1}, {5, 2}, {9, 0}});
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[1].level, 1U);
  EXPECT_EQ(steps[2].level, 2U);
  EXPECT_THAT(steps[0].insufficient, ElementsAre(7, 3, 5));
  EXPECT_THAT(steps[1].insufficient, ElementsAre(7, 5));
  EXPECT_THAT(steps[2].insufficient, ElementsAre());
}

TEST(Walk, PassesOnlyLevelsThatLeadToTheHighestDemand) {
  // b leads nowhere: from a to c and on to d.
  const CareGraph forked = std::move(CareGraph::make(4,
                                                     {{Move::Kind::step_up, 0, 1},
                                                      {Move::Kind::step_up, 0, 2},
                                                      {Move::Kind::step_up, 2, 3},
                                                      {Move::Kind::step_down, 3, 2},
                                                      {Move::Kind::step_down, 2, 1},
                                                      {Move::Kind::step_down, 1, 0}},
                                                     {"a", "b", "c", "d"}))
                               .value();
  const std::vector<WalkStep> steps = walk(forked, {{0, 3}, {1, 1}});
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[1].level, 2U);
  EXPECT_EQ(steps[2].level, 3U);
}

TEST(HeldRules, AreThoseWhoseConditionIsYes) {
  const RulePack pack = small_packs::pack(R"({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "injects"},
    {"id": "b", "kind": "offer", "service": "moud", "when": "true"},
    {"id": "c", "kind": "require", "level": "hospital", "when": "craving > 5"}]})");
  EXPECT_THAT(held_rules(pack.checked(), small_packs::person(R"({"injects": true})")), ElementsAre(true, true, false));
}

}  // namespace walk_test
}  // namespace placement::engine
