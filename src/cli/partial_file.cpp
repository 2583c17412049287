#include "cli/partial_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "cli/command.hpp"

namespace placement::cli {
namespace {

std::unique_ptr<PartialFile> refused(const std::string& path, const std::string& why) {
  fails(path, why);
  return nullptr;
}

}  // namespace

PartialFile::PartialFile(int file, std::string target, std::string partial, std::uint64_t size)
    : file_(file), target_(std::move(target)), partial_(std::move(partial)), size_(size) {}

PartialFile::~PartialFile() {
  if (!target_.empty() && file_ >= 0) ::close(file_);
}

std::unique_ptr<PartialFile> PartialFile::open(const std::string& path, std::uint64_t keep) {
  std::error_code error;
  std::filesystem::path target = std::filesystem::weakly_canonical(path, error);  // a link stays a link
  if (error) target = path;
  const std::filesystem::file_status now = std::filesystem::status(target, error);
  if (std::filesystem::exists(now) && !std::filesystem::is_regular_file(now))
    return refused(path, "cannot be written: it is not a file");
  const std::string partial = target.string() + ".partial";
  const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (file < 0) return refused(path, std::string("cannot be written: ") + std::strerror(errno));
  std::unique_ptr<PartialFile> made(new PartialFile(file, target.string(), partial, keep));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) return refused(path, "another run is writing it");
  struct stat status {};
  if (::fstat(file, &status) != 0 || static_cast<std::uint64_t>(status.st_size) < keep)
    return refused(path + ".partial", "is shorter than it was when the run was broken off");
  if (::ftruncate(file, static_cast<off_t>(keep)) != 0 || ::lseek(file, 0, SEEK_END) < 0)
    return refused(path, std::string("cannot be written: ") + std::strerror(errno));
  return made;
}

std::unique_ptr<PartialFile> PartialFile::standard_output() {
  return std::unique_ptr<PartialFile>(new PartialFile(STDOUT_FILENO, "", "", 0));
}

bool PartialFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  return true;
}

bool PartialFile::sync() { return target_.empty() || ::fsync(file_) == 0; }

bool PartialFile::finish() {
  return target_.empty() || (sync() && std::rename(partial_.c_str(), target_.c_str()) == 0);
}

void PartialFile::discard() {
  if (!target_.empty()) ::unlink(partial_.c_str());
}

}  // namespace placement::cli
