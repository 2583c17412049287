// tests/mappings/small.json, a mapping that has a bit of everything, for unit tests of reading and of rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placement/mapping.hpp"

namespace placement::small_mapping {

/// As JSON, with `edits` as small_packs has them.
[[nodiscard]] std::string text(std::string_view edits = "{}");
/// The same, read; a fault ends the test program.
[[nodiscard]] Mapping mapping(std::string_view edits = "{}");
/// What is wrong with it, "place: message" each.
[[nodiscard]] std::vector<std::string> faults(std::string_view edits);

/// Header and cells as people write them: "a,b,,c". No quotes.
[[nodiscard]] std::vector<std::string_view> cells(std::string_view line);
/// One row under a header; a header that does not fit ends the test program.
[[nodiscard]] MappedRow row(const Mapping& mapping, std::string_view header, std::string_view line);
/// The answers of a row, as write_assessment has them; the faults instead where there are any.
[[nodiscard]] std::string answers(const MappedRow& row);

}  // namespace placement::small_mapping
