// A recommendation for a terminal: readable in a quarter of a minute, 100 columns, no colour.
//
// The first line is the answer. Then one block per question a clinician asks, in the order of urgency; blocks without
// content are left out, long lists are cut with a pointer to the full JSON.
#include <algorithm>
#include <string_view>

#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_summary.hpp"

namespace placement::io {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kLabelColumns = 23;
constexpr std::size_t kMostWhy = 3;
constexpr std::size_t kMostFacts = 5;
constexpr std::size_t kMostHolding = 1;
constexpr std::size_t kMostNotices = 2;
constexpr std::size_t kMostDemands = 1;
constexpr std::size_t kMostServices = 5;
constexpr std::size_t kMostOfGroup = 1;
constexpr std::size_t kMostCriteria = 3;  // at the first stop; later ones are further off
constexpr std::size_t kMostLaterCriteria = 1;
constexpr std::size_t kMostAsked = 6;
constexpr std::string_view kSeeAll = " (see --format json)";

class Page {
 public:
  /// `lead` before the first line, spaces of the same width before the others.
  void line(std::string_view lead, std::string_view text) {
    const std::string indent(code_points(lead), ' ');
    bool is_first = true;
    for (const std::string& part : wrapped(text, kColumns - indent.size())) {
      text_.append(is_first ? lead : std::string_view(indent)).append(part).append("\n");
      is_first = false;
    }
  }
  void heading(std::string_view title) { text_.append("\n").append(title).append("\n"); }
  /// At most `limit` of `lines` as bullets, then how many more there are.
  void bullets(std::string_view lead, const std::vector<std::string>& lines, std::size_t limit) {
    const std::size_t shown = lines.size() <= limit + 1 ? lines.size() : limit;
    for (std::size_t i = 0; i < shown; ++i) line(lead, lines[i]);
    if (shown < lines.size()) line(lead, ("and " + std::to_string(lines.size() - shown) + " more").append(kSeeAll));
  }
  void labelled(std::string_view label, std::string_view text) {
    std::string lead = "  " + std::string(label);
    lead.resize(std::max(lead.size() + 1, kLabelColumns), ' ');
    line(lead, text);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_alerts(Page& page, const Summary& s) {
  if (s.alerts.empty() && s.rule_out.empty()) return;
  page.heading(s.alerts.empty() ? "RULE OUT FIRST" : "DO NOW");
  for (const AlertSummary& alert : s.alerts) {
    const std::string mark = alert.mark.empty() ? "" : " (" + alert.mark + ")";
    page.line(alert.urgency == Urgency::stop ? "  STOP    " : "  URGENT  ", alert.because + mark);
    if (!alert.is_handled) page.line("          -> ", alert.action);
  }
  if (!s.rule_out.empty())
    page.line(s.alerts.empty() ? "  " : "  Also rule out: ",
              (s.alerts.empty() ? "emergencies that depend on " : "") + s.rule_out);
}

void write_why(Page& page, const Summary& s) {
  if (!s.why.empty()) {
    page.heading("WHY");
    page.bullets("  - ", s.why, kMostWhy);
    if (!s.reason.empty()) page.line("  Enough to know: ", joined_up_to(s.reason, kMostFacts, "; "));
  }
  if (s.levels.empty()) return;
  page.heading("STILL POSSIBLE, and what could demand it");
  for (const LevelSummary& level : s.levels) {
    page.line("  ", level.name + (level.demands.empty() ? ", where nothing demands more" : ""));
    const std::size_t shown = std::min(kMostDemands, level.demands.size());
    for (std::size_t i = 0; i < shown; ++i)
      page.line("    - ", level.demands[i] + (i + 1 == shown && shown < level.demands.size()
                                                  ? "; and " + counted(level.demands.size() - shown, "more rule")
                                                  : ""));
  }
}

void write_others(Page& page, const std::vector<std::string>& others, std::size_t left_out) {
  page.labelled("other services", joined_up_to(others, others.size(), "; ") +
                                      (left_out > 0 ? ", and " + std::to_string(left_out) + " more" : ""));
}

void write_care(Page& page, const Summary& s) {
  if (s.care.empty()) return;
  page.heading("BESIDE IT");
  std::vector<std::string> others;  // one or two of each group: the whole list is in the other formats
  std::size_t left_out = 0;
  for (const CareRow& row : s.care) {
    if (row.weight == CareRow::Weight::other) {
      const std::size_t shown = std::min(row.items.size(), kMostOfGroup);
      others.insert(others.end(), row.items.begin(), row.items.begin() + static_cast<std::ptrdiff_t>(shown));
      left_out += row.items.size() - shown;
      continue;
    }
    if (!others.empty()) write_others(page, others, left_out);
    others.clear();
    const bool is_avoid = row.weight == CareRow::Weight::avoid;
    page.labelled(row.label, joined_up_to(is_avoid ? row.with_notes() : row.items, is_avoid ? 2 : kMostServices, "; "));
  }
  if (!others.empty()) write_others(page, others, left_out);
}

void write_question(Page& page, const Summary& s) {
  if (s.question.empty()) return;
  page.heading("ASK NEXT");
  page.line("  ", s.question);
  page.line("    ", "(" + s.question_answers + ")");
  page.line("    ", capitalized(s.question_why) + ".");
  if (!s.ask_then.empty()) page.line("  Then: ", joined_up_to(s.ask_then, kMostAsked));
}

void write_path(Page& page, const Summary& s) {
  if (s.path.empty()) return;
  page.heading("PATH DOWN");
  std::size_t number = 0;
  for (const StopSummary& stop : s.path) {
    const std::string lead = "  " + std::to_string(++number) + ". ";
    page.line(lead, stop.name + " (" + stop.stay + ")");
    for (const std::string& note : stop.notes) page.line("     ", note);
    if (!stop.criteria.empty()) page.line("     ", "to move on:");
    page.bullets("     - ", stop.criteria, number == 1 ? kMostCriteria : kMostLaterCriteria);
  }
}

void write_block(Page& page, std::string_view title, const std::vector<std::string>& lines, std::size_t limit) {
  if (lines.empty()) return;
  page.heading(title);
  page.line("  ", lines.front());
  page.bullets("  - ", {lines.begin() + 1, lines.end()}, limit);
}

}  // namespace

std::string write_text(const Recommendation& r) {
  const Summary s = summarize(r);
  Page page;
  page.line("", s.headline);
  for (const std::string& note : s.notes)
    page.line("  ", r.status == Status::decided && &note == &s.notes.front() ? first_sentence(note) : note);
  if (!s.hours.empty()) page.line("  ", s.hours);
  write_alerts(page, s);
  write_block(page, "PLACED", s.placed, s.placed.size());
  write_block(page, "AT THIS RE-ASSESSMENT", s.disposition, kMostHolding);
  write_why(page, s);
  write_care(page, s);
  if (!s.notices.empty()) {
    page.heading("NOTE");
    page.bullets("  - ", s.notices, kMostNotices);
  }
  write_question(page, s);
  write_block(page, "AVAILABLE NOW", s.feasible, s.feasible.size());
  write_path(page, s);
  page.heading("--");
  page.line("", s.footer);
  return page.take();
}

}  // namespace placement::io
