// placement mapping: what a mapping of an outside data set reads, answers and loses.
#include <memory>

#include "cli/command.hpp"
#include "placement/mapping.hpp"

namespace placement::cli {
namespace {

struct MappingOptions {
  std::string mapping;
  Format format = Format::text;
};

int list_names() {
  std::string text;
  for (const std::string_view name : mapping_names())
    text.append(name).append(": ").append(read_mapping(*mapping_text(name))->content().title).append("\n");
  return write_out(text);
}

int show(const MappingOptions& options) {
  if (options.mapping.empty()) return list_names();
  std::string text;
  const std::optional<Mapping> mapping = load_mapping(options.mapping, &text);
  if (!mapping) return kUnreadable;
  return write_out(options.format == Format::json ? text : write_mapping(*mapping));
}

}  // namespace

std::optional<Mapping> load_mapping(const std::string& name_or_path, std::string* file_text) {
  std::string text;
  if (const std::optional<std::string_view> known = mapping_text(name_or_path)) {
    text = *known;
  } else {
    Result<std::string> file = read_file(name_or_path);
    if (!file.has_value()) return (report(name_or_path, file.error()), std::nullopt);
    text = std::move(file).value();
  }
  Result<Mapping> mapping = read_mapping(text);
  if (!mapping.has_value()) return (report(name_or_path, mapping.error()), std::nullopt);
  if (file_text != nullptr) *file_text = std::move(text);
  return std::move(mapping).value();
}

std::function<int()> declare_mapping(CLI::App& app) {
  auto options = std::make_shared<MappingOptions>();
  app.add_option("mapping", options->mapping, "Name of a built-in mapping, or a file; without it the names are listed")
      ->type_name("NAME|FILE");
  add_format_option(app, options->format, {"text", "json"});
  app.footer(
      "Faults of a file are reported, one a line. With --format json the mapping is written as it stands: a start for\n"
      "one of your own. docs/mappings.md explains the parts.\n"
      "Examples:\n  placement mapping\n  placement mapping teds-a\n  placement mapping teds-a --format json > "
      "mine.json");
  return [options] { return show(*options); };
}

}  // namespace placement::cli
