/* Arrow's structures, as its specification has them, and a cohort of two people in them, built by hand. */
#ifndef PLACEMENT_TESTS_CAPI_ARROW_PEOPLE_H
#define PLACEMENT_TESTS_CAPI_ARROW_PEOPLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema*);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray*);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

/* One column, `cows_score`, of two rows: 14, 3. Nothing of it is allocated; what was released is counted. */
static int released_schemas = 0, released_arrays = 0, released_streams = 0;

static void release_schema(struct ArrowSchema* schema) {
  ++released_schemas;
  schema->release = NULL;
}
static void release_array(struct ArrowArray* array) {
  ++released_arrays;
  array->release = NULL;
}

static const uint8_t kScores[] = {14, 3};
static const void* score_buffers[] = {NULL, kScores};
static const void* no_validity[] = {NULL};
static struct ArrowSchema score_schema, *schema_children[] = {&score_schema};
static struct ArrowArray score_array, *array_children[] = {&score_array};

static inline struct ArrowSchema people_schema(const char* name) {
  struct ArrowSchema schema;
  memset(&schema, 0, sizeof schema);
  memset(&score_schema, 0, sizeof score_schema);
  schema.release = score_schema.release = release_schema;
  score_schema.format = "C";
  score_schema.name = name;
  schema.format = "+s";
  schema.n_children = 1;
  schema.children = schema_children;
  return schema;
}

static inline struct ArrowArray people(void) {
  struct ArrowArray array;
  memset(&array, 0, sizeof array);
  memset(&score_array, 0, sizeof score_array);
  array.release = score_array.release = release_array;
  array.length = score_array.length = 2;
  array.n_buffers = 1;
  array.buffers = no_validity;
  score_array.n_buffers = 2;
  score_array.buffers = score_buffers;
  array.n_children = 1;
  array.children = array_children;
  return array;
}

static int batches_left = 0;
static const char* column_name = "cows_score";

static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  (void)stream;
  if (column_name == NULL) return 5;
  *out = people_schema(column_name);
  return 0;
}
static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  (void)stream;
  *out = people();
  if (batches_left-- <= 0) out->release = NULL;
  return 0;
}
static const char* get_last_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return "KANARIE";
}
static void release_stream(struct ArrowArrayStream* stream) {
  ++released_streams;
  stream->release = NULL;
}
static inline struct ArrowArrayStream people_stream(int batches) {
  struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, NULL};
  batches_left = batches;
  released_schemas = released_arrays = released_streams = 0;
  return stream;
}

#endif
