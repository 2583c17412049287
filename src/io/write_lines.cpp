#include "io/write_lines.hpp"

#include <algorithm>

namespace placement::io {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Bytes of the well-formed code point at the start of `text`, 0 where there is none (RFC 3629).
std::size_t code_point_bytes(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return is_tail(1) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const bool overlong = first == 0xE0U && byte(1) < 0xA0U;
    const bool surrogate = first == 0xEDU && byte(1) >= 0xA0U;
    return is_tail(1) && is_tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const bool overlong = first == 0xF0U && byte(1) < 0x90U;
    const bool too_large = first == 0xF4U && byte(1) >= 0x90U;
    return is_tail(1) && is_tail(2) && is_tail(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

/// Control characters of ASCII and Latin-1, and what XML and terminals take amiss: line separators, marks that turn
/// the direction of writing, noncharacters.
bool is_control(std::string_view point) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(point[i]); };
  if (point.size() == 1) return byte(0) < 0x20U || byte(0) == 0x7FU;
  if (point.size() == 2) return byte(0) == 0xC2U && byte(1) < 0xA0U;
  if (point.size() != 3) return false;
  const bool breaks_or_turns = byte(0) == 0xE2U && byte(1) == 0x80U && byte(2) >= 0xA8U && byte(2) <= 0xAEU;
  const bool isolates = byte(0) == 0xE2U && byte(1) == 0x81U && byte(2) >= 0xA6U && byte(2) <= 0xA9U;
  const bool nonchar = byte(0) == 0xEFU && byte(1) == 0xBFU && byte(2) >= 0xBEU;
  return breaks_or_turns || isolates || nonchar;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = code_point_bytes(text);
    const std::string_view point = text.substr(0, std::max<std::size_t>(bytes, 1));
    result += bytes == 0 ? kReplacement : is_control(point) ? std::string_view(" ") : point;
    text.remove_prefix(point.size());
  }
  return result;
}

std::size_t code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (code_points(text) <= limit) return std::string(text);
  std::size_t end = 0;
  for (std::size_t points = 0; points + 3 < limit && end < text.size(); ++points)
    end += std::max<std::size_t>(code_point_bytes(text.substr(end)), 1);
  const std::size_t space = text.substr(0, end).rfind(' ');
  if (space != std::string_view::npos && space * 2 > end) end = space;
  const std::size_t open = text.substr(0, end).rfind('(');
  if (open != std::string_view::npos && open > 0 && text.substr(open, end - open).find(')') == std::string_view::npos)
    end = open;  // no bracket is left open
  while (end > 0 && (text[end - 1] == ',' || text[end - 1] == ' ' || text[end - 1] == ';')) --end;
  return std::string(text.substr(0, end)) + "...";
}

std::string joined(const std::vector<std::string>& parts, std::string_view last_word) {
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && i + 1 == parts.size())
      result.append(" ").append(last_word).append(" ");
    else if (i > 0)
      result += ", ";
    result += parts[i];
  }
  return result;
}

std::string joined_up_to(const std::vector<std::string>& parts, std::size_t limit, std::string_view separator) {
  std::string result;
  const std::size_t shown = parts.size() <= limit + 1 ? parts.size() : limit;  // "and 1 more" is never shorter
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) result += separator;
    result += parts[i];
  }
  if (shown < parts.size()) result += ", and " + std::to_string(parts.size() - shown) + " more";
  return result;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

std::string capitalized(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') result[0] = static_cast<char>(result[0] - 'a' + 'A');
  return result;
}

std::string without_stop(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  return std::string(text);
}

std::string first_sentence(std::string_view text) {
  const std::size_t stop = text.find(". ");
  return std::string(stop == std::string_view::npos ? text : text.substr(0, stop + 1));
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t limit, const Measure& measure) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (word.empty()) continue;
    const std::string longer = lines.back().empty() ? std::string(word) : (lines.back() + " ").append(word);
    if (measure(longer) <= limit) {
      lines.back() = longer;
      continue;
    }
    if (!lines.back().empty()) lines.emplace_back();
    while (measure(word) > limit) {  // a single code point always goes on, so this ends
      std::size_t end = std::max<std::size_t>(code_point_bytes(word), 1);
      while (end < word.size()) {
        const std::size_t next = end + std::max<std::size_t>(code_point_bytes(word.substr(end)), 1);
        if (measure(word.substr(0, next)) > limit) break;
        end = next;
      }
      if (end >= word.size()) break;
      lines.back() = word.substr(0, end);
      lines.emplace_back();
      word.remove_prefix(end);
    }
    lines.back() = word;
  }
  return lines;
}

}  // namespace placement::io
