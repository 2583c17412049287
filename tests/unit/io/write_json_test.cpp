#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "io/json_text.hpp"
#include "io/write_formats.hpp"
#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_json_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Json written(const Recommendation& r) { return Json::parse(write_json(r)); }

Json schema() {
  std::ifstream file(std::string(PLACEMENT_SOURCE_DIR) + "/rules/result.schema.json");
  return Json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

/// The part of JSON Schema that rules/result.schema.json uses; any other keyword is a fault.
class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}
  std::vector<std::string> faults;

  void check(const Json& value, const Json& schema, const std::string& place) {
    for (const auto& [keyword, rule] : schema.items()) check_keyword(keyword, rule, value, schema, place);
  }

 private:
  static bool has_type(const Json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  bool accepts(const Json& value, const Json& schema) {
    Validator inner(root_);
    inner.check(value, schema, "");
    return inner.faults.empty();
  }

  void check_keyword(const std::string& keyword, const Json& rule, const Json& value, const Json& schema,
                     const std::string& place) {
    const auto expect = [&](bool is_fine) {
      if (!is_fine) faults.push_back(place + ": " + keyword);
    };
    if (keyword == "type") {
      bool fits = rule.is_string() && has_type(value, rule);
      for (const Json& one : rule.is_array() ? rule : Json::array()) fits = fits || has_type(value, one);
      expect(fits);
    } else if (keyword == "enum") {
      expect(std::find(rule.begin(), rule.end(), value) != rule.end());
    } else if (keyword == "pattern") {
      expect(!value.is_string() || std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())));
    } else if (keyword == "minimum") {
      expect(!value.is_number() || value >= rule);
    } else if (keyword == "maximum") {
      expect(!value.is_number() || value <= rule);
    } else if (keyword == "anyOf") {
      expect(std::any_of(rule.begin(), rule.end(), [&](const Json& one) { return accepts(value, one); }));
    } else if (keyword == "$ref") {
      check(value, root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), place);
    } else if (keyword == "required") {
      for (const Json& key : rule) expect(!value.is_object() || value.contains(key.get<std::string>()));
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
        check(value[i], rule, place + "/" + std::to_string(i));
    } else if (keyword == "propertyNames") {
      for (const auto& [key, inner] : value.items()) check(Json(key), rule, place + "/" + key);
    } else if (keyword == "properties" || keyword == "additionalProperties") {
      if (value.is_object()) check_members(keyword, rule, value, schema, place);
    } else {
      expect(keyword == "title" || keyword == "description" || keyword == "$schema" || keyword == "$id" ||
             keyword == "$defs");
    }
  }

  void check_members(const std::string& keyword, const Json& rule, const Json& value, const Json& schema,
                     const std::string& place) {
    for (const auto& [key, inner] : value.items()) {
      const bool is_named = schema.contains("properties") && schema["properties"].contains(key);
      if (keyword == "properties" && is_named) check(inner, rule[key], place + "/" + key);
      if (keyword == "additionalProperties" && !is_named) {
        if (rule == Json(false))
          faults.push_back(place + "/" + key + ": unknown key");
        else
          check(inner, rule, place + "/" + key);
      }
    }
  }

  const Json& root_;
};

std::vector<std::string> faults_of(const Json& value) {
  const Json root = schema();
  Validator validator(root);
  validator.check(value, root, "");
  return validator.faults;
}

TEST(WriteJson, EveryStatusFollowsTheSchema) {
  for (const samples::Sample& sample : samples::all())
    EXPECT_THAT(faults_of(written(sample.recommendation)), IsEmpty()) << sample.name;
}

TEST(WriteJson, TheSchemaRefusesWhatIsNotDocumented) {
  Json json = written(samples::decided());
  json["level"] = "detox";
  EXPECT_THAT(faults_of(json), ElementsAre("/level: unknown key"));
  json = written(samples::decided());
  json["rules"][0]["state"] = "maybe";
  EXPECT_THAT(faults_of(json), ElementsAre("/rules/0/state: enum"));
}

TEST(WriteJson, KeysStandInTheOrderOfTheSchema) {
  const Json json = written(samples::decided()), root = schema();
  std::vector<std::string> keys, wanted;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  for (const auto& [key, value] : root["properties"].items()) wanted.push_back(key);
  EXPECT_EQ(keys, wanted);
}

TEST(WriteJson, EveryKeyIsDocumented) {
  std::ifstream file(std::string(PLACEMENT_SOURCE_DIR) + "/docs/result.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  const Json root = schema();
  for (const auto& [key, value] : root["properties"].items())
    EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << key;
  for (const auto& [key, value] : root["$defs"]["rule"]["properties"].items())
    EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << key;
}

TEST(WriteJson, Decided) {
  const Json json = written(samples::decided());
  EXPECT_EQ(json["status"], "decided");
  EXPECT_EQ(json["indicated"], "detox");
  EXPECT_EQ(json["possible"], Json::parse(R"(["detox"])"));
  EXPECT_EQ(json["lowest"], "detox");
  EXPECT_EQ(json["determining_rules"], Json::parse(R"(["fluids"])"));
  EXPECT_EQ(json["walk"][1], Json::parse(R"({"level": "clinic", "insufficient": ["danger", "fluids"]})"));
  EXPECT_EQ(json["reason"],
            Json::parse(R"([{"field": "cows_score", "answer": 15}, {"field": "fluid_loss", "answer": "severe"}])"));
  EXPECT_EQ(
      json["pathway"][0]["criteria"][0],
      Json::parse(
          R"json({"rule": "fluids", "must": "fluid loss below severe (now severe) or COWS score below 13 points (now 15 points)", "level": "detox"})json"));
  EXPECT_EQ(json["pathway"][2]["possible"], Json::parse(R"(["home", "clinic"])"));
  EXPECT_EQ(json["pathway"][2]["settled_by"], "progress");
  EXPECT_EQ(json["request"]["id"], "record-7");
  EXPECT_EQ(json["pack"]["digest"], samples::pack().digest());
  EXPECT_TRUE(json["next_question"].is_null());
  EXPECT_TRUE(json["feasible"].is_null());
}

TEST(WriteJson, ARuleNamesWhatItReads) {
  const Json rule = written(samples::undecided())["rules"][samples::rule("fluids")];
  EXPECT_EQ(rule["level"], "detox");
  EXPECT_EQ(rule["state"], "open");
  EXPECT_EQ(rule["reads"], Json::parse(R"({"cows_score": {"from": 13}, "fluid_loss": null})"));
  EXPECT_EQ(rule["sources"], Json::parse(R"(["book", "talk"])"));
  EXPECT_FALSE(rule.contains("service"));
  const Json avoid = written(samples::undecided())["rules"][samples::rule("no_naltrexone")];
  EXPECT_EQ(avoid["service"], "naltrexone");
}

TEST(WriteJson, SourcesOfRulesThatAreNo) {
  Recommendation r = samples::out_of_scope();
  for (RuleResult& rule : r.rules) rule.state = RuleState::no;
  EXPECT_TRUE(written(r)["sources"].empty());
  r.rules[samples::rule("danger")].state = RuleState::open;
  EXPECT_EQ(written(r)["sources"].size(), 1U);
  EXPECT_EQ(written(r)["sources"]["talk"]["verification"], "secondary");
}

TEST(WriteJson, AlertsSayYesAndWhoHandledThem) {
  const Json alerts = written(samples::emergency())["alerts"];
  EXPECT_EQ(alerts[0]["state"], "yes");
  EXPECT_TRUE(alerts[0]["handled"].is_null());
  EXPECT_EQ(alerts[1]["handled"], Json::parse(R"({"by": "RN\n<7>", "at": "2026-11-22T10:00"})"));
}

TEST(WriteJson, NextQuestionListsTheAnswers) {
  const Json question = written(samples::undecided())["next_question"];
  EXPECT_EQ(question["field"], "suicide_risk");
  EXPECT_EQ(question["values"][3]["value"], "high");
  Recommendation r = samples::undecided();
  r.next_question = Field::cows_score;
  EXPECT_EQ(written(r)["next_question"]["to"], 48);
  EXPECT_TRUE(written(r)["next_question"]["values"].empty());
  r.next_question = Field::pregnant;
  EXPECT_EQ(written(r)["next_question"]["values"][1]["value"], true);
}

TEST(WriteJson, FeasibleHasThePlan) {
  const Json feasible = written(samples::bridged())["feasible"];
  EXPECT_EQ(feasible["level"], "home");
  EXPECT_EQ(feasible["plan"], "bridge");
  EXPECT_EQ(feasible["recheck_by"], "2028-03-01");
  EXPECT_EQ(feasible["steps"].size(), 4U);
  EXPECT_EQ(feasible["alternatives"].size(), 2U);
  const Json json = written(samples::bridged());
  EXPECT_EQ(json["policy"], Json::parse(R"({"name": "lowest", "level": "clinic"})"));
  EXPECT_EQ(json["placed"], Json::parse(R"({"level": "home", "override_reason": "patient_choice"})"));
  EXPECT_EQ(json["disposition"], "open");
}

TEST(WriteJson, EmptyResultsHaveNoEnds) {
  const Json json = written(samples::inconsistent());
  EXPECT_TRUE(json["possible"].empty());
  EXPECT_TRUE(json["lowest"].is_null());
  EXPECT_EQ(json["conflict"].size(), 2U);
  EXPECT_TRUE(json["request"]["as_of"].is_null());
}

TEST(WriteJson, BrokenTextOfARequestIsStillJson) {
  Recommendation r = samples::decided();
  r.request.id =
      "a\xFF"
      "b";
  EXPECT_NO_THROW((void)written(r));
}

TEST(WriteJson, SameBytesEachTime) { EXPECT_EQ(write_json(samples::bridged()), write_json(samples::bridged())); }

}  // namespace write_json_test
}  // namespace placement::io
