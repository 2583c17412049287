// The shape of a pack: what the reader reports before the meaning is looked at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace read_pack_test {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kSoundParts = R"({
  "terms": [{"id": "withdrawal", "of": "cows_score", "bands": [{"name": "little", "from": 0}, {"name": "much", "from": 13}]}],
  "rules": [{"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
            {"id": "overdose", "kind": "alert", "urgency": "stop", "when": "overdose_signs_now"}],
  "must_know": [{"field": "suicide_risk"}],
  "properties": [{"id": "p", "says": "s", "implies": {"when": "injects", "then": "level >= intensive"}},
                 {"id": "q", "says": "s", "independent": {"field": "craving", "of": ["level"]}}],
  "priors": {"housing": [5, 1, 1, 1, 1], "cows_score": [{"from": 0, "weight": 3}, {"from": 13, "weight": 1}]}})";

std::vector<std::string> pack_faults(const std::string& edits) { return small_packs::faults(kSoundParts, edits); }

TEST(ReadPack, FindsNothingInASoundPack) { EXPECT_THAT(pack_faults("{}"), IsEmpty()); }

TEST(ReadPack, TheDefaultPackIsReadAndIsTheOneInRules) {
  const RulePack pack = default_pack();
  EXPECT_EQ(pack.content().id, read_pack(default_pack_text())->content().id);
  EXPECT_EQ(pack.content().levels.size(), 6U);
  EXPECT_GE(pack.content().rules.size(), 45U);
}

TEST(ReadPack, WantsEveryKey) {
  for (const std::string key : {"format", "id", "version", "title", "license", "about", "sources", "dimensions",
                                "moves", "capabilities", "services", "terms", "constraints", "rules", "must_know",
                                "monotone", "properties", "priors", "override_reasons"})
    EXPECT_THAT(pack_faults(R"({"/)" + key + R"(": "<gone>"})"), Contains("the key `" + key + "` is missing"));
  for (const std::string place : {"/rules/0/id",
                                  "/rules/0/kind",
                                  "/rules/0/when",
                                  "/rules/0/because",
                                  "/rules/0/sources",
                                  "/rules/0/strength",
                                  "/rules/0/evidence",
                                  "/rules/0/dimension",
                                  "/rules/0/level",
                                  "/rules/1/urgency",
                                  "/rules/1/action",
                                  "/levels/0/hours",
                                  "/levels/0/resolves",
                                  "/levels/0/codes",
                                  "/terms/0/bands",
                                  "/terms/0/sources",
                                  "/about/funding",
                                  "/sources/0/citation",
                                  "/must_know/0/because",
                                  "/properties/0/says",
                                  "/moves/0/kind",
                                  "/services/0/group",
                                  "/priors/cows_score/0/weight",
                                  "/override_reasons/0/text"}) {
    const std::size_t slash = place.rfind('/');
    EXPECT_THAT(pack_faults("{\"" + place + R"(": "<gone>"})"),
                Contains(place.substr(0, slash) + ": the key `" + place.substr(slash + 1) + "` is missing"));
  }
}

TEST(ReadPack, RefusesUnknownKeysEverywhere) {
  for (const std::string place :
       {"", "/about", "/sources/0", "/dimensions/0", "/levels/0", "/moves/0", "/capabilities/0", "/services/0",
        "/terms/0", "/terms/0/bands/0", "/rules/0", "/must_know/0", "/properties/0", "/properties/0/implies",
        "/properties/1/independent", "/priors/cows_score/0", "/override_reasons/0"})
    EXPECT_THAT(pack_faults("{\"" + place + "/xyzzy\": 1}"), ElementsAre(place + "/xyzzy: unknown key `xyzzy`"));
  EXPECT_THAT(pack_faults(R"({"/rules/0/becuase": "x"})"),
              ElementsAre("/rules/0/becuase: unknown key `becuase`; did you mean `because`?"));
  EXPECT_THAT(pack_faults(R"({"/rules/1/level": "hospital"})"), ElementsAre("/rules/1/level: unknown key `level`"));
}

TEST(ReadPack, RefusesWrongTypes) {
  EXPECT_THAT(pack_faults(R"({"/title": 3})"), ElementsAre("/title: wrong type: expected a text that is not empty"));
  EXPECT_THAT(pack_faults(R"({"/title": "two\nlines"})"),
              ElementsAre("/title: expected one line without control characters"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/round_the_clock": "no"})"),
              ElementsAre("/levels/0/round_the_clock: wrong type: expected true or false"));
  EXPECT_THAT(pack_faults(R"({"/rules/0": "injects"})"), ElementsAre("/rules/0: wrong type: expected an object"));
  EXPECT_THAT(pack_faults(R"({"/monotone": {}})"), ElementsAre("/monotone: wrong type: expected a list"));
  EXPECT_THAT(pack_faults(R"({"/about": []})"), ElementsAre("/about: wrong type: expected an object"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/resolves": []})"),
              ElementsAre("/levels/0/resolves: wrong type: expected an object of fields and values"));
  EXPECT_THAT(pack_faults(R"({"/about/limits": [""]})"),
              ElementsAre("/about/limits/0: wrong type: expected a text that is not empty"));
  EXPECT_THAT(pack_faults(R"({"/monotone": [3]})"), ElementsAre("/monotone/0: wrong type: expected a name"));
}

TEST(ReadPack, ChecksNumbers) {
  EXPECT_THAT(pack_faults(R"({"/format": 2})"), ElementsAre("/format: out of range: expected a whole number, 1 to 1"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/reassess_days": 0})"),
              ElementsAre("/levels/0/reassess_days: out of range: expected a whole number, 1 to 366"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/reassess_days": 18446744073709551615})"),
              ElementsAre("/levels/0/reassess_days: out of range: expected a whole number, 1 to 366"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/reassess_days": "7"})"),
              ElementsAre("/levels/0/reassess_days: wrong type: expected a whole number, 1 to 366"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/reassess_days": 7.5})"), Contains("a pack holds whole numbers only"));
}

TEST(ReadPack, ChecksVersionAndDate) {
  for (const std::string version : {"1", "1.2", "1.2.x", "1.2.3.4", "v1.2.3", "1..3"})
    EXPECT_THAT(pack_faults(R"({"/version": ")" + version + "\"}"),
                ElementsAre("/version: expected major.minor.patch"));
  EXPECT_THAT(pack_faults(R"({"/version": "10.20.30"})"), IsEmpty());
  for (const std::string date : {"2026", "2026-13-01", "2026-1-1", "22.11.2026", "2026-00-10", "2026-11-32"})
    EXPECT_THAT(pack_faults(R"({"/about/released": ")" + date + "\"}"),
                ElementsAre("/about/released: expected a date such as 2026-01-31"));
}

TEST(ReadPack, ChecksNames) {
  EXPECT_THAT(pack_faults(R"({"/rules/0/level": "hospitl"})"),
              ElementsAre("/rules/0/level: not an allowed name (`hospitl`): expected one of outpatient, intensive, "
                          "residential, hospital; did you mean `hospital`?"));
  EXPECT_THAT(
      pack_faults(R"({"/rules/0/dimension": "needs"})"),
      ElementsAre("/rules/0/dimension: not an allowed name (`needs`): expected one of need; did you mean `need`?"));
  EXPECT_THAT(pack_faults(R"({"/rules/0/sources": ["chance", "luck"]})"),
              ElementsAre("/rules/0/sources/1: not an allowed name (`luck`): expected one of chance"));
  EXPECT_THAT(
      pack_faults(R"({"/rules/0/strength": "iron"})"),
      ElementsAre("/rules/0/strength: not an allowed name (`iron`): expected one of not_graded, weak, conditional, "
                  "strong"));
  EXPECT_THAT(pack_faults(R"({"/rules/1/urgency": "soon"})"),
              ElementsAre("/rules/1/urgency: not an allowed name (`soon`): expected one of stop, urgent, notice"));
  EXPECT_THAT(pack_faults(R"({"/moves/0/to": "hotel"})"),
              Contains(HasSubstr("/moves/0/to: not an allowed name (`hotel`)")));
  EXPECT_THAT(pack_faults(R"({"/services/0/group": "Quincy Zebrowski"})"),
              testing::Each(testing::Not(HasSubstr("Quincy"))));
  EXPECT_THAT(pack_faults(R"({"/must_know/0/field": "suicide"})"),
              ElementsAre(HasSubstr("/must_know/0/field: not an allowed name (`suicide`)")));
  EXPECT_THAT(pack_faults(R"({"/terms/0/of": "cows"})"),
              Contains(HasSubstr("/terms/0/of: not an allowed name (`cows`)")));
}

TEST(ReadPack, WantsSources) {
  EXPECT_THAT(pack_faults(R"({"/rules/0/sources": []})"),
              ElementsAre("/rules/0/sources: expected at least one source: a rule without a source does not exist"));
}

TEST(ReadPack, WantsLevelsOfDifferentIntensity) {
  EXPECT_THAT(pack_faults(R"({"/levels/1/intensity": 1})"),
              Contains("/levels: levels `outpatient` and `intensive` have the same intensity"));
  EXPECT_THAT(small_packs::faults("{}", R"({"/levels": [], "/moves": []})"),
              ElementsAre("/levels: expected at least one level"));
}

TEST(ReadPack, ChecksProjections) {
  EXPECT_THAT(pack_faults(R"({"/levels/0/resolves": {"cows_score": 49}})"),
              ElementsAre("/levels/0/resolves/cows_score: above range: expected 0 to 48 points"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/resolves": {"cows_score": {"to": 4}}})"),
              ElementsAre("/levels/0/resolves/cows_score: wrong type: expected one value of the field"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/improves": {"age_years": 4}})"),
              ElementsAre("/levels/0/improves: `age_years` has no worse direction"));
  EXPECT_THAT(pack_faults(R"({"/levels/0/resolves": {"cows_scor": 4}})"),
              ElementsAre(HasSubstr("/levels/0/resolves/cows_scor: not an allowed name (`cows_scor`)")));
}

TEST(ReadPack, ChecksPriors) {
  EXPECT_THAT(pack_faults(R"({"/priors/housing": [1, 1]})"),
              ElementsAre("/priors/housing: expected 5 weights, one for each value in order"));
  EXPECT_THAT(pack_faults(R"({"/priors/housing": [0, 0, 0, 0, 0]})"),
              ElementsAre("/priors/housing: expected at least one weight above 0"));
  EXPECT_THAT(pack_faults(R"({"/priors/housing": [1, -1, "x", 1000001, 1]})"),
              ElementsAre("/priors/housing/1: expected a whole number, 0 to 1000000",
                          "/priors/housing/2: expected a whole number, 0 to 1000000",
                          "/priors/housing/3: expected a whole number, 0 to 1000000"));
  EXPECT_THAT(pack_faults(R"({"/priors/housing": []})"),
              ElementsAre("/priors/housing: wrong type: expected a list of weights"));
  EXPECT_THAT(pack_faults(R"({"/priors/cows_score/0/from": 1})"),
              ElementsAre("/priors/cows_score/0: bands start at 0 and rise"));
  EXPECT_THAT(pack_faults(R"({"/priors/cows_score/1/from": 0})"),
              ElementsAre("/priors/cows_score/1: bands start at 0 and rise"));
  EXPECT_THAT(pack_faults(R"({"/priors/shoe_size": [1]})"),
              ElementsAre("/priors/shoe_size: not an allowed name (`shoe_size`)"));
  EXPECT_THAT(pack_faults(R"({"/priors": []})"),
              ElementsAre("/priors: wrong type: expected an object of fields and weights"));
}

TEST(ReadPack, WantsOneClaimAProperty) {
  const std::string wanted = "/properties/0: expected exactly one of `implies`, `alone`, `independent`, `monotone`";
  EXPECT_THAT(pack_faults(R"({"/properties/0/implies": "<gone>"})"), ElementsAre(wanted));
  EXPECT_THAT(pack_faults(R"({"/properties/0/monotone": {"field": "craving"}})"), ElementsAre(wanted));
  EXPECT_THAT(pack_faults(R"({"/properties/1/independent/of": []})"),
              ElementsAre("/properties/1/independent/of: expected at least one name"));
  EXPECT_THAT(
      pack_faults(R"({"/properties/1/independent/of": ["levels"]})"),
      ElementsAre("/properties/1/independent/of/0: not an allowed name (`levels`): expected one of level, alerts, "
                  "offers, capabilities; did you mean `level`?"));
}

TEST(ReadPack, RefusesKeysThatStandTwice) {
  const std::string text = small_packs::text(kSoundParts);
  const Result<RulePack> twice = read_pack(R"({"title": "another", )" + text.substr(1));
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().code, ErrorCode::bad_pack);
  EXPECT_THAT(small_packs::faults_of(twice.error()), ElementsAre("/title: the key stands twice"));
}

TEST(ReadPack, PlacesBrokenJson) {
  const Result<RulePack> broken = read_pack("{\"format\": 1,\n\"id\": }");
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().code, ErrorCode::syntax);
  EXPECT_EQ(broken.error().where, "line 2, column 7");
}

TEST(FieldsDigest, IsSixtyFourHexadecimalDigits) {
  EXPECT_THAT(fields_digest(), testing::MatchesRegex("[0-9a-f]{64}"));
  EXPECT_NE(fields_digest(), default_pack().digest());
}

}  // namespace read_pack_test
}  // namespace placement
