// Findings about a pack: what `placement check` proves or refutes.
//
//   for (const placement::Finding& f : placement::check_pack(engine)) std::cout << f.message << '\n';
//
// And cases: inputs with what is wanted of them, run by `placement test`.
//
// Pure functions of an engine; safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "placement/engine.hpp"

namespace placement {

struct Finding {
  enum class Verdict : std::uint8_t {
    proved,       ///< a claim holds for every consistent assessment in scope
    refuted,      ///< it does not: `counterexample` shows where
    vacuous,      ///< its premise holds for nobody
    defect,       ///< the pack breaks a rule of packs
    information,  ///< worth knowing, not a fault
    not_settled,  ///< the search ran out of its budget
  };
  Verdict verdict = Verdict::information;
  std::string kind;     ///< name of a row of finding_kinds()
  std::string where;    ///< JSON pointer into the pack's file; empty: the whole pack
  std::string message;  ///< one line
  /// The fewest answers that show it: every consistent completion in scope does. Of an `alone` property: the mildest
  /// case also has everything else at its best.
  std::optional<Assessment> counterexample;
  /// monotone, independent: the neighbour it is compared with.
  std::optional<Assessment> counterexample_other;

  /// Counts against the pack.
  [[nodiscard]] bool is_fault() const noexcept { return verdict != Verdict::proved && verdict != Verdict::information; }
};

[[nodiscard]] std::string_view to_string(Finding::Verdict) noexcept;

/// How much a finding matters, least first. none: something was proved.
enum class Severity : std::uint8_t { none, information, warning, error };

[[nodiscard]] std::string_view to_string(Severity) noexcept;

/// A kind of finding: what it is called everywhere, and what it means.
struct FindingKind {
  std::string_view name;
  Severity severity;
  std::string_view title;  ///< a few words
  std::string_view help;   ///< what it means and what to do about it, one or two sentences
};

/// All kinds, gravest first: the order in which they are shown.
[[nodiscard]] std::span<const FindingKind> finding_kinds() noexcept;
/// The row of `finding`; its kind must be one of the names.
[[nodiscard]] const FindingKind& kind_of(const Finding& finding) noexcept;
/// none where proved, information where the verdict is that, else as its kind.
[[nodiscard]] Severity severity_of(const Finding& finding) noexcept;

/// Asks everything there is to ask about a pack (finding_kinds), for all consistent assessments in scope. Claims are
/// listed where proved too, all else where found. In file order within each kind. Where nobody is consistent and in
/// scope that is the only finding. Each question has its own `step_budget`.
[[nodiscard]] std::vector<Finding> check_pack(const Engine& engine, std::uint64_t step_budget = 2'000'000);

/// One case of a cases file: an input and what is wanted of it.
struct Case {
  std::size_t line = 0;  ///< 1..
  std::string note;
  Input input;
  struct Want {
    std::optional<std::string> status, disposition;
    std::optional<std::vector<std::string>> possible, determining_rules, alerts, capabilities, offers, holds, no;
    std::optional<std::optional<std::string>> feasible;
  } want;
};

/// What running cases showed.
struct CaseReport {
  struct Outcome {
    std::vector<std::string> differences;  ///< one line each; empty: as wanted. Names ids only, never answers
    Status status = Status::undecided;
  };
  struct RuleCoverage {
    std::vector<std::size_t> holds;  ///< the cases in which it holds
    /// The first case in which it does not hold and one step would make it: one count or scale one value further, or
    /// one flag or category answered otherwise.
    std::optional<std::size_t> near_miss;
    bool can_fail = true;  ///< its condition reads some field

    [[nodiscard]] bool is_covered() const noexcept { return !holds.empty() && (near_miss.has_value() || !can_fail); }
  };
  /// A place where the rules tell two neighbouring values of a count or scale apart: `value` and the one below.
  struct Threshold {
    Field field{};
    int value = 0;
    bool below = false, at = false;  ///< some case knows the value below / the value itself
  };
  std::vector<Outcome> outcomes;    ///< by case
  std::vector<RuleCoverage> rules;  ///< by rule
  std::vector<Threshold> thresholds;
  std::vector<Status> statuses_missing;
  std::vector<Disposition> dispositions_missing;
  std::vector<std::size_t> levels_missing;  ///< levels no case is decided at
  std::vector<std::size_t> moves_missing;   ///< moves on no case's walk up (step_up) or pathway down (step_down)
  std::vector<std::size_t> offers_missing;  ///< services that some rule offers and no case has as `yes`
  std::vector<std::size_t> avoids_missing;  ///< services that some rule advises against and no case has as `avoid`
  std::vector<std::size_t> capabilities_missing;  ///< capabilities that some rule asks for and no case has as `yes`

  [[nodiscard]] std::size_t failed() const noexcept;
};

/// Runs every case. A request the pack refuses is a difference.
[[nodiscard]] CaseReport run_cases(const Engine& engine, const std::vector<Case>& cases);

/// What the cases leave untouched, as findings of the kind `untested`: rules that hold, or fail, in no case; thresholds
/// without a case on each side, one finding a field; levels nobody is decided at. `report` is run_cases's of `engine`.
[[nodiscard]] std::vector<Finding> untested(const Engine& engine, const CaseReport& report);

}  // namespace placement
