// The files in tests/golden, and how what the library writes is compared with them. PLACEMENT_UPDATE_GOLDEN=1 rewrites
// them; the diff is then reviewed like code.
#pragma once

#include <filesystem>
#include <string>

#include "placement/engine.hpp"

namespace placement::golden {

/// The repository.
[[nodiscard]] const std::filesystem::path& root();
[[nodiscard]] std::string text_of(const std::filesystem::path& path);
/// The engine of rules/opioid.json.
[[nodiscard]] const Engine& shipped();
/// Fails the test where tests/golden/`name` is not `written`.
void compare_with_golden(const std::string& name, const std::string& written);

}  // namespace placement::golden
