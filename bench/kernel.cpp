// How many assessments a second, where a whole cohort is scored? Beside a memcpy of the same columns, the generated
// if/else and Engine::score: codes and raw values in columns to levels and to the trace of held rules, with each set of
// instructions this machine has; columns of every type; rows; and rows of which most is unknown.
//
//   cmake --preset release && cmake --build --preset bench && build/release/bin/bench_kernel
//
// Packs: the shipped one, and one made up of 60 rules over 26 fields. The people are drawn by placement::Generator
// (uniform, but for the pack's constraints), 65,536 of them again and again until the columns of the pack have 208 MB
// and leave every cache. Open rows: distinct people of whom 10, 25 or 50 in 100 answers are known; repeated, a thousand
// of them over and over. Before anything is timed all answers are compared with Engine::score or Engine::recommend.
// Times are medians of passes; `vs_memcpy` divides by the memcpy of this run. Seeds are fixed.
#include <benchmark/benchmark.h>
#include <hwy/highway.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>

#include "batch/kernel.hpp"
#include "generated_pack.hpp"
#include "placement/batch.hpp"
#include "placement/generate.hpp"
#include "placement/io.hpp"

placement::Score score_by_if_else(const placement::KnownAnswers& a, std::uint64_t* held);

namespace {

using placement::KnownAnswers;
using placement::batch::kBlockRows;
using placement::batch::Plan;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kPeople = 65536, kColumnBytes = 208'000'000;

[[noreturn]] void fail(const std::string& why) {
  std::cerr << why << '\n';
  std::exit(1);
}

void choose(std::int64_t target) {  // 0: the best
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

struct Subject {
  placement::Engine engine;
  std::vector<KnownAnswers> people;
  std::size_t rows = 0;  // a multiple of kPeople
  double memcpy_seconds = 0;

  // One column an input of the plan: the people as codes, or as values, repeated.
  [[nodiscard]] std::vector<Bytes> columns(Plan::Alphabet alphabet) const {
    const Plan plan = placement::batch::plan_for(engine.compiled(), alphabet);
    std::vector<Bytes> all(plan.inputs.size(), Bytes(rows));
    Bytes codes(engine.code_count());
    for (std::size_t p = 0; p < kPeople; ++p) {
      engine.encode(people[p], codes);
      for (std::size_t c = 0; c < all.size(); ++c)
        all[c][p] =
            alphabet == Plan::Alphabet::codes ? codes[c] : people[p].bytes()[static_cast<std::size_t>(plan.inputs[c])];
    }
    for (Bytes& column : all)
      for (std::size_t at = kPeople; at < rows; at += kPeople) std::memcpy(column.data() + at, column.data(), kPeople);
    return all;
  }
};

Subject subject_of(const char* name, const placement::RulePack& pack) {
  Subject s{*placement::Engine::make(pack), {}, 0, 0};
  placement::Generator generator(s.engine, {20261127, {}, 100});
  while (s.people.size() < kPeople) s.people.push_back(*generator.next());
  s.rows = kColumnBytes / s.engine.code_count() / kPeople * kPeople;
  const Plan plan = placement::batch::plan_for(s.engine.compiled());
  std::cout << name << ": " << s.engine.pack().content().rules.size() << " rules, " << s.engine.box_count()
            << " boxes, " << s.engine.code_count() << " fields read, " << plan.part_ends.size() << " keys; "
            << plan.level.lookups.size() << " look-ups in " << plan.level.groups.size() << " groups for the level, "
            << plan.trace.lookups.size() << " in " << plan.trace.groups.size() << " for the trace\n";
  return s;
}

Subject& subject(std::int64_t number) {
  static std::map<std::int64_t, Subject> all;
  auto found = all.find(number);
  if (found == all.end())
    found = all.emplace(number,
                        number == 0
                            ? subject_of("shipped", placement::default_pack())
                            : subject_of("generated", *placement::read_pack(placement::bench::generated_pack(60, 26))))
                .first;
  return found->second;
}

// Times passes over all rows of a subject; the counters are per row and beside the memcpy.
void run(benchmark::State& state, std::size_t rows, double memcpy_seconds, const std::function<void()>& pass) {
  std::vector<double> seconds;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    pass();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    state.SetIterationTime(seconds.back());
  }
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  state.counters["ns_per_row"] = median / static_cast<double>(rows) * 1e9;
  state.counters["Mrows_per_s"] = static_cast<double>(rows) / median / 1e6;
  if (memcpy_seconds > 0) state.counters["vs_memcpy"] = median / memcpy_seconds;
}

// The yardstick: the same columns, once in and once out.
void Memcpy(benchmark::State& state) {
  Subject& s = subject(state.range(0));
  const std::vector<Bytes> from = s.columns(Plan::Alphabet::codes);
  std::vector<Bytes> to(from.size(), Bytes(s.rows));
  std::vector<double> seconds;
  run(state, s.rows, 0, [&] {
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t c = 0; c < from.size(); ++c) std::memcpy(to[c].data(), from[c].data(), s.rows);
    benchmark::ClobberMemory();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  });
  std::sort(seconds.begin(), seconds.end());
  s.memcpy_seconds = seconds[seconds.size() / 2];
}

// Levels and flags of all rows, one byte each, and the held rules where there is room for them.
void kernel_pass(const Plan& plan, const std::vector<Bytes>& columns, std::size_t words, placement::batch::Block& block,
                 Bytes& levels, Bytes& flags, std::vector<std::uint64_t>& held) {
  std::vector<const std::uint8_t*> inputs(columns.size());
  for (std::size_t first = 0; first < levels.size(); first += kBlockRows) {
    for (std::size_t c = 0; c < columns.size(); ++c) inputs[c] = columns[c].data() + first;
    placement::batch::find_levels(plan, inputs.data(), kBlockRows, block);
    std::memcpy(levels.data() + first, block.levels.data(), kBlockRows);
    std::memcpy(flags.data() + first, block.flags.data(), kBlockRows);
    if (!held.empty()) placement::batch::find_held(plan, kBlockRows, block, words, held.data() + first * words);
  }
}

void check(const Subject& s, const Bytes& levels, const Bytes& flags, const std::vector<std::uint64_t>& held) {
  const std::size_t words = s.engine.held_words();
  std::vector<std::uint64_t> wanted(words);
  for (std::size_t p = 0; p < kPeople; ++p) {
    const placement::Score score = s.engine.score(s.people[p], wanted);
    const unsigned flag = (score.consistent ? 0U : placement::batch::kForbidden) |
                          (score.in_scope ? 0U : placement::batch::kOutOfScope) |
                          (score.stop ? placement::batch::kStop : 0U);
    const bool same_held =
        held.empty() || std::equal(wanted.begin(), wanted.end(), held.begin() + static_cast<std::ptrdiff_t>(p * words));
    if (levels[p] != score.level || flags[p] != flag || !same_held) fail("kernel and engine disagree");
  }
}

void Kernel(benchmark::State& state, Plan::Alphabet alphabet, bool with_trace) {
  const Subject& s = subject(state.range(0));
  const std::vector<Bytes> columns = s.columns(alphabet);
  Plan plan = placement::batch::plan_for(s.engine.compiled(), alphabet);
  placement::batch::Block block(plan);
  Bytes levels(s.rows), flags(s.rows);
  std::vector<std::uint64_t> held(with_trace ? s.rows * s.engine.held_words() : 0);
  const std::int64_t target = state.range(1);
  choose(target);
  state.SetLabel(hwy::TargetName(target));
  kernel_pass(plan, columns, s.engine.held_words(), block, levels, flags, held);
  check(s, levels, flags, held);
  run(state, s.rows, s.memcpy_seconds,
      [&] { kernel_pass(plan, columns, s.engine.held_words(), block, levels, flags, held); });
  choose(0);
}

// Raw values through the public door: one type for all columns, or each type in turn; missing values by bitmaps.
void Columns(benchmark::State& state, int types, bool has_validity) {
  const Subject& s = subject(state.range(0));
  const std::vector<Bytes> bytes = s.columns(Plan::Alphabet::values);
  const Plan plan = placement::batch::plan_for(s.engine.compiled());
  std::vector<std::vector<std::int16_t>> shorts(bytes.size());
  std::vector<std::vector<std::int32_t>> ints(bytes.size());
  std::vector<std::vector<double>> doubles(bytes.size());
  const Bytes validity(s.rows / 8, 255);
  std::vector<placement::Column> columns;
  for (std::size_t c = 0; c < bytes.size(); ++c) {
    placement::Column column;
    column.field = plan.inputs[c];
    column.type = static_cast<placement::ColumnType>(types == 1 ? 0 : c % 4);
    column.validity = has_validity ? validity.data() : nullptr;
    column.values = bytes[c].data();
    const auto widen = [&](auto& values) {
      values.assign(bytes[c].begin(), bytes[c].end());
      column.values = values.data();
    };
    if (column.type == placement::ColumnType::int16) widen(shorts[c]);
    if (column.type == placement::ColumnType::int32) widen(ints[c]);
    if (column.type == placement::ColumnType::float64) widen(doubles[c]);
    columns.push_back(column);
  }
  placement::BatchScorer scorer(s.engine);
  std::vector<placement::RowScore> out(s.rows);
  std::vector<placement::CellFault> faults;
  const auto pass = [&] {
    if (*scorer.score_columns(columns, s.rows, out, {}, faults) != 0) fail("a value is no answer");
  };
  pass();
  std::vector<std::uint64_t> held(s.engine.held_words());
  for (std::size_t p = 0; p < kPeople; ++p) {
    const placement::Score score = s.engine.score(s.people[p], held);
    const std::uint64_t possible = score.consistent && score.in_scope ? std::uint64_t{1} << score.level : 0;
    if (out[p].possible != possible || !out[p].complete) fail("columns and engine disagree");
  }
  run(state, s.rows, s.memcpy_seconds, pass);
}

void Rows(benchmark::State& state, bool with_trace) {
  const Subject& s = subject(state.range(0));
  placement::BatchScorer scorer(s.engine);
  std::vector<placement::RowScore> out(kPeople);
  std::vector<std::uint64_t> held(with_trace ? kPeople * scorer.held_words() : 0);
  run(state, kPeople, 0, [&] { scorer.score(std::span<const KnownAnswers>(s.people), out, held); });
}

void EngineScore(benchmark::State& state) {
  const Subject& s = subject(state.range(0));
  std::vector<std::uint64_t> held(s.engine.held_words());
  run(state, kPeople, 0, [&] {
    for (const KnownAnswers& person : s.people) benchmark::DoNotOptimize(s.engine.score(person, held));
  });
}

void IfElse(benchmark::State& state) {
  const Subject& s = subject(0);
  std::vector<std::uint64_t> held(s.engine.held_words()), wanted(held.size());
  for (const KnownAnswers& person : s.people) {
    std::fill(held.begin(), held.end(), 0);
    if (score_by_if_else(person, held.data()) != s.engine.score(person, wanted) || held != wanted)
      fail("if/else and engine disagree");
  }
  run(state, kPeople, 0, [&] {
    for (const KnownAnswers& person : s.people) {
      std::fill(held.begin(), held.end(), 0);
      benchmark::DoNotOptimize(score_by_if_else(person, held.data()));
    }
  });
}

// People of whom few answers are known. Repeated: all but the first thousand rows have been seen.
void OpenRows(benchmark::State& state, bool is_repeated, bool with_trace) {
  const Subject& s = subject(state.range(0));
  constexpr std::size_t kRows = 20000;
  placement::Generator generator(s.engine, {7, {}, static_cast<int>(state.range(1))});
  std::vector<KnownAnswers> rows;
  while (rows.size() < (is_repeated ? 1000 : kRows)) rows.push_back(*generator.next());
  while (rows.size() < kRows) rows.push_back(rows[rows.size() - 1000]);
  std::vector<placement::RowScore> out(kRows);
  std::vector<std::uint64_t> held(with_trace ? kRows * s.engine.held_words() : 0);
  {
    placement::BatchScorer scorer(s.engine);
    scorer.score(std::span<const KnownAnswers>(rows), out, held);
    for (std::size_t i = 0; i < kRows; i += 1000) {
      const auto wanted = s.engine.recommend(placement::Assessment(rows[i]));
      std::uint64_t possible = 0;
      for (const std::size_t level : wanted->possible) possible |= std::uint64_t{1} << level;
      if (out[i].status != wanted->status || out[i].possible != possible) fail("batch and recommendation disagree");
    }
  }
  std::size_t settled = 0;
  for (const placement::RowScore& r : out) settled += r.settled ? 1U : 0U;
  state.counters["not_settled"] = static_cast<double>(kRows - settled);
  run(state, kRows, 0, [&] {
    placement::BatchScorer scorer(s.engine);
    scorer.score(std::span<const KnownAnswers>(rows), out, held);
  });
}

void with_targets(benchmark::internal::Benchmark* b) {
  b->ArgNames({"generated", "target"})->UseManualTime()->Unit(benchmark::kMillisecond);
  for (const std::int64_t pack : {1, 0})
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) b->Args({pack, target});
}
void with_packs(benchmark::internal::Benchmark* b) {
  b->ArgName("generated")->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1)->Arg(0);
}
void with_known(benchmark::internal::Benchmark* b) {
  b->ArgNames({"generated", "percent_known"})->UseManualTime()->Unit(benchmark::kMillisecond);
  for (const std::int64_t pack : {1, 0})
    for (const std::int64_t known : {10, 25, 50}) b->Args({pack, known});
}

BENCHMARK(Memcpy)->Apply(with_packs)->Iterations(9);
BENCHMARK_CAPTURE(Kernel, codes_to_level, Plan::Alphabet::codes, false)->Apply(with_targets);
BENCHMARK_CAPTURE(Kernel, codes_to_trace, Plan::Alphabet::codes, true)->Apply(with_targets);
BENCHMARK_CAPTURE(Kernel, values_to_level, Plan::Alphabet::values, false)->Apply(with_targets);
BENCHMARK_CAPTURE(Columns, uint8, 1, false)->Apply(with_packs);
BENCHMARK_CAPTURE(Columns, four_types, 4, false)->Apply(with_packs);
BENCHMARK_CAPTURE(Columns, four_types_with_validity, 4, true)->Apply(with_packs);
BENCHMARK_CAPTURE(Rows, to_level, false)->Apply(with_packs);
BENCHMARK_CAPTURE(Rows, to_trace, true)->Apply(with_packs);
BENCHMARK(EngineScore)->Apply(with_packs);
BENCHMARK(IfElse)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(OpenRows, distinct, false, false)->Apply(with_known);
BENCHMARK_CAPTURE(OpenRows, distinct_with_trace, false, true)->Apply(with_known);
BENCHMARK_CAPTURE(OpenRows, repeated, true, false)->Apply(with_known);

}  // namespace
