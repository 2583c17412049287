// Signatures of packs: a small JSON file beside the pack. What is signed names its purpose, so that a signature made
// for something else cannot stand for one of a pack.
#include "placement/signature.hpp"

#include "io/digest.hpp"
#include "io/ed25519.hpp"
#include "io/object_reader.hpp"

namespace placement {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 10U;
constexpr std::string_view kAlgorithm = "ed25519";

std::string message_of(std::string_view digest) { return "placement rule pack 1\n" + std::string(digest) + "\n"; }

Error refusal(std::string message) { return Error::of(ErrorCode::untrusted, {{"", std::move(message)}}); }

std::optional<std::string> from_hexadecimal(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const std::size_t high = kHex.find(text[i]), low = kHex.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(high * kHex.size() + low);
  }
  return text.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

}  // namespace

Result<std::string> sign_pack(const RulePack& pack, std::string_view private_key_pem) {
  const std::optional<std::string> key = io::public_key_of_private(private_key_pem);
  const std::optional<std::string> signature = io::ed25519_sign(private_key_pem, message_of(pack.digest()));
  if (!key || !signature) return refusal("the key is no private Ed25519 key in PEM without a password");
  const io::Json tree{{"format", 1},
                      {"algorithm", kAlgorithm},
                      {"pack", {{"id", pack.content().id}, {"version", pack.content().version}}},
                      {"digest", pack.digest()},
                      {"key", io::sha256(*key)},
                      {"signature", io::hexadecimal(*signature)}};
  return tree.dump(2) + "\n";
}

std::optional<Error> untrusted(const RulePack& pack, std::string_view signature, std::string_view public_key_pem) {
  const std::optional<std::string> key = io::public_key_of_public(public_key_pem);
  if (!key) return refusal("the key to check it with is no public Ed25519 key in PEM");
  std::vector<Fault> faults;
  const Result<io::Json> tree = io::parse_json(signature, kMaxBytes, faults);
  if (!tree.has_value()) return Error::of(ErrorCode::untrusted, tree.error().faults);
  std::string digest, made_with, hexadecimal;
  {
    io::ObjectReader o(*tree, "", faults);
    o.whole("format", 1, 1);
    o.one_of("algorithm", {kAlgorithm});
    o.required("pack");  // for people
    digest = o.text("digest");
    made_with = o.text("key");
    hexadecimal = o.text("signature");
  }
  if (!faults.empty()) return Error::of(ErrorCode::untrusted, std::move(faults));
  if (digest != pack.digest()) return refusal("the signature is of another pack, or the pack was altered");
  if (made_with != io::sha256(*key)) return refusal("the signature was made with another key");
  const std::optional<std::string> bytes = from_hexadecimal(hexadecimal);
  if (!bytes || !io::ed25519_verify(*key, message_of(digest), *bytes)) return refusal("the signature was altered");
  return std::nullopt;
}

}  // namespace placement
