/// The library's version and the pack formats it reads: three numbers that move independently.
///
///     std::cout << placement::kVersion << '\n';
///
/// A pack's own version is in the pack; see RulePack. This header is the one place of these numbers: the build system
/// reads the version from here. Constants only, so any thread may use them.
#pragma once

#include <string_view>

namespace placement {

/// Version of the library, `major.minor.patch`.
inline constexpr std::string_view kVersion = "0.1.0";

/// The pack format this library writes about and reads best.
inline constexpr int kPackFormat = 1;

/// The oldest pack format this library still reads.
inline constexpr int kOldestPackFormat = 1;

}  // namespace placement
