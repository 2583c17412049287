// Levels and rules of a recommendation in words: what all formats say alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "placement/recommendation.hpp"

namespace placement::io {

[[nodiscard]] inline const PackContent& content(const Recommendation& r) { return r.pack.content(); }

/// Rules that make stop `stop` of the walk insufficient and are not named again further up, so that a drawing of the
/// walk says each of them once, just below the level it demands.
[[nodiscard]] std::vector<std::size_t> rules_overcome(const Recommendation& r, std::size_t stop);

/// What a pack says of a level beside its description, hours and stay: "where: ...", "staff: ...".
[[nodiscard]] std::vector<std::string> level_lines(const CareLevel& level);
[[nodiscard]] std::string level_name(const Recommendation& r, std::size_t level);
/// The name without what it adds in brackets.
[[nodiscard]] std::string short_name(const Recommendation& r, std::size_t level);
/// "Inpatient or Detox": each of them by its short name, `word` before the last.
[[nodiscard]] std::string level_names(const Recommendation& r, const std::vector<std::size_t>& levels,
                                      std::string_view word);
/// "Aftercare to Detox (6 levels)", "Inpatient or Detox", "Detox".
[[nodiscard]] std::string level_range(const Recommendation& r, const std::vector<std::size_t>& levels);
/// The sentence of a rule, its first source cut to `citation_limit` code points, and a mark where not verified.
[[nodiscard]] std::string rule_sentence(const Recommendation& r, std::size_t rule, std::size_t citation_limit);
/// "level Detox", "avoid Naltrexone", "urgent alert", ...: what a rule says.
[[nodiscard]] std::string rule_says(const PackContent& pack, const Rule& rule);

}  // namespace placement::io
