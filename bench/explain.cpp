// How long does a question about one assessment take? Possible levels, the reason and the counterfactual to the next
// level down and up, for people of whom half or all is known: on the shipped pack, and on a generated one of 60 rules
// over 26 fields.
//
//   cmake --preset release && cmake --build --preset bench && build/release/bin/bench_explain
//
// The people: every answer drawn evenly from its field's values, the mild end twice as likely, contradictions thrown
// away; each answer kept with probability 1/2, or all of them. Real charts are less severe and say more. Before
// anything is timed every counterfactual found is checked: with its changes made, its level is the only one possible,
// and with any one of them left out it is not. Medians over people, since a mean would hide a few hard ones. Seed
// fixed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "engine/counterfactual.hpp"
#include "engine/explain.hpp"
#include "generated_pack.hpp"
#include "placement/engine.hpp"
#include "placement/io.hpp"

namespace {

using placement::Assessment;
using placement::Counterfactual;
using placement::engine::Completions;
using placement::engine::Demands;
using placement::engine::Levels;

struct Person {
  Assessment assessment;
  Levels possible = 0;
};

struct Subject {
  placement::Engine engine;
  Demands demands;
  std::vector<Person> people;

  [[nodiscard]] placement::masks::Search search() const {
    return {engine.compiled().masks, engine.compiled().options.step_budget};
  }
  [[nodiscard]] Levels possible(const Assessment& assessment) const {
    placement::masks::Search steps = search();
    Completions completions(engine.compiled(), placement::engine::region_of(assessment, engine.compiled().masks),
                            steps);
    return possible_levels(demands, completions);
  }
  [[nodiscard]] Counterfactual to(std::size_t level, const Person& person) const {
    placement::masks::Search steps = search();
    return counterfactual_to(level, engine.compiled(), demands, person.assessment, person.possible, steps);
  }
};

std::optional<std::size_t> below(Levels possible) {
  const int lowest = std::countr_zero(possible);
  return lowest == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(lowest - 1));
}

std::optional<std::size_t> above(Levels possible, const placement::Engine& engine) {
  const auto next = static_cast<std::size_t>(std::bit_width(possible));
  return next == engine.pack().content().levels.size() ? std::nullopt : std::optional(next);
}

void check(const Subject& subject, const Person& person, const Counterfactual& c) {
  if (c.outcome != Counterfactual::Outcome::found) return;
  for (std::size_t left_out = 0; left_out <= c.changes.size(); ++left_out) {
    Assessment changed = person.assessment;
    for (std::size_t i = 0; i < c.changes.size(); ++i)
      if (i != left_out) changed.set(c.changes[i].field, c.changes[i].values);
    const bool reaches = subject.possible(changed) == Levels{1} << c.level;
    if (reaches == (left_out == c.changes.size())) continue;
    std::cerr << "a counterfactual is wrong\n";
    std::abort();
  }
}

Subject make_subject(placement::Engine engine, const char* name, int percent_known) {
  Subject subject{std::move(engine), {}, {}};
  const placement::engine::Compiled& compiled = subject.engine.compiled();
  subject.demands = demands_of(compiled, std::nullopt, {});
  std::mt19937_64 random(20261122);
  std::vector<std::uint64_t> held(subject.engine.held_words());
  while (subject.people.size() < 1000) {
    placement::KnownAnswers known;
    for (const placement::FieldSpec& f : placement::fields()) {
      const auto draw = [&] { return static_cast<int>(random() % static_cast<std::uint64_t>(f.size())); };
      const int a = draw(), b = draw();
      const int milder = f.worse == placement::Worse::lower ? std::max(a, b) : std::min(a, b);
      known.bytes()[static_cast<std::size_t>(f.field)] =
          static_cast<std::uint8_t>(f.worse == placement::Worse::none ? a : milder);
    }
    const placement::Score score = subject.engine.score(known, held);
    if (!score.consistent || !score.in_scope) continue;
    for (std::uint8_t& byte : known.bytes())
      if (static_cast<int>(random() % 100) >= percent_known) byte = placement::kUnknown;
    Person person{Assessment(known), 0};
    person.possible = subject.possible(person.assessment);
    subject.people.push_back(person);
  }
  std::size_t asked = 0, found = 0, fields = 0;
  for (const Person& person : subject.people)
    for (const auto level : {below(person.possible), above(person.possible, subject.engine)}) {
      if (!level) continue;
      const Counterfactual c = subject.to(*level, person);
      check(subject, person, c);
      ++asked;
      found += c.outcome == Counterfactual::Outcome::found ? 1U : 0U;
      fields += c.changes.size();
    }
  std::cout << name << ", " << percent_known << " % known: " << subject.engine.pack().content().rules.size()
            << " rules, " << subject.engine.box_count() << " boxes, " << subject.engine.code_count()
            << " fields read; of " << asked << " counterfactuals " << found << " exist, with " << fields
            << " changes in all\n";
  return subject;
}

const Subject& subject(bool is_shipped, int percent_known) {
  static std::map<std::pair<bool, int>, Subject> all;
  auto found = all.find({is_shipped, percent_known});
  if (found == all.end()) {
    const auto pack =
        is_shipped ? placement::default_pack() : *placement::read_pack(placement::bench::generated_pack(60, 26));
    found = all.emplace(std::pair(is_shipped, percent_known),
                        make_subject(*placement::Engine::make(pack), is_shipped ? "shipped pack" : "generated pack",
                                     percent_known))
                .first;
  }
  return found->second;
}

// Times `ask` person by person; people for whom there is nothing to ask are passed over.
template <class Ask>
void run(benchmark::State& state, Ask&& ask) {
  const Subject& s = subject(state.range(0) == 0, static_cast<int>(state.range(1)));
  std::vector<double> times;
  std::size_t i = 0;
  for (auto _ : state) {
    bool asked = false;
    const auto start = std::chrono::steady_clock::now();
    while (!asked) asked = ask(s, s.people[i++ % s.people.size()]);
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  state.counters["median_us"] = times[times.size() / 2];
  state.counters["p90_us"] = times[times.size() * 9 / 10];
  state.counters["max_us"] = times.back();
}

void Possible(benchmark::State& state) {
  run(state, [](const Subject& s, const Person& person) {
    benchmark::DoNotOptimize(s.possible(person.assessment));
    return true;
  });
}

void Reason(benchmark::State& state) {
  run(state, [](const Subject& s, const Person& person) {
    if (!std::has_single_bit(person.possible)) return false;
    placement::masks::Search search = s.search();
    benchmark::DoNotOptimize(
        reason_for(s.engine.compiled(), s.demands, static_cast<std::size_t>(std::countr_zero(person.possible)),
                   person.assessment.answered(),
                   placement::engine::region_of(person.assessment, s.engine.compiled().masks), search));
    return true;
  });
}

void CounterfactualDown(benchmark::State& state) {
  run(state, [](const Subject& s, const Person& person) {
    const auto level = below(person.possible);
    if (level) benchmark::DoNotOptimize(s.to(*level, person));
    return level.has_value();
  });
}

void CounterfactualUp(benchmark::State& state) {
  run(state, [](const Subject& s, const Person& person) {
    const auto level = above(person.possible, s.engine);
    if (level) benchmark::DoNotOptimize(s.to(*level, person));
    return level.has_value();
  });
}

void options(benchmark::internal::Benchmark* b) {
  b->ArgNames({"pack", "known"})->ArgsProduct({{0, 1}, {50, 100}})->Unit(benchmark::kMicrosecond)->Iterations(1000);
}
BENCHMARK(Possible)->Apply(options);
BENCHMARK(Reason)->Apply(options);
BENCHMARK(CounterfactualDown)->Apply(options);
BENCHMARK(CounterfactualUp)->Apply(options);

}  // namespace
