// Lines for a terminal: 100 columns, no colour, wrapped at spaces.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "io/write_lines.hpp"

namespace placement::io {

class Page {
 public:
  static constexpr std::size_t kColumns = 100;

  /// `lead` before the first line, spaces of the same width before the others.
  void line(std::string_view lead, std::string_view text) {
    const std::string indent(code_points(lead), ' ');
    bool is_first = true;
    for (const std::string& part : wrapped(text, kColumns - indent.size())) {
      text_.append(is_first ? lead : std::string_view(indent)).append(part).append("\n");
      is_first = false;
    }
  }
  void heading(std::string_view title) { text_.append("\n").append(title).append("\n"); }
  /// At most `limit` of `lines` as bullets, then how many more there are.
  void bullets(std::string_view lead, const std::vector<std::string>& lines, std::size_t limit) {
    const std::size_t shown = lines.size() <= limit + 1 ? lines.size() : limit;
    for (std::size_t i = 0; i < shown; ++i) line(lead, lines[i]);
    if (shown < lines.size()) line(lead, "and " + std::to_string(lines.size() - shown) + " more (see --format json)");
  }
  /// As it is, already ended by a newline.
  void verbatim(std::string_view text) { text_.append(text); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace placement::io
