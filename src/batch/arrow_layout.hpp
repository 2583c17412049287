// What the columns of a cohort in Arrow's format are: read once from its schema, before any batch.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "placement/arrow.hpp"

namespace placement::batch {

/// The types that values are read from.
enum class ArrowType : std::uint8_t {
  nothing,
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  text,
  large_text,
  text_view,
};

[[nodiscard]] constexpr bool is_whole_number(ArrowType type) noexcept {
  return type >= ArrowType::int8 && type <= ArrowType::uint64;
}
[[nodiscard]] constexpr bool is_text(ArrowType type) noexcept { return type >= ArrowType::text; }

struct ArrowColumnType {
  ArrowType value = ArrowType::nothing;
  std::optional<ArrowType> index;  ///< dictionary-encoded: the type of the numbers that stand for values
};

/// Where a column lies, and how.
struct ArrowPlace {
  std::size_t child = 0;
  ArrowColumnType type;
};

struct ArrowAnswers {
  ArrowPlace place;
  Field field{};
};

struct ArrowLayout {
  std::size_t children = 0;  ///< columns of the input, those that are passed over among them
  std::vector<ArrowAnswers> answers;
  std::optional<ArrowPlace> id;
};

/// Fails with ErrorCode::bad_request; all faults are listed.
[[nodiscard]] Result<ArrowLayout> read_layout(const ArrowSchema& schema, bool ignores_unknown_columns);

/// "column 3", as people count.
[[nodiscard]] std::string arrow_column_name(std::size_t child);

}  // namespace placement::batch
