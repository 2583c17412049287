// A cohort on one page: who it is made of, what is missing, what rules did, and how it agrees with what was observed.
#include <algorithm>
#include <array>
#include <numeric>

#include "io/describe.hpp"
#include "io/describe_agreement.hpp"
#include "io/html_page.hpp"
#include "io/write_cells.hpp"
#include "io/write_lines.hpp"
#include "placement/cohort_report.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

using io::Cells;
using io::HtmlBar;
using io::HtmlCell;
using io::HtmlTable;

constexpr std::size_t kQuestionsShown = 15;

struct StatusWords {
  Status status;
  const char* meaning;
};
constexpr std::array<StatusWords, kStatusCount> kStatuses{{
    {Status::decided, "one level is possible and what must be known is"},
    {Status::undecided, "answers are missing that could change the level"},
    {Status::emergency, "act before any placement"},
    {Status::inconsistent, "answers contradict each other"},
    {Status::out_of_scope, "the pack does not speak about this person"},
}};

bool are_shown(const CellCount& part, const CellCount& whole) { return part.is_shown() && whole.is_shown(); }

double share(const CellCount& part, const CellCount& whole) {
  return whole.rows == 0 ? 0 : static_cast<double>(part.rows) / static_cast<double>(whole.rows);
}

// Lengths of a bar; none where one of the numbers was kept back.
std::vector<double> parts(const std::vector<CellCount>& list, const CellCount& whole) {
  std::vector<double> lengths;
  for (const CellCount& part : list) {
    if (!are_shown(part, whole)) return {};
    lengths.push_back(share(part, whole));
  }
  return lengths;
}

void draw(const std::vector<CellCount>& list, const CellCount& whole, HtmlCell& cell) {
  cell.parts = parts(list, whole);
  if (cell.parts.empty()) cell.text = "withheld";
}

// Rows that could be read: the whole of most shares.
CellCount read_rows(const CohortFigures& f) {
  if (!are_shown(f.invalid, f.rows)) return {0, CellCount::Seen::withheld};
  return {f.rows.rows - f.invalid.rows};
}

HtmlBar bar(const Cells& cells, const std::string& label, const CellCount& part, const CellCount& whole) {
  const std::string value =
      cells.text(part) + (are_shown(part, whole) && whole.rows > 0 ? " (" + io::share_text(part, whole) + ")" : "");
  return {label, value, parts({part}, whole)};
}

std::vector<HtmlCell> plain(const std::vector<std::string>& texts) {
  std::vector<HtmlCell> row;
  for (const std::string& text : texts) row.push_back({text, 0, {}});
  return row;
}

HtmlTable html_table(const io::CaptionedTable& from, std::size_t text_columns = 1) {
  HtmlTable table{from.caption, {}, text_columns, ""};
  for (const std::vector<std::string>& row : from.table.rows()) table.rows.push_back(plain(row));
  return table;
}

// ---- The cohort -----------------------------------------------------------------------------------------------------

void write_head(io::HtmlPage& page, const CohortReport& report, const Cells& cells) {
  const CohortFigures& f = report.figures;
  const CellCount read = read_rows(f);
  const auto status = [&](Status s) { return f.statuses[static_cast<std::size_t>(s)]; };
  page.notice(
      "Decision support, not a decision: a recommendation is for a clinician who sees the person and can check every "
      "step of it. This page counts answers of a rule pack about rows of data. It measures nobody's care, and nothing "
      "follows from it for one person.");
  const PackContent& content = report.pack.content();
  page.facts({{"Rule pack", content.id + " " + content.version},
              {"Pack digest", report.pack.digest()},
              {"Field list digest", fields_digest()},
              {"Mapping", report.mapping.empty() ? "none: rows are assessments" : report.mapping},
              {"Mapping digest", report.mapping_digest.empty() ? "-" : report.mapping_digest},
              {"Input digest (SHA-256)", report.input_digest.empty() ? "not known" : report.input_digest},
              {"Library", "placement " + std::string(kVersion)},
              {"Rows", cells.text(f.rows)},
              {"Invalid rows among them", cells.text(f.invalid)}});
  if (f.suppressed_below > 0) page.notice(io::suppression_note(f.suppressed_below));
  page.tiles({{cells.text(f.rows), "rows, " + cells.text(f.invalid) + " of them invalid"},
              {io::share_text(status(Status::decided), read), "decided"},
              {io::share_text(status(Status::undecided), read), "undecided"},
              {io::share_text(status(Status::emergency), read), "emergencies"}});
}

void write_statuses(io::HtmlPage& page, const CohortFigures& f, const Cells& cells) {
  page.section("Status");
  page.paragraph("What could be said of each row. Shares are of the rows that could be read.");
  const CellCount read = read_rows(f);
  std::vector<HtmlBar> bars;
  HtmlTable table{"Rows by status", {plain({"status", "meaning", "rows", "share"})}, 2, ""};
  for (const StatusWords& words : kStatuses) {
    const CellCount& count = f.statuses[static_cast<std::size_t>(words.status)];
    const std::string name = io::words_of(to_string(words.status));
    bars.push_back(bar(cells, name, count, read));
    table.rows.push_back(plain({name, words.meaning, cells.text(count), io::share_text(count, read)}));
  }
  table.rows.push_back(plain({"invalid", "the row could not be read", cells.text(f.invalid), ""}));
  page.chart_and_table(bars, "One bar for each status, as a share of the rows that could be read.", table);
  if (f.unsettled != CellCount{})
    page.paragraph("In " + cells.text(f.unsettled) +
                   " rows the search ran out of steps: their possible levels may be too many.");
}

void write_levels(io::HtmlPage& page, const CohortReport& report, const Cells& cells) {
  const CohortFigures& f = report.figures;
  const CellCount& decided = f.statuses[static_cast<std::size_t>(Status::decided)];
  const CellCount& undecided = f.statuses[static_cast<std::size_t>(Status::undecided)];
  page.section("Levels of care");
  page.paragraph(
      "Decided rows have one level each. An undecided row is counted at every level that is still possible for it, so "
      "that column adds up to more than its rows.");
  std::vector<HtmlBar> bars;
  HtmlTable table{"Rows by level", {plain({"level", "decided", "share", "possible, undecided", "share"})}, 1, ""};
  for (std::size_t l = f.levels.size(); l-- > 0;) {
    const std::string name = io::short_level_name(report.pack.content().levels[l]);
    bars.push_back(bar(cells, name, f.levels[l].decided, decided));
    table.rows.push_back(plain({name, cells.text(f.levels[l].decided), io::share_text(f.levels[l].decided, decided),
                                cells.text(f.levels[l].possible), io::share_text(f.levels[l].possible, undecided)}));
  }
  table.rows.push_back(plain({"rows", cells.text(decided), "", cells.text(undecided), ""}));
  page.chart_and_table(bars, "One bar for each level, most intensive first, as a share of decided rows.", table);
}

void write_sizes(io::HtmlPage& page, const CohortFigures& f, const Cells& cells) {
  const CellCount& undecided = f.statuses[static_cast<std::size_t>(Status::undecided)];
  page.section("How much undecided rows leave open");
  page.paragraph(
      "Levels still possible in each undecided row. One possible level in an undecided row means that something that "
      "must be known is missing, an alert is open, or the person may be out of scope.");
  std::vector<HtmlBar> bars;
  HtmlTable table{"Undecided rows by number of possible levels", {plain({"possible levels", "rows", "share"})}, 1, ""};
  for (std::size_t k = 0; k < f.sizes.size(); ++k) {
    if (k == 0 && f.sizes[0] == CellCount{}) continue;
    bars.push_back(bar(cells, io::counted(k, "level"), f.sizes[k], undecided));
    table.rows.push_back(plain({std::to_string(k), cells.text(f.sizes[k]), io::share_text(f.sizes[k], undecided)}));
  }
  page.chart_and_table(bars, "One bar for each number of possible levels, as a share of undecided rows.", table);
}

// Numbers of `count` things by what `rows` says of each, most first, ties in order.
template <class F>
std::vector<std::size_t> most_first(std::size_t count, F&& rows) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows(a) > rows(b); });
  return order;
}

void write_missing(io::HtmlPage& page, const CohortFigures& f, const Cells& cells) {
  const CellCount read = read_rows(f);
  page.section("What is known");
  page.paragraph(
      "Each field in the rows that could be read. Partly known means that some values are ruled out, as in \"adult\" "
      "for "
      "the age. Unknown is never taken for no. Fields with most unknown rows come first.");
  page.legend({"known", "partly known", "unknown"});
  HtmlTable table{"Fields by how often they are known",
                  {plain({"field", "", "known", "partly known", "unknown", "unknown, share"})},
                  1,
                  "bars"};
  std::vector<std::string> never;
  for (const std::size_t i : most_first(kFieldCount, [&](std::size_t at) { return f.fields[at].unknown.rows; })) {
    const CohortFigures::OfField& of = f.fields[i];
    const std::string label = io::field_label(static_cast<Field>(i));
    if (of.known == CellCount{} && of.partly_known == CellCount{}) {
      never.push_back(label);
      continue;
    }
    std::vector<HtmlCell> row = plain({label, "", cells.text(of.known), cells.text(of.partly_known),
                                       cells.text(of.unknown), io::share_text(of.unknown, read)});
    draw({of.known, of.partly_known, of.unknown}, read, row[1]);
    table.rows.push_back(std::move(row));
  }
  page.table(table);
  if (!never.empty())
    page.paragraph("Unknown in every row (" + io::counted(never.size(), "field") + "): " + io::joined(never) + ".");
}

void write_questions(io::HtmlPage& page, const CohortFigures& f, const Cells& cells) {
  const CellCount asked{f.questions};
  const bool is_sample = f.questions < f.rows.rows - f.invalid.rows;
  if (is_sample && f.questions == 0) return;  // nobody worked them out
  const std::string rows = is_sample ? "rows of the sample" : "rows that could be read";
  page.section("Which unknown would decide most");
  page.paragraph(
      "The question that would be asked next in each row: first what must be known, then what is expected to narrow "
      "the levels most. A field that leads here is worth collecting. " +
      (is_sample ? "Worked out for a sample of " + io::counted(f.questions, "row") + ", drawn by chance. " : "") +
      cells.text(f.asks_nothing) + " rows ask nothing more.");
  std::vector<HtmlBar> bars;
  HtmlTable table{"Next question by field", {plain({"field", "rows", "share"})}, 1, ""};
  std::size_t others = 0;
  for (const std::size_t i : most_first(kFieldCount, [&](std::size_t at) { return f.fields[at].next.rows; })) {
    const CellCount& next = f.fields[i].next;
    if (next == CellCount{}) continue;
    if (bars.size() == kQuestionsShown) {
      ++others;
      continue;
    }
    bars.push_back(bar(cells, io::field_label(static_cast<Field>(i)), next, asked));
    table.rows.push_back(
        plain({io::field_label(static_cast<Field>(i)), cells.text(next), io::share_text(next, asked)}));
  }
  if (bars.empty()) return page.paragraph("No row asks anything.");
  page.chart_and_table(bars, "One bar for each field that would be asked next, as a share of " + rows + ".", table);
  if (others > 0) page.paragraph(io::counted(others, "more field") + " would be asked next in fewer rows each.");
}

std::string what_it_does(const PackContent& content, const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::require:
      return "demands " + io::short_level_name(content.levels[rule.target]);
    case RuleKind::capability:
      return "needs " + content.capabilities[rule.target].name;
    case RuleKind::offer:
      return "offers " + content.services[rule.target].name;
    case RuleKind::avoid:
      return "avoids " + content.services[rule.target].name;
    case RuleKind::alert:
      return "alert: " + std::string(to_string(rule.urgency));
    case RuleKind::continued_stay:
    case RuleKind::out_of_scope:
      break;
  }
  return io::words_of(to_string(rule.kind));
}

void write_rules(io::HtmlPage& page, const CohortReport& report, const Cells& cells) {
  const CohortFigures& f = report.figures;
  const PackContent& content = report.pack.content();
  const CellCount read = read_rows(f);
  page.section("Rules");
  page.paragraph(
      "How often each rule holds whatever the unknown answers are, and how often it is one of the rules that determine "
      "the level. Only rules that demand a level can determine it.");
  HtmlTable table{
      "Rules by how often they hold", {plain({"rule", "what it does", "", "holds", "share", "determines"})}, 2, "bars"};
  std::vector<std::string> never;
  for (const std::size_t r : most_first(f.rules.size(), [&](std::size_t at) { return f.rules[at].holds.rows; })) {
    const CohortFigures::OfRule& of = f.rules[r];
    if (of.holds == CellCount{}) {
      never.push_back(content.rules[r].id);
      continue;
    }
    std::vector<HtmlCell> row = plain({content.rules[r].id, what_it_does(content, content.rules[r]), "",
                                       cells.text(of.holds), io::share_text(of.holds, read),
                                       content.rules[r].kind == RuleKind::require ? cells.text(of.determines) : "-"});
    draw({of.holds}, read, row[2]);
    table.rows.push_back(std::move(row));
  }
  page.table(table);
  if (!never.empty())
    page.paragraph("Certain in no row (" + io::counted(never.size(), "rule") + "): " + io::joined(never) + ".");
}

// ---- Agreement ------------------------------------------------------------------------------------------------------

// The confusion table: the darker, the nearer to its largest count.
HtmlTable heat_table(const io::CaptionedTable& from, const Agreement& a) {
  HtmlTable table = html_table(from);
  CellCount largest;
  for (const std::vector<CellCount>& row : a.confusion)
    for (const CellCount& cell : row) largest.rows = std::max(largest.rows, cell.rows);
  for (std::size_t r = 0; r < a.confusion.size(); ++r)
    for (std::size_t c = 0; c < a.confusion[r].size(); ++c)
      table.rows[r + 1][c + 1].heat = share(a.confusion[r][c], largest);
  return table;
}

void write_matches(io::HtmlPage& page, const Cells& cells, const Comparison& of, Match first, Match last,
                   const CellCount& whole, const io::CaptionedTable& table) {
  std::vector<HtmlBar> bars;
  for (auto m = static_cast<std::size_t>(first); m <= static_cast<std::size_t>(last); ++m) {
    const std::string words = io::match_words(static_cast<Match>(m));
    bars.push_back(bar(cells, words.substr(0, words.find(':')), of.matches[m], whole));
  }
  page.chart_and_table(bars, "One bar for each way the observed level can lie beside the recommendation.",
                       html_table(table));
}

void write_agreement_part(io::HtmlPage& page, const Agreement& a) {
  const Cells cells(a.suppressed_below);
  page.section("Agreement with the observed level");
  page.paragraph("Observed is: " + a.design.observed + ".");
  for (const std::string& caveat : io::agreement_caveats()) page.paragraph(caveat);
  const auto paragraphs = [&](const io::AgreementSection& section) {
    page.subsection(section.title);
    for (const std::string& paragraph : section.paragraphs) page.paragraph(paragraph);
  };
  const io::AgreementSection rows = io::rows_section(a), decided = io::decided_section(a),
                             undecided = io::undecided_section(a);
  paragraphs(rows);
  for (const io::CaptionedTable& table : rows.tables) page.table(html_table(table));
  paragraphs(decided);
  if (!decided.tables.empty()) {
    page.table(heat_table(decided.tables[0], a));
    write_matches(page, cells, a.all, Match::under, Match::over, a.all.compared, decided.tables[1]);
    page.table(html_table(decided.tables[2]));
  }
  paragraphs(undecided);
  if (!undecided.tables.empty()) {
    write_matches(page, cells, a.all, Match::too_low, Match::too_high, a.all.undecided, undecided.tables[0]);
    page.table(html_table(undecided.tables[1]));
  }
  for (const io::AgreementSection& section : io::subgroup_sections(a)) {
    paragraphs(section);
    for (const io::CaptionedTable& table : section.tables) page.table(html_table(table));
  }
  if (a.outcomes.empty()) return;
  const io::AgreementSection outcomes = io::outcome_section(a);
  page.section(outcomes.title);
  for (const std::string& paragraph : outcomes.paragraphs) page.notice(paragraph);
  for (const io::CaptionedTable& table : outcomes.tables) page.table(html_table(table));
}

void write_limits(io::HtmlPage& page, const CohortReport& report) {
  page.section("What these figures cannot tell");
  std::vector<std::string> items{
      "Whether a recommendation was right. There is no gold standard for the level a person needs.",
      "How a population is made up: the rows are those that were handed in, with whatever led to that.",
      "What a missing answer would have been. Unknown answers are rarely missing by chance.",
      "What a level does to people. Whoever was placed otherwise differed from the start.",
  };
  if (!report.mapping.empty())
    items.emplace_back("What the mapping of columns to answers lost; its own notes say what that is.");
  page.list(items);
  for (const std::string& limit : report.pack.content().about.limits) page.paragraph("Limit of the pack: " + limit);
}

}  // namespace

std::string write_report(const CohortReport& report) {
  const Cells cells(report.figures.suppressed_below);
  io::HtmlPage page;
  write_head(page, report, cells);
  write_statuses(page, report.figures, cells);
  write_levels(page, report, cells);
  write_sizes(page, report.figures, cells);
  write_questions(page, report.figures, cells);
  write_missing(page, report.figures, cells);
  write_rules(page, report, cells);
  if (report.agreement) write_agreement_part(page, *report.agreement);
  write_limits(page, report);
  const PackContent& content = report.pack.content();
  return page.finish("Cohort report", content.title,
                     "Made by placement " + std::string(kVersion) + " with " + content.id + " " + content.version +
                         ". The page loads nothing and sends nothing.");
}

}  // namespace placement
