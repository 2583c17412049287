// Batches: cut into blocks, each block to the kernel as columns, and what the kernel leaves open row by row to
// OpenRows.
#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <type_traits>

#include "batch/columns.hpp"
#include "batch/kernel.hpp"
#include "batch/open_rows.hpp"
#include "placement/batch.hpp"

namespace placement {
namespace {

using engine::Levels;

constexpr std::size_t kMostLevels = 64;

// Of a complete row: the first status that applies (docs/semantics.md, "Partial assessments").
RowScore complete_score(std::uint8_t flags, std::size_t level) {
  const bool is_consistent = (flags & batch::kForbidden) == 0, is_in_scope = (flags & batch::kOutOfScope) == 0;
  RowScore score;
  score.complete = true;
  score.possible = is_consistent && is_in_scope ? Levels{1} << level : 0;
  score.status = (flags & batch::kStop) != 0 ? Status::emergency
                 : !is_consistent            ? Status::inconsistent
                 : !is_in_scope              ? Status::out_of_scope
                                             : Status::decided;
  return score;
}

}  // namespace

std::optional<std::size_t> RowScore::lowest() const noexcept {
  return possible == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(std::countr_zero(possible)));
}

std::optional<std::size_t> RowScore::highest() const noexcept {
  return possible == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(std::bit_width(possible) - 1));
}

std::optional<std::size_t> RowScore::indicated() const noexcept {
  return valid && status == Status::decided ? lowest() : std::nullopt;
}

std::string_view to_string(CellFaultKind kind) noexcept {
  switch (kind) {
    case CellFaultKind::below_range:
      return "below range";
    case CellFaultKind::above_range:
      return "above range";
    case CellFaultKind::fraction:
      return "not a whole number";
    case CellFaultKind::not_a_number:
      return "not a number";
    case CellFaultKind::not_an_allowed_name:
      return "not an allowed name";
  }
  return "";
}

struct BatchScorer::State {
  explicit State(Engine e)
      : engine(std::move(e)),
        plan(batch::plan_for(engine.compiled())),
        block(plan),
        open(engine),
        columns(kFieldCount * batch::kBlockRows),
        inputs(plan.inputs.size()) {
    for (std::size_t flags = 0; flags < batch::kOpen; ++flags)
      for (std::size_t level = 0; level < kMostLevels; ++level)
        by_flags_and_level[flags * kMostLevels + level] = complete_score(static_cast<std::uint8_t>(flags), level);
  }

  [[nodiscard]] std::uint8_t* column(Field field) {
    return columns.data() + static_cast<std::size_t>(field) * batch::kBlockRows;
  }

  // What the kernel says of the rows that `inputs` point to; `finish(row)` answers those that it leaves open, and
  // those of `more`.
  template <class Finish>
  void score_block(std::size_t rows, RowScore* out, std::uint64_t* held, std::size_t words, const Finish& finish,
                   const std::vector<std::size_t>& more = {}) {
    const bool some_open = batch::find_levels(plan, inputs.data(), rows, block);
    if (held != nullptr) batch::find_held(plan, rows, block, words, held);
    std::uint8_t* flags = block.flags.data();
    for (const std::size_t i : more) flags[i] = batch::kOpen;
    const std::uint8_t* levels = block.levels.data();
    for (std::size_t i = 0; i < rows; ++i)
      out[i] = by_flags_and_level[(flags[i] & (batch::kOpen - 1U)) * kMostLevels + levels[i]];
    if (!some_open && more.empty()) return;
    for (std::size_t i = 0; i < rows; ++i)
      if ((flags[i] & batch::kOpen) != 0) finish(i);
  }

  // Rows given as such. `known_of(row)` are its known answers, `assessment_of(row)` all; `settle(row, first)` writes
  // what else is as good as known to the columns.
  template <class Row, class KnownOf, class Settle>
  void score_rows(std::span<const Row> rows, std::span<RowScore> out, std::span<std::uint64_t> held,
                  const KnownOf& known_of, const Settle& settle) {
    const std::size_t words = engine.held_words();
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = column(plan.inputs[i]);
    std::array<const std::uint8_t*, batch::kBlockRows> bytes{};
    for (std::size_t first = 0; first < rows.size(); first += batch::kBlockRows) {
      const std::span<const Row> part = rows.subspan(first, std::min(batch::kBlockRows, rows.size() - first));
      for (std::size_t i = 0; i < part.size(); ++i) bytes[i] = known_of(part[i]).bytes().data();
      batch::to_columns(std::span(bytes).first(part.size()), columns.data());
      for (std::size_t i = 0; i < part.size(); ++i) settle(part[i], i);
      std::uint64_t* const block_held = held.empty() ? nullptr : held.data() + first * words;
      score_block(part.size(), out.data() + first, block_held, words, [&](std::size_t i) {
        const auto row_held = held.empty() ? held : held.subspan((first + i) * words, words);
        if constexpr (std::is_same_v<Row, Assessment>)
          open.score(part[i], out[first + i], row_held);
        else
          open.score(Assessment(part[i]), out[first + i], row_held);
      });
    }
  }

  Engine engine;
  batch::Plan plan;
  batch::Block block;
  batch::OpenRows open;
  batch::Bytes columns;                     // kBlockRows for each field
  std::vector<const std::uint8_t*> inputs;  // by input of the plan
  std::array<RowScore, batch::kOpen * kMostLevels> by_flags_and_level;
};

BatchScorer::BatchScorer(Engine engine) : state_(std::make_unique<State>(std::move(engine))) {}
BatchScorer::BatchScorer(BatchScorer&&) noexcept = default;
BatchScorer& BatchScorer::operator=(BatchScorer&&) noexcept = default;
BatchScorer::~BatchScorer() = default;

std::size_t BatchScorer::held_words() const noexcept { return state_->engine.held_words(); }

void BatchScorer::score(std::span<const KnownAnswers> rows, std::span<RowScore> out, std::span<std::uint64_t> held) {
  state_->score_rows(
      rows, out, held, [](const KnownAnswers& row) -> const KnownAnswers& { return row; },
      [](const KnownAnswers&, std::size_t) {});
}

void BatchScorer::score(std::span<const Assessment> rows, std::span<RowScore> out, std::span<std::uint64_t> held) {
  const masks::Masks& masks = state_->engine.compiled().masks;
  // Of values that no rule tells apart any one will do.
  const auto settle = [&](const Assessment& row, std::size_t i) {
    for (const auto& partly : row.partly_known()) {
      const Field field = partly.first;  // no structured binding: lambdas of clang 14 cannot capture one
      const ValueSet& values = partly.second;
      const auto code = [&](int v) {
        return masks.code_of(static_cast<std::size_t>(field), static_cast<std::size_t>(v));
      };
      bool is_one = true;
      for (int v = values.lowest(); v <= values.highest(); ++v)
        is_one = is_one && (!values.contains(v) || code(v) == code(values.lowest()));
      if (is_one) state_->column(field)[i] = static_cast<std::uint8_t>(values.lowest());
    }
  };
  state_->score_rows(
      rows, out, held, [](const Assessment& row) -> const KnownAnswers& { return row.known(); }, settle);
}

Result<std::size_t> BatchScorer::score_columns(std::span<const Column> columns, std::size_t rows,
                                               std::span<RowScore> out, std::span<std::uint64_t> held,
                                               std::vector<CellFault>& faults) {
  State& s = *state_;
  std::vector<Fault> unusable;
  FieldSet given;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string where = "/columns/" + std::to_string(c);
    if (given.contains(columns[c].field)) unusable.push_back({where, "a second column of one field"});
    given.insert(columns[c].field);
    if (rows > 0 && columns[c].type == ColumnType::text && columns[c].text_offsets == nullptr)
      unusable.push_back({where, "text without offsets"});
    else if (rows > 0 && columns[c].type != ColumnType::text && columns[c].values == nullptr)
      unusable.push_back({where, "no values"});
  }
  if (!unusable.empty()) return Error::of(ErrorCode::bad_request, std::move(unusable));

  std::vector<batch::ColumnReader> readers;
  std::vector<std::size_t> input_of;  // by column: its place among the plan's inputs, or their number
  for (const Column& column : columns) {
    readers.emplace_back(column);
    input_of.push_back(static_cast<std::size_t>(std::find(s.plan.inputs.begin(), s.plan.inputs.end(), column.field) -
                                                s.plan.inputs.begin()));
  }
  for (std::size_t i = 0; i < s.inputs.size(); ++i) {
    std::uint8_t* bytes = s.column(s.plan.inputs[i]);
    s.inputs[i] = bytes;
    if (!given.contains(s.plan.inputs[i])) std::fill_n(bytes, batch::kBlockRows, kUnknown);
  }

  const std::size_t words = held_words();
  std::size_t invalid = 0;
  for (std::size_t first = 0; first < rows; first += batch::kBlockRows) {
    const std::size_t count = std::min(batch::kBlockRows, rows - first);
    std::vector<std::size_t> faulty;  // in a column that the pack does not read
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::uint8_t* bytes = readers[c].bytes(first, count, s.column(columns[c].field));
      if (input_of[c] < s.inputs.size()) {
        s.inputs[input_of[c]] = bytes;
        continue;
      }
      for (std::size_t i = 0; i < count; ++i)
        if (bytes[i] > spec(columns[c].field).high && readers[c].cell(first + i).fault) faulty.push_back(i);
    }
    const auto finish = [&](std::size_t i) {
      const std::size_t row = first + i;
      KnownAnswers known;
      const std::size_t faults_before = faults.size();
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const batch::Cell cell = readers[c].cell(row);
        known.bytes()[static_cast<std::size_t>(columns[c].field)] = cell.value;
        if (cell.fault) faults.push_back({row, c, *cell.fault});
      }
      const auto row_held = held.empty() ? held : held.subspan(row * words, words);
      if (faults.size() == faults_before) {
        s.open.score(Assessment(known), out[row], row_held);
        return;
      }
      ++invalid;
      out[row] = {};
      out[row].valid = false;
      std::fill(row_held.begin(), row_held.end(), 0);
    };
    s.score_block(count, out.data() + first, held.empty() ? nullptr : held.data() + first * words, words, finish,
                  faulty);
  }
  return invalid;
}

}  // namespace placement
