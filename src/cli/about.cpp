// placement fields, pack and version: what the program knows.
#include <memory>

#include "cli/command.hpp"
#include "placement/version.hpp"

namespace placement::cli {

std::function<int()> declare_fields(CLI::App& app) {
  auto format = std::make_shared<Format>(Format::text);
  add_format_option(app, *format, {"text", "json", "markdown"});
  app.footer("Example:\n  placement fields --format json");
  return [format] { return write_out(write_fields(*format)); };
}

std::function<int()> declare_pack(CLI::App& app) {
  struct AboutOptions {
    std::string pack;
    Format format = Format::text;
  };
  auto options = std::make_shared<AboutOptions>();
  app.add_option("pack", options->pack, "Rule pack, default the built-in one")->type_name("FILE");
  add_format_option(app, options->format, {"text", "json", "markdown"});
  app.footer("Examples:\n  placement pack\n  placement pack rules/opioid.json --format markdown");
  return [options] {
    const std::optional<Engine> engine = load_engine(options->pack);
    return engine ? write_out(write_pack(engine->pack(), options->format)) : int{kUnreadable};
  };
}

std::function<int()> declare_version(CLI::App& app) {
  app.footer("Example:\n  placement version");
  return [] {
    const RulePack pack = default_pack();
    return write_out("placement " + std::string(kVersion) + "\npack " + pack.content().id + " " +
                     pack.content().version + " sha256:" + pack.digest() + "\nfields sha256:" + fields_digest() + "\n");
  };
}

}  // namespace placement::cli
