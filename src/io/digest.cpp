#include "io/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace placement::io {
namespace {

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += kHex[bytes[i] >> 4U];
    text += kHex[bytes[i] & 15U];
  }
  return text;
}

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

// OpenSSL fails here only where memory is missing.
Context made() {
  Context context(EVP_MD_CTX_new());
  if (context == nullptr) throw std::bad_alloc();
  return context;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t length = 0;
  EVP_Q_digest(nullptr, "SHA256", nullptr, bytes.data(), bytes.size(), digest.data(), &length);
  return hexadecimal(digest.data(), length);
}

struct Sha256::State {
  Context context = made();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }

std::string Sha256::so_far() const {
  const Context copy = made();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_MD_CTX_copy_ex(copy.get(), state_->context.get()) != 1) throw std::bad_alloc();
  EVP_DigestFinal_ex(copy.get(), digest.data(), &length);
  return hexadecimal(digest.data(), length);
}

}  // namespace placement::io
