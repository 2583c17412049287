// The engine: a rule pack compiled once, asked often.
//
//   placement::Result<placement::Engine> engine = placement::Engine::make(placement::default_pack());
//   placement::Assessment person;                      // or placement::read_assessment(json)
//   person.set(placement::Field::oud_diagnosis, 3);
//   placement::Result<placement::Recommendation> r = engine->recommend(person);
//
// Immutable after construction: all threads may share one engine without locks. No clock, locale, files, logging or
// hidden state: the same input, pack and library version give the same answer everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "placement/assessment.hpp"
#include "placement/explanation.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"
#include "placement/rule_pack.hpp"

namespace placement {

namespace engine {
struct Compiled;
}

struct EngineOptions {
  /// Steps one recommendation may spend on exact searches; the same on every machine. Where they run out the result
  /// says `settled: false`.
  std::uint64_t step_budget = 2'000'000;
};

/// The short answer to a complete assessment.
struct Score {
  std::uint16_t level = 0;  ///< indicated level, meaningful where consistent and in scope
  bool consistent = true;   ///< no constraint is violated
  bool in_scope = true;     ///< no out_of_scope rule holds
  bool stop = false;        ///< a stop alert holds
  friend bool operator==(const Score&, const Score&) = default;
};

class Engine {
 public:
  /// Compiles a pack. Fails with ErrorCode::limit where conditions become too many boxes or ranges; all are listed.
  [[nodiscard]] static Result<Engine> make(RulePack pack, EngineOptions options = {});

  [[nodiscard]] const RulePack& pack() const noexcept;

  /// The whole answer. Fails with ErrorCode::bad_request where the request names what the pack does not have, or
  /// places at another level than the indicated one without an override reason; faults have places in the request.
  [[nodiscard]] Result<Recommendation> recommend(const Assessment& assessment, const Request& request = {}) const;

  /// The `next_question` of that answer and nothing else, in a fraction of the time: a question that must be asked
  /// first needs no weighing of the others. Fails where the request names what the pack does not have.
  [[nodiscard]] Result<std::optional<Field>> next_question(const Assessment& assessment,
                                                           const Request& request = {}) const;

  /// Why: answers to `question` beside the whole answer. Fails as recommend() does, or with ErrorCode::bad_request
  /// where the question names a rule or level that the pack does not have; those faults have places under /question.
  [[nodiscard]] Result<Explanation> explain(const Assessment& assessment, const Request& request = {},
                                            const Question& question = {}) const;

  /// Level and held rules of a complete assessment: every field some rule reads must be known. No allocation.
  /// `held` receives one bit per rule in file order (continue rules: never), at least held_words() words.
  Score score(const KnownAnswers& answers, std::span<std::uint64_t> held) const noexcept;
  /// The same from codes as `encode` makes them, code_count() bytes.
  Score score(std::span<const std::uint8_t> codes, std::span<std::uint64_t> held) const noexcept;
  /// Turns a complete assessment into codes, one byte per field that some rule reads. `codes` has code_count() bytes.
  void encode(const KnownAnswers& answers, std::span<std::uint8_t> codes) const noexcept;
  [[nodiscard]] std::size_t code_count() const noexcept;
  [[nodiscard]] std::size_t held_words() const noexcept;
  /// Boxes the pack became, for reports.
  [[nodiscard]] std::size_t box_count() const noexcept;

  /// For the library's own rooms.
  [[nodiscard]] const engine::Compiled& compiled() const noexcept { return *compiled_; }

 private:
  explicit Engine(std::shared_ptr<const engine::Compiled> compiled) noexcept : compiled_(std::move(compiled)) {}
  std::shared_ptr<const engine::Compiled> compiled_;
};

}  // namespace placement
