#include "io/describe.hpp"

#include <gtest/gtest.h>

#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace describe_test {

/// The words for a condition over the sample pack's vocabulary.
std::string said(std::string_view condition) {
  const pack::CheckedPack& pack = samples::pack().checked();
  const pack::Vocabulary vocabulary{&pack.content, pack.terms, false};
  const Result<pack::Node> node = pack::parse_condition(condition, vocabulary);
  if (!node.has_value()) return node.error().message;
  return describe_condition(*node, pack);
}

/// What releases a rule with that condition, for these answers.
std::string released(std::string_view condition, std::string_view today) {
  pack::CheckedPack pack = samples::pack().checked();
  const pack::Vocabulary vocabulary{&pack.content, pack.terms, false};
  Result<pack::Node> node = pack::parse_condition(condition, vocabulary);
  if (!node.has_value()) return node.error().message;
  pack.rules = {*node};
  return describe_release(0, pack, samples::assessment(today));
}

TEST(FieldLabel, SpellsKnownAbbreviations) {
  EXPECT_EQ(field_label(Field::cows_score), "COWS score");
  EXPECT_EQ(field_label(Field::ciwa_ar_score), "CIWA-Ar score");
  EXPECT_EQ(field_label(Field::phq9_score), "PHQ-9 score");
  EXPECT_EQ(field_label(Field::gad7_score), "GAD-7 score");
  EXPECT_EQ(field_label(Field::pc_ptsd5_score), "PC-PTSD-5 score");
  EXPECT_EQ(field_label(Field::dsm5_criteria), "DSM-5 criteria");
  EXPECT_EQ(field_label(Field::oud_history), "OUD history");
  EXPECT_EQ(field_label(Field::age_years), "age");
  EXPECT_EQ(field_label(Field::moud_current), "current OUD medication");
  EXPECT_EQ(field_label(Field::fluid_loss), "fluid loss");
}

TEST(FieldLabel, NoLabelKeepsAnUnderscore) {
  for (const FieldSpec& field : fields()) {
    EXPECT_EQ(field_label(field.field).find('_'), std::string::npos) << field.name;
    for (int v = 0; v <= field.high; ++v)
      EXPECT_EQ(describe_value(field.field, v).find('_'), std::string::npos) << field.name;
  }
}

TEST(DescribeAnswer, Counts) {
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::of(15)), "15 points");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::of(1)), "1 point");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::range(8, 48)), "at least 8 points");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::range(0, 4)), "at most 4 points");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::range(5, 12)), "5 to 12 points");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::of(3) | ValueSet::range(7, 9)), "3 or 7 to 9 points");
  EXPECT_EQ(describe_answer(Field::dsm5_criteria, ValueSet::of(1)), "1 criterion");
  EXPECT_EQ(describe_answer(Field::days_since_overdose, ValueSet::of(250)), "250 or more days");
  EXPECT_EQ(describe_answer(Field::cows_score, ValueSet::all(Field::cows_score)), "unknown");
}

TEST(DescribeAnswer, FlagsScalesAndCategories) {
  EXPECT_EQ(describe_answer(Field::pregnant, ValueSet::of(1)), "yes");
  EXPECT_EQ(describe_answer(Field::pregnant, ValueSet::of(0)), "no");
  EXPECT_EQ(describe_answer(Field::housing, ValueSet::range(3, 4)), "sheltered or unsheltered");
  EXPECT_EQ(describe_answer(Field::oud_diagnosis, ValueSet::range(1, 3)), "at least mild");
  EXPECT_EQ(describe_answer(Field::oud_diagnosis, ValueSet::range(0, 2)), "at most moderate");
  EXPECT_EQ(describe_answer(Field::social_support, ValueSet::range(1, 3)), "moderate or worse");
  EXPECT_EQ(describe_answer(Field::social_support, ValueSet::range(0, 2)), "weak or better");
  EXPECT_EQ(describe_answer(Field::medical_need, ValueSet::of(2)), "needs monitoring");
  EXPECT_EQ(describe_answer(Field::moud_current, ValueSet::range(1, 2)), "methadone or buprenorphine");
  EXPECT_EQ(describe_answer(Field::use_continued_at, ValueSet::of(2)), "IOP");
}

TEST(DescribeFact, NamesTheField) {
  EXPECT_EQ(describe_fact(Field::cows_score, ValueSet::of(15)), "COWS score: 15 points");
  FieldSet fields;
  fields.insert(Field::cows_score);
  fields.insert(Field::pregnant);
  EXPECT_EQ(describe_fields(fields), "pregnant and COWS score");
}

TEST(DescribeCondition, Comparisons) {
  EXPECT_EQ(said("cows_score >= 13"), "COWS score at least 13 points");
  EXPECT_EQ(said("cows_score < 13"), "COWS score below 13 points");
  EXPECT_EQ(said("cows_score between 5 and 12"), "COWS score: 5 to 12 points");
  EXPECT_EQ(said("fluid_loss = severe"), "fluid loss: severe");
  EXPECT_EQ(said("fluid_loss < severe"), "fluid loss below severe");
  EXPECT_EQ(said("social_support <= moderate"), "social support: moderate or better");
  EXPECT_EQ(said("moud_current != none"), "current OUD medication other than none");
  EXPECT_EQ(said("days_since_overdose >= 29"), "days since overdose at least 29");
  EXPECT_EQ(said("age_years < 18"), "age below 18 years");
  EXPECT_EQ(said("withdrawal >= moderate"), "COWS score at least 13 points") << "a band is a range of its field";
}

TEST(DescribeCondition, Connectives) {
  EXPECT_EQ(said("true"), "always");
  EXPECT_EQ(said("pregnant and not(violence_at_home)"), "pregnant and violence at home: no");
  EXPECT_EQ(said("pregnant and (injects or uses_alone)"), "pregnant, and either injecting or using alone");
  EXPECT_EQ(said("pregnant or injects and uses_alone"), "pregnant, or both injecting and using alone");
  EXPECT_EQ(said("not(pregnant and injects)"), "pregnant: no or injecting: no");
  EXPECT_EQ(said("at least 2 of (injects, uses_alone, pregnant)"),
            "at least 2 of these: injecting, using alone, pregnant");
  EXPECT_EQ(said("pregnant and at least 2 of (injects, uses_alone, postpartum)"),
            "pregnant, and (at least 2 of these: injecting, using alone, postpartum)");
  EXPECT_EQ(said("at least 1 of (injects, uses_alone)"), "injecting or using alone");
  EXPECT_EQ(said("homeless"), "has no home") << "a flag term is named by its meaning";
  EXPECT_EQ(said("not(homeless)"), "not so: has no home");
}

TEST(DescribeRelease, ConjunctionsNeedOneAndDisjunctionsAllThatAreOpen) {
  EXPECT_EQ(released("fluid_loss = severe", R"({"fluid_loss": "severe"})"), "fluid loss below severe (now severe)");
  EXPECT_EQ(released("fluid_loss = severe and cows_score >= 13", R"({"fluid_loss": "severe", "cows_score": 15})"),
            "fluid loss below severe (now severe) or COWS score below 13 points (now 15 points)");
  EXPECT_EQ(released("fluid_loss = severe or cows_score >= 13", R"({"fluid_loss": "severe", "cows_score": 15})"),
            "fluid loss below severe (now severe) and COWS score below 13 points (now 15 points)");
  EXPECT_EQ(released("fluid_loss = severe or cows_score >= 13", R"({"fluid_loss": "severe", "cows_score": 3})"),
            "fluid loss below severe (now severe)")
      << "what is so today is left out";
}

TEST(DescribeRelease, TodaysAnswerMayBeVague) {
  EXPECT_EQ(released("cows_score >= 13", R"({"cows_score": {"from": 8}})"),
            "COWS score below 13 points (now at least 8 points)");
  EXPECT_EQ(released("violence_at_home", "{}"), "violence at home: no (now unknown)");
  EXPECT_EQ(released("not(reliable_adult_at_home)", R"({"reliable_adult_at_home": false})"),
            "reliable adult at home (now no)");
  EXPECT_EQ(released("housing >= sheltered", R"({"housing": "unsheltered"})"),
            "housing: at risk or better (now unsheltered)");
  EXPECT_EQ(released("days_since_overdose <= 28", R"({"days_since_overdose": 12})"),
            "days since overdose at least 29 (now 12)")
      << "no unit where the name has it";
}

TEST(DescribeRelease, GettingWorseIsNoGoalWhereSomethingElseSuffices) {
  EXPECT_EQ(released("goals_met >= few and progress = improving", R"({"goals_met": "few", "progress": "improving"})"),
            "goals met: most or better (now few)");
  EXPECT_EQ(released("progress = improving", R"({"progress": "improving"})"),
            "progress: unchanged or worse (now improving)");
}

TEST(DescribeRelease, LeavesOutWhatNothingCanChangeWhereSomethingElseSuffices) {
  EXPECT_EQ(released("complicated_withdrawal_ever and ciwa_ar_score >= 10",
                     R"({"complicated_withdrawal_ever": true, "ciwa_ar_score": 12})"),
            "CIWA-Ar score below 10 points (now 12 points)");
  EXPECT_EQ(released("complicated_withdrawal_ever", R"({"complicated_withdrawal_ever": true})"),
            "complicated withdrawal ever: no (now yes)")
      << "kept where it is all there is";
  EXPECT_EQ(released("days_since_overdose <= 28 and injects", R"({"days_since_overdose": 2, "injects": true})"),
            "days since overdose at least 29 (now 2) or injecting: no (now yes)")
      << "time changes it";
}

TEST(DescribeRelease, AtLeastKOf) {
  const std::string_view three = R"({"injects": true, "uses_alone": true, "violence_at_home": true})";
  EXPECT_EQ(released("at least 2 of (injects, uses_alone, violence_at_home)", three),
            "at least 2 of these: injecting: no (now yes), using alone: no (now yes), violence at home: no (now yes)");
  EXPECT_EQ(released("at least 2 of (injects, uses_alone, violence_at_home)",
                     R"({"injects": true, "uses_alone": true, "violence_at_home": false})"),
            "injecting: no (now yes) or using alone: no (now yes)");
}

TEST(DescribeRelease, TermsAreExpandedOrNamed) {
  EXPECT_EQ(released("homeless", R"({"housing": "sheltered"})"), "housing: at risk or better (now sheltered)");
  EXPECT_EQ(released("burdened", R"({"housing": "sheltered", "violence_at_home": true, "use_at_home": true,
                                     "injects": true, "uses_alone": true})"),
            "no longer so: carries many burdens (now yes)");
  EXPECT_EQ(released("burdened", R"({"housing": "stable", "violence_at_home": true, "use_at_home": false,
                                     "injects": false, "uses_alone": false})"),
            "violence at home: no (now yes)");
}

TEST(DescribeRelease, EndsOfTheScale) {
  EXPECT_EQ(released("true", "{}"), "nothing releases this rule");
  EXPECT_EQ(released("injects", R"({"injects": false})"), "met today");
  EXPECT_EQ(released("opioid_use_days_30 >= 1", R"({"opioid_use_days_30": 30})"),
            "opioid use days (last 30): 0 (now 30)");
}

TEST(ShortLevelName, DropsTheBracket) {
  EXPECT_EQ(short_level_name(samples::pack().content().levels[1]), "Clinic");
  EXPECT_EQ(short_level_name(samples::pack().content().levels[2]), "Ward");
}

}  // namespace describe_test
}  // namespace placement::io
