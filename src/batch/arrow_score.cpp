#include "batch/arrow_score.hpp"

#include <algorithm>
#include <string>

namespace placement::batch {
namespace {

// Rows that are read, scored and written at once: what is made of them stays in the second cache.
constexpr std::size_t kRowsAtOnce = 4096;

constexpr const char* kNullRow = "the row is null";

void add_fault(std::string_view field, std::string_view reason, std::string& all) {
  if (!all.empty()) all += "; ";
  if (!field.empty()) all.append(field).append(": ");
  all += reason;
}

// Columns of nulls need no memory, and answers do: a batch must not claim more rows than any machine could answer.
constexpr std::int64_t kMostRows = std::int64_t{1} << 27;

Result<std::size_t> rows_of(const ArrowArray& batch, std::size_t children) {
  const auto failed = [](const char* reason) { return Error::of(ErrorCode::bad_request, {{"", reason}}); };
  if (batch.release == nullptr) return failed("the batch was released");
  if (batch.length < 0 || batch.offset < 0) return failed("length or offset of the batch is out of range");
  if (batch.length > kMostRows)
    return failed("the batch has more than 134217728 rows: expected them in several batches");
  if (batch.null_count < -1 || batch.null_count > batch.length)
    return failed("the batch's count of nulls is out of range");
  if (batch.n_children < 0 || static_cast<std::uint64_t>(batch.n_children) != children)
    return failed("the batch has not as many columns as its schema");
  if (children > 0 && batch.children == nullptr) return failed("the batch has no columns where it says so");
  if (batch.n_buffers != 1 || batch.buffers == nullptr) return failed("the batch has not the buffer of a struct");
  if (batch.null_count > 0 && batch.buffers[0] == nullptr) return failed("the batch has nulls and does not say which");
  return static_cast<std::size_t>(batch.length);
}

}  // namespace

// A batch whose structure was looked through.
struct ArrowScorer::Opened {
  std::size_t rows = 0;
  std::vector<ArrowAnswerReader> answers;
  std::optional<ArrowValues> id;
  const std::uint8_t* validity = nullptr;
  std::size_t offset = 0;

  [[nodiscard]] bool is_there(std::size_t row) const {
    const std::size_t bit = offset + row;
    return validity == nullptr || (validity[bit / 8] >> (bit % 8) & 1U) != 0;
  }
};

ArrowScorer::ArrowScorer(const Engine& engine, ArrowLayout layout, const ScoringOptions& options)
    : engine_(engine),
      layout_(std::move(layout)),
      needs_held_((options.columns & static_cast<std::uint32_t>(ScoringColumn::held_rules)) != 0),
      needs_whole_((options.columns & (static_cast<std::uint32_t>(ScoringColumn::determining_rules) |
                                       static_cast<std::uint32_t>(ScoringColumn::missing))) != 0),
      scorer_(engine),
      written_(scored_columns(engine.pack(), options.columns)) {
  if (layout_.id) id_.emplace(layout_.id->type.value);
}

Owned<ArrowSchema> ArrowScorer::schema() const {
  return scored_schema(engine_.pack(), id_ ? &*id_ : nullptr, written_);
}

Result<ArrowScorer::Opened> ArrowScorer::open(const ArrowArray& batch) const {
  const Result<std::size_t> rows = rows_of(batch, layout_.children);
  if (!rows.has_value()) return rows.error();
  Opened opened;
  opened.rows = *rows;
  opened.offset = static_cast<std::size_t>(batch.offset);
  opened.validity = static_cast<const std::uint8_t*>(batch.buffers[0]);

  std::vector<Fault> faults;
  const auto values_at = [&](const ArrowPlace& place, std::string_view name) -> std::optional<ArrowValues> {
    const ArrowArray* const child = batch.children[place.child];
    std::optional<ArrowValues> values;
    if (child != nullptr) values.emplace(*child, place.type, opened.offset, opened.rows);
    const char* const fault = child == nullptr ? "it is not there" : values->fault();
    if (fault == nullptr) return values;
    faults.push_back(
        {arrow_column_name(place.child), "`" + std::string(name) + "` is no Arrow array of its type: " + fault});
    return std::nullopt;
  };
  for (const ArrowAnswers& column : layout_.answers)
    if (const std::optional<ArrowValues> values = values_at(column.place, spec(column.field).name))
      opened.answers.emplace_back(column.field, *values);
  if (layout_.id) opened.id = values_at(*layout_.id, "id");
  if (!faults.empty()) return Error::of(ErrorCode::bad_request, std::move(faults));
  return opened;
}

Result<Owned<ArrowArray>> ArrowScorer::score(const ArrowArray& batch) {
  Result<Opened> opened = open(batch);
  if (!opened.has_value()) return opened.error();
  for (std::size_t first = 0; first < opened->rows; first += kRowsAtOnce)
    score_block(*opened, first, std::min(kRowsAtOnce, opened->rows - first));
  return finish(opened->rows);
}

void ArrowScorer::score_block(Opened& opened, std::size_t first, std::size_t rows) {
  columns_.clear();
  faults_.clear();
  for (ArrowAnswerReader& reader : opened.answers)
    columns_.push_back(reader.block(first, rows, columns_.size(), faults_));
  const std::size_t words = needs_held_ ? scorer_.held_words() : 0;
  scores_.assign(rows, {});
  held_.assign(rows * words, 0);
  // Cannot fail: no field has two columns, and all have values.
  static_cast<void>(scorer_.score_columns(columns_, rows, scores_, held_, faults_));
  std::sort(faults_.begin(), faults_.end(), [](const CellFault& a, const CellFault& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });

  auto next = faults_.begin();
  std::string fault;
  for (std::size_t i = 0; i < rows; ++i) {
    fault.clear();
    if (!opened.is_there(first + i)) add_fault({}, kNullRow, fault);
    if (opened.id)
      if (const char* reason = id_->add(*opened.id, first + i)) add_fault("id", reason, fault);
    for (; next != faults_.end() && next->row == i; ++next)
      add_fault(spec(columns_[next->column].field).name, to_string(next->kind), fault);
    ScoredRow row{scores_[i], std::span(held_).subspan(i * words, words), nullptr, fault};
    std::optional<Recommendation> whole;
    if (needs_whole_ && fault.empty()) {
      KnownAnswers known;
      for (const Column& column : columns_)
        known.bytes()[static_cast<std::size_t>(column.field)] = ColumnReader(column).cell(i).value;
      whole = engine_.recommend(Assessment(known)).value();  // cannot fail: nothing is requested
      row.whole = &*whole;
    }
    for (const std::unique_ptr<ScoredColumn>& column : written_) column->add(row);
  }
}

Owned<ArrowArray> ArrowScorer::finish(std::size_t rows) {
  ArrayParts parts;
  parts.length = static_cast<std::int64_t>(rows);
  parts.buffers.emplace_back();
  if (id_) parts.children.push_back(id_->finish());
  for (const std::unique_ptr<ScoredColumn>& column : written_) parts.children.push_back(column->finish());
  return make_array(std::move(parts));
}

}  // namespace placement::batch
