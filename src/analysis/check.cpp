// `check`: every question asked about a pack, in one list.
#include <algorithm>
#include <string>

#include "analysis/property.hpp"
#include "placement/analysis.hpp"

namespace placement {
namespace analysis {
namespace {

using masks::ValueBox;
using Verdict = Finding::Verdict;

// What must be true of an answer before `level` has done its work so that it lies in `values` afterwards.
ValueSet before_projection(const CareLevel& level, Field field, const ValueSet& values) {
  for (const auto& [resolved, value] : level.resolves)
    if (resolved == field) return values.contains(value) ? ValueSet::all(field) : ValueSet();
  ValueSet before;
  for (int v = 0; v <= spec(field).high; ++v) {
    int after = v;
    for (const auto& [improved, best] : level.improves)
      if (improved == field) after = spec(field).worse == Worse::higher ? std::min(v, best) : std::max(v, best);
    if (values.contains(after)) before.insert(v);
  }
  return before;
}

ValueSet set_of(const masks::Values& values) {
  ValueSet set;
  for (std::size_t v = 0; v < values.size(); ++v)
    if (values[v]) set.insert(static_cast<int>(v));
  return set;
}

class Checker {
 public:
  Checker(const Engine& engine, std::uint64_t steps)
      : compiled_(engine.compiled()), content_(engine.pack().content()), steps_(steps) {}

  std::vector<Finding> run() {
    for (std::size_t p = 0; p < content_.properties.size(); ++p)
      add(check_property(compiled_, p, steps_), "property", "/properties/" + std::to_string(p),
          "`" + content_.properties[p].id + "`: " + content_.properties[p].says);
    for (std::size_t m = 0; m < content_.monotone.size(); ++m)
      add(check_monotone(compiled_, content_.monotone[m], steps_), "monotone", "/monotone/" + std::to_string(m),
          "worse in `" + name(content_.monotone[m]) + "` is never placed lower");
    for (std::size_t level = 1; level < content_.levels.size(); ++level) check_projection(level);
    for (std::size_t rule = 0; rule < content_.rules.size(); ++rule) check_rule(rule);
    return std::move(findings_);
  }

 private:
  static std::string name(Field f) { return std::string(spec(f).name); }

  void add(Finding finding, std::string kind, std::string where, std::string message) {
    finding.kind = std::move(kind);
    finding.where = std::move(where);
    finding.message = std::move(message);
    findings_.push_back(std::move(finding));
  }

  // Level numbers are by intensity; the place says the id.
  void check_projection(std::size_t number) {
    const CareLevel& level = content_.levels[number];
    std::vector<ClaimRegion> broken;
    for (std::uint16_t b = compiled_.violations.begin; b < compiled_.violations.end; ++b) {
      ClaimRegion region;
      bool can_break = true;
      for (const masks::ValueLiteral& l : compiled_.masks.value_boxes()[b]) {
        const auto field = static_cast<Field>(l.column);
        const ValueSet before = before_projection(level, field, set_of(l.values));
        can_break = can_break && !before.empty();
        if (can_break && before != ValueSet::all(field)) region.box.push_back({l.column, engine::values_of(before)});
      }
      if (can_break) broken.push_back(std::move(region));
    }
    const Found found = find_point(compiled_, broken, steps_, {}, true);
    Finding finding;
    finding.verdict = found.answer == masks::Answer::yes  ? Verdict::refuted
                      : found.answer == masks::Answer::no ? Verdict::proved
                                                          : Verdict::not_settled;
    finding.counterexample = found.where;
    add(std::move(finding), "projection", "/levels", "leaving `" + level.id + "` never leads to a contradiction");
    if (!level.round_the_clock) return;
    const bool is_set = std::find(level.resolves.begin(), level.resolves.end(),
                                  std::pair(Field::tolerance_lost_30d, 1)) != level.resolves.end();
    Finding tolerance;
    tolerance.verdict = is_set ? Verdict::proved : Verdict::defect;
    add(std::move(tolerance), "projection", "/levels",
        "leaving `" + level.id + "`, which is round-the-clock care, counts as lost tolerance");
  }

  void check_rule(std::size_t number) {
    const Rule& rule = content_.rules[number];
    const std::string where = "/rules/" + std::to_string(number);
    const FieldSet& reads = compiled_.pack.checked().rule_reads[number];
    bool can_change = false;
    std::string demographic;
    reads.for_each([&](Field f) {
      can_change = can_change || spec(f).modifiable || spec(f).group == "progress";
      if (spec(f).use == FieldUse::demographic) demographic += (demographic.empty() ? "`" : ", `") + name(f) + "`";
    });
    if (rule.kind == RuleKind::require && rule.target > 1 && !can_change) {
      Finding finding;
      finding.verdict = Verdict::defect;
      add(std::move(finding), "unreleasable", where,
          "`" + rule.id + "` reads nothing that care can change: it would hold people for ever");
    }
    if (!demographic.empty()) add(Finding{}, "demographic", where, "`" + rule.id + "` reads " + demographic);
  }

  const engine::Compiled& compiled_;
  const PackContent& content_;
  std::uint64_t steps_;
  std::vector<Finding> findings_;
};

}  // namespace
}  // namespace analysis

std::vector<Finding> check_pack(const Engine& engine, std::uint64_t step_budget) {
  return analysis::Checker(engine, step_budget).run();
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

}  // namespace placement
