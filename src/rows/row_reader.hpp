// A row's text read into what can be judged: an assessment, the row's id, and what goes with it; or what is wrong.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/mapping.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"
#include "rows/row_source.hpp"

namespace placement::rows {

/// One thing wrong with a row. Never holds a value.
struct RowFault {
  std::string field;       ///< the key, column or place within the row it is about; empty: the whole row
  std::size_t column = 0;  ///< byte of the row where known, from 1; 0: not known
  std::string reason;
};

struct Row {
  RowPlace place;
  std::string id;  ///< as the row has it; empty where it has none
  Assessment assessment;
  std::unique_ptr<Request> request;  ///< only where the row says more than its id
  std::vector<RowFault> faults;      ///< where there are some, the rest but the id says nothing
  std::vector<std::string> beside;   ///< by RowLayout::beside: what the cell holds; empty where missing
  std::vector<std::string> cells;    ///< where RowLayout::keeps_cells: all that were read, by its header
  MappedRow mapped;  ///< with a mapping: what else it says; its assessment, id and faults are those above
};

/// What a reader must know of its input before the first row.
struct RowLayout {
  RowFormat format = RowFormat::ndjson;
  std::size_t max_row_bytes = 0;
  /// Without a mapping: columns, or keys of JSON lines, that stand beside the answers. To be set before lay_out.
  std::vector<std::string> beside;
  bool keeps_cells = false;         ///< with a mapping or CSV: whether Row::cells is wanted. To be set before lay_out.
  std::vector<std::string> header;  ///< of a CSV file; of JSON lines with a mapping: its columns
  /// CSV without a mapping: for each cell the field it answers, kIdColumn, or kBesideColumn and those behind it.
  std::vector<std::size_t> columns;
  static constexpr std::size_t kIdColumn = kFieldCount;
  static constexpr std::size_t kBesideColumn = kFieldCount + 1;
  /// With a mapping: how cells are read. Those of JSON lines are its columns in order.
  std::optional<BoundMapping> mapping;
  std::vector<std::vector<std::string>> keys;  ///< JSON lines: by column of the mapping, or beside, its names
};

/// Finds out what the cells of `layout.format` mean: by the mapping where there is one, otherwise a CSV header has
/// names of fields and of `layout.beside`, in any order, and `id`. Returns what is wrong with the header, listing every
/// fault; else fills the layout.
[[nodiscard]] std::optional<Error> lay_out(const std::optional<std::string>& csv_header,
                                           const std::optional<Mapping>& mapping, RowLayout& layout);

class RowReader {
 public:
  /// One layout serves many readers and must outlive them. A reader is not shared by threads.
  [[nodiscard]] static std::unique_ptr<RowReader> make(const RowLayout& layout);
  virtual ~RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// `row` must be as new.
  void read(const Block& block, const RawRow& raw, Row& row);

 protected:
  explicit RowReader(const RowLayout& layout) : layout_(layout) {}
  [[nodiscard]] const RowLayout& layout() const noexcept { return layout_; }

 private:
  virtual void read_text(std::string_view text, Row& row) = 0;
  const RowLayout& layout_;
};

}  // namespace placement::rows
