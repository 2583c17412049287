// A compiled pack laid out for blocks of rows: all that the kernel does, as tables.
//
// A vector instruction looks sixteen bytes up in a table of sixteen at once. So columns are cut down and taken together
// until what they say of a row is a number below sixteen, its *key* (three flags and a scale of two codes are one key),
// and a table says for each key which of eight boxes that number does not contradict. Ands over the keys that eight
// boxes read leave the boxes a row lies in, for as many rows as a vector has bytes.
//
// - A key is a sum: each of its columns adds its code times a stride. What a value adds comes from a table where the
//   field has few values, and else from steps: "from 30 on 2 more". So raw values need no encoding before.
// - A column of more than sixteen codes becomes several pages of fifteen; the sixteenth number of a page means "on
//   another page" and contradicts nothing. The kernel knows nothing of it.
// - Boxes of one *target* are ored together: of a level, of what cannot be, of one rule. A group of eight boxes is of
//   one target (levels), or has each bit for another rule of eight that follow each other (trace). Which boxes of a
//   level are in a group together is free: greedily those that read the same keys.
//
// After byte-shuffle matchers of strings and packets. Cost: one look-up for each group and key it reads. Tested through
// the kernel in tests/unit/batch.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/compile.hpp"

namespace placement::batch {

struct alignas(16) Table {
  std::array<std::uint8_t, 16> bytes{};
};

/// Groups of boxes and what becomes of them. Each list counts through the next: `end` is one past the last.
struct Layout {
  struct Lookup {
    std::uint16_t key = 0;
    Table table;
  };
  struct Group {
    std::uint32_t lookup_end = 0;
    std::uint8_t boxes = 0;  ///< bits in use
  };
  std::vector<Lookup> lookups;
  std::vector<Group> groups;
  std::vector<std::uint32_t> group_ends;  ///< by target
};

struct Plan {
  /// What the bytes of the inputs are: values of the fields, or the codes that Engine::encode makes of them.
  enum class Alphabet : std::uint8_t { values, codes };

  /// From value `from` on a key is larger by `change` (modulo 256).
  struct Step {
    std::uint8_t from = 0, change = 0;
  };
  /// What one input adds to a key.
  struct Part {
    std::uint16_t input = 0;
    std::uint8_t high = 0;  ///< larger bytes are no answer
    bool by_table = false;  ///< tables[begin]; else `start` and the steps from `begin` to `end`
    std::uint8_t start = 0;
    std::uint32_t begin = 0, end = 0;
  };

  std::vector<Field> inputs;             ///< whose bytes are read: what decides, and what must be known
  std::vector<Part> parts;               ///< by key
  std::vector<std::uint32_t> part_ends;  ///< by key
  std::vector<Table> tables;
  std::vector<Step> steps;
  /// Targets: what is forbidden, out of scope, a stop; then the levels of `level_of_target`, rising.
  Layout level;
  std::vector<std::uint8_t> level_of_target;
  Layout trace;  ///< a target for each eight rules: bit r of target t is rule 8 t + r
};

inline constexpr std::size_t kFlagTargets = 3;

/// With codes, inputs are the fields that Engine::encode writes, in its order; of what does not decide nothing is read.
[[nodiscard]] Plan plan_for(const engine::Compiled& compiled, Plan::Alphabet alphabet = Plan::Alphabet::values);

}  // namespace placement::batch
