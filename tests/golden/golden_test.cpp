// Runs the cases beside every pack in rules/, and compares what the library writes about examples/assessments with the
// files in tests/golden. PLACEMENT_UPDATE_GOLDEN=1 rewrites those files; the diff is then reviewed like code.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "golden/golden_files.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

using golden::compare_with_golden;
using golden::root;
using golden::shipped;
using golden::text_of;

// ---- Cases ----------------------------------------------------------------------------------------------------------

TEST(Cases, OfTheShippedPackAllPass) {
  const Result<std::vector<Case>> cases = read_cases(text_of(root() / "rules/opioid.cases.jsonl"));
  ASSERT_TRUE(cases.has_value()) << to_string(cases.error().faults.front());
  EXPECT_GE(cases->size(), 60U);
  const CaseReport report = run_cases(shipped(), *cases);
  ASSERT_EQ(report.outcomes.size(), cases->size());
  for (std::size_t i = 0; i < cases->size(); ++i)
    for (const std::string& difference : report.outcomes[i].differences)
      ADD_FAILURE() << "rules/opioid.cases.jsonl:" << (*cases)[i].line << " (" << (*cases)[i].note
                    << "): " << difference;
  EXPECT_TRUE(report.statuses_missing.empty());
  EXPECT_TRUE(report.levels_missing.empty());
}

TEST(Cases, OfTheShippedPackLeaveNothingUntested) {
  const Result<std::vector<Case>> cases = read_cases(text_of(root() / "rules/opioid.cases.jsonl"));
  ASSERT_TRUE(cases.has_value());
  const CaseReport report = run_cases(shipped(), *cases);
  for (std::size_t r = 0; r < report.rules.size(); ++r)
    EXPECT_TRUE(report.rules[r].is_covered()) << shipped().pack().content().rules[r].id;
  for (const CaseReport::Threshold& t : report.thresholds)
    EXPECT_TRUE(t.below && t.at) << spec(t.field).name << ' ' << t.value;
  EXPECT_TRUE(report.dispositions_missing.empty());
  EXPECT_TRUE(report.moves_missing.empty());
  EXPECT_TRUE(report.offers_missing.empty());
  EXPECT_TRUE(report.avoids_missing.empty());
  EXPECT_TRUE(report.capabilities_missing.empty());
}

// ---- Outputs --------------------------------------------------------------------------------------------------------

struct Output {
  const char* ending;
  Format format;
};
constexpr std::array<Output, 5> kOutputs{{{".json", Format::json},
                                          {".txt", Format::text},
                                          {".md", Format::markdown},
                                          {".dot", Format::dot},
                                          {".svg", Format::svg}}};

class GoldenOutput : public testing::TestWithParam<const char*> {};

TEST_P(GoldenOutput, IsWhatTheFilesSay) {
  const std::string name = GetParam();
  const Result<Input> input = read_input(text_of(root() / "examples/assessments" / (name + ".json")));
  ASSERT_TRUE(input.has_value()) << to_string(input.error().faults.front());
  const Result<Recommendation> result = shipped().recommend(input->assessment, input->request);
  ASSERT_TRUE(result.has_value()) << to_string(result.error().faults.front());
  for (const Output& output : kOutputs)
    compare_with_golden(name + output.ending, write_recommendation(*result, output.format));
}

// ---- Explanations ---------------------------------------------------------------------------------------------------

struct Asked {
  const char* example;
  const char* ending;  // of the golden files
  Question question;
};

class GoldenExplanation : public testing::TestWithParam<Asked> {};

TEST_P(GoldenExplanation, IsWhatTheFilesSay) {
  const Asked& asked = GetParam();
  const Result<Input> input =
      read_input(text_of(root() / "examples/assessments" / (std::string(asked.example) + ".json")));
  ASSERT_TRUE(input.has_value()) << to_string(input.error().faults.front());
  const Result<Explanation> result = shipped().explain(input->assessment, input->request, asked.question);
  ASSERT_TRUE(result.has_value()) << to_string(result.error().faults.front());
  for (const Output& output : {kOutputs[0], kOutputs[1]})
    compare_with_golden(std::string(asked.example) + asked.ending + output.ending,
                        write_explanation(*result, output.format));
}

INSTANTIATE_TEST_SUITE_P(Questions, GoldenExplanation,
                         testing::Values(Asked{"moderate-oud-working", ".explain", {}}, Asked{"empty", ".explain", {}},
                                         Asked{"contradiction", ".explain", {}}, Asked{"overdose-now", ".explain", {}},
                                         Asked{"alcohol-withdrawal-risk", ".explain", {}},
                                         Asked{"continued-stay-iop", ".explain", {{}, "php", "outpatient"}},
                                         Asked{"homeless-severe-oud",
                                               ".explain",
                                               {{"no_coping_unsafe_home", "alcohol_many_risks"}, "iop", {}}},
                                         Asked{"first-contact", ".explain", {{"fluid_loss_24h"}, "outpatient", {}}}),
                         [](const auto& asked) {
                           std::string name(asked.param.example);
                           name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
                           return name;
                         });

// One of each status, and every part a result can have: a path, a bridge plan, an override, a policy, a handled alert.
INSTANTIATE_TEST_SUITE_P(Examples, GoldenOutput,
                         testing::Values("empty", "overdose-now", "overdose-handled", "contradiction", "adolescent",
                                         "moderate-oud-working", "beds-missing", "override", "policy-highest",
                                         "continued-stay-iop"),
                         [](const auto& example) {
                           std::string name;
                           bool is_start = true;
                           for (const char c : std::string_view(example.param)) {
                             if (c != '-') name += is_start ? static_cast<char>(c - 'a' + 'A') : c;
                             is_start = c == '-';
                           }
                           return name;
                         });

}  // namespace
}  // namespace placement
