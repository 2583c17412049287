#include "placement/assessment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace placement {
namespace assessment_test {

using testing::ElementsAre;

TEST(Fields, HaveUniqueNamesThatFindThem) {
  std::set<std::string_view> names;
  for (const FieldSpec& f : fields()) {
    EXPECT_TRUE(names.insert(f.name).second) << f.name;
    EXPECT_EQ(find_field(f.name), f.field);
    EXPECT_EQ(&spec(f.field), &f);
  }
  EXPECT_EQ(names.size(), kFieldCount);
  EXPECT_EQ(find_field("shoe_size"), std::nullopt);
  EXPECT_EQ(find_field(""), std::nullopt);
}

TEST(Fields, SayWhatAQuestionNeeds) {
  for (const FieldSpec& f : fields()) {
    const std::string name(f.name);
    EXPECT_FALSE(f.meaning.empty()) << name;
    EXPECT_EQ(f.question.empty() ? '\0' : f.question.back(), '?') << name;
    EXPECT_FALSE(f.group.empty()) << name;
    EXPECT_GE(f.high, 1) << name;
    EXPECT_LT(f.high, int{kUnknown}) << name;
    EXPECT_EQ(f.size(), f.high + 1) << name;
    EXPECT_EQ(f.kind == FieldKind::count, !f.unit.empty()) << name;
    EXPECT_EQ(f.kind == FieldKind::count, f.values.empty()) << name;
    EXPECT_TRUE(!f.top_coded || f.kind == FieldKind::count) << name;
    EXPECT_EQ(f.is_ordered(), f.kind == FieldKind::count || f.kind == FieldKind::scale) << name;
    EXPECT_EQ(static_cast<int>(f.values.size()), f.kind == FieldKind::count ? 0 : f.size()) << name;
  }
}

TEST(Fields, HaveValuesWithUniqueNamesThatFindThem) {
  for (const FieldSpec& f : fields()) {
    std::set<std::string_view> names;
    for (std::size_t v = 0; v < f.values.size(); ++v) {
      EXPECT_TRUE(names.insert(f.values[v].name).second) << f.name << ' ' << f.values[v].name;
      EXPECT_EQ(find_value(f, f.values[v].name), static_cast<int>(v));
      EXPECT_EQ(f.values[v].meaning.empty(), f.kind == FieldKind::flag) << f.name << ' ' << f.values[v].name;
    }
    EXPECT_EQ(find_value(f, "perhaps"), std::nullopt);
  }
}

TEST(Fields, KnowTheirKinds) {
  EXPECT_EQ(spec(Field::pregnant).kind, FieldKind::flag);
  EXPECT_EQ(find_value(spec(Field::pregnant), "yes"), 1);
  EXPECT_EQ(find_value(spec(Field::pregnant), "no"), 0);
  EXPECT_EQ(spec(Field::cows_score).kind, FieldKind::count);
  EXPECT_EQ(spec(Field::cows_score).high, 48);
  EXPECT_FALSE(spec(Field::cows_score).top_coded);
  EXPECT_TRUE(spec(Field::overdoses_ever).top_coded);
  EXPECT_EQ(spec(Field::housing).kind, FieldKind::scale);
  EXPECT_EQ(find_value(spec(Field::housing), "unsheltered"), 4);
  EXPECT_EQ(spec(Field::opioid_kind).kind, FieldKind::category);
  EXPECT_EQ(spec(Field::days_since_overdose).worse, Worse::lower);
  EXPECT_EQ(spec(Field::age_years).use, FieldUse::demographic);
  EXPECT_EQ(spec(Field::pregnant).use, FieldUse::demographic);
  EXPECT_EQ(spec(Field::transport).use, FieldUse::feasibility);
}

TEST(ValueSet, IsASetOfSmallNumbers) {
  ValueSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.lowest(), -1);
  EXPECT_EQ(set.highest(), -1);
  EXPECT_FALSE(set.is_contiguous());
  for (const int v : {3, 63, 64, 200, 255}) set.insert(v);
  EXPECT_EQ(set.count(), 5);
  EXPECT_EQ(set.lowest(), 3);
  EXPECT_EQ(set.highest(), 255);
  EXPECT_TRUE(set.contains(64));
  EXPECT_FALSE(set.contains(65));
  EXPECT_FALSE(set.is_contiguous());
}

TEST(ValueSet, RangesIncludeTheirEnds) {
  EXPECT_EQ(ValueSet::range(60, 70).count(), 11);
  EXPECT_TRUE(ValueSet::range(60, 70).is_contiguous());
  EXPECT_EQ(ValueSet::of(7), ValueSet::range(7, 7));
  EXPECT_TRUE(ValueSet::range(5, 4).empty());
  EXPECT_EQ(ValueSet::all(Field::cows_score), ValueSet::range(0, 48));
  EXPECT_EQ(ValueSet::all(Field::pregnant), ValueSet::range(0, 1));
}

TEST(ValueSet, HasTheOperationsOfSets) {
  const ValueSet a = ValueSet::range(0, 100), b = ValueSet::range(90, 200);
  EXPECT_EQ(a & b, ValueSet::range(90, 100));
  EXPECT_EQ(a | b, ValueSet::range(0, 200));
  EXPECT_EQ(a - b, ValueSet::range(0, 89));
  EXPECT_TRUE((a & b).is_subset_of(a));
  EXPECT_FALSE(a.is_subset_of(b));
  EXPECT_TRUE(ValueSet().is_subset_of(b));
}

TEST(FieldSet, IsASetInFieldOrder) {
  FieldSet set;
  EXPECT_TRUE(set.empty());
  set.insert(Field::telehealth_possible);
  set.insert(Field::age_years);
  set.insert(Field::cows_score);
  set.insert(Field::cows_score);
  EXPECT_EQ(set.size(), 3U);
  EXPECT_THAT(set.list(), ElementsAre(Field::age_years, Field::cows_score, Field::telehealth_possible));
  set.erase(Field::cows_score);
  EXPECT_FALSE(set.contains(Field::cows_score));
  FieldSet other;
  other.insert(Field::age_years);
  other.insert(Field::housing);
  EXPECT_THAT((set | other).list(), ElementsAre(Field::age_years, Field::housing, Field::telehealth_possible));
  EXPECT_THAT((set & other).list(), ElementsAre(Field::age_years));
}

TEST(Assessment, StartsWithEverythingUnknown) {
  const Assessment person;
  EXPECT_TRUE(person.answered().empty());
  for (const FieldSpec& f : fields()) {
    EXPECT_TRUE(person.is_unknown(f.field));
    EXPECT_EQ(person.answer(f.field), ValueSet::all(f.field));
  }
}

TEST(Assessment, TellsKnownPartlyKnownAndUnknownApart) {
  Assessment person;
  person.set(Field::cows_score, 14);
  person.set(Field::age_years, ValueSet::range(18, 120));
  EXPECT_TRUE(person.is_known(Field::cows_score));
  EXPECT_FALSE(person.is_partly_known(Field::cows_score));
  EXPECT_TRUE(person.is_partly_known(Field::age_years));
  EXPECT_FALSE(person.is_known(Field::age_years));
  EXPECT_FALSE(person.is_unknown(Field::age_years));
  EXPECT_TRUE(person.is_unknown(Field::pregnant));
  EXPECT_EQ(person.answer(Field::cows_score), ValueSet::of(14));
  EXPECT_EQ(person.answer(Field::age_years), ValueSet::range(18, 120));
  EXPECT_THAT(person.answered().list(), ElementsAre(Field::age_years, Field::cows_score));
}

TEST(Assessment, TheLastAnswerStands) {
  Assessment person;
  person.set(Field::housing, ValueSet::range(3, 4));
  person.set(Field::housing, ValueSet::range(1, 4));
  EXPECT_EQ(person.answer(Field::housing), ValueSet::range(1, 4));
  EXPECT_EQ(person.partly_known().size(), 1U);
  person.set(Field::housing, 2);
  EXPECT_TRUE(person.is_known(Field::housing));
  EXPECT_TRUE(person.partly_known().empty());
  person.set(Field::housing, ValueSet::all(Field::housing));
  EXPECT_TRUE(person.is_unknown(Field::housing));
  EXPECT_EQ(person, Assessment());
}

TEST(Assessment, IsTheSameHoweverItWasReached) {
  Assessment a, b;
  a.set(Field::housing, ValueSet::range(3, 4));
  a.set(Field::age_years, ValueSet::range(18, 120));
  a.set(Field::craving, 3);
  a.clear(Field::craving);
  b.set(Field::age_years, ValueSet::range(18, 120));
  b.set(Field::housing, ValueSet::range(3, 4));
  EXPECT_EQ(a, b);
  ASSERT_EQ(a.partly_known().size(), 2U);
  EXPECT_EQ(a.partly_known()[0].first, Field::age_years);
}

TEST(KnownAnswers, AreOneByteAFieldByNameAndByOrder) {
  KnownAnswers answers;
  for (const std::uint8_t byte : answers.bytes()) EXPECT_EQ(byte, kUnknown);
  answers.cows_score = 14;
  answers.pregnant = 1;
  EXPECT_EQ(answers.bytes()[static_cast<std::size_t>(Field::cows_score)], 14);
  answers.bytes()[static_cast<std::size_t>(Field::housing)] = 3;
  EXPECT_EQ(answers.housing, 3);
  const Assessment person(answers);
  EXPECT_THAT(person.answered().list(), ElementsAre(Field::pregnant, Field::cows_score, Field::housing));
  EXPECT_EQ(person.known(), answers);
}

}  // namespace assessment_test
}  // namespace placement
