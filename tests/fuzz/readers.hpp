// What must be true of every text, well formed or not, that a reader of the library is given.
//
// Each check reads one text and answers with what is broken, or nothing. The same checks run under libFuzzer
// (libfuzzer.cpp, one program a reader) and over the corpus as ordinary tests (corpus_test.cpp). Crashes, leaks and
// undefined behaviour are found by the sanitizers of the preset.
//
// The corpus writes KANARIE and 77177 where answers stand: neither is a name or a value of any field, and no error may
// repeat them.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace placement::fuzz {

/// What is broken, in a line; empty: nothing.
using Check = std::string (*)(std::string_view text);

[[nodiscard]] std::string check_assessment(std::string_view text);
[[nodiscard]] std::string check_input(std::string_view text);
[[nodiscard]] std::string check_cases(std::string_view text);
[[nodiscard]] std::string check_pack(std::string_view text);
/// `text` is the condition of a rule in an otherwise good pack.
[[nodiscard]] std::string check_condition(std::string_view text);

/// A mapping, which must then read a row under its own header.
[[nodiscard]] std::string check_mapping(std::string_view text);
/// Cells with commas between them, read through every mapping that the library carries.
[[nodiscard]] std::string check_row(std::string_view text);
/// A batch in Arrow's format made of the bytes, scored.
[[nodiscard]] std::string check_arrow(std::string_view text);

/// A file of rows, read in pieces of several sizes; nothing of it may be lost, and each row says what the reader of one
/// assessment says.
[[nodiscard]] std::string check_ndjson(std::string_view text);
[[nodiscard]] std::string check_csv(std::string_view text);

/// A kept result, a log of audit records, a signature or a key.
[[nodiscard]] std::string check_kept(std::string_view text);

/// Calls of the C interface: each byte names one, the next ones are its arguments (calls.cpp).
[[nodiscard]] std::string check_calls(std::string_view text);

/// Draws a small pack, a request and an assessment from the bytes, and compares the library with the brute-force
/// definition of tests/oracle.
[[nodiscard]] std::string check_masks(std::string_view text);

struct Reader {
  std::string_view name;  ///< its folder in tests/fuzz/corpus
  Check check;
};

inline constexpr std::array<Reader, 13> kReaders{{{"assessment", check_assessment},
                                                  {"input", check_input},
                                                  {"cases", check_cases},
                                                  {"pack", check_pack},
                                                  {"condition", check_condition},
                                                  {"mapping", check_mapping},
                                                  {"row", check_row},
                                                  {"ndjson", check_ndjson},
                                                  {"csv", check_csv},
                                                  {"kept", check_kept},
                                                  {"calls", check_calls},
                                                  {"masks", check_masks},
                                                  {"arrow", check_arrow}}};

}  // namespace placement::fuzz
