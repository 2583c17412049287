// The sentences of an explanation, on results made by the engine from a small pack.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/engine.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace write_explanation_test {

using testing::HasSubstr;
using testing::Not;

const Engine& engine() {
  static const Engine made = small_packs::engine(R"json({
    "terms": [{"id": "craves", "meaning": "strong craving", "when": "craving >= 4 or injects"}],
    "rules": [
      {"id": "no_use", "kind": "require", "level": "intensive", "when": "craves and coping_skills = absent",
       "because": "Strong craving without skills needs more than outpatient care."},
      {"id": "loss", "kind": "require", "level": "hospital", "when": "fluid_loss = severe or overdose_signs_now",
       "because": "Severe loss of fluid needs a hospital."},
      {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"}]})json");
  return made;
}

std::string text(std::string_view json, const Question& question = {}) {
  return write_explanation(*engine().explain(small_packs::person(json), {}, question), Format::text);
}

const char* const kKnown =
    R"json({"craving": 6, "injects": false, "coping_skills": "absent", "fluid_loss": "none", "overdose_signs_now": false})json";

TEST(WriteExplanation, SaysWhatWouldLowerAndRaiseTheLevel) {
  const std::string said = text(kKnown);
  EXPECT_THAT(said, HasSubstr("would be indicated if craving went from 6 points to at most 3 points."));
  EXPECT_THAT(said, HasSubstr("would be indicated if fluid loss went from none to severe."));
  EXPECT_THAT(said, HasSubstr("Strong craving without skills needs more than outpatient care."));
}

TEST(WriteExplanation, TellsAFilledAnswerFromAChangedOne) {
  const std::string said = text(
      R"json({"injects": true, "coping_skills": {"from": "limited"}, "fluid_loss": "none", "overdose_signs_now": false})json",
      {{}, {}, "intensive"});
  EXPECT_THAT(said, HasSubstr("if coping skills, known as limited or absent, turned out to be absent."));
  EXPECT_THAT(text("{}", {{}, {}, "hospital"}), HasSubstr("not known yet, turned out to be"));
}

TEST(WriteExplanation, WarnsWhereTheChangeIsAnEmergency) {
  const std::string said = text(
      R"json({"fluid_loss": "none", "coping_skills": "good", "overdose_signs_now": true})json", {{}, {}, "outpatient"});
  EXPECT_THAT(said, Not(HasSubstr("an emergency, to be acted on before")));
  const Engine severe = small_packs::engine(R"json({"rules": [
    {"id": "a", "kind": "require", "level": "hospital", "when": "overdose_signs_now"},
    {"id": "b", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"}]})json");
  const Explanation e =
      *severe.explain(small_packs::person(R"json({"overdose_signs_now": false})json"), {}, {{}, {}, "hospital"});
  EXPECT_THAT(write_explanation(e, Format::text), HasSubstr("an emergency, to be acted on before"));
}

TEST(WriteExplanation, GoesThroughTheConditionOfARulePartByPart) {
  const std::string said = text(kKnown, {{"no_use", "loss"}, {}, {}});
  EXPECT_THAT(said, HasSubstr("It asks for all of these:\n    - met: strong craving\n"));
  EXPECT_THAT(said, HasSubstr("    - met: coping skills: absent\n"));
  EXPECT_THAT(said, HasSubstr("It does not hold."));
  EXPECT_THAT(said, HasSubstr("    - not met: fluid loss: severe (now none)\n"));
  EXPECT_THAT(text("{}", {{"no_use"}, {}, {}}), HasSubstr("It waits for: "));
}

TEST(WriteExplanation, SaysWhyNotALevel) {
  EXPECT_THAT(text(kKnown, {{}, "outpatient", {}}), HasSubstr("is not enough, because more is demanded:"));
  EXPECT_THAT(text(kKnown, {{}, "hospital", {}}),
              HasSubstr("Severe loss of fluid needs a hospital. Lacking: fluid loss: severe (now"));
  EXPECT_THAT(text("{}", {{}, "intensive", {}}), HasSubstr("is still possible."));
  EXPECT_THAT(text("{}", {{}, "residential", {}}), HasSubstr("No answers at all lead to"));
}

TEST(WriteExplanation, OtherFormatsThanJsonAreText) {
  const Explanation e = *engine().explain(small_packs::person(kKnown));
  EXPECT_EQ(write_explanation(e, Format::svg), write_explanation(e, Format::text));
  EXPECT_EQ(write_explanation(e, Format::json).front(), '{');
}

TEST(WriteExplanation, AsJsonHasTheWholeTreeOfACondition) {
  const Explanation e = *engine().explain(small_packs::person(kKnown), {}, {{"no_use"}, {}, {}});
  const std::string json = write_explanation(e, Format::json);
  EXPECT_THAT(json, HasSubstr(R"("kind": "term")"));
  EXPECT_THAT(json, HasSubstr(R"("term": "craves")"));
  EXPECT_THAT(json, HasSubstr(R"("field": "injects")"));
}

}  // namespace write_explanation_test
}  // namespace placement
