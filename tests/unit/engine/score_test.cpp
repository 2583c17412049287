// Scoring by masks against reading the conditions, on random complete assessments of the shipped pack.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/walk.hpp"
#include "oracle/generate.hpp"
#include "placement/io.hpp"
#include "property/people.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace score_test {

const Engine& shipped() {
  static const Engine engine = std::move(Engine::make(default_pack())).value();
  return engine;
}

Assessment anybody(oracle::Dice& dice) {
  Assessment answers;
  for (const FieldSpec& f : fields()) answers.set(f.field, dice.roll(f.size()));
  return answers;
}

// Score and held rules from the conditions themselves.
Score by_definition(const Engine& engine, const Assessment& answers, std::vector<bool>& held) {
  const pack::CheckedPack& pack = engine.pack().checked();
  held = engine::held_rules(pack, answers);
  Score score;
  for (std::size_t r = 0; r < held.size(); ++r) {
    const Rule& rule = pack.content.rules[r];
    if (rule.kind == RuleKind::continued_stay) held[r] = false;
    if (!held[r]) continue;
    if (rule.kind == RuleKind::require) score.level = std::max(score.level, static_cast<std::uint16_t>(rule.target));
    if (rule.kind == RuleKind::out_of_scope) score.in_scope = false;
    if (rule.kind == RuleKind::alert && rule.urgency == Urgency::stop) score.stop = true;
  }
  for (const pack::Node& constraint : pack.constraints)
    if (pack::evaluate(constraint, pack.terms, answers) == Truth::no) score.consistent = false;
  return score;
}

void expect_same(const Engine& engine, const Assessment& answers) {
  std::vector<bool> wanted_rules;
  const Score wanted = by_definition(engine, answers, wanted_rules);
  std::vector<std::uint64_t> held(engine.held_words(), ~std::uint64_t{0}), held_from_codes(engine.held_words());
  const Score score = engine.score(answers.known(), held);
  EXPECT_EQ(score.consistent, wanted.consistent);
  EXPECT_EQ(score.in_scope, wanted.in_scope);
  EXPECT_EQ(score.stop, wanted.stop);
  if (wanted.consistent && wanted.in_scope) {
    EXPECT_EQ(score.level, wanted.level);
  }
  for (std::size_t r = 0; r < wanted_rules.size(); ++r)
    EXPECT_EQ((held[r / 64] >> (r % 64) & 1U) != 0, wanted_rules[r]) << engine.pack().content().rules[r].id;

  std::vector<std::uint8_t> codes(engine.code_count());
  engine.encode(answers.known(), codes);
  EXPECT_EQ(engine.score(codes, held_from_codes), score);
  EXPECT_EQ(held_from_codes, held);
}

TEST(Score, AgreesWithTheConditionsForPeople) {
  oracle::Dice dice(oracle::test_seed() + 61);
  for (int i = 0; i < 1500 && !testing::Test::HasFailure(); ++i) {
    const Assessment answers = property::complete_person(dice, shipped());
    std::vector<std::uint64_t> held(shipped().held_words());
    EXPECT_TRUE(shipped().score(answers.known(), held).consistent);
    expect_same(shipped(), answers);
  }
}

TEST(Score, AgreesWithTheConditionsForAnyAnswers) {
  oracle::Dice dice(oracle::test_seed() + 62);
  for (int i = 0; i < 1500 && !testing::Test::HasFailure(); ++i) expect_same(shipped(), anybody(dice));
}

TEST(Score, IsTheLevelThatIsIndicated) {
  oracle::Dice dice(oracle::test_seed() + 63);
  int decided = 0;
  for (int i = 0; i < 4000 && decided < 40; ++i) {
    const Assessment answers = property::complete_person(dice, shipped());
    std::vector<std::uint64_t> held(shipped().held_words());
    const Score score = shipped().score(answers.known(), held);
    const Status wanted = score.stop ? Status::emergency : !score.in_scope ? Status::out_of_scope : Status::decided;
    if (wanted != Status::decided && i >= 20) continue;
    const Recommendation result = shipped().recommend(answers).value();
    EXPECT_EQ(result.status, wanted);
    if (wanted != Status::decided) continue;
    ++decided;
    EXPECT_EQ(result.indicated, std::size_t{score.level});
  }
  EXPECT_GE(decided, 10);
}

TEST(Score, OfPacksWithoutRulesIsTheLowestLevel) {
  const Engine engine = small_packs::engine();
  EXPECT_EQ(engine.score(KnownAnswers{}, {}), Score{});
}

}  // namespace score_test
}  // namespace placement
