#include "cli/interruption.hpp"

#include <csignal>
#include <cstdlib>
#include <initializer_list>

namespace placement::cli {
namespace {

volatile std::sig_atomic_t remembered = 0;

void remember(int signal) { remembered = signal; }

}  // namespace

void wait_for_interruption() {
  struct sigaction action {};
  action.sa_handler = remember;  // without SA_RESTART: a read that waits for more must end
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // What the parent told us to ignore (nohup) stays ignored.
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
      ::sigaction(signal, &action, nullptr);
  }
}

bool is_interrupted() noexcept { return remembered != 0; }

void end_interrupted() {
  const int signal = remembered;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
  std::_Exit(128 + signal);
}

}  // namespace placement::cli
