/* side_by_side LIBRARY COPY ASSESSMENT: two copies of the library in one process, loaded so that each sees the other's
 * names, used in turns and by a thread that ends after they were closed; then one more in a name space of its own. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <pthread.h>

#include "placement/placement.h"

#include "check.h"

typedef int32_t (*default_function)(const placement_engine_options*, placement_engine**, placement_error**);
typedef int32_t (*recommend_function)(const placement_engine*, const char*, uint64_t, placement_text**,
                                      placement_error**);
typedef const char* (*bytes_function)(const placement_text*, uint64_t*);
typedef int32_t (*fault_count_function)(const placement_error*);
typedef void (*destroy_function)(void*);

typedef struct copy {
  void* handle;
  default_function make;
  recommend_function recommend;
  bytes_function bytes;
  fault_count_function fault_count;
  destroy_function release, destroy_text, destroy_error;
  placement_engine* engine;
} copy;

static void* symbol(const copy* from, const char* name) {
  void* found = dlsym(from->handle, name);
  if (found == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  return found;
}

/* ISO C has no cast from an object pointer to a function pointer; POSIX says that the bytes are the same. */
#define FETCH(from, member, name)                       \
  do {                                                  \
    void* address = symbol(from, name);                 \
    memcpy(&(from)->member, &address, sizeof(address)); \
  } while (0)

static copy opened(void* handle) {
  copy c;
  memset(&c, 0, sizeof c);
  c.handle = handle;
  if (handle == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  FETCH(&c, make, "placement_engine_default");
  FETCH(&c, recommend, "placement_engine_recommend_json");
  FETCH(&c, bytes, "placement_text_bytes");
  FETCH(&c, fault_count, "placement_error_fault_count");
  FETCH(&c, release, "placement_engine_release");
  FETCH(&c, destroy_text, "placement_text_destroy");
  FETCH(&c, destroy_error, "placement_error_destroy");
  CHECK(c.make(NULL, &c.engine, NULL) == PLACEMENT_OK);
  return c;
}

static char* json;
static uint64_t json_length;

static placement_text* answer(const copy* c) {
  placement_text* text = NULL;
  placement_error* error = NULL;
  CHECK(c->recommend(c->engine, json, json_length, &text, NULL) == PLACEMENT_OK);
  CHECK(c->recommend(c->engine, "{\"cows_score\": 99}", 18, NULL, &error) == PLACEMENT_ERROR_BAD_ARGUMENT);
  CHECK(c->fault_count(error) == 1);
  c->destroy_error(error);
  return text;
}

static void closed(copy* c) {
  c->release(c->engine);
  CHECK(dlclose(c->handle) == 0);
}

static pthread_barrier_t used, unloaded;

static void* late_thread(void* first) {
  const copy* c = first;
  c->destroy_text(answer(c));
  pthread_barrier_wait(&used);
  pthread_barrier_wait(&unloaded);
  return NULL; /* what the library keeps for a thread is cleaned up now */
}

int main(int argc, char** argv) {
  copy first, second;
  placement_text *one, *two;
  pthread_t thread;
  if (argc != 4) return 2;
  json = whole_file(argv[3], &json_length);
  first = opened(dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL));
  second = opened(dlopen(argv[2], RTLD_NOW | RTLD_GLOBAL));
  CHECK(first.make != second.make);
  one = answer(&first);
  two = answer(&second);
  CHECK(strcmp(first.bytes(one, NULL), second.bytes(two, NULL)) == 0);
  first.destroy_text(one);
  second.destroy_text(two);
#ifndef PLACEMENT_SANITIZED /* their run times do not go into a second name space */
  {
    copy apart = opened(dlmopen(LM_ID_NEWLM, argv[1], RTLD_NOW | RTLD_LOCAL));
    CHECK(apart.make != first.make);
    one = answer(&apart);
    two = answer(&first);
    CHECK(strcmp(apart.bytes(one, NULL), first.bytes(two, NULL)) == 0);
    apart.destroy_text(one);
    first.destroy_text(two);
    closed(&apart);
  }
#endif
  pthread_barrier_init(&used, NULL, 2);
  pthread_barrier_init(&unloaded, NULL, 2);
  CHECK(pthread_create(&thread, NULL, late_thread, &first) == 0);
  pthread_barrier_wait(&used);
  closed(&second);
  closed(&first);
  pthread_barrier_wait(&unloaded);
  CHECK(pthread_join(thread, NULL) == 0);
  free(json);
  return checked();
}
