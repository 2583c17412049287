// Counts of a pack's assessments against going through them one by one with the oracle.
#include "placement/counts.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "oracle/generate.hpp"
#include "oracle/oracle.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace count_test {

using boost::multiprecision::cpp_int;
using oracle::Json;

constexpr std::string_view kCountedParts = R"json({
  "rules": [
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "alone", "kind": "require", "level": "intensive", "when": "uses_alone and pregnant"},
    {"id": "rough", "kind": "require", "level": "residential", "when": "housing = unsheltered and not(pregnant)"},
    {"id": "risk", "kind": "require", "level": "hospital", "when": "suicide_risk = high"},
    {"id": "stop", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high and uses_alone"},
    {"id": "treat", "kind": "offer", "service": "moud", "when": "injects or pregnant"},
    {"id": "stay", "kind": "continue", "when": "injects"},
    {"id": "other", "kind": "out_of_scope", "when": "housing = stable and not(injects) and uses_alone"}],
  "constraints": [{"id": "c", "always": "not(pregnant) or suicide_risk != low"}],
  "priors": {"housing": [5, 1, 1, 2, 3], "suicide_risk": [7, 2, 2, 1], "injects": [3, 1]}})json";

const std::vector<std::string> kRead{"pregnant", "injects", "uses_alone", "suicide_risk", "housing"};

// Numbers of what is counted, by name, over the fields read.
struct Numbers {
  std::map<std::string, cpp_int> number, weight;
  void add(const std::string& name, const cpp_int& with) {
    number[name] += 1;
    weight[name] += with;
  }
};

Numbers by_definition(const Json& pack, const std::function<bool(const Json&)>& given) {
  const auto judge = oracle::judge(pack);
  Numbers numbers;
  const auto visit = [&](const Json& person, const cpp_int& weight) {
    const oracle::Verdict verdict = judge(person);
    if (verdict.conflict || !given(person)) return;
    numbers.add("consistent", weight);
    const auto& rules = verdict.findings.at("rules");
    if (verdict.possible.empty()) {
      numbers.add("out_of_scope", weight);
    } else {
      numbers.add(verdict.possible.front(), weight);
      if (rules.at("stop").state == "holds") numbers.add("stopped", weight);
      if (verdict.determining.size() == 1) numbers.add(verdict.determining.front() + " alone", weight);
    }
    for (const auto& [id, finding] : rules)
      if (finding.state == "holds") numbers.add(id + " holds", weight);
  };
  std::function<void(Json, cpp_int, std::size_t)> fill = [&](Json person, cpp_int weight, std::size_t i) {
    if (i == kRead.size()) return visit(person, weight);
    const FieldSpec& f = spec(*find_field(kRead[i]));
    for (int v = 0; v < f.size(); ++v) {
      const Json& prior = pack["priors"].value(kRead[i], Json());
      person[kRead[i]] = f.kind == FieldKind::flag ? Json(v == 1) : Json(f.values[static_cast<std::size_t>(v)].name);
      fill(person, weight * (prior.is_null() ? 1 : prior[static_cast<std::size_t>(v)].get<int>()), i + 1);
    }
  };
  fill(Json::object(), 1, 0);
  return numbers;
}

cpp_int other_fields() {
  cpp_int product = 1;
  for (const FieldSpec& f : fields())
    if (std::find(kRead.begin(), kRead.end(), f.name) == kRead.end()) product *= f.size();
  return product;
}

void expect_portion(const Portion& portion, const std::string& name, Numbers& wanted) {
  EXPECT_EQ(cpp_int(portion.count), wanted.number[name] * other_fields()) << name;
  EXPECT_EQ(cpp_int(portion.over) * wanted.weight["consistent"], cpp_int(portion.under) * wanted.weight[name]) << name;
  EXPECT_EQ(gcd(cpp_int(portion.over), cpp_int(portion.under)), 1) << name;
  EXPECT_NEAR(portion.share * wanted.weight["consistent"].convert_to<double>(),
              wanted.weight[name].convert_to<double>(), 1e-6)
      << name;
}

void expect_counts(std::string_view condition, const std::function<bool(const Json&)>& given) {
  const Engine engine = small_packs::engine(kCountedParts);
  const Result<PackCounts> counts = count_assessments(engine, condition);
  ASSERT_TRUE(counts.has_value()) << counts.error().message;
  Numbers wanted = by_definition(Json::parse(small_packs::text(kCountedParts)), given);
  const PackContent& content = engine.pack().content();
  expect_portion(counts->consistent, "consistent", wanted);
  expect_portion(counts->out_of_scope, "out_of_scope", wanted);
  expect_portion(counts->stopped, "stopped", wanted);
  for (std::size_t l = 0; l < content.levels.size(); ++l)
    expect_portion(counts->levels[l], content.levels[l].id, wanted);
  for (std::size_t r = 0; r < content.rules.size(); ++r) {
    if (content.rules[r].kind == RuleKind::continued_stay) {
      EXPECT_EQ(counts->rules[r].holds.count, "0");
      continue;
    }
    expect_portion(counts->rules[r].holds, content.rules[r].id + " holds", wanted);
    ASSERT_EQ(counts->rules[r].alone.has_value(), content.rules[r].kind == RuleKind::require);
    if (counts->rules[r].alone) expect_portion(*counts->rules[r].alone, content.rules[r].id + " alone", wanted);
  }
}

TEST(Counts, AreThoseOfGoingThroughAllAssessments) {
  expect_counts("", [](const Json&) { return true; });
}

TEST(Counts, UnderAConditionAreThoseThatFulfilIt) {
  expect_counts("pregnant and not(housing in (stable, supported))", [](const Json& person) {
    return person["pregnant"] == true && person["housing"] != "stable" && person["housing"] != "supported";
  });
}

TEST(Counts, RefuseAConditionThatCannotBeReadOrHoldsForNobody) {
  const Engine engine = small_packs::engine(kCountedParts);
  const Result<PackCounts> unknown = count_assessments(engine, "pregnent");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, ErrorCode::bad_request);
  EXPECT_NE(unknown.error().message.find("`pregnant`"), std::string::npos) << unknown.error().message;
  const Result<PackCounts> nobody = count_assessments(engine, "pregnant and suicide_risk = low");
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().code, ErrorCode::bad_request);
}

TEST(Counts, SayThatStepsRanOut) {
  const Result<PackCounts> counts = count_assessments(small_packs::engine(kCountedParts), "", 3);
  ASSERT_FALSE(counts.has_value());
  EXPECT_EQ(counts.error().code, ErrorCode::limit);
}

TEST(Counts, OfTheShippedPackAddUp) {
  const Engine engine = std::move(Engine::make(default_pack())).value();
  const Result<PackCounts> counts = count_assessments(engine);
  ASSERT_TRUE(counts.has_value());
  cpp_int sum(counts->out_of_scope.count);
  for (const Portion& level : counts->levels) sum += cpp_int(level.count);
  EXPECT_EQ(sum, cpp_int(counts->consistent.count));
  EXPECT_EQ(counts->consistent.over, counts->consistent.under);
}

}  // namespace count_test
}  // namespace placement
