// A file that is whole at every moment: what is written stands beside it first and then takes its place.
#pragma once

#include <string>

namespace placement::cli {

/// Replaces the file, or makes it, readable by its owner alone. False where that cannot be done; then the file is as it
/// was. `path` must not name a directory or a device.
[[nodiscard]] bool save_whole(const std::string& path, const std::string& text);

}  // namespace placement::cli
