#include "io/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <atomic>
#include <new>

#include "io/openssl_context.hpp"

namespace placement::io {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

OSSL_LIB_CTX* digest_context() noexcept {
  static std::atomic<OSSL_LIB_CTX*> kept{nullptr};
  return openssl_context(kept, [](OSSL_LIB_CTX* made) {
    EVP_MD* loaded = EVP_MD_fetch(made, "SHA256", nullptr);
    EVP_MD_free(loaded);
    return loaded != nullptr;
  });
}

// Kept as long as the process; nullptr where there is no memory: the next call tries again.
const EVP_MD* sha256_algorithm() {
  static std::atomic<const EVP_MD*> kept{nullptr};
  if (const EVP_MD* made = kept.load(std::memory_order_acquire)) return made;
  OSSL_LIB_CTX* context = digest_context();
  EVP_MD* fetched = context == nullptr ? nullptr : EVP_MD_fetch(context, "SHA256", nullptr);
  const EVP_MD* none = nullptr;
  if (fetched != nullptr && kept.compare_exchange_strong(none, fetched, std::memory_order_acq_rel)) return fetched;
  EVP_MD_free(fetched);  // there was no memory, or another thread was quicker
  return kept.load(std::memory_order_acquire);
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

OSSL_LIB_CTX* openssl_context(std::atomic<OSSL_LIB_CTX*>& kept, bool (*works)(OSSL_LIB_CTX*)) noexcept {
  if (OSSL_LIB_CTX* made = kept.load(std::memory_order_acquire)) return made;
  OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
  OSSL_LIB_CTX* none = nullptr;
  if (made != nullptr && works(made) && kept.compare_exchange_strong(none, made, std::memory_order_acq_rel))
    return made;
  OSSL_LIB_CTX_free(made);  // there was no memory, or another thread was quicker
  return kept.load(std::memory_order_acquire);
}

void initialise_own_openssl() noexcept {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
}

bool is_sha256(std::string_view text) noexcept {
  return text.size() == 64 && text.find_first_not_of(kHex) == std::string_view::npos;
}

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    text += kHex[static_cast<unsigned char>(c) >> 4U];
    text += kHex[static_cast<unsigned char>(c) & 15U];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  checked([&] {
    const EVP_MD* algorithm = sha256_algorithm();
    return algorithm != nullptr &&
           EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, algorithm, nullptr) == 1;
  });
  return hexadecimal({reinterpret_cast<const char*>(digest.data()), length});
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
  return hexadecimal({reinterpret_cast<const char*>(digest.data()), length});
}

}  // namespace placement::io
