#include "io/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <atomic>
#include <new>

namespace placement::io {
namespace {

// SHA-256 from a library context of our own: the default one obeys OPENSSL_CONF and what the host program does to it.
// Made once and kept as long as the process; nullptr where there is no memory: the next call tries again.
const EVP_MD* sha256_algorithm() {
  static std::atomic<const EVP_MD*> kept{nullptr};
  if (const EVP_MD* made = kept.load(std::memory_order_acquire)) return made;
  OSSL_LIB_CTX* context = OSSL_LIB_CTX_new();
  EVP_MD* fetched = context == nullptr ? nullptr : EVP_MD_fetch(context, "SHA256", nullptr);
  const EVP_MD* none = nullptr;
  if (fetched != nullptr && kept.compare_exchange_strong(none, fetched, std::memory_order_acq_rel)) return fetched;
  EVP_MD_free(fetched);  // there was no memory, or another thread was quicker
  OSSL_LIB_CTX_free(context);
  return kept.load(std::memory_order_acquire);
}

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

// Nothing but lack of memory makes a digest fail. What OpenSSL notes of it is not left in the host's list of errors.
template <class Work>
void checked(Work&& work) {
  ERR_set_mark();
  const bool is_done = work();
  ERR_pop_to_mark();
  if (!is_done) throw std::bad_alloc();
}

Context made() {
  Context context;
  checked([&] {
    context.reset(EVP_MD_CTX_new());
    return context != nullptr;
  });
  return context;
}

}  // namespace

void initialise_own_openssl() noexcept {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  checked([&] {
    const EVP_MD* algorithm = sha256_algorithm();
    return algorithm != nullptr &&
           EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, algorithm, nullptr) == 1;
  });
  return hexadecimal(digest.data(), length);
}

struct Sha256::State {
  Context context = made();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  checked([&] {
    const EVP_MD* algorithm = sha256_algorithm();
    return algorithm != nullptr && EVP_DigestInit_ex(state_->context.get(), algorithm, nullptr) == 1;
  });
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  checked([&] { return EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1; });
}

std::string Sha256::so_far() const {
  const Context copy = made();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  checked([&] {
    return EVP_MD_CTX_copy_ex(copy.get(), state_->context.get()) == 1 &&
           EVP_DigestFinal_ex(copy.get(), digest.data(), &length) == 1;
  });
  return hexadecimal(digest.data(), length);
}

}  // namespace placement::io
