#include "golden/golden_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "placement/io.hpp"

namespace placement::golden {

namespace fs = std::filesystem;

namespace {

bool is_updating() {
  const char* update = std::getenv("PLACEMENT_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

}  // namespace

const fs::path& root() {
  static const fs::path path(PLACEMENT_SOURCE_DIR);
  return path;
}

std::string text_of(const fs::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const Engine& shipped() {
  static const Engine engine = [] {
    Result<RulePack> pack = read_pack(text_of(root() / "rules/opioid.json"));
    return std::move(Engine::make(std::move(pack).value())).value();
  }();
  return engine;
}

void compare_with_golden(const std::string& name, const std::string& written) {
  const fs::path path = root() / "tests/golden" / name;
  if (is_updating()) {
    std::ofstream(path, std::ios::binary) << written;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << name << " is missing: run with PLACEMENT_UPDATE_GOLDEN=1";
  const std::string wanted = text_of(path);
  if (wanted == written) return;
  const auto [want, got] = std::mismatch(wanted.begin(), wanted.end(), written.begin(), written.end());
  const auto line = 1 + std::count(wanted.begin(), want, '\n');
  const auto rest_of_line = [](auto at, auto begin, auto end) {
    while (at != begin && *(at - 1) != '\n') --at;
    return std::string(at, std::find(at, end, '\n'));
  };
  FAIL() << name << " differs in line " << line << "\n  wanted " << rest_of_line(want, wanted.begin(), wanted.end())
         << "\n  got    " << rest_of_line(got, written.begin(), written.end())
         << "\nIf the change is meant, run with PLACEMENT_UPDATE_GOLDEN=1 and review the diff.";
}

}  // namespace placement::golden
