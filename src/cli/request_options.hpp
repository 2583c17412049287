// The options that say what goes with an assessment: the same for every command that judges one.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace placement::cli {

struct RequestOptions {
  std::string as_of, current_level, undecided, placed;
  std::vector<std::string> current_capabilities, available, handled, asked;
};

void add_request_options(CLI::App& app, RequestOptions& options);

/// Puts the options above what the request says already. kDone, or kUsage with a message.
int apply(const RequestOptions& options, Request& request);

}  // namespace placement::cli
