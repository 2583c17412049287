// SHA-256, whole or piece by piece. The only files that know OpenSSL are digest.cpp and ed25519.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace placement::io {

/// For whoever has an OpenSSL to himself: the shared library, which carries one (docs/decisions/libcrypto-inside.md),
/// and the command line tool. To be called before the first digest; later calls do nothing. That OpenSSL then reads no
/// OPENSSL_CONF and leaves no handler for the end of the process. Where OpenSSL is the host's, that is not ours to
/// decide.
void initialise_own_openssl() noexcept;

/// Two lower-case digits for each byte.
[[nodiscard]] std::string hexadecimal(std::string_view bytes);

/// 64 digits as hexadecimal() writes them.
[[nodiscard]] bool is_sha256(std::string_view text) noexcept;

/// SHA-256 of `bytes`, 64 hexadecimal digits. Throws std::bad_alloc without memory, as all of this file.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// SHA-256 of a stream. Not shared by threads.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// Of all that was added so far, 64 hexadecimal digits; more can be added afterwards.
  [[nodiscard]] std::string so_far() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace placement::io
