// One HTML page without network or script: sections, tables, and bars drawn as SVG.
//
// Bars have lengths in percent and text in pixels, so that they fill whatever width there is and stay readable on a
// phone. Colours are classes of the page's style sheet, which knows light, dark and paper. All text passes through
// escaping here; callers hand over plain text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace placement::io {

/// Text for HTML content and attribute values: one line, valid UTF-8, escaped.
[[nodiscard]] std::string html_escaped(std::string_view text);

/// One bar: lengths of its parts, each 0..1 and together at most 1; no parts: the number was kept back.
struct HtmlBar {
  std::string label;
  std::string value;  ///< as written at its end
  std::vector<double> parts;
};

/// A cell of a table.
struct HtmlCell {
  std::string text;
  double heat = 0;            ///< 0..1: how strongly its ground is coloured
  std::vector<double> parts;  ///< not empty: a bar instead of the text
};

struct HtmlTable {
  std::string caption;
  std::vector<std::vector<HtmlCell>> rows;  ///< the first is the head; first cells head their rows
  std::size_t text_columns = 1;             ///< so many columns from the left are words, the others numbers
  std::string kind;                         ///< class of the style sheet: "" or "bars"
};

class HtmlPage {
 public:
  /// Opens a section under a heading.
  void section(std::string_view title);
  void subsection(std::string_view title);
  void paragraph(std::string_view text);
  void list(const std::vector<std::string>& items);
  /// Names and values in two columns.
  void facts(const std::vector<std::pair<std::string, std::string>>& facts);
  /// A few large numbers with what they are.
  void tiles(const std::vector<std::pair<std::string, std::string>>& tiles);
  /// A sentence that must not be overlooked.
  void notice(std::string_view text);
  void table(const HtmlTable& table);
  /// Bars with their table beside or below them. `description` is for people who hear the picture.
  void chart_and_table(const std::vector<HtmlBar>& bars, std::string_view description, const HtmlTable& table);
  /// What the parts of bars mean, in their order.
  void legend(const std::vector<std::string>& parts);

  /// The finished page.
  [[nodiscard]] std::string finish(std::string_view title, std::string_view subtitle, std::string_view footer);

 private:
  void close_section();
  std::string body_;
  bool is_open_ = false;
};

}  // namespace placement::io
