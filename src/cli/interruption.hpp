// Ctrl-C and the like: a run that writes files ends in good order first.
#pragma once

namespace placement::cli {

/// From here on SIGINT, SIGTERM and SIGHUP are remembered instead of ending the program at once.
void wait_for_interruption();
[[nodiscard]] bool is_interrupted() noexcept;
/// Ends the program as the remembered signal would have.
[[noreturn]] void end_interrupted();

}  // namespace placement::cli
