// What a cases file leaves untouched, as findings beside those about the pack itself.
#include "analysis/questions.hpp"

namespace placement {
namespace {

std::string value_name(const FieldSpec& field, int value) {
  return field.values.empty() ? std::to_string(value) : std::string(field.values[static_cast<std::size_t>(value)].name);
}

}  // namespace

std::vector<Finding> untested(const Engine& engine, const CaseReport& report) {
  analysis::Inquiry inquiry(engine, 0);
  const auto add = [&](std::string where, std::string message) {
    inquiry.add(Finding::Verdict::information, "untested", std::move(where), std::move(message));
  };
  for (const std::size_t level : report.levels_missing)
    add(inquiry.place_of_level(level), "no case is decided at `" + inquiry.content.levels[level].id + "`");
  for (std::size_t r = 0; r < report.rules.size(); ++r) {
    const CaseReport::RuleCoverage& rule = report.rules[r];
    if (rule.is_covered()) continue;
    const std::string& id = inquiry.content.rules[r].id;
    add(analysis::Inquiry::place_of_rule(r),
        rule.holds.empty() ? "`" + id + "` holds in no case" : "`" + id + "` has no case that just misses it");
  }
  for (const FieldSpec& f : fields()) {
    std::string values;
    for (const CaseReport::Threshold& t : report.thresholds)
      if (t.field == f.field && !(t.below && t.at))
        values += (values.empty() ? "" : ", ") + value_name(f, t.value) + (t.at ? " (below)" : t.below ? " (at)" : "");
    if (!values.empty()) add("", "`" + std::string(f.name) + "`: no case on each side of " + values);
  }
  return std::move(inquiry.findings);
}

}  // namespace placement
