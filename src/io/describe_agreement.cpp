#include "io/describe_agreement.hpp"

#include <array>

#include "io/describe.hpp"
#include "io/write_cells.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
namespace {

constexpr std::array<Match, 3> kDecided{Match::under, Match::matched, Match::over};
constexpr std::array<Match, 4> kUndecided{Match::too_low, Match::among, Match::between, Match::too_high};

constexpr std::array<const char*, kMatchCount> kMatchWords{
    "under: observed below the recommended level",      "matched: observed is the recommended level",
    "over: observed above the recommended level",       "too low: observed below every possible level",
    "possible: observed is one of the possible levels", "ruled out: observed is not possible, others around it are",
    "too high: observed above every possible level",
};

// Status by status, those that compare first.
constexpr std::array<Status, kStatusCount> kStatuses{Status::decided, Status::undecided, Status::emergency,
                                                     Status::inconsistent, Status::out_of_scope};

std::string level_name(const Agreement& a, std::size_t level) {
  return short_level_name(a.pack.content().levels[level]);
}

const CellCount& of(const Comparison& c, Match match) { return c.matches[static_cast<std::size_t>(match)]; }

template <std::size_t N>
TextTable match_table(const Cells& cells, const Comparison& c, const std::array<Match, N>& matches,
                      const CellCount& whole, const std::string& total) {
  TextTable table;
  table.add({"observed level", "rows", "share", "95 % interval"});
  for (const Match m : matches)
    table.add({match_words(m), cells.text(of(c, m)), share_text(of(c, m), whole), interval_text(of(c, m), whole)});
  table.add({total, cells.text(whole), "", ""});
  return table;
}

TextTable confusion_table(const Cells& cells, const Agreement& a) {
  TextTable table;
  std::vector<std::string> head{"recommended \\ observed"};
  for (std::size_t c = 0; c < a.confusion.size(); ++c) head.push_back(level_name(a, c));
  head.emplace_back("total");
  table.add(std::move(head));
  for (std::size_t r = 0; r < a.confusion.size(); ++r) {
    std::vector<std::string> row{level_name(a, r)};
    for (const CellCount& cell : a.confusion[r]) row.push_back(cells.text(cell));
    row.push_back(cells.text(a.recommended[r]));
    table.add(std::move(row));
  }
  std::vector<std::string> total{"total"};
  for (const CellCount& cell : a.observed) total.push_back(cells.text(cell));
  total.push_back(cells.text(a.all.compared));
  table.add(std::move(total));
  return table;
}

TextTable prevalence_table(const Agreement& a) {
  TextTable table;
  table.add({"level", "recommended", "observed"});
  for (std::size_t l = a.recommended.size(); l-- > 0;)
    table.add(
        {level_name(a, l), share_text(a.recommended[l], a.all.compared), share_text(a.observed[l], a.all.compared)});
  return table;
}

std::vector<std::string> kappa_sentences(const Agreement& a) {
  const Comparison& c = a.all;
  std::vector<std::string> lines;
  if (c.kappa.undefined == Kappa::Undefined::no_rows) {
    lines.emplace_back("No decided row has an observed level: there is nothing to compare, and kappa is not defined.");
    return lines;
  }
  if (c.kappa.undefined == Kappa::Undefined::suppressed) {
    lines.emplace_back("Kappa and chance agreement are withheld: the counts they follow from are.");
    return lines;
  }
  lines.push_back("Matched: " + share_text(of(c, Match::matched), c.compared) +
                  " of decided rows. By chance alone it "
                  "would be " +
                  chance_text(c.chance) + ", were the same shares of levels dealt out at random.");
  if (c.kappa.undefined == Kappa::Undefined::one_level) {
    lines.emplace_back(
        "Recommended and observed are one and the same level in all rows: no disagreement was possible, and kappa is "
        "not defined.");
    return lines;
  }
  lines.push_back("Kappa " + kappa_text(c.kappa) + ", every disagreement alike; " + kappa_text(c.weighted) +
                  " where a disagreement weighs the square of the levels between. With these shares of levels kappa "
                  "could be " +
                  decimal(*c.ceiling, 2) + " at most.");
  if (a.options.replicates > 0)
    lines.push_back("Intervals of kappa: 95 %, percentiles of " + std::to_string(a.options.replicates) +
                    " bootstrap resamples of the rows, seed " + std::to_string(a.options.seed) +
                    (c.kappa.without_value == 0
                         ? "."
                         : "; " + std::to_string(c.kappa.without_value) + " of them had no kappa and are left out."));
  return lines;
}

CaptionedTable decided_by_value(const Cells& cells, const Agreement::OfSubgroup& subgroup, const std::string& name) {
  TextTable table;
  table.add({name, "rows", "decided", "under", "matched", "over", "matched, 95 %", "kappa", "weighted kappa"});
  for (const Agreement::OfSubgroup::Value& value : subgroup.values) {
    const Comparison& c = value.figures;
    std::vector<std::string> row{value.value.empty() ? "(missing)" : clean(value.value), cells.text(c.rows),
                                 cells.text(c.compared)};
    for (const Match m : kDecided) row.push_back(cells.text(of(c, m)));
    row.push_back(interval_text(of(c, Match::matched), c.compared));
    row.push_back(kappa_text(c.kappa));
    row.push_back(kappa_text(c.weighted));
    table.add(std::move(row));
  }
  return {"Decided rows by " + name, std::move(table)};
}

CaptionedTable undecided_by_value(const Cells& cells, const Agreement::OfSubgroup& subgroup, const std::string& name) {
  TextTable table;
  table.add({name, "undecided", "too low", "possible", "ruled out", "too high", "possible, 95 %", "by chance"});
  for (const Agreement::OfSubgroup::Value& value : subgroup.values) {
    const Comparison& c = value.figures;
    std::vector<std::string> row{value.value.empty() ? "(missing)" : clean(value.value), cells.text(c.undecided)};
    for (const Match m : kUndecided) row.push_back(cells.text(of(c, m)));
    row.push_back(interval_text(of(c, Match::among), c.undecided));
    row.push_back(chance_text(c.among_by_chance));
    table.add(std::move(row));
  }
  return {"Undecided rows by " + name, std::move(table)};
}

}  // namespace

const std::vector<std::string>& agreement_caveats() {
  static const std::vector<std::string> kLines{
      "Agreement says how often two answers are the same, not which of them is right. Where a person was seen depends "
      "on beds, payers, courts and distance as well as on need.",
      "Rows count alike. If several are about one person they are not independent, and every interval is too narrow.",
      "A recommendation is decision support for a clinician who sees the person; no figure here judges anybody's care.",
  };
  return kLines;
}

std::string suppression_note(std::uint64_t below) {
  if (below == 0) return "";
  const std::string n = std::to_string(below);
  return "Counts from 1 to " + std::to_string(below - 1) + " are shown as <" + n +
         ". Others are withheld where such a count could be worked out from them, and shares and coefficients go with "
         "their counts. What this report and another one show together is not guarded.";
}

std::string match_words(Match match) { return kMatchWords[static_cast<std::size_t>(match)]; }

AgreementSection rows_section(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  AgreementSection section{"Rows", {}, {}};
  TextTable statuses;
  statuses.add({"status", "with an observed level", "without"});
  for (const Status s : kStatuses) {
    const Agreement::OfStatus& status = a.statuses[static_cast<std::size_t>(s)];
    statuses.add({words_of(to_string(s)), cells.text(status.observed), cells.text(status.excluded)});
  }
  statuses.add({"invalid, could not be read", "", cells.text(a.invalid)});
  section.paragraphs.push_back(cells.text(a.all.rows) +
                               " rows. Compared are decided and undecided rows with an observed level; the others are "
                               "counted here and nowhere else.");
  section.tables.push_back({"Rows by status", std::move(statuses)});
  if (!a.excluded.empty()) {
    TextTable excluded;
    excluded.add({"why no level is observed", "rows"});
    for (const Agreement::Excluded& e : a.excluded) excluded.add({clean(e.reason), cells.text(e.rows)});
    section.tables.push_back({"Rows without an observed level", std::move(excluded)});
  }
  return section;
}

AgreementSection decided_section(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  AgreementSection section{"Decided rows", kappa_sentences(a), {}};
  if (a.all.compared == CellCount{}) return section;
  section.tables.push_back({"Recommended against observed level, decided rows", confusion_table(cells, a)});
  section.tables.push_back(
      {"Under, matched, over", match_table(cells, a.all, kDecided, a.all.compared, "decided rows")});
  section.tables.push_back({"Shares of levels among decided rows", prevalence_table(a)});
  return section;
}

AgreementSection undecided_section(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  AgreementSection section{"Undecided rows", {}, {}};
  if (a.all.undecided == CellCount{}) {
    section.paragraphs.emplace_back("No undecided row has an observed level.");
    return section;
  }
  section.paragraphs.emplace_back(
      "Where several levels are possible the observed one can be ruled out, but not confirmed. The fewer levels are "
      "possible, the more a possible one says.");
  if (a.all.among_by_chance)
    section.paragraphs.push_back("Possible: " + share_text(of(a.all, Match::among), a.all.undecided) +
                                 ". By chance alone it would be " + chance_text(a.all.among_by_chance) +
                                 ", were the observed levels dealt out at random over these rows.");
  section.tables.push_back({"Observed against possible levels, undecided rows",
                            match_table(cells, a.all, kUndecided, a.all.undecided, "undecided rows")});
  TextTable sizes;
  sizes.add({"possible levels", "rows", "observed one of them", "share"});
  for (std::size_t k = 0; k < a.sizes.size(); ++k)
    if (k > 0 || a.sizes[k].rows != CellCount{})
      sizes.add({std::to_string(k), cells.text(a.sizes[k].rows), cells.text(a.sizes[k].among),
                 share_text(a.sizes[k].among, a.sizes[k].rows)});
  section.tables.push_back({"Undecided rows by how many levels are possible", std::move(sizes)});
  if (a.unsettled != CellCount{})
    section.paragraphs.push_back("In " + cells.text(a.unsettled) +
                                 " of these rows the search ran out of steps: their possible levels may be too many.");
  return section;
}

std::vector<AgreementSection> subgroup_sections(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  std::vector<AgreementSection> sections;
  for (std::size_t s = 0; s < a.subgroups.size(); ++s) {
    const AgreementDesign::Subgroup& declared = a.design.subgroups[s];
    const std::string name = clean(declared.name.empty() ? declared.id : declared.name);
    AgreementSection section{"By " + name, {}, {}};
    if (a.subgroups[s].has_too_many_values) {
      section.paragraphs.push_back("More than " + std::to_string(AgreementTally::kMaxSubgroupValues) +
                                   " different values: not a subgroup, not shown.");
    } else {
      if (a.all.compared != CellCount{}) section.tables.push_back(decided_by_value(cells, a.subgroups[s], name));
      if (a.all.undecided != CellCount{}) section.tables.push_back(undecided_by_value(cells, a.subgroups[s], name));
    }
    sections.push_back(std::move(section));
  }
  return sections;
}

AgreementSection outcome_section(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  AgreementSection section{"Outcomes", {}, {}};
  if (a.outcomes.empty()) return section;
  section.paragraphs.emplace_back(
      "No effect of a level can be read from these tables: the groups differ in need, in what they were offered and in "
      "who stayed to be counted. Shares are of the rows where the outcome is known.");
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    TextTable table;
    table.add({"observed level", "yes", "no", "missing", "share of yes", "95 % interval"});
    for (std::size_t m = 0; m < kMatchCount; ++m) {
      const Agreement::OfOutcome::Counts& c = a.outcomes[o].by[m];
      const bool is_shown = c.yes.is_shown() && c.no.is_shown();
      const CellCount known{is_shown ? c.yes.rows + c.no.rows : 0,
                            is_shown ? CellCount::Seen::shown : CellCount::Seen::withheld};
      table.add({match_words(static_cast<Match>(m)), cells.text(c.yes), cells.text(c.no), cells.text(c.missing),
                 share_text(c.yes, known), interval_text(c.yes, known)});
    }
    section.tables.push_back(
        {clean(a.design.outcomes[o].id) + ": " + clean(a.design.outcomes[o].definition), std::move(table)});
  }
  return section;
}

}  // namespace placement::io
