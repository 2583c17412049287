// placement export: a pack's conditions for engines of other people's.
#include <memory>

#include "cli/command.hpp"

namespace placement::cli {

std::function<int()> declare_export(CLI::App& app) {
  struct ExportOptions {
    std::string pack, target;
  };
  auto options = std::make_shared<ExportOptions>();
  app.add_option("pack", options->pack, "Rule pack, default the built-in one")->type_name("FILE");
  app.add_option("--to", options->target, "Language of the expressions: feel (DMN's expression language)")
      ->required()
      ->check(CLI::IsMember(export_targets()))
      ->type_name("NAME");
  app.footer(
      "Writes every term, constraint, rule and must_know condition as one JSON document that also says how fields are\n"
      "encoded. Conditions only: possible levels, reasons and questions need this program.\n"
      "Examples:\n  placement export --to feel\n  placement export rules/opioid.json --to feel");
  return [options] {
    const std::optional<Engine> engine = load_engine(options->pack);
    return engine ? write_out(*export_pack(engine->pack(), options->target)) : int{kUnreadable};
  };
}

}  // namespace placement::cli
