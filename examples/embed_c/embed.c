/* embed FILE...: a C program with libplacement: one engine, an answer for each assessment, a bad input, several
 * threads.
 *
 *   cc embed.c $(pkg-config --cflags --libs placement) -pthread -o embed
 */
#include <inttypes.h>
#include <placement/placement.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char* whole_file(const char* path, uint64_t* length) {
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  long size = -1;
  if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0 &&
      (text = malloc((size_t)size + 1)) != NULL && fread(text, 1, (size_t)size, file) == (size_t)size)
    *length = (uint64_t)size;
  else
    free(text), text = NULL;
  if (file != NULL) fclose(file);
  return text;
}

/* Prints all faults and destroys the error. They never hold the value of an answer. */
static void print_error(placement_error* error) {
  int32_t i;
  printf("refused: %s\n", placement_error_name(placement_error_code(error)));
  for (i = 0; i < placement_error_fault_count(error); ++i)
    printf("  %s: %s\n", placement_error_fault_where(error, i, NULL), placement_error_fault_message(error, i, NULL));
  placement_error_destroy(error);
}

static void print_result(const placement_result* result) {
  const placement_pack* pack = placement_result_pack(result);
  const int32_t level = placement_result_level(result), question = placement_result_next_question(result);
  int32_t i;
  printf("status: %s\n", placement_status_name(placement_result_status(result)));
  if (level != PLACEMENT_NONE) printf("level: %s\n", placement_pack_item_text(pack, PLACEMENT_LEVELS, level, NULL));
  for (i = 0; i < placement_result_count(result, PLACEMENT_DETERMINING); ++i)
    printf("because: %s\n", placement_pack_item_text(pack, PLACEMENT_RULES,
                                                     placement_result_item(result, PLACEMENT_DETERMINING, i), NULL));
  for (i = 0; i < placement_result_count(result, PLACEMENT_ALERTS); ++i) {
    const int32_t rule = placement_result_item(result, PLACEMENT_ALERTS, i);
    if (placement_result_state(result, PLACEMENT_RULES, rule) == PLACEMENT_STATE_HOLDS)
      printf("alert, %s: %s\n", placement_urgency_name(placement_pack_rule_urgency(pack, rule)),
             placement_pack_rule_action(pack, rule, NULL));
  }
  if (question != PLACEMENT_NONE) printf("ask: %s\n", placement_field_question(question, NULL));
}

/* A text of JSON in, what is said of it out. */
static void place(const placement_engine* engine, const char* json, uint64_t length) {
  placement_assessment* person = NULL;
  placement_result* result = NULL;
  placement_error* error = NULL;
  if (placement_assessment_read(json, length, &person, &error) == PLACEMENT_OK &&
      placement_engine_recommend(engine, person, &result, &error) == PLACEMENT_OK)
    print_result(result);
  else
    print_error(error);
  placement_result_destroy(result);
  placement_assessment_destroy(person);
}

/* Threads share the engine without locks. */
static void* answer(void* engine) {
  placement_text* text = NULL;
  return placement_engine_recommend_json(engine, "{}", 2, &text, NULL) == PLACEMENT_OK ? text : NULL;
}

static int threads_agree(placement_engine* engine) {
  pthread_t threads[4];
  placement_text* first = answer(engine);
  int i, agree = first != NULL;
  for (i = 0; i < 4; ++i)
    if (pthread_create(&threads[i], NULL, answer, engine) != 0) exit(1);
  for (i = 0; i < 4; ++i) {
    void* text = NULL;
    pthread_join(threads[i], &text);
    agree = agree && text != NULL && strcmp(placement_text_bytes(text, NULL), placement_text_bytes(first, NULL)) == 0;
    placement_text_destroy(text);
  }
  placement_text_destroy(first);
  return agree;
}

int main(int argc, char** argv) {
  const char* bad = "{\"cows_score\": 99, \"housing\": \"castle\"}";
  placement_engine* engine = NULL;
  placement_error* error = NULL;
  int i;
  if (placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR) != PLACEMENT_OK) return 1;
  if (placement_engine_default(NULL, &engine, &error) != PLACEMENT_OK) return print_error(error), 1;
  printf("rules: %s\n", placement_pack_id(placement_engine_pack(engine), NULL));
  for (i = 1; i < argc; ++i) {
    uint64_t length = 0;
    char* json = whole_file(argv[i], &length);
    if (json == NULL) return 1;
    place(engine, json, length);
    free(json);
  }
  place(engine, bad, strlen(bad));
  printf("4 threads %s\n", threads_agree(engine) ? "agree" : "differ");
  placement_engine_release(engine);
  return 0;
}
