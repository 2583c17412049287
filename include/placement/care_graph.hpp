// Levels of care and the moves between them, as a pack declares them.
//
//   std::vector<std::size_t> path = pack.graph().step_down_path(detox, outpatient);   // detox, ..., outpatient
//
// Levels are numbered by intensity: 0 is the lowest. Immutable after construction; shared by threads without locks.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/result.hpp"

namespace placement {

/// A code of a public code system for a level of care.
struct LevelCode {
  std::string system;
  std::string code;
  std::string meaning;
};

/// A level of care. Texts are for people; nothing is recognised by its id.
struct CareLevel {
  std::string id;
  std::string name;
  int intensity = 0;
  std::string description;
  std::string hours;       ///< hours a week, in words
  std::string stay;        ///< typical length of stay, in words
  std::string setting;     ///< where it is, and where the person lives meanwhile; this and the next three may be empty
  std::string staffing;    ///< who works there
  std::string activities;  ///< what happens there
  std::string suits;       ///< whom it suits
  int reassess_days = 0;   ///< assess again at the latest after so many days, 1..366
  bool round_the_clock = false;
  bool withdrawal_management = false;
  std::vector<std::pair<Field, int>> resolves;  ///< answers that hold once the level's work is done
  std::vector<std::pair<Field, int>> improves;  ///< answers are at least as good as these afterwards
  std::vector<LevelCode> codes;
  std::vector<std::size_t> sources;  ///< numbers of the pack's sources that the texts and codes rest on; may be empty
};

struct Move {
  enum class Kind : std::uint8_t { step_up, step_down };
  Kind kind = Kind::step_up;
  std::size_t from = 0;  ///< level number
  std::size_t to = 0;    ///< level number
};

/// The graph of levels and moves. Copies share one immutable graph.
class CareGraph {
 public:
  /// `levels` is how many there are, at least 1; moves name levels below that. Faults (code bad_pack, places in
  /// /moves): a step_up that does not raise or a step_down that does not lower the intensity, a move given twice, a
  /// level not reached from the lowest by step_ups, a lower level not reached from a higher one by step_downs.
  [[nodiscard]] static Result<CareGraph> make(std::size_t levels, std::vector<Move> moves,
                                              const std::vector<std::string>& ids);

  [[nodiscard]] const std::vector<Move>& moves() const noexcept;
  /// The lowest level one step_up above `from` from which `goal` can be reached; `goal` > `from`.
  [[nodiscard]] std::size_t step_up_towards(std::size_t from, std::size_t goal) const;
  /// The shortest way down, both ends included; among equals the one that stays highest; `to` < `from`.
  [[nodiscard]] std::vector<std::size_t> step_down_path(std::size_t from, std::size_t to) const;
  /// The most intensive level one step_down below; `from` > 0.
  [[nodiscard]] std::size_t next_lower(std::size_t from) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace placement
