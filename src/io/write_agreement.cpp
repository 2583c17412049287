// Agreement as text, Markdown and JSON.
#include "io/describe_agreement.hpp"
#include "io/json_parts.hpp"
#include "io/sections.hpp"
#include "io/write_cells.hpp"
#include "placement/cohort_report.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

using io::Cells;
using io::Json;

Json share_json(const Cells& cells, const CellCount& part, const CellCount& whole) {
  return {{"rows", cells.json(part)},
          {"percent", io::percent_json(part, whole)},
          {"interval", io::interval_json(part, whole)}};
}

Json chance_json(const std::optional<double>& share) {
  return share ? io::decimal_json(*share * 100, 1) : Json(nullptr);
}

Json comparison_json(const Cells& cells, const Comparison& c, int digits) {
  Json matches = Json::object();
  for (std::size_t m = 0; m < kMatchCount; ++m) {
    const auto match = static_cast<Match>(m);
    matches[std::string(to_string(match))] =
        share_json(cells, c.matches[m], match <= Match::over ? c.compared : c.undecided);
  }
  return {{"rows", cells.json(c.rows)},
          {"decided", cells.json(c.compared)},
          {"undecided", cells.json(c.undecided)},
          {"matches", std::move(matches)},
          {"matched_by_chance_percent", chance_json(c.chance)},
          {"kappa", io::kappa_json(c.kappa, digits)},
          {"weighted_kappa", io::kappa_json(c.weighted, digits)},
          {"kappa_at_most", c.ceiling ? io::decimal_json(*c.ceiling, digits) : Json(nullptr)},
          {"among_by_chance_percent", chance_json(c.among_by_chance)}};
}

Json cells_json(const Cells& cells, const std::vector<CellCount>& list) {
  Json array = Json::array();
  for (const CellCount& cell : list) array.push_back(cells.json(cell));
  return array;
}

Json subgroups_json(const Cells& cells, const Agreement& a, int digits) {
  Json subgroups = Json::array();
  for (std::size_t s = 0; s < a.subgroups.size(); ++s) {
    Json values = Json::array();
    for (const Agreement::OfSubgroup::Value& value : a.subgroups[s].values)
      values.push_back({{"value", value.value.empty() ? Json(nullptr) : Json(io::clean(value.value))},
                        {"figures", comparison_json(cells, value.figures, digits)}});
    subgroups.push_back({{"id", io::clean(a.design.subgroups[s].id)},
                         {"name", io::clean(a.design.subgroups[s].name)},
                         {"has_too_many_values", a.subgroups[s].has_too_many_values},
                         {"values", std::move(values)}});
  }
  return subgroups;
}

Json outcomes_json(const Cells& cells, const Agreement& a) {
  Json outcomes = Json::array();
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    Json by = Json::object();
    for (std::size_t m = 0; m < kMatchCount; ++m) {
      const Agreement::OfOutcome::Counts& c = a.outcomes[o].by[m];
      by[std::string(to_string(static_cast<Match>(m)))] = {
          {"yes", cells.json(c.yes)}, {"no", cells.json(c.no)}, {"missing", cells.json(c.missing)}};
    }
    outcomes.push_back({{"id", io::clean(a.design.outcomes[o].id)},
                        {"definition", io::clean(a.design.outcomes[o].definition)},
                        {"by", std::move(by)}});
  }
  return outcomes;
}

std::string write_agreement_json(const Agreement& a) {
  const Cells cells(a.suppressed_below);
  const int digits = a.suppressed_below == 0 ? 4 : 2;
  Json levels = Json::array(), confusion = Json::array(), sizes = Json::array(), statuses = Json::object(),
       excluded = Json::array();
  for (const CareLevel& level : a.pack.content().levels) levels.push_back(level.id);
  for (const std::vector<CellCount>& row : a.confusion) confusion.push_back(cells_json(cells, row));
  for (std::size_t k = 0; k < a.sizes.size(); ++k)
    sizes.push_back({{"possible", k}, {"rows", cells.json(a.sizes[k].rows)}, {"among", cells.json(a.sizes[k].among)}});
  for (std::size_t s = 0; s < kStatusCount; ++s)
    statuses[std::string(to_string(static_cast<Status>(s)))] = {{"observed", cells.json(a.statuses[s].observed)},
                                                                {"excluded", cells.json(a.statuses[s].excluded)}};
  for (const Agreement::Excluded& e : a.excluded)
    excluded.push_back({{"reason", io::clean(e.reason)}, {"rows", cells.json(e.rows)}});
  const Json json{{"library", kVersion},
                  {"pack", io::pack_json(a.pack)},
                  {"observed_is", io::clean(a.design.observed)},
                  {"suppressed_below", a.suppressed_below == 0 ? Json(nullptr) : Json(a.suppressed_below)},
                  {"bootstrap", {{"replicates", a.options.replicates}, {"seed", a.options.seed}}},
                  {"statuses", std::move(statuses)},
                  {"invalid", cells.json(a.invalid)},
                  {"unsettled", cells.json(a.unsettled)},
                  {"excluded", std::move(excluded)},
                  {"levels", std::move(levels)},
                  {"confusion", std::move(confusion)},
                  {"recommended", cells_json(cells, a.recommended)},
                  {"observed", cells_json(cells, a.observed)},
                  {"all", comparison_json(cells, a.all, digits)},
                  {"sizes", std::move(sizes)},
                  {"subgroups", subgroups_json(cells, a, digits)},
                  {"outcomes", outcomes_json(cells, a)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_section(io::Sections& page, const io::AgreementSection& section) {
  page.head(section.title);
  for (const std::string& paragraph : section.paragraphs) page.paragraph(paragraph);
  for (const io::CaptionedTable& table : section.tables) {
    page.caption(table.caption);
    page.table(table.table);
  }
}

}  // namespace

std::string write_agreement(const Agreement& a, Format format) {
  if (format == Format::json) return write_agreement_json(a);
  io::Sections page(format);
  page.title("Agreement of " + io::clean(a.pack.content().id + " " + a.pack.content().version) +
             " with observed levels");
  page.paragraph("Observed is: " + io::clean(a.design.observed) + ".");
  page.paragraph("Pack digest " + a.pack.digest() + ", placement " + std::string(kVersion) + ".");
  for (const std::string& caveat : io::agreement_caveats()) page.paragraph(caveat);
  if (a.suppressed_below > 0) page.paragraph(io::suppression_note(a.suppressed_below));
  write_section(page, io::rows_section(a));
  write_section(page, io::decided_section(a));
  write_section(page, io::undecided_section(a));
  for (const io::AgreementSection& section : io::subgroup_sections(a)) write_section(page, section);
  if (!a.outcomes.empty()) write_section(page, io::outcome_section(a));
  return page.take();
}

}  // namespace placement
