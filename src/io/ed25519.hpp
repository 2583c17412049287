// Ed25519 (RFC 8032) with keys in PEM.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace placement::io {

/// A public key, 32 bytes.
[[nodiscard]] std::optional<std::string> public_key_of_public(std::string_view public_key_pem);
[[nodiscard]] std::optional<std::string> public_key_of_private(std::string_view private_key_pem);

/// The signature, 64 bytes; nothing where the key is no private Ed25519 key without a password.
[[nodiscard]] std::optional<std::string> ed25519_sign(std::string_view private_key_pem, std::string_view message);
/// `public_key` has 32 bytes.
[[nodiscard]] bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace placement::io
