#include "cli/request_options.hpp"

namespace placement::cli {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t to = text.find(separator); to != std::string::npos; to = text.find(separator, from)) {
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  parts.push_back(text.substr(from));
  return parts;
}

// "outpatient+withdrawal_management": a level and what the programme can do.
Offering offering_of(const std::string& text) {
  std::vector<std::string> parts = split(text, '+');
  Offering offering{parts.front(), {}};
  offering.capabilities.assign(parts.begin() + 1, parts.end());
  return offering;
}

}  // namespace

int apply(const RequestOptions& options, Request& request) {
  if (!options.as_of.empty()) request.as_of = options.as_of;
  if (!options.current_level.empty()) request.current_level = options.current_level;
  if (!options.current_capabilities.empty()) request.current_capabilities = options.current_capabilities;
  if (!options.undecided.empty()) request.undecided = undecided_policy(options.undecided);
  if (!options.available.empty()) {
    request.available.emplace();
    for (const std::string& text : options.available) request.available->push_back(offering_of(text));
  }
  for (const std::string& text : options.handled) {
    const std::vector<std::string> parts = split(text, '/');
    if (parts.size() > 3) return usage_error("--handled: expected ALERT, ALERT/BY or ALERT/BY/WHEN");
    request.handled.push_back({parts[0], parts.size() > 1 ? parts[1] : "", parts.size() > 2 ? parts[2] : ""});
  }
  for (const std::string& name : options.asked) {
    const std::optional<Field> field = find_field(name);
    if (!field) return usage_error("--asked: no such field; `placement fields` lists them");
    request.asked.push_back(*field);
  }
  if (!options.placed.empty()) {
    const std::vector<std::string> parts = split(options.placed, ':');
    if (parts.size() > 2) return usage_error("--placed: expected LEVEL or LEVEL:REASON");
    request.placed = PlacedLevel{parts[0], parts.size() > 1 ? parts[1] : ""};
  }
  return kDone;
}

void add_level_options(CLI::App& app, RequestOptions& options) {
  app.add_option("--current-level", options.current_level, "Level the person is at now: judges continued stay")
      ->type_name("LEVEL");
  app.add_option("--handled", options.handled, "Stop alerts already acted on, each ALERT or ALERT/BY/WHEN")
      ->delimiter(',')
      ->type_name("ALERT,...");
}

void add_undecided_option(CLI::App& app, std::string& name) {
  app.add_option("--undecided", name, "Name a level although undecided: highest, lowest or none (default)")
      ->check(CLI::IsMember({"highest", "lowest", "none"}))
      ->type_name("POLICY");
}

UndecidedPolicy undecided_policy(const std::string& name) {
  if (name == "lowest") return UndecidedPolicy::lowest;
  return name == "highest" ? UndecidedPolicy::highest : UndecidedPolicy::none;
}

void add_request_options(CLI::App& app, RequestOptions& options) {
  add_level_options(app, options);
  add_undecided_option(app, options.undecided);
  app.add_option("--current-capabilities", options.current_capabilities, "What the present programme can do")
      ->delimiter(',')
      ->type_name("ID,...");
  app.add_option("--available", options.available, "Programmes that can be had, each LEVEL or LEVEL+CAPABILITY+...")
      ->delimiter(',')
      ->type_name("LEVEL[+ID],...");
  app.add_option("--asked", options.asked, "Fields already asked and not known: not asked again")
      ->delimiter(',')
      ->type_name("FIELD,...");
  app.add_option("--placed", options.placed, "Level the clinician chose; REASON where it is not the indicated one")
      ->type_name("LEVEL[:REASON]");
  app.add_option("--as-of", options.as_of, "Date of the assessment, echoed and used for re-check dates")
      ->type_name("YYYY-MM-DD");
}

int read_input_with(const RequestOptions& options, const std::string& file, Input& input) {
  const Result<std::string> text = read_file(file);
  if (!text.has_value()) return report(file, text.error());
  Result<Input> read = read_input(*text);
  if (!read.has_value()) return report(file, read.error());
  input = std::move(read).value();
  return apply(options, input.request);
}

}  // namespace placement::cli
