// Shapes and measured text of an SVG picture.
//
// The picture carries no fonts, so nobody knows how wide its text will be. Widths are taken from DejaVu Sans, one of
// the widest fonts in use: in any other the text only gets shorter, and never leaves its box. All lengths are whole
// pixels, so that the bytes are the same everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace placement::io {

struct TextStyle {
  int size = 12;
  bool is_bold = false;
  std::string_view colour = "#222222";
};

[[nodiscard]] int text_width(std::string_view text, const TextStyle& style);

/// Lines of text that know their height.
class TextBlock {
 public:
  explicit TextBlock(int width) : width_(width) {}
  /// Adds `text`, wrapped to the width; later lines are indented as far as `lead` is wide.
  void add(std::string_view text, const TextStyle& style, std::string_view lead = "");
  void space(int pixels) { height_ += pixels; }
  [[nodiscard]] int height() const noexcept { return height_; }
  [[nodiscard]] int width() const noexcept { return width_; }
  [[nodiscard]] bool empty() const noexcept { return lines_.empty(); }

 private:
  friend class SvgCanvas;
  struct Line {
    std::string text;
    TextStyle style;
    int x, baseline;
  };
  int width_;
  int height_ = 0;
  std::vector<Line> lines_;
};

struct BoxStyle {
  std::string_view fill = "#ffffff";
  std::string_view line = "#888888";
  int line_width = 1;
  bool is_dashed = false;
};

struct Point {
  int x, y;
};

class SvgCanvas {
 public:
  explicit SvgCanvas(int width) : width_(width) {}

  void box(int x, int y, int width, int height, const BoxStyle& style, int radius = 4);
  void text(int x, int y, const TextBlock& block);
  /// A line through `points`, with an arrowhead at the end where `has_head`.
  void line(const std::vector<Point>& points, std::string_view colour, int line_width, bool is_dashed, bool has_head);

  /// The finished picture. `title` and `description` are for people who hear it.
  [[nodiscard]] std::string finish(int height, std::string_view title, std::string_view description) const;

 private:
  int width_;
  std::string body_;
};

}  // namespace placement::io
