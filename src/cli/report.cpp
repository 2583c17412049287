// placement report: a cohort on one page that needs nothing else.
#include <memory>

#include "cli/cohort_study.hpp"
#include "cli/save_file.hpp"

namespace placement::cli {
namespace {

struct ReportOptions {
  StudyOptions study;
  std::string out = "-";
};

int write_page(const ReportOptions& options) {
  const std::optional<Engine> engine = load_engine(options.study.cohort.pack);
  if (!engine) return kUnreadable;
  std::optional<CohortReport> report;
  if (const int code = study_cohort(options.study, *engine, true, report); code != kDone) return code;
  const std::string page = write_report(*report);
  if (options.out == "-") return write_out(page);
  if (save_whole(options.out, page)) return kDone;
  return fails(options.out, "cannot be written");
}

}  // namespace

std::function<int()> declare_report(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  add_study_options(app, options->study);
  app.add_option("-o,--output", options->out, "File to write, - for standard output (default)")->type_name("FILE");
  app.footer(
      "One HTML file without script or network: levels, what undecided rows leave open, what is missing, which "
      "question\n"
      "would decide most, rules, and agreement where a level is observed. docs/cohort-reports.md says what each "
      "figure\n"
      "means. Next questions are worked out for 2,000 rows drawn by chance, where there are more.\n"
      "Examples:\n"
      "  placement report people.ndjson -o cohort.html\n"
      "  placement report admissions.csv --mapping teds-a --deidentify -o cohort.html");
  return [options] { return write_page(*options); };
}

}  // namespace placement::cli
