// Signed packs: whoever decides which rules may be used signs them, and programs refuse all others.
//
//   auto signature = placement::sign_pack(pack, private_key_pem);
//   if (auto error = placement::untrusted(pack, signature_text, public_key_pem)) return refuse(*error);
//
// What is signed is the pack's digest, so spaces and the order of keys may change, and nothing else. Keys are Ed25519
// (RFC 8032) in PEM, as `openssl genpkey -algorithm ed25519` makes them. docs/trust.md says how keys are used. Pure
// functions; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "placement/result.hpp"
#include "placement/rule_pack.hpp"

namespace placement {

/// A signature of the pack, as JSON that ends with a newline. Fails with ErrorCode::untrusted where the key is no
/// private Ed25519 key that can be read (keys with a password cannot).
[[nodiscard]] Result<std::string> sign_pack(const RulePack& pack, std::string_view private_key_pem);

/// Nothing where `signature` is one of this pack made with the private key that belongs to `public_key_pem`. Otherwise
/// why not, with ErrorCode::untrusted: it is no signature, it is of another pack or version, it was made with another
/// key, it was altered; or the key is no public Ed25519 key.
[[nodiscard]] std::optional<Error> untrusted(const RulePack& pack, std::string_view signature,
                                             std::string_view public_key_pem);

}  // namespace placement
