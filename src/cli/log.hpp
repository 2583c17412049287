// The log of the command line tool: to standard error, silent unless -v is given. Counts, names of packs and times
// only; never an answer, at any verbosity (tests/cli looks for planted values).
#pragma once

#include <spdlog/spdlog.h>

namespace placement::cli {

/// 0: warnings only; 1: what was done; 2 and more: details.
void set_verbosity(int verbosity);

spdlog::logger& log();

}  // namespace placement::cli
