// Counts of rows, shares of them and coefficients in words and as JSON. What was kept back stays so in every form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "io/json_text.hpp"
#include "placement/agreement.hpp"

namespace placement::io {

/// "0.43": rounded half away from zero, the same everywhere; `digits` 0..6.
[[nodiscard]] std::string decimal(double value, int digits);

/// The same as a JSON number.
[[nodiscard]] Json decimal_json(double value, int digits);

/// What is done with counts below `below`, to write "<11".
class Cells {
 public:
  explicit Cells(std::uint64_t below) : below_(below) {}

  /// "12345", "<11", "withheld".
  [[nodiscard]] std::string text(const CellCount& cell) const;
  [[nodiscard]] Json json(const CellCount& cell) const;

 private:
  std::uint64_t below_;
};

/// "38.2 %"; "-" of nothing, "withheld" where one of them was kept back.
[[nodiscard]] std::string share_text(const CellCount& part, const CellCount& whole);
/// "31.0 to 45.1 %", Wilson's; "-" and "withheld" likewise.
[[nodiscard]] std::string interval_text(const CellCount& part, const CellCount& whole);
/// 38.2, or null.
[[nodiscard]] Json percent_json(const CellCount& part, const CellCount& whole);
/// [31.0, 45.1], or null.
[[nodiscard]] Json interval_json(const CellCount& part, const CellCount& whole);

/// "0.43 (0.31 to 0.55)", or in words why there is none.
[[nodiscard]] std::string kappa_text(const Kappa& kappa);
/// {"value": 0.43, "interval": [0.31, 0.55], ...}; two digits where cells were kept back, else four.
[[nodiscard]] Json kappa_json(const Kappa& kappa, int digits);
/// "34.1 %" of a share 0..1, or "-".
[[nodiscard]] std::string chance_text(const std::optional<double>& share);

}  // namespace placement::io
