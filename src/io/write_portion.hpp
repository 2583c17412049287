// Portions in words and as JSON: how much of all assessments something is.
#pragma once

#include <string>

#include "io/json_text.hpp"
#include "placement/counts.hpp"

namespace placement::io {

/// {"count": "123", "share": {"over": "1", "under": "3"}, "percent": 33.33}; whole numbers as strings, since they pass
/// what JSON readers hold exactly.
[[nodiscard]] Json portion_json(const Portion& portion);
/// "12.3 %", "under 0.1 %", "none": for reading.
[[nodiscard]] std::string percent(const Portion& portion);
/// "1.23e+45" from three digits on, the number itself below.
[[nodiscard]] std::string magnitude(const std::string& digits);

/// A table of text cells, columns padded, the first to the left and the others to the right.
class TextTable {
 public:
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] std::string text(const std::string& indent) const;
  /// The first row is the head.
  [[nodiscard]] std::string markdown() const;
  [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const noexcept { return rows_; }

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace placement::io
