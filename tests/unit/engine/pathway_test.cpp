#include "engine/pathway.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/pack/small_packs.hpp"

namespace placement::engine {
namespace pathway_test {

using small_packs::levels;
using small_packs::rules;
using testing::ElementsAre;

constexpr std::string_view kPathParts = R"({"rules": [
  {"id": "dry", "kind": "require", "level": "hospital", "when": "fluid_loss = severe"},
  {"id": "unable", "kind": "require", "level": "residential", "when": "self_care = unable"},
  {"id": "confused", "kind": "require", "level": "residential", "when": "cognitive_impairment = severe"},
  {"id": "lonely", "kind": "require", "level": "intensive", "when": "social_support = none"},
  {"id": "watch", "kind": "capability", "capability": "nursing", "when": "fluid_loss >= mild"},
  {"id": "talk", "kind": "offer", "service": "counselling", "when": "social_support >= weak"}]})";
constexpr std::string_view kEdits = R"({
  "/levels/3/resolves": {"fluid_loss": "none"},
  "/levels/2/improves": {"self_care": "needs_help"},
  "/levels/1/resolves": {"social_support": "moderate"}})";

Recommendation recommend(std::string_view answers, std::string_view edits = kEdits) {
  return small_packs::recommend(small_packs::engine(kPathParts, edits), answers);
}

std::vector<std::string> stops(const Recommendation& result) {
  std::vector<std::size_t> numbers;
  for (const PathwayStep& step : result.pathway) numbers.push_back(step.level);
  return levels(result, numbers);
}

constexpr std::string_view kAllProblems =
    R"({"fluid_loss": "severe", "self_care": "unable", "cognitive_impairment": "none", "social_support": "none"})";

TEST(Pathway, StepsDownAsTheLevelsDoTheirWork) {
  const Recommendation result = recommend(kAllProblems);
  EXPECT_THAT(stops(result), ElementsAre("hospital", "residential", "intensive", "outpatient"));
  for (const PathwayStep& step : result.pathway) {
    EXPECT_FALSE(step.need_remains);
    EXPECT_TRUE(step.possible.empty());
  }
}

TEST(Pathway, NamesTheCriteriaToMoveOn) {
  const Recommendation result = recommend(kAllProblems);
  ASSERT_EQ(result.pathway.size(), 4U);
  EXPECT_THAT(rules(result, result.pathway[0].criteria), ElementsAre("dry"));
  EXPECT_THAT(rules(result, result.pathway[1].criteria), ElementsAre("dry", "unable"));
  EXPECT_THAT(rules(result, result.pathway[2].criteria), ElementsAre("dry", "unable", "lonely"));
  EXPECT_THAT(rules(result, result.pathway[3].criteria), ElementsAre());
}

TEST(Pathway, ShowsCareAtEachStop) {
  const Recommendation result = recommend(kAllProblems);
  ASSERT_EQ(result.pathway.size(), 4U);
  EXPECT_THAT(result.pathway[0].capabilities, ElementsAre(0));
  EXPECT_THAT(result.pathway[1].capabilities, ElementsAre());  // fluid loss is resolved
  EXPECT_THAT(result.pathway[2].services, ElementsAre(1));
  EXPECT_THAT(result.pathway[3].services, ElementsAre());  // support is built up
}

TEST(Pathway, TakesTheMovesOfTheCareGraph) {
  constexpr std::string_view kOnlyDry =
      R"({"fluid_loss": "severe", "self_care": "independent", "cognitive_impairment": "none", "social_support": "strong"})";
  EXPECT_THAT(stops(recommend(kOnlyDry)), ElementsAre("hospital", "residential", "intensive", "outpatient"));
  EXPECT_THAT(stops(recommend(kOnlyDry, R"({
                "/levels/3/resolves": {"fluid_loss": "none"},
                "/moves/-": {"kind": "step_down", "from": "hospital", "to": "outpatient"}})")),
              ElementsAre("hospital", "outpatient"));
}

TEST(Pathway, StepsToTheNextLowerLevelWhereTheNeedRemains) {
  const Recommendation result = recommend(
      R"({"fluid_loss": "none", "self_care": "independent", "cognitive_impairment": "severe", "social_support": "strong"})");
  EXPECT_THAT(stops(result), ElementsAre("residential", "intensive", "outpatient"));
  EXPECT_FALSE(result.pathway[0].need_remains);
  EXPECT_TRUE(result.pathway[1].need_remains);
  EXPECT_TRUE(result.pathway[2].need_remains);
  EXPECT_THAT(rules(result, result.pathway[0].criteria), ElementsAre("confused"));
}

TEST(Pathway, GoesOnFromTheHighestLevelThatUnknownsLeavePossible) {
  const Recommendation result = recommend(R"({"fluid_loss": "severe", "cognitive_impairment": "none"})");
  EXPECT_EQ(result.status, Status::decided);
  ASSERT_GE(result.pathway.size(), 2U);
  const PathwayStep& second = result.pathway[1];
  EXPECT_EQ(second.level, 2U);
  EXPECT_THAT(levels(result, second.possible), ElementsAre("outpatient", "intensive", "residential"));
  EXPECT_EQ(second.settled_by, Field::self_care);
}

TEST(Pathway, StartsAtThePolicyLevelAndIsEmptyWithoutALevel) {
  EXPECT_TRUE(recommend("{}").pathway.empty());
  EXPECT_THAT(
      stops(recommend(R"({"assessment": {"fluid_loss": "none"}, "request": {"undecided": "highest"}})")).front(),
      "residential");
}

TEST(Projected, ResolvesAndImprovesButNeverWorsens) {
  CareLevel level;
  level.resolves = {{Field::cows_score, 0}, {Field::tolerance_lost_30d, 1}};
  level.improves = {{Field::suicide_risk, 1}, {Field::days_since_overdose, 30}, {Field::self_care, 1}};
  const Assessment after = projected(
      small_packs::person(R"({"cows_score": 30, "suicide_risk": "none", "days_since_overdose": 5, "injects": true})"),
      level);
  EXPECT_EQ(after.answer(Field::cows_score), ValueSet::of(0));
  EXPECT_EQ(after.answer(Field::tolerance_lost_30d), ValueSet::of(1));
  EXPECT_EQ(after.answer(Field::suicide_risk), ValueSet::of(0));  // already better
  EXPECT_EQ(after.answer(Field::days_since_overdose), ValueSet::of(30));
  EXPECT_EQ(after.answer(Field::self_care), ValueSet::range(0, 1));  // unknown: at least that good
  EXPECT_EQ(after.answer(Field::injects), ValueSet::of(1));
  const Assessment partly = projected(small_packs::person(R"({"suicide_risk": {"any_of": ["none", "high"]}})"), level);
  EXPECT_EQ(partly.answer(Field::suicide_risk), ValueSet::range(0, 1));
}

}  // namespace pathway_test
}  // namespace placement::engine
