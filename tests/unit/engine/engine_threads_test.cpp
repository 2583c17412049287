// One engine, many threads: no locks, and the same bytes as from one thread.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "placement/io.hpp"

namespace placement {
namespace engine_threads_test {

std::vector<Input> example_inputs() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(PLACEMENT_SOURCE_DIR) / "examples/assessments"))
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Input> inputs;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.push_back(
        std::move(read_input(std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())))
            .value());
  }
  return inputs;
}

std::string answer(const Engine& engine, const Input& input) {
  const Result<Recommendation> result = engine.recommend(input.assessment, input.request);
  if (!result.has_value()) return to_string(result.error().faults.front());
  const std::optional<Field> next = *engine.next_question(input.assessment, input.request);
  return write_recommendation(*result, Format::json) + (next ? std::string(spec(*next).name) : "nothing to ask");
}

TEST(EngineThreads, SharingOneEngineGiveTheSameBytesAsOneThread) {
  const Engine engine = std::move(Engine::make(default_pack())).value();
  const std::vector<Input> inputs = example_inputs();
  ASSERT_GE(inputs.size(), 12U);
  std::vector<std::string> wanted;
  for (const Input& input : inputs) wanted.push_back(answer(engine, input));

  // Each thread goes through all assessments, each from another place, so that different ones meet.
  constexpr std::size_t kThreads = 4;
  std::vector<std::vector<std::string>> got(kThreads, std::vector<std::string>(inputs.size()));
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        const std::size_t i = (k + t * inputs.size() / kThreads) % inputs.size();
        got[t][i] = answer(engine, inputs[i]);
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < kThreads; ++t)
    for (std::size_t i = 0; i < inputs.size(); ++i) EXPECT_EQ(got[t][i], wanted[i]) << "thread " << t;
}

}  // namespace engine_threads_test
}  // namespace placement
