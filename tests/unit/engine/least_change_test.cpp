// The least choice against all choices.
#include "engine/least_change.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "oracle/generate.hpp"

namespace placement::engine {
namespace least_change_test {

using masks::Answer;
using masks::Codes;
using masks::Region;
using Choice = LeastChange::Choice;

masks::Masks no_masks() { return *masks::Masks::make({}, {}); }

struct Problem {
  std::vector<Movable> movable;
  std::vector<std::pair<Region, bool>> clauses;  // and whether they forbid what lies inside
};

Problem random_problem(oracle::Dice& dice) {
  Problem p;
  const int columns = dice.between(1, 5);
  for (int c = 0; c < columns; ++c) {
    Movable m{static_cast<std::size_t>(3 * c), Codes{1} << dice.roll(4), {}};
    if (dice.chance(30)) m.today |= Codes{1} << dice.roll(4);
    for (std::uint8_t code = 0; code < 4; ++code)
      if (dice.chance(60)) m.options.push_back({code, dice.between(1, 3), code});
    p.movable.push_back(m);
  }
  for (int k = dice.between(0, 6); k > 0; --k) {
    Region region{};
    for (const Movable& m : p.movable) region[m.column] = static_cast<Codes>(dice.between(1, 15));
    p.clauses.emplace_back(region, dice.chance(20));
  }
  return p;
}

bool will_do(const Problem& p, const Choice& choice) {
  for (const auto& [region, is_inside] : p.clauses) {
    bool touches = true, lies_in = true;
    for (std::size_t i = 0; i < choice.size(); ++i) {
      const Movable& m = p.movable[i];
      const Codes codes =
          choice[i] == LeastChange::kKept ? m.today : Codes{1} << m.options[static_cast<std::size_t>(choice[i])].code;
      touches = touches && (codes & region[m.column]) != 0;
      lies_in = lies_in && (codes & ~region[m.column]) == 0;
    }
    if (is_inside ? lies_in : touches) return false;
  }
  return true;
}

// Fewest columns, least cost, first columns, first ranges. Numbers with a sign: libstdc++ 12 compares lists of those
// without wrongly where the high byte comes first.
using Key = std::tuple<int, int, std::vector<int>, std::vector<int>>;

Key key_of(const Problem& p, const Choice& choice) {
  Key key;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    if (choice[i] == LeastChange::kKept) continue;
    const Option& option = p.movable[i].options[static_cast<std::size_t>(choice[i])];
    ++std::get<0>(key);
    std::get<1>(key) += option.cost;
    std::get<2>(key).push_back(static_cast<int>(i));
    std::get<3>(key).push_back(static_cast<int>(option.range));
  }
  return key;
}

void by_definition(const Problem& p, Choice begun, std::optional<Choice>& best) {
  if (begun.size() == p.movable.size()) {
    if (will_do(p, begun) && (!best || key_of(p, begun) < key_of(p, *best))) best = begun;
    return;
  }
  const int options = static_cast<int>(p.movable[begun.size()].options.size());
  begun.push_back(LeastChange::kKept);
  for (int o = LeastChange::kKept; o < options; ++o) {
    begun.back() = o;
    by_definition(p, begun, best);
  }
}

TEST(LeastChange, IsTheFirstOfAllChoices) {
  const masks::Masks masks = no_masks();
  oracle::Dice dice(oracle::test_seed() + 81);
  int none = 0;
  for (int i = 0; i < oracle::drawn(3000); ++i) {
    const Problem p = random_problem(dice);
    LeastChange least(p.movable);
    // Clauses come as counterexamples do: when a choice violates them.
    const auto refute = [&](const Choice& choice) {
      for (const auto& [region, is_inside] : p.clauses) {
        if (will_do({p.movable, {{region, is_inside}}}, choice)) continue;
        if (is_inside)
          least.forbid_inside(region);
        else
          least.forbid_touching(region);
        return Answer::yes;
      }
      return Answer::no;
    };
    std::optional<Choice> wanted;
    by_definition(p, {}, wanted);
    masks::Search steps(masks, 1'000'000);
    Choice choice;
    ASSERT_EQ(least.find(refute, steps, choice), wanted ? LeastChange::Found::yes : LeastChange::Found::none);
    if (wanted)
      ASSERT_EQ(choice, *wanted);
    else
      ++none;
  }
  EXPECT_GT(none, oracle::drawn(100));
}

Answer agree(const Choice& /*choice*/) { return Answer::no; }

TEST(LeastChange, SaysSoWhereItsStepsRunOut) {
  const masks::Masks masks = no_masks();
  LeastChange least({{0, 1, {{1, 1, 1}}}, {1, 1, {{1, 1, 1}}}});
  Region region{};
  region[0] = region[1] = 1;
  least.forbid_touching(region);
  Choice choice;
  masks::Search few(masks, 1), enough(masks, 100);
  EXPECT_EQ(least.find(agree, few, choice), LeastChange::Found::unsettled);
  EXPECT_EQ(least.find(agree, enough, choice), LeastChange::Found::yes);
}

TEST(LeastChange, SaysSoWhereACounterexampleIsNotSettled) {
  const masks::Masks masks = no_masks();
  LeastChange least({{0, 1, {{1, 1, 1}}}});
  Choice choice;
  masks::Search steps(masks, 100);
  EXPECT_EQ(least.find([](const Choice& /*choice*/) { return Answer::unsettled; }, steps, choice),
            LeastChange::Found::unsettled);
}

TEST(LeastChange, IsHopelessOnceNothingCanAvoidARegion) {
  const masks::Masks masks = no_masks();
  LeastChange least({{0, 1, {{1, 1, 1}}}});
  Region region{};
  region[0] = 3;
  least.forbid_touching(region);
  EXPECT_TRUE(least.is_hopeless());
  Choice choice;
  masks::Search steps(masks, 100);
  EXPECT_EQ(least.find(agree, steps, choice), LeastChange::Found::none);
}

}  // namespace least_change_test
}  // namespace placement::engine
