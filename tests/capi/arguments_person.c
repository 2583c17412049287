/* The functions about assessments and results with good, with no and with hostile arguments. */
#include "arguments.h"

/* The assessment reads `wanted`. */
static int reads(const placement_assessment* assessment, const char* wanted) {
  placement_text* text = NULL;
  int same;
  if (placement_assessment_write(assessment, &text, NULL) != PLACEMENT_OK) return 0;
  same = strcmp(placement_text_bytes(text, NULL), wanted) == 0;
  if (!same) fprintf(stderr, "got %s\n", placement_text_bytes(text, NULL));
  placement_text_destroy(text);
  return same;
}

static int32_t field_of(const char* name) { return placement_field_find(name, size_of(name)); }

static int32_t answer(placement_assessment* assessment, const char* field, const char* json) {
  return placement_assessment_answer(assessment, field, size_of(field), json, size_of(json), &error);
}

static void assessments(void) {
  placement_assessment *person = NULL, *read = NULL;
  placement_text* text = NULL;
  const int32_t housing = field_of("housing"), cows = field_of("cows_score"), pregnant = field_of("pregnant"),
                hours = field_of("hours_since_last_opioid"), kind = field_of("opioid_kind");
  const int32_t homeless[] = {4, 3, 3}, wrong[] = {1, 77};
  int32_t wild;
  const char* request = "{\"id\": \"r1\", \"undecided\": \"highest\"}";
  const char* whole = "{\"assessment\": {\"pregnant\": true}, \"request\": {\"id\": \"r2\"}}";

  CHECK(succeeds(placement_assessment_create(&person, &error)));
  CHECK(reads(person, "{}"));
  CHECK(succeeds(placement_assessment_set(person, cows, 14, &error)));
  CHECK(placement_assessment_value(person, cows) == 14);
  CHECK(succeeds(placement_assessment_set(person, pregnant, 1, &error)));
  CHECK(succeeds(placement_assessment_set(person, hours, 5000, &error))); /* 250 or more */
  CHECK(placement_assessment_value(person, hours) == 250);
  CHECK(reads(person, "{\"pregnant\":true,\"cows_score\":14,\"hours_since_last_opioid\":250}"));
  CHECK(succeeds(placement_assessment_set_range(person, cows, 8, 48, &error)));
  CHECK(placement_assessment_value(person, cows) == PLACEMENT_NONE);
  CHECK(succeeds(placement_assessment_set_any_of(person, housing, homeless, 3, &error)));
  CHECK(succeeds(placement_assessment_clear(person, hours, &error)));
  CHECK(placement_assessment_value(person, hours) == PLACEMENT_NONE);
  CHECK(reads(person, "{\"pregnant\":true,\"cows_score\":{\"from\":8},\"housing\":{\"from\":\"sheltered\"}}"));

  /* What fails changes nothing. */
  CHECK(refuses(placement_assessment_set(person, cows, 49, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set(person, cows, -1, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set(person, housing, 5, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_range(person, cows, 9, 8, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_range(person, cows, 0, 50, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_range(person, kind, 0, 1, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_any_of(person, housing, wrong, 2, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_any_of(person, housing, wrong, 0, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_any_of(person, housing, wrong, UINT64_MAX, &error),
                PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_set_any_of(person, housing, NULL, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(reads(person, "{\"pregnant\":true,\"cows_score\":{\"from\":8},\"housing\":{\"from\":\"sheltered\"}}"));

  /* By name. */
  CHECK(succeeds(answer(person, "pregnant", "false")));
  CHECK(succeeds(answer(person, "cows_score", "{\"from\": 5, \"to\": 12}")));
  CHECK(succeeds(answer(person, "opioid_kind", "{\"any_of\": [\"fentanyl\", \"mixed\"]}")));
  CHECK(succeeds(answer(person, "housing", "null")));
  CHECK(reads(person,
              "{\"pregnant\":false,\"opioid_kind\":{\"any_of\":[\"fentanyl\",\"mixed\"]},"
              "\"cows_score\":{\"from\":5,\"to\":12}}"));
  CHECK(answer(person, "pregnent", "true") == PLACEMENT_ERROR_BAD_ASSESSMENT);
  CHECK(strstr(placement_error_message(error, NULL), "did you mean `pregnant`?") != NULL);
  CHECK(refuses(PLACEMENT_ERROR_BAD_ASSESSMENT, PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(answer(person, "pregnant", "\"maybe\""), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(answer(person, "pregnant", "true, \"cows_score\": 1"), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(answer(person, "", "true"), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(answer(person, "pregnant", ""), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_assessment_answer(person, NULL, 4, "1", 1, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_answer(person, "pregnant", 8, NULL, 4, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_answer(NULL, "pregnant", 8, "true", 4, &error), PLACEMENT_ERROR_BAD_ARGUMENT));

  /* Requests. */
  CHECK(succeeds(placement_assessment_set_request(person, request, size_of(request), &error)));
  CHECK(refuses(placement_assessment_set_request(person, "{\"undecided\": \"x\"}", 18, &error),
                PLACEMENT_ERROR_BAD_REQUEST));
  CHECK(refuses(placement_assessment_set_request(person, "[]", 2, &error), PLACEMENT_ERROR_BAD_REQUEST));
  CHECK(refuses(placement_assessment_set_request(person, NULL, 0, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_assessment_set_request(person, NULL, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_set_request(NULL, "{}", 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));

  CHECK(succeeds(placement_assessment_read(whole, size_of(whole), &read, &error)));
  CHECK(reads(read, "{\"pregnant\":true}"));
  placement_assessment_destroy(read);
  CHECK(refuses(placement_assessment_read("[1]", 3, &read, &error), PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_assessment_read("{\"a", 3, &read, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_assessment_read(NULL, 1, &read, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_read("{}", 2, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_create(NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_write(NULL, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_write(person, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_set(NULL, cows, 1, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_set_range(NULL, cows, 1, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_set_any_of(NULL, cows, homeless, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_assessment_clear(NULL, cows, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_assessment_value(NULL, cows) == PLACEMENT_NONE);
  for (wild = 0; wild < kWildCount; ++wild) {
    const int32_t field = kWild[wild];
    CHECK(refuses(placement_assessment_set(person, field, 1, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(refuses(placement_assessment_set_range(person, field, 1, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(refuses(placement_assessment_set_any_of(person, field, homeless, 2, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(refuses(placement_assessment_clear(person, field, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(placement_assessment_value(person, field) == PLACEMENT_NONE);
  }
  placement_assessment_destroy(person);
  placement_assessment_destroy(NULL);
}

static void questions(void) {
  placement_engine* engine = NULL;
  placement_assessment* person = NULL;
  placement_text* text = NULL;
  uint64_t length = 0;
  int32_t wild;
  CHECK(placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK);
  CHECK(placement_assessment_create(&person, NULL) == PLACEMENT_OK);
  CHECK(answer(person, "oud_diagnosis", "\"severe\"") == PLACEMENT_OK);

  CHECK(succeeds(placement_engine_explain(engine, person, PLACEMENT_WHY, NULL, 0, PLACEMENT_TEXT, &text, &error)));
  CHECK(is_text(placement_text_bytes(text, &length), &length));
  placement_text_destroy(text);
  CHECK(succeeds(placement_engine_explain(engine, person, PLACEMENT_WHY_NOT, "iop", 3, PLACEMENT_JSON, &text, &error)));
  CHECK(strstr(placement_text_bytes(text, NULL), "\"why_not\"") != NULL);
  placement_text_destroy(text);
  CHECK(succeeds(
      placement_engine_explain(engine, person, PLACEMENT_WHAT_LEADS, "iop", 3, PLACEMENT_JSON, &text, &error)));
  placement_text_destroy(text);
  {
    const char* rule = placement_pack_item_id(placement_engine_pack(engine), PLACEMENT_RULES, 0, &length);
    CHECK(succeeds(
        placement_engine_explain(engine, person, PLACEMENT_WHY_RULE, rule, length, PLACEMENT_TEXT, &text, &error)));
    placement_text_destroy(text);
  }
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY_RULE, "x", 1, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_REQUEST));
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY_NOT, NULL, 0, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_REQUEST));
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY, "iop", 3, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY_NOT, NULL, 3, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY, NULL, 0, PLACEMENT_DOT, &text, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_explain(NULL, person, PLACEMENT_WHY, NULL, 0, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_explain(engine, NULL, PLACEMENT_WHY, NULL, 0, PLACEMENT_TEXT, &text, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY, NULL, 0, PLACEMENT_TEXT, NULL, &error),
                PLACEMENT_ERROR_BAD_ARGUMENT));

  CHECK(succeeds(placement_engine_ask(engine, person, PLACEMENT_JSON, &text, &error)));
  CHECK(strstr(placement_text_bytes(text, NULL), "\"question\"") != NULL);
  placement_text_destroy(text);
  CHECK(refuses(placement_engine_ask(engine, person, PLACEMENT_MARKDOWN, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_ask(NULL, person, PLACEMENT_JSON, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_ask(engine, NULL, PLACEMENT_JSON, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_ask(engine, person, PLACEMENT_JSON, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  for (wild = 0; wild < kWildCount; ++wild) {
    CHECK(refuses(placement_engine_explain(engine, person, kWild[wild], "iop", 3, PLACEMENT_TEXT, &text, &error),
                  PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(refuses(placement_engine_explain(engine, person, PLACEMENT_WHY, NULL, 0, kWild[wild], &text, &error),
                  PLACEMENT_ERROR_BAD_ARGUMENT));
    CHECK(refuses(placement_engine_ask(engine, person, kWild[wild], &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  }
  placement_assessment_destroy(person);
  placement_engine_release(engine);
}

/* What a NULL result tells, and a good one asked for what it does not have. */
static void ask_for_nothing(const placement_result* result) {
  int32_t a, b, c;
  for (a = 0; a < kWildCount; ++a) {
    CHECK(placement_result_count(result, kWild[a]) == 0);
    CHECK(placement_result_item(result, kWild[a], 0) == PLACEMENT_NONE);
    CHECK(placement_result_item(result, PLACEMENT_MISSING, kWild[a]) == PLACEMENT_NONE);
    CHECK(placement_result_is_determining(result, kWild[a]) == 0);
    CHECK(placement_result_is_handled(result, kWild[a]) == 0);
    CHECK(placement_result_stop_settled_by(result, kWild[a]) == PLACEMENT_NONE);
    CHECK(placement_result_stop_need_remains(result, kWild[a]) == 0);
    for (b = 0; b < kWildCount; ++b) {
      CHECK(placement_result_state(result, kWild[a], kWild[b]) == PLACEMENT_NONE);
      CHECK(placement_result_state(result, PLACEMENT_RULES, kWild[b]) == PLACEMENT_NONE);
      CHECK(placement_result_state(result, PLACEMENT_SERVICES, kWild[b]) == PLACEMENT_NONE);
      CHECK(placement_result_waits_for_count(result, kWild[a], kWild[b]) == 0);
      CHECK(placement_result_waits_for(result, PLACEMENT_RULES, kWild[a], kWild[b]) == PLACEMENT_NONE);
      for (c = 0; c < kWildCount; ++c) {
        CHECK(placement_result_stop_count(result, kWild[a], kWild[b], kWild[c]) == 0);
        CHECK(placement_result_stop_count(result, PLACEMENT_PATH, kWild[b], kWild[c]) == 0);
        CHECK(placement_result_stop_item(result, PLACEMENT_WALK, kWild[a], kWild[b], kWild[c]) == PLACEMENT_NONE);
      }
    }
  }
}

static void results(void) {
  placement_engine* engine = NULL;
  placement_assessment* person = NULL;
  placement_result* result = NULL;
  placement_text* text = NULL;
  int32_t format, wild;
  uint64_t length = 0;
  const char* input =
      "{\"assessment\": {\"oud_diagnosis\": \"severe\", \"overdose_signs_now\": true},"
      " \"request\": {\"handled\": [{\"alert\": \"overdose_now\"}], \"undecided\": \"highest\","
      " \"available\": [{\"level\": \"inpatient\"}]}}";
  CHECK(placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK);
  CHECK(succeeds(placement_assessment_read(input, size_of(input), &person, &error)));
  CHECK(succeeds(placement_engine_recommend(engine, person, &result, &error)));
  placement_assessment_destroy(person);
  placement_engine_release(engine); /* the result needs neither */

  CHECK(placement_result_status(result) == PLACEMENT_STATUS_UNDECIDED);
  CHECK(placement_result_is_settled(result) == 1);
  CHECK(placement_result_level(result) == PLACEMENT_NONE);
  CHECK(placement_result_policy_level(result) ==
        placement_result_item(result, PLACEMENT_POSSIBLE, placement_result_count(result, PLACEMENT_POSSIBLE) - 1));
  CHECK(placement_result_feasible_level(result) >= PLACEMENT_NONE);
  CHECK(placement_result_placed_level(result) == PLACEMENT_NONE);
  CHECK(placement_result_disposition(result) == PLACEMENT_DISPOSITION_OPEN);
  CHECK(placement_field_name(placement_result_next_question(result), NULL) != NULL);
  CHECK(placement_result_next_question(result) == placement_result_item(result, PLACEMENT_MISSING, 0));
  CHECK(placement_result_is_handled(
            result, placement_pack_find(placement_result_pack(result), PLACEMENT_RULES, "overdose_now", 12)) == 1);
  for (format = PLACEMENT_TEXT; format <= PLACEMENT_SVG; ++format) {
    CHECK(succeeds(placement_result_write(result, format, &text, &error)));
    CHECK(is_text(placement_text_bytes(text, &length), &length));
    placement_text_destroy(text);
  }
  ask_for_nothing(result);
  CHECK(refuses(placement_result_write(result, PLACEMENT_SVG + 1, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_result_write(result, PLACEMENT_JSON, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_result_write(NULL, PLACEMENT_JSON, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  for (wild = 0; wild < kWildCount; ++wild)
    CHECK(refuses(placement_result_write(result, kWild[wild], &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  placement_result_destroy(result);

  ask_for_nothing(NULL);
  CHECK(placement_result_pack(NULL) == NULL);
  CHECK(placement_result_status(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_is_settled(NULL) == 0);
  CHECK(placement_result_level(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_policy_level(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_feasible_level(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_placed_level(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_disposition(NULL) == PLACEMENT_NONE);
  CHECK(placement_result_next_question(NULL) == PLACEMENT_NONE);
  placement_result_destroy(NULL);

  CHECK(refuses(placement_engine_recommend(NULL, NULL, &result, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(result == NULL);
  CHECK(placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK);
  CHECK(refuses(placement_engine_recommend(engine, NULL, &result, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_assessment_create(&person, NULL) == PLACEMENT_OK);
  CHECK(refuses(placement_engine_recommend(engine, person, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_assessment_set_request(person, "{\"current_level\": \"castle\"}", 27, NULL) == PLACEMENT_OK);
  CHECK(refuses(placement_engine_recommend(engine, person, &result, &error), PLACEMENT_ERROR_BAD_REQUEST));
  placement_assessment_destroy(person);
  placement_engine_release(engine);
}

int main(void) {
  assessments();
  questions();
  results();
  return checked();
}
