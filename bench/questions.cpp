// How many questions does an interview ask before nothing is left that can matter, against asking everything?
//
//   cmake --preset release && cmake --build --preset bench && build/release/bin/bench_questions [PEOPLE]
//
// Two populations, both consistent and complete, contradictory draws thrown away: `uniform` draws each value of a field
// alike (far sicker than any clinic), `priors` draws by the pack's weights, which imitate people who come for treatment
// (docs/rule-pack.md, `priors`). Each answers truthfully from an empty assessment on; stop alerts are marked as handled
// when they show, so that every interview goes on to its level. Before anything is printed each end is compared with
// Engine::score of the full assessment. The seed is fixed; nothing here is timed but the whole.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "placement/generate.hpp"
#include "placement/interview.hpp"
#include "placement/io.hpp"

namespace {

using placement::Assessment;
using placement::Engine;
using placement::Field;
using placement::Interview;
using placement::KnownAnswers;

struct Ended {
  int questions = 0;
  int until_one_level = 0;  ///< questions after which one level was left
  bool is_decided = false;
};

Ended interviewed(const Engine& engine, const KnownAnswers& person) {
  const Assessment truth(person);
  Interview interview = *Interview::start(engine);
  Ended ended;
  while (true) {
    for (const std::size_t alert : interview.emergencies()) interview.handled(alert);
    if (interview.now().possible.size() > 1) ended.until_one_level = ended.questions + 1;
    const std::optional<Field> question = interview.question();
    if (!question) break;
    interview.answer(*question, truth.answer(*question));
    ++ended.questions;
  }
  std::vector<std::uint64_t> held(engine.held_words());
  const placement::Score score = engine.score(person, held);
  ended.is_decided = interview.now().status == placement::Status::decided;
  const bool agrees = score.in_scope ? interview.now().indicated == std::size_t{score.level}
                                     : interview.now().status == placement::Status::out_of_scope;
  if (!agrees) {
    std::fputs("an interview ended elsewhere than the full assessment\n", stderr);
    std::exit(1);
  }
  return ended;
}

int at(std::vector<int>& sorted, std::size_t percent) { return sorted[(sorted.size() - 1) * percent / 100]; }

void row(const Engine& engine, const char* name, bool by_priors, int people) {
  placement::Generator generator(
      engine, {20261122, by_priors ? engine.pack().content().priors : std::vector<placement::Prior>(), 100});
  std::vector<int> questions, until_one_level;
  int decided = 0;
  for (int i = 0; i < people; ++i) {
    const Ended ended = interviewed(engine, *generator.next());
    decided += ended.is_decided ? 1 : 0;
    if (!ended.is_decided) continue;  // out of scope: one question may end it
    questions.push_back(ended.questions);
    until_one_level.push_back(ended.until_one_level);
  }
  if (questions.empty()) return;
  std::sort(questions.begin(), questions.end());
  std::sort(until_one_level.begin(), until_one_level.end());
  std::printf("| %s | %d | %d | %d | %d | %d | %d | %d |\n", name, people, decided, at(questions, 50),
              at(questions, 90), questions.back(), at(until_one_level, 50), at(until_one_level, 90));
}

}  // namespace

int main(int argc, char** argv) {
  // CI runs all benchmarks briefly and gives them its own options.
  const bool is_brief = argc > 1 && std::string(argv[1]).rfind("--", 0) == 0;
  const int people = is_brief ? 50 : argc > 1 ? std::max(std::atoi(argv[1]), 1) : 1000;
  const Engine engine = *Engine::make(placement::default_pack());
  std::printf("pack %s %s: %zu fields are read, so many questions would be asked otherwise\n\n",
              engine.pack().content().id.c_str(), engine.pack().content().version.c_str(), engine.code_count());
  std::printf(
      "| population | people | decided | questions, median | 90 in 100 below | most | one level left after, median | "
      "90 in 100 |\n");
  std::printf("|---|---|---|---|---|---|---|---|\n");
  row(engine, "uniform", false, people);
  row(engine, "priors", true, people);
  return 0;
}
