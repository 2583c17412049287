// Status and possible levels of one set of answers, exactly: docs/semantics.md, "Partial assessments".
//
// A level is possible if some consistent completion in scope lies in a box demanding it and in none demanding more. The
// status asks for stop alerts and scope in the same way; `decided` also asks that what must be known is known. Tested
// against enumeration in tests/oracle.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/completions.hpp"

namespace placement::engine {

/// A set of levels as bits.
using Levels = std::uint64_t;

/// What one request makes of the pack's boxes: continue rules demand the current level, handled alerts do not stop.
struct Demands {
  std::vector<std::vector<BoxRange>> of_level;  ///< by level: ranges of boxes that demand exactly it
  std::vector<BoxRange> stops;                  ///< of stop alerts not handled
  std::vector<BoxRange> scope;                  ///< of out_of_scope rules
  std::vector<std::size_t> rules;               ///< rules that are evaluated
  /// All demands and, on top, scope, by falling rank: rank = level, scope = number of levels.
  std::vector<masks::RankedBox> ranked;
  std::vector<masks::RankedBox> ranked_stops;  ///< rank 1
  /// Words for each rank from 0 on: boxes of that rank or a higher one. The highest, one above scope, is what the
  /// constraints forbid.
  std::vector<std::uint64_t> at_least;
};

/// The level a rule demands while it holds: `require` its own, `continue` the current one, if there is one.
[[nodiscard]] std::optional<std::size_t> demanded_level(const Rule& rule, std::optional<std::size_t> current_level);

[[nodiscard]] Demands demands_of(const Compiled& compiled, std::optional<std::size_t> current_level,
                                 const std::vector<std::size_t>& handled);

struct Outcome {
  Status status = Status::undecided;
  Levels possible = 0;
  FieldSet must_know;  ///< required and not answered
  /// No consistent further known answers change the status any more.
  bool status_is_final = false;
};

/// For each possible level a consistent completion that shows it.
using Witnesses = std::vector<std::pair<std::size_t, masks::Point>>;

/// Fields whose answers are partly known or unknown: what "answered" means for must_know.
struct Openness {
  FieldSet unknown;
  FieldSet partly;
};

[[nodiscard]] Openness openness_of(const Assessment& assessment);

[[nodiscard]] Outcome outcome_of(const Compiled& compiled, const Demands& demands, const Openness& openness,
                                 Completions& completions, Witnesses* shown = nullptr);

/// Only the possible levels. `shown` gets a witness of each that is proved possible.
[[nodiscard]] Levels possible_levels(const Demands& demands, Completions& completions, Witnesses* shown = nullptr);

[[nodiscard]] std::vector<std::size_t> list_of(Levels levels);

}  // namespace placement::engine
