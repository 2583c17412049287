// placement recommend: the main job.
#include <memory>

#include "cli/audit_log.hpp"
#include "cli/command.hpp"
#include "cli/log.hpp"
#include "cli/request_options.hpp"

namespace placement::cli {
namespace {

struct RecommendOptions {
  std::string file = "-", pack, audit, audit_time;
  RequestOptions request;
  Format format = Format::text;
};

int recommend(const RecommendOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  Input input;
  if (const int code = read_input_with(options.request, options.file, input); code != kDone) return code;
  const Result<Recommendation> result = engine->recommend(input.assessment, input.request);
  if (!result.has_value()) return report(options.file, result.error());
  log().info("one assessment judged");
  if (!options.audit.empty())  // first the record, so that there is no answer without one
    if (const int code = append_audit_record(options.audit, *result, options.audit_time); code != kDone) return code;
  return write_out(write_recommendation(*result, options.format));
}

}  // namespace

std::function<int()> declare_recommend(CLI::App& app) {
  auto options = std::make_shared<RecommendOptions>();
  app.add_option("file", options->file, "Assessment as JSON, - for standard input (default)")->type_name("FILE");
  add_pack_option(app, options->pack);
  add_format_option(app, options->format, {"text", "json", "markdown", "dot", "svg"});
  add_request_options(app, options->request);
  CLI::Option* const audit =
      app.add_option("--audit", options->audit,
                     "Log to add a record to: ids, digests and level, no answers (docs/trust.md)")
          ->type_name("FILE");
  CLI::Option* const time =
      app.add_option("--audit-time", options->audit_time, "Time of that record, in UTC: 2026-11-27T09:30:00Z")
          ->needs(audit)
          ->type_name("TIME");
  audit->needs(time);
  app.footer(
      "Examples:\n"
      "  placement recommend person.json\n"
      "  placement recommend person.json --format svg > person.svg\n"
      "  placement recommend person.json --available outpatient+opioid_agonist_treatment,iop --as-of 2026-11-22\n"
      "  echo '{}' | placement recommend -");
  return [options] { return recommend(*options); };
}

}  // namespace placement::cli
