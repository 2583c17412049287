#include "cli/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/command.hpp"
#include "cli/interruption.hpp"

namespace placement::cli {

std::unique_ptr<InputFile> InputFile::open(const std::string& path, bool with_digest) {
  const int file = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  const bool is_open = file >= 0 && ::fstat(file, &status) == 0;
  if (!is_open || S_ISDIR(status.st_mode)) {
    const std::string why = is_open ? "it is a directory" : std::strerror(errno);
    fails(path, "cannot be read: " + why);
    if (is_open && path != "-") ::close(file);
    return nullptr;
  }
  std::unique_ptr<InputFile> made(new InputFile(file));
  if (S_ISREG(status.st_mode)) {
    made->size_ = static_cast<std::uint64_t>(status.st_size);
    made->state_ = std::to_string(status.st_size) + " bytes of " + std::to_string(status.st_mtim.tv_sec) + "." +
                   std::to_string(status.st_mtim.tv_nsec);
  }
  if (with_digest) made->digest_.emplace();
  return made;
}

InputFile::~InputFile() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

std::size_t InputFile::read(char* into, std::size_t size) {
  for (;;) {
    if (is_interrupted()) return 0;
    const ssize_t got = ::read(file_, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) has_failed_ = true;
    if (got <= 0) return 0;
    const auto bytes = static_cast<std::size_t>(got);
    bytes_read_ += bytes;
    if (digest_) digest_->add({into, bytes});
    return bytes;
  }
}

bool InputFile::go_to(std::uint64_t byte) {
  if (!size_ || byte > *size_) return false;
  const std::uint64_t from = digest_ ? 0 : byte;
  if (::lseek(file_, static_cast<off_t>(from), SEEK_SET) < 0) return false;
  bytes_read_ = from;
  if (digest_) digest_.emplace();
  std::array<char, 65536> over{};
  while (bytes_read_ < byte)
    if (read(over.data(), std::min<std::uint64_t>(byte - bytes_read_, over.size())) == 0) return false;
  return true;
}

}  // namespace placement::cli
