// Limits of compilation, as an author of a pack meets them.
#include "engine/compile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/pack/small_packs.hpp"

namespace placement {
namespace compile_test {

using testing::ElementsAre;

const std::vector<std::string>& flags() {
  static const std::vector<std::string> names{"pregnant",
                                              "postpartum",
                                              "oud_history",
                                              "injects",
                                              "uses_alone",
                                              "wants_withdrawal_management",
                                              "severe_opioid_withdrawal_before",
                                              "withdrawal_management_completed",
                                              "complicated_withdrawal_now",
                                              "complicated_withdrawal_ever",
                                              "reliable_adult_at_home",
                                              "overdose_signs_now",
                                              "tolerance_lost_30d",
                                              "acute_liver_failure",
                                              "autonomic_instability",
                                              "severe_infection_signs",
                                              "danger_to_others",
                                              "lacks_capacity"};
  return names;
}

// (a or b) and (c or d) and ...: 2^n alternatives.
std::string pairs(std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i)
    text += (i == 0 ? "(" : " and (") + flags()[2 * i] + " or " + flags()[2 * i + 1] + ")";
  return text;
}

std::string require(const std::string& id, const std::string& when) {
  return R"({"id": ")" + id + R"(", "kind": "require", "level": "hospital", "when": ")" + when + "\"}";
}

std::vector<std::string> limits(const std::string& parts) {
  const Result<Engine> engine = Engine::make(small_packs::pack(parts));
  if (engine.has_value()) return {};
  EXPECT_EQ(engine.error().code, ErrorCode::limit);
  return small_packs::faults_of(engine.error());
}

TEST(Compile, TakesARuleOf256AlternativesAndRefusesMore) {
  EXPECT_THAT(limits(R"({"rules": [)" + require("a", pairs(8)) + "]}"), ElementsAre());
  EXPECT_THAT(limits(R"({"rules": [)" + require("a", pairs(9)) + "]}"),
              ElementsAre("/rules/0/when: more than 256 alternatives once multiplied out, in `" + pairs(9) + "`"));
}

TEST(Compile, NamesThePartThatMultiplies) {
  EXPECT_THAT(limits(R"({"rules": [)" + require("a", "craving = 3 or (" + pairs(9) + ")") + "]}"),
              ElementsAre("/rules/0/when: more than 256 alternatives once multiplied out, in `(" + pairs(9) + ")`"));
}

TEST(Compile, ListsEveryConditionThatIsTooLarge) {
  // A constraint counts as what it forbids: the negation of `pairs` is small, the negation of its negation is not.
  EXPECT_THAT(limits(R"({"rules": [)" + require("a", "injects") + "," + require("b", pairs(9)) +
                     R"(], "constraints": [{"id": "c", "always": "not()" + pairs(9) + R"-()"}]})-"),
              ElementsAre(testing::StartsWith("/rules/1/when: "), testing::StartsWith("/constraints/0/always: ")));
}

TEST(Compile, Takes4096AlternativesInAllAndRefusesMore) {
  std::string rules = require("r0", pairs(8));
  for (int i = 1; i < 16; ++i) rules += "," + require("r" + std::to_string(i), pairs(8));
  const Result<Engine> full = Engine::make(small_packs::pack(R"({"rules": [)" + rules + "]}"));
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(full->box_count(), 4096U);
  EXPECT_THAT(limits(R"({"rules": [)" + rules + "," + require("last", "injects") + "]}"),
              ElementsAre("/rules/16/when: more than 4096 alternatives in the whole pack, from here on"));
}

TEST(Compile, Takes64RangesOfAFieldAndRefusesMore) {
  std::string rules = require("r0", "age_years = 0");
  for (int age = 1; age < 63; ++age)
    rules += "," + require("r" + std::to_string(age), "age_years = " + std::to_string(age));
  EXPECT_THAT(limits(R"({"rules": [)" + rules + "]}"), ElementsAre());  // 63 ages and the rest
  EXPECT_THAT(limits(R"({"rules": [)" + rules + "," + require("last", "age_years = 63") + "]}"),
              ElementsAre("`age_years`: more than 64 distinguishable ranges"));
}

TEST(Compile, ReadsOnlyFieldsOfConditions) {
  EXPECT_EQ(small_packs::engine().code_count(), 0U);
  EXPECT_EQ(small_packs::engine(R"({"rules": [)" + require("a", "injects or craving > 3") + "]}").code_count(), 2U);
}

TEST(Compile, TurnsAnswersIntoCodesAndBack) {
  const Engine engine = small_packs::engine(R"({"rules": [)" + require("a", "cows_score >= 13") + "]}");
  const masks::Masks& masks = engine.compiled().masks;
  const auto region = engine::region_of(small_packs::person(R"({"cows_score": {"from": 14}})"), masks);
  const auto column = static_cast<std::size_t>(Field::cows_score);
  EXPECT_EQ(engine::values_of(Field::cows_score, region[column], masks), ValueSet::range(13, 48));
  const auto both = engine::region_of(small_packs::person(R"({"cows_score": {"from": 12}})"), masks);
  EXPECT_EQ(engine::values_of(Field::cows_score, both[column], masks), ValueSet::range(0, 48));
}

}  // namespace compile_test
}  // namespace placement
