// Runs the cases beside every pack in rules/, and compares what the library writes about examples/assessments with the
// files in tests/golden. PLACEMENT_UPDATE_GOLDEN=1 rewrites those files; the diff is then reviewed like code.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "placement/io.hpp"

namespace placement {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path(PLACEMENT_SOURCE_DIR);
  return path;
}

std::string text_of(const fs::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const Engine& shipped() {
  static const Engine engine = [] {
    Result<RulePack> pack = read_pack(text_of(root() / "rules/opioid.json"));
    return std::move(Engine::make(std::move(pack).value())).value();
  }();
  return engine;
}

bool is_updating() {
  const char* update = std::getenv("PLACEMENT_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

void compare_with_golden(const std::string& name, const std::string& written) {
  const fs::path path = root() / "tests/golden" / name;
  if (is_updating()) {
    std::ofstream(path, std::ios::binary) << written;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << name << " is missing: run with PLACEMENT_UPDATE_GOLDEN=1";
  const std::string wanted = text_of(path);
  if (wanted == written) return;
  const auto [want, got] = std::mismatch(wanted.begin(), wanted.end(), written.begin(), written.end());
  const auto line = 1 + std::count(wanted.begin(), want, '\n');
  const auto rest_of_line = [](auto at, auto begin, auto end) {
    while (at != begin && *(at - 1) != '\n') --at;
    return std::string(at, std::find(at, end, '\n'));
  };
  FAIL() << name << " differs in line " << line << "\n  wanted " << rest_of_line(want, wanted.begin(), wanted.end())
         << "\n  got    " << rest_of_line(got, written.begin(), written.end())
         << "\nIf the change is meant, run with PLACEMENT_UPDATE_GOLDEN=1 and review the diff.";
}

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
