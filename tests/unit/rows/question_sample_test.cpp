#include "rows/question_sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "placement/generate.hpp"
#include "placement/io.hpp"

namespace placement::rows {
namespace question_sample_test {

const Engine& engine() {
  static const Engine shipped = Engine::make(default_pack()).value();
  return shipped;
}

// Somebody of whom one thing is not known.
const Assessment& person() {
  static const Assessment almost = [] {
    for (Generator people(engine(), {1, {}, 100});;) {
      Assessment all(*people.next());
      all.set(Field::suicide_risk, ValueSet::all(Field::suicide_risk));
      if (engine().recommend(all)->next_question == Field::suicide_risk) return all;
    }
  }();
  return almost;
}

// Of every tenth row it was asked already.
Row row(std::uint64_t number) {
  Row made;
  made.place.number = number;
  made.assessment = person();
  if (number % 10 == 0) {
    made.request = std::make_unique<Request>();
    made.request->asked.push_back(Field::suicide_risk);
  }
  return made;
}

// By name, so that lists of them can be compared whatever their order.
std::vector<std::string> asked(const QuestionSample& sample, std::size_t workers = 2) {
  std::vector<std::string> names;
  for (const std::optional<Field> next : sample.questions(engine(), workers))
    names.emplace_back(next ? spec(*next).name : "nothing");
  std::sort(names.begin(), names.end());
  return names;
}

TEST(QuestionSample, OfFewRowsIsAllOfThem) {
  QuestionSample sample(30);
  EXPECT_TRUE(asked(sample).empty());
  for (std::uint64_t number = 1; number <= 20; ++number) sample.offer(row(number));
  const std::vector<std::string> names = asked(sample);
  EXPECT_EQ(std::count(names.begin(), names.end(), "suicide_risk"), 18);
  EXPECT_EQ(std::count(names.begin(), names.end(), "nothing"), 2) << "a row's own request counts";
}

TEST(QuestionSample, IsTheSameInAnyOrderAndDivision) {
  constexpr std::uint64_t kRows = 400;
  QuestionSample whole(40), first(40), second(40);
  for (std::uint64_t number = 1; number <= kRows; ++number) whole.offer(row(number));
  for (std::uint64_t number = kRows; number > 0; --number) (number % 3 == 0 ? first : second).offer(row(number));
  first.merge(second);
  EXPECT_EQ(asked(whole).size(), 40U);
  EXPECT_EQ(asked(first, 1), asked(whole, 4));
}

TEST(QuestionSample, DrawsRowsOfEveryKind) {
  constexpr std::uint64_t kRows = 20'000;
  QuestionSample sample(200);
  for (std::uint64_t number = 1; number <= kRows; ++number) sample.offer(row(number));
  const std::vector<std::string> names = asked(sample);
  const auto others = std::count(names.begin(), names.end(), "nothing");
  EXPECT_GT(others, 7) << "20 are expected, give or take 4";
  EXPECT_LT(others, 33);
}

}  // namespace question_sample_test
}  // namespace placement::rows
