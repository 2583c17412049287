// The options that say what goes with an assessment: alike for every command that judges one. They stand above what the
// file says.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace placement::cli {

struct RequestOptions {
  std::string as_of, current_level, undecided, placed;
  std::vector<std::string> current_capabilities, available, handled, asked;
};

/// All of them. `options` must live until they are parsed.
void add_request_options(CLI::App& app, RequestOptions& options);
/// Those that bear on which level is indicated: --current-level and --handled.
void add_level_options(CLI::App& app, RequestOptions& options);

/// --undecided by itself, for a command that judges many: `name` must live as long as the others.
void add_undecided_option(CLI::App& app, std::string& name);
UndecidedPolicy undecided_policy(const std::string& name);

/// Puts the options above what the request says already. kDone, or kUsage with a message.
int apply(const RequestOptions& options, Request& request);
/// Reads an assessment from `file` and applies the options. kDone, or the exit code of a failure it has reported.
int read_input_with(const RequestOptions& options, const std::string& file, Input& input);

}  // namespace placement::cli
