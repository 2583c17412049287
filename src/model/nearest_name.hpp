// "Did you mean ...?": the known name nearest to a word that was not understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace placement::model {

/// The candidate with the smallest edit distance to `word` (ties: the first), or empty where none is near (distance
/// above a third of the word's length, at least 1).
[[nodiscard]] std::string nearest_name(std::string_view word, const std::vector<std::string_view>& candidates);

/// "; did you mean `name`?", or empty.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

/// Does a word look like one of our ids ([a-z0-9_]{1,40})? Any other is not repeated: a mistyped key may hold a name of
/// a patient.
[[nodiscard]] bool is_harmless(std::string_view word) noexcept;

/// The word in backticks if it is harmless; otherwise nothing of it.
[[nodiscard]] std::string quoted_if_harmless(std::string_view word);

}  // namespace placement::model
