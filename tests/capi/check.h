/* CHECK(condition): counts what is not so and says where. A program ends with `return checked();`. */
#ifndef PLACEMENT_TESTS_CAPI_CHECK_H
#define PLACEMENT_TESTS_CAPI_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed_checks = 0;

static inline void check(int holds, const char* claim, const char* file, int line) {
  if (holds) return;
  ++failed_checks;
  fprintf(stderr, "%s:%d: not so: %s\n", file, line, claim);
}

#define CHECK(condition) check((condition) ? 1 : 0, #condition, __FILE__, __LINE__)

static inline int checked(void) {
  if (failed_checks > 0) fprintf(stderr, "%d checks failed\n", failed_checks);
  return failed_checks > 0 ? 1 : 0;
}

/* The whole of a file, NUL-terminated; ends the program where there is none. */
static inline char* whole_file(const char* path, uint64_t* length) {
  FILE* file = fopen(path, "rb");
  char* text;
  long size;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
    fprintf(stderr, "%s cannot be read\n", path);
    exit(2);
  }
  rewind(file);
  text = malloc((size_t)size + 1);
  if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) exit(2);
  fclose(file);
  text[size] = '\0';
  *length = (uint64_t)size;
  return text;
}

#endif
