// Answers as people type them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"

namespace placement {
namespace read_typed_answer_test {

using testing::HasSubstr;
using testing::Not;

constexpr Field kScore = Field::cows_score, kFlag = Field::pregnant, kScale = Field::housing,
                kCategory = Field::opioid_kind;

/// The values, or none where the text is refused.
ValueSet typed(Field field, std::string_view text) { return read_typed_answer(field, text).value_or(ValueSet()); }

std::string refusal(Field field, std::string_view text) {
  const Result<ValueSet> read = read_typed_answer(field, text);
  EXPECT_FALSE(read.has_value()) << text;
  if (read.has_value()) return {};
  EXPECT_EQ(read.error().code, ErrorCode::bad_assessment);
  EXPECT_EQ(read.error().where, "/" + std::string(spec(field).name));
  return read.error().message;
}

ValueSet set_of(std::initializer_list<int> values) {
  ValueSet set;
  for (const int v : values) set.insert(v);
  return set;
}

TEST(ReadTypedAnswer, ReadsFlags) {
  for (const std::string_view text : {"yes", "Y", " true ", "YES"}) EXPECT_EQ(typed(kFlag, text), ValueSet::of(1));
  for (const std::string_view text : {"no", "N", "false"}) EXPECT_EQ(typed(kFlag, text), ValueSet::of(0));
  for (const std::string_view text : {"1", "0", "", "maybe", "yes+", "nope"}) refusal(kFlag, text);
  EXPECT_EQ(typed(kFlag, "yes or no"), ValueSet::all(kFlag));
}

TEST(ReadTypedAnswer, ReadsNumbers) {
  EXPECT_EQ(typed(kScore, "14"), ValueSet::of(14));
  EXPECT_EQ(typed(kScore, " 14 points"), ValueSet::of(14));
  EXPECT_EQ(typed(kScore, "1 point"), ValueSet::of(1));
  EXPECT_EQ(typed(Field::age_years, "27 years"), ValueSet::of(27));
  EXPECT_EQ(typed(Field::dsm5_criteria, "1 criterion"), ValueSet::of(1));
  EXPECT_EQ(typed(kScore, "0"), ValueSet::of(0));
  for (const std::string_view text : {"", "-1", "1.5", "1,000", "08", "x", "14 days", "points", "1e1", "+8", "0x8"})
    refusal(kScore, text);
}

TEST(ReadTypedAnswer, ReadsRanges) {
  for (const std::string_view text : {"8-12", "8 - 12", "8..12", "8 to 12", "8 to 12 points",
                                      "8\xE2\x80\x93"
                                      "12"})
    EXPECT_EQ(typed(kScore, text), ValueSet::range(8, 12)) << text;
  for (const std::string_view text : {"8+", "8 +", ">=8", ">= 8", ">7", "8+ points"})
    EXPECT_EQ(typed(kScore, text), ValueSet::range(8, 48)) << text;
  for (const std::string_view text : {"<=8", "<= 8", "<9", "0-8"})
    EXPECT_EQ(typed(kScore, text), ValueSet::range(0, 8)) << text;
  EXPECT_EQ(typed(kScore, "3, 5 or 9-10"), set_of({3, 5, 9, 10}));
  EXPECT_THAT(refusal(kScore, "12-8"), HasSubstr("empty range"));
  EXPECT_THAT(refusal(kScore, "<0"), HasSubstr("empty range"));
  EXPECT_THAT(refusal(kScore, ">48"), HasSubstr("empty range"));
  for (const std::string_view text : {"-", "8-", "8-9-10", "8,", ",8", "8+9", "++", "<", "8 to"}) refusal(kScore, text);
}

TEST(ReadTypedAnswer, ClampsOnlyWhatIsTopCoded) {
  EXPECT_EQ(typed(Field::days_since_overdose, "300"), ValueSet::of(250));
  EXPECT_EQ(typed(Field::days_since_overdose, "200-99999999999999999999"), ValueSet::range(200, 250));
  EXPECT_EQ(typed(Field::days_since_overdose, "300+"), ValueSet::of(250));
  EXPECT_THAT(refusal(kScore, "49"), HasSubstr("above range"));
  EXPECT_THAT(refusal(kScore, "8-49"), HasSubstr("above range"));
  EXPECT_THAT(refusal(kScore, "99999999999999999999"), HasSubstr("above range"));
}

TEST(ReadTypedAnswer, ReadsNamesAndPlaces) {
  EXPECT_EQ(typed(kScale, "at_risk"), ValueSet::of(2));
  EXPECT_EQ(typed(kScale, "At Risk"), ValueSet::of(2));
  EXPECT_EQ(typed(kScale, "3"), ValueSet::of(2));
  EXPECT_EQ(typed(kCategory, "heroin or short acting"), ValueSet::of(0));
  EXPECT_EQ(typed(kCategory, "fentanyl or heroin_or_short_acting"), set_of({0, 1}));
  for (const std::string_view text : {"0", "6", "at", "risk", "stable x", "", "1.0"}) refusal(kScale, text);
}

TEST(ReadTypedAnswer, ReadsSeveralNames) {
  EXPECT_EQ(typed(kScale, "sheltered, unsheltered"), ValueSet::range(3, 4));
  EXPECT_EQ(typed(kScale, "4,5"), ValueSet::range(3, 4));
  EXPECT_EQ(typed(kScale, "sheltered+"), ValueSet::range(3, 4));
  EXPECT_EQ(typed(kScale, "4-5"), ValueSet::range(3, 4));
  EXPECT_EQ(typed(kScale, ">= sheltered"), ValueSet::range(3, 4));
  EXPECT_EQ(typed(kScale, "supported to sheltered"), ValueSet::range(1, 3));
  EXPECT_EQ(typed(kCategory, "1 or 3"), set_of({0, 2}));
  EXPECT_THAT(refusal(kScale, "unsheltered-stable"), HasSubstr("empty range"));
  for (const std::string_view text : {"1-3", "fentanyl+", "fentanyl,", "fentanyl mixed"}) refusal(kCategory, text);
}

TEST(ReadTypedAnswer, ReadsEveryValueOfEveryFieldByItsName) {
  for (const FieldSpec& field : fields())
    for (std::size_t v = 0; v < field.values.size(); ++v)
      EXPECT_EQ(typed(field.field, field.values[v].name), ValueSet::of(static_cast<int>(v))) << field.name;
}

TEST(ReadTypedAnswer, SaysWhatIsAllowedAndNeverWhatWasTyped) {
  EXPECT_THAT(refusal(kFlag, "Quincy"), HasSubstr("yes or no"));
  EXPECT_THAT(refusal(kScore, "Quincy"), HasSubstr("0 to 48 points"));
  EXPECT_THAT(refusal(kScale, "Quincy"), HasSubstr("stable, supported, at_risk, sheltered, unsheltered"));
  for (const Field field : {kFlag, kScore, kScale, kCategory})
    for (const std::string_view text : {"Quincy", "987654", "Quincy-987654", "Quincy, yes"})
      if (const auto read = read_typed_answer(field, text); !read.has_value()) {
        EXPECT_THAT(to_string(read.error().faults.front()), Not(HasSubstr("uincy")));
        EXPECT_THAT(to_string(read.error().faults.front()), Not(HasSubstr("987654")));
      }
}

}  // namespace read_typed_answer_test
}  // namespace placement
