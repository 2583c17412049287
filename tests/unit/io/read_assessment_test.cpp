// Reading assessments, requests and cases: every fault at once, with its place, and never the value.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/generate.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace read_assessment_test {

using small_packs::faults_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> faults(std::string_view json) {
  const Result<Assessment> read = read_assessment(json);
  if (read.has_value()) return {};
  EXPECT_EQ(read.error().code, ErrorCode::bad_assessment) << json;
  return faults_of(read.error());
}

std::vector<std::string> input_faults(std::string_view json, ErrorCode code = ErrorCode::bad_request) {
  const Result<Input> read = read_input(json);
  if (read.has_value()) return {};
  EXPECT_EQ(read.error().code, code);
  return faults_of(read.error());
}

ValueSet answer(std::string_view json, Field field) {
  const Result<Assessment> read = read_assessment(json);
  EXPECT_TRUE(read.has_value()) << json << ": " << (read.has_value() ? "" : to_string(read.error().faults.front()));
  return read.has_value() ? read->answer(field) : ValueSet();
}

// ---- Answers --------------------------------------------------------------------------------------------------------

TEST(ReadAssessment, ReadsAnswersOfEveryKind) {
  EXPECT_EQ(answer(R"({"pregnant": true})", Field::pregnant), ValueSet::of(1));
  EXPECT_EQ(answer(R"({"pregnant": false})", Field::pregnant), ValueSet::of(0));
  EXPECT_EQ(answer(R"({"age_years": 27})", Field::age_years), ValueSet::of(27));
  EXPECT_EQ(answer(R"({"housing": "sheltered"})", Field::housing), ValueSet::of(3));
  EXPECT_EQ(answer(R"({"opioid_kind": "mixed"})", Field::opioid_kind), ValueSet::of(5));
}

TEST(ReadAssessment, ReadsPartlyKnownAnswers) {
  EXPECT_EQ(answer(R"({"cows_score": {"from": 8}})", Field::cows_score), ValueSet::range(8, 48));
  EXPECT_EQ(answer(R"({"cows_score": {"to": 12}})", Field::cows_score), ValueSet::range(0, 12));
  EXPECT_EQ(answer(R"({"cows_score": {"from": 5, "to": 12}})", Field::cows_score), ValueSet::range(5, 12));
  EXPECT_EQ(answer(R"({"cows_score": {"any_of": [3, 5]}})", Field::cows_score), ValueSet::of(3) | ValueSet::of(5));
  EXPECT_EQ(answer(R"({"housing": {"from": "at_risk", "to": "sheltered"}})", Field::housing), ValueSet::range(2, 3));
  EXPECT_EQ(answer(R"({"housing": {"any_of": ["sheltered", "unsheltered"]}})", Field::housing), ValueSet::range(3, 4));
  EXPECT_EQ(answer(R"({"pregnant": {"any_of": [true]}})", Field::pregnant), ValueSet::of(1));
}

TEST(ReadAssessment, NullAbsenceAndTheWholeRangeMeanUnknown) {
  for (const std::string_view json : {"{}", R"({"cows_score": null})", R"({"cows_score": {"from": 0, "to": 48}})",
                                      R"({"pregnant": {"any_of": [false, true]}})"})
    EXPECT_EQ(read_assessment(json).value(), Assessment()) << json;
}

TEST(ReadAssessment, TopCodedCountsTakeLargerNumbersAsThatOrMore) {
  EXPECT_EQ(answer(R"({"overdoses_ever": 900})", Field::overdoses_ever), ValueSet::of(50));
  EXPECT_EQ(answer(R"({"days_since_overdose": {"from": 900}})", Field::days_since_overdose), ValueSet::of(250));
  EXPECT_EQ(answer(R"({"overdoses_ever": 18446744073709551615})", Field::overdoses_ever), ValueSet::of(50));
}

// ---- Faults ---------------------------------------------------------------------------------------------------------

TEST(ReadAssessment, RefusesNumbersOutOfRange) {
  EXPECT_THAT(faults(R"({"cows_score": 49})"), ElementsAre("/cows_score: above range: expected 0 to 48 points"));
  EXPECT_THAT(faults(R"({"cows_score": -1})"), ElementsAre("/cows_score: below range: expected 0 to 48 points"));
  EXPECT_THAT(faults(R"({"overdoses_ever": -1})"),
              ElementsAre("/overdoses_ever: below range: expected 0 to 50 overdoses"));
  EXPECT_THAT(faults(R"({"cows_score": {"from": 49}})"),
              ElementsAre("/cows_score/from: above range: expected 0 to 48 points"));
  EXPECT_THAT(faults(R"({"cows_score": {"any_of": [1, 49, -2]}})"),
              ElementsAre("/cows_score/any_of/1: above range: expected 0 to 48 points",
                          "/cows_score/any_of/2: below range: expected 0 to 48 points"));
}

TEST(ReadAssessment, RefusesWrongTypes) {
  EXPECT_THAT(faults(R"({"pregnant": "yes"})"), ElementsAre("/pregnant: wrong type: expected true or false"));
  EXPECT_THAT(faults(R"({"pregnant": 1})"), ElementsAre("/pregnant: wrong type: expected true or false"));
  for (const std::string value : {"\"12\"", "12.5", "12.0", "true", "[12]", "1e3"})
    EXPECT_THAT(faults("{\"cows_score\": " + value + "}"),
                ElementsAre("/cows_score: wrong type: expected a whole number, 0 to 48 points"))
        << value;
  EXPECT_THAT(faults(R"({"fluid_loss": 2})"),
              ElementsAre("/fluid_loss: wrong type: expected one of none, mild, severe"));
  EXPECT_THAT(faults("[]"), ElementsAre("wrong type: expected an object of answers"));
  EXPECT_THAT(faults("null"), ElementsAre("wrong type: expected an object of answers"));
}

TEST(ReadAssessment, RefusesNamesThatAreNotAllowed) {
  EXPECT_THAT(faults(R"({"fluid_loss": "severely"})"),
              ElementsAre("/fluid_loss: not an allowed name: expected one of none, mild, severe"));
  EXPECT_THAT(faults(R"({"fluid_loss": "Severe"})"),
              ElementsAre("/fluid_loss: not an allowed name: expected one of none, mild, severe"));
  EXPECT_THAT(faults(R"({"fluid_loss": {"any_of": ["mild", "bad"]}})"),
              ElementsAre("/fluid_loss/any_of/1: not an allowed name: expected one of none, mild, severe"));
}

TEST(ReadAssessment, RefusesSetsThatSayNothing) {
  EXPECT_THAT(faults(R"({"cows_score": {"from": 12, "to": 5}})"),
              ElementsAre("/cows_score: empty range: `from` is above `to`"));
  EXPECT_THAT(faults(R"({"cows_score": {}})"), ElementsAre("/cows_score: empty: expected a value or a set of values"));
  EXPECT_THAT(faults(R"({"cows_score": {"any_of": []}})"),
              ElementsAre("/cows_score/any_of: wrong type: expected a list of values, at least one"));
  EXPECT_THAT(faults(R"({"cows_score": {"any_of": 3}})"),
              ElementsAre("/cows_score/any_of: wrong type: expected a list of values, at least one"));
  EXPECT_THAT(faults(R"({"cows_score": {"any_of": [3], "from": 2}})"),
              testing::Contains("/cows_score: `any_of` stands alone"));
  EXPECT_THAT(faults(R"({"cows_score": {"above": 3}})"),
              ElementsAre("/cows_score/above: unknown key; expected `from`, `to` or `any_of`"));
  EXPECT_THAT(faults(R"({"opioid_kind": {"from": "fentanyl"}})"),
              ElementsAre("/opioid_kind/from: unknown key; expected `any_of`"));
}

TEST(ReadAssessment, RefusesUnknownKeysAndNamesTheNearestKnownOne) {
  EXPECT_THAT(faults(R"({"cows_scor": 3})"),
              ElementsAre("/cows_scor: unknown key `cows_scor`; expected a field; did you mean `cows_score`?"));
  EXPECT_THAT(faults(R"({"shoe_size": 3})"), ElementsAre("/shoe_size: unknown key `shoe_size`; expected a field"));
}

TEST(ReadAssessment, RefusesKeysThatStandTwice) {
  EXPECT_THAT(faults(R"({"cows_score": 3, "cows_score": 3})"), ElementsAre("/cows_score: the key stands twice"));
  EXPECT_THAT(faults(R"({"cows_score": {"from": 3, "from": 4}})"),
              ElementsAre("/cows_score/from: the key stands twice"));
}

TEST(ReadAssessment, ReportsEveryFaultAtOnce) {
  EXPECT_THAT(faults(R"({"cows_score": 49, "hosing": 1, "pregnant": "no", "fluid_loss": {"any_of": ["bad"]},
                         "craving": 3, "craving": 4})"),
              testing::UnorderedElementsAre(StartsWith("/cows_score: above"), StartsWith("/hosing: unknown key"),
                                            StartsWith("/pregnant: wrong type"),
                                            StartsWith("/fluid_loss/any_of/0: not"), "/craving: the key stands twice"));
}

TEST(ReadAssessment, NeverRepeatsAValueOrAnythingThatMayBeAName) {
  for (const std::string_view json :
       {R"({"cows_score": 987654})",
        R"({"cows_score": -987654})",
        R"({"cows_score": "Quincy Zebrowski"})",
        R"({"cows_score": 987654.5})",
        R"({"housing": "Quincy Zebrowski"})",
        R"({"housing": 987654})",
        R"({"pregnant": "Quincy Zebrowski"})",
        R"({"Quincy Zebrowski": 987654})",
        R"({"cows_score": {"from": 987654}})",
        R"({"cows_score": {"Quincy Zebrowski": 1}})",
        R"({"cows_score": {"any_of": ["Quincy Zebrowski", 987654]}})",
        R"({"Quincy Zebrowski": 1, "Quincy Zebrowski": 2})",
        R"("Quincy Zebrowski")",
        R"(["Quincy Zebrowski"])",
        R"({"cows_score": 987654,})",
        R"({"housing": "Quincy Zebrowski)",
        R"({"housing": Quincy Zebrowski})",
        R"({"cows_score": 987654987654987654987654})",
        R"({"housing": ["Quincy Zebrowski"]})",
        R"({"assessment": {"housing": "Quincy Zebrowski"}, "note": 987654})",
        R"({"assessment": {}, "Quincy Zebrowski": 1, "request": {"Quincy Zebrowski": 987654}})",
        R"({"assessment": {}, "request": {"undecided": "Quincy Zebrowski", "asked": ["Quincy Zebrowski"],
            "current_level": 987654, "handled": {"alert": "Quincy Zebrowski"}}})"}) {
    const Result<Input> read = read_input(json);
    ASSERT_FALSE(read.has_value()) << json;
    for (const std::string& fault : faults_of(read.error())) {
      EXPECT_THAT(fault, Not(HasSubstr("987654"))) << json;
      EXPECT_THAT(fault, Not(HasSubstr("Quincy"))) << json;
      EXPECT_THAT(fault, Not(HasSubstr("Zebrowski"))) << json;
      EXPECT_THAT(fault, Not(HasSubstr("\n"))) << json;
    }
  }
}

// ---- Text that is no JSON -------------------------------------------------------------------------------------------

std::string syntax_fault(std::string_view json) {
  const Result<Assessment> read = read_assessment(json);
  if (read.has_value()) return "read";
  EXPECT_EQ(read.error().code, ErrorCode::syntax);
  return faults_of(read.error()).front();
}

TEST(ReadAssessment, PlacesBrokenJson) {
  EXPECT_EQ(syntax_fault("{\"cows_score\": 3,\n \"craving\": }"),
            "line 2, column 13: the text is not valid JSON from here on");
  EXPECT_THAT(syntax_fault(""), HasSubstr("empty"));
  for (const std::string_view json : {"{", "{} {}", "{'a': 1}", "{\"craving\": 01}", "{\"craving\": NaN}", "// no\n{}",
                                      "{\"craving\": 1,}", "{\"a\": \"\xff\"}", "{\"a\": \"\\ud800\"}"})
    EXPECT_THAT(syntax_fault(json), StartsWith("line 1, column ")) << json;
}

TEST(ReadAssessment, LimitsDepthAndSize) {
  const std::string deep = R"({"craving": )" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
  EXPECT_THAT(syntax_fault(deep), HasSubstr("nested too deeply: at most 32"));
  EXPECT_EQ(syntax_fault("{" + std::string((1U << 20U) - 2, ' ') + "}"), "read");
  EXPECT_THAT(syntax_fault("{" + std::string((1U << 20U) - 1, ' ') + "}"),
              HasSubstr("too large: at most 1048576 bytes"));
}

// ---- Round trip -----------------------------------------------------------------------------------------------------

TEST(WriteAssessment, IsOneLineInFieldOrder) {
  EXPECT_EQ(
      write_assessment(read_assessment(R"({"housing": {"any_of": ["stable", "sheltered"]}, "cows_score": {"from": 8},
                "age_years": 27, "pregnant": true, "phq9_score": null, "craving": {"from": 2, "to": 4}})")
                           .value()),
      R"({"age_years":27,"pregnant":true,"cows_score":{"from":8},)"
      R"("housing":{"any_of":["stable","sheltered"]},"craving":{"from":2,"to":4}})");
  EXPECT_EQ(write_assessment(Assessment()), "{}");
}

TEST(WriteAssessment, RoundTripsRandomAssessmentsByteForByte) {
  oracle::Dice dice(oracle::test_seed() + 91);
  for (int i = 0; i < 500; ++i) {
    Assessment person;
    for (const FieldSpec& f : fields()) {
      ValueSet values;
      const int kind = dice.roll(4);
      const int from = dice.roll(f.size());
      if (kind == 0) values = ValueSet::of(from);
      if (kind == 1) values = ValueSet::range(from, dice.between(from, f.high));
      if (kind == 2)
        while (values.empty())
          for (int v = 0; v <= f.high; ++v)
            if (dice.chance(20)) values.insert(v);
      if (!values.empty()) person.set(f.field, values);
    }
    const std::string text = write_assessment(person);
    const Result<Assessment> read = read_assessment(text);
    ASSERT_TRUE(read.has_value()) << text;
    ASSERT_EQ(*read, person) << text;
    ASSERT_EQ(write_assessment(*read), text);
  }
}

// ---- Inputs and requests --------------------------------------------------------------------------------------------

TEST(ReadInput, ReadsABareAssessmentOrOneWithARequest) {
  EXPECT_EQ(read_input(R"({"craving": 3})")->assessment.answer(Field::craving), ValueSet::of(3));
  const Result<Input> read = read_input(R"({"note": "n", "assessment": {"craving": 3}, "request": {"id": "r-1",
    "as_of": "2026-11-22", "current_level": "iop", "current_capabilities": ["a"],
    "available": [{"level": "php", "capabilities": ["b", "c"]}, {"level": "iop"}], "undecided": "highest",
    "handled": [{"alert": "overdose", "by": "RN-7", "at": "10:00"}], "asked": ["craving", "housing"],
    "placed": {"level": "php", "override_reason": "why"}}})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->assessment.answer(Field::craving), ValueSet::of(3));
  const Request& request = read->request;
  EXPECT_EQ(request.id, "r-1");
  EXPECT_EQ(request.as_of, "2026-11-22");
  EXPECT_EQ(request.current_level, "iop");
  EXPECT_THAT(*request.current_capabilities, ElementsAre("a"));
  ASSERT_EQ(request.available->size(), 2U);
  EXPECT_THAT((*request.available)[0].capabilities, ElementsAre("b", "c"));
  EXPECT_TRUE((*request.available)[1].capabilities.empty());
  EXPECT_EQ(request.undecided, UndecidedPolicy::highest);
  EXPECT_EQ(request.handled.at(0).by, "RN-7");
  EXPECT_THAT(request.asked, ElementsAre(Field::craving, Field::housing));
  EXPECT_EQ(request.placed->level, "php");
  EXPECT_EQ(request.placed->override_reason, "why");
}

TEST(ReadInput, PlacesFaultsInsideTheAssessmentAndTheRequest) {
  EXPECT_THAT(input_faults(R"({"assessment": {"cows_score": 49}, "request": {"id": 7}})", ErrorCode::bad_assessment),
              ElementsAre("/assessment/cows_score: above range: expected 0 to 48 points",
                          "/request/id: wrong type: expected a text that is not empty"));
  EXPECT_THAT(input_faults(R"({"assessment": {}, "reqest": {}})", ErrorCode::bad_assessment),
              ElementsAre("/reqest: unknown key `reqest`; did you mean `request`?"));
}

TEST(ReadInput, ReportsEveryFaultOfARequest) {
  EXPECT_THAT(
      input_faults(R"({"assessment": {}, "request": {"current_levl": "iop", "undecided": "middle",
                "available": [{"capabilities": []}, 3], "handled": [{"by": "x"}], "asked": ["shoe_size", 3],
                "placed": {"override_reason": "x"}, "current_capabilities": "a"}})"),
      testing::UnorderedElementsAre(
          "/request/current_levl: unknown key `current_levl`; did you mean `current_level`?",
          "/request/undecided: not an allowed name (`middle`): expected one of none, lowest, highest",
          "/request/available/0: the key `level` is missing", "/request/available/1: wrong type: expected an object",
          "/request/handled/0: the key `alert` is missing", "/request/asked/0: not an allowed name (`shoe_size`)",
          "/request/asked/1: wrong type: expected a name", "/request/placed: the key `level` is missing",
          "/request/current_capabilities: wrong type: expected a list"));
  EXPECT_THAT(input_faults(R"({"assessment": {}, "request": []})"),
              ElementsAre("/request: wrong type: expected an object"));
  EXPECT_THAT(input_faults("{\"assessment\": {}, \"request\": {\"id\": \"two\\nlines\"}}"),
              ElementsAre("/request/id: expected one line without control characters"));
}

// ---- Cases ----------------------------------------------------------------------------------------------------------

TEST(ReadCases, ReadsOneCaseALineAndSkipsBlankOnes) {
  const Result<std::vector<Case>> read = read_cases(
      "\n{\"note\": \"a\", \"assessment\": {\"craving\": 3}, \"want\": {\"status\": \"decided\", \"feasible\": "
      "null}}\r\n"
      "  \t\n{\"note\": \"b\", \"assessment\": {}, \"request\": {\"undecided\": \"lowest\"}, \"want\": "
      "{\"possible\": [\"x\"], \"feasible\": \"y\"}}");
  ASSERT_TRUE(read.has_value()) << to_string(read.error().faults.front());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].line, 2U);
  EXPECT_EQ((*read)[0].note, "a");
  EXPECT_EQ((*read)[0].want.status, "decided");
  ASSERT_TRUE((*read)[0].want.feasible.has_value());
  EXPECT_EQ(*(*read)[0].want.feasible, std::nullopt);
  EXPECT_FALSE((*read)[0].want.possible.has_value());
  EXPECT_EQ((*read)[1].line, 4U);
  EXPECT_EQ((*read)[1].input.request.undecided, UndecidedPolicy::lowest);
  EXPECT_EQ(**(*read)[1].want.feasible, "y");
  EXPECT_TRUE(read_cases("")->empty());
}

TEST(ReadCases, ReportsFaultsOfAllLines) {
  const Result<std::vector<Case>> read = read_cases(
      "{\"assessment\": {\"cows_score\": 49}, \"want\": {\"stats\": \"decided\"}}\n"
      "{\"note\": \"b\", \"assessment\": {}}\n"
      "{\"note\": \"c\", \"assessment\": {}, \"want\": {\"holds\": \"x\"}}\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::bad_cases);
  EXPECT_THAT(faults_of(read.error()),
              testing::UnorderedElementsAre("line 1: the key `note` is missing",
                                            "line 1, /assessment/cows_score: above range: expected 0 to 48 points",
                                            "line 1, /want/stats: unknown key `stats`; did you mean `status`?",
                                            "line 2: the key `want` is missing",
                                            "line 3, /want/holds: wrong type: expected a list"));
}

TEST(ReadCases, PlacesBrokenLines) {
  const Result<std::vector<Case>> read = read_cases("\n{\"note\": ]\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::bad_cases);
  EXPECT_THAT(faults_of(read.error()), ElementsAre(StartsWith("line 2, ")));
}

}  // namespace read_assessment_test
}  // namespace placement
