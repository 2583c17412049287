// A recommendation as Markdown: the whole story, for a chart note or a review. All rules that are not `no` and all
// sources they cite are listed; nothing is cut.
#include <string_view>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_plan.hpp"
#include "io/write_summary.hpp"

namespace placement::io {
namespace {

std::string code(std::string_view id) { return "`" + std::string(id) + "`"; }

class MarkdownPage {
 public:
  void heading(std::string_view marks, std::string_view text) {
    if (!text_.empty()) text_ += "\n";
    text_.append(marks).append(" ").append(markdown_escaped(text)).append("\n\n");
  }
  void paragraph(std::string_view text) { text_.append(markdown_escaped(text)).append("\n"); }
  void bullet(std::string_view text, std::string_view indent = "") {
    text_.append(indent).append("- ").append(markdown_escaped(text)).append("\n");
  }
  void labelled(std::string_view label, std::string_view text) {
    text_.append("- **").append(markdown_escaped(label)).append(text.empty() ? "**" : "**: ");
    text_.append(markdown_escaped(text)).append("\n");
  }
  /// Cells are Markdown already.
  void row(const std::vector<std::string>& cells) {
    text_ += "|";
    for (const std::string& cell : cells) text_.append(" ").append(cell).append(" |");
    text_ += "\n";
  }
  void table_head(const std::vector<std::string>& cells) {
    row(cells);
    row(std::vector<std::string>(cells.size(), "---"));
  }
  void blank() { text_ += "\n"; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_list(MarkdownPage& page, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page.heading("##", title);
  for (const std::string& line : lines) page.bullet(line);
}

void write_alerts(MarkdownPage& page, const Summary& s) {
  if (s.alerts.empty() && s.rule_out.empty()) return;
  page.heading("##", s.alerts.empty() ? "Rule out first" : "Do now");
  for (const AlertSummary& alert : s.alerts) {
    page.labelled(alert.urgency == Urgency::stop ? "STOP" : "URGENT",
                  alert.because + (alert.mark.empty() ? "" : " (" + alert.mark + ")"));
    if (!alert.is_handled) page.bullet(alert.action, "  ");
  }
  if (!s.rule_out.empty()) page.labelled("Emergencies not ruled out depend on", s.rule_out);
}

void write_levels(MarkdownPage& page, const Summary& s) {
  if (s.levels.empty()) return;
  page.heading("##", "Still possible, and what could demand it");
  for (const LevelSummary& level : s.levels) {
    page.labelled(level.name, level.demands.empty() ? "where nothing demands more" : "");
    for (const std::string& demand : level.demands) page.bullet(demand, "  ");
  }
}

void write_care(MarkdownPage& page, const Summary& s) {
  if (s.care.empty()) return;
  page.heading("##", "Beside the level");
  for (const CareRow& row : s.care) page.labelled(row.label, joined_up_to(row.with_notes(), row.items.size(), "; "));
}

void write_question(MarkdownPage& page, const Summary& s) {
  if (s.question.empty()) return;
  page.heading("##", "Ask next");
  page.labelled(s.question, s.question_answers);
  page.bullet(capitalized(s.question_why) + ".");
  if (!s.ask_then.empty()) page.labelled("Then", joined_up_to(s.ask_then, s.ask_then.size()));
}

void write_path(MarkdownPage& page, const Summary& s) {
  if (s.path.empty()) return;
  page.heading("##", "Path down");
  for (const StopSummary& stop : s.path) {
    page.labelled(stop.name, stop.stay + "; " + stop.clock);
    for (const std::string& note : stop.notes) page.bullet(note, "  ");
    if (!stop.beside.empty()) page.bullet("beside it: " + stop.beside, "  ");
    if (!stop.criteria.empty()) page.bullet("to move on:", "  ");
    for (const std::string& criterion : stop.criteria) page.bullet(criterion, "    ");
  }
}

std::string rule_answers(const Recommendation& r, std::size_t rule) {
  std::vector<std::string> parts;
  r.rules[rule].reads.for_each([&](Field f) {
    const ValueSet answer = r.assessment.answer(f);
    if (answer != ValueSet::all(f)) parts.push_back(describe_fact(f, answer));
  });
  if (!r.rules[rule].waits_for.empty()) parts.push_back("waits for " + describe_fields(r.rules[rule].waits_for));
  return joined_up_to(parts, parts.size(), "; ");
}

void write_rules(MarkdownPage& page, const Recommendation& r) {
  page.heading("##", "Rules that hold or are open");
  page.table_head({"rule", "says", "state", "because", "answers", "evidence", "sources"});
  for (std::size_t i = 0; i < r.rules.size(); ++i) {
    const RuleState state = r.rules[i].state;
    if (state == RuleState::no || state == RuleState::not_evaluated) continue;
    const Rule& rule = content(r).rules[i];
    std::vector<std::string> sources;
    for (const std::size_t s : rule.sources) sources.push_back(code(content(r).sources[s].id));
    page.row({code(rule.id), markdown_escaped(rule_says(content(r), rule)),
              std::string(to_string(state)) + (r.rules[i].determining ? ", determining" : ""),
              markdown_escaped(clean(rule.because)), markdown_escaped(rule_answers(r, i)),
              words_of(to_string(rule.evidence)), joined_up_to(sources, sources.size())});
  }
}

void write_sources(MarkdownPage& page, const Recommendation& r) {
  std::vector<bool> is_cited(content(r).sources.size());
  for (std::size_t i = 0; i < r.rules.size(); ++i)
    if (r.rules[i].state == RuleState::holds || r.rules[i].state == RuleState::open)
      for (const std::size_t s : content(r).rules[i].sources) is_cited[s] = true;
  page.heading("##", "Sources");
  page.table_head({"source", "verification", "citation", "what it says"});
  for (std::size_t s = 0; s < is_cited.size(); ++s) {
    const Source& source = content(r).sources[s];
    if (is_cited[s])
      page.row({code(source.id), words_of(to_string(source.verification)), markdown_escaped(clean(source.citation)),
                markdown_escaped(clean(source.statement))});
  }
}

}  // namespace

std::string markdown_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_|<>[]#").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string write_markdown(const Recommendation& r) {
  const Summary s = summarize(r);
  MarkdownPage page;
  page.heading("#", s.headline);
  for (const std::string& note : s.notes) page.bullet(note);
  write_alerts(page, s);
  write_list(page, "Placed", s.placed);
  write_list(page, "At this re-assessment", s.disposition);
  write_list(page, "Why", s.why);
  if (!s.reason.empty()) page.labelled("Enough to know", joined_up_to(s.reason, s.reason.size(), "; "));
  write_levels(page, s);
  write_list(page, "The level", s.level);
  write_care(page, s);
  write_list(page, "Note", s.notices);
  write_question(page, s);
  write_list(page, "Available now", s.feasible);
  write_path(page, s);
  write_rules(page, r);
  write_sources(page, r);
  page.blank();
  page.paragraph(capitalized(s.footer) + ".");
  page.blank();
  page.bullet("pack digest " + r.pack.digest());
  if (!r.request.id.empty()) page.bullet("record " + clean(r.request.id));
  if (!r.request.as_of.empty()) page.bullet("as of " + clean(r.request.as_of));
  return page.take();
}

}  // namespace placement::io
