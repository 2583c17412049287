#include "placement/rule_pack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace rule_pack_test {

constexpr std::string_view kGraphParts = R"({"rules": [
  {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
  {"id": "ill", "kind": "require", "level": "hospital", "when": "medical_need = needs_hospital"}]})";

std::string digest(std::string_view text) { return read_pack(text).value().digest(); }

TEST(RulePack, FindsThingsById) {
  const RulePack pack = small_packs::pack(kGraphParts);
  const PackContent& content = pack.content();
  EXPECT_EQ(content.find_level("hospital"), 3U);
  EXPECT_EQ(content.find_level("hotel"), std::nullopt);
  EXPECT_EQ(content.find_rule("ill"), 1U);
  EXPECT_EQ(content.find_rule(""), std::nullopt);
  EXPECT_EQ(content.find_capability("psychiatry"), 1U);
  EXPECT_EQ(content.find_capability("moud"), std::nullopt);
  EXPECT_EQ(content.find_service("counselling"), 1U);
  EXPECT_EQ(content.find_service("nursing"), std::nullopt);
}

TEST(RulePack, OrdersLevelsByIntensityAndKeepsTheRestAsInTheFile) {
  const RulePack pack = small_packs::pack(kGraphParts, R"({"/levels/0/intensity": 500, "/moves": [
    {"kind": "step_up", "from": "intensive", "to": "residential"},
    {"kind": "step_up", "from": "residential", "to": "hospital"},
    {"kind": "step_up", "from": "hospital", "to": "outpatient"},
    {"kind": "step_down", "from": "outpatient", "to": "hospital"},
    {"kind": "step_down", "from": "hospital", "to": "residential"},
    {"kind": "step_down", "from": "residential", "to": "intensive"}]})");
  const PackContent& content = pack.content();
  EXPECT_EQ(content.levels.front().id, "intensive");
  EXPECT_EQ(content.levels.back().id, "outpatient");
  EXPECT_EQ(content.levels[content.rules[0].target].id, "intensive");
  EXPECT_EQ(content.rules[0].id, "iv");
}

TEST(RulePack, DigestIsSixtyFourHexadecimalDigits) {
  EXPECT_THAT(small_packs::pack().digest(), testing::MatchesRegex("[0-9a-f]{64}"));
}

TEST(RulePack, DigestDoesNotDependOnKeyOrderOrWhitespace) {
  const std::string text = small_packs::text(kGraphParts);
  std::string spaced;
  for (const char c : text) spaced += c == ',' ? std::string(" ,\n ") : std::string(1, c);
  EXPECT_EQ(digest(text), digest(spaced));
  // Keys come sorted from the helper; the title is taken from its place and put in front.
  const std::string key = R"("title":"A pack for tests",)";
  std::string moved = text;
  ASSERT_NE(moved.find(key), std::string::npos);
  moved.erase(moved.find(key), key.size());
  moved.insert(1, key);
  EXPECT_NE(moved, text);
  EXPECT_EQ(digest(text), digest(moved));
}

TEST(RulePack, DigestDependsOnContentAndOnTheOrderOfLists) {
  const std::string wanted = digest(small_packs::text(kGraphParts));
  EXPECT_NE(wanted, digest(small_packs::text(kGraphParts, R"({"/title": "Another pack"})")));
  EXPECT_NE(wanted, digest(small_packs::text(kGraphParts, R"({"/rules/0/when": "injects "})")));
  const std::string swapped = small_packs::text(R"({"rules": [
    {"id": "ill", "kind": "require", "level": "hospital", "when": "medical_need = needs_hospital"},
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"}]})");
  EXPECT_NE(wanted, digest(swapped));
}

TEST(RulePack, CopiesShareTheirContent) {
  const RulePack pack = small_packs::pack(kGraphParts);
  const RulePack copy = pack;  // NOLINT(performance-unnecessary-copy-initialization): the copy is what is tested
  EXPECT_EQ(&pack.content(), &copy.content());
}

TEST(RulePack, UsesTheWordsOfItsFiles) {
  EXPECT_EQ(to_string(Evidence::consensus_unverified), "consensus_unverified");
  EXPECT_EQ(to_string(Evidence::secondary), "secondary");
  EXPECT_EQ(to_string(Evidence::verified), "verified");
  EXPECT_EQ(to_string(Strength::not_graded), "not_graded");
  EXPECT_EQ(to_string(Strength::weak), "weak");
  EXPECT_EQ(to_string(Strength::conditional), "conditional");
  EXPECT_EQ(to_string(Strength::strong), "strong");
  EXPECT_EQ(to_string(RuleKind::require), "require");
  EXPECT_EQ(to_string(RuleKind::continued_stay), "continue");
  EXPECT_EQ(to_string(RuleKind::capability), "capability");
  EXPECT_EQ(to_string(RuleKind::offer), "offer");
  EXPECT_EQ(to_string(RuleKind::avoid), "avoid");
  EXPECT_EQ(to_string(RuleKind::alert), "alert");
  EXPECT_EQ(to_string(RuleKind::out_of_scope), "out_of_scope");
  EXPECT_EQ(to_string(Urgency::stop), "stop");
  EXPECT_EQ(to_string(Urgency::urgent), "urgent");
  EXPECT_EQ(to_string(Urgency::notice), "notice");
}

}  // namespace rule_pack_test
}  // namespace placement
