#include "cli/cohort_input.hpp"

#include <filesystem>

namespace placement::cli {
namespace {

rows::ReadBytes reading(InputFile& file) {
  return [&file](char* into, std::size_t size) { return file.read(into, size); };
}

}  // namespace

void add_cohort_options(CLI::App& app, CohortOptions& options) {
  constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30U;
  app.add_option("file", options.file, "Rows to read, - for standard input (default)")->type_name("FILE");
  app.add_option("--from", options.from, "Format of the input, where its name does not say it: ndjson or csv")
      ->check(CLI::IsMember({"ndjson", "csv"}))
      ->type_name("FORMAT");
  app.add_option("--mapping", options.mapping,
                 "How columns of another data set become answers: teds-a, teds-d, ctn0094\n"
                 "or a file (docs/mappings.md)")
      ->type_name("NAME|FILE");
  app.add_option("--max-row-bytes", options.max_row_bytes, "Longer rows are invalid; default 1048576")
      ->check(CLI::Range(std::uint64_t{1}, kMostBytes))
      ->type_name("N");
  add_pack_option(app, options.pack);
}

std::optional<rows::RowFormat> format_of(const std::string& file, const std::string& named, const std::string& option) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (named == "csv" || (named.empty() && ending == ".csv")) return rows::RowFormat::csv;
  if (named == "ndjson" || file == "-" || ending == ".ndjson" || ending == ".jsonl" || ending == ".json")
    return rows::RowFormat::ndjson;
  usage_error("the name of a file does not say its format: " + option + " ndjson or " + option + " csv");
  return std::nullopt;
}

int open_cohort(const CohortOptions& options, const Engine& engine, bool with_digest, Cohort& cohort) {
  const std::optional<rows::RowFormat> format = format_of(options.file, options.from, "--from");
  if (!format) return kUsage;
  if (!options.mapping.empty()) {
    cohort.mapping = load_mapping(options.mapping);
    if (!cohort.mapping) return kUnreadable;
    if (std::vector<Fault> faults = cohort.mapping->unknown_to(engine.pack()); !faults.empty())
      return report(options.mapping, Error::of(ErrorCode::bad_pack, std::move(faults)));
  }
  cohort.file = InputFile::open(options.file, with_digest);
  if (cohort.file == nullptr) return kUnreadable;
  cohort.layout.format = *format;
  cohort.layout.max_row_bytes = options.max_row_bytes;
  cohort.source = std::make_unique<rows::RowSource>(reading(*cohort.file), *format, options.max_row_bytes);
  std::optional<std::string> header;
  if (*format == rows::RowFormat::csv) {
    header.emplace();
    if (!cohort.source->read_header(*header))
      return report(options.file,
                    Error::of(ErrorCode::bad_assessment, {{"", "a header is expected in the first line"}}));
  }
  if (std::optional<Error> error = rows::lay_out(header, cohort.mapping, cohort.layout))
    return report(options.file, *error);
  return kDone;
}

bool go_on(Cohort& cohort, const rows::RowPlace& place) {
  if (!cohort.file->go_to(place.byte)) return false;
  cohort.source = std::make_unique<rows::RowSource>(reading(*cohort.file), cohort.layout.format,
                                                    cohort.layout.max_row_bytes, place);
  return true;
}

}  // namespace placement::cli
