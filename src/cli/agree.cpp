// placement agree: how often the pack's level and one that somebody else named are the same.
#include <memory>

#include "cli/cohort_study.hpp"

namespace placement::cli {
namespace {

struct AgreeOptions {
  StudyOptions study;
  Format format = Format::text;
};

int agree(const AgreeOptions& options) {
  const std::optional<Engine> engine = load_engine(options.study.cohort.pack);
  if (!engine) return kUnreadable;
  std::optional<CohortReport> report;
  if (const int code = study_cohort(options.study, *engine, false, report); code != kDone) return code;
  return write_out(write_agreement(*report->agreement, options.format));
}

}  // namespace

std::function<int()> declare_agree(CLI::App& app) {
  auto options = std::make_shared<AgreeOptions>();
  options->study.needs_observed = true;
  add_study_options(app, options->study);
  add_format_option(app, options->format, {"text", "markdown", "json"});
  app.footer(
      "Agreement is no accuracy: where a person was seen depends on beds, payers and courts, too. So chance stands "
      "beside\n"
      "every share, and undecided rows are shown apart. docs/cohort-reports.md says what each figure means.\n"
      "Examples:\n"
      "  placement agree admissions.csv --mapping teds-a\n"
      "  placement agree people.csv --observed setting --subgroup site,pregnant --outcome completed --deidentify");
  return [options] { return agree(*options); };
}

}  // namespace placement::cli
