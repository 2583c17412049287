#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/analysis/findings_of.hpp"

namespace placement {
namespace reachability_test {

using findings_of::kind;
using testing::ElementsAre;

TEST(Unreachable, LevelsAtWhichNobodyIsIndicated) {
  EXPECT_THAT(
      kind("unreachable", R"json({"rules": [
                {"id": "all", "kind": "require", "level": "intensive", "when": "injects or not(injects)"},
                {"id": "some", "kind": "require", "level": "residential", "when": "injects"},
                {"id": "same", "kind": "require", "level": "hospital", "when": "injects"}],
                "moves": [{"kind": "step_up", "from": "outpatient", "to": "intensive"},
                          {"kind": "step_up", "from": "intensive", "to": "residential"},
                          {"kind": "step_up", "from": "residential", "to": "hospital"},
                          {"kind": "step_down", "from": "hospital", "to": "residential"},
                          {"kind": "step_down", "from": "residential", "to": "intensive"},
                          {"kind": "step_down", "from": "intensive", "to": "outpatient"}]})json"),
      ElementsAre("/levels/0: nobody is indicated at `outpatient`", "/levels/2: nobody is indicated at `residential`"));
}

TEST(Unreachable, LevelsThatNoRuleDemands) {
  const std::vector<std::string> found = kind("unreachable", R"({"rules": [
    {"id": "a", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "b", "kind": "require", "level": "hospital", "when": "pregnant"}]})");
  EXPECT_THAT(found, ElementsAre("/levels/2: nobody is indicated at `residential`: no rule demands it"));
}

TEST(Unreachable, MovesThatAreNeverTheWay) {
  constexpr std::string_view kParts = R"({
    "levels": [{"id": "low"}, {"id": "middle"}, {"id": "high"}],
    "moves": [{"kind": "step_up", "from": "low", "to": "middle"}, {"kind": "step_up", "from": "middle", "to": "high"},
              {"kind": "step_up", "from": "low", "to": "high"}, {"kind": "step_down", "from": "high", "to": "middle"},
              {"kind": "step_down", "from": "high", "to": "low"}, {"kind": "step_down", "from": "middle", "to": "low"}],
    "rules": [{"id": "m", "kind": "require", "level": "middle", "when": "injects"},
              {"id": "h", "kind": "require", "level": "high", "when": "suicide_risk = high"}]})";
  EXPECT_THAT(
      kind("unreachable", kParts),
      ElementsAre("/moves/2: the step up from `low` to `high` is never walked: to every level another comes first"));
  // Who leaves `high` injects: nobody goes straight to `low`; or nobody does, and nobody stays in `middle`.
  EXPECT_THAT(
      kind("unreachable", kParts, R"({"/levels/2/resolves": {"injects": true}})"),
      ElementsAre(testing::StartsWith("/moves/2"),
                  "/moves/4: the step down from `high` to `low` is never wanted: nobody who leaves is then indicated "
                  "there"));
  EXPECT_THAT(kind("unreachable", kParts, R"({"/levels/2/resolves": {"injects": false, "suicide_risk": "none"}})"),
              ElementsAre(testing::StartsWith("/moves/2"), testing::StartsWith("/moves/3")));
}

TEST(Unreachable, ServicesTermsAndBands) {
  EXPECT_THAT(
      kind("unreachable", R"json({
                "constraints": [{"id": "grown", "always": "age_years >= 18"}],
                "terms": [{"id": "age", "of": "age_years", "bands": [{"name": "child", "from": 0}, {"name": "adult", "from": 18}]},
                          {"id": "never", "when": "injects and not(injects)"},
                          {"id": "young", "when": "age = child"}, {"id": "fine", "when": "age = adult"}],
                "rules": [{"id": "r1", "kind": "require", "level": "intensive", "when": "fine and injects"},
                          {"id": "r2", "kind": "require", "level": "residential", "when": "pregnant or never or young"},
                          {"id": "r3", "kind": "require", "level": "hospital", "when": "suicide_risk = high"},
                          {"id": "give", "kind": "offer", "service": "moud", "when": "injects"},
                          {"id": "not", "kind": "avoid", "service": "moud", "when": "true"},
                          {"id": "talk", "kind": "offer", "service": "counselling", "when": "injects"}]})json"),
      ElementsAre("/services/0: nobody is ever offered `moud`",
                  "/terms/0/bands/0: the band `child` of `age` is true of nobody",
                  "/terms/1: the term `never` is true of nobody", "/terms/2: the term `young` is true of nobody"));
}

TEST(Unused, NamesThatNothingReads) {
  EXPECT_THAT(kind("unused", R"({
                "terms": [{"id": "used", "when": "injects"}, {"id": "through", "when": "used or pregnant"},
                          {"id": "claimed", "when": "injects"}, {"id": "lost", "when": "injects"},
                          {"id": "of_lost", "when": "lost"}],
                "rules": [{"id": "r", "kind": "require", "level": "intensive", "when": "through"},
                          {"id": "talk", "kind": "avoid", "service": "counselling", "when": "injects"},
                          {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "injects"}],
                "properties": [{"id": "p", "says": "s", "implies": {"when": "claimed", "then": "level >= intensive"}}]})"),
              ElementsAre("/terms/3: nothing reads the term `lost`", "/terms/4: nothing reads the term `of_lost`",
                          "/capabilities/1: no rule asks for the capability `psychiatry`",
                          "/services/0: no rule offers or avoids the service `moud`"));
}

}  // namespace reachability_test
}  // namespace placement
