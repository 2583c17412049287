// Interviews as files: written, read again, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace write_interview_test {

using small_packs::faults_of;
using testing::ElementsAre;
using testing::StartsWith;

std::vector<std::string> faults(std::string_view json) {
  const Result<InterviewState> read = read_interview(json);
  return read.has_value() ? std::vector<std::string>{} : faults_of(read.error());
}

constexpr std::string_view kWhole = R"({
  "note": "seen twice",
  "assessment": {
    "pregnant": true,
    "cows_score": {
      "from": 8
    }
  },
  "request": {
    "id": "7",
    "as_of": "2026-11-22",
    "current_level": "iop",
    "current_capabilities": [
      "hospital"
    ],
    "available": [
      {
        "level": "php",
        "capabilities": []
      }
    ],
    "undecided": "highest",
    "handled": [
      {
        "alert": "overdose_now",
        "by": "RN"
      }
    ],
    "asked": [
      "cows_score"
    ],
    "placed": {
      "level": "iop",
      "override_reason": "patient_choice"
    }
  },
  "history": [
    {
      "field": "pregnant"
    },
    {
      "handled": "overdose_now"
    },
    {
      "field": "cows_score",
      "before": {
        "any_of": [
          8,
          10
        ]
      },
      "asked": true
    }
  ]
}
)";

TEST(WriteInterview, WritesWhatWasRead) {
  const Result<InterviewState> state = read_interview(kWhole);
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(write_interview(*state), kWhole);
  EXPECT_EQ(state->history[2].before, ValueSet::of(8) | ValueSet::of(10));
  EXPECT_TRUE(state->history[2].was_asked);
  EXPECT_EQ(state->history[1].alert, "overdose_now");
}

TEST(WriteInterview, IsAnInputLikeAnyOther) {
  const Result<Input> input = read_input(kWhole);
  ASSERT_TRUE(input.has_value());
  EXPECT_EQ(input->assessment, read_interview(kWhole)->input.assessment);
  EXPECT_EQ(input->request.asked, std::vector<Field>{Field::cows_score});
}

TEST(WriteInterview, BeginsAsABareAssessment) {
  const Result<InterviewState> state = read_interview(R"({"pregnant": true})");
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(write_interview(*state),
            "{\n  \"assessment\": {\n    \"pregnant\": true\n  },\n  \"request\": {},\n"
            "  \"history\": []\n}\n");
}

// A terminal may send anything; what is saved must be readable.
TEST(WriteInterview, CleansFreeTexts) {
  InterviewState state;
  state.note = "a\nb";
  state.input.request.handled.push_back({"overdose_now", "Dr.\x1b[31m \xff", "\t"});
  const Result<InterviewState> again = read_interview(write_interview(state));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->note, "a b");
  EXPECT_EQ(again->input.request.handled.front().by, "Dr. [31m \xEF\xBF\xBD");
}

TEST(ReadInterview, RefusesWhatNoInterviewWrites) {
  const auto history = [](std::string_view steps) {
    return faults(R"({"assessment": {}, "history": )" + std::string(steps) + "}");
  };
  EXPECT_THAT(history("{}"), ElementsAre(StartsWith("/history: wrong type")));
  EXPECT_THAT(history("[7]"), ElementsAre(StartsWith("/history/0: wrong type")));
  EXPECT_THAT(history("[{}]"), ElementsAre("/history/0: the key `field` is missing"));
  EXPECT_THAT(history(R"([{"field": "cows_scor", "before": 7}])"), ElementsAre(StartsWith("/history/0/field: not an")));
  EXPECT_THAT(history(R"([{"field": "cows_score", "before": 49}])"),
              ElementsAre(StartsWith("/history/0/before: above range")));
  EXPECT_THAT(history(R"([{"field": "cows_score", "asked": 1}])"),
              ElementsAre(StartsWith("/history/0/asked: wrong type")));
  EXPECT_THAT(history(R"([{"field": "cows_score", "after": 4}])"),
              ElementsAre(StartsWith("/history/0/after: unknown key")));
  EXPECT_THAT(history(R"([{"handled": ""}])"), ElementsAre(StartsWith("/history/0/handled: wrong type")));
  EXPECT_THAT(history(R"([{"handled": "a", "field": "cows_score"}])"),
              ElementsAre(StartsWith("/history/0/field: unknown key")));
  EXPECT_THAT(history("null"), ElementsAre());
  EXPECT_EQ(faults(R"({"history": []})").size(), 1U);  // a bare assessment has no history
}

TEST(ReadInterview, NeverRepeatsAValue) {
  for (const std::string& fault :
       faults(R"({"assessment": {"cows_score": 987654}, "history": [{"field": "Quincy Z", "before": 987654},
              {"field": "cows_score", "before": 987654}, {"Quincy Z": 1}, {"handled": 987654}]})")) {
    EXPECT_THAT(fault, testing::Not(testing::HasSubstr("987654")));
    EXPECT_THAT(fault, testing::Not(testing::HasSubstr("uincy")));
  }
}

}  // namespace write_interview_test
}  // namespace placement
