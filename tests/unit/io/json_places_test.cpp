#include "io/json_places.hpp"

#include <gtest/gtest.h>

namespace placement::io {
namespace json_places_test {

TEST(JsonPlaces, SayTheLineOfEveryValue) {
  const auto lines = lines_of(
      "{\n  \"id\": \"a\\\"]b\",\n  \"rules\": [\n    {\"id\": 1},\n    {\n      \"when\": {},\n"
      "      \"sources\": [true, null,\n -1.5e3]}\n  ],\n  \"last\":\n    0\n}\n");
  EXPECT_EQ(lines.at(""), 1U);
  EXPECT_EQ(lines.at("/id"), 2U);
  EXPECT_EQ(lines.at("/rules"), 3U);
  EXPECT_EQ(lines.at("/rules/0"), 4U);
  EXPECT_EQ(lines.at("/rules/0/id"), 4U);
  EXPECT_EQ(lines.at("/rules/1"), 5U);
  EXPECT_EQ(lines.at("/rules/1/when"), 6U);
  EXPECT_EQ(lines.at("/rules/1/sources/1"), 7U);
  EXPECT_EQ(lines.at("/rules/1/sources/2"), 8U);
  EXPECT_EQ(lines.at("/last"), 10U);  // where its name stands
  EXPECT_EQ(lines.size(), 12U);
}

TEST(JsonPlaces, ComeToAnEndOnAnyText) {
  for (const char* text :
       {"", "{", "[", "{\"a\"", "{\"a\":", "[1,", "[,]", "{,}", "]", "\"", "\"\\", "{1:2}", "[[[[[[[[[[", "[}", "{]"})
    EXPECT_EQ(lines_of(text).at(""), 1U) << text;
}

}  // namespace json_places_test
}  // namespace placement::io
