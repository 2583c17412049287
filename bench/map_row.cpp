// What does it cost to read a row through a mapping? Rows made up of the codes of teds-a, as many columns as the
// mapping reads, a fifth of the cells missing as in registry data. A memcpy of the cells is no peer: what is compared
// is how many rows a second the rest of a pipeline must do to be no slower.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "placement/mapping.hpp"

namespace {

using placement::BoundMapping;
using placement::MappedRow;

struct Rows {
  BoundMapping mapping;
  std::vector<std::vector<std::string>> cells;
  std::vector<std::vector<std::string_view>> views;
};

const std::vector<std::vector<std::string>>& words() {
  const auto numbers = [](int from, int to) {
    std::vector<std::string> list;
    for (int i = from; i <= to; ++i) list.push_back(std::to_string(i));
    return list;
  };
  static const std::vector<std::vector<std::string>> all{
      {"100001"},    numbers(1, 12), {"2"},          numbers(1, 9),  numbers(1, 5),  numbers(0, 4), numbers(1, 3),
      numbers(1, 8), numbers(0, 5),  numbers(1, 19), numbers(1, 19), numbers(1, 19), numbers(1, 3), numbers(1, 3),
      numbers(1, 3), numbers(1, 2),  numbers(1, 19), numbers(1, 2),  numbers(0, 1),  numbers(1, 2)};
  return all;
}

const Rows& rows() {
  static const Rows all = [] {
    const placement::Mapping mapping = *placement::read_mapping(*placement::mapping_text("teds-a"));
    std::vector<std::string_view> header;
    for (const placement::MappedColumn& column : mapping.content().columns) header.emplace_back(column.name);
    Rows made{*mapping.bind(header), {}, {}};
    std::mt19937_64 random(7);
    for (int i = 0; i < 4096; ++i) {
      std::vector<std::string> row;
      for (const auto& some : words()) row.push_back(random() % 5 == 0 ? "-9" : some[random() % some.size()]);
      made.cells.push_back(std::move(row));
    }
    for (const auto& row : made.cells) made.views.emplace_back(row.begin(), row.end());
    return made;
  }();
  return all;
}

void map_row(benchmark::State& state) {
  const Rows& all = rows();
  MappedRow row;
  std::size_t at = 0, faulty = 0;
  for (const auto& cells : all.views) {
    all.mapping.map(cells, row);
    faulty += row.faults.empty() ? 0U : 1U;
  }
  if (faulty != 0) state.SkipWithError("a row has faults");
  for (auto step : state) {
    all.mapping.map(all.views[at++ % all.views.size()], row);
    benchmark::DoNotOptimize(row);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(map_row);

void bind_mapping(benchmark::State& state) {
  const placement::Mapping mapping = *placement::read_mapping(*placement::mapping_text("teds-a"));
  std::vector<std::string_view> header;
  for (const placement::MappedColumn& column : mapping.content().columns) header.emplace_back(column.name);
  for (auto step : state) benchmark::DoNotOptimize(mapping.bind(header));
}
BENCHMARK(bind_mapping);

}  // namespace
