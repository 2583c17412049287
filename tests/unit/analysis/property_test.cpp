// Properties proved and refuted; every counterexample is put to the engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/walk.hpp"
#include "placement/analysis.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace property_test {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using Verdict = Finding::Verdict;

constexpr std::string_view kRules = R"json(
  {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
  {"id": "rough", "kind": "require", "level": "residential", "when": "housing = unsheltered and self_care = unable"},
  {"id": "odd", "kind": "require", "level": "hospital", "when": "suicide_risk between low and moderate and injects"},
  {"id": "recent", "kind": "require", "level": "intensive", "when": "days_since_overdose <= 30"},
  {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "pregnant"},
  {"id": "treat", "kind": "offer", "service": "moud", "when": "oud_history"},
  {"id": "liver", "kind": "avoid", "service": "moud", "when": "acute_liver_failure"},
  {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
  {"id": "infection", "kind": "alert", "urgency": "urgent", "when": "severe_infection_signs"},
  {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"})json";

struct Checked {
  Engine engine;
  Finding finding;
};

// The finding about one property of a pack with the rules above, or those given.
Checked check(const std::string& claim, const std::string& constraints = "", std::string_view rules = kRules,
              std::uint64_t steps = 2'000'000) {
  const std::string parts = R"({"rules": [)" + std::string(rules) + R"(], "constraints": [)" + constraints +
                            R"(], "properties": [{"id": "p", "says": "a claim", )" + claim + "}]}";
  Checked checked{small_packs::engine(parts), {}};
  for (Finding& f : check_pack(checked.engine, steps))
    if (f.kind == "property") checked.finding = std::move(f);
  EXPECT_EQ(checked.finding.kind, "property");
  EXPECT_EQ(checked.finding.where, "/properties/0");
  EXPECT_EQ(checked.finding.counterexample.has_value(), checked.finding.verdict == Verdict::refuted);
  return checked;
}

Verdict verdict(const std::string& claim, const std::string& constraints = "") {
  return check(claim, constraints).finding.verdict;
}

// A completion of an assessment: every answer the lowest, or the highest, that is left; an adult where that is left.
KnownAnswers completed(const Assessment& assessment, bool highest) {
  KnownAnswers answers;
  for (const FieldSpec& f : fields()) {
    const ValueSet values = assessment.answer(f.field);
    answers.bytes()[static_cast<std::size_t>(f.field)] =
        static_cast<std::uint8_t>(highest ? values.highest() : values.lowest());
  }
  if (assessment.answer(Field::age_years).contains(30)) answers.age_years = 30;
  return answers;
}

struct Judged {
  Score score;
  bool held(std::size_t rule) const { return (bits[rule / 64] >> (rule % 64) & 1U) != 0; }
  std::vector<std::uint64_t> bits;
};

Judged judge(const Engine& engine, const KnownAnswers& answers) {
  Judged judged{{}, std::vector<std::uint64_t>(engine.held_words())};
  judged.score = engine.score(answers, judged.bits);
  EXPECT_TRUE(judged.score.consistent);
  EXPECT_TRUE(judged.score.in_scope);
  return judged;
}

// ---- implies --------------------------------------------------------------------------------------------------------

TEST(Implies, IsProvedWhereItAlwaysFollows) {
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "level >= intensive"})"), Verdict::proved);
  EXPECT_EQ(verdict(R"("implies": {"when": "overdose_signs_now", "then": "any stop and alert overdose"})"),
            Verdict::proved);
  EXPECT_EQ(verdict(R"("implies": {"when": "severe_infection_signs", "then": "alert infection"})"), Verdict::proved);
  EXPECT_EQ(verdict(R"("implies": {"when": "pregnant", "then": "requires nursing"})"), Verdict::proved);
  EXPECT_EQ(
      verdict(R"json("implies": {"when": "acute_liver_failure", "then": "avoids moud and not(offers moud)"})json"),
      Verdict::proved);
  EXPECT_EQ(verdict(R"("implies": {"when": "true", "then": "level != residential or housing = unsheltered"})"),
            Verdict::proved);
  EXPECT_EQ(verdict(R"json("implies": {"when": "injects and pregnant",
                       "then": "at least 2 of (level >= intensive, requires nursing, any stop)"})json"),
            Verdict::proved);
}

TEST(Implies, IsRefutedByAPersonForWhomItDoesNotFollow) {
  const Checked c = check(R"("implies": {"when": "injects", "then": "level >= residential"})");
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  for (const bool highest : {false, true}) {
    const KnownAnswers person = completed(*c.finding.counterexample, highest);
    EXPECT_EQ(person.injects, 1);
    EXPECT_LT(judge(c.engine, person).score.level, 2);
  }
}

TEST(Implies, IsRefutedByTheFewestAnswers) {
  const Checked c = check(R"("implies": {"when": "injects or pregnant", "then": "requires nursing"})");
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  EXPECT_EQ(*c.finding.counterexample, small_packs::person(R"({"injects": true, "pregnant": false})"));
  // A threshold that matters is told as widely as it matters.
  const Checked days = check(R"("implies": {"when": "true", "then": "days_since_overdose > 20 or pregnant"})");
  EXPECT_EQ(*days.finding.counterexample,
            small_packs::person(R"({"pregnant": false, "days_since_overdose": {"to": 20}})"));
  const Checked all = check(R"json("implies": {"when": "true", "then": "injects and not(injects)"})json");
  EXPECT_EQ(*all.finding.counterexample, Assessment());
}

TEST(Implies, RefutesClaimsAboutEveryKindOfResult) {
  const Checked offers = check(R"("implies": {"when": "oud_history", "then": "offers moud"})");
  ASSERT_EQ(offers.finding.verdict, Verdict::refuted);
  EXPECT_EQ(completed(*offers.finding.counterexample, false).acute_liver_failure, 1);
  EXPECT_EQ(completed(*offers.finding.counterexample, false).oud_history, 1);
  const Checked alert = check(R"("implies": {"when": "severe_infection_signs", "then": "any stop"})");
  ASSERT_EQ(alert.finding.verdict, Verdict::refuted);
  EXPECT_FALSE(judge(alert.engine, completed(*alert.finding.counterexample, true)).score.stop);
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "requires nursing"})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "avoids moud"})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "alert infection"})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "level = intensive"})"), Verdict::refuted);
}

TEST(Implies, SpeaksOnlyOfConsistentPeopleInScope) {
  const std::string never_both = R"json({"id": "c", "always": "not(injects and pregnant)"})json";
  const std::string claim = R"json("implies": {"when": "injects", "then": "not(pregnant)"})json";
  EXPECT_EQ(verdict(claim), Verdict::refuted);
  EXPECT_EQ(verdict(claim, never_both), Verdict::proved);
  EXPECT_EQ(verdict(R"("implies": {"when": "age_years <= 20", "then": "age_years >= 18"})"), Verdict::proved);
}

TEST(Implies, IsVacuousWhereItsPremiseHoldsForNobody) {
  EXPECT_EQ(verdict(R"json("implies": {"when": "injects and not(injects)", "then": "any stop"})json"),
            Verdict::vacuous);
  EXPECT_EQ(verdict(R"("implies": {"when": "age_years < 18", "then": "any stop"})"), Verdict::vacuous);  // out of scope
  EXPECT_EQ(verdict(R"("implies": {"when": "injects", "then": "any stop"})",
                    R"json({"id": "c", "always": "not(injects)"})json"),
            Verdict::vacuous);
}

// ---- alone ----------------------------------------------------------------------------------------------------------

TEST(Alone, LooksAtThoseWhoAreWellOtherwise) {
  EXPECT_EQ(verdict(R"("alone": {"when": "housing = unsheltered", "never": "level >= residential"})"), Verdict::proved);
  const Checked c = check(R"("alone": {"when": "injects", "never": "level >= intensive"})");
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  // All that matters, not the long list of what is well.
  EXPECT_THAT(small_packs::names(c.finding.counterexample->answered()), ElementsAre("injects"));
  EXPECT_EQ(c.finding.counterexample->answer(Field::injects), ValueSet::of(1));
  EXPECT_THAT(c.engine.recommend(*c.finding.counterexample)->possible, Not(Contains(0U)));
}

TEST(Alone, IsVacuousWhereNobodyIsMeant) {
  EXPECT_EQ(verdict(R"("alone": {"when": "age_years < 18", "never": "level >= residential"})"), Verdict::vacuous);
}

constexpr std::string_view kNoSkills =
    R"({"id": "s", "kind": "require", "level": "residential", "when": "coping_skills = absent"})";
const std::string kClaim = R"("alone": {"when": "housing = unsheltered", "never": "level >= residential"})";

TEST(Alone, GoesToTheLeastBadCasesWhereABestOneIsImpossible) {
  // Nobody without shelter copes well or in a limited way: even the least bad are demanded residential care.
  const Checked c =
      check(kClaim, R"({"id": "c", "always": "housing != unsheltered or coping_skills = absent"})", kNoSkills);
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  EXPECT_EQ(c.finding.counterexample->answer(Field::housing), ValueSet::of(4));
  EXPECT_THAT(c.engine.recommend(*c.finding.counterexample)->possible, ElementsAre(2U));
}

TEST(Alone, IsProvedWhereTheLeastBadCasesAreFree) {
  // Limited skills are possible, and better than none.
  EXPECT_EQ(check(kClaim, R"({"id": "c", "always": "housing != unsheltered or coping_skills != good"})", kNoSkills)
                .finding.verdict,
            Verdict::proved);
}

TEST(Alone, ComparesOnlyPeopleWhoAreEqualElsewhere) {
  // For the pregnant no better skills are possible; who is not pregnant is another case, not a better one.
  EXPECT_EQ(
      check(kClaim, R"({"id": "c", "always": "not(pregnant) or coping_skills = absent"})", kNoSkills).finding.verdict,
      Verdict::refuted);
}

// ---- independent ----------------------------------------------------------------------------------------------------

TEST(Independent, IsProvedOrRefutedByTwoPeople) {
  EXPECT_EQ(
      verdict(R"("independent": {"field": "work_or_school", "of": ["level", "alerts", "offers", "capabilities"]})"),
      Verdict::proved);
  EXPECT_EQ(verdict(R"("independent": {"field": "pregnant", "of": ["level", "alerts", "offers"]})"), Verdict::proved);
  const Checked c = check(R"("independent": {"field": "injects", "of": ["level"]})");
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  ASSERT_TRUE(c.finding.counterexample_other.has_value());
  const KnownAnswers one = completed(*c.finding.counterexample, false),
                     other = completed(*c.finding.counterexample_other, false);
  EXPECT_NE(one.injects, other.injects);
  KnownAnswers same = other;
  same.injects = one.injects;
  EXPECT_EQ(same, one);
  EXPECT_NE(judge(c.engine, one).score.level, judge(c.engine, other).score.level);
}

TEST(Independent, LooksAtEachKindOfResult) {
  EXPECT_EQ(verdict(R"("independent": {"field": "pregnant", "of": ["capabilities"]})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("independent": {"field": "severe_infection_signs", "of": ["alerts"]})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("independent": {"field": "severe_infection_signs", "of": ["level"]})"), Verdict::proved);
  EXPECT_EQ(verdict(R"("independent": {"field": "acute_liver_failure", "of": ["offers"]})"), Verdict::refuted);
  EXPECT_EQ(verdict(R"("independent": {"field": "acute_liver_failure", "of": ["alerts"]})"), Verdict::proved);
}

// ---- monotone -------------------------------------------------------------------------------------------------------

TEST(Monotone, FollowsTheWorseDirectionOfTheField) {
  EXPECT_EQ(verdict(R"("monotone": {"field": "housing"})"), Verdict::proved);
  EXPECT_EQ(verdict(R"("monotone": {"field": "days_since_overdose"})"), Verdict::proved);  // fewer days are worse
  const Checked c = check(R"("monotone": {"field": "suicide_risk"})");
  ASSERT_EQ(c.finding.verdict, Verdict::refuted);
  ASSERT_TRUE(c.finding.counterexample_other.has_value());
  const KnownAnswers better = completed(*c.finding.counterexample, false);
  const KnownAnswers worse = completed(*c.finding.counterexample_other, true);
  EXPECT_LT(better.suicide_risk, worse.suicide_risk);
  KnownAnswers twin = completed(*c.finding.counterexample, true);
  twin.suicide_risk = worse.suicide_risk;
  EXPECT_GT(judge(c.engine, completed(*c.finding.counterexample, true)).score.level, judge(c.engine, twin).score.level);
}

TEST(Monotone, IsRefutedForACountWhereFewerIsWorse) {
  EXPECT_EQ(check(R"("monotone": {"field": "days_since_overdose"})", "",
                  R"({"id": "late", "kind": "require", "level": "hospital", "when": "days_since_overdose >= 30"})")
                .finding.verdict,
            Verdict::refuted);
}

// ---- Budget ---------------------------------------------------------------------------------------------------------

TEST(Property, IsNotSettledWithoutStepsButNeverWrong) {
  int not_settled = 0;
  for (const std::string claim : {R"("implies": {"when": "injects", "then": "level >= intensive"})",
                                  R"("implies": {"when": "injects", "then": "level >= hospital"})",
                                  R"("implies": {"when": "age_years < 18", "then": "any stop"})",
                                  R"("monotone": {"field": "housing"})", R"("monotone": {"field": "suicide_risk"})",
                                  R"("alone": {"when": "housing = unsheltered", "never": "level >= residential"})",
                                  R"("alone": {"when": "injects", "never": "level >= intensive"})",
                                  R"("independent": {"field": "injects", "of": ["level"]})",
                                  R"("independent": {"field": "pregnant", "of": ["level"]})"}) {
    const Verdict without = check(claim, "", kRules, 0).finding.verdict;
    not_settled += without == Verdict::not_settled ? 1 : 0;
    if (without != Verdict::not_settled) {
      EXPECT_EQ(without, verdict(claim)) << claim;
    }
  }
  EXPECT_GE(not_settled, 4);
}

// Disabled: proved although nobody was found for whom the premise holds. Reported.
TEST(Property, IsNotProvedWhereThePremiseIsNotSettled) {
  const std::string claim = R"("implies": {"when": "age_years < 18", "then": "true"})";
  EXPECT_EQ(verdict(claim), Verdict::vacuous);
  EXPECT_EQ(check(claim, "", kRules, 0).finding.verdict, Verdict::not_settled);
}

}  // namespace property_test
}  // namespace placement
