// A file that is written bit by bit under a name of its own, FILE.partial, and gets its final name when it is whole.
// What a killed run leaves is never under the final name, and can be gone on with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace placement::cli {

class PartialFile {
 public:
  /// Opens FILE.partial, or makes it, readable by its owner alone, and keeps other runs from it; cut to `keep` bytes.
  /// Null, with a message on standard error, where that cannot be done: FILE is a directory or a device, another run
  /// writes it, or it has fewer bytes than `keep`.
  [[nodiscard]] static std::unique_ptr<PartialFile> open(const std::string& path, std::uint64_t keep);
  /// Standard output: it has no other name, and nothing can be gone on with.
  [[nodiscard]] static std::unique_ptr<PartialFile> standard_output();
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  /// False where not everything could be written.
  [[nodiscard]] bool write(std::string_view bytes);
  /// Bytes written so far, those kept included.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Everything written is on the disk.
  [[nodiscard]] bool sync();
  /// Gives the file its name. False where that cannot be done; then it stays under the other.
  [[nodiscard]] bool finish();
  /// Takes the file away.
  void discard();

 private:
  PartialFile(int file, std::string target, std::string partial, std::uint64_t size);
  int file_;
  std::string target_, partial_;  // empty: standard output
  std::uint64_t size_;
};

}  // namespace placement::cli
