#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace request_test {

using testing::ElementsAre;

const Engine& engine() {
  static const Engine made = small_packs::engine(R"({"rules": [
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
    {"id": "infection", "kind": "alert", "urgency": "urgent", "when": "severe_infection_signs"}]})");
  return made;
}

std::vector<std::string> faults(const std::string& request) {
  const Result<Input> input =
      read_input(R"({"assessment": {"injects": true, "overdose_signs_now": false}, "request": )" + request + "}");
  EXPECT_TRUE(input.has_value());
  const Result<Recommendation> result = engine().recommend(input->assessment, input->request);
  if (result.has_value()) return {};
  EXPECT_EQ(result.error().code, ErrorCode::bad_request);
  return small_packs::faults_of(result.error());
}

TEST(Request, MayBeEmptyOrSayEverything) {
  EXPECT_THAT(faults("{}"), ElementsAre());
  EXPECT_THAT(faults(R"({"id": "r-1", "as_of": "2024-02-29", "current_level": "hospital",
    "current_capabilities": ["nursing"], "available": [{"level": "outpatient", "capabilities": ["psychiatry"]}],
    "undecided": "lowest", "handled": [{"alert": "overdose", "by": "RN-7", "at": "2026-11-22T10:00"}],
    "asked": ["craving"], "placed": {"level": "outpatient", "override_reason": "patient_choice"}})"),
              ElementsAre());
}

TEST(Request, MustNameWhatThePackHas) {
  const std::string levels = ": the pack has no such id: expected one of outpatient, intensive, residential, hospital";
  EXPECT_THAT(faults(R"({"current_level": "hospitl"})"),
              ElementsAre("/request/current_level" + levels + "; did you mean `hospital`?"));
  EXPECT_THAT(
      faults(R"({"current_level": "iop", "current_capabilities": ["nursing", "magic"]})"),
      ElementsAre("/request/current_level" + levels,
                  "/request/current_capabilities/1: the pack has no such id: expected one of nursing, psychiatry"));
  EXPECT_THAT(
      faults(R"({"available": [{"level": "hospital"}, {"level": "iop", "capabilities": ["magic"]}]})"),
      ElementsAre("/request/available/1/level" + levels,
                  "/request/available/1/capabilities/0: the pack has no such id: expected one of nursing, psychiatry"));
  EXPECT_THAT(faults(R"({"placed": {"level": "iop", "override_reason": "because"}})"),
              ElementsAre("/request/placed/level" + levels,
                          "/request/placed/override_reason: the pack has no such id: expected one of patient_choice"));
}

TEST(Request, HandlesOnlyStopAlertsAndEachOnce) {
  EXPECT_THAT(faults(R"({"handled": [{"alert": "overdos"}, {"alert": "infection"}, {"alert": "iv"}]})"),
              ElementsAre("/request/handled/0/alert: the pack has no such stop alert; did you mean `overdose`?",
                          "/request/handled/1/alert: the pack has no such stop alert",
                          "/request/handled/2/alert: the pack has no such stop alert"));
  EXPECT_THAT(faults(R"({"handled": [{"alert": "overdose"}, {"alert": "overdose"}]})"),
              ElementsAre("/request/handled/1/alert: the alert stands twice"));
}

TEST(Request, NeedsARealDate) {
  for (const std::string date : {"2026-02-29", "2026-13-01", "2026-1-1", "yesterday", "2026-11-22T10:00", "20261122xx"})
    EXPECT_THAT(faults(R"({"as_of": ")" + date + "\"}"),
                ElementsAre("/request/as_of: expected a date such as 2026-01-31"))
        << date;
}

TEST(Request, CurrentCapabilitiesNeedACurrentLevel) {
  EXPECT_THAT(faults(R"({"current_capabilities": []})"),
              ElementsAre("/request/current_capabilities: stands for the current programme: name `current_level` too"));
}

TEST(Request, PlacingElsewhereNeedsAReason) {
  EXPECT_THAT(faults(R"({"placed": {"level": "intensive"}})"), ElementsAre());
  EXPECT_THAT(
      faults(R"({"placed": {"level": "hospital"}})"),
      ElementsAre("/request/placed/override_reason: the placed level is not the indicated one: a reason is needed"));
}

}  // namespace request_test
}  // namespace placement
