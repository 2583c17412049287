// The order of questions against its definition, by going through all completions with exact fractions:
// docs/semantics.md, "The next question". Which fields are relevant is compared elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

#include "oracle/compare.hpp"
#include "oracle/generate.hpp"

namespace {

using oracle::Json;
using Fraction = boost::multiprecision::cpp_rational;

// The weight of one value of a field: its own, or its part of its band's.
Fraction weight_of(const Json& pack, const oracle::Read& read, int value) {
  if (!pack["priors"].contains(read.id)) return 1;
  const Json& weights = pack["priors"][read.id];
  if (weights[0].is_number()) return weights[static_cast<std::size_t>(value)].get<int>();
  for (std::size_t band = weights.size();; --band) {
    const int from = weights[band - 1]["from"];
    const int next = band < weights.size() ? weights[band]["from"].get<int>() : static_cast<int>(read.values.size());
    if (value >= from) return Fraction(weights[band - 1]["weight"].get<int>(), next - from);
  }
}

// For each field the weight of every answer's completions by outcome; -1 is out of scope.
using Table = std::map<std::pair<std::size_t, int>, std::map<int, Fraction>>;

Table outcomes(const Json& pack, const oracle::Pack& read, const Json& assessment) {
  std::vector<std::vector<int>> answers;
  for (const oracle::Read& r : read.reads)
    answers.push_back(oracle::values_of(r.values, assessment.value(r.id, Json())));
  Table table;
  std::vector<std::size_t> at(answers.size(), 0);
  for (;;) {
    oracle::Point point(oracle::fields().size());
    Fraction weight = 1;
    for (std::size_t i = 0; i < at.size(); ++i) {
      point[read.reads[i].field] = answers[i][at[i]];
      weight *= weight_of(pack, read.reads[i], answers[i][at[i]]);
    }
    const auto fact = [&](std::size_t which) { return read.facts[which].is.value(point); };
    if (fact(oracle::kConsistent) == 1) {
      const int outcome = fact(oracle::kOutOfScope) == 1 ? -1 : fact(oracle::kLevel);
      for (std::size_t i = 0; i < at.size(); ++i) table[{i, answers[i][at[i]]}][outcome] += weight;
    }
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == answers[i].size()) at[i++] = 0;
    if (i == at.size()) return table;
  }
}

oracle::Names by_definition(const Json& pack, const oracle::Pack& read, const Json& assessment,
                            const std::set<std::string>& relevant) {
  const Table table = outcomes(pack, read, assessment);
  oracle::Names order;
  for (const Json& entry : pack["must_know"])
    if (relevant.count(entry["field"]) != 0 && std::count(order.begin(), order.end(), entry["field"]) == 0)
      order.push_back(entry["field"]);
  std::vector<std::pair<Fraction, std::string>> others;  // uncertainty to be expected, times the weight of all
  for (std::size_t i = 0; i < read.reads.size(); ++i) {
    const std::string& id = read.reads[i].id;
    if (relevant.count(id) == 0 || std::count(order.begin(), order.end(), id) != 0) continue;
    Fraction uncertainty = 0;
    for (const auto& [answer, weights] : table) {
      if (answer.first != i) continue;
      Fraction sum = 0, same = 0;
      for (const auto& [outcome, weight] : weights) sum += weight;
      for (const auto& [outcome, weight] : weights) same += weight * weight / sum / sum;
      uncertainty += sum * (1 - same);
    }
    others.emplace_back(uncertainty, id);
  }
  std::stable_sort(others.begin(), others.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& other : others) order.push_back(other.second);
  return order;
}

// Some counts get bands of random sizes and weights; other fields have weights already, or none.
void add_bands(oracle::Dice& dice, const oracle::Pack& read, Json& pack) {
  for (const oracle::Read& r : read.reads) {
    if (r.values.front() != "0" || dice.chance(30)) continue;
    Json bands = Json::array();
    for (int from = 0; from < static_cast<int>(r.values.size()); from += dice.between(1, 5))
      bands.push_back({{"from", from}, {"weight", dice.between(1, 9)}});
    pack["priors"][r.id] = bands;
  }
}

TEST(Order, OfQuestionsIsByExpectedUncertainty) {
  oracle::Dice dice(oracle::test_seed() + 77);
  int compared = 0, longer = 0;
  for (int i = 0; i < 250 && !testing::Test::HasFailure(); ++i) {
    Json pack = oracle::random_pack(dice, oracle::kSmallPack);
    add_bands(dice, oracle::read_pack(pack, Json::object()), pack);
    const Json request = oracle::random_request(dice, pack);
    const oracle::Comparison comparison(pack, request);
    const oracle::Pack read = oracle::read_pack(pack, request);
    for (int k = 0; k < 12; ++k) {
      const Json assessment = oracle::thinned(dice, oracle::random_complete(dice, read, true), {25, 55, 20'000});
      const placement::Recommendation r = comparison.recommend(assessment);
      oracle::Names found;
      for (const placement::Field f : r.missing) found.emplace_back(placement::spec(f).name);
      const oracle::Names wanted =
          by_definition(pack, read, assessment, std::set<std::string>(found.begin(), found.end()));
      ++compared;
      longer += found.size() > 2 ? 1 : 0;
      EXPECT_EQ(found, wanted) << assessment << "\n" << pack;
    }
  }
  EXPECT_GT(longer, compared / 5) << "too few assessments leave several questions";
}

}  // namespace
