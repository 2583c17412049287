// JSON text to a tree and back: strict, bounded, and silent about values. The only room that knows nlohmann_json is
// this one (src/io); its exceptions and messages, which may quote the input, end here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "io/json_tree.hpp"
#include "placement/assessment.hpp"
#include "placement/result.hpp"

namespace placement::io {

inline constexpr std::size_t kMaxPackBytes = std::size_t{16} << 20U;
inline constexpr std::size_t kMaxAssessmentBytes = std::size_t{1} << 20U;

/// Parses one JSON document. Fails with ErrorCode::syntax for broken text (place: line and column), more than
/// `max_bytes` or deep nesting; keys that stand twice are added to `faults` with their JSON pointer.
[[nodiscard]] Result<Json> parse_json(std::string_view text, std::size_t max_bytes, std::vector<Fault>& faults);

/// `pointer` + "/" + key, escaped; a key that may not be echoed is left out.
[[nodiscard]] std::string pointer_to(const std::string& pointer, std::string_view key);

/// Does a number with a fraction stand anywhere? What is digested holds whole numbers only: its canonical form then
/// needs no rule for writing fractions.
[[nodiscard]] bool has_fraction(const Json& tree);
/// RFC 8785 form: keys sorted, no spaces. The tree must hold no fractions.
[[nodiscard]] std::string canonical(const Json& tree);

/// The JSON form of an answer: 27, "sheltered", true, {"from": 8}, {"any_of": [...]}; null for all values.
[[nodiscard]] Json answer_json(Field field, const ValueSet& values);
/// Reads such an answer; adds what is wrong to `faults` and then returns an empty set. null reads as all values.
[[nodiscard]] ValueSet read_answer(const FieldSpec& field, const Json& tree, const std::string& pointer,
                                   std::vector<Fault>& faults);

}  // namespace placement::io
