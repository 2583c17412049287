/* readings FILE... : what placement.h tells of each assessment. For each file the JSON answer, its length first, then
 * all readings of the typed result, one a line: key, tab, numbers and ids separated by spaces. library_test.py compares
 * both with what the command line says. */
#include "placement/placement.h"

#include "check.h"

static const placement_pack* pack;
static const placement_result* result;

static const char* id_of(int32_t kind, int32_t item) {
  const char* id = placement_pack_item_id(pack, kind, item, NULL);
  return id == NULL ? "-" : id;
}

static const char* field_of(int32_t field) {
  const char* name = placement_field_name(field, NULL);
  return name == NULL ? "-" : name;
}

static void list(const char* key, int32_t which, int32_t kind) {
  int32_t i;
  printf("%s\t", key);
  for (i = 0; i < placement_result_count(result, which); ++i) {
    const int32_t item = placement_result_item(result, which, i);
    printf("%s ", kind == PLACEMENT_NONE ? field_of(item) : id_of(kind, item));
  }
  printf("\n");
}

static void states(const char* key, int32_t kind) {
  int32_t item, i;
  for (item = 0; item < placement_pack_count(pack, kind); ++item) {
    printf("%s\t%s %s ", key, id_of(kind, item), placement_state_name(placement_result_state(result, kind, item)));
    if (kind == PLACEMENT_RULES) printf("%d ", (int)placement_result_is_determining(result, item));
    for (i = 0; i < placement_result_waits_for_count(result, kind, item); ++i)
      printf("%s ", field_of(placement_result_waits_for(result, kind, item, i)));
    printf("\n");
  }
}

static void stops(const char* key, int32_t way) {
  int32_t stop, kind, i;
  for (stop = 0; stop < placement_result_count(result, way); ++stop) {
    const int32_t level = placement_result_item(result, way, stop);
    printf("%s\t%s", key, id_of(PLACEMENT_LEVELS, level));
    for (kind = PLACEMENT_LEVELS; kind <= PLACEMENT_CAPABILITIES; ++kind) {
      printf(" |");
      for (i = 0; i < placement_result_stop_count(result, way, stop, kind); ++i)
        printf(" %s", id_of(kind, placement_result_stop_item(result, way, stop, kind, i)));
    }
    if (way == PLACEMENT_PATH)
      printf(" | %s %d %d", field_of(placement_result_stop_settled_by(result, stop)),
             (int)placement_result_stop_need_remains(result, stop),
             (int)placement_pack_level_reassess_days(pack, level));
    printf("\n");
  }
}

static void alerts(void) {
  int32_t i;
  for (i = 0; i < placement_result_count(result, PLACEMENT_ALERTS); ++i) {
    const int32_t rule = placement_result_item(result, PLACEMENT_ALERTS, i);
    printf("alert\t%s %s %s %d\n", id_of(PLACEMENT_RULES, rule),
           placement_urgency_name(placement_pack_rule_urgency(pack, rule)),
           placement_state_name(placement_result_state(result, PLACEMENT_RULES, rule)),
           (int)placement_result_is_handled(result, rule));
    printf("action\t%s\n", placement_pack_rule_action(pack, rule, NULL));
    printf("because\t%s\n", placement_pack_item_text(pack, PLACEMENT_RULES, rule, NULL));
  }
}

static void read_out(void) {
  printf("status\t%s\n", placement_status_name(placement_result_status(result)));
  printf("settled\t%d\n", (int)placement_result_is_settled(result));
  printf("level\t%s\n", id_of(PLACEMENT_LEVELS, placement_result_level(result)));
  printf("policy\t%s\n", id_of(PLACEMENT_LEVELS, placement_result_policy_level(result)));
  printf("feasible\t%s\n", id_of(PLACEMENT_LEVELS, placement_result_feasible_level(result)));
  printf("placed\t%s\n", id_of(PLACEMENT_LEVELS, placement_result_placed_level(result)));
  printf("disposition\t%s\n", placement_disposition_name(placement_result_disposition(result)));
  printf("next_question\t%s\n", field_of(placement_result_next_question(result)));
  printf("pack\t%s %s %s\n", placement_pack_id(pack, NULL), placement_pack_version(pack, NULL),
         placement_pack_digest(pack, NULL));
  list("possible", PLACEMENT_POSSIBLE, PLACEMENT_LEVELS);
  list("determining", PLACEMENT_DETERMINING, PLACEMENT_RULES);
  list("disposition_rules", PLACEMENT_DISPOSITION_RULES, PLACEMENT_RULES);
  list("reason", PLACEMENT_REASON, PLACEMENT_NONE);
  list("conflict", PLACEMENT_CONFLICT, PLACEMENT_NONE);
  list("must_know", PLACEMENT_MUST_KNOW, PLACEMENT_NONE);
  list("missing", PLACEMENT_MISSING, PLACEMENT_NONE);
  states("rule", PLACEMENT_RULES);
  states("service", PLACEMENT_SERVICES);
  states("capability", PLACEMENT_CAPABILITIES);
  stops("walk", PLACEMENT_WALK);
  stops("path", PLACEMENT_PATH);
  alerts();
}

int main(int argc, char** argv) {
  placement_engine* engine = NULL;
  int i;
  placement_text* text = NULL;
  /* The dictionary first: it has a digest, too, and needs no engine. */
  if (placement_fields_write(PLACEMENT_MARKDOWN, &text, NULL) != PLACEMENT_OK) return 1;
  placement_text_destroy(text);
  if (placement_engine_default(NULL, &engine, NULL) != PLACEMENT_OK) return 1;
  for (i = 1; i < argc; ++i) {
    placement_assessment* assessment = NULL;
    placement_result* made = NULL;
    uint64_t length = 0;
    char* json = whole_file(argv[i], &length);
    if (placement_engine_recommend_json(engine, json, length, &text, NULL) != PLACEMENT_OK ||
        placement_assessment_read(json, length, &assessment, NULL) != PLACEMENT_OK ||
        placement_engine_recommend(engine, assessment, &made, NULL) != PLACEMENT_OK)
      return 1;
    free(json);
    placement_assessment_destroy(assessment);
    placement_text_bytes(text, &length);
    printf("%s\t%u\n%s", argv[i], (unsigned)length, placement_text_bytes(text, NULL));
    placement_text_destroy(text);
    result = made;
    pack = placement_result_pack(result);
    read_out();
    placement_result_destroy(made);
  }
  placement_engine_release(engine);
  return 0;
}
