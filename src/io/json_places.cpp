#include "io/json_places.hpp"

#include <algorithm>

namespace placement::io {
namespace {

constexpr std::size_t kDeepest = 4;

// Walks over text known to be JSON: only brackets, strings and commas matter.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  std::map<std::string, std::size_t> run() {
    value("", 0);
    return std::move(lines_);
  }

 private:
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void step() {
    if (here() == '\n') ++line_;
    if (at_ < text_.size()) ++at_;
  }

  void skip_space() {
    while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t') step();
  }

  std::string_view string() {
    const std::size_t begin = at_ + 1;
    for (step(); here() != '"' && at_ < text_.size(); step())
      if (here() == '\\') step();
    const std::string_view inside = text_.substr(begin, at_ - begin);
    step();
    return inside;
  }

  void value(const std::string& pointer, std::size_t depth) {
    skip_space();
    if (depth <= kDeepest) lines_.try_emplace(pointer, line_);
    if (here() == '{')
      members(pointer, depth, '}');
    else if (here() == '[')
      members(pointer, depth, ']');
    else if (here() == '"')
      string();
    else
      while (at_ < text_.size() && std::string_view(",]} \n\r\t").find(here()) == std::string_view::npos) step();
  }

  void members(const std::string& pointer, std::size_t depth, char close) {
    step();
    for (std::size_t i = 0; at_ < text_.size(); ++i) {
      skip_space();
      if (here() == ',') {
        step();
        skip_space();
      }
      if (here() == close || at_ >= text_.size()) break;
      std::string place = depth < kDeepest ? pointer + "/" : "";
      const std::size_t line = line_;
      if (close == '}') {
        const std::string_view key = here() == '"' ? string() : std::string_view();
        if (depth < kDeepest) place += key;
        skip_space();
        if (here() == ':') step();
      } else if (depth < kDeepest) {
        place += std::to_string(i);
      }
      if (depth < kDeepest && close == '}') lines_.try_emplace(place, line);
      const std::size_t before = at_;
      value(place, depth + 1);
      if (at_ == before) step();  // not JSON: never stand still
    }
    step();
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
  std::map<std::string, std::size_t> lines_;
};

}  // namespace

std::map<std::string, std::size_t> lines_of(std::string_view text) { return Places(text).run(); }

}  // namespace placement::io
