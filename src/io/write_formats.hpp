// One function per output format of a recommendation; formats.cpp has the table that chooses between them.
#pragma once

#include <string>
#include <string_view>

#include "placement/recommendation.hpp"

namespace placement::io {

[[nodiscard]] std::string write_text(const Recommendation& r);
[[nodiscard]] std::string write_json(const Recommendation& r);
[[nodiscard]] std::string write_markdown(const Recommendation& r);
[[nodiscard]] std::string write_dot(const Recommendation& r);
[[nodiscard]] std::string write_svg(const Recommendation& r);

/// `text` (already clean) for XML content and attribute values.
[[nodiscard]] std::string xml_escaped(std::string_view text);
/// `text` (already clean) for a Markdown paragraph or table cell.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

}  // namespace placement::io
