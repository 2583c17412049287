#include "io/write_svg_canvas.hpp"

#include <array>

#include "io/write_formats.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
namespace {

/// Advance widths of DejaVu Sans, printable ASCII from the space on, in 1/2048 of the size.
constexpr std::array<int, 95> kAdvance{
    651,  821,  942,  1716, 1303, 1946, 1597, 563,  799,  799,  1024, 1716, 651,  739,  651,  690,   //  !"#$%&'()*+,-./
    1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 690,  690,  1716, 1716, 1716, 1087,  // 0-9:;<=>?
    2048, 1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604,  604,  1343, 1141, 1767, 1532, 1612,  // @A-O
    1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799,  690,  799,  1716, 1024,  // P-_
    1024, 1255, 1300, 1126, 1300, 1260, 721,  1300, 1298, 569,  569,  1186, 569,  1995, 1298, 1253,  // `a-o
    1300, 1300, 842,  1067, 803,  1298, 1212, 1675, 1212, 1212, 1075, 1303, 690,  1303, 1716};       // p-~
constexpr int kWide = 2048;  // anything beyond ASCII: as wide as it is high
constexpr int kBoldPercent = 116;

std::string attribute(std::string_view name, int value) {
  return std::string(" ").append(name).append("=\"").append(std::to_string(value)).append("\"");
}
std::string attribute(std::string_view name, std::string_view value) {
  return std::string(" ").append(name).append("=\"").append(value).append("\"");
}

int line_height(const TextStyle& style) { return style.size * 135 / 100; }

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  return result;
}

int text_width(std::string_view text, const TextStyle& style) {
  std::int64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20U && byte < 0x7FU)
      units += kAdvance[byte - 0x20U];
    else if ((byte & 0xC0U) != 0x80U)
      units += kWide;
  }
  return static_cast<int>((units * style.size * (style.is_bold ? kBoldPercent : 100) + 204799) / 204800);
}

void TextBlock::add(std::string_view text, const TextStyle& style, std::string_view lead) {
  const int indent = lead.empty() ? 0 : text_width(lead, style) + text_width(" ", style);
  const auto room = static_cast<std::size_t>(width_ - indent);
  const Measure measure = [&](std::string_view part) { return static_cast<std::size_t>(text_width(part, style)); };
  bool is_first = true;
  for (std::string& part : wrapped(text, room, measure)) {
    const int baseline = height_ + style.size;
    if (is_first && !lead.empty()) lines_.push_back({std::string(lead), style, 0, baseline});
    lines_.push_back({std::move(part), style, indent, baseline});
    height_ += line_height(style);
    is_first = false;
  }
}

void SvgCanvas::box(int x, int y, int width, int height, const BoxStyle& style, int radius) {
  body_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) + attribute("height", height) +
           attribute("rx", radius) + attribute("fill", style.fill) + attribute("stroke", style.line) +
           attribute("stroke-width", style.line_width);
  if (style.is_dashed) body_ += " stroke-dasharray=\"5 4\"";
  body_ += "/>\n";
}

void SvgCanvas::text(int x, int y, const TextBlock& block) {
  for (const TextBlock::Line& line : block.lines_) {
    body_ += "<text" + attribute("x", x + line.x) + attribute("y", y + line.baseline) +
             attribute("font-size", line.style.size) + attribute("fill", line.style.colour);
    if (line.style.is_bold) body_ += " font-weight=\"bold\"";
    body_ += ">" + xml_escaped(line.text) + "</text>\n";
  }
}

void SvgCanvas::line(const std::vector<Point>& points, std::string_view colour, int line_width, bool is_dashed,
                     bool has_head) {
  body_ += "<polyline fill=\"none\" stroke-linejoin=\"round\"" + attribute("stroke", colour) +
           attribute("stroke-width", line_width) + " points=\"";
  for (const Point& p : points) body_ += std::to_string(p.x) + "," + std::to_string(p.y) + " ";
  body_.back() = '"';
  if (is_dashed) body_ += " stroke-dasharray=\"7 4\"";
  body_ += "/>\n";
  if (!has_head || points.size() < 2) return;
  const Point end = points.back(), before = points[points.size() - 2];
  const int dx = end.x > before.x   ? 1
                 : end.x < before.x ? -1
                                    : 0,
            dy = end.y > before.y   ? 1
                 : end.y < before.y ? -1
                                    : 0;
  const int length = 9, half = 5;
  const auto corner = [&](int along, int aside) {
    return std::to_string(end.x + dx * along + dy * aside) + "," + std::to_string(end.y + dy * along + dx * aside);
  };
  body_ += "<polygon" + attribute("fill", colour) + " points=\"" + corner(1, 0) + " " + corner(-length, half) + " " +
           corner(-length, -half) + "\"/>\n";
}

std::string SvgCanvas::finish(int height, std::string_view title, std::string_view description) const {
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"" + attribute("width", width_) +
                    attribute("height", height) +
                    attribute("viewBox", "0 0 " + std::to_string(width_) + " " + std::to_string(height)) +
                    " font-family=\"DejaVu Sans, Verdana, Arial, Helvetica, sans-serif\">\n";
  svg += "<title>" + xml_escaped(title) + "</title>\n<desc>" + xml_escaped(description) + "</desc>\n";
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  return svg + body_ + "</svg>\n";
}

}  // namespace placement::io
