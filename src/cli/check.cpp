// placement check: is the pack sound?
#include <algorithm>
#include <memory>

#include "cli/command.hpp"

namespace placement::cli {
namespace {

struct Options {
  std::string pack;
  Format format = Format::text;
};

int run(const Options& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const std::vector<Finding> findings = check_pack(*engine);
  if (const int code = write_out(write_findings(engine->pack(), findings, options.format)); code != kDone) return code;
  const bool is_sound = std::none_of(findings.begin(), findings.end(), [](const Finding& f) { return f.is_fault(); });
  return is_sound ? kDone : kFindings;
}

}  // namespace

std::function<int()> declare_check(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("pack", options->pack, "Rule pack, default the built-in one")->type_name("FILE");
  add_format_option(app, options->format, {"text", "json"});
  app.footer(
      "Exit code 1 where a property is refuted, vacuous or not settled, 3 where the pack cannot be read.\n"
      "Examples:\n  placement check\n  placement check rules/opioid.json --format json");
  return [options] { return run(*options); };
}

}  // namespace placement::cli
