// The walked care graph for Graphviz: levels by intensity, the walk up in bold, the path down dashed with the criteria
// to move on as labels, other moves thin and grey.
#include <algorithm>
#include <string_view>

#include "io/describe_result.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_plan.hpp"
#include "io/write_summary.hpp"

namespace placement::io {
namespace {

constexpr std::size_t kDotLabelColumns = 44;

/// A quoted DOT string; lines are set left.
std::string quoted(const std::vector<std::string>& lines, std::string_view end_of_line) {
  std::string text = "\"";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const char c : lines[i]) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    if (i + 1 < lines.size() || end_of_line == "\\l") text += end_of_line;
  }
  return text + "\"";
}

std::string bullets(const std::vector<std::string>& items) {
  std::vector<std::string> lines;
  for (const std::string& item : items) {
    bool is_first = true;
    for (const std::string& line : wrapped(item, kDotLabelColumns)) {
      lines.push_back((is_first ? "- " : "  ") + line);
      is_first = false;
    }
  }
  return quoted(lines, "\\l");
}

std::string node(std::size_t level) { return "level_" + std::to_string(level); }

void write_node(std::string& text, const Recommendation& r, std::size_t level) {
  const CareLevel& about = r.pack.content().levels[level];
  const bool is_named = named_level(r) == level;
  const bool is_possible = std::find(r.possible.begin(), r.possible.end(), level) != r.possible.end();
  std::vector<std::string> lines = wrapped(clean(about.name), kDotLabelColumns);
  lines.push_back(clean(about.hours));
  if (r.indicated == level) lines.emplace_back("INDICATED");
  if (!is_named && is_possible) lines.emplace_back("possible");
  text += "  " + node(level) + " [label=" + quoted(lines, "\\n");
  if (is_named)
    text += ", style=\"filled,bold\", fillcolor=\"#cfe3f7\", penwidth=3";
  else if (is_possible)
    text += ", style=filled, fillcolor=\"#e9f2fb\", penwidth=2";
  text += "];\n";
}

}  // namespace

std::string write_dot(const Recommendation& r) {
  const Summary s = summarize(r);
  const PackContent& pack = r.pack.content();
  std::string text = "digraph placement {\n  rankdir=BT;\n  labelloc=t;\n  fontname=\"sans-serif\";\n";
  std::vector<std::string> title = wrapped(s.headline, 2 * kDotLabelColumns);
  title.push_back(s.footer);
  text += "  label=" + quoted(title, "\\n") + ";\n";
  text += "  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n";
  for (std::size_t level = 0; level < pack.levels.size(); ++level) write_node(text, r, level);

  std::vector<std::pair<std::size_t, std::size_t>> walked, descended;
  for (std::size_t i = 0; i + 1 < r.walk.size(); ++i) {
    std::vector<std::string> rules;
    for (const std::size_t rule : rules_overcome(r, i)) rules.push_back(rule_sentence(r, rule, 0));
    walked.emplace_back(r.walk[i].level, r.walk[i + 1].level);
    text += "  " + node(walked.back().first) + " -> " + node(walked.back().second) +
            " [style=bold, penwidth=3, color=\"#1f4e79\", label=" + bullets(rules) + "];\n";
  }
  for (std::size_t i = 0; i + 1 < s.path.size(); ++i) {
    descended.emplace_back(s.path[i].level, s.path[i + 1].level);
    text += "  " + node(descended.back().first) + " -> " + node(descended.back().second) +
            " [style=dashed, penwidth=2, color=\"#2e6b2e\", constraint=false, label=" + bullets(s.path[i].criteria) +
            "];\n";
  }
  for (const Move& move : pack.moves) {
    const std::pair<std::size_t, std::size_t> ends{move.from, move.to};
    const auto& drawn = move.kind == Move::Kind::step_up ? walked : descended;
    if (std::find(drawn.begin(), drawn.end(), ends) != drawn.end()) continue;
    text += "  " + node(move.from) + " -> " + node(move.to) +
            (move.kind == Move::Kind::step_up ? " [color=\"#b0b0b0\"];\n"
                                              : " [color=\"#b0b0b0\", style=dashed, constraint=false];\n");
  }
  return text + "}\n";
}

}  // namespace placement::io
