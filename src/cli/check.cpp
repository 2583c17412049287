// placement check: is the pack sound?
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/command.hpp"

namespace placement::cli {
namespace {

struct CheckOptions {
  std::string pack, cases, counterexamples;
  std::string format = "text";
  Severity fail_on = Severity::error;
};

// One file a refutation, two where two people are compared: assessments that `recommend` takes.
bool write_counterexamples(const std::string& folder, const std::vector<Finding>& findings) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const Finding& f : findings) {
    if (f.verdict != Finding::Verdict::refuted || !f.counterexample) continue;
    std::string name = f.kind + f.where;
    std::replace(name.begin(), name.end(), '/', '-');
    const auto write = [&](const Assessment& assessment, const std::string& suffix) {
      std::ofstream file(std::filesystem::path(folder) / (name + suffix + ".json"), std::ios::binary);
      file << write_counterexample(assessment, "refutes " + f.where + ", " + f.message) << std::flush;
      return static_cast<bool>(file);
    };
    if (!write(*f.counterexample, "")) return false;
    if (f.counterexample_other && !write(*f.counterexample_other, "-other")) return false;
  }
  return true;
}

int check(const CheckOptions& options) {
  std::string text;
  const std::optional<Engine> engine = load_engine(options.pack, &text);
  if (!engine) return kUnreadable;
  std::vector<Finding> findings = check_pack(*engine);
  if (!options.cases.empty()) {
    const Result<std::string> file = read_file(options.cases);
    if (!file.has_value()) return report(options.cases, file.error());
    const Result<std::vector<Case>> cases = read_cases(*file);
    if (!cases.has_value()) return report(options.cases, cases.error());
    const std::vector<Finding> more = untested(*engine, run_cases(*engine, *cases));
    findings.insert(findings.end(), more.begin(), more.end());
  }
  if (!options.counterexamples.empty() && !write_counterexamples(options.counterexamples, findings))
    return usage_error("--counterexamples: the folder cannot be written");
  const PackFile file{options.pack.empty() ? "rules/opioid.json" : std::string_view(options.pack), text};
  const std::string out = options.format == "sarif"
                              ? write_findings_sarif(engine->pack(), findings, file)
                              : write_findings(engine->pack(), findings, *find_format(options.format), file);
  if (const int code = write_out(out); code != kDone) return code;
  const bool fails = std::any_of(findings.begin(), findings.end(),
                                 [&](const Finding& f) { return severity_of(f) >= options.fail_on; });
  return fails ? kFindings : kDone;
}

}  // namespace

std::function<int()> declare_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("pack", options->pack, "Rule pack, default the built-in one")->type_name("FILE");
  app.add_option("--format", options->format, "Output format, default text")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->type_name("NAME");
  app.add_option_function<std::string>(
         "--fail-on",
         [options](const std::string& name) {
           options->fail_on = name == "error"     ? Severity::error
                              : name == "warning" ? Severity::warning
                                                  : Severity::information;
         },
         "Exit with 1 on findings of this severity or worse, default error")
      ->check(CLI::IsMember({"error", "warning", "information"}))
      ->type_name("NAME");
  app.add_option("--cases", options->cases,
                 "Also list what these cases, as `placement test` reads them, leave untested")
      ->type_name("FILE");
  app.add_option("--counterexamples", options->counterexamples,
                 "Write each refutation into this folder, as assessments that `placement recommend` reads")
      ->type_name("DIR");
  app.footer(
      "Exit code 1 where something of the severity asked for is found, 3 where the pack cannot be read (all faults\n"
      "are listed). docs/rule-pack.md says what each kind of finding means.\n"
      "Examples:\n  placement check\n  placement check rules/opioid.json --fail-on warning --format sarif\n"
      "  placement check rules/opioid.json --cases rules/opioid.cases.jsonl");
  return [options] { return check(*options); };
}

}  // namespace placement::cli
