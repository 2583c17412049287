/* What the tests of arguments share: numbers that are none, and what a call that fails must write. */
#ifndef PLACEMENT_TESTS_CAPI_ARGUMENTS_H
#define PLACEMENT_TESTS_CAPI_ARGUMENTS_H

#include "check.h"
#include "placement/placement.h"

static const int32_t kWild[] = {-1, -2, 5000, INT32_MAX, INT32_MIN};
enum { kWildCount = sizeof kWild / sizeof kWild[0] };

static inline uint64_t size_of(const char* text) { return (uint64_t)strlen(text); }

/* A borrowed text: not NULL, terminated where its length says, not empty. */
static inline int is_text(const char* text, const uint64_t* length) {
  return text != NULL && *length > 0 && strlen(text) == *length;
}

/* What the last call wrote. */
static placement_error* error = NULL;

/* The call was refused with `code`, and the error tells it; destroys the error. */
static inline int refuses(int32_t returned, int32_t code) {
  uint64_t length = 0;
  const int as_said = returned == code && placement_error_code(error) == code &&
                      is_text(placement_error_message(error, &length), &length) &&
                      placement_error_where(error, NULL) != NULL && placement_error_fault_count(error) >= 1;
  if (!as_said) fprintf(stderr, "got %d, error %d\n", (int)returned, (int)placement_error_code(error));
  placement_error_destroy(error);
  return as_said;
}

static inline int succeeds(int32_t returned) {
  if (error != NULL)
    fprintf(stderr, "%s: %s\n", placement_error_where(error, NULL), placement_error_message(error, NULL));
  return returned == PLACEMENT_OK && error == NULL;
}

#endif
