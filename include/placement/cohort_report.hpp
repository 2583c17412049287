// Figures of a cohort as something to read: agreement as text, Markdown or JSON, everything as one HTML page.
//
//   placement::CohortReport report(engine.pack());
//   report.figures = tally.finish();
//   report.agreement = agreement_tally.finish();
//   placement::suppress_small_cells(11, &report.figures, &*report.agreement);
//   std::cout << placement::write_report(report);
//
// Pure functions; safe from any thread. What was kept back is in none of the outputs.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "placement/agreement.hpp"
#include "placement/cohort.hpp"
#include "placement/io.hpp"

namespace placement {

struct CohortReport {
  RulePack pack;
  std::string mapping;         ///< id and version of the mapping of columns; empty: none
  std::string mapping_digest;  ///< empty: none
  std::string input_digest;    ///< SHA-256 of the rows as read; empty: not known
  CohortFigures figures;
  std::optional<Agreement> agreement;

  explicit CohortReport(RulePack p) : pack(std::move(p)) {}
};

/// Agreement as text, markdown or json (other formats: text); ends with a newline. Numbers that were kept back are
/// "<11" or "withheld", strings in JSON too.
[[nodiscard]] std::string write_agreement(const Agreement& agreement, Format format);

/// One HTML page that needs nothing else: no network, no script; charts are SVG inside it, each beside its table.
[[nodiscard]] std::string write_report(const CohortReport& report);

}  // namespace placement
