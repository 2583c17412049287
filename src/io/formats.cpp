// The formats: name, number and writer of each. A new format is a row here and a file write_<name>.cpp.
#include <array>
#include <string>
#include <string_view>

#include "io/write_formats.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

struct FormatRow {
  Format format;
  std::string_view name;
  std::string (*write)(const Recommendation&);
};

constexpr std::array<FormatRow, 5> kFormats{{
    {Format::text, "text", io::write_text},
    {Format::json, "json", io::write_json},
    {Format::markdown, "markdown", io::write_markdown},
    {Format::dot, "dot", io::write_dot},
    {Format::svg, "svg", io::write_svg},
}};

constexpr bool rows_follow_the_enumeration() {
  for (std::size_t i = 0; i < kFormats.size(); ++i)
    if (static_cast<std::size_t>(kFormats[i].format) != i) return false;
  return true;
}
static_assert(rows_follow_the_enumeration());

}  // namespace

std::optional<Format> find_format(std::string_view name) noexcept {
  for (const FormatRow& row : kFormats)
    if (row.name == name) return row.format;
  return std::nullopt;
}

std::string format_names() {
  std::string names;
  for (const FormatRow& row : kFormats) names.append(names.empty() ? "" : ", ").append(row.name);
  return names;
}

std::string write_recommendation(const Recommendation& recommendation, Format format) {
  return kFormats[static_cast<std::size_t>(format)].write(recommendation);
}

}  // namespace placement
