#include "io/write_lines.hpp"

#include <gmock/gmock.h>

namespace placement::io {
namespace write_lines_test {

using ::testing::ElementsAre;

TEST(Clean, KeepsPlainTextAndUmlauts) {
  EXPECT_EQ(clean("dose: 8 mg \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x99\x82"),
            "dose: 8 mg \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x99\x82");
}

TEST(Clean, TurnsControlCharactersIntoSpaces) {
  EXPECT_EQ(clean("a\nb\tc\x1b[31md\x7f"), "a b c [31md ");
  EXPECT_EQ(clean("a\xC2\x9B"
                  "b"),
            "a b")
      << "C1 control sequence introducer";
  EXPECT_EQ(clean("a\xE2\x80\xAE"
                  "b\xE2\x80\xA8"
                  "c\xE2\x81\xA6"),
            "a b c ")
      << "marks of direction, line separator";
}

TEST(Clean, ReplacesBrokenBytes) {
  EXPECT_EQ(clean("a\xFF"
                  "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(clean("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "overlong";
  EXPECT_EQ(clean("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "surrogate";
  EXPECT_EQ(clean("x\xE2\x82"), "x\xEF\xBF\xBD\xEF\xBF\xBD") << "cut short";
  EXPECT_EQ(clean("\xF4\x90\x80\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "beyond Unicode";
}

TEST(Shortened, CutsAtASpaceAndLeavesNoOpenBracket) {
  EXPECT_EQ(shortened("short", 10), "short");
  EXPECT_EQ(shortened("one two three four", 14), "one two...");
  EXPECT_EQ(shortened("Addiction 2017 (a commentary that goes on)", 30), "Addiction 2017...");
  EXPECT_EQ(shortened("abcdefghijklmnop", 10), "abcdefg...");
  EXPECT_LE(code_points(shortened("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", 5)), 5U);
}

TEST(Joined, ReadsAsAList) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"a"}), "a");
  EXPECT_EQ(joined({"a", "b"}, "or"), "a or b");
  EXPECT_EQ(joined({"a", "b", "c"}), "a, b and c");
}

TEST(JoinedUpTo, CutsOnlyWhatSavesSomething) {
  EXPECT_EQ(joined_up_to({"a", "b", "c"}, 2), "a, b, c");
  EXPECT_EQ(joined_up_to({"a", "b", "c", "d"}, 2), "a, b, and 2 more");
  EXPECT_EQ(joined_up_to({"a", "b"}, 5, "; "), "a; b");
}

TEST(Counted, HasAPlural) {
  EXPECT_EQ(counted(1, "rule"), "1 rule");
  EXPECT_EQ(counted(0, "rule"), "0 rules");
}

TEST(Sentences, FirstSentenceAndStop) {
  EXPECT_EQ(first_sentence("One. Two."), "One.");
  EXPECT_EQ(first_sentence("One"), "One");
  EXPECT_EQ(without_stop("One. "), "One");
}

TEST(Wrapped, BreaksAtSpaces) {
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("", 7), ElementsAre(""));
  EXPECT_THAT(wrapped("  a   b ", 7), ElementsAre("a b"));
}

TEST(Wrapped, BreaksLongWordsInside) {
  EXPECT_THAT(wrapped("a bcdefghij k", 4), ElementsAre("a", "bcde", "fghi", "j k"));
  EXPECT_THAT(wrapped("\xC3\xA4\xC3\xA4\xC3\xA4", 2), ElementsAre("\xC3\xA4\xC3\xA4", "\xC3\xA4"));
}

TEST(Wrapped, EndsEvenWhereNothingFits) {
  const auto lines = wrapped("ab", 1, [](std::string_view text) { return text.size() * 10; });
  EXPECT_THAT(lines, ElementsAre("a", "b"));
}

}  // namespace write_lines_test
}  // namespace placement::io
