// Counterfactuals of the library against the brute-force definition: to every level, of every partial assessment of
// tiny packs and of thousands of random assessments of larger ones; and the definition itself on packs small enough to
// see.
#include "oracle/counterfactual.hpp"

#include <gtest/gtest.h>

#include <iostream>

#include "oracle/compare.hpp"
#include "oracle/generate.hpp"
#include "oracle/packs.hpp"
#include "placement/io.hpp"

namespace {

using oracle::Json;

Json to_json(const placement::Counterfactual& c) {
  Json json = {{"outcome", placement::to_string(c.outcome)}};
  if (c.outcome != placement::Counterfactual::Outcome::found) return json;
  json["steps"] = c.steps;
  json["changes"] = Json::object();
  for (const placement::AnswerChange& change : c.changes) {
    Json values = Json::array();
    for (int v = change.values.lowest(); v <= change.values.highest(); ++v)
      if (change.values.contains(v)) values.push_back(v);
    json["changes"][std::string(placement::spec(change.field).name)] = values;
  }
  return json;
}

class Counted {
 public:
  void compare(const oracle::Comparison& comparison, const Json& pack, const Json& request, const Json& assessment,
               const std::function<Json(const Json&, const std::string&)>& twin) {
    const Json text = {{"assessment", assessment}, {"request", request}};
    const auto input = placement::read_input(text.dump());
    ASSERT_TRUE(input.has_value());
    for (const Json& level : pack["levels"]) {
      placement::Question question;
      question.to = level["id"];
      const auto explained = comparison.engine().explain(input->assessment, input->request, question);
      ASSERT_TRUE(explained.has_value());
      const Json got = to_json(*explained->to);
      const Json wanted = twin(assessment, level["id"]);
      ++outcomes_[wanted["outcome"]];
      if (wanted["outcome"] == "found") ++sizes_[wanted["changes"].size()];
      if (got == wanted) continue;
      ++disagreements_;
      ADD_FAILURE() << "to " << level["id"] << "\noracle  " << wanted << "\nlibrary " << got << "\npack " << pack
                    << "\ninput " << text;
    }
  }
  bool is_enough() const { return disagreements_ >= 3; }
  ~Counted() {
    for (const auto& [outcome, count] : outcomes_) std::cout << count << ' ' << outcome << "; ";
    std::cout << "changes of";
    for (const auto& [size, count] : sizes_) std::cout << ' ' << size << " fields: " << count << ';';
    std::cout << '\n';
  }

 private:
  int disagreements_ = 0;
  std::map<std::string, int> outcomes_;
  std::map<std::size_t, int> sizes_;
};

void compare_changes(const oracle::PackShape& shape, std::uint64_t stream, int packs, int assessments,
                     oracle::Thinning thinning) {
  oracle::Dice dice(oracle::test_seed() + stream);
  Counted counted;
  for (int i = 0; i < oracle::drawn(packs) && !counted.is_enough(); ++i) {
    const Json pack = oracle::random_pack(dice, shape);
    const Json request = oracle::random_request(dice, pack);
    const oracle::Comparison comparison(pack, request);
    const oracle::Pack read = oracle::read_pack(pack, request);
    const auto twin = oracle::counterfactuals(pack, request);
    for (int k = 0; k < assessments && !counted.is_enough(); ++k) {
      const Json complete = oracle::random_complete(dice, read, dice.chance(90));
      counted.compare(comparison, pack, request, oracle::thinned(dice, complete, thinning), twin);
    }
  }
}

TEST(Counterfactual, OfEveryPartialAssessmentOfTinyPacksIsTheLeastOfAllChanges) {
  oracle::Dice dice(oracle::test_seed() + 10);
  Counted counted;
  for (int i = 0; i < oracle::drawn(40) && !counted.is_enough(); ++i) {
    const Json pack = oracle::random_pack(dice, oracle::kTinyPack);
    const Json request = oracle::random_request(dice, pack);
    const oracle::Comparison comparison(pack, request);
    const auto twin = oracle::counterfactuals(pack, request);
    oracle::for_each_assessment(oracle::read_pack(pack, request).reads, [&](const Json& assessment) {
      if (!counted.is_enough()) counted.compare(comparison, pack, request, assessment, twin);
    });
  }
}

TEST(Counterfactual, OfCompleteAssessmentsOfSmallPacksIsTheLeastOfAllChanges) {
  compare_changes(oracle::kSmallPack, 11, 150, 10, {0, 0, 1});
}

TEST(Counterfactual, OfPartialAssessmentsOfSmallPacksIsTheLeastOfAllChanges) {
  compare_changes(oracle::kSmallPack, 12, 200, 8, {25, 30, 500});
}

TEST(Counterfactual, OfAssessmentsOfLargePacksWithMostFieldsAnsweredIsTheLeastOfAllChanges) {
  compare_changes(oracle::kLargePack, 13, 40, 5, {15, 10, 100});
}

// What the definition says, on a pack where it can be seen.
Json seen(const std::string& parts, const Json& assessment, const std::string& level) {
  const Json pack = oracle::four_level_pack(parts);
  const Json wanted = oracle::counterfactuals(pack, Json::object())(assessment, level);
  placement::Question question;
  question.to = level;
  const auto explained = oracle::engine_of(pack).explain(*placement::read_assessment(assessment.dump()), {}, question);
  EXPECT_EQ(to_json(*explained->to), wanted);
  return wanted;
}

const char* const kCraving = R"({"rules": [
  {"id": "a", "kind": "require", "level": "residential", "when": "craving >= 7"},
  {"id": "b", "kind": "require", "level": "intensive", "when": "craving between 2 and 6 or injects"},
  {"id": "c", "kind": "offer", "service": "moud", "when": "craving >= 5"}]})";

TEST(CounterfactualDefinition, StepsAreRangesThatSomeComparisonTellsApart) {
  // Ranges 0-1, 2-4, 5-6, 7-10: the one nearest to 8 that does is 5-6.
  EXPECT_EQ(seen(kCraving, {{"craving", 8}, {"injects", false}}, "intensive"),
            Json::parse(R"({"outcome": "found", "steps": 1, "changes": {"craving": [5, 6]}})"));
  EXPECT_EQ(seen(kCraving, {{"craving", 8}, {"injects", false}}, "outpatient"),
            Json::parse(R"({"outcome": "found", "steps": 3, "changes": {"craving": [0, 1]}})"));
}

TEST(CounterfactualDefinition, ChangesAsFewFieldsAsItCanBeforeItCountsSteps) {
  // One field by two steps rather than two fields by one.
  const char* const rules = R"({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "craving >= 7 or fluid_loss = severe and craving >= 4"},
    {"id": "b", "kind": "offer", "service": "moud", "when": "fluid_loss >= mild"}]})";
  EXPECT_EQ(seen(rules, {{"craving", 9}, {"fluid_loss", "severe"}}, "outpatient"),
            Json::parse(R"({"outcome": "found", "steps": 2, "changes": {"craving": [0, 1, 2, 3]}})"));
}

TEST(CounterfactualDefinition, MakesNothingWorseOnTheWayDownAndNothingBetterOnTheWayUp) {
  const char* const rules = R"({"rules": [
    {"id": "a", "kind": "require", "level": "residential", "when": "fluid_loss = mild"},
    {"id": "b", "kind": "require", "level": "intensive", "when": "fluid_loss = severe"}]})";
  EXPECT_EQ(seen(rules, {{"fluid_loss", "mild"}}, "intensive")["outcome"], "none");
  EXPECT_EQ(seen(rules, {{"fluid_loss", "severe"}}, "residential")["outcome"], "none");
}

TEST(CounterfactualDefinition, FillsWhatIsNotKnownAtTheCostOfOneStepAndToTheLowestRangeThatDoes) {
  EXPECT_EQ(seen(kCraving, {{"injects", false}}, "intensive"),
            Json::parse(R"({"outcome": "found", "steps": 1, "changes": {"craving": [2, 3, 4]}})"));
  EXPECT_EQ(seen(kCraving, {{"craving", {{"from", 5}}}, {"injects", false}}, "outpatient"),
            Json::parse(R"({"outcome": "found", "steps": 2, "changes": {"craving": [0, 1]}})"));
}

TEST(CounterfactualDefinition, ChangesNoFixedFieldEvenIfItIsUnknown) {
  const char* const rules = R"({"rules": [{"id": "a", "kind": "require", "level": "hospital", "when": "pregnant"}]})";
  EXPECT_EQ(seen(rules, Json::object(), "outpatient")["outcome"], "none");
  EXPECT_EQ(seen(rules, {{"pregnant", true}}, "outpatient")["outcome"], "none");
}

TEST(CounterfactualDefinition, KeepsToTheConstraints) {
  // Without injecting craving cannot be that low: both change.
  const char* const rules = R"({"constraints": [{"id": "k", "always": "not(injects) or craving >= 3"}], "rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "craving >= 3"}]})";
  const Json change = seen(rules, {{"craving", 5}, {"injects", true}}, "outpatient");
  EXPECT_EQ(change["changes"].size(), 2U) << change;
}

}  // namespace
