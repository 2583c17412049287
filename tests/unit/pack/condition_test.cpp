#include "pack/condition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "pack/checked_pack.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement::pack {
namespace condition_test {

using small_packs::person;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const CheckedPack& words() {
  static const RulePack pack = small_packs::pack(R"({
    "terms": [
      {"id": "risky", "when": "co_dependent or withdrawal >= moderate"},
      {"id": "co_dependent", "when": "alcohol_use = heavy_daily or sedative_use = daily"},
      {"id": "withdrawal", "of": "cows_score", "bands": [
        {"name": "minimal", "from": 0}, {"name": "mild", "from": 5}, {"name": "moderate", "from": 13},
        {"name": "severe", "from": 25}]}],
    "rules": [
      {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
      {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"},
      {"id": "give", "kind": "offer", "service": "moud", "when": "true"}]})");
  return pack.checked();
}

Result<Node> parse(std::string_view condition, bool results = false) {
  return parse_condition(condition, Vocabulary{&words().content, words().terms, results});
}

Truth truth(std::string_view condition, std::string_view answers = "{}") {
  const Result<Node> node = parse(condition);
  EXPECT_TRUE(node.has_value()) << condition << ": " << (node.has_value() ? "" : node.error().message);
  return node.has_value() ? evaluate(*node, words().terms, person(answers)) : Truth::unknown;
}

std::string fault(std::string_view condition, bool results = false) {
  const Result<Node> node = parse(condition, results);
  if (node.has_value()) return "understood";
  EXPECT_EQ(node.error().code, ErrorCode::bad_pack);
  EXPECT_EQ(node.error().faults.size(), 1U);
  EXPECT_EQ(node.error().where, "");
  return node.error().message;
}

// The condition holds for exactly the values of the field that `wanted` says.
void holds_where(std::string_view condition, Field field, const std::function<bool(int)>& wanted) {
  const Result<Node> node = parse(condition);
  ASSERT_TRUE(node.has_value()) << condition << ": " << node.error().message;
  for (int v = 0; v <= spec(field).high; ++v) {
    Assessment answers;
    answers.set(field, v);
    EXPECT_EQ(evaluate(*node, words().terms, answers), wanted(v) ? Truth::yes : Truth::no) << condition << " at " << v;
  }
}

// ---- What conditions mean -------------------------------------------------------------------------------------------

TEST(Condition, ComparesCounts) {
  holds_where("cows_score = 13", Field::cows_score, [](int v) { return v == 13; });
  holds_where("cows_score != 13", Field::cows_score, [](int v) { return v != 13; });
  holds_where("cows_score < 13", Field::cows_score, [](int v) { return v < 13; });
  holds_where("cows_score <= 13", Field::cows_score, [](int v) { return v <= 13; });
  holds_where("cows_score > 13", Field::cows_score, [](int v) { return v > 13; });
  holds_where("cows_score >= 13", Field::cows_score, [](int v) { return v >= 13; });
}

TEST(Condition, ComparesFromTheOtherSide) {
  holds_where("13 = cows_score", Field::cows_score, [](int v) { return v == 13; });
  holds_where("13 != cows_score", Field::cows_score, [](int v) { return v != 13; });
  holds_where("13 < cows_score", Field::cows_score, [](int v) { return v > 13; });
  holds_where("13 <= cows_score", Field::cows_score, [](int v) { return v >= 13; });
  holds_where("13 > cows_score", Field::cows_score, [](int v) { return v < 13; });
  holds_where("13 >= cows_score", Field::cows_score, [](int v) { return v <= 13; });
  holds_where("severe = fluid_loss", Field::fluid_loss, [](int v) { return v == 2; });
}

TEST(Condition, ComparesScalesInTheirOrder) {  // stable, supported, at_risk, sheltered, unsheltered
  holds_where("housing >= sheltered", Field::housing, [](int v) { return v >= 3; });
  holds_where("housing < supported", Field::housing, [](int v) { return v == 0; });
  holds_where("housing between supported and sheltered", Field::housing, [](int v) { return v >= 1 && v <= 3; });
}

TEST(Condition, ComparesCategoriesForEquality) {
  holds_where("opioid_kind = fentanyl", Field::opioid_kind, [](int v) { return v == 1; });
  holds_where("opioid_kind != fentanyl", Field::opioid_kind, [](int v) { return v != 1; });
  holds_where("opioid_kind in (fentanyl, mixed)", Field::opioid_kind, [](int v) { return v == 1 || v == 5; });
}

TEST(Condition, RangesIncludeTheirEnds) {
  holds_where("age_years between 18 and 64", Field::age_years, [](int v) { return v >= 18 && v <= 64; });
  holds_where("age_years between 18 and 18", Field::age_years, [](int v) { return v == 18; });
}

TEST(Condition, ListsValues) {
  holds_where("cows_score in (0, 5, 48)", Field::cows_score, [](int v) { return v == 0 || v == 5 || v == 48; });
  holds_where("housing in (sheltered)", Field::housing, [](int v) { return v == 3; });
}

TEST(Condition, FlagsStandAloneOrAreCompared) {
  holds_where("injects", Field::injects, [](int v) { return v == 1; });
  holds_where("injects = true", Field::injects, [](int v) { return v == 1; });
  holds_where("injects = false", Field::injects, [](int v) { return v == 0; });
  holds_where("injects != false", Field::injects, [](int v) { return v == 1; });
  holds_where("injects in (true, false)", Field::injects, [](int) { return true; });
  holds_where("not(injects)", Field::injects, [](int v) { return v == 0; });
}

TEST(Condition, TrueIsAlwaysTrue) { EXPECT_EQ(truth("true"), Truth::yes); }

TEST(Condition, ImpossibleComparisonsAreNeverTrue) {
  holds_where("cows_score < 0", Field::cows_score, [](int) { return false; });
  holds_where("not(cows_score < 0)", Field::cows_score, [](int) { return true; });
}

TEST(Condition, AndBindsTighterThanOr) {
  const std::string_view first = R"({"injects": true, "uses_alone": false, "pregnant": false})";
  EXPECT_EQ(truth("injects or uses_alone and pregnant", first), Truth::yes);
  EXPECT_EQ(truth("(injects or uses_alone) and pregnant", first), Truth::no);
  const std::string_view last = R"({"injects": false, "uses_alone": false, "pregnant": true})";
  EXPECT_EQ(truth("injects and uses_alone or pregnant", last), Truth::yes);
  EXPECT_EQ(truth("injects and (uses_alone or pregnant)", last), Truth::no);
}

TEST(Condition, CountsWithAtLeast) {
  const std::string_view condition = "at least 2 of (injects, uses_alone, stimulant_use = daily)";
  EXPECT_EQ(truth(condition, R"({"injects": true, "uses_alone": false, "stimulant_use": "daily"})"), Truth::yes);
  EXPECT_EQ(truth(condition, R"({"injects": true, "uses_alone": false, "stimulant_use": "none"})"), Truth::no);
  EXPECT_EQ(truth("at least 1 of (injects)", R"({"injects": true})"), Truth::yes);
  EXPECT_EQ(truth("at least 2 of (injects, injects)", R"({"injects": true})"), Truth::yes);
}

TEST(Condition, ScaleTermsCutACount) {
  holds_where("withdrawal = mild", Field::cows_score, [](int v) { return v >= 5 && v <= 12; });
  holds_where("withdrawal >= moderate", Field::cows_score, [](int v) { return v >= 13; });
  holds_where("withdrawal between mild and moderate", Field::cows_score, [](int v) { return v >= 5 && v <= 24; });
  holds_where("withdrawal in (minimal, severe)", Field::cows_score, [](int v) { return v <= 4 || v >= 25; });
  holds_where("severe > withdrawal", Field::cows_score, [](int v) { return v <= 24; });
}

TEST(Condition, FlagTermsAreConditionsWithAName) {
  EXPECT_EQ(truth("co_dependent", R"({"alcohol_use": "heavy_daily"})"), Truth::yes);
  EXPECT_EQ(truth("co_dependent = false", R"({"alcohol_use": "heavy_daily"})"), Truth::no);
  EXPECT_EQ(truth("co_dependent != true", R"({"alcohol_use": "none", "sedative_use": "none"})"), Truth::yes);
  EXPECT_EQ(truth("co_dependent in (true, false)"), Truth::yes);
  EXPECT_EQ(truth("risky", R"({"cows_score": 13})"), Truth::yes);
  EXPECT_EQ(truth("risky", R"({"cows_score": 12, "alcohol_use": "none", "sedative_use": "occasional"})"), Truth::no);
}

TEST(Condition, WhitespaceAndLineBreaksMeanNothing) {
  EXPECT_EQ(truth("  injects\n\tand(uses_alone)\r\n", R"({"injects": true, "uses_alone": true})"), Truth::yes);
  EXPECT_EQ(truth("cows_score>=13", R"({"cows_score": 13})"), Truth::yes);
}

// ---- Three-valued truth ---------------------------------------------------------------------------------------------

TEST(Condition, IsUnknownWhereItsAnswerIs) {
  EXPECT_EQ(truth("cows_score >= 13"), Truth::unknown);
  EXPECT_EQ(truth("injects or uses_alone", R"({"injects": true})"), Truth::yes);
  EXPECT_EQ(truth("injects and uses_alone", R"({"injects": false})"), Truth::no);
  EXPECT_EQ(truth("injects and uses_alone", R"({"injects": true})"), Truth::unknown);
  EXPECT_EQ(truth("not(injects)"), Truth::unknown);
  EXPECT_EQ(truth("injects or not(injects)"), Truth::unknown);  // Kleene's tables do not see that it must be true
}

TEST(Condition, IsSettledByAPartlyKnownAnswerThatAgrees) {
  EXPECT_EQ(truth("cows_score >= 13", R"({"cows_score": {"from": 13}})"), Truth::yes);
  EXPECT_EQ(truth("cows_score >= 13", R"({"cows_score": {"to": 12}})"), Truth::no);
  EXPECT_EQ(truth("cows_score >= 13", R"({"cows_score": {"from": 12}})"), Truth::unknown);
  EXPECT_EQ(truth("housing in (sheltered, unsheltered)", R"({"housing": {"from": "sheltered"}})"), Truth::yes);
  EXPECT_EQ(truth("housing = at_risk", R"({"housing": {"any_of": ["stable", "sheltered"]}})"), Truth::no);
}

TEST(Condition, AtLeastCountsWhatIsStillPossible) {
  const std::string_view condition = "at least 2 of (injects, uses_alone, pregnant)";
  EXPECT_EQ(truth(condition), Truth::unknown);
  EXPECT_EQ(truth(condition, R"({"injects": true})"), Truth::unknown);
  EXPECT_EQ(truth(condition, R"({"injects": true, "pregnant": true})"), Truth::yes);
  EXPECT_EQ(truth(condition, R"({"injects": false, "pregnant": false})"), Truth::no);
}

// ---- What the tree says ---------------------------------------------------------------------------------------------

TEST(Condition, ReadsFieldsThroughTermsToo) {
  const auto read = [](std::string_view condition) {
    return small_packs::names(reads(parse(condition).value(), words().terms));
  };
  EXPECT_THAT(read("not(co_dependent) and housing = stable"), ElementsAre("alcohol_use", "sedative_use", "housing"));
  EXPECT_THAT(read("risky"), ElementsAre("cows_score", "alcohol_use", "sedative_use"));
  EXPECT_THAT(read("withdrawal >= mild or cows_score = 0"), ElementsAre("cows_score"));
  EXPECT_THAT(read("true"), ElementsAre());
}

TEST(Condition, NamesTheTermsInATextThatNeedNotParse) {
  EXPECT_THAT(terms_named_in("risky and (withdrawal >=", words().content), ElementsAre(0, 2));
  EXPECT_THAT(terms_named_in("injects", words().content), ElementsAre());
}

TEST(Condition, NodesKeepTheirPartOfTheText) {
  const Node node = parse("injects or  (uses_alone and cows_score >= 13)").value();
  ASSERT_EQ(node.children.size(), 2U);
  EXPECT_EQ(node.text, "injects or  (uses_alone and cows_score >= 13)");
  EXPECT_EQ(node.children[0].text, "injects");
  EXPECT_EQ(node.children[1].text, "(uses_alone and cows_score >= 13)");
  EXPECT_EQ(node.children[1].children[1].text, "cows_score >= 13");
}

TEST(Condition, PropertiesMaySpeakAboutResults) {
  const auto atom = [](std::string_view condition) { return parse(condition, true).value().atom; };
  EXPECT_THAT(atom("level >= residential").levels, ElementsAre(false, false, true, true));
  EXPECT_THAT(atom("level != outpatient").levels, ElementsAre(false, true, true, true));
  EXPECT_THAT(atom("intensive = level").levels, ElementsAre(false, true, false, false));
  EXPECT_THAT(atom("level in (outpatient, hospital)").levels, ElementsAre(true, false, false, true));
  EXPECT_EQ(atom("alert overdose").kind, Atom::Kind::alert);
  EXPECT_EQ(atom("alert overdose").target, 1U);
  EXPECT_EQ(atom("any stop").kind, Atom::Kind::any_stop);
  EXPECT_EQ(atom("offers counselling").kind, Atom::Kind::offers);
  EXPECT_EQ(atom("offers counselling").target, 1U);
  EXPECT_EQ(atom("avoids moud").kind, Atom::Kind::avoids);
  EXPECT_EQ(atom("requires psychiatry").kind, Atom::Kind::requires_capability);
  EXPECT_EQ(atom("requires psychiatry").target, 1U);
  EXPECT_EQ(parse("injects and not(any stop)", true).value().children.size(), 2U);
}

// ---- Errors ---------------------------------------------------------------------------------------------------------

TEST(ConditionFault, NamesAnUnknownWordAndTheNearestKnownOne) {
  EXPECT_EQ(fault("cows_scor >= 13"),
            "line 1, column 1: unknown name `cows_scor`; expected a field or a term; did you mean `cows_score`?");
  EXPECT_EQ(fault("injects or co_dependant"),
            "line 1, column 12: unknown name `co_dependant`; expected a field or a term; did you mean `co_dependent`?");
  EXPECT_EQ(fault("13 <= cows_scor"),
            "line 1, column 7: unknown name `cows_scor`; expected a field or a term; did you mean `cows_score`?");
  EXPECT_EQ(fault("qqqqqqqq"), "line 1, column 1: unknown name `qqqqqqqq`; expected a field or a term");
  EXPECT_THAT(fault("Quincy"), Not(HasSubstr("Quincy")));
}

TEST(ConditionFault, CountsLinesAndColumns) {
  EXPECT_EQ(fault("injects and\n  hosing = stable"),
            "line 2, column 3: unknown name `hosing`; expected a field or a term; did you mean `housing`?");
  EXPECT_EQ(fault("\n\n;"), "line 3, column 1: this character has no place here");
}

TEST(ConditionFault, SaysTheRangeOfACount) {
  EXPECT_EQ(fault("cows_score >= 49"), "line 1, column 15: above range: `cows_score` goes from 0 to 48");
  EXPECT_EQ(fault("cows_score >= -1"), "line 1, column 15: below range: `cows_score` goes from 0 to 48");
  EXPECT_EQ(fault("cows_score between 5 and 50"), "line 1, column 26: above range: `cows_score` goes from 0 to 48");
  EXPECT_EQ(fault("cows_score in (5, 50)"), "line 1, column 19: above range: `cows_score` goes from 0 to 48");
}

TEST(ConditionFault, WantsWholeNumbersForCounts) {
  for (const std::string_view constant : {"3.5", "mild", "phq9_score", "1234567", "=", ")"})
    EXPECT_EQ(fault("cows_score < " + std::string(constant)),
              "line 1, column 14: expected a whole number for `cows_score`");
}

TEST(ConditionFault, ListsTheNamesOfValues) {
  EXPECT_EQ(fault("fluid_loss = sever"),
            "line 1, column 14: expected one of none, mild, severe; did you mean `severe`?");
  EXPECT_EQ(fault("withdrawal >= modrate"),
            "line 1, column 15: expected one of minimal, mild, moderate, severe; did you mean `moderate`?");
  EXPECT_EQ(fault("pregnant = yes"), "line 1, column 12: expected one of false, true");
  EXPECT_EQ(fault("co_dependent = 1"), "line 1, column 16: expected one of false, true");
  EXPECT_EQ(fault("fluid_loss = 2"), "line 1, column 14: expected one of none, mild, severe");
}

TEST(ConditionFault, KeepsOrderToCountsAndScales) {
  EXPECT_EQ(fault("opioid_kind < fentanyl"), "line 1, column 15: only counts and scales have an order");
  EXPECT_EQ(fault("pregnant >= true"), "line 1, column 13: only counts and scales have an order");
  EXPECT_EQ(fault("co_dependent > false"), "line 1, column 16: only counts and scales have an order");
  EXPECT_EQ(fault("opioid_kind between fentanyl and mixed"), "line 1, column 21: only counts and scales have an order");
}

TEST(ConditionFault, RefusesEmptyRanges) {
  EXPECT_EQ(fault("cows_score between 13 and 12"),
            "line 1, column 20: the range is empty: its lower end is above its upper end");
  EXPECT_EQ(fault("housing between sheltered and stable"),
            "line 1, column 17: the range is empty: its lower end is above its upper end");
}

TEST(ConditionFault, WantsAComparisonAfterWhatIsNotAFlag) {
  EXPECT_EQ(fault("cows_score"), "line 1, column 11: `cows_score` is not a flag: expected a comparison after it");
  EXPECT_EQ(fault("withdrawal or injects"),
            "line 1, column 12: `withdrawal` is not a flag: expected a comparison after it");
}

TEST(ConditionFault, ChecksHowManyAtLeastAsksFor) {
  EXPECT_EQ(fault("at least 0 of (injects)"),
            "line 1, column 10: expected a number from 1 to 1, as many as there are conditions");
  EXPECT_EQ(fault("at least 3 of (injects, uses_alone)"),
            "line 1, column 10: expected a number from 1 to 2, as many as there are conditions");
  EXPECT_EQ(fault("at least two of (injects)"), "line 1, column 10: expected a whole number");
  EXPECT_EQ(fault("at most 1 of (injects)"), "line 1, column 4: expected `least`");
  EXPECT_EQ(fault("at least 1 (injects)"), "line 1, column 12: expected `of`");
}

TEST(ConditionFault, SaysWhatIsMissing) {
  EXPECT_EQ(fault(""), "line 1, column 1: expected a condition");
  EXPECT_EQ(fault("injects and"), "line 1, column 12: expected a condition");
  EXPECT_EQ(fault("not injects"), "line 1, column 5: expected `(`");
  EXPECT_EQ(fault("(injects"), "line 1, column 9: expected `)`");
  EXPECT_EQ(fault("housing in stable"), "line 1, column 12: expected `(`");
  EXPECT_EQ(fault("age_years between 18 or 64"), "line 1, column 22: expected `and`");
  EXPECT_EQ(fault("injects)"), "line 1, column 8: expected `and`, `or` or the end of the condition");
  EXPECT_EQ(fault("injects uses_alone"), "line 1, column 9: expected `and`, `or` or the end of the condition");
  EXPECT_EQ(fault("and injects"), "line 1, column 1: expected a condition before `and`");
}

TEST(ConditionFault, RefusesCharactersWithoutMeaning) {
  EXPECT_EQ(fault("& injects"), "line 1, column 1: this character has no place here");
  EXPECT_EQ(fault(")"), "line 1, column 1: this character has no place here");
  EXPECT_NE(fault("injects \xff"), "understood");
}

TEST(ConditionFault, LimitsNesting) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "injects" + std::string(depth, ')'); };
  EXPECT_EQ(fault(nested(60)), "understood");
  EXPECT_THAT(fault(nested(65)), HasSubstr("nested too deeply (limit 64)"));
  EXPECT_THAT(fault(nested(200'000)), HasSubstr("nested too deeply (limit 64)"));
}

TEST(ConditionFault, BesideEachOtherPartsAreNotNested) {
  std::string text = "(injects)";
  for (int i = 0; i < 500; ++i) text += " or (uses_alone)";
  EXPECT_EQ(fault(text), "understood");
}

TEST(ConditionFault, KeepsResultsToProperties) {
  EXPECT_THAT(fault("level >= hospital"), HasSubstr("unknown name `level`"));
  EXPECT_NE(fault("any stop"), "understood");
  EXPECT_NE(fault("offers moud"), "understood");
}

TEST(ConditionFault, ChecksTheIdsOfResults) {
  EXPECT_EQ(fault("offers mod", true), "line 1, column 8: unknown service `mod`; did you mean `moud`?");
  EXPECT_EQ(fault("avoids tea", true), "line 1, column 8: unknown service `tea`");
  EXPECT_EQ(fault("requires nursin", true), "line 1, column 10: unknown capability `nursin`; did you mean `nursing`?");
  EXPECT_EQ(fault("alert overdos", true), "line 1, column 7: unknown alert `overdos`; did you mean `overdose`?");
  EXPECT_EQ(fault("alert iv", true), "line 1, column 7: rule `iv` is not an alert");
  EXPECT_EQ(fault("any alert", true), "line 1, column 5: expected `stop`");
  EXPECT_EQ(fault("level = hospitl", true),
            "line 1, column 9: expected one of outpatient, intensive, residential, hospital; did you mean `hospital`?");
  EXPECT_EQ(fault("level", true), "line 1, column 6: `level` is not a flag: expected a comparison after it");
}

}  // namespace condition_test
}  // namespace placement::pack
