// The law about interviews, and what is left of it where some questions stay without an exact answer. What the truth is
// comes from scoring the full assessment, which knows nothing of questions.
#include "placement/interview.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "placement/io.hpp"
#include "property/people.hpp"

namespace {

using oracle::Dice;
using placement::Assessment;
using placement::Field;
using placement::Interview;
using placement::Recommendation;
using placement::Status;
using placement::ValueSet;
using property::complete_person;
using property::describe;
using property::half_known;
using property::Subject;

Interview interview_of(const Subject& subject, const Assessment& known) {
  return *Interview::start(subject.engine, {{}, {known, subject.request}, {}});
}

std::string told(const Subject& subject, const Assessment& full, const Interview& interview) {
  return "\nasked until: " + placement::write_assessment(interview.state().input.assessment) +
         "\nthe truth:" + describe(subject, full);
}

// `visit` with full, consistent people: of the shipped pack many, of each random one some.
void for_each_full_person(int shipped, int random,
                          const std::function<void(const Subject&, const Assessment&, Dice&)>& visit) {
  Dice dice(oracle::test_seed() + 700);
  for (const Subject& subject : property::subjects())
    for (int i = 0; i < oracle::drawn(subject.is_shipped ? shipped : random); ++i)
      visit(subject, complete_person(dice, subject.engine), dice);
}

TEST(Laws, TheInterviewEndsAtTheLevelOfTheFullAssessment) {
  int levels = 0, fewer = 0;
  for_each_full_person(400, 90, [&](const Subject& subject, const Assessment& full, Dice& dice) {
    const Recommendation truth = subject.recommend(full);
    // From nothing, or from what some chart says already.
    Interview interview = interview_of(subject, dice.chance(80) ? Assessment() : half_known(dice, full, 50));
    std::size_t questions = 0;
    for (; interview.question(); ++questions) {
      ASSERT_LT(questions, placement::kFieldCount) << told(subject, full, interview);
      interview.answer(*interview.question(), full.answer(*interview.question()));
    }
    ASSERT_EQ(interview.now().status, truth.status) << told(subject, full, interview);
    ASSERT_EQ(interview.now().indicated, truth.indicated) << told(subject, full, interview);
    ASSERT_EQ(interview.now().possible, truth.possible) << told(subject, full, interview);
    levels += truth.indicated ? 1 : 0;
    fewer += questions < subject.engine.code_count() ? 1 : 0;
  });
  EXPECT_GT(levels, oracle::drawn(500));
  EXPECT_GT(fewer, oracle::drawn(500)) << "nearly every interview asks everything";
}

// Some questions stay unknown, some answers are only partly known: then more may stay possible, never something else.
TEST(Laws, AnInterviewWithGapsNeverDecidesAWrongLevel) {
  int decided = 0, undecided = 0;
  for_each_full_person(80, 30, [&](const Subject& subject, const Assessment& full, Dice& dice) {
    const Recommendation truth = subject.recommend(full);
    Interview interview = interview_of(subject, Assessment());
    for (std::size_t questions = 0; interview.question(); ++questions) {
      ASSERT_LT(questions, placement::kFieldCount) << told(subject, full, interview);
      const Field field = *interview.question();
      const ValueSet value = full.answer(field);
      if (dice.chance(10))
        interview.not_known(field);
      else if (dice.chance(15))
        interview.answer(field, value | ValueSet::of(dice.roll(placement::spec(field).size())));
      else
        interview.answer(field, value);
    }
    const Recommendation& end = interview.now();
    ASSERT_TRUE(std::includes(end.possible.begin(), end.possible.end(), truth.possible.begin(), truth.possible.end()))
        << told(subject, full, interview);
    if (end.status == Status::decided) {
      ASSERT_EQ(truth.status, Status::decided) << told(subject, full, interview);
      ASSERT_EQ(end.indicated, truth.indicated) << told(subject, full, interview);
    }
    // Out of scope says nothing of a stop alert that a gap leaves open.
    const bool is_certain = end.status == Status::emergency;
    if (is_certain || end.status == Status::out_of_scope) {
      ASSERT_TRUE(truth.status == Status::emergency || (!is_certain && truth.status == end.status))
          << told(subject, full, interview);
    }
    (end.indicated ? decided : undecided) += 1;
  });
  EXPECT_GT(decided, oracle::drawn(50));
  EXPECT_GT(undecided, oracle::drawn(50));
}

}  // namespace
