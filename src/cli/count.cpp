// placement count: how many of all possible assessments a pack sends where.
#include <memory>

#include "cli/command.hpp"
#include "cli/log.hpp"

namespace placement::cli {
namespace {

struct CountOptions {
  std::string pack, given;
  Format format = Format::text;
};

int count(const CountOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const Result<PackCounts> counts = count_assessments(*engine, options.given);
  if (!counts.has_value()) {
    const bool is_condition = counts.error().code == ErrorCode::bad_request;
    return is_condition ? usage_error("--given: " + counts.error().message) : report("the pack", counts.error());
  }
  log().info("counted {} rules", counts->rules.size());
  return write_out(write_counts(engine->pack(), *counts, options.format));
}

}  // namespace

std::function<int()> declare_count(CLI::App& app) {
  auto options = std::make_shared<CountOptions>();
  app.add_option("pack", options->pack, "Rule pack, default the built-in one")->type_name("FILE");
  app.add_option("--given", options->given, "Count only what fulfils this condition, written as in rules")
      ->type_name("CONDITION");
  add_format_option(app, options->format, {"text", "json", "markdown"});
  app.footer(
      "Counted are complete, consistent assessments; shares are weighed by the pack's priors.\n"
      "Examples:\n"
      "  placement count\n"
      "  placement count --given \"pregnant\"\n"
      "  placement count rules/opioid.json --given \"cows_score >= 13 and housing = unsheltered\" --format json");
  return [options] { return count(*options); };
}

}  // namespace placement::cli
