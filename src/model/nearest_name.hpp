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

/// The word in backticks if it looks like one of our ids ([a-z0-9_]{1,40}); otherwise nothing of it: a mistyped key may
/// hold a patient's name.
[[nodiscard]] std::string quoted_if_harmless(std::string_view word);

}  // namespace placement::model
