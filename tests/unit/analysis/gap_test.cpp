#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/analysis/findings_of.hpp"

namespace placement {
namespace gap_test {

using findings_of::kind;
using testing::ElementsAre;

TEST(Gap, IsANeedWithoutALevel) {
  constexpr std::string_view kParts = R"({"rules": [
    {"id": "sick", "kind": "require", "level": "hospital", "when": "severe_infection_signs"},
    {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "severe_infection_signs or craving > 8"},
    {"id": "doctor", "kind": "capability", "capability": "psychiatry", "when": "severe_infection_signs"},
    {"id": "stop", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
    {"id": "urgent", "kind": "alert", "urgency": "urgent", "when": "severe_infection_signs"},
    {"id": "notice", "kind": "alert", "urgency": "notice", "when": "pregnant"}]})";
  EXPECT_THAT(
      kind("gap", kParts),
      ElementsAre("/rules/1: `nurse` (capability) can hold where no rule demands more than `outpatient`",
                  "/rules/3: `stop` (stop alert) can hold where no rule demands more than `outpatient`",
                  "/levels/0: some people in scope are placed at `outpatient` because no require rule holds for them"));
}

TEST(Gap, IsNoneWhereARuleHoldsForEverybody) {
  EXPECT_THAT(kind("gap", R"({"rules": [
                {"id": "all", "kind": "require", "level": "intensive", "when": "true"},
                {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "injects"}]})"),
              ElementsAre());
}

}  // namespace gap_test
}  // namespace placement
