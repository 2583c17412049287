#include "engine/feasible.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/pack/small_packs.hpp"

namespace placement::engine {
namespace feasible_test {

using testing::ElementsAre;
using Plan = Feasible::Plan;

// Residential and hospital care are round the clock.
constexpr std::size_t kOutpatient = 0, kIntensive = 1, kResidential = 2, kHospital = 3;
constexpr std::size_t kNursing = 0, kPsychiatry = 1;

Feasible feasible(std::size_t wanted, const std::vector<std::size_t>& required, const std::vector<Programme>& available,
                  std::string_view edits = "{}") {
  return feasible_among(small_packs::pack("{}", edits).content(), wanted, required, available);
}

TEST(Feasible, IsTheIndicatedLevelWhereItIsOffered) {
  const Feasible f =
      feasible(kIntensive, {kNursing},
               {{kOutpatient, {kNursing}}, {kIntensive, {kPsychiatry, kNursing}}, {kHospital, {kNursing}}});
  EXPECT_EQ(f.level, kIntensive);
  EXPECT_EQ(f.plan, Plan::none);
  EXPECT_THAT(f.missing_capabilities, ElementsAre());
  EXPECT_THAT(f.alternatives, ElementsAre());
}

TEST(Feasible, IsElseTheNearestHigherLevelThatCanDoAllOfIt) {
  EXPECT_EQ(feasible(kOutpatient, {}, {{kIntensive, {}}}).level, kIntensive);
  EXPECT_EQ(feasible(kResidential, {kNursing}, {{kResidential, {}}, {kHospital, {kNursing}}}).level, kHospital);
  EXPECT_EQ(feasible(kOutpatient, {}, {{kIntensive, {}}}).plan, Plan::none);
}

TEST(Feasible, IsNeverRoundTheClockCareThatIsNotIndicated) {
  const Feasible f = feasible(kIntensive, {}, {{kOutpatient, {}}, {kHospital, {}}, {kResidential, {}}});
  EXPECT_EQ(f.level, kOutpatient);
  EXPECT_EQ(f.plan, Plan::bridge);
  EXPECT_THAT(f.alternatives, ElementsAre(kResidential, kHospital));
}

TEST(Feasible, IsNeverWithdrawalManagementInsteadOfALowerLevel) {
  const std::string_view detox = R"({"/levels/3/withdrawal_management": true})";
  const Feasible f = feasible(kResidential, {}, {{kHospital, {}}, {kOutpatient, {}}}, detox);
  EXPECT_EQ(f.level, std::nullopt);
  EXPECT_EQ(f.plan, Plan::transfer);
  EXPECT_EQ(feasible(kHospital, {}, {{kHospital, {}}}, detox).level, kHospital);
}

TEST(Feasible, IsElseTheNearestLowerLevelWithABridge) {
  const Feasible f = feasible(kIntensive, {kNursing}, {{kOutpatient, {}}});
  EXPECT_EQ(f.level, kOutpatient);
  EXPECT_EQ(f.plan, Plan::bridge);
  EXPECT_THAT(f.missing_capabilities, ElementsAre(kNursing));
  EXPECT_GT(f.recheck_days, 0);
  EXPECT_LE(f.recheck_days, 30);
}

TEST(Feasible, PrefersOfEquallyNearProgrammesTheOneThatLacksLess) {
  const Feasible f = feasible(kIntensive, {kNursing, kPsychiatry},
                              {{kOutpatient, {}}, {kOutpatient, {kPsychiatry}}, {kOutpatient, {}}});
  EXPECT_EQ(f.level, kOutpatient);
  EXPECT_THAT(f.missing_capabilities, ElementsAre(kNursing));
}

TEST(Feasible, IsNothingWithoutRoundTheClockCareWhereThatIsIndicated) {
  const Feasible f = feasible(kResidential, {}, {{kOutpatient, {}}, {kIntensive, {}}});
  EXPECT_EQ(f.level, std::nullopt);
  EXPECT_EQ(f.plan, Plan::transfer);
  EXPECT_EQ(feasible(kResidential, {}, {}).plan, Plan::transfer);
}

TEST(Feasible, MayBeLowerRoundTheClockCareWithABridge) {
  const Feasible f = feasible(kHospital, {kNursing}, {{kIntensive, {kNursing}}, {kResidential, {}}});
  EXPECT_EQ(f.level, kResidential);
  EXPECT_EQ(f.plan, Plan::bridge);
  EXPECT_THAT(f.missing_capabilities, ElementsAre(kNursing));
}

TEST(Feasible, IsNothingWhereNothingSafeIsOffered) {
  const Feasible f = feasible(kIntensive, {kNursing}, {{kHospital, {kNursing}}});
  EXPECT_EQ(f.level, std::nullopt);
  EXPECT_THAT(f.alternatives, ElementsAre(kHospital));
}

TEST(Feasible, ListsAlternativesOnceAndByIntensity) {
  const Feasible f = feasible(kOutpatient, {kNursing}, {{kHospital, {}}, {kResidential, {}}, {kHospital, {}}});
  EXPECT_THAT(f.alternatives, ElementsAre(kResidential, kHospital));
}

TEST(Feasible, RechecksNoLaterThanTheLevelIsReassessed) {
  EXPECT_EQ(feasible(kIntensive, {}, {}, R"({"/levels/1/reassess_days": 2})").recheck_days, 2);
  EXPECT_EQ(feasible(kIntensive, {}, {}, R"({"/levels/1/reassess_days": 90})").recheck_days, 7);
}

}  // namespace feasible_test
}  // namespace placement::engine
