// An interview: asks only what can still matter, takes answers, takes them back, and ends where a full assessment
// would.
//
//   auto interview = placement::Interview::start(engine);                     // or from what a chart says already
//   while (const auto field = interview->question()) {
//     std::cout << placement::spec(*field).question << '\n';
//     interview->answer(*field, placement::ValueSet::of(ask_somebody()));     // or not_known(*field), or back()
//   }
//   const auto result = interview->result();
//
// Each step judges the answers anew, so an interview is always at a whole recommendation. Whoever answers every
// question truthfully reaches status and level of the full assessment; where questions stay "not known" that level is
// among the possible ones (docs/semantics.md, section 6). An Interview is a value: copy it to try something out. One
// thread at a time may change it; it shares nothing but the immutable engine. It holds answers of a patient: treat it
// as such.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/engine.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"

namespace placement {

/// One step of an interview: what it takes to take it back.
struct InterviewStep {
  std::optional<Field> field;  ///< a question that was answered, or said to be not known; none: an alert was handled
  ValueSet before;             ///< the answer to it until then; all values: unknown
  bool was_asked = false;      ///< it stood in the request's `asked` before
  std::string alert;           ///< id of the stop alert that was marked as handled
};

/// All that an interview is, apart from the pack: what is saved and resumed (read_interview, write_interview).
struct InterviewState {
  std::string note;                    ///< free, kept, never read
  Input input;                         ///< with all answers so far
  std::vector<InterviewStep> history;  ///< oldest first
};

/// What a question is good for.
struct QuestionPurpose {
  /// Answers that leave the same levels possible, in field order of their lowest value.
  struct Outcome {
    ValueSet answers;
    std::vector<std::size_t> possible;  ///< ascending; empty: contradictory, or out of scope
    bool contradicts = false;           ///< no consistent assessment has one of these answers
  };
  std::optional<std::size_t> must_know;   ///< the pack's must_know entry that asks for it and is not met
  std::vector<Outcome> outcomes;          ///< one alone: the answer tells only together with others
  std::vector<std::size_t> levels_apart;  ///< possible levels that some answer alone rules out, ascending
  std::vector<std::size_t> rules;         ///< open rules it can settle: stop alerts, scope, then demands from above
};

class Interview {
 public:
  /// Begins, or goes on with a saved one. Fails as Engine::recommend does, and with ErrorCode::bad_request where the
  /// history does not fit the answers. `placed` of the request waits until result().
  [[nodiscard]] static Result<Interview> start(Engine engine, InterviewState from = {});

  [[nodiscard]] const InterviewState& state() const noexcept { return state_; }
  /// What the answers so far say, without `placed`.
  [[nodiscard]] const Recommendation& now() const noexcept { return now_; }
  /// The recommendation with all that the request says. Fails with ErrorCode::bad_request where `placed` needs a
  /// reason.
  [[nodiscard]] Result<Recommendation> result() const { return engine_.recommend(state_.input.assessment, request()); }

  /// What to ask next; none: nothing is left that can matter (or the answers contradict each other).
  [[nodiscard]] std::optional<Field> question() const noexcept { return now_.next_question; }
  /// Why ask this; `field` need not be the next. Costs some cover tests for each range the pack tells apart.
  [[nodiscard]] QuestionPurpose purpose(Field field) const;

  /// Stop alerts to act on now: those that hold and are not handled; in an emergency that rests on several, none of
  /// which is certain, all of these. Empty unless the status is `emergency`.
  [[nodiscard]] std::vector<std::size_t> emergencies() const;

  /// Answers any field, again too. A partly known answer counts as all that is known: it is not asked again.
  /// `values` must be a non-empty set of the field's values; all of them mean the same as not_known().
  void answer(Field field, const ValueSet& values);
  /// Nobody knows: not asked again. What is partly known stays.
  void not_known(Field field);
  /// Marks a stop alert (number of the rule) as acted on. `by` and `at` are free.
  void handled(std::size_t alert, std::string by = {}, std::string at = {});
  /// Takes the last step back. False where there is none.
  bool back();

  /// Fields with an answer, whole or partial; and those asked of which nothing is known.
  [[nodiscard]] std::size_t answered() const noexcept;
  [[nodiscard]] std::size_t unanswered() const noexcept;
  /// Relevant fields still to ask. Seldom all of them will be asked: answers make others irrelevant.
  [[nodiscard]] std::size_t left() const noexcept;

 private:
  Interview(Engine engine, InterviewState state, Recommendation now)
      : engine_(std::move(engine)), state_(std::move(state)), now_(std::move(now)) {}
  [[nodiscard]] const Request& request() const noexcept { return state_.input.request; }
  [[nodiscard]] bool is_asked(Field field) const noexcept;
  void take(Field field, const ValueSet& values, bool counts_as_asked);
  void judge();

  Engine engine_;
  InterviewState state_;
  Recommendation now_;
};

}  // namespace placement
