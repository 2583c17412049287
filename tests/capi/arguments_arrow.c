/* arguments_arrow: the functions about cohorts in Arrow's format with good, with no and with hostile arguments. */
#include "arguments.h"
#include "arrow_people.h"

/* Options as a later header might have them. */
typedef struct later_options {
  placement_scoring_options known;
  uint64_t unknown;
} later_options;

static void schemas(const placement_engine* engine) {
  struct ArrowSchema input = people_schema("cows_score"), output;
  placement_scoring_options options = PLACEMENT_SCORING_OPTIONS_INIT;
  later_options later;
  CHECK(succeeds(placement_scoring_schema(engine, NULL, &input, &output, &error)));
  CHECK(strcmp(output.format, "+s") == 0 && output.n_children == 9 && output.metadata != NULL);
  CHECK(strcmp(output.children[0]->name, "status") == 0 && strcmp(output.children[8]->name, "fault") == 0);
  CHECK(strcmp(output.children[2]->dictionary->format, "u") == 0);
  output.release(&output);
  CHECK(output.release == NULL && input.release != NULL);

  options.columns = PLACEMENT_COLUMN_INDICATED | PLACEMENT_COLUMN_MISSING;
  CHECK(succeeds(placement_scoring_schema(engine, &options, NULL, &output, &error)));
  CHECK(output.n_children == 2 && strcmp(output.children[1]->name, "missing") == 0);
  output.release(&output);
  options.columns = 1u << 31;
  CHECK(refuses(placement_scoring_schema(engine, &options, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(output.release == NULL);
  options.columns = 0;
  options.reserved = 1;
  CHECK(refuses(placement_scoring_schema(engine, &options, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  options.reserved = 0;
  options.ignore_unknown_columns = 2;
  CHECK(refuses(placement_scoring_schema(engine, &options, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  options.ignore_unknown_columns = 0;
  options.struct_size = 4;
  CHECK(refuses(placement_scoring_schema(engine, &options, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  memset(&later, 0, sizeof later);
  later.known.struct_size = sizeof later;
  CHECK(succeeds(placement_scoring_schema(engine, &later.known, &input, &output, &error)));
  output.release(&output);
  later.unknown = 1;
  CHECK(refuses(placement_scoring_schema(engine, &later.known, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));

  CHECK(refuses(placement_scoring_schema(NULL, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_scoring_schema(engine, NULL, &input, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_scoring_schema(engine, NULL, &input, &input, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(input.release != NULL);
  CHECK(placement_scoring_schema(NULL, NULL, NULL, NULL, NULL) == PLACEMENT_ERROR_BAD_ARGUMENT);
  score_schema.name = "cows_scor";
  CHECK(placement_scoring_schema(engine, NULL, &input, &output, &error) == PLACEMENT_ERROR_BAD_REQUEST);
  CHECK(strcmp(placement_error_where(error, NULL), "column 1") == 0);
  CHECK(strstr(placement_error_message(error, NULL), "did you mean `cows_score`?") != NULL);
  placement_error_destroy(error);
  score_schema.name = NULL;
  CHECK(refuses(placement_scoring_schema(engine, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_REQUEST));
  input.release = NULL;
  CHECK(refuses(placement_scoring_schema(engine, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_REQUEST));
}

static void streams(placement_engine* engine) {
  struct ArrowArrayStream input = people_stream(2), output;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  int batches;
  placement_engine_retain(engine);
  CHECK(succeeds(placement_score_stream(engine, NULL, &input, &output, &error)));
  placement_engine_release(engine);
  CHECK(input.release == NULL && released_streams == 0 && released_schemas == 1);
  CHECK(output.get_last_error(&output) == NULL);
  for (batches = 0; batches < 2; ++batches) {
    CHECK(output.get_schema(&output, &schema) == 0 && schema.n_children == 9);
    schema.release(&schema);
    CHECK(output.get_next(&output, &batch) == 0 && batch.release != NULL && batch.length == 2);
    batch.release(&batch);
  }
  CHECK(output.get_next(&output, &batch) == 0 && batch.release == NULL);
  CHECK(output.get_next(&output, &batch) == 0 && batch.release == NULL && batches_left == -1);
  output.release(&output);
  CHECK(output.release == NULL && released_streams == 1 && released_arrays == 2);

  input = people_stream(1);
  CHECK(refuses(placement_score_stream(NULL, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(output.release == NULL);
  CHECK(refuses(placement_score_stream(engine, NULL, NULL, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_score_stream(engine, NULL, &input, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_score_stream(engine, NULL, &input, &input, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_score_stream(NULL, NULL, NULL, NULL, NULL) == PLACEMENT_ERROR_BAD_ARGUMENT);
  column_name = "castle";
  CHECK(refuses(placement_score_stream(engine, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_REQUEST));
  column_name = NULL;
  CHECK(placement_score_stream(engine, NULL, &input, &output, &error) == PLACEMENT_ERROR_BAD_REQUEST);
  CHECK(strstr(placement_error_message(error, NULL), "KANARIE") == NULL);
  placement_error_destroy(error);
  column_name = "cows_score";
  CHECK(input.release != NULL && released_streams == 0);
  input.get_next = NULL;
  CHECK(refuses(placement_score_stream(engine, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_REQUEST));
  input.release = NULL;
  CHECK(refuses(placement_score_stream(engine, NULL, &input, &output, &error), PLACEMENT_ERROR_BAD_REQUEST));
}

static void batches(const placement_engine* engine) {
  struct ArrowSchema schema = people_schema("cows_score"), output_schema;
  struct ArrowArray input = people(), output;
  released_schemas = released_arrays = 0;
  CHECK(succeeds(placement_score_batch(engine, NULL, &schema, &input, &output_schema, &output, &error)));
  CHECK(input.release == NULL && released_arrays == 1 && released_schemas == 0);
  CHECK(output.length == 2 && output.n_children == output_schema.n_children);
  output.release(&output);
  output_schema.release(&output_schema);
  input = people();
  CHECK(succeeds(placement_score_batch(engine, NULL, &schema, &input, NULL, &output, &error)));
  output.release(&output);

  input = people();
  score_array.length = 1;
  CHECK(placement_score_batch(engine, NULL, &schema, &input, &output_schema, &output, &error) ==
        PLACEMENT_ERROR_BAD_REQUEST);
  CHECK(strcmp(placement_error_where(error, NULL), "column 1") == 0);
  placement_error_destroy(error);
  CHECK(input.release != NULL && output.release == NULL && output_schema.release == NULL);
  CHECK(
      refuses(placement_score_batch(NULL, NULL, &schema, &input, NULL, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(
      refuses(placement_score_batch(engine, NULL, NULL, &input, NULL, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(
      refuses(placement_score_batch(engine, NULL, &schema, NULL, NULL, &output, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(
      refuses(placement_score_batch(engine, NULL, &schema, &input, NULL, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_score_batch(engine, NULL, &schema, &input, NULL, &input, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  output.release = release_array; /* of another batch: not ours any more */
  CHECK(refuses(placement_score_batch(engine, NULL, &schema, &input, &schema, &output, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(output.release == NULL);
  CHECK(placement_score_batch(NULL, NULL, NULL, NULL, NULL, NULL, NULL) == PLACEMENT_ERROR_BAD_ARGUMENT);
  CHECK(input.release != NULL && schema.release != NULL);
  schema.n_children = input.n_children = 0; /* rows that cost whoever claims them nothing */
  input.length = INT64_C(1) << 60;
  CHECK(placement_score_batch(engine, NULL, &schema, &input, NULL, &output, &error) == PLACEMENT_ERROR_BAD_REQUEST);
  CHECK(strstr(placement_error_message(error, NULL), "more than 134217728 rows") != NULL);
  placement_error_destroy(error);
  input.release = NULL;
  CHECK(refuses(placement_score_batch(engine, NULL, &schema, &input, NULL, &output, &error),
                PLACEMENT_ERROR_BAD_REQUEST));
}

int main(void) {
  placement_engine* engine = NULL;
  CHECK(placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK);
  schemas(engine);
  streams(engine);
  batches(engine);
  placement_engine_release(engine);
  return checked();
}
