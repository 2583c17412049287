#include "io/describe_result.hpp"

#include <algorithm>
#include <string_view>

#include "io/describe.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
std::vector<std::size_t> rules_overcome(const Recommendation& r, std::size_t stop) {
  std::vector<std::size_t> rules;
  const bool is_last = stop + 1 >= r.walk.size();
  for (const std::size_t rule : r.walk[stop].insufficient) {
    if (is_last) break;
    const std::vector<std::size_t>& next = r.walk[stop + 1].insufficient;
    if (std::find(next.begin(), next.end(), rule) == next.end()) rules.push_back(rule);
  }
  return rules;
}

std::vector<std::string> level_lines(const CareLevel& level) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) lines.push_back(std::string(label) + clean(text));
  };
  add("where: ", level.setting);
  add("staff: ", level.staffing);
  add("what happens there: ", level.activities);
  add("suits: ", level.suits);
  return lines;
}

std::string level_name(const Recommendation& r, std::size_t level) { return clean(content(r).levels[level].name); }

std::string short_name(const Recommendation& r, std::size_t level) {
  return short_level_name(content(r).levels[level]);
}

std::string level_names(const Recommendation& r, const std::vector<std::size_t>& levels, std::string_view word) {
  std::vector<std::string> names;
  for (const std::size_t level : levels) names.push_back(short_name(r, level));
  return joined(names, word);
}

std::string level_range(const Recommendation& r, const std::vector<std::size_t>& levels) {
  if (levels.size() <= 3) return level_names(r, levels, "or");
  return short_name(r, levels.front()) + " to " + short_name(r, levels.back()) + " (" +
         counted(levels.size(), "level") + ")";
}

std::string rule_sentence(const Recommendation& r, std::size_t rule, std::size_t citation_limit) {
  const Rule& about = content(r).rules[rule];
  std::string text = clean(about.because);
  std::string bracket;
  if (citation_limit > 0 && !about.sources.empty()) {
    bracket = shortened(clean(content(r).sources[about.sources.front()].citation), citation_limit);
    if (about.sources.size() > 1) bracket += " and " + std::to_string(about.sources.size() - 1) + " more";
  }
  if (citation_limit > 0 && about.evidence != Evidence::verified)
    bracket += std::string(bracket.empty() ? "" : "; ") +
               (about.evidence == Evidence::secondary ? "secondary source" : "consensus, not verified");
  return bracket.empty() ? text : text + " [" + bracket + "]";
}

std::string rule_says(const PackContent& pack, const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::require:
      return "at least " + clean(pack.levels[rule.target].name);
    case RuleKind::continued_stay:
      return "stay at the current level";
    case RuleKind::capability:
      return "programme with " + clean(pack.capabilities[rule.target].name);
    case RuleKind::offer:
      return "offer " + clean(pack.services[rule.target].name);
    case RuleKind::avoid:
      return "avoid " + clean(pack.services[rule.target].name);
    case RuleKind::alert:
      return std::string(to_string(rule.urgency)) + " alert";
    case RuleKind::out_of_scope:
      return "out of scope";
  }
  return {};
}

}  // namespace placement::io
