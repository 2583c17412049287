/* arguments_library PACK: the functions about library, errors, fields, engines and packs with good, with no and with
 * hostile arguments. PACK is rules/opioid.json, which the library carries too. */
#include "arguments.h"

static void library(void) {
  int32_t code;
  CHECK(strcmp(placement_version(), "") != 0);
  CHECK(placement_abi_version() == PLACEMENT_ABI_MAJOR * 1000 + PLACEMENT_ABI_MINOR);
  CHECK(placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR) == PLACEMENT_OK);
  CHECK(placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR + 1) == PLACEMENT_ERROR_ABI);
  CHECK(placement_abi_check(PLACEMENT_ABI_MAJOR + 1, 0) == PLACEMENT_ERROR_ABI);
  CHECK(placement_abi_check(-1, -1) == PLACEMENT_ERROR_ABI);
  CHECK(strcmp(placement_error_name(PLACEMENT_OK), "ok") == 0);
  CHECK(strcmp(placement_error_name(PLACEMENT_ERROR_BAD_ASSESSMENT), "bad_assessment") == 0);
  CHECK(strcmp(placement_error_name(12345), "unknown") == 0);
  for (code = -3; code < 9; ++code) {
    CHECK((placement_status_name(code) != NULL) == (code >= 0 && code <= PLACEMENT_STATUS_UNDECIDED));
    CHECK((placement_state_name(code) != NULL) == (code >= 0 && code <= PLACEMENT_STATE_AVOID));
    CHECK((placement_disposition_name(code) != NULL) == (code >= 0 && code <= PLACEMENT_DISPOSITION_STEP_DOWN));
    CHECK((placement_rule_kind_name(code) != NULL) == (code >= 0 && code <= PLACEMENT_RULE_OUT_OF_SCOPE));
    CHECK((placement_urgency_name(code) != NULL) == (code >= 0 && code <= PLACEMENT_URGENCY_NOTICE));
  }
  CHECK(strcmp(placement_status_name(PLACEMENT_STATUS_OUT_OF_SCOPE), "out_of_scope") == 0);
  CHECK(strcmp(placement_state_name(PLACEMENT_STATE_HOLDS), "holds") == 0);
  CHECK(strcmp(placement_state_name(PLACEMENT_STATE_YES), "yes") == 0);
  CHECK(strcmp(placement_state_name(PLACEMENT_STATE_AVOID), "avoid") == 0);
  CHECK(strcmp(placement_disposition_name(PLACEMENT_DISPOSITION_CONTINUE), "continue") == 0);
  CHECK(strcmp(placement_rule_kind_name(PLACEMENT_RULE_CONTINUE), "continue") == 0);
  CHECK(strcmp(placement_urgency_name(PLACEMENT_URGENCY_STOP), "stop") == 0);
}

static void errors_and_texts(void) {
  placement_assessment* assessment = (placement_assessment*)1;
  uint64_t length = 7;
  const char* two_faults = "{\"cows_score\": 99, \"housing\": \"castle\"}";
  CHECK(placement_assessment_read(two_faults, size_of(two_faults), &assessment, &error) ==
        PLACEMENT_ERROR_BAD_ASSESSMENT);
  CHECK(assessment == NULL);
  CHECK(placement_error_code(error) == PLACEMENT_ERROR_BAD_ASSESSMENT);
  CHECK(placement_error_fault_count(error) == 2);
  CHECK(strcmp(placement_error_where(error, &length), "/cows_score") == 0 && length == 11);
  CHECK(strcmp(placement_error_message(error, &length), "above range: expected 0 to 48 points") == 0);
  CHECK(length == size_of("above range: expected 0 to 48 points"));
  CHECK(strcmp(placement_error_fault_where(error, 1, NULL), "/housing") == 0);
  CHECK(strstr(placement_error_fault_message(error, 1, &length), "castle") == NULL);
  CHECK(strncmp(placement_error_fault_message(error, 1, NULL), "not an allowed name", 19) == 0);
  CHECK(placement_error_fault_message(error, 2, &length) == NULL && length == 0);
  CHECK(placement_error_fault_where(error, -1, &length) == NULL && length == 0);
  CHECK(placement_error_fault_message(error, INT32_MIN, NULL) == NULL);
  placement_error_destroy(error);

  CHECK(placement_error_code(NULL) == PLACEMENT_OK);
  CHECK(placement_error_fault_count(NULL) == 0);
  CHECK(placement_error_message(NULL, &length) == NULL && length == 0);
  CHECK(placement_error_where(NULL, NULL) == NULL);
  CHECK(placement_error_fault_message(NULL, 0, NULL) == NULL);
  CHECK(placement_error_fault_where(NULL, 0, NULL) == NULL);
  CHECK(placement_text_bytes(NULL, &length) == NULL && length == 0);
  placement_error_destroy(NULL);
  placement_text_destroy(NULL);
}

static void fields(void) {
  placement_text* text = NULL;
  const int32_t count = placement_field_count();
  int32_t field, value, format;
  uint64_t length = 0;
  CHECK(count > 60);
  for (field = 0; field < count; ++field) {
    const char* name = placement_field_name(field, &length);
    CHECK(is_text(name, &length));
    CHECK(placement_field_find(name, length) == field);
    CHECK(is_text(placement_field_question(field, &length), &length));
    CHECK(placement_field_high(field) >= 1);
    if (placement_field_kind(field) == PLACEMENT_FIELD_COUNT) {
      CHECK(placement_field_value_name(field, 0, NULL) == NULL);
      continue;
    }
    for (value = 0; value <= placement_field_high(field); ++value) {
      name = placement_field_value_name(field, value, &length);
      CHECK(is_text(name, &length));
      CHECK(placement_field_value_find(field, name, length) == value);
    }
    CHECK(placement_field_value_name(field, value, &length) == NULL && length == 0);
  }
  field = placement_field_find("housing", 7);
  CHECK(placement_field_kind(field) == PLACEMENT_FIELD_SCALE);
  CHECK(strcmp(placement_field_value_name(field, 4, NULL), "unsheltered") == 0);
  CHECK(placement_field_kind(placement_field_find("pregnant", 8)) == PLACEMENT_FIELD_FLAG);
  CHECK(placement_field_kind(placement_field_find("opioid_kind", 11)) == PLACEMENT_FIELD_CATEGORY);
  CHECK(placement_field_high(placement_field_find("cows_score", 10)) == 48);
  CHECK(placement_field_find("cows_scor", 9) == PLACEMENT_NONE);
  CHECK(placement_field_find("cows_score", 9) == PLACEMENT_NONE);
  CHECK(placement_field_find(NULL, 0) == PLACEMENT_NONE);
  CHECK(placement_field_find(NULL, 5) == PLACEMENT_NONE);
  CHECK(placement_field_find("cows_score", UINT64_MAX) == PLACEMENT_NONE);
  CHECK(placement_field_value_find(field, NULL, 4) == PLACEMENT_NONE);
  CHECK(placement_field_value_find(field, "castle", 6) == PLACEMENT_NONE);
  for (value = 0; value < kWildCount; ++value) {
    CHECK(placement_field_name(kWild[value], &length) == NULL && length == 0);
    CHECK(placement_field_question(kWild[value], NULL) == NULL);
    CHECK(placement_field_kind(kWild[value]) == PLACEMENT_NONE);
    CHECK(placement_field_high(kWild[value]) == PLACEMENT_NONE);
    CHECK(placement_field_value_name(kWild[value], 0, NULL) == NULL);
    CHECK(placement_field_value_name(field, kWild[value], NULL) == NULL);
    CHECK(placement_field_value_find(kWild[value], "no", 2) == PLACEMENT_NONE);
    CHECK(refuses(placement_fields_write(kWild[value], &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  }
  for (format = PLACEMENT_TEXT; format <= PLACEMENT_MARKDOWN; ++format) {
    CHECK(succeeds(placement_fields_write(format, &text, &error)));
    CHECK(is_text(placement_text_bytes(text, &length), &length));
    placement_text_destroy(text);
  }
  CHECK(refuses(placement_fields_write(PLACEMENT_SVG, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(text == NULL);
  CHECK(refuses(placement_fields_write(PLACEMENT_JSON, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_fields_write(PLACEMENT_JSON, NULL, NULL) == PLACEMENT_ERROR_BAD_ARGUMENT);
}

/* RFC 8032, section 7.1, test 1. */
static const char kSomeKey[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

/* Options as a later header might have them. */
typedef struct later_options {
  placement_engine_options known;
  uint64_t unknown;
} later_options;

static void engines(const char* pack, uint64_t pack_length) {
  placement_engine_options options = PLACEMENT_ENGINE_OPTIONS_INIT;
  later_options later;
  placement_engine *engine = NULL, *loaded = NULL;
  placement_text* text = NULL;
  uint64_t length = 0;
  int32_t found = -5, wild;
  static char large[2 << 20];

  CHECK(succeeds(placement_engine_default(NULL, &engine, &error)));
  CHECK(placement_engine_retain(engine) == engine);
  placement_engine_release(engine);
  CHECK(succeeds(placement_engine_load(pack, pack_length, &options, &loaded, &error)));
  CHECK(strcmp(placement_pack_digest(placement_engine_pack(engine), NULL),
               placement_pack_digest(placement_engine_pack(loaded), &length)) == 0);
  CHECK(length == 64);

  CHECK(succeeds(placement_engine_check(loaded, PLACEMENT_JSON, &text, &found, &error)));
  CHECK(found == 0 && is_text(placement_text_bytes(text, &length), &length));
  placement_text_destroy(text);
  CHECK(succeeds(placement_engine_check(engine, PLACEMENT_TEXT, &text, NULL, &error)));
  placement_text_destroy(text);
  CHECK(refuses(placement_engine_check(NULL, PLACEMENT_TEXT, &text, &found, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(text == NULL && found == 0);
  CHECK(refuses(placement_engine_check(engine, PLACEMENT_TEXT, NULL, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_check(engine, PLACEMENT_SVG, &text, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  placement_engine_release(loaded);

  /* Options: of a later header, too large, too small, reserved. */
  memset(&later, 0, sizeof later);
  later.known.struct_size = sizeof later;
  CHECK(succeeds(placement_engine_default(&later.known, &loaded, &error)));
  placement_engine_release(loaded);
  later.unknown = UINT64_C(1) << 63;
  CHECK(refuses(placement_engine_default(&later.known, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(loaded == NULL);
  options.struct_size = UINT32_MAX;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  options.public_key = "key"; /* must not be cut off */
  for (found = 0; found < (int32_t)sizeof options; ++found) {
    options.struct_size = (uint32_t)found;
    CHECK(refuses(placement_engine_load(pack, pack_length, &options, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  }
  options.public_key = NULL;
  options.struct_size = sizeof options;
  options.reserved = 1;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  options.reserved = 0;
  options.step_budget = 1;
  CHECK(succeeds(placement_engine_default(&options, &loaded, &error)));
  CHECK(succeeds(placement_engine_recommend_json(loaded, "{}", 2, &text, &error)));
  CHECK(strstr(placement_text_bytes(text, NULL), "\"settled\": false") != NULL);
  placement_text_destroy(text);
  placement_engine_release(loaded);

  /* A key that is none, a signature without a key, and nothing where something was meant: never without a check. */
  options.step_budget = 0;
  options.public_key = "no key";
  options.public_key_length = 6;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  CHECK(loaded == NULL);
  CHECK(refuses(placement_engine_load(pack, pack_length, &options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  options.public_key_length = 0;
  CHECK(refuses(placement_engine_load(pack, pack_length, &options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  options.public_key = NULL;
  options.signature = "{}";
  options.signature_length = 2;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  options.signature = NULL;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  options.signature_length = 0;
  options.public_key = kSomeKey; /* a good one, and a signature that is none */
  options.public_key_length = sizeof kSomeKey - 1;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  options.signature = "{\"form";
  options.signature_length = 6;
  CHECK(refuses(placement_engine_default(&options, &loaded, &error), PLACEMENT_ERROR_UNTRUSTED));
  options.public_key = options.signature = NULL;
  options.public_key_length = options.signature_length = 0;

  /* Packs that are none. */
  CHECK(refuses(placement_engine_load("{", 1, NULL, &loaded, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_engine_load("{}", 2, NULL, &loaded, &error), PLACEMENT_ERROR_BAD_PACK));
  CHECK(refuses(placement_engine_load(NULL, 0, NULL, &loaded, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_engine_load(NULL, 9, NULL, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_load(pack, UINT64_MAX, NULL, &loaded, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_load(pack, pack_length / 2, NULL, &loaded, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_engine_load(pack, pack_length, NULL, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_default(NULL, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(placement_engine_default(NULL, NULL, NULL) == PLACEMENT_ERROR_BAD_ARGUMENT);

  /* JSON in, JSON out. */
  CHECK(placement_engine_recommend_json(engine, NULL, 0, &text, NULL) == PLACEMENT_ERROR_SYNTAX);
  CHECK(refuses(placement_engine_recommend_json(engine, "\xff\xfe\x00{", 4, &text, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_engine_recommend_json(engine, "{\"pregnant\": 3}", 15, &text, &error),
                PLACEMENT_ERROR_BAD_ASSESSMENT));
  CHECK(refuses(placement_engine_recommend_json(engine, "{\"assessment\":{},\"request\":{\"current_level\":\"x\"}}", 49,
                                                &text, &error),
                PLACEMENT_ERROR_BAD_REQUEST));
  memset(large, '[', sizeof large);
  CHECK(refuses(placement_engine_recommend_json(engine, large, sizeof large, &text, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(refuses(placement_engine_recommend_json(engine, large, 1 << 20, &text, &error), PLACEMENT_ERROR_SYNTAX));
  CHECK(text == NULL);
  CHECK(refuses(placement_engine_recommend_json(NULL, "{}", 2, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_recommend_json(engine, NULL, 2, &text, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  CHECK(refuses(placement_engine_recommend_json(engine, "{}", 2, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));
  for (wild = 0; wild < kWildCount; ++wild)
    CHECK(refuses(placement_engine_check(engine, kWild[wild], &text, NULL, &error), PLACEMENT_ERROR_BAD_ARGUMENT));

  CHECK(placement_engine_pack(NULL) == NULL);
  CHECK(placement_engine_retain(NULL) == NULL);
  placement_engine_release(NULL);
  placement_engine_release(engine);
}

static void packs(void) {
  placement_engine* engine = NULL;
  const placement_pack* pack;
  int32_t kind, item, wild;
  uint64_t length = 0;
  CHECK(placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK);
  pack = placement_engine_pack(engine);
  CHECK(strcmp(placement_pack_id(pack, NULL), "opioid") == 0);
  CHECK(is_text(placement_pack_id(pack, &length), &length));
  CHECK(is_text(placement_pack_version(pack, &length), &length));
  CHECK(is_text(placement_pack_title(pack, &length), &length));
  CHECK(is_text(placement_pack_digest(pack, &length), &length));
  CHECK(placement_pack_count(pack, PLACEMENT_LEVELS) == 6);
  for (kind = PLACEMENT_LEVELS; kind <= PLACEMENT_OVERRIDE_REASONS; ++kind) {
    CHECK(placement_pack_count(pack, kind) > 0);
    for (item = 0; item < placement_pack_count(pack, kind); ++item) {
      const char* id = placement_pack_item_id(pack, kind, item, &length);
      CHECK(is_text(id, &length));
      CHECK(placement_pack_find(pack, kind, id, length) == item);
      CHECK(is_text(placement_pack_item_text(pack, kind, item, &length), &length));
    }
    CHECK(placement_pack_find(pack, kind, "no_such_id", 10) == PLACEMENT_NONE);
    CHECK(placement_pack_find(pack, kind, NULL, 3) == PLACEMENT_NONE);
    CHECK(placement_pack_count(NULL, kind) == 0);
    CHECK(placement_pack_find(NULL, kind, "iop", 3) == PLACEMENT_NONE);
    CHECK(placement_pack_item_id(NULL, kind, 0, &length) == NULL && length == 0);
    CHECK(placement_pack_item_text(NULL, kind, 0, NULL) == NULL);
    for (wild = 0; wild < kWildCount; ++wild) {
      CHECK(placement_pack_item_id(pack, kind, kWild[wild], NULL) == NULL);
      CHECK(placement_pack_item_text(pack, kind, kWild[wild], NULL) == NULL);
    }
  }
  for (item = 0; item < placement_pack_count(pack, PLACEMENT_RULES); ++item) {
    const int32_t of = placement_pack_rule_kind(pack, item), target = placement_pack_rule_target(pack, item);
    const int is_alert = of == PLACEMENT_RULE_ALERT;
    CHECK(placement_rule_kind_name(of) != NULL);
    if (of == PLACEMENT_RULE_REQUIRE) CHECK(placement_pack_item_id(pack, PLACEMENT_LEVELS, target, NULL) != NULL);
    if (of == PLACEMENT_RULE_CAPABILITY)
      CHECK(placement_pack_item_id(pack, PLACEMENT_CAPABILITIES, target, NULL) != NULL);
    if (of == PLACEMENT_RULE_OFFER || of == PLACEMENT_RULE_AVOID)
      CHECK(placement_pack_item_id(pack, PLACEMENT_SERVICES, target, NULL) != NULL);
    if (of == PLACEMENT_RULE_CONTINUE || of == PLACEMENT_RULE_OUT_OF_SCOPE || is_alert) CHECK(target == PLACEMENT_NONE);
    CHECK((placement_urgency_name(placement_pack_rule_urgency(pack, item)) != NULL) == is_alert);
    CHECK((placement_pack_rule_action(pack, item, NULL) != NULL) == is_alert);
  }
  CHECK(placement_pack_level_is_round_the_clock(pack, 0) == 0);
  CHECK(placement_pack_level_is_round_the_clock(pack, 5) == 1);
  CHECK(placement_pack_level_reassess_days(pack, 5) > 0);
  for (wild = 0; wild < kWildCount; ++wild) {
    CHECK(placement_pack_count(pack, kWild[wild]) == 0);
    CHECK(placement_pack_find(pack, kWild[wild], "iop", 3) == PLACEMENT_NONE);
    CHECK(placement_pack_item_id(pack, kWild[wild], 0, NULL) == NULL);
    CHECK(placement_pack_rule_kind(pack, kWild[wild]) == PLACEMENT_NONE);
    CHECK(placement_pack_rule_target(pack, kWild[wild]) == PLACEMENT_NONE);
    CHECK(placement_pack_rule_urgency(pack, kWild[wild]) == PLACEMENT_NONE);
    CHECK(placement_pack_rule_action(pack, kWild[wild], NULL) == NULL);
    CHECK(placement_pack_level_reassess_days(pack, kWild[wild]) == PLACEMENT_NONE);
    CHECK(placement_pack_level_is_round_the_clock(pack, kWild[wild]) == 0);
  }
  CHECK(placement_pack_id(NULL, &length) == NULL && length == 0);
  CHECK(placement_pack_version(NULL, NULL) == NULL);
  CHECK(placement_pack_title(NULL, NULL) == NULL);
  CHECK(placement_pack_digest(NULL, NULL) == NULL);
  CHECK(placement_pack_rule_kind(NULL, 0) == PLACEMENT_NONE);
  CHECK(placement_pack_rule_target(NULL, 0) == PLACEMENT_NONE);
  CHECK(placement_pack_rule_urgency(NULL, 0) == PLACEMENT_NONE);
  CHECK(placement_pack_rule_action(NULL, 0, NULL) == NULL);
  CHECK(placement_pack_level_reassess_days(NULL, 0) == PLACEMENT_NONE);
  CHECK(placement_pack_level_is_round_the_clock(NULL, 0) == 0);
  placement_engine_release(engine);
}

int main(int argc, char** argv) {
  uint64_t pack_length = 0;
  char* pack;
  if (argc != 2) return 2;
  pack = whole_file(argv[1], &pack_length);
  library();
  errors_and_texts();
  fields();
  engines(pack, pack_length);
  packs();
  free(pack);
  return checked();
}
