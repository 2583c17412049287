#include "io/write_plan.hpp"

#include <gmock/gmock.h>

#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_plan_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(RecheckDate, CountsThroughALeapDay) {
  Recommendation r = samples::bridged();
  EXPECT_EQ(recheck_date(r), "2028-03-01");
  r.request.as_of = "2027-12-30";
  EXPECT_EQ(recheck_date(r), "2028-01-02");
}

TEST(RecheckDate, NoneWithoutAPlanOrAValidDate) {
  Recommendation r = samples::bridged();
  for (const char* date : {"", "2028-02-30", "2028-2-7", "28-02-2027", "yesterday!", "2028-13-01", "2028-02-0x"}) {
    r.request.as_of = date;
    EXPECT_EQ(recheck_date(r), std::nullopt) << date;
  }
  r = samples::bridged();
  r.feasible->plan = Feasible::Plan::none;
  EXPECT_EQ(recheck_date(r), std::nullopt);
  EXPECT_EQ(recheck_date(samples::decided()), std::nullopt);
}

TEST(PlanSteps, BridgeHasMedicationNaloxoneContactAndDate) {
  EXPECT_THAT(plan_steps(samples::bridged()), ElementsAre(HasSubstr("Medication now"), HasSubstr("Naloxone kit"),
                                                          HasSubstr("within 3 days"), HasSubstr("2028-03-01")));
}

TEST(PlanSteps, TransferSaysWhereHowAndMeanwhile) {
  Recommendation r = samples::decided();
  r.feasible = Feasible{std::nullopt, {}, Feasible::Plan::transfer, {}, 1};
  EXPECT_THAT(plan_steps(r), ElementsAre(HasSubstr("Detox with Perinatal"), HasSubstr("warm hand-over"),
                                         HasSubstr("Medication and Naloxone kit"), HasSubstr("within 1 day")));
}

TEST(PlanSteps, NoneWhereThereIsNoPlan) {
  EXPECT_THAT(plan_steps(samples::decided()), IsEmpty());
  Recommendation r = samples::bridged();
  r.feasible->plan = Feasible::Plan::none;
  EXPECT_THAT(plan_steps(r), IsEmpty());
}

TEST(NamedLevel, IndicatedOrByPolicy) {
  EXPECT_EQ(named_level(samples::decided()), 3U);
  EXPECT_EQ(named_level(samples::bridged()), 1U);
  EXPECT_EQ(named_level(samples::undecided()), std::nullopt);
}

TEST(OverPlacementHarm, DependsOnTheKindOfLevel) {
  const std::vector<CareLevel>& levels = samples::pack().content().levels;
  EXPECT_THAT(over_placement_harm(levels[1]), HasSubstr("more hours"));
  EXPECT_THAT(over_placement_harm(levels[2]), HasSubstr("24-hour"));
  EXPECT_THAT(over_placement_harm(levels[3]), HasSubstr("withdrawal management"));
}

}  // namespace write_plan_test
}  // namespace placement::io
