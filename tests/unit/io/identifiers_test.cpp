#include "placement/identifiers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placement {
namespace identifiers_test {

using testing::HasSubstr;
using testing::Not;

std::string kind_of_column(const std::string& name) {
  const std::vector<IdentifyingColumn> found = IdentifierCheck({name}).finish();
  return found.empty() ? "" : found.front().kind;
}

std::string kind_of_cells(const std::vector<std::string_view>& cells, const std::string& column = "x") {
  IdentifierCheck check({column});
  for (const std::string_view cell : cells) check.add(std::vector<std::string_view>{cell});
  const std::vector<IdentifyingColumn> found = check.finish();
  return found.empty() ? "" : found.front().kind;
}

TEST(IdentifierCheck, KnowsColumnsByTheirNames) {
  const std::pair<const char*, const char*> kColumns[] = {
      {"first_name", "name of a person"},
      {"LastName", "name of a person"},
      {"patient-surname", "name of a person"},
      {"ZIP", "place smaller than a state"},
      {"HomeAddress", "place smaller than a state"},
      {"CBSA", "place smaller than a state"},
      {"admit_date", "date other than the year"},
      {"dob", "date other than the year"},
      {"PhoneNumber", "telephone number"},
      {"fax", "fax number"},
      {"e-mail", "e-mail address"},
      {"email_address", "e-mail address"},
      {"ip_address", "internet address"},
      {"SSN", "social security number"},
      {"MRN", "record number"},
      {"medicaid_id", "health plan number"},
      {"account_no", "account number"},
      {"driver_license", "licence or certificate number"},
      {"vin", "vehicle number"},
      {"device_id", "device number"},
      {"website", "web address"},
      {"fingerprint", "biometric mark"},
      {"photo", "photograph"},
      {"patient_id", "unique number or code of a person"},
      {"clinical_notes", "free text"},
  };
  for (const auto& [name, kind] : kColumns) EXPECT_EQ(kind_of_column(name), kind) << name;
}

TEST(IdentifierCheck, LeavesOtherColumnsAlone) {
  // Columns of the public data sets this is used with, and of assessments.
  for (const char* name : {"CASEID",
                           "ADMYR",
                           "STFIPS",
                           "REGION",
                           "AGE",
                           "SEX",
                           "RACE",
                           "LIVARAG",
                           "SERVICES",
                           "DAYWAIT",
                           "NOPRIOR",
                           "SUB1",
                           "METHUSE",
                           "PSYPROB",
                           "VET",
                           "IDU",
                           "who",
                           "project",
                           "is_homeless",
                           "tlfb28_heroin_days",
                           "age_years",
                           "cows_score",
                           "drug_name",
                           "program_name",
                           "update",
                           "candidate",
                           "ship",
                           "telling",
                           "days_since_overdose"})
    EXPECT_EQ(kind_of_column(name), "") << name;
}

TEST(IdentifierCheck, KnowsCellsByTheirShapes) {
  EXPECT_EQ(kind_of_cells({"3", "078-05-1120"}), "social security number");
  EXPECT_EQ(kind_of_cells({"(555) 010-0199"}), "telephone number");
  EXPECT_EQ(kind_of_cells({"555-010-0199"}), "telephone number");
  EXPECT_EQ(kind_of_cells({"call 555-010-0199 after six"}), "telephone number");
  EXPECT_EQ(kind_of_cells({"a.person@example.org"}), "e-mail address");
  EXPECT_EQ(kind_of_cells({"https://example.org/p/17"}), "web address");
  EXPECT_EQ(kind_of_cells({"192.0.2.17"}), "internet address");
  EXPECT_EQ(kind_of_cells({"2001:db8::17"}), "internet address");
  EXPECT_EQ(kind_of_cells({"2023-03-14"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"2023-03-14T10:20:30Z"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"3/14/2023"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"14.03.2023"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"14-Mar-2023"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"March 14, 2023"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"20230314", "20230315", "20230316", "20230317", "20230318"}), "date other than the year");
  EXPECT_EQ(kind_of_cells({"02139-4307"}), "place smaller than a state");
  EXPECT_EQ(kind_of_cells({"00:1b:44:11:3a:b7"}), "device number");
  EXPECT_EQ(kind_of_cells({"123e4567-e89b-12d3-a456-426614174000"}), "unique number or code of a person");
}

TEST(IdentifierCheck, LeavesCodesAndListsAlone) {
  EXPECT_EQ(kind_of_cells({"1", "-9", "2023", "12:30", "severe", "3.5", "1e6", "", "  "}), "");
  EXPECT_EQ(kind_of_cells({"20230314", "171", "172"}), "") << "a number among numbers";
  EXPECT_EQ(kind_of_cells({"Ambulatory, non-intensive outpatient", "Rehab/residential, short term (30 days or fewer)"}),
            "");
  EXPECT_EQ(kind_of_cells({"{\"from\": 18}", "[1, 2, 3]"}), "");
}

TEST(IdentifierCheck, AsksForTopCodedAges) {
  EXPECT_THAT(kind_of_cells({"34", "91"}, "age_years"), HasSubstr("age over 89"));
  EXPECT_EQ(kind_of_cells({"34", "90"}, "age_years"), "") << "90 stands for 90 and above";
  EXPECT_EQ(kind_of_cells({"34", "91"}, "days"), "");
  EXPECT_EQ(kind_of_cells({"34", "91"}, "percentage"), "") << "not a word of the name";
}

TEST(IdentifierCheck, FindsFreeText) {
  std::vector<std::string> texts;
  for (int i = 0; i < 60; ++i) texts.push_back("came with sister no" + std::to_string(i));
  IdentifierCheck check({"x"});
  for (const std::string& text : texts) check.add(std::vector<std::string_view>{text});
  ASSERT_EQ(check.finish().size(), 1U);
  EXPECT_EQ(check.finish().front().kind, "free text");
}

TEST(IdentifierCheck, NamesTheColumnAndTheKindButNoCell) {
  IdentifierCheck check({"a", "b"});
  check.add(std::vector<std::string_view>{"1", "078-05-1120"});
  check.add(std::vector<std::string_view>{"2"});  // the last cell is missing
  const std::vector<IdentifyingColumn> found = check.finish();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].column, "b");
  EXPECT_EQ(found[0].message, "column `b` looks like this (1 of 1 filled cells): social security number");
  EXPECT_THAT(found[0].message, Not(HasSubstr("1120")));
}

TEST(IdentifierCheck, LooksAtTheCellsOfARowIdOnly) {
  IdentifierCheck check({"patient_id"}, "patient_id");
  check.add(std::vector<std::string_view>{"k7f3"});
  EXPECT_TRUE(check.finish().empty());
  check.add(std::vector<std::string_view>{"078-05-1120"});
  EXPECT_EQ(check.finish().size(), 1U);
}

TEST(IdentifierCheck, MergesWorkers) {
  IdentifierCheck first({"x"}), second({"x"});
  for (const char* cell : {"20230314", "20230315", "20230316"}) first.add(std::vector<std::string_view>{cell});
  for (const char* cell : {"20230317", "20230318"}) second.add(std::vector<std::string_view>{cell});
  EXPECT_TRUE(first.finish().empty());
  first.merge(second);
  EXPECT_EQ(first.finish().size(), 1U);
}

}  // namespace identifiers_test
}  // namespace placement
