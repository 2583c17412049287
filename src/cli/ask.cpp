// placement ask: one step of an interview, for scripts and for a look.
#include <memory>

#include "cli/command.hpp"
#include "cli/log.hpp"
#include "cli/request_options.hpp"

namespace placement::cli {
namespace {

struct AskOptions {
  std::string file = "-", pack;
  RequestOptions request;
  Format format = Format::text;
};

int ask(const AskOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const Result<std::string> text = read_file(options.file);
  if (!text.has_value()) return report(options.file, text.error());
  Result<InterviewState> state = read_interview(*text);
  if (!state.has_value()) return report(options.file, state.error());
  if (const int code = apply(options.request, state->input.request); code != kDone) return code;
  const Result<Interview> interview = Interview::start(*engine, std::move(state).value());
  if (!interview.has_value()) return report(options.file, interview.error());
  log().info("{} fields may be asked", interview->left());
  return write_out(write_question(*interview, options.format));
}

}  // namespace

std::function<int()> declare_ask(CLI::App& app) {
  auto options = std::make_shared<AskOptions>();
  app.add_option("file", options->file, "Assessment as JSON, - for standard input (default)")->type_name("FILE");
  add_pack_option(app, options->pack);
  add_format_option(app, options->format, {"text", "json"});
  add_request_options(app, options->request);
  app.footer(
      "Exit code 0 also where nothing is left to ask: `question` is then null.\n"
      "Examples:\n"
      "  placement ask person.json\n"
      "  echo '{\"oud_diagnosis\": \"severe\"}' | placement ask - --format json --asked suicide_risk");
  return [options] { return ask(*options); };
}

}  // namespace placement::cli
