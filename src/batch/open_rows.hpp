// Rows of which something is not known, answered one by one with the engine's own questions (engine/possible), and
// remembered.
//
// Registries ask little and round it, so the same few answers come again and again. What is remembered stands at one of
// the few places that its hash allows, and where they are full takes one over: bounded, and nothing to keep in order.
// The key is all the engine looks at - the codes left in each column, and whether what must be known was answered - so
// an answer out of memory is the answer.
//
// Which rules hold: a rule that holds in every consistent completion holds in those that showed the possible levels;
// one with a box that contains all completions holds anyhow. Only between the two a cover test is needed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/possible.hpp"
#include "placement/batch.hpp"

namespace placement::batch {

class OpenRows {
 public:
  explicit OpenRows(Engine engine);

  /// `held` is empty or has a row's words.
  void score(const Assessment& row, RowScore& out, std::span<std::uint64_t> held);

 private:
  enum class Has : std::uint8_t { nothing, score, score_and_held };

  void set_key(const Assessment& row);
  [[nodiscard]] std::uint64_t hash_of_key() const;
  void answer(const Assessment& row, RowScore& out, std::span<std::uint64_t> held);
  void find_held(engine::Completions& completions, const engine::Witnesses& shown, std::span<std::uint64_t> held);
  /// Keeps of `held` the rules that a box of `boxes` belongs to.
  void keep_rules_of(std::span<const std::uint64_t> boxes, std::span<std::uint64_t> held);

  Engine engine_;
  const engine::Compiled& compiled_;
  engine::Demands demands_;
  FieldSet must_know_;
  masks::Region region_{};                    // of the row at hand
  std::vector<std::uint64_t> key_;            // of the row at hand
  std::vector<std::uint64_t> boxes_, rules_;  // scratch
  // By place.
  std::vector<Has> has_;
  std::vector<RowScore> scores_;
  std::vector<std::uint64_t> keys_, held_;
};

}  // namespace placement::batch
