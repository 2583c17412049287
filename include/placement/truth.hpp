// Three-valued truth (Kleene's tables): what can be said of a condition when some answers are missing.
//
//   Truth t = Truth::unknown && Truth::no;   // no: whatever the unknown turns out to be
//
// Kleene's tables serve explanations and bounds only. What a result says is exact: see docs/semantics.md.
#pragma once

#include <cstdint>

namespace placement {

enum class Truth : std::uint8_t { no = 0, unknown = 1, yes = 2 };

[[nodiscard]] constexpr Truth operator!(Truth a) noexcept { return static_cast<Truth>(2 - static_cast<int>(a)); }
[[nodiscard]] constexpr Truth operator&&(Truth a, Truth b) noexcept { return a < b ? a : b; }
[[nodiscard]] constexpr Truth operator||(Truth a, Truth b) noexcept { return a < b ? b : a; }

}  // namespace placement
