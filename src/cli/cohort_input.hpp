// What commands over cohorts share: an input of rows, its format, and the mapping that reads an outside data set.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/input_file.hpp"
#include "placement/mapping.hpp"
#include "rows/row_reader.hpp"

namespace placement::cli {

struct CohortOptions {
  std::string file = "-", from, mapping, pack;
  std::uint64_t max_row_bytes = std::uint64_t{1} << 20U;
};

/// FILE, --from, --mapping, --pack and --max-row-bytes.
void add_cohort_options(CLI::App& app, CohortOptions& options);

/// The format named, or that of a file's name: .csv, .ndjson, .jsonl or .json; JSON lines for standard input. Nothing,
/// with a message, where it cannot be told.
[[nodiscard]] std::optional<rows::RowFormat> format_of(const std::string& file, const std::string& named,
                                                       const std::string& option);

/// An input ready to be read.
struct Cohort {
  std::unique_ptr<InputFile> file;
  std::optional<Mapping> mapping;
  rows::RowLayout layout;
  std::unique_ptr<rows::RowSource> source;
};

/// Opens the input and reads as far as its layout is known: to the header of a CSV file. kDone, or the exit code of a
/// failure that it has reported.
int open_cohort(const CohortOptions& options, const Engine& engine, bool with_digest, Cohort& cohort);
/// Goes on where a run was broken off. False where the input is shorter.
[[nodiscard]] bool go_on(Cohort& cohort, const rows::RowPlace& place);

}  // namespace placement::cli
