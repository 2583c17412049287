#include "rows/run.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <limits>
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

  // Makes `part` what the block says, in the room it has.
  void judge_block(const Block& block, RunPart& part) {
    rows.clear();
    rows.reserve(block.rows.size());
    for (const RawRow& raw : block.rows) reader->read(block, raw, rows.emplace_back());
    const std::span<const Verdict> verdicts = judge.judge(rows);
    part.rows.clear();
    part.rejects.clear();
    part.counts = {};
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
  // A run can be broken off between blocks, so one shall not take seconds.
  const std::size_t most_rows =
      options.needs < Needs::next_question ? std::numeric_limits<std::size_t>::max() : std::size_t{32};
  struct Token {
    Block block;
    RunPart part;
  };
  std::vector<Token> tokens(options.workers * kBlocksOfAWorker);
  std::vector<Token*> idle;
  for (Token& token : tokens) idle.push_back(&token);
  // oneTBB orders the stages of a token, and the calls of a serial stage, by itself. This mutex says so once more,
  // since the thread sanitizer cannot look into oneTBB and would not know.
  std::mutex handing;
  const auto hand_over = [&] { const std::scoped_lock lock(handing); };

  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, options.workers);
  tbb::enumerable_thread_specific<Worker> workers([&] {
    const std::scoped_lock lock(handing);
    return Worker(layout, engine, options, make_work());
  });
  std::atomic<bool> is_over = false;
  const auto read = [&](tbb::flow_control& control) {
    Token* token = nullptr;
    {
      const std::scoped_lock lock(handing);
      token = idle.back();
      idle.pop_back();
    }
    if (is_over || !source.next(token->block, most_rows)) control.stop();
    hand_over();
    return token;
  };
  const auto work = [&](Token* token) {
    hand_over();
    workers.local().judge_block(token->block, token->part);
    hand_over();
    return token;
  };
  const auto write = [&](Token* token) {
    hand_over();
    if (!is_over && !take(token->part)) is_over = true;
    const std::scoped_lock lock(handing);
    idle.push_back(token);
  };
  using tbb::filter_mode;
  tbb::parallel_pipeline(tokens.size(), tbb::make_filter<void, Token*>(filter_mode::serial_in_order, read) &
                                            tbb::make_filter<Token*, Token*>(filter_mode::parallel, work) &
                                            tbb::make_filter<Token*, void>(filter_mode::serial_in_order, write));
  hand_over();
}

}  // namespace placement::rows
