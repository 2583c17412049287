// Title, paragraphs, tables and lists in the two formats for people, text and Markdown.
#pragma once

#include <string>
#include <utility>

#include "io/page.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_portion.hpp"
#include "placement/io.hpp"

namespace placement::io {

class Sections {
 public:
  explicit Sections(Format format) : is_markdown_(format == Format::markdown) {}
  void title(const std::string& text) { is_markdown_ ? block("# " + text) : page_.line("", text); }
  void head(const std::string& text) {
    is_markdown_ ? block("## " + markdown_escaped(text)) : page_.heading(upper_case(text));
  }
  void paragraph(const std::string& text) { is_markdown_ ? block(markdown_escaped(text)) : page_.line("  ", text); }
  void table(const TextTable& table) { is_markdown_ ? block(table.markdown()) : page_.verbatim(table.text("  ")); }
  /// What stands above a table.
  void caption(const std::string& text) {
    if (!is_markdown_) page_.verbatim("\n");
    paragraph(text + ":");
  }
  void item(const std::string& text) { is_markdown_ ? block("* " + markdown_escaped(text)) : page_.line("  - ", text); }
  /// One line, so that it can be copied.
  void code(const std::string& text) {
    is_markdown_ ? block("  `" + text + "`") : page_.verbatim("      " + text + "\n");
  }
  [[nodiscard]] std::string take() { return is_markdown_ ? std::move(markdown_) : page_.take(); }

 private:
  void block(const std::string& text) {
    markdown_ += (markdown_.empty() ? "" : "\n") + text + (text.back() == '\n' ? "" : "\n");
  }
  bool is_markdown_;
  std::string markdown_;
  Page page_;
};

}  // namespace placement::io
