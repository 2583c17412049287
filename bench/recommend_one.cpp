// How long does one answer take? Scoring from codes and from a struct beside the same pack as generated if/else; the
// whole recommendation for people of whom nothing, a quarter, half, three quarters and everything is known; and
// reading, checking and compiling the pack. The same again for a pack cut from the shipped one: 60 rules over its 26
// most read fields, the size for which the bars of docs/performance.md were set.
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

#include "pack/checked_pack.hpp"
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

// Rules that read nothing but the most read fields, evenly thinned out; constraints and must_know entries likewise.
placement::PackContent cut(const placement::RulePack& whole, std::size_t fields, std::size_t rules) {
  const placement::pack::CheckedPack& checked = whole.checked();
  std::vector<std::size_t> uses(placement::kFieldCount);
  for (const placement::FieldSet& reads : checked.rule_reads)
    reads.for_each([&](placement::Field f) { ++uses[static_cast<std::size_t>(f)]; });
  std::vector<placement::Field> order;
  for (const placement::FieldSpec& f : placement::fields()) order.push_back(f.field);
  std::stable_sort(order.begin(), order.end(), [&](placement::Field a, placement::Field b) {
    return uses[static_cast<std::size_t>(a)] > uses[static_cast<std::size_t>(b)];
  });
  placement::FieldSet kept;
  for (std::size_t i = 0; i < fields; ++i) kept.insert(order[i]);
  const auto is_kept = [&](const placement::FieldSet& reads) { return (reads & kept) == reads; };
  placement::PackContent content = whole.content();
  std::vector<placement::Rule> fitting;
  for (std::size_t r = 0; r < content.rules.size(); ++r)
    if (is_kept(checked.rule_reads[r])) fitting.push_back(content.rules[r]);
  content.rules.clear();
  for (std::size_t i = 0; i < rules; ++i) content.rules.push_back(fitting[i * fitting.size() / rules]);
  std::vector<placement::Constraint> constraints;
  for (std::size_t c = 0; c < content.constraints.size(); ++c)
    if (is_kept(placement::pack::reads(checked.constraints[c], checked.terms)))
      constraints.push_back(content.constraints[c]);
  content.constraints = std::move(constraints);
  std::vector<placement::MustKnow> must_know;
  for (std::size_t m = 0; m < content.must_know.size(); ++m)
    if (kept.contains(content.must_know[m].field) &&
        is_kept(placement::pack::reads(checked.must_know[m], checked.terms)))
      must_know.push_back(content.must_know[m]);
  content.must_know = std::move(must_know);
  content.properties.clear();
  return content;
}

const placement::Engine& cut_engine() {
  static const placement::Engine made = [] {
    placement::PackContent content = cut(placement::default_pack(), 26, 60);
    std::vector<std::size_t> places(content.levels.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    return *placement::Engine::make(*placement::pack::check_pack_content(std::move(content), places, "cut", {}));
  }();
  return made;
}

using EngineOf = const placement::Engine& (*)();

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
    for (const placement::Engine* one : {&engine(), &cut_engine()})
      std::cout << (one == &engine() ? "shipped" : "cut") << ": pack " << one->pack().content().id << " "
                << one->pack().content().version << ", " << one->pack().content().rules.size() << " rules, "
                << one->box_count() << " boxes, " << one->code_count() << " fields read\n";
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

void ScoreFromStruct(benchmark::State& state, EngineOf engine_of) {
  const placement::Engine& asked = engine_of();
  std::array<std::uint64_t, 64> held{};
  std::size_t i = 0;
  const std::vector<KnownAnswers>& all = people();
  const std::size_t before = allocations;
  for (auto _ : state) {
    benchmark::DoNotOptimize(asked.score(all[i++ % all.size()], held));
    benchmark::DoNotOptimize(held);
  }
  count_allocations(state, before);
}
BENCHMARK_CAPTURE(ScoreFromStruct, shipped, engine);
BENCHMARK_CAPTURE(ScoreFromStruct, cut, cut_engine);

void ScoreFromCodes(benchmark::State& state, EngineOf engine_of) {
  const placement::Engine& asked = engine_of();
  std::array<std::uint64_t, 64> held{};
  std::size_t i = 0;
  const std::size_t width = asked.code_count();
  std::vector<std::uint8_t> codes(people().size() * width);
  for (std::size_t p = 0; p < people().size(); ++p)
    asked.encode(people()[p], std::span<std::uint8_t>(codes).subspan(p * width, width));
  const std::size_t before = allocations;
  for (auto _ : state) {
    benchmark::DoNotOptimize(asked.score(std::span(codes).subspan((i++ % people().size()) * width, width), held));
    benchmark::DoNotOptimize(held);
  }
  count_allocations(state, before);
}
BENCHMARK_CAPTURE(ScoreFromCodes, shipped, engine);
BENCHMARK_CAPTURE(ScoreFromCodes, cut, cut_engine);

// Medians over people, since a mean would hide a few hard ones; the hardest is shown too.
void Recommend(benchmark::State& state, EngineOf engine_of) {
  const placement::Engine& asked = engine_of();
  const std::vector<Assessment> all = partly(static_cast<double>(state.range(0)) / 100.0);
  std::vector<double> times;
  std::size_t unsettled = 0, i = 0;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = asked.recommend(all[i % all.size()]);
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
void nobody(benchmark::internal::Benchmark* recommend) {  // nothing known: all people are the same
  recommend->ArgName("percent_known")->Unit(benchmark::kMicrosecond)->Iterations(100)->Arg(0);
}
void populations(benchmark::internal::Benchmark* recommend) {
  recommend->ArgName("percent_known")->Unit(benchmark::kMicrosecond)->Iterations(1000);
  for (const int percent : {25, 50, 75, 100}) recommend->Arg(percent);
}
BENCHMARK_CAPTURE(Recommend, shipped, engine)->Apply(nobody);
BENCHMARK_CAPTURE(Recommend, shipped, engine)->Apply(populations);
BENCHMARK_CAPTURE(Recommend, cut, cut_engine)->Apply(nobody);
BENCHMARK_CAPTURE(Recommend, cut, cut_engine)->Apply(populations);

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
