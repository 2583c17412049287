#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/analysis/findings_of.hpp"

namespace placement {
namespace overlap_test {

using findings_of::kind;
using testing::ElementsAre;

TEST(Duplicate, HoldsForTheSamePeopleHoweverItIsWritten) {
  constexpr std::string_view kParts = R"json({
    "constraints": [{"id": "c", "always": "suicide_risk != high or self_care != independent"}],
    "rules": [{"id": "first", "kind": "require", "level": "hospital", "when": "suicide_risk = high"},
              {"id": "same", "kind": "require", "level": "hospital", "when": "suicide_risk = high and self_care >= needs_help"},
              {"id": "third", "kind": "require", "level": "hospital", "when": "not(suicide_risk < high)"},
              {"id": "lower", "kind": "require", "level": "intensive", "when": "injects"},
              {"id": "offer", "kind": "offer", "service": "moud", "when": "injects"},
              {"id": "other", "kind": "offer", "service": "counselling", "when": "injects"}]})json";
  EXPECT_THAT(kind("duplicate", kParts),
              ElementsAre("/rules/1: `same` holds exactly when `first` does, with the same effect",
                          "/rules/2: `third` holds exactly when `first` does, with the same effect"));
  EXPECT_THAT(kind("subsumed", kParts), ElementsAre());
}

TEST(Duplicate, IsAnAlertOnlyWithTheSameUrgencyAndAction) {
  const auto duplicates = [](const std::string& urgency, const std::string& action) {
    return kind("duplicate", R"({"rules": [
      {"id": "a", "kind": "alert", "urgency": "urgent", "action": "Call.", "when": "injects"},
      {"id": "b", "kind": "alert", "urgency": ")" +
                                 urgency + R"(", "action": ")" + action + R"(", "when": "injects"}]})")
        .size();
  };
  EXPECT_EQ(duplicates("urgent", "Call."), 1U);
  EXPECT_EQ(duplicates("stop", "Call."), 0U);
  EXPECT_EQ(duplicates("urgent", "Wait."), 0U);
}

TEST(Subsumed, RequireNeverChangesTheLevel) {
  EXPECT_THAT(
      kind("subsumed", R"({"rules": [
                {"id": "wide", "kind": "require", "level": "residential", "when": "injects"},
                {"id": "narrow", "kind": "require", "level": "residential", "when": "injects and pregnant"},
                {"id": "below", "kind": "require", "level": "intensive", "when": "injects and age_years > 30"},
                {"id": "above", "kind": "require", "level": "hospital", "when": "injects and age_years > 60"},
                {"id": "lowest", "kind": "require", "level": "outpatient", "when": "pregnant"}]})"),
      ElementsAre("/rules/1: `narrow` changes nothing: whenever it holds, so does `wide`",
                  "/rules/2: `below` changes nothing: whenever it holds, so does `wide`",
                  "/rules/4: `lowest` changes nothing: it demands the lowest level, where everybody is anyway"));
}

TEST(Subsumed, BySeveralRulesOfWhichNoneCanBeLeftOut) {
  EXPECT_THAT(
      kind("subsumed", R"({"rules": [
                {"id": "far", "kind": "require", "level": "residential", "when": "injects and craving > 8"},
                {"id": "much", "kind": "require", "level": "residential", "when": "craving >= 5"},
                {"id": "little", "kind": "require", "level": "residential", "when": "craving <= 5 and pregnant"},
                {"id": "pregnant", "kind": "require", "level": "residential", "when": "pregnant and injects"}]})"),
      ElementsAre("/rules/0: `far` changes nothing: whenever it holds, so does `much`",
                  "/rules/3: `pregnant` changes nothing: whenever it holds, so does one of `much` and `little`"));
}

TEST(Subsumed, OffersByOffersOfTheSameServiceAndWhatAvoidsIt) {
  constexpr std::string_view kParts = R"json({"rules": [
    {"id": "all", "kind": "offer", "service": "moud", "when": "injects and pregnant"},
    {"id": "part", "kind": "offer", "service": "moud", "when": "injects"},
    {"id": "other", "kind": "offer", "service": "counselling", "when": "injects and pregnant"},
    {"id": "rest", "kind": "offer", "service": "moud", "when": "craving > 3 and (injects or acute_liver_failure)"},
    {"id": "liver", "kind": "avoid", "service": "moud", "when": "acute_liver_failure"}]})json";
  EXPECT_THAT(kind("subsumed", kParts),
              ElementsAre("/rules/0: `all` changes nothing: whenever it holds, so does `part`",
                          "/rules/3: `rest` changes nothing: whenever it holds, so does one of `part` and `liver`"));
  EXPECT_THAT(kind("contradictory", kParts), ElementsAre());
}

TEST(Contradictory, OfferIsNeverGiven) {
  constexpr std::string_view kParts = R"({"rules": [
    {"id": "never", "kind": "offer", "service": "moud", "when": "acute_liver_failure and injects"},
    {"id": "mostly", "kind": "offer", "service": "moud", "when": "pregnant"},
    {"id": "other", "kind": "offer", "service": "counselling", "when": "acute_liver_failure"},
    {"id": "liver", "kind": "avoid", "service": "moud", "when": "acute_liver_failure"}]})";
  EXPECT_THAT(kind("contradictory", kParts),
              ElementsAre("/rules/0: `never` is never given: whenever it holds, `liver` avoids the same service"));
  EXPECT_THAT(kind("overridden", kParts),
              ElementsAre("/rules/1: `mostly` can hold together with `liver`: the service is avoided then"));
}

TEST(Overlap, IsSummedUpByPairsOfLevels) {
  EXPECT_THAT(
      kind("overlap", R"json({"rules": [
                {"id": "a", "kind": "require", "level": "intensive", "when": "injects"},
                {"id": "b", "kind": "require", "level": "intensive", "when": "not(pregnant)"},
                {"id": "c", "kind": "require", "level": "hospital", "when": "pregnant"},
                {"id": "d", "kind": "require", "level": "residential", "when": "not(injects) and pregnant"}]})json"),
      ElementsAre("/levels/3: 1 of 2 pairs of rules demanding `intensive` and `hospital` can hold together (the "
                  "higher decides), such as `a` and `c`",
                  "/levels/3: 1 of 1 pairs of rules demanding `residential` and `hospital` can hold together (the "
                  "higher decides), such as `d` and `c`"));
}

}  // namespace overlap_test
}  // namespace placement
