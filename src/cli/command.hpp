// One row per subcommand: what it is called, how its options are declared, what it does. docs/cli.md and --help follow.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "placement/io.hpp"
#include "placement/mapping.hpp"

namespace placement::cli {

/// Exit codes are stable.
enum Exit : int { kDone = 0, kFindings = 1, kUsage = 2, kUnreadable = 3, kInternal = 4 };

struct Command {
  const char* name;
  const char* help;
  /// Declares options on `app` and returns what to run once they are parsed.
  std::function<int()> (*declare)(CLI::App& app);
};

[[nodiscard]] const std::vector<Command>& commands();

std::function<int()> declare_recommend(CLI::App& app);
std::function<int()> declare_explain(CLI::App& app);
std::function<int()> declare_ask(CLI::App& app);
std::function<int()> declare_interview(CLI::App& app);
std::function<int()> declare_fields(CLI::App& app);
std::function<int()> declare_pack(CLI::App& app);
std::function<int()> declare_check(CLI::App& app);
std::function<int()> declare_test(CLI::App& app);
std::function<int()> declare_count(CLI::App& app);
std::function<int()> declare_diff(CLI::App& app);
std::function<int()> declare_export(CLI::App& app);
std::function<int()> declare_generate(CLI::App& app);
std::function<int()> declare_score(CLI::App& app);
std::function<int()> declare_agree(CLI::App& app);
std::function<int()> declare_report(CLI::App& app);
std::function<int()> declare_mapping(CLI::App& app);
std::function<int()> declare_sign(CLI::App& app);
std::function<int()> declare_replay(CLI::App& app);
std::function<int()> declare_audit(CLI::App& app);
std::function<int()> declare_version(CLI::App& app);

/// The whole of a file, or of standard input for "-".
[[nodiscard]] Result<std::string> read_file(const std::string& path);
/// Writes to standard output. kDone, or kInternal with a message where it cannot be written.
int write_out(const std::string& text);

/// One line per fault on standard error, after the name of the input; kUnreadable. Somebody may have given an
/// assessment where a file's name belongs: that is not repeated, here and below.
int report(const std::string& input, const Error& error);
/// One line on standard error, after the name of a file; kInternal.
int fails(const std::string& file, const std::string& why);
/// One line on standard error; kUsage.
int usage_error(const std::string& message);

/// From here on every pack must be signed with the private key that belongs to the public one in the file: what
/// --require-signed says, which goes before or behind any command. The signature of PACK is PACK.sig.
void require_signed(const std::string& public_key_file);

/// The pack at `path`, or the one the library carries where it is empty; compiled. Faults are reported. `file_text`,
/// where wanted, receives the file
[[nodiscard]] std::optional<Engine> load_engine(const std::string& path, std::string* file_text = nullptr);

/// The mapping of that name which the library carries, or the one in the file of that name. Faults are reported.
/// `file_text`, where wanted, receives its text.
[[nodiscard]] std::optional<Mapping> load_mapping(const std::string& name_or_path, std::string* file_text = nullptr);

/// --pack and --format, declared alike everywhere.
void add_pack_option(CLI::App& app, std::string& path);
void add_format_option(CLI::App& app, Format& format, const std::vector<std::string>& allowed);

}  // namespace placement::cli
