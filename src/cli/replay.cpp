// placement replay: is a result that was kept what is answered today?
#include "placement/replay.hpp"

#include <memory>

#include "cli/command.hpp"
#include "cli/request_options.hpp"

namespace placement::cli {
namespace {

struct ReplayOptions {
  std::string result, input, pack;
  RequestOptions request;
};

int replay(const ReplayOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const Result<std::string> result = read_file(options.result);
  if (!result.has_value()) return report(options.result, result.error());
  Input input;
  if (const int code = read_input_with(options.request, options.input, input); code != kDone) return code;
  // A request that cannot be answered is no fault of the result.
  if (const Result<Recommendation> again = engine->recommend(input.assessment, input.request); !again.has_value())
    return report(options.input, again.error());
  const Result<Replay> replay = replay_result(*result, *engine, input);
  if (!replay.has_value()) return report(options.result, replay.error());
  if (const int code = write_out(write_replay(*replay)); code != kDone) return code;
  return replay->is_same() ? kDone : kFindings;
}

}  // namespace

std::function<int()> declare_replay(CLI::App& app) {
  auto options = std::make_shared<ReplayOptions>();
  app.add_option("result", options->result, "Result as JSON, as `recommend --format json` wrote it")
      ->required()
      ->type_name("FILE");
  app.add_option("--input", options->input, "The input it was made from, - for standard input")
      ->required()
      ->type_name("FILE");
  add_pack_option(app, options->pack);
  add_request_options(app, options->request);
  app.footer(
      "Options of the request are those that `recommend` was given. Exit code 0: input, pack, fields, library and "
      "answer\n"
      "are the same, byte for byte; 1: something differs, and is named without its values.\n"
      "Example:\n"
      "  placement recommend person.json --format json > result.json && placement replay result.json --input "
      "person.json");
  return [options] { return replay(*options); };
}

}  // namespace placement::cli
