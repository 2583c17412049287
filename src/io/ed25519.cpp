#include "io/ed25519.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <new>

#include "io/openssl_context.hpp"

namespace placement::io {
namespace {

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
  if (pem.empty() || pem.size() > kMost || openssl_context() == nullptr) return nullptr;
  const PemBytes bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyHandle key(bytes ? read(bytes.get()) : nullptr);
  return key && EVP_PKEY_is_a(key.get(), kAlgorithm) == 1 ? std::move(key) : nullptr;
}

KeyHandle private_key(std::string_view pem) {
  return key_from(pem, [](BIO* bytes) {
    return PEM_read_bio_PrivateKey_ex(bytes, nullptr, no_password, nullptr, openssl_context(), nullptr);
  });
}

std::optional<std::string> public_part(const KeyHandle& key) {
  std::string raw(kKeyBytes, '\0');
  std::size_t size = raw.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytes_of(raw), &size) != 1 || size != raw.size())
    return std::nullopt;
  return raw;
}

}  // namespace

std::optional<std::string> public_key_of_public(std::string_view public_key_pem) {
  const KeepErrors errors;
  std::optional<std::string> key = public_part(key_from(public_key_pem, [](BIO* bytes) {
    return PEM_read_bio_PUBKEY_ex(bytes, nullptr, no_password, nullptr, openssl_context(), nullptr);
  }));
  if (!key && ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE) throw std::bad_alloc();
  return key;
}

std::optional<std::string> public_key_of_private(std::string_view private_key_pem) {
  const KeepErrors errors;
  return public_part(private_key(private_key_pem));
}

std::optional<std::string> ed25519_sign(std::string_view private_key_pem, std::string_view message) {
  const KeepErrors errors;
  const KeyHandle key = private_key(private_key_pem);
  const SigningContext context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  const bool is_signed =
      key && context &&
      EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, openssl_context(), nullptr, key.get(), nullptr) == 1 &&
      EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message), message.size()) == 1;
  if (!is_signed || size != signature.size()) return std::nullopt;
  return signature;
}

bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  const KeepErrors errors;
  if (public_key.size() != kKeyBytes || signature.size() != kSignatureBytes) return false;
  if (openssl_context() == nullptr) throw std::bad_alloc();
  const KeyHandle key(
      EVP_PKEY_new_raw_public_key_ex(openssl_context(), kAlgorithm, nullptr, bytes_of(public_key), public_key.size()));
  const SigningContext context(EVP_MD_CTX_new());
  if (!key || !context ||
      EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, openssl_context(), nullptr, key.get(), nullptr) != 1)
    throw std::bad_alloc();  // any 32 bytes will do for a key: nothing else makes these fail
  const auto before = ERR_peek_last_error();
  if (EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1)
    return true;
  if (ERR_peek_last_error() != before) throw std::bad_alloc();  // a signature that does not fit is no error to OpenSSL
  return false;
}

}  // namespace placement::io
