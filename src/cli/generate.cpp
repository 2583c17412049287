// placement generate: people made up, one assessment a line.
#include <cstdio>
#include <limits>
#include <memory>

#include "cli/command.hpp"
#include "cli/save_file.hpp"
#include "placement/generate.hpp"

namespace placement::cli {
namespace {

constexpr std::int64_t kMostPeople = 1'000'000'000'000;

struct GenerateOptions {
  std::int64_t people = 0, seed = 1;
  std::string pack, prior = "pack", out = "-";
  int percent_known = 100;
};

// The priors asked for; a fault has been reported where there are none.
std::optional<std::vector<Prior>> priors_for(const GenerateOptions& options, const Engine& engine) {
  if (options.prior == "pack") return engine.pack().content().priors;
  if (options.prior == "uniform") return std::vector<Prior>();
  const Result<std::string> text = read_file(options.prior);
  if (!text.has_value()) return (report(options.prior, text.error()), std::nullopt);
  Result<std::vector<Prior>> priors = read_priors(*text);
  if (!priors.has_value()) return (report(options.prior, priors.error()), std::nullopt);
  return std::move(priors).value();
}

bool write_people(Generator& people, std::int64_t count, std::FILE* out, std::optional<Error>& fault) {
  for (std::int64_t i = 0; i < count; ++i) {
    const Result<KnownAnswers> person = people.next();
    if (!person.has_value()) return (fault = person.error(), false);
    const std::string line = write_assessment(Assessment(*person)) + '\n';
    if (std::fwrite(line.data(), 1, line.size(), out) != line.size()) return false;
  }
  return std::fflush(out) == 0;
}

int generate(const GenerateOptions& options) {
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  std::optional<std::vector<Prior>> priors = priors_for(options, *engine);
  if (!priors) return kUnreadable;
  Generator people(*engine, {static_cast<std::uint64_t>(options.seed), std::move(*priors), options.percent_known});
  std::optional<Error> fault;
  const auto write = [&](std::FILE* out) { return write_people(people, options.people, out, fault); };
  if (options.out == "-" ? write(stdout) : save_whole(options.out, write)) return kDone;
  if (fault) return report("the pack", *fault);
  return fails(options.out == "-" ? "standard output" : options.out, "cannot be written");
}

}  // namespace

std::function<int()> declare_generate(CLI::App& app) {
  auto options = std::make_shared<GenerateOptions>();
  app.add_option("people", options->people, "How many")
      ->required()
      ->check(CLI::Range(std::int64_t{0}, kMostPeople))
      ->type_name("N");
  app.add_option("--seed", options->seed, "Another number, other people; default 1")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))
      ->type_name("K");
  app.add_option("--prior", options->prior,
                 "How common answers are: as the pack has it (pack, default), every value alike (uniform), or a JSON\n"
                 "file of weights like a pack's `priors`")
      ->type_name("pack|uniform|FILE");
  app.add_option("--known", options->percent_known, "How many in 100 answers are known, default 100")
      ->check(CLI::Range(0, 100))
      ->type_name("PERCENT");
  app.add_option("-o,--output", options->out, "File to write, - for standard output (default)")->type_name("FILE");
  add_pack_option(app, options->pack);
  app.footer(
      "Writes one assessment a line. The same pack, options and seed give the same bytes everywhere. Answers are "
      "drawn\n"
      "apart from each other, but for the pack's constraints: such people are for trials, and prove nothing about "
      "real\n"
      "ones.\n"
      "Examples:\n"
      "  placement generate 1000 --seed 7 -o people.ndjson\n"
      "  placement generate 1 --known 50 | placement recommend -");
  return [options] { return generate(*options); };
}

}  // namespace placement::cli
