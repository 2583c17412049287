#include "support/table.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace placement::support {

Table table_of(std::string_view csv) {
  Table table;
  bool is_quoted = false, is_new_row = true;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (is_new_row) table.emplace_back(1);
    is_new_row = false;
    std::string& cell = table.back().back();
    const bool is_quote = csv[i] == '"';
    if (is_quoted && is_quote && csv.substr(i + 1, 1) == "\"")
      cell += csv[i++];
    else if (is_quote)
      is_quoted = !is_quoted;
    else if (is_quoted)
      cell += csv[i];
    else if (csv[i] == ',')
      table.back().emplace_back();
    else if (csv[i] == '\n')
      is_new_row = true;
    else if (csv[i] != '\r')
      cell += csv[i];
  }
  return table;
}

std::vector<std::string_view> views(const std::vector<std::string>& cells) { return {cells.begin(), cells.end()}; }

std::optional<std::string> real_text(const std::string& name) {
  const char* given = std::getenv("PLACEMENT_REAL_DATA");
  const std::filesystem::path path = std::filesystem::path(given != nullptr ? given : PLACEMENT_REAL_DATA) / name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  const std::string command = (path.extension() == ".gz" ? "gzip -dc '" : "cat '") + path.string() + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::string block(std::size_t{1} << 16U, '\0');
  for (std::size_t n = 1; pipe != nullptr && n > 0;) {
    n = std::fread(block.data(), 1, block.size(), pipe.get());
    text.append(block, 0, n);
  }
  return text;
}

}  // namespace placement::support
