// What rows become, and what bind() says of a header.
#include "placement/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "unit/batch/small_mapping.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace mapping_test {

using small_mapping::answers;
using small_mapping::cells;
using small_mapping::mapping;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kHeader = "no,sex,drug1,drug2,age,mm,place";

MappedRow small_row(std::string_view line) { return small_mapping::row(mapping(), kHeader, line); }

// Alone in its row: a cell of column `name`, everything else as in a plain good row.
MappedRow row_with(std::string_view name, std::string_view cell) {
  const std::vector<std::string_view> header = cells(kHeader);
  std::vector<std::string_view> row = cells("9,1,1,1,40,50,b");
  row[static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin())] = cell;
  return mapping().bind(header)->map(row);
}

std::vector<std::string> faults_of_bind(std::string_view header) {
  const Result<BoundMapping> bound = mapping().bind(cells(header));
  if (bound.has_value()) return {};
  EXPECT_EQ(bound.error().code, ErrorCode::bad_request);
  return small_packs::faults_of(bound.error());
}

// ---- Rows -----------------------------------------------------------------------------------------------------------

TEST(MapRow, RecodesScalesAndDerives) {
  const MappedRow row = small_row("A-17,1,5,7,44,62.5,a");
  EXPECT_EQ(
      answers(row),
      R"({"age_years":44,"pregnant":false,"oud_history":true,"opioid_kind":"mixed","craving":{"from":5,"to":8}})");
  EXPECT_EQ(row.id, "A-17");
  EXPECT_EQ(row.observed, 0U);
  EXPECT_THAT(row.outcomes, ElementsAre(Truth::no));
  EXPECT_THAT(row.subgroups, ElementsAre(0U, 0U));
}

TEST(MapRow, MissingCellsSayNothing) {
  const MappedRow row = small_row("?,-9,,-9,,NA,");
  EXPECT_EQ(answers(row), R"({"age_years":{"from":18}})");  // what is the same in every row
  EXPECT_EQ(row.id, "");
  EXPECT_EQ(row.observed, std::nullopt);
  EXPECT_THAT(row.outcomes, ElementsAre(Truth::unknown));
  EXPECT_THAT(row.subgroups, ElementsAre(std::nullopt, std::nullopt));
}

TEST(MapRow, OnlyWhatTheMappingSaysIsMissingIsMissing) {
  for (const std::string word : {"None", "NA", "null", "nan", "-9 ", " ", "?", "3", "01", "alcohol and mor"})
    EXPECT_EQ(answers(row_with("drug1", word)), "drug1: not a listed code");
  EXPECT_EQ(answers(row_with("age", "-9")), "age: below range: expected a whole number, 0 to 120");
  for (const std::string word : {"None", "NA", "nan", "?", "4O", "1e1", "+40", " 40", "0x10", "40.", ".5", "-", "1-1"})
    EXPECT_EQ(answers(row_with("age", word)), "age: not a number: expected a whole number, 0 to 120") << word;
  EXPECT_EQ(answers(row_with("mm", "")), answers(row_with("mm", "NA")));
  EXPECT_EQ(answers(row_with("place", "-9")), "place: not a listed code");
}

TEST(MapRow, ReadsLongCodesWhole) {
  EXPECT_THAT(row_with("drug1", "alcohol and more").faults, IsEmpty());
  EXPECT_EQ(answers(row_with("drug1", "alcohol and less")), "drug1: not a listed code");
  EXPECT_EQ(answers(row_with("drug1", std::string_view("5\0", 2))), "drug1: not a listed code");
}

TEST(MapRow, NamesColumnAndKindButNeverTheCell) {
  EXPECT_EQ(answers(row_with("age", "121")), "age: above range: expected a whole number, 0 to 120");
  EXPECT_EQ(answers(row_with("age", "99999999999999999999")), "age: above range: expected a whole number, 0 to 120");
  EXPECT_EQ(answers(row_with("age", "-99999999999999999999")), "age: below range: expected a whole number, 0 to 120");
  EXPECT_EQ(answers(row_with("age", "40.0")), "age: too many decimals: expected a whole number, 0 to 120");
  EXPECT_EQ(answers(row_with("mm", "7.77")),
            "mm: too many decimals: expected a number, 0 to 100, at most 1 after the point");
  EXPECT_EQ(answers(row_with("mm", "100.1")), "mm: above range: expected a number, 0 to 100");
  EXPECT_EQ(answers(row_with("mm", "-0.1")), "mm: below range: expected a number, 0 to 100");
  EXPECT_EQ(answers(row_with("mm", "9.x")), "mm: not a number: expected a number, 0 to 100");
}

TEST(MapRow, ListsEveryFaultAndKeepsTheRest) {
  const MappedRow row = small_row("A,9,5,?,44,x,b");
  EXPECT_EQ(answers(row),
            "sex: not a listed code; drug2: not a listed code; mm: not a number: expected a number, 0 to 100");
  EXPECT_EQ(row.id, "A");
  EXPECT_EQ(row.assessment.answer(Field::age_years), ValueSet::of(44));
  EXPECT_TRUE(row.assessment.is_unknown(Field::pregnant));
}

TEST(MapRow, RefusesColumnsThatContradictEachOther) {
  EXPECT_EQ(answers(row_with("age", "17")), "age_years: the columns contradict each other: age");
  EXPECT_TRUE(row_with("age", "17").assessment.is_unknown(Field::age_years));
}

TEST(MapRow, RefusesRowsOfAnotherLength) {
  const Result<BoundMapping> bound = mapping().bind(cells(kHeader));
  for (const std::string_view line : {"A,1,5,7,44,62", "A,1,5,7,44,62,a,b"}) {
    const MappedRow row = bound->map(cells(line));
    EXPECT_EQ(answers(row), "not as many cells as the header has columns: expected 7");
    EXPECT_EQ(row.observed, std::nullopt);
  }
}

TEST(MapRow, TellsAnAbsentCellFromAnEmptyOne) {
  EXPECT_THAT(row_with("mm", kAbsentCell).faults, IsEmpty());
  EXPECT_TRUE(row_with("mm", kAbsentCell).assessment.is_unknown(Field::craving));
  EXPECT_EQ(answers(row_with("sex", kAbsentCell)), "sex: the row does not have this column");
  EXPECT_THAT(row_with("sex", "").faults, IsEmpty());
}

TEST(MapRow, TakesTheFirstCaseThatHolds) {
  EXPECT_EQ(row_with("drug1", "7").assessment.answer(Field::opioid_kind), ValueSet::of(2));
  EXPECT_TRUE(row_with("age", "60").assessment.is_unknown(Field::opioid_kind));
  // drug2 missing: the first case may hold, the second does.
  EXPECT_EQ(
      answers(small_row("A,2,5,,44,,b")),
      R"({"age_years":44,"oud_history":true,"opioid_kind":{"any_of":["heroin_or_short_acting","fentanyl","mixed"]}})");
}

TEST(MapRow, ClaimsAreAllTrue) {
  const std::string edits = R"({"/answers/pregnant/claims/-": {"cases": [
    {"when": {"column": "age", "from": 61}, "answer": false}], "otherwise": null}})";
  const MappedRow row = small_mapping::row(mapping(edits), kHeader, "A,2,1,1,61,,b");
  EXPECT_EQ(row.assessment.answer(Field::pregnant), ValueSet::of(0));
  EXPECT_TRUE(small_mapping::row(mapping(edits), kHeader, "A,2,1,1,60,,b").assessment.is_unknown(Field::pregnant));
}

TEST(MapRow, TellsOneSettingOrLabelFromNotKnown) {
  const std::string edits =
      R"({"/columns/5/codes": {"a": "ward"}, "/observed/codes": {"a": {"name": "w", "level": "iop"}},
    "/subgroups/age/claims/0": {"column": "place", "codes": {"a": "only"}}})";
  EXPECT_EQ(small_mapping::row(mapping(edits), kHeader, "A,2,1,1,61,,a").observed, 0U);
  EXPECT_EQ(small_mapping::row(mapping(edits), kHeader, "A,2,1,1,61,,").observed, std::nullopt);
  EXPECT_EQ(small_mapping::row(mapping(edits), kHeader, "A,2,1,1,61,,").subgroups[0], std::nullopt);
}

struct Scaled {
  const char* linear;
  const char* cell;
  ValueSet wanted;
};

TEST(MapRow, RoundsAsTheMappingSays) {
  const std::vector<Scaled> all{
      {R"({"times": 1, "over": 10, "plus": 0, "round": "down"})", "29.9", ValueSet::of(2)},
      {R"({"times": 1, "over": 10, "plus": 0, "round": "up"})", "20.1", ValueSet::of(3)},
      {R"({"times": 1, "over": 10, "plus": 0, "round": "half_up"})", "24.9", ValueSet::of(2)},
      {R"({"times": 1, "over": 10, "plus": 0, "round": "half_up"})", "25.0", ValueSet::of(3)},
      {R"({"times": -1, "over": 10, "plus": 10, "round": "down"})", "0.1", ValueSet::of(9)},
      {R"({"times": -1, "over": 10, "plus": 10, "round": "up"})", "0.1", ValueSet::of(10)},
      {R"({"times": -1, "over": 10, "plus": 10, "round": "half_up"})", "95", ValueSet::of(1)},
      {R"({"times": 1, "over": 10, "plus": 0, "round": "down", "less": 3, "more": 4})", "20", ValueSet::range(0, 6)},
      {R"({"times": 1, "over": 10, "plus": 0, "round": "down", "more": 4})", "90", ValueSet::range(9, 10)},
  };
  for (const Scaled& one : all) {
    const Mapping read = mapping(std::string(R"({"/answers/craving/claims/0/linear": )") + one.linear + "}");
    const MappedRow row = small_mapping::row(read, kHeader, std::string("A,1,1,1,40,") + one.cell + ",b");
    EXPECT_EQ(row.assessment.answer(Field::craving), one.wanted) << one.linear << ' ' << one.cell;
  }
}

TEST(MapRow, TopCodesWhereTheFieldDoes) {
  const Mapping read = mapping(R"({"/answers/prior_episodes": {"claims": [
    {"column": "mm", "linear": {"times": 1, "over": 1, "plus": 0, "round": "up"}}]}})");
  EXPECT_EQ(small_mapping::row(read, kHeader, "A,1,1,1,40,80,b").assessment.answer(Field::prior_episodes),
            ValueSet::of(50));
}

TEST(MapRow, UsesARowAgainWithoutTracesOfTheLast) {
  const Result<BoundMapping> bound = mapping().bind(cells(kHeader));
  MappedRow row;
  bound->map(cells("A,9,5,7,44,62.5,a"), row);
  bound->map(cells("B,2,1,1,,,"), row);
  const MappedRow fresh = bound->map(cells("B,2,1,1,,,"));
  EXPECT_EQ(row.assessment, fresh.assessment);
  EXPECT_EQ(answers(row), answers(fresh));
  EXPECT_EQ(row.id, "B");
  EXPECT_EQ(row.observed, std::nullopt);
  EXPECT_THAT(row.outcomes, ElementsAre(Truth::yes));
}

TEST(MapRowThreads, ShareOneMapping) {
  const Result<BoundMapping> bound = mapping().bind(cells(kHeader));
  const auto work = [&](const char* line, std::string& result) {
    MappedRow row;
    for (int i = 0; i < 2000; ++i) bound->map(cells(line), row);
    result = answers(row);
  };
  std::string one, two;
  std::thread other(work, "A,1,5,7,44,62.5,a", std::ref(one));
  work("B,9,5,7,44,62.5,a", two);
  other.join();
  EXPECT_EQ(one, answers(small_row("A,1,5,7,44,62.5,a")));
  EXPECT_EQ(two, "sex: not a listed code");
}

// ---- bind -----------------------------------------------------------------------------------------------------------

TEST(BindMapping, FindsColumnsByNameInAnyOrderAmongOthers) {
  const std::string_view header = "town,place,age,drug2,drug1,gender,no";
  EXPECT_EQ(answers(small_mapping::row(mapping(), header, "x,a,44,7,5,1,A")),
            R"({"age_years":44,"pregnant":false,"oud_history":true,"opioid_kind":"mixed"})");
  EXPECT_THAT(mapping().bind(cells(header))->absent_columns(), ElementsAre(5U));
  EXPECT_THAT(mapping().bind(cells(kHeader))->absent_columns(), IsEmpty());
}

TEST(BindMapping, ListsMissingColumnsWithTheNearestName) {
  EXPECT_THAT(faults_of_bind("no,sex,Drug1,drug_2,mm,place"),
              ElementsAre("drug1: the header has no such column; did you mean `Drug1`?",
                          "drug2: the header has no such column; did you mean `drug_2`?",
                          "age: the header has no such column"));
}

TEST(BindMapping, RefusesNamesThatStandTwice) {
  EXPECT_THAT(faults_of_bind("town,no,sex,drug1,drug2,age,mm,place,town"),
              ElementsAre("column 9: the same name as column 1"));
  EXPECT_THAT(faults_of_bind("SEX,no,sex,drug1,drug2,age,mm,place"),
              ElementsAre("sex: stands twice: the header also has `SEX`, a name of the same column"));
}

TEST(BindMapping, ComparesWithThePackWhatWasObserved) {
  EXPECT_THAT(mapping().unknown_to(small_packs::pack()), IsEmpty());
  std::vector<std::string> faults;
  for (const Fault& fault :
       mapping(R"({"/observed/codes/a/level": "residental", "/observed/codes/a/capabilities": ["nurses"]})")
           .unknown_to(small_packs::pack()))
    faults.push_back(to_string(fault));
  EXPECT_THAT(faults, ElementsAre("/observed/codes/a/level: the pack has no level `residental`; did you mean "
                                  "`residential`?",
                                  "/observed/codes/a/capabilities: the pack has no capability `nurses`"));
}

}  // namespace mapping_test
}  // namespace placement
