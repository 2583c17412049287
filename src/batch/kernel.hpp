// Blocks of rows through a plan, with the widest vectors the machine has. The answers are those of Engine::score, on
// every machine: tests/unit/batch/kernel_test.cpp runs each set of instructions that this one offers.
//
// Highway compiles kernel.cpp once for each set of instructions and chooses among them when first called.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "batch/plan.hpp"

namespace placement::batch {

/// Rows that go through at once: their keys stay in the nearest caches, and each column is read in runs that the
/// machine foresees.
inline constexpr std::size_t kBlockRows = 1024;

/// What a row's flags say beside its level.
inline constexpr std::uint8_t kForbidden = 1, kOutOfScope = 2, kStop = 4;
/// Some input has a byte that is no answer: nothing else said of the row means anything.
inline constexpr std::uint8_t kOpen = 8;

/// Bytes that begin where vectors like them to.
class Bytes {
 public:
  explicit Bytes(std::size_t size) : lines_((size + sizeof(Line) - 1) / sizeof(Line)) {}
  [[nodiscard]] std::uint8_t* data() noexcept { return lines_.front().bytes.data(); }
  [[nodiscard]] const std::uint8_t* data() const noexcept { return lines_.front().bytes.data(); }

 private:
  struct alignas(64) Line {
    std::array<std::uint8_t, 64> bytes{};
  };
  std::vector<Line> lines_;
};

/// Room for one block. Not shared by threads.
struct Block {
  explicit Block(const Plan& plan);
  Bytes keys;     ///< kBlockRows for each key
  Bytes targets;  ///< of a few rows, by target
  Bytes levels;   ///< by row: the level indicated, where the flags allow one
  Bytes flags;    ///< by row
};

/// Sets keys, levels and flags of a block of 1 to kBlockRows rows. `inputs` has a pointer to `rows` bytes for each
/// input of the plan. Returns whether some row is open.
bool find_levels(const Plan& plan, const std::uint8_t* const* inputs, std::size_t rows, Block& block);

/// After find_levels: `words` words of held rules for each row, to `held`.
void find_held(const Plan& plan, std::size_t rows, Block& block, std::size_t words, std::uint64_t* held);

/// Rows of kFieldCount bytes to columns: field f of row r goes to columns[f * kBlockRows + r]. At most kBlockRows rows;
/// what stands in the columns behind them may change.
void to_columns(std::span<const std::uint8_t* const> rows, std::uint8_t* columns);

}  // namespace placement::batch
