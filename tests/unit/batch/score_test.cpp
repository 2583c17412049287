// BatchScorer against Engine::recommend: status, possible levels and held rules of people known in full, in part and
// hardly at all, on the shipped pack and on random ones.
#include <algorithm>

#include "placement/batch.hpp"
#include "property/people.hpp"
#include "unit/batch/packs.hpp"

namespace placement {
namespace score_test {

struct Scored {
  std::vector<RowScore> scores;
  std::vector<std::uint64_t> held;
};

template <class Row>
Scored score(BatchScorer& scorer, const std::vector<Row>& rows) {
  Scored scored{std::vector<RowScore>(rows.size()),
                std::vector<std::uint64_t>(rows.size() * scorer.held_words(), ~std::uint64_t{0})};
  scorer.score(std::span<const Row>(rows), scored.scores, scored.held);
  return scored;
}

// Everything a row says, from the whole recommendation.
void expect_recommended(const Engine& engine, const Assessment& row, const RowScore& score,
                        std::span<const std::uint64_t> held) {
  const Recommendation wanted = engine.recommend(row).value();
  const std::string who = write_assessment(row);
  EXPECT_TRUE(score.valid);
  EXPECT_EQ(to_string(score.status), to_string(wanted.status)) << who;
  EXPECT_EQ(score.settled, wanted.settled) << who;
  EXPECT_EQ(score.indicated(), wanted.indicated) << who;
  std::uint64_t possible = 0;
  for (const std::size_t level : wanted.possible) possible |= std::uint64_t{1} << level;
  EXPECT_EQ(score.possible, possible) << who;
  EXPECT_EQ(score.lowest(), possible == 0 ? std::nullopt : std::optional(wanted.possible.front())) << who;
  EXPECT_EQ(score.highest(), possible == 0 ? std::nullopt : std::optional(wanted.possible.back())) << who;
  for (std::size_t r = 0; r < wanted.rules.size(); ++r)
    EXPECT_EQ((held[r / 64] >> (r % 64) & 1U) != 0, wanted.rules[r].state == RuleState::holds)
        << engine.pack().content().rules[r].id << ": " << who;
}

void expect_recommended(const Engine& engine, const std::vector<Assessment>& rows) {
  BatchScorer scorer(engine);
  const std::size_t words = scorer.held_words();
  const Scored scored = score(scorer, rows);
  for (std::size_t r = 0; r < rows.size() && !testing::Test::HasFailure(); ++r)
    expect_recommended(engine, rows[r], scored.scores[r], std::span(scored.held).subspan(r * words, words));
  // Without held rules, and remembered: nothing changes.
  std::vector<RowScore> again(rows.size());
  scorer.score(std::span<const Assessment>(rows), again);
  EXPECT_EQ(again, scored.scores);
  EXPECT_EQ(score(scorer, rows).held, scored.held);
  BatchScorer fresh(engine);
  fresh.score(std::span<const Assessment>(rows), again);
  EXPECT_EQ(again, scored.scores);
}

std::vector<Assessment> people(const Engine& engine, oracle::Dice& dice, int count, int least_known) {
  std::vector<Assessment> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(property::half_known(dice, property::complete_person(dice, engine), dice.between(least_known, 100)));
  return rows;
}

TEST(BatchScorer, SaysOfPeopleWhatIsRecommended) {
  oracle::Dice dice(oracle::test_seed() + 311);
  const Engine& engine = batch_tests::shipped();
  std::vector<Assessment> rows = people(engine, dice, oracle::drawn(120), 60);
  for (int i = 0; i < oracle::drawn(160); ++i) rows.push_back(property::complete_person(dice, engine));
  for (int i = 0; i < oracle::drawn(16); ++i) rows.emplace_back(batch_tests::anybody(dice, 10));
  expect_recommended(engine, rows);
}

TEST(BatchScorer, SaysOfAnyAnswersWhatIsRecommended) {  // most of them contradict each other
  oracle::Dice dice(oracle::test_seed() + 312);
  std::vector<Assessment> rows;
  for (int i = 0; i < oracle::drawn(200); ++i) rows.emplace_back(batch_tests::anybody(dice, i % 2 == 0 ? 100 : 95));
  expect_recommended(batch_tests::shipped(), rows);
}

TEST(BatchScorer, SaysTheSameUnderRandomPacks) {
  oracle::Dice dice(oracle::test_seed() + 313);
  for (int i = 0; i < oracle::drawn(24) && !testing::Test::HasFailure(); ++i) {
    const oracle::Json pack = oracle::random_pack(dice, i % 2 == 0 ? oracle::kSmallPack : oracle::kLargePack);
    SCOPED_TRACE(pack.dump());
    const Engine engine = Engine::make(read_pack(pack.dump()).value()).value();
    std::vector<Assessment> rows = people(engine, dice, 20, 0);
    for (int j = 0; j < 10; ++j) rows.emplace_back(batch_tests::anybody(dice, j * 11));
    expect_recommended(engine, rows);
  }
}

TEST(BatchScorer, TakesRowsOfBytesToo) {
  const Engine& engine = batch_tests::shipped();
  for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 63U, 64U, 65U, 1000U, 1024U, 1025U, 2500U}) {
    SCOPED_TRACE(std::to_string(count) + " rows");
    const std::vector<KnownAnswers> rows = batch_tests::anybodies(count, oracle::test_seed() + 314);
    BatchScorer scorer(engine);
    const Scored scored = score(scorer, rows);
    std::vector<std::uint64_t> held(engine.held_words());
    for (std::size_t r = 0; r < count && !testing::Test::HasFailure(); ++r) {
      const Score wanted = engine.score(rows[r], held);
      EXPECT_TRUE(std::equal(held.begin(), held.end(), scored.held.begin() + static_cast<std::ptrdiff_t>(r * 3)));
      EXPECT_TRUE(scored.scores[r].complete);
      EXPECT_EQ(scored.scores[r].status == Status::emergency, wanted.stop);
      EXPECT_EQ(scored.scores[r].possible,
                wanted.consistent && wanted.in_scope ? std::uint64_t{1} << wanted.level : std::uint64_t{0});
    }
  }
}

TEST(BatchScorer, WithEveryTargetSaysTheSame) {
  std::vector<KnownAnswers> rows = batch_tests::anybodies(300, oracle::test_seed() + 315);
  oracle::Dice dice(oracle::test_seed() + 315);
  for (int i = 0; i < 20; ++i) rows.push_back(batch_tests::anybody(dice, 85));
  std::vector<Scored> all;
  batch_tests::for_each_target([&] {
    BatchScorer scorer(batch_tests::shipped());
    all.push_back(score(scorer, rows));
  });
  ASSERT_FALSE(all.empty());
  for (const Scored& scored : all) {
    EXPECT_EQ(scored.scores, all.front().scores);
    EXPECT_EQ(scored.held, all.front().held);
  }
}

// Who is complete, and who is decided, where something must be known that no rule reads.
TEST(BatchScorer, AsksForWhatMustBeKnown) {
  const Engine engine = small_packs::engine(
      R"({"rules":[{"id":"a","kind":"require","level":"intensive","when":"cows_score >= 13"}],
          "must_know":[{"field":"pregnant","when":"cows_score >= 13","because":"It matters."}]})");
  const std::vector<Assessment> rows{
      small_packs::person(R"({"cows_score":20})"),
      small_packs::person(R"({"cows_score":20,"pregnant":false})"),
      small_packs::person(R"({"cows_score":2})"),
      small_packs::person(R"({"cows_score":{"from":13}})"),
      small_packs::person(R"({"cows_score":{"from":13},"pregnant":true})"),
      small_packs::person(R"({"pregnant":true})"),
  };
  expect_recommended(engine, rows);
  BatchScorer scorer(engine);
  const Scored scored = score(scorer, rows);
  std::vector<std::string> said;
  for (const RowScore& s : scored.scores)
    said.push_back(std::string(to_string(s.status)) + (s.complete ? " complete" : ""));
  EXPECT_EQ(said, (std::vector<std::string>{"undecided complete", "decided complete", "decided complete",
                                            "undecided complete", "decided complete", "undecided"}));
}

// What only `continue` rules read, and only conditions of what must be known, says nothing about a row.
TEST(BatchScorer, NeedsNoMoreThanWhatDecides) {
  const Engine engine = small_packs::engine(
      R"({"rules":[{"id":"a","kind":"require","level":"intensive","when":"cows_score >= 13"},
                   {"id":"b","kind":"continue","when":"progress = improving"}],
          "must_know":[{"field":"pregnant","when":"injects","because":"It matters."}]})");
  const std::vector<Assessment> rows{
      small_packs::person(R"({"cows_score":20,"pregnant":false})"),
      small_packs::person(R"({"cows_score":2,"pregnant":true,"progress":"worse"})"),
      small_packs::person(R"({"cows_score":2,"injects":false})"),
      small_packs::person(R"({"cows_score":2})"),
  };
  expect_recommended(engine, rows);
  BatchScorer scorer(engine);
  std::vector<std::string> said;
  for (const RowScore& s : score(scorer, rows).scores)
    said.push_back(std::string(to_string(s.status)) + (s.complete ? " complete" : ""));
  EXPECT_EQ(said, (std::vector<std::string>{"decided complete", "decided complete", "decided complete",
                                            "undecided complete"}));
}

TEST(BatchScorer, SaysWhereTheSearchRanOut) {
  oracle::Dice dice(oracle::test_seed() + 316);
  EngineOptions options;
  options.step_budget = 3;
  const Engine engine = std::move(Engine::make(default_pack(), options)).value();
  BatchScorer scorer(engine);
  std::vector<KnownAnswers> rows;
  for (int i = 0; i < 40; ++i) rows.push_back(batch_tests::anybody(dice, 20));
  const Scored scored = score(scorer, rows);
  EXPECT_TRUE(std::any_of(scored.scores.begin(), scored.scores.end(), [](const RowScore& s) { return !s.settled; }));
  for (const RowScore& s : scored.scores)
    if (!s.settled) {
      EXPECT_NE(s.status, Status::decided);
    }
}

}  // namespace score_test
}  // namespace placement
