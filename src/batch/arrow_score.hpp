// Batches of assessments in Arrow's format, scored: what streams and single batches share.
#pragma once

#include <optional>

#include "batch/arrow_answers.hpp"
#include "batch/arrow_output.hpp"

namespace placement::batch {

class ArrowScorer {
 public:
  /// `layout` is that of every batch.
  ArrowScorer(const Engine& engine, ArrowLayout layout, const ScoringOptions& options);

  [[nodiscard]] Owned<ArrowSchema> schema() const;
  /// A row for each of `batch`, which is only read. Fails with ErrorCode::bad_request where it breaks Arrow's rules or
  /// does not fit the layout.
  [[nodiscard]] Result<Owned<ArrowArray>> score(const ArrowArray& batch);

 private:
  struct Opened;
  [[nodiscard]] Result<Opened> open(const ArrowArray& batch) const;
  void score_block(Opened& opened, std::size_t first, std::size_t rows);
  [[nodiscard]] Owned<ArrowArray> finish(std::size_t rows);

  Engine engine_;
  ArrowLayout layout_;
  bool needs_held_, needs_whole_;
  BatchScorer scorer_;
  std::optional<IdColumn> id_;
  std::vector<std::unique_ptr<ScoredColumn>> written_;
  // Of a block.
  std::vector<Column> columns_;
  std::vector<CellFault> faults_;
  std::vector<RowScore> scores_;
  std::vector<std::uint64_t> held_;
};

}  // namespace placement::batch
