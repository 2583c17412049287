#include "cli/checkpoint.hpp"

#include <filesystem>

#include "cli/command.hpp"
#include "cli/save_file.hpp"
#include "io/json_text.hpp"

namespace placement::cli {
namespace {

constexpr int kFormat = 1;
constexpr std::size_t kMaxBytes = 65536;

}  // namespace

bool save_checkpoint(const std::string& path, const Checkpoint& c) {
  const io::Json tree{{"format", kFormat},
                      {"settings", c.settings},
                      {"input", c.input_state},
                      {"next", {c.next.number, c.next.line, c.next.byte}},
                      {"written", {c.output_bytes, c.reject_bytes}},
                      {"rows", {c.counts.read, c.counts.written, c.counts.invalid}},
                      {"statuses", c.counts.by_status}};
  return save_whole(path, tree.dump() + "\n");
}

std::optional<Checkpoint> read_checkpoint(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const Result<std::string> text = read_file(path);
  std::vector<Fault> faults;
  const Result<io::Json> tree = io::parse_json(text.has_value() ? *text : "", kMaxBytes, faults);
  if (!tree.has_value() || !faults.empty() || !tree->is_object()) return std::nullopt;
  const auto numbers = [&](const char* key, std::size_t count) {
    std::vector<std::uint64_t> all;
    if (tree->contains(key) && (*tree)[key].is_array())
      for (const io::Json& number : (*tree)[key])
        if (number.is_number_unsigned()) all.push_back(number.get<std::uint64_t>());
    if (all.size() != count) all.clear();
    return all;
  };
  const auto text_of = [&](const char* key) {
    return tree->contains(key) && (*tree)[key].is_string() ? (*tree)[key].get<std::string>() : std::string();
  };
  const std::vector<std::uint64_t> next = numbers("next", 3), written = numbers("written", 2),
                                   rows = numbers("rows", 3),
                                   statuses = numbers("statuses", rows::RunCounts::kStatuses);
  const bool is_ours = tree->contains("format") && (*tree)["format"] == kFormat;
  if (!is_ours || next.empty() || written.empty() || rows.empty() || statuses.empty()) return std::nullopt;
  Checkpoint c;
  c.settings = text_of("settings");
  c.input_state = text_of("input");
  c.next = {next[0], next[1], next[2]};
  c.output_bytes = written[0];
  c.reject_bytes = written[1];
  c.counts.read = rows[0];
  c.counts.written = rows[1];
  c.counts.invalid = rows[2];
  for (std::size_t s = 0; s < statuses.size(); ++s) c.counts.by_status[s] = statuses[s];
  return c;
}

}  // namespace placement::cli
