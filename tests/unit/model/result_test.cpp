#include "placement/result.hpp"

#include <gtest/gtest.h>

namespace placement {
namespace result_test {

TEST(Result, HoldsAValue) {
  const Result<int> r = 7;
  ASSERT_TRUE(r.has_value());
  EXPECT_TRUE(static_cast<bool>(r));
  EXPECT_EQ(*r, 7);
  EXPECT_EQ(r.value_or(3), 7);
}

TEST(Result, HoldsAnError) {
  const Result<int> r = Error::of(ErrorCode::limit, {{"/rules/3", "too large"}});
  ASSERT_FALSE(r.has_value());
  EXPECT_FALSE(static_cast<bool>(r));
  EXPECT_EQ(r.error().code, ErrorCode::limit);
  EXPECT_EQ(r.value_or(3), 3);
}

TEST(Result, GivesItsValueAway) {
  Result<std::string> r = std::string("forty-two characters so that it is on the heap");
  r->push_back('!');
  const std::string taken = std::move(r).value();
  EXPECT_EQ(taken.back(), '!');
}

TEST(Error, RepeatsTheFirstOfItsFaults) {
  const Error error = Error::of(ErrorCode::bad_pack, {{"/a", "first"}, {"/b", "second"}});
  EXPECT_EQ(error.where, "/a");
  EXPECT_EQ(error.message, "first");
  EXPECT_EQ(error.faults.size(), 2U);
}

TEST(Fault, IsOneLineWithItsPlaceInFront) {
  EXPECT_EQ(to_string(Fault{"/cows_score", "above range"}), "/cows_score: above range");
  EXPECT_EQ(to_string(Fault{"", "too large"}), "too large");
}

TEST(ErrorCode, NumbersAreStable) {
  EXPECT_EQ(static_cast<int>(ErrorCode::syntax), 1);
  EXPECT_EQ(static_cast<int>(ErrorCode::bad_assessment), 2);
  EXPECT_EQ(static_cast<int>(ErrorCode::bad_request), 3);
  EXPECT_EQ(static_cast<int>(ErrorCode::bad_pack), 4);
  EXPECT_EQ(static_cast<int>(ErrorCode::bad_cases), 5);
  EXPECT_EQ(static_cast<int>(ErrorCode::limit), 6);
}

}  // namespace result_test
}  // namespace placement
