#include "cli/audit_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "cli/command.hpp"
#include "placement/audit.hpp"

namespace placement::cli {
namespace {

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] int number() const noexcept { return file_; }

 private:
  int file_;
};

// The last line of the file with its newline; all of a file that is smaller than a record can be.
bool read_end(int file, off_t size, std::string& end) {
  end.resize(static_cast<std::size_t>(std::min<off_t>(size, kMaxAuditRecordBytes)));
  for (std::size_t done = 0; done < end.size();) {
    const ssize_t now = ::pread(file, end.data() + done, end.size() - done,
                                size - static_cast<off_t>(end.size()) + static_cast<off_t>(done));
    if (now <= 0) return false;
    done += static_cast<std::size_t>(now);
  }
  const std::size_t line = end.size() < 2 ? std::string::npos : end.rfind('\n', end.size() - 2);
  if (line != std::string::npos) end.erase(0, line + 1);
  return true;
}

// A file's name is on the disk only with its folder.
bool sync_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool is_synced = ::fsync(opened) == 0 || errno == EINVAL;  // of file systems that have nothing to do there
  ::close(opened);
  return is_synced;
}

bool write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t now = ::write(file, text.data() + done, text.size() - done);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) return false;
    done += static_cast<std::size_t>(now);
  }
  return ::fsync(file) == 0;
}

}  // namespace

int append_audit_record(const std::string& path, const Recommendation& result, const std::string& time) {
  // What cannot become a record makes no file.
  if (const Result<std::string> first = audit_record(result, time, kAuditStart); !first.has_value())
    return (report("--audit", first.error()), int{kUsage});
  if (path == "-") return usage_error("--audit: expected a file, which the next record can follow");
  const OpenFile file(path);
  struct stat status {};
  if (file.number() < 0)
    return fails(path, std::string("cannot be opened: ") +
                           (errno == ELOOP ? "it is a link; name the file itself" : std::strerror(errno)));
  while (::flock(file.number(), LOCK_EX) != 0)
    if (errno != EINTR) return fails(path, "cannot be locked");
  if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return fails(path, "is not a file");
  std::string previous(kAuditStart);
  if (status.st_size > 0) {
    std::string end;
    if (!read_end(file.number(), status.st_size, end)) return fails(path, "cannot be read");
    const bool has_newline = end.back() == '\n';
    if (has_newline) end.pop_back();
    const std::optional<std::string> hash = has_newline ? audit_hash(end) : std::nullopt;
    if (!hash)
      return fails(path,
                   "does not end with a whole audit record; `placement audit verify` says more. Nothing was added");
    previous = *hash;
  }
  const Result<std::string> record = audit_record(result, time, previous);
  if (record.has_value() && write_all(file.number(), *record) && (status.st_size > 0 || sync_folder_of(path)))
    return kDone;
  static_cast<void>(::ftruncate(file.number(), status.st_size) == 0);  // as it was, where that can be had
  return fails(path, "cannot be written");
}

}  // namespace placement::cli
