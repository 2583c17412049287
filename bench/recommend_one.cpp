// How long does one answer take? Scoring from codes and from a struct beside the same pack as generated if/else; the
// whole recommendation for people of whom nothing, half and everything is known; and reading, checking and compiling
// the pack.
//
//   cmake --preset release && cmake --build --preset bench && build/release/bin/bench_recommend_one
//
// The people: every answer drawn evenly from its field's values, the mild end twice as likely, contradictions thrown
// away; "half" keeps each answer with probability 1/2. Real charts are less severe than this. Before anything is timed
// the scores are compared with the if/else's. Seed fixed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <new>
#include <random>

#include "placement/engine.hpp"
#include "placement/io.hpp"

placement::Score score_by_if_else(const placement::KnownAnswers& a, std::uint64_t* held);

namespace {

std::size_t allocations = 0;

using placement::Assessment;
using placement::KnownAnswers;

const placement::Engine& engine() {
  static const placement::Engine made = *placement::Engine::make(placement::default_pack());
  return made;
}

std::vector<KnownAnswers> draw_people(std::size_t count) {
  std::mt19937_64 random(20261122);
  std::vector<KnownAnswers> people;
  std::vector<std::uint64_t> held(engine().held_words());
  while (people.size() < count) {
    KnownAnswers person;
    for (const placement::FieldSpec& f : placement::fields()) {
      const auto draw = [&] { return static_cast<int>(random() % static_cast<std::uint64_t>(f.size())); };
      const int a = draw(), b = draw();
      const int milder = f.worse == placement::Worse::lower ? std::max(a, b) : std::min(a, b);
      person.bytes()[static_cast<std::size_t>(f.field)] =
          static_cast<std::uint8_t>(f.worse == placement::Worse::none ? a : milder);
    }
    const placement::Score score = engine().score(person, held);
    if (score.consistent && score.in_scope) people.push_back(person);
  }
  return people;
}

const std::vector<KnownAnswers>& people() {
  static const std::vector<KnownAnswers> drawn = [] {
    std::vector<KnownAnswers> all = draw_people(4096);
    std::vector<std::uint64_t> held(engine().held_words()), by_if_else(engine().held_words());
    for (const KnownAnswers& person : all) {
      std::fill(by_if_else.begin(), by_if_else.end(), 0);
      if (engine().score(person, held) != score_by_if_else(person, by_if_else.data()) || held != by_if_else) {
        std::cerr << "the engine and the if/else disagree\n";
        std::abort();
      }
    }
    std::cout << "pack " << engine().pack().content().id << " " << engine().pack().content().version << ", "
              << engine().pack().content().rules.size() << " rules, " << engine().box_count() << " boxes, "
              << engine().code_count() << " fields read\n";
    return all;
  }();
  return drawn;
}

std::vector<Assessment> partly(double known) {
  std::mt19937_64 random(7);
  std::vector<Assessment> all;
  for (std::size_t i = 0; i < 1000; ++i) {
    KnownAnswers person = people()[i];
    for (std::uint8_t& byte : person.bytes())
      if (static_cast<double>(random() % 1000) >= known * 1000) byte = placement::kUnknown;
    all.emplace_back(person);
  }
  return all;
}

void count_allocations(benchmark::State& state, std::size_t before) {
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations - before), benchmark::Counter::kAvgIterations);
}

void IfElseFromStruct(benchmark::State& state) {
  std::array<std::uint64_t, 64> held{};
  std::size_t i = 0;
  const std::vector<KnownAnswers>& all = people();
  for (auto _ : state) {
    std::fill_n(held.begin(), engine().held_words(), 0);
    benchmark::DoNotOptimize(score_by_if_else(all[i++ % all.size()], held.data()));
    benchmark::DoNotOptimize(held);
  }
}
BENCHMARK(IfElseFromStruct);

void ScoreFromStruct(benchmark::State& state) {
  std::array<std::uint64_t, 64> held{};
  std::size_t i = 0;
  const std::vector<KnownAnswers>& all = people();
  const std::size_t before = allocations;
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine().score(all[i++ % all.size()], held));
    benchmark::DoNotOptimize(held);
  }
  count_allocations(state, before);
}
BENCHMARK(ScoreFromStruct);

void ScoreFromCodes(benchmark::State& state) {
  std::array<std::uint64_t, 64> held{};
  std::size_t i = 0;
  const std::size_t width = engine().code_count();
  std::vector<std::uint8_t> codes(people().size() * width);
  for (std::size_t p = 0; p < people().size(); ++p)
    engine().encode(people()[p], std::span<std::uint8_t>(codes).subspan(p * width, width));
  const std::size_t before = allocations;
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine().score(std::span(codes).subspan((i++ % people().size()) * width, width), held));
    benchmark::DoNotOptimize(held);
  }
  count_allocations(state, before);
}
BENCHMARK(ScoreFromCodes);

// Medians over people, since a mean would hide a few hard ones; the hardest is shown too.
void Recommend(benchmark::State& state) {
  const std::vector<Assessment> all = partly(static_cast<double>(state.range(0)) / 100.0);
  std::vector<double> times;
  std::size_t unsettled = 0, i = 0;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = engine().recommend(all[i % all.size()]);
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    unsettled += result->settled ? 0U : 1U;
    ++i;
  }
  std::sort(times.begin(), times.end());
  state.counters["median_us"] = times[times.size() / 2];
  state.counters["p90_us"] = times[times.size() * 9 / 10];
  state.counters["max_us"] = times.back();
  state.counters["unsettled"] = static_cast<double>(unsettled);
}
BENCHMARK(Recommend)
    ->ArgName("percent_known")
    ->Arg(0)
    ->Arg(25)
    ->Arg(50)
    ->Arg(75)
    ->Arg(100)
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(1000);

void ReadCheckCompile(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(placement::Engine::make(*placement::read_pack(placement::default_pack_text())));
}
BENCHMARK(ReadCheckCompile)->Unit(benchmark::kMillisecond);

void CheckProperties(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(placement::check_pack(engine()));
}
BENCHMARK(CheckProperties)->Unit(benchmark::kMillisecond);

}  // namespace

// Counted; not inlined, or g++ 12 takes the pair of malloc and delete for a mistake.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
