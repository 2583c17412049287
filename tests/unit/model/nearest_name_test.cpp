#include "model/nearest_name.hpp"

#include <gtest/gtest.h>

namespace placement::model {
namespace nearest_name_test {

TEST(NearestName, FindsAMistypedName) {
  EXPECT_EQ(nearest_name("cows_scor", {"age_years", "cows_score", "craving"}), "cows_score");
  EXPECT_EQ(nearest_name("hosuing", {"housing", "craving"}), "housing");
  EXPECT_EQ(nearest_name("craving", {"housing", "craving"}), "craving");
}

TEST(NearestName, PrefersTheFirstOfEquallyNearNames) { EXPECT_EQ(nearest_name("cat", {"bat", "cut"}), "bat"); }

TEST(NearestName, SuggestsNothingFarAway) {
  EXPECT_EQ(nearest_name("quincy", {"housing", "craving"}), "");
  EXPECT_EQ(nearest_name("abcdef", {"abxyef"}), "abxyef");  // a third of six letters
  EXPECT_EQ(nearest_name("abcdef", {"abxyzf"}), "");        // one more
  EXPECT_EQ(nearest_name("ab", {"ax"}), "ax");              // at least one
  EXPECT_EQ(nearest_name("ab", {"xy"}), "");
}

TEST(NearestName, SuggestsNothingWithoutCandidatesOrForVeryLongWords) {
  EXPECT_EQ(nearest_name("housing", {}), "");
  const std::string word(65, 'a');
  EXPECT_EQ(nearest_name(word, {word}), "");
}

TEST(DidYouMean, IsTheEndOfASentenceOrNothing) {
  EXPECT_EQ(did_you_mean("hosing", {"housing"}), "; did you mean `housing`?");
  EXPECT_EQ(did_you_mean("weather", {"housing"}), "");
}

TEST(QuotedIfHarmless, EchoesOnlyWhatLooksLikeOneOfOurIds) {
  EXPECT_EQ(quoted_if_harmless("cows_score2"), "`cows_score2`");
  EXPECT_EQ(quoted_if_harmless(std::string(40, 'a')), "`" + std::string(40, 'a') + "`");
  for (const std::string& word : {std::string(), std::string("Quincy"), std::string("quincy zebrowski"),
                                  std::string("1977-05-01"), std::string("a\nb"), std::string(41, 'a')})
    EXPECT_EQ(quoted_if_harmless(word), "");
}

}  // namespace nearest_name_test
}  // namespace placement::model
