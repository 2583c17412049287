// A run over a cohort: rows read, judged and written, in order, by several workers, in bounded memory.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "placement/engine.hpp"
#include "rows/judge.hpp"
#include "rows/row_reader.hpp"

namespace placement::rows {

struct RunCounts {
  std::uint64_t read = 0;
  std::uint64_t written = 0;
  std::uint64_t invalid = 0;
  static constexpr std::size_t kStatuses = 5;
  std::array<std::uint64_t, kStatuses> by_status{};  ///< of valid rows, as Status numbers them
};

/// A stretch of the input: some rows that stand one behind the other.
struct RunPart {
  std::string rows;     ///< what is to be written of them
  std::string rejects;  ///< and of what is wrong with them
  RunCounts counts;     ///< of this part
  RowPlace next;        ///< where the input goes on
};

/// What one worker makes of the rows that come to it. Each worker has its own.
class RowWork {
 public:
  RowWork() = default;
  virtual ~RowWork() = default;
  RowWork(const RowWork&) = delete;
  RowWork& operator=(const RowWork&) = delete;
  /// The rows of one part come one after the other, parts in any order.
  virtual void add(const Row& row, const Verdict& verdict, RunPart& part) = 0;
};

struct RunOptions {
  UndecidedPolicy policy = UndecidedPolicy::none;
  Needs needs = Needs::score;
  std::size_t workers = 1;
};

/// Called by any worker, one at a time; what it returns is used until the run is over.
using MakeRowWork = std::function<std::unique_ptr<RowWork>()>;
/// Takes the parts in order. False ends the run: nothing further is taken.
using TakePart = std::function<bool(const RunPart&)>;

/// Reads `source` to its end. `read` of the source and `take` are called by one thread at a time, but not always by the
/// same.
void run(RowSource& source, const RowLayout& layout, const Engine& engine, const RunOptions& options,
         const MakeRowWork& make_work, const TakePart& take);

}  // namespace placement::rows
