#include "placement/truth.hpp"

#include <gtest/gtest.h>

#include <array>

namespace placement {
namespace truth_test {

constexpr Truth kNo = Truth::no, kUnknown3 = Truth::unknown, kYes = Truth::yes;
constexpr std::array<Truth, 3> kAll{kNo, kUnknown3, kYes};

TEST(Truth, NegationTurnsYesAndNoAndKeepsUnknown) {
  EXPECT_EQ(!kNo, kYes);
  EXPECT_EQ(!kYes, kNo);
  EXPECT_EQ(!kUnknown3, kUnknown3);
}

TEST(Truth, AndIsKleenesTable) {
  const Truth table[3][3] = {{kNo, kNo, kNo}, {kNo, kUnknown3, kUnknown3}, {kNo, kUnknown3, kYes}};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) EXPECT_EQ(kAll[a] && kAll[b], table[a][b]) << a << " and " << b;
}

TEST(Truth, OrIsKleenesTable) {
  const Truth table[3][3] = {{kNo, kUnknown3, kYes}, {kUnknown3, kUnknown3, kYes}, {kYes, kYes, kYes}};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) EXPECT_EQ(kAll[a] || kAll[b], table[a][b]) << a << " or " << b;
}

}  // namespace truth_test
}  // namespace placement
