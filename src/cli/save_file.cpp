#include "cli/save_file.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace placement::cli {

bool save_whole(const std::string& path, const std::function<bool(std::FILE*)>& write) {
  std::error_code error;
  std::filesystem::path target = std::filesystem::weakly_canonical(path, error);  // a link stays a link
  if (error) target = path;
  const std::filesystem::file_status now = std::filesystem::status(target, error);
  if (std::filesystem::exists(now) && !std::filesystem::is_regular_file(now)) return false;
  std::string beside = target.string() + ".XXXXXX";
  const int file = ::mkstemp(beside.data());  // mode 0600
  if (file < 0) return false;
  std::FILE* stream = ::fdopen(file, "wb");
  if (stream == nullptr) ::close(file);
  const bool is_written = stream != nullptr && write(stream) && std::fflush(stream) == 0 &&
                          ::fsync(file) == 0;  // on the disk before it is named
  const bool is_closed = stream != nullptr && std::fclose(stream) == 0;
  if (is_written && is_closed && std::rename(beside.c_str(), target.c_str()) == 0) return true;
  ::unlink(beside.c_str());
  return false;
}

bool save_whole(const std::string& path, const std::string& text) {
  return save_whole(path,
                    [&](std::FILE* file) { return std::fwrite(text.data(), 1, text.size(), file) == text.size(); });
}

}  // namespace placement::cli
