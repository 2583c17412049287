// placement test: do the cases come out as wanted, and what do they leave untouched?
#include <algorithm>
#include <fstream>
#include <memory>
#include <set>

#include "cli/command.hpp"

namespace placement::cli {
namespace {

struct TestOptions {
  std::string pack, cases, junit;
  bool list_untested = false, require_complete = false, by_rule = false;
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

std::string value_name(const FieldSpec& f, int value) {
  return f.values.empty() ? std::to_string(value) : std::string(f.values[static_cast<std::size_t>(value)].name);
}

/// The lines of `share of whole` and of what is untested.
class Coverage {
 public:
  Coverage(const Engine& engine, const CaseReport& report) : content_(engine.pack().content()) {
    std::size_t covered = 0;
    for (std::size_t r = 0; r < report.rules.size(); ++r) {
      const CaseReport::RuleCoverage& rule = report.rules[r];
      covered += rule.is_covered() ? 1U : 0U;
      if (rule.holds.empty()) untested("rule " + content_.rules[r].id + " holds in no case");
      if (!rule.near_miss && rule.can_fail) untested("rule " + content_.rules[r].id + " has no near miss");
    }
    share("rules that hold in one case and just miss in another", covered, report.rules.size());
    add_thresholds(report.thresholds);
    for (const Status status : report.statuses_missing) untested("status " + std::string(to_string(status)));
    share("statuses reached", 5 - report.statuses_missing.size(), 5);
    for (const Disposition d : report.dispositions_missing) untested("disposition " + std::string(to_string(d)));
    share("dispositions reached", 7 - report.dispositions_missing.size(), 7);
    add("levels decided", "level ", report.levels_missing, content_.levels.size(), content_.levels);
    for (const std::size_t m : report.moves_missing) {
      const Move& move = content_.moves[m];
      untested(std::string("move ") + (move.kind == Move::Kind::step_up ? "step_up " : "step_down ") +
               content_.levels[move.from].id + " to " + content_.levels[move.to].id);
    }
    share("moves walked", content_.moves.size() - report.moves_missing.size(), content_.moves.size());
    add("services offered", "offer ", report.offers_missing, named(RuleKind::offer), content_.services);
    add("services advised against", "avoid ", report.avoids_missing, named(RuleKind::avoid), content_.services);
    add("capabilities required", "capability ", report.capabilities_missing, named(RuleKind::capability),
        content_.capabilities);
  }

  [[nodiscard]] bool is_complete() const noexcept { return untested_.empty(); }
  [[nodiscard]] std::string text(bool list_untested) const {
    if (is_complete()) return shares_;
    return shares_ +
           (list_untested ? "untested:\n" + untested_ : "some things are untested (--list-untested names them)\n");
  }

 private:
  void untested(const std::string& what) { untested_ += "  " + what + "\n"; }
  void share(const std::string& what, std::size_t part, std::size_t whole) {
    shares_ += what + ": " + std::to_string(part) + " of " + std::to_string(whole) + "\n";
  }
  template <class List>
  void add(const std::string& what, const std::string& one, const std::vector<std::size_t>& missing, std::size_t whole,
           const List& list) {
    for (const std::size_t i : missing) untested(one + list[i].id);
    share(what, whole - missing.size(), whole);
  }
  /// How many targets the rules of a kind name.
  [[nodiscard]] std::size_t named(RuleKind kind) const {
    std::set<std::size_t> targets;
    for (const Rule& rule : content_.rules)
      if (rule.kind == kind) targets.insert(rule.target);
    return targets.size();
  }
  void add_thresholds(const std::vector<CaseReport::Threshold>& thresholds) {
    std::size_t both = 0;
    for (const CaseReport::Threshold& t : thresholds) {
      both += t.below && t.at ? 1U : 0U;
      if (t.below && t.at) continue;
      const char* const side = !t.below && !t.at ? "either side" : t.at ? "the side below" : "it";
      untested("threshold " + std::string(spec(t.field).name) + " " + value_name(spec(t.field), t.value) +
               ": no case on " + side);
    }
    share("thresholds with a case on both sides", both, thresholds.size());
  }

  const PackContent& content_;
  std::string shares_, untested_;
};

/// "rule_id: holds in lines 3 8; near miss in line 4", rule by rule.
std::string rules_of(const Engine& engine, const std::vector<Case>& cases, const CaseReport& report) {
  std::string text;
  for (std::size_t r = 0; r < report.rules.size(); ++r) {
    const CaseReport::RuleCoverage& rule = report.rules[r];
    text += engine.pack().content().rules[r].id + ": holds in";
    for (const std::size_t i : rule.holds) text += " " + std::to_string(cases[i].line);
    text += "; near miss in" + (rule.near_miss ? " " + std::to_string(cases[*rule.near_miss].line) : "") + "\n";
  }
  return text;
}

int test(const TestOptions& options) {
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
  if (options.by_rule) out += rules_of(*engine, *cases, result);
  const Coverage coverage(*engine, result);
  out += coverage.text(options.list_untested);
  out += std::to_string(cases->size() - result.failed()) + " passed, " + std::to_string(result.failed()) + " failed\n";
  if (!options.junit.empty()) {
    std::ofstream file(options.junit, std::ios::binary);
    file << junit_of(*cases, result) << std::flush;
    if (!file) return usage_error("--junit: the file cannot be written");
  }
  if (const int code = write_out(out); code != kDone) return code;
  return result.failed() == 0 && (coverage.is_complete() || !options.require_complete) ? kDone : kFindings;
}

}  // namespace

std::function<int()> declare_test(CLI::App& app) {
  auto options = std::make_shared<TestOptions>();
  app.add_option("pack", options->pack, "Rule pack")->required()->type_name("PACK");
  app.add_option("cases", options->cases, "Cases, one JSON object a line, - for standard input")
      ->required()
      ->type_name("CASES");
  app.add_option("--junit", options->junit, "Write a JUnit report too")->type_name("FILE");
  app.add_flag("--list-untested", options->list_untested,
               "Name the rules, thresholds, statuses, levels, moves and services not covered");
  app.add_flag("--require-complete", options->require_complete, "Exit code 1 where something is not covered");
  app.add_flag("--by-rule", options->by_rule,
               "For each rule the lines of the cases in which it holds, and a near miss");
  app.footer("Example:\n  placement test rules/opioid.json rules/opioid.cases.jsonl --list-untested");
  return [options] { return test(*options); };
}

}  // namespace placement::cli
