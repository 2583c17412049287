// `check`: every question asked about a pack, in one list.
#include <algorithm>

#include "analysis/questions.hpp"

namespace placement {
namespace analysis {

Inquiry::Inquiry(const Engine& engine, std::uint64_t step_budget)
    : compiled(engine.compiled()),
      content(engine.pack().content()),
      steps(step_budget),
      consistent(compiled.masks, forbidden(compiled), steps),
      in_scope(compiled.masks, forbidden_and_out_of_scope(compiled), steps) {}

void Inquiry::add(Finding finding, std::string_view kind, std::string where, std::string message) {
  finding.kind = kind;
  finding.where = std::move(where);
  finding.message = std::move(message);
  findings.push_back(std::move(finding));
}

void Inquiry::add(Finding::Verdict verdict, std::string_view kind, std::string where, std::string message) {
  Finding finding;
  finding.verdict = verdict;
  add(std::move(finding), kind, std::move(where), std::move(message));
}

const Population& Inquiry::population_of(const Rule& rule) const {
  return rule.kind == RuleKind::alert || rule.kind == RuleKind::out_of_scope ? consistent : in_scope;
}

std::string Inquiry::place_of_level(std::size_t level) const {
  return "/levels/" + std::to_string(compiled.pack.checked().level_places[level]);
}

std::string Inquiry::place_of_rule(std::size_t rule) { return "/rules/" + std::to_string(rule); }

std::string Inquiry::names_of_rules(const std::vector<std::size_t>& rules) const {
  std::vector<std::string> ids;
  for (const std::size_t rule : rules) ids.push_back(content.rules[rule].id);
  return listed(ids);
}

std::string listed(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 5;
  const std::size_t shown = ids.size() > kMost + 1 ? kMost : ids.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == ids.size();
    text += (i == 0 ? "`" : is_last ? " and `" : ", `") + ids[i] + "`";
  }
  if (shown < ids.size()) text += " and " + std::to_string(ids.size() - shown) + " more";
  return text;
}

void find_unreleasable(Inquiry& inquiry) {
  for (std::size_t r = 0; r < inquiry.content.rules.size(); ++r) {
    const Rule& rule = inquiry.content.rules[r];
    if (rule.kind != RuleKind::require || rule.target <= 1) continue;
    bool can_change = false;
    inquiry.compiled.pack.checked().rule_reads[r].for_each(
        [&](Field f) { can_change = can_change || spec(f).modifiable || spec(f).group == "progress"; });
    if (!can_change)
      inquiry.add(Finding::Verdict::defect, "unreleasable", Inquiry::place_of_rule(r),
                  "`" + rule.id + "` reads nothing that care can change: it would hold people for ever");
  }
}

void list_demographic(Inquiry& inquiry) {
  for (std::size_t r = 0; r < inquiry.content.rules.size(); ++r) {
    std::vector<std::string> names;
    inquiry.compiled.pack.checked().rule_reads[r].for_each([&](Field f) {
      if (spec(f).use == FieldUse::demographic) names.emplace_back(spec(f).name);
    });
    if (!names.empty())
      inquiry.add(Finding::Verdict::information, "demographic", Inquiry::place_of_rule(r),
                  "`" + inquiry.content.rules[r].id + "` reads " + listed(names));
  }
}

}  // namespace analysis

std::vector<Finding> check_pack(const Engine& engine, std::uint64_t step_budget) {
  analysis::Inquiry inquiry(engine, step_budget);
  if (analysis::find_impossible(inquiry)) return std::move(inquiry.findings);
  analysis::find_dead(inquiry);
  analysis::find_contradictory(inquiry);
  analysis::check_properties(inquiry);
  analysis::check_monotone_claims(inquiry);
  analysis::check_projections(inquiry);
  analysis::find_unreleasable(inquiry);
  analysis::find_duplicate_and_subsumed(inquiry);
  analysis::find_unreachable_levels_and_moves(inquiry);
  analysis::find_unreachable_and_unused_names(inquiry);
  analysis::find_gaps(inquiry);
  analysis::find_overlaps(inquiry);
  analysis::find_non_monotone(inquiry);
  analysis::list_demographic(inquiry);
  return std::move(inquiry.findings);
}

}  // namespace placement
