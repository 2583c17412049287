// CSV for tests: enough for rows that we wrote or know, and where the real ones are found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace placement::support {

/// Rows of cells; quotes, doubled quotes and line breaks inside quotes as RFC 4180 has them.
using Table = std::vector<std::vector<std::string>>;
[[nodiscard]] Table table_of(std::string_view csv);
/// Views of a row's cells.
[[nodiscard]] std::vector<std::string_view> views(const std::vector<std::string>& cells);

/// A file of the folder PLACEMENT_REAL_DATA, unpacked where it ends in .gz; nothing where it is not there.
[[nodiscard]] std::optional<std::string> real_text(const std::string& name);

}  // namespace placement::support
