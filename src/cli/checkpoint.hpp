// How far a run over a cohort has come, so that the next can go on: kept beside the output as OUT.checkpoint.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rows/run.hpp"

namespace placement::cli {

struct Checkpoint {
  std::string settings;     ///< digest of all that decides what is written: pack, mapping, columns, formats, version
  std::string input_state;  ///< InputFile::state()
  rows::RowPlace next;      ///< where the input goes on
  std::uint64_t output_bytes = 0, reject_bytes = 0;
  rows::RunCounts counts;
};

/// False where it cannot be written; the one before is then still there.
[[nodiscard]] bool save_checkpoint(const std::string& path, const Checkpoint& checkpoint);
/// Nothing where there is none, or none that this version wrote.
[[nodiscard]] std::optional<Checkpoint> read_checkpoint(const std::string& path);

}  // namespace placement::cli
