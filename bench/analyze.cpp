// How long does it take to prove a pack? Reading and compiling it, dead rules, all monotone claims, and everything
// `placement check` asks: on the shipped pack and on packs made up (bench/generated_pack.hpp) of 60 rules over 26
// fields, and of 150 and 400 rules over 60.
//
//   cmake --preset release && cmake --build --preset bench && build/release/bin/bench_analyze
//
// Each line names the pack; fields read, rules, boxes, claims and questions not settled are counters beside it.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <iostream>

#include "analysis/property.hpp"
#include "analysis/questions.hpp"
#include "generated_pack.hpp"
#include "placement/io.hpp"

namespace {

struct Subject {
  const char* name;
  std::string text;
  placement::Engine engine;
};

Subject subject_of(const char* name, std::string text) {
  const auto pack = placement::read_pack(text);
  if (pack.has_value()) {
    auto engine = placement::Engine::make(*pack);
    if (engine.has_value()) return {name, std::move(text), *engine};
  }
  std::cerr << name << ": cannot be read\n";
  std::abort();
}

const Subject& subject(benchmark::State& state) {
  static const std::array<Subject, 4> all{subject_of("shipped", std::string(placement::default_pack_text())),
                                          subject_of("generated 60", placement::bench::generated_pack(60, 26)),
                                          subject_of("generated 150", placement::bench::generated_pack(150, 60)),
                                          subject_of("generated 400", placement::bench::generated_pack(400, 60))};
  const Subject& s = all[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(s.name);
  state.counters["fields"] = static_cast<double>(s.engine.compiled().masks.read_columns().size());
  state.counters["rules"] = static_cast<double>(s.engine.pack().content().rules.size());
  state.counters["boxes"] = static_cast<double>(s.engine.box_count());
  return s;
}

void ReadAndCompile(benchmark::State& state) {
  const Subject& s = subject(state);
  for (auto _ : state) benchmark::DoNotOptimize(placement::Engine::make(*placement::read_pack(s.text)));
}

void DeadRules(benchmark::State& state) {
  const Subject& s = subject(state);
  for (auto _ : state) {
    placement::analysis::Inquiry inquiry(s.engine, 2'000'000);
    placement::analysis::find_dead(inquiry);
    benchmark::DoNotOptimize(inquiry.findings);
  }
}

// Packs made up refute most claims, and thinning out a refutation costs more than finding it; the shipped one none.
void Monotonicity(benchmark::State& state) {
  const Subject& s = subject(state);
  std::size_t refuted = 0;
  for (auto _ : state) {
    placement::analysis::Inquiry inquiry(s.engine, 2'000'000);
    placement::analysis::check_monotone_claims(inquiry);
    refuted = 0;
    for (const placement::Finding& f : inquiry.findings) refuted += f.verdict == placement::Finding::Verdict::refuted;
  }
  state.counters["claims"] = static_cast<double>(s.engine.pack().content().monotone.size());
  state.counters["refuted"] = static_cast<double>(refuted);
}

void AllChecks(benchmark::State& state) {
  const Subject& s = subject(state);
  std::size_t open = 0;
  for (const placement::Finding& f : placement::check_pack(s.engine))
    open += f.verdict == placement::Finding::Verdict::not_settled;
  state.counters["not_settled"] = static_cast<double>(open);
  for (auto _ : state) benchmark::DoNotOptimize(placement::check_pack(s.engine));
}

BENCHMARK(ReadAndCompile)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
BENCHMARK(DeadRules)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
BENCHMARK(Monotonicity)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
// Of 400 rules that nothing holds together not all claims are settled, and each takes its steps to say so: minutes.
BENCHMARK(AllChecks)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
