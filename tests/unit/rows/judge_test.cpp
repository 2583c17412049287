#include "rows/judge.hpp"

#include <bit>

#include "property/people.hpp"
#include "unit/batch/packs.hpp"

namespace placement::rows {
namespace judge_test {

// What the cheaper way says of rows, beside the whole recommendation. Returns how many rows are forced jointly.
int expect_determining_rules_of(const Engine& engine, const std::vector<Assessment>& people) {
  std::vector<Row> rows(people.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].assessment = people[i];
  Judge judge(engine, UndecidedPolicy::none, Needs::determining_rules);
  const std::span<const Verdict> verdicts = judge.judge(rows);
  int jointly = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Recommendation wanted = engine.recommend(people[i]).value();
    for (std::size_t r = 0; r < wanted.rules.size(); ++r) {
      EXPECT_EQ((verdicts[i].determining[r / 64] >> (r % 64) & 1U) != 0, wanted.rules[r].determining)
          << engine.pack().content().rules[r].id << ": " << write_assessment(people[i]);
      if (wanted.rules[r].jointly) ++jointly;
    }
  }
  return jointly;
}

TEST(Judge, NamesTheRulesThatForceTheLevelAsARecommendationDoes) {
  oracle::Dice dice(oracle::test_seed());
  const Engine& shipped = batch_tests::shipped();
  std::vector<Assessment> people;
  for (int i = 0; i < 60; ++i)
    people.push_back(property::half_known(dice, property::complete_person(dice, shipped), dice.between(60, 100)));
  expect_determining_rules_of(shipped, people);

  const Engine random = batch_tests::many_rules(60, Field::cows_score, 3);
  people.clear();
  for (const KnownAnswers& row : batch_tests::anybodies(200, oracle::test_seed(), 80)) people.emplace_back(row);
  expect_determining_rules_of(random, people);
}

TEST(Judge, NamesRulesThatForceTheLevelOnlyTogether) {
  const Engine either = small_packs::engine(R"json({"rules": [
    {"id": "does", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "does_not", "kind": "require", "level": "intensive", "when": "not(injects)"}]})json");
  EXPECT_EQ(expect_determining_rules_of(either, {Assessment()}), 2);
}

TEST(Judge, AsksWhatMustBeKnownWhereAllRulesAreToldAlready) {
  const Engine engine = small_packs::engine(
      R"({"rules":[{"id":"a","kind":"require","level":"intensive","when":"cows_score >= 13"}],
          "must_know":[{"field":"pregnant","when":"cows_score >= 13","because":"It matters."}]})");
  std::vector<Row> rows(2);
  rows[0].assessment = small_packs::person(R"({"cows_score":20})");
  rows[1].assessment = small_packs::person(R"({"cows_score":20,"pregnant":true})");
  Judge judge(engine, UndecidedPolicy::none, Needs::whole);
  const std::span<const Verdict> verdicts = judge.judge(rows);
  ASSERT_NE(verdicts[0].whole, nullptr);
  EXPECT_EQ(verdicts[0].whole->next_question, Field::pregnant);
  EXPECT_EQ(verdicts[0].next_question, Field::pregnant);
  EXPECT_EQ(verdicts[1].whole, nullptr);
  EXPECT_EQ(verdicts[1].next_question, std::nullopt);

  Judge asking(engine, UndecidedPolicy::none, Needs::next_question);
  const std::span<const Verdict> asked = asking.judge(rows);
  EXPECT_EQ(asked[0].next_question, Field::pregnant);
  EXPECT_EQ(asked[1].next_question, std::nullopt);
}

}  // namespace judge_test
}  // namespace placement::rows
