#include "io/json_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placement::io {
namespace json_text_test {

Json parsed(std::string_view text) {
  std::vector<Fault> faults;
  Result<Json> tree = parse_json(text, kMaxPackBytes, faults);
  EXPECT_TRUE(tree.has_value());
  EXPECT_TRUE(faults.empty());
  return tree.has_value() ? *tree : Json();
}

TEST(Canonical, SortsKeysAndDropsSpaces) {
  EXPECT_EQ(canonical(parsed(R"( {"b": [3, 1, {"z": null, "a": true}], "a": "x", "B": -7} )")),
            R"({"B":-7,"a":"x","b":[3,1,{"a":true,"z":null}]})");
  EXPECT_EQ(canonical(parsed(R"({"a":{},"b":[]})")), R"({"a":{},"b":[]})");
}

TEST(Canonical, EscapesAsRfc8785Does) {
  EXPECT_EQ(canonical(parsed(R"(["\u20ac", "\u00e9\/", "\u0007\n\"\\", "\ud83d\ude00", "\u007f"])")),
            "[\"\u20ac\",\"\u00e9/\",\"\\u0007\\n\\\"\\\\\",\"\U0001F600\",\"\x7f\"]");
}

TEST(ParseJson, KeepsTheFirstOfTwoValuesAndReportsTheSecondWithItsPlace) {
  std::vector<Fault> faults;
  const Result<Json> tree = parse_json(R"({"a": [{"k": 1}, {"k": 1, "k": {"j": 1, "j": 2}}], "a": 3})", 1000, faults);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ((*tree)["a"][1]["k"], 1);
  std::vector<std::string> places;
  for (const Fault& fault : faults) places.push_back(fault.where);
  EXPECT_THAT(places, testing::ElementsAre("/a/1/k/j", "/a/1/k", "/a"));
}

TEST(PointerTo, LeavesOutKeysThatMayNotBeEchoed) {
  EXPECT_EQ(pointer_to("/a", "b_1"), "/a/b_1");
  EXPECT_EQ(pointer_to("/a", "Quincy Zebrowski"), "/a");
}

}  // namespace json_text_test
}  // namespace placement::io
