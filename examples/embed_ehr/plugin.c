/* A plug-in for a health record: one engine for as long as the host runs, an audit line for each advice.
 *
 * The audit line says who was advised by which rules and what came out: ids, the digest of the pack, status and level.
 * It never holds an answer, a text typed by somebody, or a message that quotes one. */
#include "plugin.h"

#include <placement/placement.h>
#include <stdlib.h>
#include <string.h>

struct plugin {
  placement_engine* engine;
  FILE* audit;
};

plugin* plugin_open(FILE* audit) {
  plugin* self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->audit = audit;
  if (placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR) != PLACEMENT_OK ||
      placement_engine_default(NULL, &self->engine, NULL) != PLACEMENT_OK) {
    free(self);
    return NULL;
  }
  return self;
}

void plugin_close(plugin* self) {
  if (self == NULL) return;
  placement_engine_release(self->engine);
  free(self);
}

/* An id of the host as it may stand in JSON; what is no id is left out whole: it may be a name. */
static const char* harmless(const char* id) {
  const char* allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.";
  return strlen(id) <= 64 && id[strspn(id, allowed)] == '\0' ? id : "";
}

static int write_audit(const plugin* self, const char* visit, const char* now, const char* outcome, const char* level) {
  const placement_pack* pack = placement_engine_pack(self->engine);
  const int written =
      fprintf(self->audit,
              "{\"at\": \"%s\", \"visit\": \"%s\", \"library\": \"%s\", \"pack\": \"%s\", \"digest\": \"%s\", "
              "\"outcome\": \"%s\", \"level\": \"%s\"}\n",
              harmless(now), harmless(visit), placement_version(), placement_pack_id(pack, NULL),
              placement_pack_digest(pack, NULL), outcome, level);
  return written > 0 && fflush(self->audit) == 0;
}

static int write_card(const placement_result* result, FILE* card) {
  placement_text* text = NULL;
  const int written = placement_result_write(result, PLACEMENT_TEXT, &text, NULL) == PLACEMENT_OK &&
                      fputs(placement_text_bytes(text, NULL), card) >= 0 && fflush(card) == 0;
  placement_text_destroy(text);
  return written;
}

/* Is a refusal about what was asked, and no fault of the program? */
static int is_refusal(int32_t code) {
  return code == PLACEMENT_ERROR_SYNTAX || code == PLACEMENT_ERROR_BAD_ASSESSMENT ||
         code == PLACEMENT_ERROR_BAD_REQUEST;
}

int plugin_advise(plugin* self, const char* visit, const char* now, const char* json, uint64_t length, FILE* card) {
  placement_assessment* person = NULL;
  placement_result* result = NULL;
  placement_error* error = NULL;
  int status = 2;
  if (placement_assessment_read(json, length, &person, &error) == PLACEMENT_OK &&
      placement_engine_recommend(self->engine, person, &result, &error) == PLACEMENT_OK) {
    const char* outcome = placement_status_name(placement_result_status(result));
    const char* level =
        placement_pack_item_id(placement_result_pack(result), PLACEMENT_LEVELS, placement_result_level(result), NULL);
    /* First the audit: nobody is advised without a line. */
    if (write_audit(self, visit, now, outcome, level == NULL ? "" : level) && write_card(result, card)) status = 0;
  } else {
    const int32_t code = placement_error_code(error);
    fprintf(card, "%s: %s\n", is_refusal(code) ? "The assessment was not understood" : "No advice",
            placement_error_message(error, NULL));
    if (write_audit(self, visit, now, placement_error_name(code), "") && is_refusal(code)) status = 1;
  }
  placement_error_destroy(error);
  placement_result_destroy(result);
  placement_assessment_destroy(person);
  return status;
}
