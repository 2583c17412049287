// People made up, for benchmarks, demonstrations and trials of a pipeline.
//
//   placement::Generator people(engine, {.seed = 7});
//   std::cout << placement::write_assessment(placement::Assessment(*people.next())) << '\n';
//
// Answers are drawn field by field, each apart from the others but for the pack's constraints: such people contradict
// nothing, and nothing about real people follows from them.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "placement/engine.hpp"

namespace placement {

struct GeneratorOptions {
  std::uint64_t seed = 1;
  std::vector<Prior> priors;  ///< fields without one draw every value alike; a pack's own: `content().priors`
  int percent_known = 100;    ///< 0..100: how likely each answer is to be known
};

/// The same engine and options give the same people in the same order, on every machine. Not to be shared by threads.
class Generator {
 public:
  Generator(Engine engine, GeneratorOptions options);

  /// The next consistent person; every answer is known or unknown. Fails with ErrorCode::limit where 100,000 people in
  /// a row contradict the constraints.
  [[nodiscard]] Result<KnownAnswers> next();

 private:
  [[nodiscard]] int below(int limit);
  [[nodiscard]] int drawn(const FieldSpec& field);

  Engine engine_;
  GeneratorOptions options_;
  std::vector<std::size_t> prior_of_;  // by field: its place among the priors, or their number
  std::vector<std::uint64_t> held_;    // room for scores
  std::mt19937_64 random_;             // of which the standard fixes every number
};

}  // namespace placement
