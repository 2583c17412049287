// The command line: a table of subcommands, parsed by CLI11.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/command.hpp"
#include "cli/log.hpp"
#include "io/digest.hpp"
#include "placement/version.hpp"

namespace placement::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kTable{
      {"recommend", "Recommend a level of care for one assessment", declare_recommend},
      {"explain", "Say why a level is indicated and what would change it", declare_explain},
      {"ask", "Say which question to ask next, and why", declare_ask},
      {"interview", "Ask question by question, then recommend a level of care", declare_interview},
      {"fields", "List the assessment fields", declare_fields},
      {"pack", "Show what a rule pack contains", declare_pack},
      {"check", "Read a rule pack, list its faults, prove its properties", declare_check},
      {"test", "Run a file of cases against a rule pack", declare_test},
      {"count", "Count how many assessments a pack sends where", declare_count},
      {"diff", "Compare two packs: who is answered otherwise", declare_diff},
      {"export", "Write a rule pack's conditions for another engine", declare_export},
      {"generate", "Make up people for benchmarks and trials", declare_generate},
      {"score", "Recommend levels of care for a whole cohort", declare_score},
      {"agree", "Compare recommended levels with observed ones over a cohort", declare_agree},
      {"report", "Put a cohort on one page: levels, gaps, rules, agreement", declare_report},
      {"mapping", "Say what a mapping of an outside data set reads, answers and loses", declare_mapping},
      {"sign", "Sign a rule pack", declare_sign},
      {"replay", "Say whether a kept result is what is answered today", declare_replay},
      {"audit", "Check a log of recommendations", declare_audit},
      {"version", "Print version and digests", declare_version},
  };
  return kTable;
}

namespace {

// An empty value is that of a shell variable nobody set: to take it for no option would, in silence, drop the record,
// the key or the pack that was asked for.
void refuse_empty_values(CLI::App& app) {
  for (CLI::Option* option : app.get_options())
    if (option->get_items_expected_max() > 0)
      option->check([](const std::string& value) { return value.empty() ? "has no value" : std::string(); });
  for (CLI::App* sub : app.get_subcommands({})) refuse_empty_values(*sub);
}

int run(int argc, char** argv) {
  CLI::App app(
      "Decision support for level-of-care placement in opioid use disorder.\n"
      "It advises a clinician, who decides; it is not a device and not a substitute for assessment.",
      "placement");
  app.require_subcommand(1);
  app.set_version_flag("--version", "placement " + std::string(kVersion));
  app.fallthrough();
  int verbosity = 0;
  std::string key;
  app.add_option("--require-signed", key, "Refuse packs without a signature of this public key (docs/trust.md)")
      ->type_name("KEY.pem");
  app.add_flag("-v,--verbose", verbosity, "Log what is done to standard error; twice for details");
  app.footer(
      "Examples:\n"
      "  placement recommend person.json\n"
      "  echo '{\"oud_diagnosis\": \"severe\"}' | placement recommend - --format json\n"
      "  placement check rules/opioid.json\n"
      "\n"
      "Exit codes: 0 done, 1 findings or failed cases, 2 wrong usage, 3 unreadable input, 4 internal error");
  std::function<int()> chosen;
  std::vector<std::pair<CLI::App*, std::function<int()>>> declared;
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.help);
    declared.emplace_back(sub, command.declare(*sub));
  }
  refuse_empty_values(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help
    return app.exit(success);
  } catch (const CLI::ExtrasError&) {  // not repeated: it may be an assessment
    return usage_error("an argument was not expected; `placement --help` shows what is");
  } catch (const CLI::ParseError& error) {
    std::string message = error.what();
    std::replace(message.begin(), message.end(), '\n', ' ');
    return usage_error(message + "; see `placement --help`");
  }
  set_verbosity(verbosity);
  if (!key.empty()) require_signed(key);
  for (const auto& [sub, action] : declared)
    if (sub->parsed()) return action();
  return kUsage;
}

}  // namespace
}  // namespace placement::cli

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may grow no more is a write that fails, and is told
  placement::io::initialise_own_openssl();
  try {
    return placement::cli::run(argc, argv);
  } catch (const std::exception&) {
    // The message may quote input: only the fact is told.
    std::fputs("placement: internal error\n", stderr);
  }
  return placement::cli::kInternal;
}
