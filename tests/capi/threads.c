/* threads ASSESSMENT...: several threads share one engine, each as an owner of its own, and one result; all see the
 * same. */
#include "placement/placement.h"

#include <pthread.h>

#include "check.h"

enum { kThreads = 8, kRounds = 20, kMostFiles = 64 };

static placement_engine* engine;
static placement_result* shared;
static char* files[kMostFiles];
static uint64_t lengths[kMostFiles];
static placement_text* wanted[kMostFiles];
static int file_count;

static void* work(void* number) {
  const int me = *(const int*)number;
  placement_engine* mine = engine; /* retained for this thread before it started */
  intptr_t differences = 0;
  int round, i;
  for (round = 0; round < kRounds; ++round) {
    placement_text *text = NULL, *again = NULL;
    i = (me + round) % file_count;
    if (placement_engine_recommend_json(mine, files[i], lengths[i], &text, NULL) != PLACEMENT_OK ||
        strcmp(placement_text_bytes(text, NULL), placement_text_bytes(wanted[i], NULL)) != 0)
      ++differences;
    if (placement_result_write(shared, PLACEMENT_JSON, &again, NULL) != PLACEMENT_OK ||
        strcmp(placement_text_bytes(again, NULL), placement_text_bytes(wanted[0], NULL)) != 0)
      ++differences;
    placement_text_destroy(text);
    placement_text_destroy(again);
  }
  placement_engine_release(mine);
  return (void*)differences;
}

int main(int argc, char** argv) {
  pthread_t threads[kThreads];
  int numbers[kThreads], i;
  placement_assessment* person = NULL;
  file_count = argc - 1 < kMostFiles ? argc - 1 : kMostFiles;
  if (file_count < 1 || placement_engine_default(NULL, &engine, NULL) != PLACEMENT_OK) return 2;
  for (i = 0; i < file_count; ++i) {
    files[i] = whole_file(argv[i + 1], &lengths[i]);
    CHECK(placement_engine_recommend_json(engine, files[i], lengths[i], &wanted[i], NULL) == PLACEMENT_OK);
  }
  CHECK(placement_assessment_read(files[0], lengths[0], &person, NULL) == PLACEMENT_OK);
  CHECK(placement_engine_recommend(engine, person, &shared, NULL) == PLACEMENT_OK);
  placement_assessment_destroy(person);
  for (i = 0; i < kThreads; ++i) {
    numbers[i] = i;
    placement_engine_retain(engine);
    if (pthread_create(&threads[i], NULL, work, &numbers[i]) != 0) return 2;
  }
  placement_engine_release(engine); /* the last thread to end destroys it */
  for (i = 0; i < kThreads; ++i) {
    void* differences = NULL;
    CHECK(pthread_join(threads[i], &differences) == 0);
    CHECK((intptr_t)differences == 0);
  }
  placement_result_destroy(shared);
  for (i = 0; i < file_count; ++i) {
    placement_text_destroy(wanted[i]);
    free(files[i]);
  }
  return checked();
}
