#include "cli/command.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "cli/log.hpp"
#include "placement/signature.hpp"

namespace placement::cli {

Result<std::string> read_file(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
    if (std::cin.bad()) return Error::of(ErrorCode::syntax, {{"", "standard input cannot be read"}});
  } else {
    std::error_code error;
    std::ifstream file;
    if (!std::filesystem::is_directory(path, error)) file.open(path, std::ios::binary);
    if (file.is_open() && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
    if (!file.is_open() || file.bad()) return Error::of(ErrorCode::syntax, {{"", "the file cannot be read"}});
  }
  std::string bytes = std::move(text).str();
  log().debug("read {} bytes", bytes.size());
  return bytes;
}

int write_out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return kDone;
  return fails("standard output", "cannot be written");
}

namespace {

void tell(const std::string& file, const std::string& what) {
  const bool is_a_name = file.find_first_of("{\n") == std::string::npos;
  const std::string name = file == "-" ? "standard input" : is_a_name ? file : "FILE";
  std::fputs(("placement: " + name + ": " + what + "\n").c_str(), stderr);
}

}  // namespace

int report(const std::string& input, const Error& error) {
  for (const Fault& fault : error.faults) tell(input, to_string(fault));
  return kUnreadable;
}

int fails(const std::string& file, const std::string& why) {
  tell(file, why);
  return kInternal;
}

int usage_error(const std::string& message) {
  std::fputs(("placement: " + message + "\n").c_str(), stderr);
  return kUsage;
}

namespace {

std::optional<std::string>& required_key() {
  static std::optional<std::string> file;  // set once, before any command runs
  return file;
}

// kDone where the pack is signed as it must be.
int check_signature(const std::string& path, const RulePack& pack) {
  if (!required_key()) return kDone;
  const Result<std::string> key = read_file(*required_key());
  if (!key.has_value()) return report(*required_key(), key.error());
  if (path.empty())
    return report(
        "built-in pack",
        Error::of(ErrorCode::untrusted, {{"", "is not signed: name a signed pack where --require-signed is given"}}));
  const std::string name = path + ".sig";
  std::error_code absent;
  if (path == "-" || std::filesystem::status(name, absent).type() == std::filesystem::file_type::not_found)
    return report(path, Error::of(ErrorCode::untrusted, {{"", "is not signed: there is no signature beside it"}}));
  const Result<std::string> signature = read_file(name);
  if (!signature.has_value()) return report(name, signature.error());
  const std::optional<Error> error = untrusted(pack, *signature, *key);
  return error ? report(name, *error) : int{kDone};
}

}  // namespace

void require_signed(const std::string& public_key_file) { required_key() = public_key_file; }

std::optional<Engine> load_engine(const std::string& path, std::string* file_text) {
  const std::string name = path.empty() ? "built-in pack" : path;
  std::string text(default_pack_text());
  if (!path.empty()) {
    Result<std::string> file = read_file(path);
    if (!file.has_value()) return (report(name, file.error()), std::nullopt);
    text = std::move(file).value();
  }
  Result<RulePack> pack = read_pack(text);
  if (!pack.has_value()) return (report(name, pack.error()), std::nullopt);
  if (check_signature(path, *pack) != kDone) return std::nullopt;
  Result<Engine> engine = Engine::make(std::move(pack).value());
  if (!engine.has_value()) return (report(name, engine.error()), std::nullopt);
  log().debug("pack {} {} compiled to {} boxes", engine->pack().content().id, engine->pack().content().version,
              engine->box_count());
  if (file_text != nullptr) *file_text = std::move(text);
  return std::move(engine).value();
}

void add_pack_option(CLI::App& app, std::string& path) {
  app.add_option("--pack", path, "Rule pack to use instead of the built-in one")->type_name("FILE");
}

void add_format_option(CLI::App& app, Format& format, const std::vector<std::string>& allowed) {
  app.add_option_function<std::string>(
         "--format", [&format](const std::string& name) { format = *find_format(name); }, "Output format, default text")
      ->check(CLI::IsMember(allowed))
      ->type_name("NAME");
}

}  // namespace placement::cli
