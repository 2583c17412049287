// What an interview shows: text of every situation. The JSON is compared with other answers of the program in
// tests/cli/interview_test.py.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "io/write_lines.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace write_question_test {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Interview interview_of(std::string_view input) {
  static const Engine made = small_packs::engine(R"({
    "constraints": [{"id": "history", "always": "oud_diagnosis = none or oud_history", "because": "Now is ever."}],
    "rules": [
      {"id": "sick", "kind": "require", "level": "intensive", "when": "cows_score >= 13", "because": "Sick."},
      {"id": "ill", "kind": "require", "level": "hospital", "when": "psychosis = acute and uses_alone"},
      {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now", "because": "Blue.",
       "action": "Call for help."},
      {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"}],
    "must_know": [{"field": "oud_diagnosis", "because": "All rests on it."}]})");
  return *Interview::start(made, *read_interview(input));
}

std::string text(std::string_view input) { return write_question(interview_of(input), Format::text); }

TEST(WriteQuestion, ShowsTheQuestionItsAnswersAndWhy) {
  const std::string all = text("{}");
  EXPECT_THAT(all, StartsWith("ASK NEXT (oud_diagnosis)\nWhich severity of opioid use disorder"));
  EXPECT_THAT(all, HasSubstr("\n  1  none      fewer than 2 criteria\n"));
  EXPECT_THAT(all, HasSubstr("It must be known before a level counts as decided. All rests on it.\n"));
  EXPECT_THAT(all, HasSubstr("By itself no answer changes which levels are possible"));
  EXPECT_THAT(all, HasSubstr("\n0 answers; at most 6 questions left.\n"));
}

TEST(WriteQuestion, SaysWhatEachAnswerLeavesPossible) {
  const std::string asked = text(R"({"assessment": {"cows_score": {"from": 9}, "uses_alone": false, "age_years": 30,
    "oud_diagnosis": "mild", "oud_history": true}})");
  EXPECT_THAT(asked, HasSubstr("0 to 48 points, or a range"));
  EXPECT_THAT(asked, HasSubstr("Known so far: at least 9 points."));
  EXPECT_THAT(asked, HasSubstr("  - 9 to 12 points: Level 0\n  - at least 13 points: Level 1\n"));
  EXPECT_THAT(asked, HasSubstr("It bears on:\n  - at least Level 1: Sick.\n"));
}

TEST(WriteQuestion, ShowsAnEmergencyFirst) {
  const std::string all = text(R"({"overdose_signs_now": true})");
  EXPECT_THAT(all, StartsWith("!!!!"));
  EXPECT_THAT(all, HasSubstr("EMERGENCY: act now, before any placement\n  STOP  Blue.\n     -> Call for help.\n"));
  EXPECT_LT(all.find("EMERGENCY"), all.find("ASK NEXT"));
  EXPECT_THAT(text(R"({"assessment": {"overdose_signs_now": true}, "request": {"handled": [{"alert": "overdose"}]}})"),
              Not(HasSubstr("EMERGENCY")));
}

TEST(WriteQuestion, ShowsAContradictionAndAsksNothing) {
  const std::string all = text(R"({"oud_diagnosis": "mild", "oud_history": false})");
  EXPECT_THAT(all, StartsWith("CONTRADICTION: these answers cannot all be true\n"));
  EXPECT_THAT(all, HasSubstr("Now is ever."));
  EXPECT_THAT(all, Not(HasSubstr("ASK NEXT")));
  EXPECT_THAT(all, HasSubstr("OUD diagnosis: mild; OUD history: no"));
}

TEST(WriteQuestion, ShowsAContradictionBesideAnEmergency) {
  const std::string all = text(R"({"oud_diagnosis": "mild", "oud_history": false, "overdose_signs_now": true})");
  EXPECT_THAT(all, HasSubstr("EMERGENCY"));
  EXPECT_THAT(all, HasSubstr("CONTRADICTION: these answers cannot all be true\n  These answers contradict"));
}

TEST(WriteQuestion, SaysWhereNothingIsLeft) {
  EXPECT_EQ(text(R"({"age_years": 12, "overdose_signs_now": false})"),
            "OUT OF SCOPE: this pack does not speak about this person.\n2 answers; nothing left to ask.\n");
}

TEST(WriteQuestion, KeepsWithinEightyColumns) {
  Interview interview = *Interview::start(*Engine::make(default_pack()));
  for (std::size_t asked = 0; interview.question(); ++asked) {
    ASSERT_LT(asked, kFieldCount);
    std::string rest = write_question(interview, Format::text);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      EXPECT_LE(io::code_points(rest.substr(0, end)), 80U) << rest.substr(0, end);
      rest.erase(0, end + 1);
    }
    interview.not_known(*interview.question());
  }
}

}  // namespace write_question_test
}  // namespace placement
