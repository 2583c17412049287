#include "io/ed25519.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <atomic>
#include <memory>
#include <new>

#include "io/openssl_context.hpp"

namespace placement::io {
namespace {

using namespace std::string_view_literals;

constexpr const char* kAlgorithm = "ED25519";
constexpr std::size_t kKeyBytes = 32, kSignatureBytes = 64;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeBytes {
  void operator()(BIO* bytes) const { BIO_free(bytes); }
};
struct FreeSigningContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeKey>;
using PemBytes = std::unique_ptr<BIO, FreeBytes>;
using SigningContext = std::unique_ptr<EVP_MD_CTX, FreeSigningContext>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// What OpenSSL notes of a failure is not left in the host's list of errors.
class KeepErrors {
 public:
  KeepErrors() { ERR_set_mark(); }
  ~KeepErrors() { ERR_pop_to_mark(); }
  KeepErrors(const KeepErrors&) = delete;
  KeepErrors& operator=(const KeepErrors&) = delete;
};

int no_password(char* /*into*/, int /*size*/, int /*is_writing*/, void* /*unused*/) { return -1; }  // and no prompt

template <class Read>
KeyHandle key_from(std::string_view pem, Read&& read) {
  constexpr std::size_t kMost = std::size_t{64} << 10U;
  if (pem.empty() || pem.size() > kMost) return nullptr;
  const PemBytes bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyHandle key(bytes ? read(bytes.get()) : nullptr);
  return key && EVP_PKEY_is_a(key.get(), kAlgorithm) == 1 ? std::move(key) : nullptr;
}

KeyHandle private_key(OSSL_LIB_CTX* context, std::string_view pem) {
  return key_from(pem, [context](BIO* bytes) {
    return PEM_read_bio_PrivateKey_ex(bytes, nullptr, no_password, nullptr, context, nullptr);
  });
}

KeyHandle public_key(OSSL_LIB_CTX* context, std::string_view pem) {
  return key_from(pem, [context](BIO* bytes) {
    return PEM_read_bio_PUBKEY_ex(bytes, nullptr, no_password, nullptr, context, nullptr);
  });
}

std::optional<std::string> public_part(const KeyHandle& key) {
  std::string raw(kKeyBytes, '\0');
  std::size_t size = raw.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytes_of(raw), &size) != 1 || size != raw.size())
    return std::nullopt;
  return raw;
}

bool verified(OSSL_LIB_CTX* library, const KeyHandle& key, std::string_view message, std::string_view signature) {
  const SigningContext context(key ? EVP_MD_CTX_new() : nullptr);
  return context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, library, nullptr, key.get(), nullptr) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

// A key and a signature that are right (RFC 8032, section 7.1, test 2) are found so: nothing is missing.
bool works(OSSL_LIB_CTX* context) {
  constexpr std::string_view kPem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
      "-----END PUBLIC KEY-----\n";
  constexpr std::string_view kSignature =
      "\x92\xa0\x09\xa9\xf0\xd4\xca\xb8\x72\x0e\x82\x0b\x5f\x64\x25\x40\xa2\xb2\x7b\x54\x16\x50\x3f\x8f\xb3\x76\x22\x23"
      "\xeb\xdb\x69\xda\x08\x5a\xc1\xe4\x3e\x15\x99\x6e\x45\x8f\x36\x13\xd0\xf1\x1d\x8c\x38\x7b\x2e\xae\xb4\x30\x2a\xee"
      "\xb0\x0d\x29\x16\x12\xbb\x0c\x00"sv;
  return verified(context, public_key(context, kPem), "r", kSignature);
}

// What `attempt` finds. Lack of memory makes OpenSSL say no, too, not always with an error that tells: so a no is asked
// for again, and taken for one only if OpenSSL still works.
template <class Attempt>
auto settled(Attempt&& attempt) {
  static std::atomic<OSSL_LIB_CTX*> kept{nullptr};
  const KeepErrors errors;
  OSSL_LIB_CTX* context = openssl_context(kept, works);
  if (context == nullptr) throw std::bad_alloc();
  auto found = attempt(context);
  if (!found) found = attempt(context);
  if (!found && !works(context)) throw std::bad_alloc();
  return found;
}

}  // namespace

std::optional<std::string> public_key_of_public(std::string_view public_key_pem) {
  return settled([&](OSSL_LIB_CTX* context) { return public_part(public_key(context, public_key_pem)); });
}

std::optional<std::string> public_key_of_private(std::string_view private_key_pem) {
  return settled([&](OSSL_LIB_CTX* context) { return public_part(private_key(context, private_key_pem)); });
}

std::optional<std::string> ed25519_sign(std::string_view private_key_pem, std::string_view message) {
  return settled([&](OSSL_LIB_CTX* library) -> std::optional<std::string> {
    const KeyHandle key = private_key(library, private_key_pem);
    const SigningContext context(key ? EVP_MD_CTX_new() : nullptr);
    std::string signature(kSignatureBytes, '\0');
    std::size_t size = signature.size();
    const bool is_signed =
        context && EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, library, nullptr, key.get(), nullptr) == 1 &&
        EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message), message.size()) == 1;
    if (!is_signed || size != signature.size()) return std::nullopt;
    return signature;
  });
}

bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  if (public_key.size() != kKeyBytes || signature.size() != kSignatureBytes) return false;
  return settled([&](OSSL_LIB_CTX* context) {
    const KeyHandle key(
        EVP_PKEY_new_raw_public_key_ex(context, kAlgorithm, nullptr, bytes_of(public_key), public_key.size()));
    return verified(context, key, message, signature);
  });
}

}  // namespace placement::io
