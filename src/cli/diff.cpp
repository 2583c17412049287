// placement diff: what changes from one pack to another, and for whom.
#include <memory>

#include "cli/command.hpp"
#include "cli/log.hpp"

namespace placement::cli {
namespace {

struct DiffOptions {
  std::string before, after, cohort;
  std::size_t regions = ComparisonLimits{}.regions;
  Format format = Format::text;
};

// One assessment a line. A line that cannot be read is told with its number and left out.
std::optional<std::vector<Input>> read_rows(const std::string& path, std::size_t& unread) {
  const Result<std::string> text = read_file(path);
  if (!text.has_value()) return (report(path, text.error()), std::nullopt);
  std::vector<Input> rows;
  std::size_t line = 0;
  for (std::size_t from = 0; from < text->size();) {
    const std::size_t end = std::min(text->find('\n', from), text->size());
    const std::string_view row(text->data() + from, end - from);
    ++line;
    from = end + 1;
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Result<Input> input = read_input(row);
    if (input.has_value()) {
      rows.push_back(std::move(input).value());
      continue;
    }
    ++unread;
    report(path + ": line " + std::to_string(line), input.error());
  }
  return rows;
}

int compare(const DiffOptions& options) {
  const std::optional<Engine> before = load_engine(options.before), after = load_engine(options.after);
  if (!before || !after) return kUnreadable;
  std::string out;
  int code = kDone;
  if (options.cohort.empty()) {
    const Result<PackDifference> difference = compare_packs(*before, *after, {options.regions});
    if (!difference.has_value()) return report("the packs", difference.error());
    out = write_difference(*difference, options.format);
  } else {
    std::size_t unread = 0;
    const std::optional<std::vector<Input>> rows = read_rows(options.cohort, unread);
    if (!rows) return kUnreadable;
    log().info("{} rows read, {} could not be", rows->size(), unread);
    out = write_difference(compare_on(*before, *after, *rows), options.format);
    if (unread > 0) code = kUnreadable;
  }
  const int written = write_out(out);
  return written == kDone ? code : written;
}

}  // namespace

std::function<int()> declare_diff(CLI::App& app) {
  auto options = std::make_shared<DiffOptions>();
  app.add_option("before", options->before, "Rule pack")->required()->type_name("FILE");
  app.add_option("after", options->after, "Rule pack it is compared with")->required()->type_name("FILE");
  app.add_option("--cohort", options->cohort,
                 "Compare on these assessments instead, one JSON object a line, - for standard input")
      ->type_name("FILE");
  app.add_option("--regions", options->regions, "List at most so many regions of change, default 12")
      ->check(CLI::Range(0, 100))
      ->type_name("N");
  add_format_option(app, options->format, {"text", "json", "markdown"});
  app.footer(
      "Without --cohort the packs are compared over all complete assessments, exactly.\n"
      "Exit code 3 where a pack or a line of the cohort cannot be read; the lines that can be are compared.\n"
      "Examples:\n"
      "  placement diff rules/opioid.json rules/opioid-other-thresholds.json\n"
      "  cat examples/people.ndjson | placement diff rules/opioid.json rules/opioid-other-thresholds.json --cohort -");
  return [options] { return compare(*options); };
}

}  // namespace placement::cli
