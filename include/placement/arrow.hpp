// Whole cohorts in Arrow's C data interface: a stream of batches in, a stream of batches out.
//
//   placement::Result<ArrowArrayStream> scored = placement::score_arrow_stream(engine, people);  // takes `people` over
//   ArrowArray batch;
//   while (scored->get_next(&*scored, &batch) == 0 && batch.release != nullptr) {
//     ...                    // a row for each row of the batch of `people`, in its order
//     batch.release(&batch);
//   }
//   scored->release(&*scored);
//
// Columns are matched to fields by name. A flag is read from booleans, every field from whole or floating numbers (the
// place of a value in its list, or the count; NaN is missing) and from texts (names of values, numbers in digits);
// texts may be utf8, large utf8 or utf8 views, and any of these dictionary-encoded. Null is missing, and so is a column
// of type null. A column `id`, whole numbers or texts, comes out as it was (texts as large utf8) and is not looked
// into.
//
// A row with a value that its field does not have comes out with the status `invalid` and a `fault`, which names field
// and kind of fault, never the value. A batch that breaks the rules of Arrow (offsets that fall, indices out of range,
// buffers that are not there) is an error of get_next(), EINVAL, from which a stream does not come back. Sizes of
// buffers are not part of the interface, so that one is smaller than its offsets say cannot be seen.
//
// What was returned belongs to the caller, who calls its `release`; it needs neither the engine nor what it was made
// from. A stream is used by one thread at a time. The rows are answers of patients: treat them as such.
#pragma once

#include <cstdint>

#include "placement/engine.hpp"

// As the specification has them, for everybody who needs them
// (https://arrow.apache.org/docs/format/CDataInterface.html). NOLINTBEGIN(readability-identifier-naming)
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
}
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}
#endif
// NOLINTEND(readability-identifier-naming)

namespace placement {

/// Columns that can be asked for, in the order in which they come out, behind `id`. Levels, rules and words are
/// dictionary-encoded texts; of invalid rows all but `status`, `pack_version` and `fault` are null.
enum class ScoringColumn : std::uint32_t {
  status = 1,               ///< as in a result, or `invalid`
  settled = 2,              ///< boolean
  indicated = 4,            ///< the level, where one is decided
  possible = 8,             ///< list of levels, ascending
  lowest = 16,              ///< the first of `possible`
  highest = 32,             ///< the last of `possible`
  held_rules = 64,          ///< list of rules, in pack order
  determining_rules = 128,  ///< list of rules; takes the whole recommendation, a hundred times the work of the others
  missing = 256,            ///< list of fields that still matter, in the order to ask; likewise
  pack_version = 512,       ///< which rules were applied; the schema's metadata has the pack's id and digest, too
  fault = 1024,             ///< what is wrong with an invalid row
};
/// All but determining_rules and missing.
inline constexpr std::uint32_t kUsualScoringColumns = 0x7F | 512 | 1024;
inline constexpr std::uint32_t kAllScoringColumns = 0x7FF;

struct ScoringOptions {
  std::uint32_t columns = kUsualScoringColumns;  ///< numbers of ScoringColumn, added up
  bool ignores_unknown_columns = false;          ///< else they are faults
};

/// The columns that rows of `people` are scored to; without a schema: of an input without `id`. Fails with
/// ErrorCode::bad_request where `people` cannot be scored (all faults are listed, with places "column 3"): unknown
/// names, names that stand twice, types that the field is not read from.
[[nodiscard]] Result<ArrowSchema> scoring_schema(const Engine& engine, const ArrowSchema* people,
                                                 const ScoringOptions& options = {});

/// Scores batch for batch, when asked for the next. On success `people` was moved into the result and its `release` is
/// null; on failure the caller still owns it. Fails as scoring_schema() does, and where it has no schema to give. The
/// result's get_next() fails with EINVAL for a batch that is not as its schema says, with what `people` failed with, or
/// with ENOMEM; get_last_error() says more, in words that may be logged.
[[nodiscard]] Result<ArrowArrayStream> score_arrow_stream(const Engine& engine, ArrowArrayStream& people,
                                                          const ScoringOptions& options = {});

struct ScoredBatch {
  ArrowSchema schema;
  ArrowArray array;
};
/// One batch. On success `people` was released; on failure the caller still owns it; `schema` is only read. Fails as
/// the functions above. Takes a millisecond longer than a batch of a stream.
[[nodiscard]] Result<ScoredBatch> score_arrow_batch(const Engine& engine, const ArrowSchema& schema, ArrowArray& people,
                                                    const ScoringOptions& options = {});

}  // namespace placement
