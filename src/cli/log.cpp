#include "cli/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

namespace placement::cli {

spdlog::logger& log() {
  static const std::shared_ptr<spdlog::logger> kLogger = [] {
    auto made = std::make_shared<spdlog::logger>("placement", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("placement: [%l] %v");
    made->set_level(spdlog::level::warn);
    return made;
  }();
  return *kLogger;
}

void set_verbosity(int verbosity) {
  log().set_level(verbosity <= 0 ? spdlog::level::warn : verbosity == 1 ? spdlog::level::info : spdlog::level::debug);
}

}  // namespace placement::cli
