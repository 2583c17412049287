// The shipped mappings on real rows: how many rows get which answer. Counts only: no row of the data stands here. They
// were counted from the files and their code books by another program than ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "placement/io.hpp"
#include "placement/mapping.hpp"
#include "support/table.hpp"

namespace placement {
namespace {

using Counts = std::map<std::string, int>;

struct RealRows {
  Mapping mapping;
  std::vector<MappedRow> rows;

  [[nodiscard]] Counts answers(Field field) const {
    Counts counts;
    for (const MappedRow& row : rows) {
      Assessment alone;
      alone.set(field, row.assessment.answer(field));
      const std::string text = write_assessment(alone);
      const std::string key = "{\"" + std::string(spec(field).name) + "\":";
      ++counts[text == "{}" ? "unknown" : text.substr(key.size(), text.size() - key.size() - 1)];
    }
    return counts;
  }

  [[nodiscard]] Counts observed() const {
    Counts counts;
    for (const MappedRow& row : rows)
      ++counts[row.observed ? mapping.content().settings[*row.observed].level : "unknown"];
    return counts;
  }

  [[nodiscard]] Counts outcome(std::string_view id) const {
    Counts counts;
    const std::vector<MappedOutcome>& all = mapping.content().outcomes;
    const auto found = std::find_if(all.begin(), all.end(), [&](const MappedOutcome& one) { return one.id == id; });
    for (const MappedRow& row : rows) {
      const Truth truth = row.outcomes.at(static_cast<std::size_t>(found - all.begin()));
      ++counts[truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"];
    }
    return counts;
  }
};

// The rows of a file; of none, and the test is skipped, where there is no such file. Every row must be good.
std::optional<RealRows> real_rows(const std::string& file, std::string_view name) {
  const std::optional<std::string> text = support::real_text(file);
  if (!text) return std::nullopt;
  RealRows real{std::move(read_mapping(*mapping_text(name))).value(), {}};
  const support::Table table = support::table_of(*text);
  const Result<BoundMapping> bound = real.mapping.bind(support::views(table.front()));
  if (!bound.has_value()) {
    ADD_FAILURE() << to_string(bound.error().faults.front());
    return real;
  }
  int faulty = 0;
  for (std::size_t i = 1; i < table.size(); ++i) {
    real.rows.push_back(bound->map(support::views(table[i])));
    if (!real.rows.back().faults.empty()) ++faulty;
  }
  EXPECT_EQ(faulty, 0) << "rows of " << file << " with faults";
  return real;
}

#define SKIP_WITHOUT(rows) \
  if (!(rows)) GTEST_SKIP() << "no real rows here: PLACEMENT_REAL_DATA names the folder that has them"

constexpr const char* kAdmissions = "teds_2023/teds_a_2023_sample_part1.csv";

TEST(RealRows, OfAdmissionsAreReadWhole) {
  const std::optional<RealRows> real = real_rows(kAdmissions, "teds-a");
  SKIP_WITHOUT(real);
  ASSERT_EQ(real->rows.size(), 514U);
  EXPECT_EQ(real->answers(Field::oud_diagnosis), (Counts{{R"({"from":"mild"})", 119}, {"unknown", 395}}));
  EXPECT_EQ(real->answers(Field::oud_history), (Counts{{"true", 119}, {"unknown", 395}}));
  EXPECT_EQ(real->answers(Field::remission), (Counts{{R"("none")", 44}, {"unknown", 470}}));
  EXPECT_EQ(real->answers(Field::pregnant), (Counts{{"false", 489}, {"true", 6}, {"unknown", 19}}));
  EXPECT_EQ(real->answers(Field::housing),
            (Counts{{R"({"from":"sheltered"})", 79}, {R"({"to":"at_risk"})", 310}, {"unknown", 125}}));
  EXPECT_EQ(real->answers(Field::opioid_use_days_30),
            (Counts{{"0", 5}, {R"({"from":1})", 17}, {R"({"from":25})", 64}, {"unknown", 428}}));
  EXPECT_EQ(real->answers(Field::injects), (Counts{{"true", 64}, {"unknown", 450}}));
  EXPECT_EQ(real->answers(Field::prior_episodes),
            (Counts{{"0", 132}, {"1", 95}, {"2", 65}, {"3", 42}, {"4", 31}, {R"({"from":5})", 89}, {"unknown", 60}}));
  EXPECT_EQ(real->answers(Field::suicide_risk), (Counts{{"unknown", 514}}));
  EXPECT_EQ(real->observed(), (Counts{{"detox", 72}, {"inpatient", 111}, {"iop", 62}, {"outpatient", 269}}));
}

TEST(RealRows, OfDischargesAreReadWhole) {
  const std::optional<RealRows> real = real_rows("teds_2023/teds_d_2023_sample_part1.csv", "teds-d");
  SKIP_WITHOUT(real);
  ASSERT_EQ(real->rows.size(), 482U);
  EXPECT_EQ(real->answers(Field::oud_diagnosis), (Counts{{R"({"from":"mild"})", 122}, {"unknown", 360}}));
  EXPECT_EQ(real->answers(Field::remission), (Counts{{R"("none")", 62}, {"unknown", 420}}));
  EXPECT_EQ(real->answers(Field::pregnant), (Counts{{"false", 462}, {"true", 8}, {"unknown", 12}}));
  EXPECT_EQ(real->answers(Field::opioid_use_days_30),
            (Counts{{"0", 7}, {R"({"from":1})", 23}, {R"({"from":25})", 70}, {"unknown", 382}}));
  EXPECT_EQ(real->answers(Field::prior_episodes), (Counts{{"0", 180}, {R"({"from":1})", 260}, {"unknown", 42}}));
  EXPECT_EQ(real->observed(), (Counts{{"detox", 76}, {"inpatient", 83}, {"iop", 43}, {"outpatient", 280}}));
  EXPECT_EQ(real->outcome("completed"), (Counts{{"no", 143}, {"unknown", 125}, {"yes", 214}}));
  EXPECT_EQ(real->outcome("dropped_out"), (Counts{{"no", 340}, {"unknown", 23}, {"yes", 119}}));
  EXPECT_EQ(real->outcome("stayed_7_days"), (Counts{{"no", 165}, {"yes", 317}}));
  EXPECT_EQ(real->outcome("stayed_30_days"), (Counts{{"no", 165}, {"unknown", 317}}));
}

TEST(RealRows, OfTrialsAreReadWhole) {
  const std::optional<RealRows> real = real_rows("ctn0094/participants_part1.csv.gz", "ctn0094");
  SKIP_WITHOUT(real);
  ASSERT_EQ(real->rows.size(), 1788U);
  EXPECT_EQ(real->answers(Field::oud_diagnosis), (Counts{{R"({"from":"mild"})", 1611}, {"unknown", 177}}));
  EXPECT_EQ(real->answers(Field::pregnant), (Counts{{"false", 1601}, {"unknown", 187}}));
  EXPECT_EQ(real->answers(Field::age_years)[R"({"from":18})"], 106);
  EXPECT_EQ(real->answers(Field::injects), (Counts{{"false", 813}, {"true", 843}, {"unknown", 132}}));
  EXPECT_EQ(
      real->answers(Field::opioid_withdrawal_observed),
      (Counts{{R"("none")", 24}, {R"("mild")", 666}, {R"("moderate")", 504}, {R"("severe")", 114}, {"unknown", 480}}));
  EXPECT_EQ(real->answers(Field::alcohol_use),
            (Counts{{R"("none")", 840}, {R"({"from":"occasional"})", 430}, {"unknown", 518}}));
  EXPECT_EQ(real->answers(Field::sedative_use),
            (Counts{{R"("none")", 985}, {R"({"from":"occasional"})", 69}, {"unknown", 734}}));
  EXPECT_EQ(real->answers(Field::stimulant_use),
            (Counts{{R"("none")", 732}, {R"({"from":"occasional"})", 518}, {R"("daily")", 20}, {"unknown", 518}}));
  EXPECT_EQ(real->answers(Field::housing),
            (Counts{{R"({"from":"sheltered"})", 16}, {R"({"to":"at_risk"})", 248}, {"unknown", 1524}}));
  EXPECT_EQ(real->answers(Field::opioid_use_days_30)["unknown"], 518);
  EXPECT_EQ(real->answers(Field::opioid_use_days_30)[R"({"from":28})"], 310);
  EXPECT_EQ(real->outcome("stayed_12_weeks"), (Counts{{"no", 444}, {"unknown", 521}, {"yes", 823}}));
}

// The public-use file has -9 where the stored rows are blank, columns the stored ones lack, and its own order.
TEST(RealRows, OfAdmissionsSayTheSameInTheLayoutOfThePublicFile) {
  const std::optional<std::string> text = support::real_text(kAdmissions);
  SKIP_WITHOUT(text);
  support::Table table = support::table_of(*text);
  for (std::vector<std::string>& row : table) {
    const bool is_header = &row == &table.front();
    for (std::string& cell : row)
      if (cell.empty()) cell = "-9";
    for (const char* more : {"FREQ3", "HERFLG", "FREQ2", "CBSA2020", "DETNLF"})
      row.insert(row.begin() + 3, is_header ? more : "-9");
  }
  const std::optional<RealRows> real = real_rows(kAdmissions, "teds-a");
  const Result<BoundMapping> bound = real->mapping.bind(support::views(table.front()));
  ASSERT_TRUE(bound.has_value());
  EXPECT_THAT(bound->absent_columns(), testing::IsEmpty());
  for (std::size_t i = 1; i < table.size(); ++i) {
    const MappedRow row = bound->map(support::views(table[i]));
    EXPECT_EQ(row.assessment, real->rows[i - 1].assessment) << "row " << i;
    EXPECT_EQ(row.observed, real->rows[i - 1].observed) << "row " << i;
    EXPECT_EQ(row.subgroups, real->rows[i - 1].subgroups) << "row " << i;
    EXPECT_TRUE(row.faults.empty()) << "row " << i;
  }
}

}  // namespace
}  // namespace placement
