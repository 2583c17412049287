// The shape and meaning of a mapping: what the reader reports, all of it at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "placement/mapping.hpp"
#include "unit/batch/small_mapping.hpp"

namespace placement {
namespace read_mapping_test {

using small_mapping::faults;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ReadMapping, FindsNothingInASoundOne) {
  EXPECT_THAT(faults("{}"), IsEmpty());
  const Mapping mapping = small_mapping::mapping();
  const MappingContent& content = mapping.content();
  EXPECT_EQ(content.id, "small-set");
  EXPECT_EQ(content.version, "1.2.3");
  EXPECT_EQ(content.columns.size(), 7U);
  EXPECT_TRUE(content.columns[5].optional);
  EXPECT_EQ(content.answers.front().field, Field::age_years);
  EXPECT_EQ(content.answers.front().note, "Adults only.");
  EXPECT_THAT(content.answers[2].columns, ElementsAre(2U, 3U, 4U));
  EXPECT_EQ(content.settings[2].excluded, "no treatment");
  EXPECT_THAT(content.subgroups[0].labels, ElementsAre("younger", "older"));
}

TEST(ReadMapping, DigestIsOfTheContentNotOfTheSpaces) {
  const std::string text = small_mapping::text();
  EXPECT_EQ(read_mapping(text)->digest(), read_mapping("\n " + text)->digest());
  EXPECT_EQ(read_mapping(text)->digest().size(), 64U);
  EXPECT_NE(read_mapping(text)->digest(), read_mapping(small_mapping::text(R"({"/title": "Other"})"))->digest());
}

TEST(ReadMapping, OfTheShippedOnesHaveTheirNameAsId) {
  EXPECT_THAT(std::vector<std::string_view>(mapping_names().begin(), mapping_names().end()),
              ElementsAre("ctn0094", "teds-a", "teds-d"));
  for (const std::string_view name : mapping_names()) {
    const Result<Mapping> mapping = read_mapping(*mapping_text(name));
    ASSERT_TRUE(mapping.has_value()) << name << ": " << to_string(mapping.error().faults.front());
    EXPECT_EQ(mapping->content().id, name);
    EXPECT_THAT(mapping->unknown_to(default_pack()), IsEmpty());
  }
  EXPECT_EQ(mapping_text("teds"), std::nullopt);
}

TEST(ReadMapping, WantsEveryKey) {
  for (const std::string key :
       {"format", "id", "version", "title", "about", "sources", "loses", "columns", "answers", "outcomes", "subgroups"})
    EXPECT_THAT(faults(R"({"/)" + key + R"(": "<gone>"})"), Contains("the key `" + key + "` is missing"));
  for (const std::string place : {"/columns/0/names",
                                  "/columns/0/meaning",
                                  "/columns/0/missing",
                                  "/columns/3/number/from",
                                  "/columns/3/number/to",
                                  "/answers/age_years/claims",
                                  "/answers/pregnant/claims/0/column",
                                  "/answers/craving/claims/0/column",
                                  "/answers/craving/claims/0/linear/times",
                                  "/answers/craving/claims/0/linear/over",
                                  "/answers/craving/claims/0/linear/plus",
                                  "/answers/craving/claims/0/linear/round",
                                  "/answers/oud_history/claims/0/otherwise",
                                  "/answers/oud_history/claims/0/cases/0/when",
                                  "/answers/oud_history/claims/0/cases/0/answer",
                                  "/observed/meaning",
                                  "/observed/column",
                                  "/observed/codes",
                                  "/observed/codes/a/name",
                                  "/outcomes/well/definition",
                                  "/outcomes/well/claims",
                                  "/subgroups/sex/meaning",
                                  "/subgroups/sex/claims"}) {
    const std::size_t slash = place.rfind('/');
    EXPECT_THAT(faults(R"({")" + place + R"(": "<gone>"})"),
                Contains(place.substr(0, slash) + ": the key `" + place.substr(slash + 1) + "` is missing"));
  }
  for (const char* key : {"/row_id", "/observed"})  // optional, but then their column is read by nothing
    EXPECT_THAT(faults(std::string(R"({")") + key + R"(": "<gone>"})"), ElementsAre(HasSubstr("nothing is made of")));
}

TEST(ReadMapping, RefusesUnknownKeys) {
  EXPECT_THAT(faults(R"({"/columns/0/mising": []})"),
              ElementsAre("/columns/0/mising: unknown key `mising`; did you mean `missing`?"));
  EXPECT_THAT(faults(R"({"/answers/craving/claims/0/linear/rounding": "up"})"),
              ElementsAre("/answers/craving/claims/0/linear/rounding: unknown key `rounding`"));
  EXPECT_THAT(faults(R"({"/answers/oud_history/claims/0/cases/0/when/in": []})"),
              ElementsAre(HasSubstr("unknown key `in`")));
}

struct Wrong {
  const char* edits;
  const char* wanted;  // a fault among those reported
};

class WrongMapping : public testing::TestWithParam<Wrong> {};

TEST_P(WrongMapping, IsReported) { EXPECT_THAT(faults(GetParam().edits), Contains(GetParam().wanted)); }

INSTANTIATE_TEST_SUITE_P(
    Heads, WrongMapping,
    testing::Values(Wrong{R"({"/format": 2})", "/format: out of range: expected a whole number, 1 to 1"},
                    Wrong{R"({"/id": "Small"})",
                          "/id: expected an id: a small letter, then small letters, digits, _ or -, at most 40"},
                    Wrong{R"({"/version": "1.2"})", "/version: expected major.minor.patch"},
                    Wrong{R"({"/title": "two\nlines"})", "/title: expected one line without control characters"},
                    Wrong{R"({"/loses": "all"})", "/loses: wrong type: expected a list"},
                    Wrong{R"({"/columns/3/number/to": 1.5})", "a mapping holds whole numbers only"},
                    Wrong{R"({"/row_id": "sex"})", "/row_id: expected a column that has a text: this one has codes"},
                    Wrong{R"({"/row_id": "nr"})",
                          "/row_id: not an allowed name (`nr`): expected one of no, sex, drug1, drug2, "
                          "age, mm, place; did you mean `no`?"}));

INSTANTIATE_TEST_SUITE_P(
    Columns, WrongMapping,
    testing::Values(
        Wrong{R"({"/columns/0/names": []})", "/columns/0/names: expected at least one"},
        Wrong{R"({"/columns/2/names": ["drug1", "drug2", "sex"]})", "/columns/2: the name `sex` stands twice"},
        Wrong{R"({"/columns/1/also_named": ["age"]})", "/columns/3: the name `age` stands twice"},
        Wrong{R"({"/columns/2/also_named": ["drug"]})",
              "/columns/2/also_named: only a column that stands alone can have other names"},
        Wrong{R"({"/columns/3/optional": 1})", "/columns/3/optional: wrong type: expected true or false"},
        Wrong{R"({"/columns/3/codes": {"1": "one"}})", "/columns/3: expected exactly one of `codes`, `number`, `text`"},
        Wrong{R"({"/columns/0/text": "<gone>"})", "/columns/0: expected exactly one of `codes`, `number`, `text`"},
        Wrong{R"({"/columns/0/text": false})", "/columns/0/text: expected true, or another kind of column"},
        Wrong{R"({"/columns/1/codes": {}})",
              "/columns/1/codes: expected an object of 1 to 255 codes, each with what it means"},
        Wrong{R"({"/columns/1/codes/1": ""})", "/columns/1/codes/1: wrong type: expected a text that is not empty"},
        Wrong{R"({"/columns/1/missing": ["", "2"]})",
              "/columns/1/codes/2: stands twice: a cell is missing, or one code"},
        Wrong{R"({"/columns/1/missing": ["", ""]})",
              "/columns/1/missing/1: stands twice: a cell is missing, or one code"},
        Wrong{R"({"/columns/1/missing": [-9]})", "/columns/1/missing/0: wrong type: expected a text on one line"},
        Wrong{R"({"/columns/3/number": {"from": 5, "to": 4}})",
              "/columns/3/number/to: empty range: `from` is above `to`"},
        Wrong{R"({"/columns/4/number/decimals": 7})",
              "/columns/4/number/decimals: out of range: expected a whole number, 0 to 6"},
        Wrong{R"({"/columns/-": {"names": ["town"], "meaning": "town", "missing": [], "text": true}})",
              "/columns/6: nothing is made of the column `town`"}));

INSTANTIATE_TEST_SUITE_P(
    Claims, WrongMapping,
    testing::Values(
        Wrong{R"({"/answers/ag_years": {"claims": [{"constant": 20}]}})",
              "/answers/ag_years: not an allowed name (`ag_years`); did you mean `age_years`?"},
        Wrong{R"({"/answers/age_years/claims": []})", "/answers/age_years/claims: expected at least one claim"},
        Wrong{R"({"/answers/age_years/claims/0/constant": 20})",
              "/answers/age_years/claims/0: expected exactly one of `constant`, `codes`, `linear`, `cases`"},
        Wrong{R"({"/answers/age_years/claims/1": {}})",
              "/answers/age_years/claims/1: expected exactly one of `constant`, `codes`, `linear`, `cases`"},
        Wrong{R"({"/answers/age_years/claims/1/constant": {"from": 121}})",
              "/answers/age_years/claims/1/constant/from: above range: expected 0 to 120 years"},
        Wrong{R"({"/answers/age_years/claims/1/column": "age"})",
              "/answers/age_years/claims/1/column: unknown key `column`"},
        Wrong{R"({"/answers/pregnant/claims/0/codes": {"1": false}})",
              "/answers/pregnant/claims/0/codes: every code of the column must stand here: `2` is missing"},
        Wrong{R"({"/answers/pregnant/claims/0/codes/3": true})",
              "/answers/pregnant/claims/0/codes/3: not an allowed name (`3`): expected one of 1, 2; did you mean `1`?"},
        Wrong{R"({"/answers/pregnant/claims/0/codes/1": "no"})",
              "/answers/pregnant/claims/0/codes/1: wrong type: expected true or false"},
        Wrong{R"({"/answers/pregnant/claims/0/column": "age"})",
              "/answers/pregnant/claims/0/column: expected a column that has codes: this one has a number"},
        Wrong{R"({"/answers/craving/claims/0/column": "sex"})",
              "/answers/craving/claims/0/column: expected a column that has a number: this one has codes"},
        Wrong{
            R"({"/answers/craving/claims/0/linear/round": "near"})",
            "/answers/craving/claims/0/linear/round: not an allowed name (`near`): expected one of down, up, half_up"},
        Wrong{R"({"/answers/craving/claims/0/linear/over": 0})",
              "/answers/craving/claims/0/linear/over: out of range: expected a whole number, 1 to 1000000"},
        Wrong{R"({"/answers/craving/claims/0/linear/over": 9})",
              "/answers/craving/claims/0/linear: the column's range becomes 0 to 11, outside of the field's: expected "
              "0 to 10"},
        Wrong{R"({"/answers/craving/claims/0/linear/times": -1})",
              "/answers/craving/claims/0/linear: the column's range becomes -10 to 0, outside of the field's: expected "
              "0 to 10"},
        Wrong{
            R"({"/answers/suicide_risk": {"claims": [{"column": "mm", "linear": {"times": 1, "over": 100, "plus": 0, "round": "up"}}]}})",
            "/answers/suicide_risk/claims/0/linear: only a field that is a count can be scaled from a number"},
        Wrong{
            R"({"/outcomes/well/claims/0": {"column": "mm", "linear": {"times": 1, "over": 100, "plus": 0, "round": "up"}}})",
            "/outcomes/well/claims/0/linear: only a field that is a count can be scaled from a number"},
        Wrong{R"({"/answers/oud_history/claims/0/cases": []})",
              "/answers/oud_history/claims/0/cases: expected at least one case"},
        Wrong{R"({"/answers/oud_history/claims/0/otherwise": 1})",
              "/answers/oud_history/claims/0/otherwise: wrong type: expected true or false"}));

constexpr const char* kWhen = R"({"/answers/oud_history/claims/0/cases/0/when": )";

struct WrongWhen {
  const char* when;
  const char* wanted;
};

TEST(ReadMapping, ReportsConditions) {
  for (const WrongWhen& one : std::vector<WrongWhen>{
           {"[]", ": wrong type: expected an object"},
           {"{}", ": expected exactly one of `column`, `any_column`, `every_column`, `any_of`, `all_of`"},
           {R"({"any_of": []})", "/any_of: expected at least one condition"},
           {R"({"all_of": [{"column": "sx", "is": ["1"]}]})",
            "/all_of/0/column: not an allowed name (`sx`): expected one of no, sex, drug1, drug2, age, mm, place; did "
            "you mean `sex`?"},
           {R"({"column": "sex", "any_column": ["sex"], "is": ["1"]})", ": expected exactly one of"},
           {R"({"any_column": [], "is": ["1"]})", "/any_column: expected at least one column"},
           {R"({"column": "sex"})", ": expected either `is` or a range with `from`, `to` or both"},
           {R"({"column": "age", "is": ["1"], "from": 2})", ": expected either `is` or a range"},
           {R"({"column": "sex", "is": []})", "/is: expected at least one code"},
           {R"({"column": "sex", "is": ["3"]})", "/is/0: not an allowed name (`3`): expected one of 1, 2"},
           {R"({"column": "sex", "is": [1]})", "/is/0: wrong type: expected a code, as a text"},
           {R"({"column": "age", "is": ["1"]})", "/column: expected a column that has codes: this one has a number"},
           {R"({"column": "sex", "from": 1})", "/column: expected a column that has a number: this one has codes"},
           {R"({"column": "age", "from": 9, "to": 8})", "/to: empty range: `from` is above `to`"},
           {R"({"column": "age", "from": 121})", ": never true: outside of the range of `age`"},
       })
    EXPECT_THAT(faults(kWhen + std::string(one.when) + "}"), Contains(HasSubstr(one.wanted))) << one.when;
}

INSTANTIATE_TEST_SUITE_P(
    Others, WrongMapping,
    testing::Values(
        Wrong{R"({"/observed/codes/a/excluded": "no"})", "/observed/codes/a: expected either `level` or `excluded`"},
        Wrong{R"({"/observed/codes/b/level": "<gone>"})", "/observed/codes/b: expected either `level` or `excluded`"},
        Wrong{R"({"/observed/codes/c/capabilities": []})",
              "/observed/codes/c/capabilities: unknown key `capabilities`"},
        Wrong{R"({"/observed/codes/b": 7})", "/observed/codes/b: wrong type: expected an object"},
        Wrong{R"({"/observed/codes/b": "<gone>"})",
              "/observed/codes: every code of the column must stand here: `b` is missing"},
        Wrong{R"({"/outcomes": []})", "/outcomes: wrong type: expected an object"},
        Wrong{R"({"/outcomes/Well": {"definition": "d", "claims": [{"constant": true}]}})",
              "/outcomes: expected an id: a small letter, then small letters, digits, _ or -, at most 40"},
        Wrong{R"({"/outcomes/well/claims/0/otherwise": "no"})",
              "/outcomes/well/claims/0/otherwise: wrong type: expected true, false, or null for not known"},
        Wrong{R"({"/subgroups/sex/claims/0/codes/1": 1})",
              "/subgroups/sex/claims/0/codes/1: wrong type: expected a text that is not empty"}));

TEST(ReadMapping, ReportsAllAtOnce) {
  EXPECT_THAT(faults(R"({"/id": 7, "/columns/3/meaning": "", "/answers/pregnant/claims/0/codes/2": 3})"),
              ElementsAre("/id: wrong type: expected a text that is not empty",
                          "/columns/3/meaning: wrong type: expected a text that is not empty",
                          "/answers/pregnant/claims/0/codes/2: wrong type: expected true or false"));
  EXPECT_EQ(read_mapping("{").error().code, ErrorCode::syntax);
  EXPECT_EQ(read_mapping("{}").error().code, ErrorCode::bad_pack);
  EXPECT_EQ(read_mapping(R"({"id": "a", "id": "b"})").error().faults.front().message, "the key stands twice");
}

TEST(ReadMapping, HoldsAsManyColumnsAndCodesAsARowHasRoomFor) {
  std::string codes, names;
  for (int i = 0; i < 256; ++i) codes += (i == 0 ? "" : ", ") + ("\"" + std::to_string(i)) + R"(": "c")";
  for (int i = 0; i < 257; ++i) names += (i == 0 ? "" : ", ") + ("\"c" + std::to_string(i)) + "\"";
  EXPECT_THAT(faults(R"({"/columns/1/codes": {)" + codes + "}}"),
              Contains(HasSubstr("expected an object of 1 to 255")));
  EXPECT_THAT(faults(R"({"/columns/0/names": [)" + names + "]}"), Contains("/columns: more than 256 columns"));
}

TEST(WriteMapping, SaysWhatIsReadAnsweredAndLost) {
  const std::string text = write_mapping(small_mapping::mapping());
  EXPECT_THAT(text, HasSubstr("small-set 1.2.3: A small set\ndigest "));
  EXPECT_THAT(text, HasSubstr("  sex or gender or SEX: sex\n"));
  EXPECT_THAT(text, HasSubstr("  mm: craving on a line of 100 mm (may be absent)\n"));
  EXPECT_THAT(text, HasSubstr("  age_years: from age\n      Adults only.\n"));
  EXPECT_THAT(text, HasSubstr("  opioid_kind: from drug1, drug2 and age\n"));
  EXPECT_THAT(text, HasSubstr("  a on the ward: residential + nursing\n"));
  EXPECT_THAT(text, HasSubstr("  c on the street: excluded, no treatment\n"));
  EXPECT_THAT(text, HasSubstr("  well: No drug is named.\n"));
  EXPECT_THAT(text, HasSubstr("  age: age (younger or older)\n      Two groups.\n"));
  EXPECT_THAT(text, HasSubstr("\nWhat is lost\n  - The names of the towns.\n\nSources\n  - A codebook\n"));
}

}  // namespace read_mapping_test
}  // namespace placement
