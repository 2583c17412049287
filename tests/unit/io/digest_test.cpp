#include "io/digest.hpp"

#include <gtest/gtest.h>

namespace placement::io {
namespace digest_test {

TEST(Sha256, IsThatOfTheStandard) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, OfAStreamIsThatOfItsBytesAtEveryStop) {
  Sha256 stream;
  EXPECT_EQ(stream.so_far(), sha256(""));
  stream.add("a");
  EXPECT_EQ(stream.so_far(), sha256("a"));
  stream.add("bc");
  EXPECT_EQ(stream.so_far(), sha256("abc"));
}

}  // namespace digest_test
}  // namespace placement::io
