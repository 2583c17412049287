// What is said about one assessment: plain data. Text, JSON and pictures are made from it by placement/io.hpp.
//
//   const placement::Recommendation r = *engine.recommend(person);
//   if (r.status == placement::Status::decided) std::cout << r.pack.content().levels[*r.indicated].name;
//
// Numbers refer to the lists of `pack.content()`: levels by intensity, rules, services and capabilities in file order.
// A Recommendation owns all it holds and outlives the engine. It contains answers of a patient: treat it as such.
// docs/semantics.md defines every word used here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/rule_pack.hpp"

namespace placement {

enum class Status : std::uint8_t { emergency, inconsistent, out_of_scope, decided, undecided };
enum class RuleState : std::uint8_t { no, open, holds, not_evaluated };
/// State of a capability (never `avoid`) or a service.
enum class CareState : std::uint8_t { no, open, yes, avoid };
/// Which level a caller takes who needs one although the result is undecided.
enum class UndecidedPolicy : std::uint8_t { none, lowest, highest };
enum class Disposition : std::uint8_t {
  open,
  admit,
  step_up,
  transfer,
  continue_level,
  discharge_to_aftercare,
  step_down
};

/// A programme that can be had: a level and what it is able to do (ids).
struct Offering {
  std::string level;
  std::vector<std::string> capabilities;
};

/// A stop alert that somebody has acted on.
struct HandledAlert {
  std::string alert;  ///< rule id
  std::string by;     ///< free, echoed, never read
  std::string at;     ///< free, echoed, never read
};

struct PlacedLevel {
  std::string level;
  std::string override_reason;  ///< id from the pack's list; needed where the level is not the indicated one
};

/// What goes with an assessment without being part of it. Ids are those of the pack.
struct Request {
  std::string id;     ///< opaque record id, echoed
  std::string as_of;  ///< date "2026-11-22" or empty; the library has no clock
  std::optional<std::string> current_level;
  std::optional<std::vector<std::string>> current_capabilities;
  std::optional<std::vector<Offering>> available;
  UndecidedPolicy undecided = UndecidedPolicy::none;
  std::vector<HandledAlert> handled;
  std::vector<Field> asked;  ///< fields answered "not known": not asked again
  std::optional<PlacedLevel> placed;
};

/// What a recommendation is made from.
struct Input {
  Assessment assessment;
  Request request;
};

struct RuleResult {
  RuleState state = RuleState::open;
  bool determining = false;  ///< holds and demands the single possible level, or see `jointly`
  bool jointly = false;      ///< open, and only together with others it forces that level
  FieldSet reads;            ///< fields of its condition
  FieldSet waits_for;        ///< where open: fields that can settle it
};

struct CareResult {
  CareState state = CareState::open;
  FieldSet waits_for;  ///< where open
};

struct AlertResult {
  std::size_t rule = 0;
  RuleState state = RuleState::open;
  std::optional<HandledAlert> handled;
};

/// One stop of the walk up: the level reached and the rules that made it insufficient (none at the last).
struct WalkStep {
  std::size_t level = 0;
  std::vector<std::size_t> insufficient;
};

/// One stop of the way down.
struct PathwayStep {
  std::size_t level = 0;
  std::vector<std::size_t> possible;      ///< where unknowns leave this stop open: the levels still possible
  std::optional<Field> settled_by;        ///< then: a field that settles it
  bool need_remains = false;              ///< the projected need is above this level: only once the criteria are met
  std::vector<std::size_t> criteria;      ///< to move on: rules, not `no` today, that must stop holding
  std::vector<std::size_t> services;      ///< services that are `yes` at this stop
  std::vector<std::size_t> capabilities;  ///< capabilities that are `yes` at this stop
};

struct PolicyLevel {
  UndecidedPolicy name = UndecidedPolicy::none;
  std::size_t level = 0;
};

/// What can be had now, kept apart from what is indicated.
struct Feasible {
  enum class Plan : std::uint8_t { none, bridge, transfer };
  std::optional<std::size_t> level;               ///< null: nothing on offer is safe
  std::vector<std::size_t> missing_capabilities;  ///< what the programme lacks
  Plan plan = Plan::none;
  std::vector<std::size_t> alternatives;  ///< higher levels on offer that were passed over because over-placement harms
  int recheck_days = 0;                   ///< with a plan: look again within so many days
};

struct Placed {
  std::size_t level = 0;
  std::optional<std::size_t> override_reason;
};

struct Recommendation {
  RulePack pack;
  Assessment assessment;
  Request request;

  Status status = Status::undecided;
  bool settled = true;  ///< false: a search ran out of its budget; `possible` may be too large, the rest is proved
  std::optional<std::size_t> indicated;  ///< only where decided
  std::vector<std::size_t> possible;     ///< ascending; empty where no consistent completion is in scope
  std::optional<PolicyLevel> policy;     ///< only where undecided and a policy was asked for
  std::vector<WalkStep> walk;            ///< where one level is possible
  std::vector<RuleResult> rules;
  std::vector<AlertResult> alerts;  ///< every alert rule: stop first, then urgent, then notice
  std::vector<CareResult> capabilities;
  std::vector<CareResult> services;
  FieldSet reason;             ///< the fewest answers that force the single possible level
  FieldSet conflict;           ///< where inconsistent: a smallest set of answers that contradict
  FieldSet must_know;          ///< required and not answered
  std::vector<Field> missing;  ///< relevant fields in the order to ask
  std::optional<Field> next_question;
  std::vector<PathwayStep> pathway;
  Disposition disposition = Disposition::open;
  std::vector<std::size_t> disposition_rules;  ///< rules that hold the person at the current level or above
  std::optional<Feasible> feasible;            ///< where availability was given and a level is named
  std::optional<Placed> placed;

  explicit Recommendation(RulePack p) : pack(std::move(p)) {}
  /// Rules marked determining, in pack order.
  [[nodiscard]] std::vector<std::size_t> determining_rules() const;
};

[[nodiscard]] std::string_view to_string(Status) noexcept;
[[nodiscard]] std::string_view to_string(RuleState) noexcept;
[[nodiscard]] std::string_view to_string(CareState) noexcept;
[[nodiscard]] std::string_view to_string(UndecidedPolicy) noexcept;
[[nodiscard]] std::string_view to_string(Disposition) noexcept;

}  // namespace placement
