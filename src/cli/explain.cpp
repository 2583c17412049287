// placement explain: why this level, what would change it, why a rule holds or not, why not another level.
#include <memory>

#include "cli/command.hpp"
#include "cli/log.hpp"
#include "cli/request_options.hpp"

namespace placement::cli {
namespace {

struct ExplainOptions {
  std::string file = "-", pack;
  RequestOptions request;
  Question question;
  Format format = Format::text;
};

// A rule or level that the pack does not have is wrong usage, said of the option that names it.
int report_question(const Error& error) {
  for (const Fault& fault : error.faults) {
    const bool is_rule = fault.where.rfind("/question/rules", 0) == 0;
    const bool is_to = fault.where == "/question/to";
    usage_error((is_rule ? "--rule: "
                 : is_to ? "--to: "
                         : "--why-not: ") +
                fault.message + "; `placement pack` lists them");
  }
  return kUsage;
}

int explain(const ExplainOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  Input input;
  if (const int code = read_input_with(options.request, options.file, input); code != kDone) return code;
  const Result<Explanation> result = engine->explain(input.assessment, input.request, options.question);
  if (!result.has_value())
    return result.error().where.rfind("/question", 0) == 0 ? report_question(result.error())
                                                           : report(options.file, result.error());
  log().info("one assessment explained");
  return write_out(write_explanation(*result, options.format));
}

}  // namespace

std::function<int()> declare_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("file", options->file, "Assessment as JSON, - for standard input (default)")->type_name("FILE");
  app.add_option("--rule", options->question.rules, "Why does this rule hold, fail or wait? May be given several times")
      ->allow_extra_args(false)
      ->type_name("ID");
  app.add_option("--why-not", options->question.why_not, "Why not this level?")->type_name("LEVEL");
  app.add_option("--to", options->question.to, "What would bring the person to this level?")->type_name("LEVEL");
  add_pack_option(app, options->pack);
  add_format_option(app, options->format, {"text", "json"});
  add_level_options(app, options->request);
  app.footer(
      "Without --rule, --why-not and --to: why this level, and the least change that would lower and raise it.\n"
      "\n"
      "Examples:\n"
      "  placement explain person.json\n"
      "  placement explain person.json --to outpatient\n"
      "  placement explain person.json --why-not iop --rule no_coping --rule use_after_iop");
  return [options] { return explain(*options); };
}

}  // namespace placement::cli
