#include "placement/care_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placement {
namespace care_graph_test {

using testing::ElementsAre;

Move up(std::size_t from, std::size_t to) { return {Move::Kind::step_up, from, to}; }
Move down(std::size_t from, std::size_t to) { return {Move::Kind::step_down, from, to}; }

const std::vector<std::string>& ids() {
  static const std::vector<std::string> all{"home", "clinic", "ward", "hospital"};
  return all;
}

// Up and down between neighbours, and what a test adds.
std::vector<Move> neighbours(const std::vector<Move>& more = {}) {
  std::vector<Move> moves{up(0, 1), up(1, 2), up(2, 3), down(3, 2), down(2, 1), down(1, 0)};
  moves.insert(moves.end(), more.begin(), more.end());
  return moves;
}

CareGraph graph(const std::vector<Move>& moves) {
  Result<CareGraph> made = CareGraph::make(4, moves, ids());
  EXPECT_TRUE(made.has_value());
  return std::move(made).value();
}

std::vector<std::string> faults(const std::vector<Move>& moves) {
  const Result<CareGraph> made = CareGraph::make(4, moves, ids());
  if (made.has_value()) return {};
  EXPECT_EQ(made.error().code, ErrorCode::bad_pack);
  std::vector<std::string> all;
  for (const Fault& fault : made.error().faults) all.push_back(to_string(fault));
  return all;
}

TEST(CareGraph, KeepsItsMovesInOrder) {
  const CareGraph g = graph(neighbours());
  ASSERT_EQ(g.moves().size(), 6U);
  EXPECT_EQ(g.moves()[3].kind, Move::Kind::step_down);
  EXPECT_EQ(g.moves()[3].from, 3U);
  EXPECT_EQ(g.moves()[3].to, 2U);
}

TEST(CareGraph, OneLevelNeedsNoMoves) { EXPECT_TRUE(CareGraph::make(1, {}, {"home"}).has_value()); }

TEST(CareGraph, RefusesMovesInTheWrongDirection) {
  EXPECT_THAT(faults(neighbours({up(2, 1)})), ElementsAre("/moves/6: a step_up must raise the intensity"));
  EXPECT_THAT(faults(neighbours({up(2, 2)})), ElementsAre("/moves/6: a step_up must raise the intensity"));
  EXPECT_THAT(faults(neighbours({down(1, 3)})), ElementsAre("/moves/6: a step_down must lower the intensity"));
  EXPECT_THAT(faults(neighbours({down(1, 1)})), ElementsAre("/moves/6: a step_down must lower the intensity"));
}

TEST(CareGraph, RefusesAMoveGivenTwice) {
  EXPECT_THAT(faults(neighbours({up(0, 1), down(2, 1)})),
              ElementsAre("/moves/6: the same move stands twice", "/moves/7: the same move stands twice"));
}

TEST(CareGraph, RefusesALevelNoStepUpReaches) {
  EXPECT_THAT(faults({up(0, 1), up(2, 3), down(3, 2), down(2, 1), down(1, 0)}),
              ElementsAre("/moves: level `ward` is not reached from the lowest level by step_up moves",
                          "/moves: level `hospital` is not reached from the lowest level by step_up moves"));
}

TEST(CareGraph, RefusesALowerLevelNoStepDownReaches) {
  EXPECT_THAT(faults({up(0, 1), up(1, 2), up(2, 3), down(3, 1), down(2, 1), down(1, 0)}),
              ElementsAre("/moves: level `ward` is not reached from `hospital` by step_down moves"));
}

TEST(CareGraph, ListsAllFaultsAtOnce) { EXPECT_EQ(faults({up(1, 0), up(0, 1), up(0, 1)}).size(), 2U + 2U + 6U); }

TEST(CareGraph, StepsUpToTheLowestLevelThatLeadsThere) {
  // From home both the clinic and the ward can be reached in one step; only the ward leads to hospital.
  const CareGraph g = graph({up(0, 1), up(0, 2), up(2, 3), down(3, 2), down(2, 1), down(1, 0)});
  EXPECT_EQ(g.step_up_towards(0, 1), 1U);
  EXPECT_EQ(g.step_up_towards(0, 2), 2U);
  EXPECT_EQ(g.step_up_towards(0, 3), 2U);
  EXPECT_EQ(graph(neighbours({up(0, 3)})).step_up_towards(0, 3), 1U);
}

TEST(CareGraph, TheWayDownIsShortest) {
  EXPECT_THAT(graph(neighbours()).step_down_path(3, 0), ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(graph(neighbours({down(3, 1)})).step_down_path(3, 0), ElementsAre(3, 1, 0));
  EXPECT_THAT(graph(neighbours({down(3, 0)})).step_down_path(3, 0), ElementsAre(3, 0));
  EXPECT_THAT(graph(neighbours({down(3, 0)})).step_down_path(3, 1), ElementsAre(3, 2, 1));  // not below its end
}

TEST(CareGraph, OfEquallyShortWaysTheHighestIsTaken) {
  EXPECT_THAT(graph(neighbours({down(3, 1), down(2, 0)})).step_down_path(3, 0), ElementsAre(3, 2, 0));
}

TEST(CareGraph, TheNextLowerLevelIsTheMostIntensiveOneBelow) {
  EXPECT_EQ(graph(neighbours({down(3, 0)})).next_lower(3), 2U);
  EXPECT_EQ(graph(neighbours()).next_lower(1), 0U);
}

}  // namespace care_graph_test
}  // namespace placement
