#include <gmock/gmock.h>

#include <sstream>

#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_text_test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(WriteText, TheFirstLineIsTheAnswer) {
  EXPECT_THAT(write_text(samples::decided()), StartsWith("DETOX: decided\n"));
  EXPECT_THAT(write_text(samples::undecided()), StartsWith("NOT DECIDED: possible Clinic, Ward or Detox\n"));
  EXPECT_THAT(write_text(samples::bridged()),
              StartsWith("NOT DECIDED: possible Clinic, Ward or Detox; policy 'lowest' takes Clinic\n"));
  EXPECT_THAT(write_text(samples::emergency()), StartsWith("EMERGENCY: act now, before any placement\n"));
  EXPECT_THAT(write_text(samples::inconsistent()), StartsWith("CONTRADICTION: "));
  EXPECT_THAT(write_text(samples::out_of_scope()), StartsWith("OUT OF SCOPE: "));
}

TEST(WriteText, SaysTheHoursOfTheLevel) {
  EXPECT_THAT(write_text(samples::decided()), StartsWith("DETOX: decided\n  24 hours a day.\n"));
}

TEST(WriteText, OneLevelPossibleIsNotYetDecided) {
  Recommendation r = samples::undecided();
  r.possible = {1};
  EXPECT_THAT(write_text(r), StartsWith("NOT DECIDED: Clinic is the only level possible, yet not confirmed\n"));
  r.possible = {};
  EXPECT_THAT(write_text(r), StartsWith("NOT DECIDED: no level could be named\n"));
}

TEST(WriteText, FitsATerminalAndHasNoControlCharacters) {
  for (const samples::Sample& sample : samples::all()) {
    const std::string text = write_text(sample.recommendation);
    EXPECT_EQ(text.back(), '\n');
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(code_points(line), 100U) << sample.name << ": " << line;
      EXPECT_EQ(clean(line), line) << sample.name;
      EXPECT_TRUE(line.empty() || line.back() != ' ') << sample.name << ": " << line;
    }
  }
}

TEST(WriteText, SaysWhyWithSourceAndMark) {
  EXPECT_THAT(write_text(samples::decided()), HasSubstr("Dehydration in withdrawal can kill: treat <now>. [A Book"));
  EXPECT_THAT(write_text(samples::decided()), HasSubstr("Enough to know: COWS score: 15 points; fluid loss: severe"));
  Recommendation r = samples::decided();
  r.rules[samples::rule("fluids")].determining = false;
  r.rules[samples::rule("danger")].determining = true;
  EXPECT_THAT(write_text(r), HasSubstr("secondary source]"));
  r.rules[samples::rule("danger")].determining = false;
  EXPECT_THAT(write_text(r), HasSubstr("No rule demands more than Detox."));
}

TEST(WriteText, ShowsTheEmergencyFirst) {
  const std::string text = write_text(samples::emergency());
  EXPECT_LT(text.find("STOP    There are signs of an overdose."), text.find("BESIDE IT"));
  EXPECT_THAT(text, HasSubstr("Call for help and give naloxone."));
  EXPECT_THAT(text, HasSubstr("handled by RN <7> at 2026-11-22T10:00"));
  EXPECT_THAT(text, HasSubstr("Level of care once that is handled: Home to Detox (4 levels)."));
  EXPECT_THAT(text, Not(HasSubstr("ASK NEXT")));
}

TEST(WriteText, AnEmergencyWithoutACertainAlertShowsAllThatMayBe) {
  Recommendation r = samples::emergency();
  r.alerts[0].state = RuleState::open;
  r.rules[samples::rule("overdose_now")].waits_for.insert(Field::overdose_signs_now);
  EXPECT_THAT(write_text(r), HasSubstr("STOP    There are signs of an overdose. (not ruled out)"));
}

TEST(WriteText, NamesTheContradiction) {
  EXPECT_THAT(write_text(samples::inconsistent()),
              HasSubstr("contradict each other: OUD diagnosis: severe; OUD history: no."));
  EXPECT_THAT(write_text(samples::inconsistent()), HasSubstr("A current disorder counts as ever had."));
}

TEST(WriteText, AContradictionNeverHidesAnEmergency) {
  Recommendation r = samples::emergency();
  r.possible.clear();
  r.conflict.insert(Field::days_since_overdose);
  EXPECT_THAT(write_text(r), HasSubstr("contradict each other"));
}

TEST(WriteText, SaysWhyItIsOutOfScope) {
  EXPECT_THAT(write_text(samples::out_of_scope()), HasSubstr("The pack is for adults."));
  Recommendation r = samples::out_of_scope();
  r.rules[samples::rule("minor")].state = RuleState::open;
  EXPECT_THAT(write_text(r), HasSubstr("The pack is for adults."));
}

TEST(WriteText, AsksNextAndSaysWhy) {
  const std::string text = write_text(samples::undecided());
  EXPECT_THAT(text, HasSubstr("Must be known before a level counts as decided: pregnant and suicide risk."));
  EXPECT_THAT(text, HasSubstr("What is the suicide risk by structured triage?"));
  EXPECT_THAT(text, HasSubstr("Then: fluid loss"));
  Recommendation r = samples::undecided();
  r.next_question = Field::fluid_loss;
  EXPECT_THAT(write_text(r), HasSubstr("Can narrow what is still possible: Clinic, Ward or Detox."));
  r.possible = {1};
  r.next_question = Field::age_years;
  EXPECT_THAT(write_text(r), HasSubstr("Can settle the result."));
}

TEST(WriteText, SaysWhenTheScopeIsNotCertain) {
  Recommendation r = samples::undecided();
  r.rules[samples::rule("minor")].state = RuleState::open;
  r.rules[samples::rule("minor")].waits_for.insert(Field::age_years);
  EXPECT_THAT(write_text(r), HasSubstr("Not certain that this pack applies: depends on age."));
}

TEST(WriteText, ThePathHasCriteriaOnceEach) {
  const std::string text = write_text(samples::decided());
  const std::string criterion = "fluid loss below severe (now severe) or COWS score below 13 points (now 15 points)";
  EXPECT_THAT(text, HasSubstr(criterion));
  EXPECT_EQ(text.find(criterion), text.rfind(criterion)) << "what the first stop lists is not said again";
  EXPECT_THAT(text, HasSubstr("Open today: Home or Clinic; settled by progress."));
}

TEST(WriteText, DispositionFeasibleAndPlaced) {
  const std::string text = write_text(samples::bridged());
  EXPECT_THAT(text, HasSubstr("No disposition yet: the level is not decided."));
  EXPECT_THAT(text, HasSubstr("On offer now: Home, as a bridge."));
  EXPECT_THAT(text, HasSubstr("It lacks: Perinatal."));
  EXPECT_THAT(text, HasSubstr("Also on offer, not advised: Ward (24-hour care"));
  EXPECT_THAT(text, HasSubstr("Placed by the clinician at Home; reason for the override: The person chose otherwise."));
  EXPECT_THAT(text, HasSubstr("more levels may be listed than are possible"));
}

TEST(WriteText, EveryDispositionIsASentence) {
  Recommendation r = samples::decided();
  r.request.current_level = "ward";
  const std::vector<std::pair<Disposition, std::string>> wanted{
      {Disposition::admit, "Admit to Detox."},
      {Disposition::step_up, "Step up from Ward to Detox."},
      {Disposition::transfer, "Stay at Ward, in a programme that has Perinatal."},
      {Disposition::continue_level, "Continue at Ward."},
      {Disposition::discharge_to_aftercare, "Discharge from Ward to Detox."},
      {Disposition::step_down, "Step down from Ward to Detox."}};
  for (const auto& [disposition, sentence] : wanted) {
    r.disposition = disposition;
    EXPECT_THAT(write_text(r), HasSubstr(sentence));
  }
}

TEST(WriteText, FeasibleWithoutAPlan) {
  Recommendation r = samples::decided();
  r.feasible = Feasible{3, {}, Feasible::Plan::none, {}, 0};
  EXPECT_THAT(write_text(r), HasSubstr("On offer now: Detox."));
  r.feasible = Feasible{std::nullopt, {0}, Feasible::Plan::transfer, {}, 2};
  EXPECT_THAT(write_text(r), HasSubstr("Nothing on offer is safe: transfer."));
  EXPECT_THAT(write_text(r), HasSubstr("The programme to be found must have: Hospital."));
  r.indicated = 1;
  r.feasible = Feasible{2, {}, Feasible::Plan::none, {}, 0};
  EXPECT_THAT(write_text(r), HasSubstr("On offer now: Ward, the nearest above what is indicated."));
  r.feasible = Feasible{std::nullopt, {}, Feasible::Plan::bridge, {}, 2};
  EXPECT_THAT(write_text(r), HasSubstr("Nothing on offer fits: bridge the time until it is found."));
}

TEST(WriteText, LongListsAreCut) {
  Recommendation r = samples::decided();
  for (RuleResult& rule : r.rules) rule.determining = true;
  EXPECT_THAT(write_text(r), HasSubstr("more (see --format json)"));
}

TEST(WriteText, EndsWithThePackAndTheWarning) {
  EXPECT_THAT(write_text(samples::decided()),
              HasSubstr("pack small 1.2.3, digest " + samples::pack().digest().substr(0, 12)));
  EXPECT_THAT(write_text(samples::decided()), HasSubstr("decision support: check before use\n"));
}

}  // namespace write_text_test
}  // namespace placement::io
