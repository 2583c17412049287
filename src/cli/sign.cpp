// placement sign: says with a key that a pack may be used.
#include <filesystem>
#include <memory>

#include "cli/command.hpp"
#include "cli/save_file.hpp"
#include "placement/signature.hpp"

namespace placement::cli {
namespace {

struct SignOptions {
  std::string pack, key, out;
};

int sign(const SignOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);  // what cannot be used is not signed
  if (!engine) return kUnreadable;
  const Result<std::string> key = read_file(options.key);
  if (!key.has_value()) return report(options.key, key.error());
  const Result<std::string> signature = sign_pack(engine->pack(), *key);
  if (!signature.has_value()) return report(options.key, signature.error());
  const std::string out = !options.out.empty() ? options.out : options.pack == "-" ? "-" : options.pack + ".sig";
  if (out == "-") return write_out(*signature);
  if (!save_whole(out, *signature)) return fails(out, "cannot be written");
  constexpr auto kForAll = std::filesystem::perms::group_read | std::filesystem::perms::others_read;
  std::error_code error;  // whoever may read the pack needs its signature
  std::filesystem::permissions(out, kForAll, std::filesystem::perm_options::add, error);
  return kDone;
}

}  // namespace

std::function<int()> declare_sign(CLI::App& app) {
  auto options = std::make_shared<SignOptions>();
  app.add_option("pack", options->pack, "Rule pack to sign")->required()->type_name("FILE");
  app.add_option("--key", options->key, "Private Ed25519 key in PEM, without a password")
      ->required()
      ->type_name("KEY.pem");
  app.add_option("-o,--output", options->out,
                 "File to write, - for standard output; default FILE.sig, - where FILE is -")
      ->type_name("FILE");
  app.footer(
      "Check the pack first: `placement check` and `placement test`. docs/trust.md tells how keys are made and kept.\n"
      "Example:\n"
      "  placement sign rules/opioid.json --key private.pem -o opioid.json.sig");
  return [options] { return sign(*options); };
}

}  // namespace placement::cli
