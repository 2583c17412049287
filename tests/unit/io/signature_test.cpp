#include "placement/signature.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/digest.hpp"
#include "io/ed25519.hpp"
#include "placement/io.hpp"

namespace placement {
namespace signature_test {

using testing::HasSubstr;

std::string pem(const char* kind, const char* body) {
  return std::string("-----BEGIN ") + kind + " KEY-----\n" + body + "\n-----END " + kind + " KEY-----\n";
}

// RFC 8032, section 7.1, tests 1 and 2; the keys in the form of RFC 8410.
struct Vector {
  std::string private_key, public_key, message, signature;
};
const std::vector<Vector>& vectors() {
  static const std::vector<Vector> kVectors{
      {pem("PRIVATE", "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"),
       pem("PUBLIC", "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="), "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
       "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {pem("PRIVATE", "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7"),
       pem("PUBLIC", "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="), "r",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"}};
  return kVectors;
}

std::string message_of(const std::optional<Error>& error) { return error ? error->message : "trusted"; }

TEST(Ed25519, SignsAsTheStandardDoes) {
  for (const Vector& v : vectors()) {
    const std::string signature = io::ed25519_sign(v.private_key, v.message).value_or("");
    EXPECT_EQ(io::hexadecimal(signature), v.signature);
    EXPECT_EQ(io::public_key_of_private(v.private_key), io::public_key_of_public(v.public_key));
    const std::string key = *io::public_key_of_public(v.public_key);
    EXPECT_TRUE(io::ed25519_verify(key, v.message, signature));
    EXPECT_FALSE(io::ed25519_verify(key, v.message + "x", signature));
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
      std::string altered = signature;
      altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(io::ed25519_verify(key, v.message, altered)) << bit;
    }
  }
}

TEST(Ed25519, TakesNoOtherKeys) {
  for (const std::string& text : {std::string(), std::string("no key"), vectors()[0].public_key, pem("PRIVATE", "AAAA"),
                                  vectors()[0].private_key.substr(0, 60)})
    EXPECT_FALSE(io::ed25519_sign(text, "m")) << text;
  EXPECT_FALSE(io::public_key_of_public(vectors()[0].private_key));
  EXPECT_FALSE(io::ed25519_verify("short", "m", std::string(64, 'x')));
}

TEST(Signature, IsOfOnePackAndOneKey) {
  const RulePack pack = default_pack();
  const std::string signature = *sign_pack(pack, vectors()[0].private_key);
  EXPECT_EQ(message_of(untrusted(pack, signature, vectors()[0].public_key)), "trusted");
  EXPECT_THAT(message_of(untrusted(pack, signature, vectors()[1].public_key)), HasSubstr("another key"));
  EXPECT_THAT(message_of(untrusted(pack, signature, "no key")), HasSubstr("no public Ed25519 key"));

  std::string other(default_pack_text());
  const std::size_t at = other.find("\"version\": \"");
  other.replace(at + 12, 5, "9.9.9");
  const Result<RulePack> altered = read_pack(other);
  ASSERT_TRUE(altered.has_value());
  EXPECT_THAT(message_of(untrusted(*altered, signature, vectors()[0].public_key)), HasSubstr("altered"));
}

TEST(Signature, ShowsEveryChangeOfItsOwn) {
  const RulePack pack = default_pack();
  const std::string signature = *sign_pack(pack, vectors()[0].private_key);
  const std::size_t member = signature.find("\"signature\": \"") + 14;
  for (std::size_t i = 0; i < 128; i += 7) {
    std::string altered = signature;
    altered[member + i] = altered[member + i] == '0' ? '1' : '0';
    EXPECT_THAT(message_of(untrusted(pack, altered, vectors()[0].public_key)), HasSubstr("altered"));
  }
  for (std::size_t size = 0; size + 2 < signature.size(); size += 11)
    EXPECT_TRUE(untrusted(pack, signature.substr(0, size), vectors()[0].public_key)) << size;
  EXPECT_TRUE(untrusted(pack, "{}", vectors()[0].public_key));
}

}  // namespace signature_test
}  // namespace placement
