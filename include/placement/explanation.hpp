// Answers to the questions a clinician asks about a result: why this level, what would change it, why a rule holds or
// fails, why not another level. Plain data; placement/io.hpp makes text and JSON from it.
//
//   placement::Question question;
//   question.to = "outpatient";                                      // what would bring this person to outpatient?
//   const placement::Explanation e = *engine.explain(person, {}, question);
//   if (e.to->outcome == placement::Counterfactual::Outcome::found) std::cout << e.to->changes.size() << " changes\n";
//
// Numbers refer to the lists of the pack, as in a Recommendation. An Explanation owns all it holds and outlives the
// engine. It contains answers of a patient: treat it as such. docs/semantics.md, section 7, defines every word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/recommendation.hpp"
#include "placement/truth.hpp"

namespace placement {

/// What is asked, in ids of the pack. With nothing in it: why this level, and what would lower and raise it.
struct Question {
  std::vector<std::string> rules;      ///< why does each of these rules hold, fail or wait?
  std::optional<std::string> why_not;  ///< why not this level?
  std::optional<std::string> to;       ///< what would bring the person to this level?

  [[nodiscard]] bool is_empty() const noexcept { return rules.empty() && !why_not && !to; }
};

/// One answer of a counterfactual.
struct AnswerChange {
  Field field{};
  ValueSet values;     ///< the new answer: one distinguishable range
  ValueSet enough;     ///< all ranges around it that do as well, the other changes made: never less than `values`
  int steps = 0;       ///< ranges between today's answer and the new one; at least 1
  bool fills = false;  ///< today's answer leaves the new one open: it may turn out so without any change
};

/// The least change that forces a level.
struct Counterfactual {
  enum class Outcome : std::uint8_t {
    found,
    none,         ///< no change of modifiable fields forces the level
    is_so,        ///< it is the only level possible today
    no_level,     ///< today's answers leave no level possible (a contradiction, or out of scope): correct them first
    not_settled,  ///< the search ran out of its budget
  };
  std::size_t level = 0;
  Outcome outcome = Outcome::not_settled;
  std::vector<AnswerChange> changes;      ///< where found, in field order
  int steps = 0;                          ///< their sum
  Status status = Status::undecided;      ///< where found: the status with the changes made
  std::optional<std::size_t> blocked_by;  ///< where none, if so: a rule for more that may hold whatever is changed
  bool is_undemanded = false;             ///< where none, if so: whatever is changed, it may be that nothing demands it
};

/// A part of a rule's condition, negations pushed down to the leaves.
struct ConditionPart {
  enum class Kind : std::uint8_t { answer, term, all_of, any_of, at_least, constant };
  Kind kind = Kind::constant;
  Truth today = Truth::unknown;      ///< of this part alone, by Kleene's tables
  Field field{};                     ///< answer
  ValueSet values;                   ///< answer: those asked for
  std::size_t term = 0;              ///< term
  bool is_negated = false;           ///< term: it must not be so
  std::size_t count = 0;             ///< at_least
  std::vector<ConditionPart> parts;  ///< all_of, any_of, at_least; term: the one part it stands for
};

struct RuleExplanation {
  std::size_t rule = 0;
  RuleState state = RuleState::open;
  ConditionPart condition;
  FieldSet reason;     ///< where it holds or is `no`: the fewest answers that make it so
  FieldSet waits_for;  ///< where open: the fields that can settle it
};

struct WhyNot {
  enum class Relation : std::uint8_t {
    indicated,    ///< it is the only level possible
    open,         ///< possible beside others
    too_low,      ///< every possible level is higher
    too_high,     ///< every possible level is lower
    passed_over,  ///< lower and higher levels are possible, this one is not
    unreachable,  ///< no consistent assessment in scope has it, with this pack and request
    no_level,     ///< no level is possible today
  };
  std::size_t level = 0;
  Relation relation = Relation::open;
  std::vector<std::size_t> above;    ///< rules that demand more and are not `no`: those that hold first
  std::vector<std::size_t> lacking;  ///< rules that demand the level or, where too_high, more, and do not hold
  Counterfactual change;             ///< what would bring the person there
};

struct Explanation {
  Recommendation recommendation;
  std::vector<Counterfactual>
      down;                        ///< to the next lower level; where none exists to lower ones, up to the first found
  std::vector<Counterfactual> up;  ///< likewise upwards. Both only where nothing was asked
  std::vector<RuleExplanation> rules;
  std::optional<WhyNot> why_not;
  std::optional<Counterfactual> to;

  explicit Explanation(Recommendation r) : recommendation(std::move(r)) {}
};

[[nodiscard]] std::string_view to_string(Counterfactual::Outcome) noexcept;
[[nodiscard]] std::string_view to_string(WhyNot::Relation) noexcept;

}  // namespace placement
