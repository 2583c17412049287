#include "cli/save_file.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace placement::cli {
namespace {

bool write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written <= 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return ::fsync(file) == 0;
}

}  // namespace

bool save_whole(const std::string& path, const std::string& text) {
  std::error_code error;
  std::filesystem::path target = std::filesystem::weakly_canonical(path, error);  // a link stays a link
  if (error) target = path;
  const std::filesystem::file_status now = std::filesystem::status(target, error);
  if (std::filesystem::exists(now) && !std::filesystem::is_regular_file(now)) return false;
  std::string beside = target.string() + ".XXXXXX";
  const int file = ::mkstemp(beside.data());  // mode 0600
  if (file < 0) return false;
  const bool is_written = write_all(file, text);
  if (::close(file) == 0 && is_written && std::rename(beside.c_str(), target.c_str()) == 0) return true;
  ::unlink(beside.c_str());
  return false;
}

}  // namespace placement::cli
