// The library against the brute-force definition: status, possible levels, the state of every rule, service and
// capability and the fields they wait for, required and relevant fields, determining rules, reason and conflict.
// Tiny packs are tried with every partial assessment, larger ones with random assessments.
#include <gtest/gtest.h>

#include <iostream>

#include "oracle/compare.hpp"
#include "oracle/generate.hpp"

namespace {

using oracle::Json;

// Counts what was compared; after a few disagreements the rest would only repeat them.
class Tally {
 public:
  void compare(const oracle::Comparison& comparison, const Json& assessment) {
    ++compared_;
    const oracle::Verdict verdict = comparison.judge(assessment);
    ++statuses_[verdict.status];
    if (const auto disagreement = comparison.disagreement(assessment, verdict)) {
      ++disagreements_;
      ADD_FAILURE() << *disagreement;
    }
  }
  bool is_enough() const { return disagreements_ >= 3; }
  ~Tally() {
    std::cout << compared_ << " assessments compared:";
    for (const auto& [status, count] : statuses_) std::cout << ' ' << count << ' ' << status;
    std::cout << '\n';
  }

 private:
  int compared_ = 0, disagreements_ = 0;
  std::map<std::string, int> statuses_;
};

void compare_random(const oracle::PackShape& shape, std::uint64_t stream, int packs, int assessments,
                    oracle::Thinning thinning) {
  oracle::Dice dice(oracle::test_seed() + stream);
  Tally tally;
  for (int i = 0; i < oracle::drawn(packs) && !tally.is_enough(); ++i) {
    const Json pack = oracle::random_pack(dice, shape);
    const Json request = oracle::random_request(dice, pack);
    const oracle::Comparison comparison(pack, request);
    const oracle::Pack read = oracle::read_pack(pack, request);
    for (int k = 0; k < assessments && !tally.is_enough(); ++k) {
      const Json complete = oracle::random_complete(dice, read, dice.chance(85));
      tally.compare(comparison, oracle::thinned(dice, complete, thinning));
    }
  }
}

TEST(Agreement, EveryPartialAssessmentOfTinyPacks) {
  oracle::Dice dice(oracle::test_seed());
  Tally tally;
  for (int i = 0; i < oracle::drawn(100) && !tally.is_enough(); ++i) {
    const Json pack = oracle::random_pack(dice, oracle::kTinyPack);
    const Json request = oracle::random_request(dice, pack);
    const oracle::Comparison comparison(pack, request);
    oracle::for_each_assessment(oracle::read_pack(pack, request).reads, [&](const Json& assessment) {
      if (!tally.is_enough()) tally.compare(comparison, assessment);
    });
  }
}

TEST(Agreement, CompleteAssessmentsOfSmallPacks) { compare_random(oracle::kSmallPack, 1, 200, 10, {0, 0, 1}); }

TEST(Agreement, PartialAssessmentsOfSmallPacks) { compare_random(oracle::kSmallPack, 2, 600, 20, {25, 40, 4000}); }

TEST(Agreement, AssessmentsOfLargePacksWithMostFieldsAnswered) {
  compare_random(oracle::kLargePack, 3, 300, 15, {20, 25, 4000});
}

}  // namespace
