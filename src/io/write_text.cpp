// A recommendation for a terminal: readable in a quarter of a minute.
//
// The first line is the answer. Then one block per question a clinician asks, in the order of urgency; blocks without
// content are left out, long lists are cut with a pointer to the full JSON. Everything to do now and everything to
// avoid is said in full: what is cut is explanation, and stops of the path that are further off.
#include <algorithm>
#include <string_view>

#include "io/page.hpp"
#include "io/write_formats.hpp"
#include "io/write_summary.hpp"

namespace placement::io {
namespace {

constexpr std::size_t kLabelColumns = 23;
constexpr std::size_t kMostWhy = 2;
constexpr std::size_t kMostFacts = 3;
constexpr std::size_t kMostHolding = 1;
constexpr std::size_t kMostNotices = 2;
constexpr std::size_t kManyAlerts = 2;  // so many say most of what the notices would
constexpr std::size_t kMostDemands = 1;
constexpr std::size_t kMostServices = 5;
constexpr std::size_t kMostOpen = 3;
constexpr std::size_t kMostOthers = 3;
constexpr std::size_t kMostCriteria = 2;  // at the first stop; later ones are further off
constexpr std::size_t kMostAsked = 6;

/// A label in a column of its own.
void labelled(Page& page, std::string_view label, std::string_view text) {
  std::string lead = "  " + std::string(label);
  lead.resize(std::max(lead.size() + 1, kLabelColumns), ' ');
  page.line(lead, text);
}

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

void write_care(Page& page, const Summary& s) {
  if (s.care.empty()) return;
  page.heading("BESIDE IT");
  // Of each group one before any second one; the rest is in the other formats.
  std::vector<std::string> firsts, seconds;
  const auto write_others = [&] {
    if (firsts.empty()) return;
    firsts.insert(firsts.end(), seconds.begin(), seconds.end());
    labelled(page, "other services", joined_up_to(firsts, kMostOthers, "; "));
    firsts.clear();
  };
  for (const CareRow& row : s.care) {
    if (row.weight == CareRow::Weight::other) {
      firsts.push_back(row.items.front());
      seconds.insert(seconds.end(), row.items.begin() + 1, row.items.end());
      continue;
    }
    write_others();
    const bool is_avoid = row.weight == CareRow::Weight::avoid;
    const std::vector<std::string>& items = is_avoid ? row.with_notes() : row.items;
    labelled(page, row.label,
             joined_up_to(items,
                          is_avoid                              ? items.size()
                          : row.weight == CareRow::Weight::open ? kMostOpen
                                                                : kMostServices,
                          "; "));
  }
  write_others();
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
    if (number > 1) {  // named with the first thing that must be so, never with a number of days alone
      page.line(lead,
                stop.name + (stop.criteria.empty() ? "" : "; to move on: " + joined_up_to(stop.criteria, 1, "; ")));
    } else {
      page.line(lead, stop.name + ", " + stop.clock + (stop.criteria.empty() ? "" : "; to move on:"));
      page.bullets("     - ", stop.criteria, kMostCriteria);
    }
    for (const std::string& note : stop.notes) page.line("     ", note);
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
  if (r.status != Status::decided)  // what a level is in general stands in the other formats
    for (const std::string& note : s.notes) page.line("  ", note);
  if (!s.hours.empty()) page.line("  ", s.hours);
  write_alerts(page, s);
  write_block(page, "PLACED", s.placed, s.placed.size());
  write_block(page, "AT THIS RE-ASSESSMENT", s.disposition, kMostHolding);
  write_why(page, s);
  write_care(page, s);
  if (!s.notices.empty()) {
    page.heading("NOTE");
    page.bullets("  - ", s.notices, s.alerts.size() >= kManyAlerts ? 1 : kMostNotices);
  }
  write_question(page, s);
  write_block(page, "AVAILABLE NOW", s.feasible, s.feasible.size());
  write_path(page, s);
  page.heading(s.footer);
  return page.take();
}

}  // namespace placement::io
