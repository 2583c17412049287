#include "io/write_portion.hpp"

#include <algorithm>
#include <cmath>

#include "io/write_formats.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
namespace {

// Hundredths of a percent, rounded: whole numbers, so that the text is the same everywhere.
long hundredths(const Portion& portion) { return std::lround(portion.share * 10'000); }

}  // namespace

Json portion_json(const Portion& portion) {
  return {{"count", portion.count},
          {"share", {{"over", portion.over}, {"under", portion.under}}},
          {"percent", static_cast<double>(hundredths(portion)) / 100}};
}

std::string percent(const Portion& portion) {
  if (portion.count == "0") return "none";
  const long rounded = hundredths(portion);
  if (rounded == 0) return portion.over == "0" ? "0 %" : "under 0.01 %";
  std::string fraction = std::to_string(rounded % 100);
  fraction.insert(0, 2 - fraction.size(), '0');
  return std::to_string(rounded / 100) + "." + fraction + " %";
}

std::string magnitude(const std::string& digits) {
  if (digits.size() <= 6) return digits;
  return digits.substr(0, 1) + "." + digits.substr(1, 2) + "e+" + std::to_string(digits.size() - 1);
}

std::string TextTable::text(const std::string& indent) const {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], code_points(row[c]));
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line = indent;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - code_points(row[c]), ' ');
      line += c == 0 ? row[c] + padding : "  " + padding + row[c];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string TextTable::markdown() const {
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    for (const std::string& cell : rows_[r]) text += "| " + markdown_escaped(cell) + " ";
    text += "|\n";
    if (r > 0) continue;
    for (std::size_t c = 0; c < rows_[r].size(); ++c) text += c == 0 ? "| --- " : "| ---: ";
    text += "|\n";
  }
  return text;
}

}  // namespace placement::io
