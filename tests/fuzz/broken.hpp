// What must be true of everything that readers say, whichever reader it is.
#pragma once

#include <string>
#include <string_view>

#include "placement/assessment.hpp"
#include "placement/engine.hpp"
#include "placement/result.hpp"

namespace placement::fuzz {

inline constexpr std::string_view kCanaryText = "KANARIE";
inline constexpr std::string_view kCanaryNumber = "77177";

/// RFC 8032, section 7.1, test 1: what is signed for these programs is signed with its private key.
inline constexpr std::string_view kPublicKey =
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view kPrivateKey =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

/// What is broken in a line said about `text`, or nothing: it is one line, and where the text holds answers it repeats
/// none of the canaries.
[[nodiscard]] std::string broken_in(std::string_view line, std::string_view text, bool holds_answers);
/// Likewise of an error.
[[nodiscard]] std::string broken_in(const Error& error, std::string_view text, bool holds_answers);

/// The default pack's engine, with few steps for its searches.
[[nodiscard]] const Engine& shipped();

/// What is broken when an assessment is written and read again.
[[nodiscard]] std::string round_trip(const Assessment& assessment);

}  // namespace placement::fuzz
