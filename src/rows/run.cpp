#include "rows/run.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace placement::rows {
namespace {

// What one worker keeps from block to block.
struct Worker {
  Worker(const RowLayout& layout, const Engine& engine, const RunOptions& options, std::unique_ptr<RowWork> its_work)
      : reader(RowReader::make(layout)), judge(engine, options.policy, options.needs), work(std::move(its_work)) {}

  RunPart part_of(const Block& block) {
    rows.clear();
    for (const RawRow& raw : block.rows) rows.push_back(reader->read(block, raw));
    const std::span<const Verdict> verdicts = judge.judge(rows);
    RunPart part;
    part.next = block.next;
    part.counts.read = block.rows.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      work->add(rows[i], verdicts[i], part);
      ++part.counts.written;
      if (rows[i].faults.empty())
        ++part.counts.by_status[static_cast<std::size_t>(verdicts[i].score.status)];
      else
        ++part.counts.invalid;
    }
    return part;
  }

  std::unique_ptr<RowReader> reader;
  Judge judge;
  std::unique_ptr<RowWork> work;
  std::vector<Row> rows;
};

}  // namespace

void run(RowSource& source, const RowLayout& layout, const Engine& engine, const RunOptions& options,
         const MakeRowWork& make_work, const TakePart& take) {
  constexpr std::size_t kBlocksOfAWorker = 2;  // one is judged while another waits to be written
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, options.workers);
  std::mutex making;
  tbb::enumerable_thread_specific<Worker> workers([&] {
    const std::scoped_lock lock(making);
    return Worker(layout, engine, options, make_work());
  });
  std::atomic<bool> is_over = false;
  const auto read = [&](tbb::flow_control& control) {
    Block block;
    if (!is_over) block = source.next();
    if (block.rows.empty()) control.stop();
    return std::make_shared<Block>(std::move(block));
  };
  const auto work = [&](const std::shared_ptr<Block>& block) {
    return std::make_shared<RunPart>(workers.local().part_of(*block));
  };
  const auto write = [&](const std::shared_ptr<RunPart>& part) {
    if (!is_over && !take(*part)) is_over = true;
  };
  using tbb::filter_mode;
  tbb::parallel_pipeline(
      options.workers * kBlocksOfAWorker,
      tbb::make_filter<void, std::shared_ptr<Block>>(filter_mode::serial_in_order, read) &
          tbb::make_filter<std::shared_ptr<Block>, std::shared_ptr<RunPart>>(filter_mode::parallel, work) &
          tbb::make_filter<std::shared_ptr<RunPart>, void>(filter_mode::serial_in_order, write));
}

}  // namespace placement::rows
