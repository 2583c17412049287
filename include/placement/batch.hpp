// Many assessments at once.
//
//   placement::BatchScorer scorer(engine);  // one for each thread
//   std::vector<placement::RowScore> scores(people.size());
//   std::vector<std::uint64_t> held(people.size() * scorer.held_words());
//   scorer.score(people, scores, held);
//
// Of each row it says what Engine::recommend says of it without a request, only faster: complete rows go through
// vector instructions many at a time, the others are answered exactly one by one, and repeated ones are remembered.
// Which instructions the machine has, how rows are cut into calls and what was asked before never change an answer. A
// scorer has room for its work and a bounded memory of answers (about 5 MiB for the shipped pack): each thread needs
// its own, and making one takes a millisecond. Rows are answers of patients: treat them as such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "placement/engine.hpp"

namespace placement {

/// What is said of one row.
struct RowScore {
  std::uint64_t possible = 0;         ///< bit l: level l is possible; 0 where nothing consistent is in scope
  Status status = Status::undecided;  ///< as Recommendation::status
  bool settled = true;                ///< as Recommendation::settled
  bool complete = false;              ///< no field that a constraint or rule reads is open (`continue` rules aside)
  bool valid = true;                  ///< false: some answer could not be read, and nothing else here means anything

  [[nodiscard]] std::optional<std::size_t> lowest() const noexcept;
  [[nodiscard]] std::optional<std::size_t> highest() const noexcept;
  /// The level, where one is decided.
  [[nodiscard]] std::optional<std::size_t> indicated() const noexcept;
  friend bool operator==(const RowScore&, const RowScore&) = default;
};

enum class ColumnType : std::uint8_t { uint8, int16, int32, float64, text };

/// The answers to one field, one a row, read in place: the caller keeps them until the call returns. Values of flags
/// are 0 and 1, of scales and categories the places in their lists, of counts the numbers; counts above a top-coded
/// field's `high` mean `high`. A number that is not a number (NaN) is missing. Text is the name of a value (of flags
/// `no`, `yes`, `false`, `true`) or a whole number in digits; empty text is no answer but a fault.
struct Column {
  Field field{};
  ColumnType type = ColumnType::uint8;
  const void* values = nullptr;  ///< of `type`, from row -offset on, any alignment; text: the bytes of all texts
  /// Text only: row r is the bytes from text_offsets[offset + r] to text_offsets[offset + r + 1], never falling.
  const std::int32_t* text_offsets = nullptr;
  /// Bit i (lowest of each byte first) says of value i whether there is one; null: all are there.
  const std::uint8_t* validity = nullptr;
  std::size_t offset = 0;  ///< the first row's place in values, text_offsets and validity
};

/// What can be wrong with one value.
enum class CellFaultKind : std::uint8_t { below_range, above_range, fraction, not_a_number, not_an_allowed_name };

struct CellFault {
  std::size_t row = 0;
  std::size_t column = 0;  ///< place among the columns given
  CellFaultKind kind = CellFaultKind::below_range;
  friend bool operator==(const CellFault&, const CellFault&) = default;
};

class BatchScorer {
 public:
  explicit BatchScorer(Engine engine);
  BatchScorer(BatchScorer&&) noexcept;
  BatchScorer& operator=(BatchScorer&&) noexcept;
  ~BatchScorer();

  /// Words of `held` for each row.
  [[nodiscard]] std::size_t held_words() const noexcept;

  /// `out` has an element a row. `held` is empty where it is not wanted, or has held_words() words a row: bit r of
  /// them says that rule r `holds` (continue rules: never).
  void score(std::span<const Assessment> rows, std::span<RowScore> out, std::span<std::uint64_t> held = {});
  /// Every byte must be a value of its field or kUnknown.
  void score(std::span<const KnownAnswers> rows, std::span<RowScore> out, std::span<std::uint64_t> held = {});

  /// The same from columns; fields without a column are not known. Of rows with a value that its field does not have,
  /// `valid` is false, the bits of `held` are 0, and every such value is appended to `faults`, by row and column; the
  /// other rows go on. Returns how many rows that were. Fails with ErrorCode::bad_request, and changes nothing, where
  /// two columns are of one field or a column lacks its values or offsets; faults have places /columns/<number>.
  [[nodiscard]] Result<std::size_t> score_columns(std::span<const Column> columns, std::size_t rows,
                                                  std::span<RowScore> out, std::span<std::uint64_t> held,
                                                  std::vector<CellFault>& faults);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// "above range" and so on.
[[nodiscard]] std::string_view to_string(CellFaultKind) noexcept;

}  // namespace placement
