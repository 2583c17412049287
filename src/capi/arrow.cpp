// Cohorts in Arrow's C data interface.
#include "placement/arrow.hpp"

#include "capi/guard.hpp"

using placement::ScoringColumn;
using namespace placement::capi;

static_assert(PLACEMENT_COLUMN_STATUS == number(ScoringColumn::status));
static_assert(PLACEMENT_COLUMN_SETTLED == number(ScoringColumn::settled));
static_assert(PLACEMENT_COLUMN_INDICATED == number(ScoringColumn::indicated));
static_assert(PLACEMENT_COLUMN_POSSIBLE == number(ScoringColumn::possible));
static_assert(PLACEMENT_COLUMN_LOWEST == number(ScoringColumn::lowest));
static_assert(PLACEMENT_COLUMN_HIGHEST == number(ScoringColumn::highest));
static_assert(PLACEMENT_COLUMN_HELD_RULES == number(ScoringColumn::held_rules));
static_assert(PLACEMENT_COLUMN_DETERMINING_RULES == number(ScoringColumn::determining_rules));
static_assert(PLACEMENT_COLUMN_MISSING == number(ScoringColumn::missing));
static_assert(PLACEMENT_COLUMN_PACK_VERSION == number(ScoringColumn::pack_version));
static_assert(PLACEMENT_COLUMN_FAULT == number(ScoringColumn::fault));

namespace {

// The size of the first version of the struct.
constexpr std::uint32_t kFirstScoringOptions = 16;

Failure read_scoring_options(const placement_scoring_options* given, placement::ScoringOptions& options) {
  placement_scoring_options read{};
  if (Failure fault = read_struct(given, kFirstScoringOptions, "placement_scoring_options", read)) return fault;
  if ((read.columns & ~placement::kAllScoringColumns) != 0)
    return refused("`columns` of `options` names columns that this library does not know");
  if (read.ignore_unknown_columns > 1) return refused("`ignore_unknown_columns` of `options` is neither 0 nor 1");
  if (read.columns != 0) options.columns = read.columns;
  options.ignores_unknown_columns = read.ignore_unknown_columns == 1;
  return nullptr;
}

// Where the structure called `name` is NULL or the one that is read; otherwise it is made nothing.
template <class T>
Failure unwritable_structure(T* out, const T* input, const char* name) {
  if (Failure fault = missing(out, name)) return fault;
  if (out == input) return refused("`" + std::string(name) + "` is also what is read");
  out->release = nullptr;
  return nullptr;
}

}  // namespace

int32_t placement_scoring_schema(const placement_engine* engine, const placement_scoring_options* options,
                                 const ArrowSchema* input, ArrowSchema* output, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    placement::ScoringOptions read;
    if (Failure fault = unwritable_structure(output, input, "output")) return fault;
    if (Failure fault = missing(engine, "engine")) return fault;
    if (Failure fault = read_scoring_options(options, read)) return fault;
    const placement::Result<ArrowSchema> schema = placement::scoring_schema(engine->engine, input, read);
    if (!schema) return failed(schema.error());
    *output = *schema;
    return nullptr;
  });
}

int32_t placement_score_stream(const placement_engine* engine, const placement_scoring_options* options,
                               ArrowArrayStream* input, ArrowArrayStream* output, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    placement::ScoringOptions read;
    if (Failure fault = unwritable_structure(output, input, "output")) return fault;
    if (Failure fault = missing(engine, "engine")) return fault;
    if (Failure fault = missing(input, "input")) return fault;
    if (Failure fault = read_scoring_options(options, read)) return fault;
    const placement::Result<ArrowArrayStream> stream = placement::score_arrow_stream(engine->engine, *input, read);
    if (!stream) return failed(stream.error());
    *output = *stream;
    return nullptr;
  });
}

int32_t placement_score_batch(const placement_engine* engine, const placement_scoring_options* options,
                              const ArrowSchema* schema, ArrowArray* input, ArrowSchema* output_schema,
                              ArrowArray* output, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    placement::ScoringOptions read;
    // Both are made nothing before either is refused.
    Failure schema_fault =
        output_schema == nullptr ? nullptr : unwritable_structure(output_schema, schema, "output_schema");
    if (Failure fault = unwritable_structure(output, static_cast<const ArrowArray*>(input), "output")) return fault;
    if (schema_fault) return schema_fault;
    if (Failure fault = missing(engine, "engine")) return fault;
    if (Failure fault = missing(schema, "schema")) return fault;
    if (Failure fault = missing(input, "input")) return fault;
    if (Failure fault = read_scoring_options(options, read)) return fault;
    placement::Result<placement::ScoredBatch> scored =
        placement::score_arrow_batch(engine->engine, *schema, *input, read);
    if (!scored) return failed(scored.error());
    *output = scored->array;
    if (output_schema != nullptr)
      *output_schema = scored->schema;
    else
      scored->schema.release(&scored->schema);
    return nullptr;
  });
}
