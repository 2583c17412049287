// One engine, a scorer for each thread: the same answers as from one thread.
#include <thread>

#include "placement/batch.hpp"
#include "unit/batch/packs.hpp"

namespace placement {
namespace batch_threads_test {

TEST(BatchThreads, WithAScorerEachSayTheSame) {
  const Engine& engine = batch_tests::shipped();
  std::vector<KnownAnswers> rows = batch_tests::anybodies(1500, oracle::test_seed() + 331);
  oracle::Dice dice(oracle::test_seed() + 331);
  for (std::size_t i = 0; i < rows.size(); i += 150) rows[i] = batch_tests::anybody(dice, 80);
  const auto score = [&](std::vector<RowScore>& scores, std::vector<std::uint64_t>& held) {
    BatchScorer scorer(engine);
    scores.resize(rows.size());
    held.resize(rows.size() * scorer.held_words());
    scorer.score(std::span<const KnownAnswers>(rows), scores, held);
  };
  constexpr std::size_t kThreads = 4;
  std::vector<std::vector<RowScore>> scores(kThreads + 1);
  std::vector<std::vector<std::uint64_t>> held(kThreads + 1);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) threads.emplace_back([&, t] { score(scores[t], held[t]); });
  for (std::thread& thread : threads) thread.join();
  score(scores[kThreads], held[kThreads]);
  for (std::size_t t = 0; t < kThreads; ++t) {
    EXPECT_EQ(scores[t], scores[kThreads]) << "thread " << t;
    EXPECT_EQ(held[t], held[kThreads]) << "thread " << t;
  }
}

}  // namespace batch_threads_test
}  // namespace placement
