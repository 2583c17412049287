#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace placement::cli {
namespace {

constexpr std::chrono::milliseconds kBetween(200);

// 1234567 as "1,234,567".
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string spoken(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

}  // namespace

Progress::Progress(std::optional<std::uint64_t> bytes, std::uint64_t done)
    : is_shown_(::isatty(STDERR_FILENO) == 1), bytes_(bytes), done_before_(done) {}

Progress::~Progress() {
  if (is_drawn_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(std::uint64_t rows, std::uint64_t bytes_done) {
  const Clock::time_point now = Clock::now();
  if (!is_shown_ || now - drawn_ < kBetween) return;
  drawn_ = now;
  is_drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double bytes_a_second = static_cast<double>(bytes_done - done_before_) / seconds;
  std::string line = "\r\x1b[K" + grouped(rows) + " rows";
  if (bytes_ && *bytes_ > 0) {
    constexpr std::size_t kWidth = 24;
    const double part = std::min(1.0, static_cast<double>(bytes_done) / static_cast<double>(*bytes_));
    const auto full = static_cast<std::size_t>(part * kWidth);
    line += " [" + std::string(full, '#') + std::string(kWidth - full, '.') + "] " +
            std::to_string(static_cast<int>(part * 100)) + " %";
  }
  line += ", " + grouped(static_cast<std::uint64_t>(bytes_a_second / 1e6)) + " MB/s";
  if (bytes_ && bytes_a_second > 0)
    line += ", " + spoken(static_cast<double>(*bytes_ - std::min(*bytes_, bytes_done)) / bytes_a_second) + " left";
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace placement::cli
