// The kinds of findings: one table from which text, JSON, SARIF and docs/rule-pack.md take names, order and severity.
#include <algorithm>
#include <array>
#include <cassert>

#include "placement/analysis.hpp"

namespace placement {
namespace {

constexpr std::array<FindingKind, 17> kKinds{{
    {"impossible", Severity::error, "nobody is left",
     "The constraints exclude everybody, or everybody is out of scope. Nothing else is asked then."},
    {"dead", Severity::error, "rules that hold for nobody",
     "The condition of a rule or must_know entry holds for no consistent person in scope (alerts and out_of_scope "
     "rules: for no consistent person). Mend the condition or remove the rule."},
    {"contradictory", Severity::error, "offers that are never given",
     "Whenever the offer rule holds, avoid rules of the same service hold too, and avoid wins. Narrow one of them."},
    {"property", Severity::error, "properties",
     "A claim of `properties`: proved, refuted by the fewest answers that show it, vacuous where its premise holds for "
     "nobody, or not settled."},
    {"monotone", Severity::error, "monotone claims",
     "A field of `monotone`: of two people who differ in it alone the worse is never placed lower. Refuted by two such "
     "people."},
    {"projection", Severity::error, "leaving a level",
     "What a level resolves and improves never makes a consistent person contradict a constraint, and leaving "
     "round-the-clock care sets lost tolerance."},
    {"unreleasable", Severity::error, "rules that would hold people for ever",
     "A require rule above the two lowest levels reads no field that care or progress can change."},
    {"duplicate", Severity::warning, "rules that stand twice",
     "Two rules with the same effect hold for exactly the same people. Keep one and give it both sources."},
    {"subsumed", Severity::warning, "rules that change nothing",
     "Whenever the rule holds, other rules that stay demand as much, or do the same (offers: or avoid the service). It "
     "can go, unless it is kept for its reason."},
    {"unreachable", Severity::warning, "what nobody comes to",
     "A level at which nobody is indicated, a move that is never walked, a service offered to nobody, a term or band "
     "that is true of nobody."},
    {"unused", Severity::warning, "names that nothing uses",
     "A term that no condition reads, a capability that no rule asks for, a service that no rule offers or avoids."},
    {"gap", Severity::information, "people of whom no rule demands a level",
     "The rule names a need (a capability, a stop or urgent alert) and can hold where no require rule demands more "
     "than "
     "the lowest level, so that the person is placed there because the pack is silent. Check that this is meant."},
    {"overlap", Severity::information, "demands that meet",
     "Rules that demand different levels can hold together; the higher decides. Summed up by pairs of levels."},
    {"overridden", Severity::information, "offers that are sometimes overridden",
     "An offer and an avoid rule of the same service can hold together; avoid wins. Often meant: check that it is."},
    {"non_monotone", Severity::information, "fields that are not monotone",
     "A field with a worse direction that `monotone` does not claim, and two people who differ in it alone of whom the "
     "worse is placed lower."},
    {"demographic", Severity::information, "rules that read demographic fields",
     "Age or pregnancy bears on what the rule says. Listed so that it is never an accident."},
    {"untested", Severity::information, "what no case touches",
     "With a cases file: a rule that holds, or fails, in no case; thresholds without a case on each side; a level at "
     "which no case is decided."},
}};

}  // namespace

std::span<const FindingKind> finding_kinds() noexcept { return kKinds; }

const FindingKind& kind_of(const Finding& finding) noexcept {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const FindingKind& kind) { return kind.name == finding.kind; });
  assert(found != kKinds.end());
  return *found;
}

Severity severity_of(const Finding& finding) noexcept {
  if (finding.verdict == Finding::Verdict::proved) return Severity::none;
  return finding.verdict == Finding::Verdict::information ? Severity::information : kind_of(finding).severity;
}

std::string_view to_string(Finding::Verdict verdict) noexcept {
  switch (verdict) {
    case Finding::Verdict::proved:
      return "proved";
    case Finding::Verdict::refuted:
      return "refuted";
    case Finding::Verdict::vacuous:
      return "vacuous";
    case Finding::Verdict::defect:
      return "defect";
    case Finding::Verdict::information:
      return "information";
    case Finding::Verdict::not_settled:
      return "not_settled";
  }
  return "";
}

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::none:
      return "none";
    case Severity::information:
      return "information";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

}  // namespace placement
