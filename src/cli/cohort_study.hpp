// What `placement agree` and `placement report` share: a cohort read once and counted, beside what else its rows say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/cohort_input.hpp"
#include "placement/cohort_report.hpp"

namespace placement::cli {

struct StudyOptions {
  CohortOptions cohort;
  std::string observed, rejects;
  std::vector<std::string> subgroups, outcomes;
  std::uint64_t suppress_below = 0;
  bool deidentify = false;
  bool needs_observed = false;  ///< it is a mistake of use where no level is observed
  std::size_t workers = 0;
};

/// Options of add_cohort_options and those above.
void add_study_options(CLI::App& app, StudyOptions& options);

/// Counts the cohort; with an agreement where the rows name an observed level. kDone and a report, or the exit code of
/// a failure that it has told: kFindings where a column looks like an identifier and `deidentify` is asked for.
/// `in_full`: rules that force the level and next questions, too, which take longer than the rest.
int study_cohort(const StudyOptions& options, const Engine& engine, bool in_full, std::optional<CohortReport>& report);

}  // namespace placement::cli
