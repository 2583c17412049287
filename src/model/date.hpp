// Calendar dates as text: "2026-01-31".
#pragma once

#include <string_view>

namespace placement::model {

/// A day of the Gregorian calendar written YYYY-MM-DD.
[[nodiscard]] bool is_date(std::string_view text) noexcept;

}  // namespace placement::model
