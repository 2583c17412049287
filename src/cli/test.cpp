// placement test: do the cases come out as wanted, and what do they leave untouched?
#include <algorithm>
#include <fstream>
#include <memory>

#include "cli/command.hpp"

namespace placement::cli {
namespace {

struct Options {
  std::string pack, cases, junit;
  bool list_untested = false;
};

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string junit_of(const std::vector<Case>& cases, const CaseReport& report) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"placement cases\" tests=\"" +
                    std::to_string(cases.size()) + "\" failures=\"" + std::to_string(report.failed()) + "\">\n";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    xml +=
        "  <testcase classname=\"line " + std::to_string(cases[i].line) + "\" name=\"" + escaped(cases[i].note) + "\"";
    if (report.outcomes[i].differences.empty()) {
      xml += "/>\n";
      continue;
    }
    std::string message;
    for (const std::string& d : report.outcomes[i].differences) message += (message.empty() ? "" : "; ") + d;
    xml += ">\n    <failure message=\"" + escaped(message) + "\"/>\n  </testcase>\n";
  }
  return xml + "</testsuite>\n";
}

std::string share(std::size_t part, std::size_t whole) { return std::to_string(part) + " of " + std::to_string(whole); }

std::string coverage_of(const Engine& engine, const CaseReport& report, bool list_untested) {
  const PackContent& content = engine.pack().content();
  std::string text, untested;
  std::size_t both = 0, sides = 0;
  for (std::size_t r = 0; r < report.rules.size(); ++r) {
    const CaseReport::RuleCoverage& rule = report.rules[r];
    both += rule.holds && rule.fails ? 1 : 0;
    if (!rule.holds) untested += "  rule " + content.rules[r].id + " holds in no case\n";
    if (!rule.fails) untested += "  rule " + content.rules[r].id + " fails in no case\n";
  }
  for (const CaseReport::Threshold& t : report.thresholds) {
    sides += t.below && t.at ? 1 : 0;
    const FieldSpec& f = spec(t.field);
    const std::string value =
        f.values.empty() ? std::to_string(t.value) : std::string(f.values[static_cast<std::size_t>(t.value)].name);
    if (!t.below || !t.at)
      untested += "  threshold " + std::string(f.name) + " " + value + ": no case on " +
                  (!t.below && !t.at ? "either side"
                   : t.at            ? "the side below"
                                     : "it") +
                  "\n";
  }
  text += "rules that hold in one case and fail in another: " + share(both, report.rules.size()) + "\n";
  text += "thresholds with a case on both sides: " + share(sides, report.thresholds.size()) + "\n";
  text += "statuses reached: " + share(5 - report.statuses_missing.size(), 5) + "\n";
  text +=
      "levels decided: " + share(content.levels.size() - report.levels_missing.size(), content.levels.size()) + "\n";
  for (const Status status : report.statuses_missing) untested += "  status " + std::string(to_string(status)) + "\n";
  for (const std::size_t level : report.levels_missing) untested += "  level " + content.levels[level].id + "\n";
  if (untested.empty()) return text;
  return text + (list_untested ? "untested:\n" + untested : "some things are untested (--list-untested names them)\n");
}

int run(const Options& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const Result<std::string> text = read_file(options.cases);
  if (!text.has_value()) return report(options.cases, text.error());
  const Result<std::vector<Case>> cases = read_cases(*text);
  if (!cases.has_value()) return report(options.cases, cases.error());
  if (cases->empty()) return report(options.cases, Error::of(ErrorCode::bad_cases, {{"", "the file holds no case"}}));
  const CaseReport result = run_cases(*engine, *cases);

  std::string out;
  for (std::size_t i = 0; i < cases->size(); ++i) {
    if (result.outcomes[i].differences.empty()) continue;
    out += "line " + std::to_string((*cases)[i].line) + ": " + (*cases)[i].note + "\n";
    for (const std::string& difference : result.outcomes[i].differences) out += "  " + difference + "\n";
  }
  out += coverage_of(*engine, result, options.list_untested);
  out += std::to_string(cases->size() - result.failed()) + " passed, " + std::to_string(result.failed()) + " failed\n";
  if (!options.junit.empty()) {
    std::ofstream file(options.junit, std::ios::binary);
    file << junit_of(*cases, result) << std::flush;
    if (!file) return usage_error("--junit: the file cannot be written");
  }
  if (const int code = write_out(out); code != kDone) return code;
  return result.failed() == 0 ? kDone : kFindings;
}

}  // namespace

std::function<int()> declare_test(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("pack", options->pack, "Rule pack")->required()->type_name("PACK");
  app.add_option("cases", options->cases, "Cases, one JSON object a line, - for standard input")
      ->required()
      ->type_name("CASES");
  app.add_option("--junit", options->junit, "Write a JUnit report too")->type_name("FILE");
  app.add_flag("--list-untested", options->list_untested,
               "Name the rules, thresholds, statuses and levels not covered");
  app.footer("Example:\n  placement test rules/opioid.json rules/opioid.cases.jsonl --list-untested");
  return [options] { return run(*options); };
}

}  // namespace placement::cli
