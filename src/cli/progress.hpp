// How far a long run is: one line on standard error, drawn anew, where that is a terminal; nothing where it is not.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace placement::cli {

class Progress {
 public:
  /// `bytes` of the whole input, where known; `done` of them were read before.
  explicit Progress(std::optional<std::uint64_t> bytes, std::uint64_t done = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::uint64_t rows, std::uint64_t bytes_done);

 private:
  using Clock = std::chrono::steady_clock;
  bool is_shown_;
  bool is_drawn_ = false;
  std::optional<std::uint64_t> bytes_;
  std::uint64_t done_before_;
  Clock::time_point start_ = Clock::now(), drawn_ = start_;
};

}  // namespace placement::cli
