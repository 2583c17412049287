// Small helpers for lines of text that people read: cleaning, cutting, joining, wrapping.
//
// Texts of packs and requests come from outside. Before they reach a terminal, a page or a picture they are cleaned:
// one line, valid UTF-8, no control character. Pure functions; no locale.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace placement::io {

/// `text` as one line of valid UTF-8: control characters become spaces, broken bytes U+FFFD.
[[nodiscard]] std::string clean(std::string_view text);
/// Code points of valid UTF-8.
[[nodiscard]] std::size_t code_points(std::string_view text) noexcept;
/// At most `limit` code points, cut at a space where there is one in the last half, with "..." where cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);
/// "a, b and c".
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view last_word = "and");
/// The first `limit` parts joined by `separator`, then ", and N more".
[[nodiscard]] std::string joined_up_to(const std::vector<std::string>& parts, std::size_t limit,
                                       std::string_view separator = ", ");
/// "1 rule", "2 rules".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);
/// With a capital first letter (ASCII).
[[nodiscard]] std::string capitalized(std::string_view text);
/// Without a full stop at the end.
[[nodiscard]] std::string without_stop(std::string_view text);
[[nodiscard]] std::string first_sentence(std::string_view text);
[[nodiscard]] std::string upper_case(std::string_view text);

/// How wide a piece of text is, in whatever unit the limit has.
using Measure = std::function<std::size_t(std::string_view)>;
/// Breaks at spaces into lines no wider than `limit`; a word wider than that is broken inside. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t limit,
                                               const Measure& measure = code_points);

}  // namespace placement::io
