// The columns that scored rows become, in Arrow's format.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "batch/arrow_ids.hpp"
#include "batch/arrow_owned.hpp"
#include "placement/batch.hpp"

namespace placement::batch {

/// What is known of a row when it is written.
struct ScoredRow {
  const RowScore& score;
  std::span<const std::uint64_t> held;
  const Recommendation* whole = nullptr;  ///< where a column needs it and the row is valid
  std::string_view fault;                 ///< empty: the row is valid
};

/// One column: rows are added, then it is finished, and begins anew.
class ScoredColumn {
 public:
  virtual ~ScoredColumn() = default;
  [[nodiscard]] virtual Owned<ArrowSchema> schema() const = 0;
  virtual void add(const ScoredRow& row) = 0;
  [[nodiscard]] virtual Owned<ArrowArray> finish() = 0;
};

/// Those of `columns` (ScoringColumn, added up) but the id, in order.
[[nodiscard]] std::vector<std::unique_ptr<ScoredColumn>> scored_columns(const RulePack& pack, std::uint32_t columns);

/// Of the whole batch; `id` may be null.
[[nodiscard]] Owned<ArrowSchema> scored_schema(const RulePack& pack, const IdColumn* id,
                                               const std::vector<std::unique_ptr<ScoredColumn>>& columns);

}  // namespace placement::batch
