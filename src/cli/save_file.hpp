// A file that is whole at every moment: what is written stands beside it first and then takes its place.
#pragma once

#include <cstdio>
#include <functional>
#include <string>

namespace placement::cli {

/// Replaces the file, or makes it, readable by its owner alone, with what `write` writes. False where that cannot be
/// done or `write` says false; then the file is as it was. Directories and devices are refused.
[[nodiscard]] bool save_whole(const std::string& path, const std::function<bool(std::FILE*)>& write);
/// The same with a text.
[[nodiscard]] bool save_whole(const std::string& path, const std::string& text);

}  // namespace placement::cli
