// Bytes of a large input, read once from its beginning to its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "io/digest.hpp"

namespace placement::cli {

class InputFile {
 public:
  /// Opens `path`, - for standard input; `with_digest`: for sha256(). Null, with a message on standard error, where it
  /// cannot be read.
  [[nodiscard]] static std::unique_ptr<InputFile> open(const std::string& path, bool with_digest);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// Up to `size` bytes; 0 at the end, after a failure, and once the program was interrupted.
  [[nodiscard]] std::size_t read(char* into, std::size_t size);
  /// Goes on at that byte of a file; those before it count as read. False where there are fewer.
  [[nodiscard]] bool go_to(std::uint64_t byte);

  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }
  /// Bytes of the whole, where it is a file.
  [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
  /// Changes when the file is written to: its size and time of change. Empty where it is no file.
  [[nodiscard]] const std::string& state() const noexcept { return state_; }
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  /// Of the bytes read so far.
  [[nodiscard]] std::string sha256() const { return digest_ ? digest_->so_far() : ""; }

 private:
  explicit InputFile(int file) : file_(file) {}
  int file_;
  std::optional<std::uint64_t> size_;
  std::string state_;
  std::uint64_t bytes_read_ = 0;
  bool has_failed_ = false;
  std::optional<io::Sha256> digest_;
};

}  // namespace placement::cli
