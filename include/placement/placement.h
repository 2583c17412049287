/* placement.h: the C interface of placement, complete in itself. This file is its manual.
 *
 *   placement_engine* engine = NULL;
 *   placement_text* answer = NULL;
 *   const char* json = "{\"oud_diagnosis\": \"severe\", \"age_years\": {\"from\": 18}}";
 *   if (placement_engine_default(NULL, &engine, NULL) == PLACEMENT_OK &&
 *       placement_engine_recommend_json(engine, json, strlen(json), &answer, NULL) == PLACEMENT_OK)
 *     puts(placement_text_bytes(answer, NULL));
 *   placement_text_destroy(answer);
 *   placement_engine_release(engine);
 *
 * Make one engine when the process starts, share it between threads, ask it about each person. It is decision support:
 * what an answer means, and what it does not, is in docs/semantics.md; docs/c-api.md has whole programs.
 *
 * CONVENTIONS, valid for every function below
 *
 * Handles.  A function that makes something writes a handle to its out-parameter, or NULL where it fails. Whoever got
 *   it destroys it, once, with the function of its type; engines are counted (retain, release). `const placement_pack*`
 *   is never destroyed: it lives as long as the engine or result it was asked from. A result keeps all it needs and
 *   outlives engine and assessment. No function keeps a pointer it was given, but for the stream that
 *   placement_score_stream takes over. The library never frees memory of yours, nor you of its: call its functions for
 *   that.
 * Text.  In: pointer and length in bytes, UTF-8, no terminator needed; what is read as JSON has at most 1 MiB (packs 16
 *   MiB). Out: borrowed from the handle it was asked from, valid and unchanged until that is destroyed, NUL-terminated;
 *   where there is a `length` and it is not NULL it receives the bytes before the NUL. Text that belongs to no handle
 *   (names of fields, of numbers, the version) lives as long as the library is loaded.
 * Errors.  A function that can fail returns a code: PLACEMENT_OK (0) or one of PLACEMENT_ERROR_*. Its last parameter,
 *   where not NULL, is always written: NULL, or an error to read and then destroy. Errors name the place and the kind
 *   of fault, never the value of an answer, so they may be logged. Missing answers are no error. Every other function
 *   cannot fail; where there is nothing to tell it returns NULL, PLACEMENT_NONE (-1), or 0 where it counts.
 * NULL.  Allowed for every handle and pointer, unless that leaves nothing to do: then PLACEMENT_ERROR_BAD_ARGUMENT, or
 *   the nothing of above. Text of length 0 may be NULL. Destroying NULL does nothing. Any number may be out of range.
 * Memory.  Where there is not enough, PLACEMENT_ERROR_MEMORY; nothing has then changed. No exception leaves a function.
 * Threads.  Engines, packs, results, texts and errors never change: any number of threads may read one. An assessment
 *   is used by one thread at a time. There is no other state: no clock, locale, environment, file, network or log.
 * Numbers.  Levels are numbered by intensity from 0, the lowest; rules, services, capabilities and override reasons as
 *   in the pack; fields as in docs/fields.md, the same in every pack. An answer is a whole number: a count stands for
 *   itself, a flag is 0 (no) or 1 (yes), a scale or category is the place of its value in the field's list, from 0.
 *   Numbers that functions return here (-1 too) may be handed to every function that takes such a number.
 * Versions.  The library promises binary compatibility within one PLACEMENT_ABI_MAJOR, which is also in the name of the
 *   shared library: functions and numbers are only added, never changed; each addition raises PLACEMENT_ABI_MINOR.
 *   Expect numbers that this header does not know: a newer library may return them. Versions of the library
 *   (placement_version) and of the rules (placement_pack_version, _digest) move on their own.
 *
 * Answers and results are a patient's: treat them as such. For foreign function interfaces that take no preprocessor
 * directives the same declarations are installed as placement-flat.h.
 */
#ifndef PLACEMENT_PLACEMENT_H
#define PLACEMENT_PLACEMENT_H

/* NOLINTBEGIN(readability-identifier-naming): C has no namespaces */

#ifndef PLACEMENT_FLAT
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif
#endif

typedef struct placement_engine placement_engine;         /* a rule pack, compiled; shared */
typedef struct placement_pack placement_pack;             /* what a rule pack declares; borrowed */
typedef struct placement_assessment placement_assessment; /* what is known about a person, and what is asked */
typedef struct placement_result placement_result;         /* what is said about it */
typedef struct placement_text placement_text;             /* a text of its own */
typedef struct placement_error placement_error;           /* what went wrong */

enum { PLACEMENT_ABI_MAJOR = 1, PLACEMENT_ABI_MINOR = 0 };

enum {
  PLACEMENT_NONE = -1 /* no such number */
};

/* Codes. New ones are added at the ends of both groups. */
enum {
  PLACEMENT_OK = 0,
  PLACEMENT_ERROR_SYNTAX = 1,         /* the text is not JSON, or too large or too deeply nested */
  PLACEMENT_ERROR_BAD_ASSESSMENT = 2, /* an assessment has faults */
  PLACEMENT_ERROR_BAD_REQUEST = 3,    /* a request has faults, or names what the pack does not have */
  PLACEMENT_ERROR_BAD_PACK = 4,       /* a rule pack has faults */
  PLACEMENT_ERROR_BAD_CASES = 5,      /* a file of cases has faults */
  PLACEMENT_ERROR_LIMIT = 6,          /* a limit of the library was passed */
  PLACEMENT_ERROR_UNTRUSTED = 7,      /* a pack without the signature that was asked for */
  PLACEMENT_ERROR_BAD_ARGUMENT = 100, /* a call that cannot be meant: NULL, an unknown number, unknown options */
  PLACEMENT_ERROR_MEMORY = 101,       /* not enough memory */
  PLACEMENT_ERROR_INTERNAL = 102,     /* a fault of the library: please report it */
  PLACEMENT_ERROR_ABI = 103           /* header and library do not fit */
};

/* Forms of output. */
enum { PLACEMENT_TEXT = 0, PLACEMENT_JSON = 1, PLACEMENT_MARKDOWN = 2, PLACEMENT_DOT = 3, PLACEMENT_SVG = 4 };

/* --- The library ------------------------------------------------------------------------------------------------ */

/* "0.1.0". */
const char* placement_version(void);
/* PLACEMENT_ABI_MAJOR * 1000 + PLACEMENT_ABI_MINOR of the library that is loaded. */
int32_t placement_abi_version(void);
/* PLACEMENT_OK where a program compiled with this header can use the library that is loaded, PLACEMENT_ERROR_ABI where
 * not. Call it first, as placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR). */
int32_t placement_abi_check(int32_t header_major, int32_t header_minor);

/* --- Errors and texts ------------------------------------------------------------------------------------------- */

/* The name of a code, "bad_assessment"; "unknown" for a number that is none. */
const char* placement_error_name(int32_t code);
int32_t placement_error_code(const placement_error* error);
/* One line, lower case; repeats the first fault. */
const char* placement_error_message(const placement_error* error, uint64_t* length);
/* JSON pointer ("/cows_score"), or "line 2, column 7" where the JSON is broken; empty: the whole, or an argument. */
const char* placement_error_where(const placement_error* error, uint64_t* length);
/* All faults of an assessment, request or pack are reported at once: at least 1. */
int32_t placement_error_fault_count(const placement_error* error);
const char* placement_error_fault_message(const placement_error* error, int32_t fault, uint64_t* length);
const char* placement_error_fault_where(const placement_error* error, int32_t fault, uint64_t* length);
void placement_error_destroy(placement_error* error);

const char* placement_text_bytes(const placement_text* text, uint64_t* length);
void placement_text_destroy(placement_text* text);

/* --- Fields: what can be known about a person ------------------------------------------------------------------- */

enum {
  PLACEMENT_FIELD_FLAG = 0,
  PLACEMENT_FIELD_COUNT = 1,
  PLACEMENT_FIELD_SCALE = 2,   /* named values in order */
  PLACEMENT_FIELD_CATEGORY = 3 /* named values */
};

int32_t placement_field_count(void);
/* The field of that name, or PLACEMENT_NONE. */
int32_t placement_field_find(const char* name, uint64_t name_length);
const char* placement_field_name(int32_t field, uint64_t* length);
const char* placement_field_question(int32_t field, uint64_t* length);
/* PLACEMENT_FIELD_*. */
int32_t placement_field_kind(int32_t field);
/* The largest answer; the smallest is 0. */
int32_t placement_field_high(int32_t field);
/* The name of an answer, "severe"; flags have "no" and "yes", counts no names. */
const char* placement_field_value_name(int32_t field, int32_t value, uint64_t* length);
/* The answer of that name, or PLACEMENT_NONE. */
int32_t placement_field_value_find(int32_t field, const char* name, uint64_t name_length);
/* The dictionary of all fields as text, JSON or Markdown. Fails with BAD_ARGUMENT, MEMORY. */
int32_t placement_fields_write(int32_t format, placement_text** text, placement_error** error);

/* --- Engines: a rule pack, ready to be asked -------------------------------------------------------------------- */

/* Options of an engine. Set struct_size to sizeof the struct and everything you do not use to 0, its default; or start
 * from PLACEMENT_ENGINE_OPTIONS_INIT. New members are added at the end: a library that does not know a member refuses
 * it (BAD_ARGUMENT) unless it is 0. */
typedef struct placement_engine_options {
  uint32_t struct_size;
  uint32_t reserved;    /* 0 */
  uint64_t step_budget; /* steps one answer may spend on exact searches; 0: 2,000,000 (docs/semantics.md, section 5) */
  /* Where set: a public Ed25519 key in PEM, and the signature of the pack made with its private key (docs/trust.md).
   * Any other pack fails with UNTRUSTED; so does every pack where one of the pointers is set and its text is empty.
   * Read during the call only. */
  const char* public_key;
  uint64_t public_key_length;
  const char* signature;
  uint64_t signature_length;
} placement_engine_options;

#ifndef PLACEMENT_FLAT
#define PLACEMENT_ENGINE_OPTIONS_INIT \
  { sizeof(placement_engine_options), 0, 0, 0, 0, 0, 0 }
#endif

/* The pack that the library carries. `options` may be NULL. Takes milliseconds: make one engine and keep it. Fails with
 * UNTRUSTED, BAD_ARGUMENT, MEMORY. */
int32_t placement_engine_default(const placement_engine_options* options, placement_engine** engine,
                                 placement_error** error);
/* A pack of yours, as JSON (docs/rule-pack.md); reading it checks its form, placement_engine_check() its meaning. Fails
 * with SYNTAX, BAD_PACK (all faults are listed), LIMIT, UNTRUSTED, BAD_ARGUMENT, MEMORY. */
int32_t placement_engine_load(const char* pack, uint64_t pack_length, const placement_engine_options* options,
                              placement_engine** engine, placement_error** error);
/* One more owner, who calls placement_engine_release() too. Returns its argument. Safe from any thread. */
placement_engine* placement_engine_retain(placement_engine* engine);
/* The last of the owners to call this destroys the engine. Safe from any thread. */
void placement_engine_release(placement_engine* engine);
const placement_pack* placement_engine_pack(const placement_engine* engine);

/* The whole answer as JSON (docs/result.md) to an assessment as JSON: answers by field, or {"assessment": ...,
 * "request": ...}. Fails with SYNTAX, BAD_ASSESSMENT, BAD_REQUEST, BAD_ARGUMENT, MEMORY. */
int32_t placement_engine_recommend_json(const placement_engine* engine, const char* input, uint64_t input_length,
                                        placement_text** text, placement_error** error);
/* The same to a result that can be read piece by piece. Fails with BAD_REQUEST where the request names what the pack
 * does not have, BAD_ARGUMENT, MEMORY. */
int32_t placement_engine_recommend(const placement_engine* engine, const placement_assessment* assessment,
                                   placement_result** result, placement_error** error);

/* What placement_engine_explain() can be asked. */
enum {
  PLACEMENT_WHY = 0,       /* why this level, and what would lower or raise it; takes no id */
  PLACEMENT_WHY_RULE = 1,  /* why a rule holds, fails or waits: its id */
  PLACEMENT_WHY_NOT = 2,   /* why not this level: its id */
  PLACEMENT_WHAT_LEADS = 3 /* what would bring the person to this level: its id */
};
/* An explanation as text or JSON (docs/explanation.md). Fails as placement_engine_recommend(), and with BAD_REQUEST
 * where the pack has no such rule or level. */
int32_t placement_engine_explain(const placement_engine* engine, const placement_assessment* assessment,
                                 int32_t question, const char* id, uint64_t id_length, int32_t format,
                                 placement_text** text, placement_error** error);
/* What to ask next, why, and what each answer would leave, as text or JSON (docs/interview.md). Fails as
 * placement_engine_recommend(). */
int32_t placement_engine_ask(const placement_engine* engine, const placement_assessment* assessment, int32_t format,
                             placement_text** text, placement_error** error);
/* What can be proved of the pack and what is wrong with it, as text or JSON (docs/rule-pack.md); some milliseconds to
 * minutes. `errors`, where not NULL, receives how many findings are errors: a pack with any should not be used. Fails
 * with BAD_ARGUMENT, MEMORY. */
int32_t placement_engine_check(const placement_engine* engine, int32_t format, placement_text** text, int32_t* errors,
                               placement_error** error);

/* --- Packs: what the numbers of a result stand for -------------------------------------------------------------- */

/* Kinds of things that a pack lists. */
enum {
  PLACEMENT_LEVELS = 0,
  PLACEMENT_RULES = 1,
  PLACEMENT_SERVICES = 2,
  PLACEMENT_CAPABILITIES = 3,
  PLACEMENT_OVERRIDE_REASONS = 4
};

/* Kinds of rules. */
enum {
  PLACEMENT_RULE_REQUIRE = 0, /* its target: the least level acceptable */
  PLACEMENT_RULE_CONTINUE = 1,
  PLACEMENT_RULE_CAPABILITY = 2, /* its target: a capability that the programme must have */
  PLACEMENT_RULE_OFFER = 3,      /* its target: a service */
  PLACEMENT_RULE_AVOID = 4,      /* its target: a service */
  PLACEMENT_RULE_ALERT = 5,
  PLACEMENT_RULE_OUT_OF_SCOPE = 6
};

/* Urgencies of alerts. */
enum {
  PLACEMENT_URGENCY_STOP = 0, /* act before placing */
  PLACEMENT_URGENCY_URGENT = 1,
  PLACEMENT_URGENCY_NOTICE = 2
};

const char* placement_pack_id(const placement_pack* pack, uint64_t* length);
const char* placement_pack_version(const placement_pack* pack, uint64_t* length);
const char* placement_pack_title(const placement_pack* pack, uint64_t* length);
/* SHA-256 of the pack's RFC 8785 form, 64 hexadecimal digits: which rules answered. */
const char* placement_pack_digest(const placement_pack* pack, uint64_t* length);
/* How many there are of a kind; PLACEMENT_LEVELS... */
int32_t placement_pack_count(const placement_pack* pack, int32_t kind);
/* The number of the one with that id, or PLACEMENT_NONE. */
int32_t placement_pack_find(const placement_pack* pack, int32_t kind, const char* id, uint64_t id_length);
const char* placement_pack_item_id(const placement_pack* pack, int32_t kind, int32_t item, uint64_t* length);
/* For people: the name of a level, service or capability; why a rule is there; the words of an override reason. */
const char* placement_pack_item_text(const placement_pack* pack, int32_t kind, int32_t item, uint64_t* length);
/* PLACEMENT_RULE_*, and its name. */
int32_t placement_pack_rule_kind(const placement_pack* pack, int32_t rule);
const char* placement_rule_kind_name(int32_t kind);
/* The level, service or capability that the rule speaks of, by its kind; PLACEMENT_NONE for the other kinds. */
int32_t placement_pack_rule_target(const placement_pack* pack, int32_t rule);
/* Of an alert: PLACEMENT_URGENCY_*, its name, and what to do (NULL for other rules). */
int32_t placement_pack_rule_urgency(const placement_pack* pack, int32_t rule);
const char* placement_urgency_name(int32_t urgency);
const char* placement_pack_rule_action(const placement_pack* pack, int32_t rule, uint64_t* length);
/* Days after which a person at this level is assessed again at the latest. */
int32_t placement_pack_level_reassess_days(const placement_pack* pack, int32_t level);
/* 1 where care is there day and night, else 0. */
int32_t placement_pack_level_is_round_the_clock(const placement_pack* pack, int32_t level);

/* --- Assessments: what is known, and what is asked -------------------------------------------------------------- */

/* With nothing known and nothing asked. Fails with BAD_ARGUMENT, MEMORY. */
int32_t placement_assessment_create(placement_assessment** assessment, placement_error** error);
/* From JSON, as placement_engine_recommend_json() reads it. Fails with SYNTAX, BAD_ASSESSMENT, BAD_REQUEST,
 * BAD_ARGUMENT, MEMORY. */
int32_t placement_assessment_read(const char* json, uint64_t json_length, placement_assessment** assessment,
                                  placement_error** error);
void placement_assessment_destroy(placement_assessment* assessment);

/* By number. Each replaces the field's answer. All fail with BAD_ASSESSMENT for a value that the field does not have
 * (of counts that say "or more" all larger values are the largest), BAD_ARGUMENT, MEMORY. */
/* The answer is known. */
int32_t placement_assessment_set(placement_assessment* assessment, int32_t field, int32_t value,
                                 placement_error** error);
/* It is one of from..to, both included; counts and scales only. */
int32_t placement_assessment_set_range(placement_assessment* assessment, int32_t field, int32_t from, int32_t to,
                                       placement_error** error);
/* It is one of `values`; at least one, in any order. */
int32_t placement_assessment_set_any_of(placement_assessment* assessment, int32_t field, const int32_t* values,
                                        uint64_t value_count, placement_error** error);
/* It is unknown. */
int32_t placement_assessment_clear(placement_assessment* assessment, int32_t field, placement_error** error);
/* By name, the answer as JSON: true, 27, "severe", {"from": 8}, {"from": 5, "to": 12}, {"any_of": ["mild", "severe"]},
 * null. Fails with SYNTAX, BAD_ASSESSMENT, BAD_ARGUMENT, MEMORY. */
int32_t placement_assessment_answer(placement_assessment* assessment, const char* field, uint64_t field_length,
                                    const char* answer, uint64_t answer_length, placement_error** error);
/* The answer where it is known, PLACEMENT_NONE where it is not or only partly. */
int32_t placement_assessment_value(const placement_assessment* assessment, int32_t field);
/* What goes with the answers, as JSON (docs/result.md): id, as_of, current_level, current_capabilities, available,
 * undecided, handled, asked, placed. Replaces all of the request. Fails with SYNTAX, BAD_REQUEST, BAD_ARGUMENT, MEMORY.
 */
int32_t placement_assessment_set_request(placement_assessment* assessment, const char* json, uint64_t json_length,
                                         placement_error** error);
/* The answers (not the request) as one line of JSON that reads back the same. Fails with BAD_ARGUMENT, MEMORY. */
int32_t placement_assessment_write(const placement_assessment* assessment, placement_text** text,
                                   placement_error** error);

/* --- Results ---------------------------------------------------------------------------------------------------- */

enum {
  PLACEMENT_STATUS_EMERGENCY = 0, /* act on the stop alerts first */
  PLACEMENT_STATUS_INCONSISTENT = 1,
  PLACEMENT_STATUS_OUT_OF_SCOPE = 2,
  PLACEMENT_STATUS_DECIDED = 3,
  PLACEMENT_STATUS_UNDECIDED = 4
};

/* What is so of a rule, service or capability. */
enum {
  PLACEMENT_STATE_NO = 0,
  PLACEMENT_STATE_OPEN = 1, /* waits for answers */
  PLACEMENT_STATE_HOLDS = 2,
  PLACEMENT_STATE_NOT_EVALUATED = 3, /* a `continue` rule, and the request names no current level */
  PLACEMENT_STATE_YES = 4,
  PLACEMENT_STATE_AVOID = 5
};

enum {
  PLACEMENT_DISPOSITION_OPEN = 0,
  PLACEMENT_DISPOSITION_ADMIT = 1,
  PLACEMENT_DISPOSITION_STEP_UP = 2,
  PLACEMENT_DISPOSITION_TRANSFER = 3,
  PLACEMENT_DISPOSITION_CONTINUE = 4,
  PLACEMENT_DISPOSITION_DISCHARGE_TO_AFTERCARE = 5,
  PLACEMENT_DISPOSITION_STEP_DOWN = 6
};

/* Lists of a result, and what their items are. */
enum {
  PLACEMENT_POSSIBLE = 0,          /* levels, ascending; one alone where the answers force it */
  PLACEMENT_WALK = 1,              /* levels: the way up to the single possible one */
  PLACEMENT_PATH = 2,              /* levels: the way down from it */
  PLACEMENT_DETERMINING = 3,       /* rules that demand the single possible level */
  PLACEMENT_ALERTS = 4,            /* every alert rule, stop first, whatever its state */
  PLACEMENT_DISPOSITION_RULES = 5, /* rules that hold the person at the current level or above */
  PLACEMENT_REASON = 6,            /* fields: the fewest answers that force the single possible level */
  PLACEMENT_CONFLICT = 7,          /* fields whose answers contradict each other */
  PLACEMENT_MUST_KNOW = 8,         /* fields that must be answered and are not */
  PLACEMENT_MISSING = 9            /* fields that still matter, in the order to ask */
};

void placement_result_destroy(placement_result* result);
const placement_pack* placement_result_pack(const placement_result* result);
/* The whole of it as text, JSON, Markdown, DOT or SVG. Fails with BAD_ARGUMENT, MEMORY. */
int32_t placement_result_write(const placement_result* result, int32_t format, placement_text** text,
                               placement_error** error);

/* PLACEMENT_STATUS_*, and its name. */
int32_t placement_result_status(const placement_result* result);
const char* placement_status_name(int32_t status);
/* 1, or 0 where a search ran out of its budget: PLACEMENT_POSSIBLE may then list too many; the rest is proved. */
int32_t placement_result_is_settled(const placement_result* result);
/* The level indicated: only where the status is decided. */
int32_t placement_result_level(const placement_result* result);
/* The level by the policy that the request names (`undecided`): only where the status is undecided. */
int32_t placement_result_policy_level(const placement_result* result);
/* The level that can be had: only where the request says what is available. */
int32_t placement_result_feasible_level(const placement_result* result);
/* The level that the clinician chose, as the request says. */
int32_t placement_result_placed_level(const placement_result* result);
/* PLACEMENT_DISPOSITION_*, and its name. */
int32_t placement_result_disposition(const placement_result* result);
const char* placement_disposition_name(int32_t disposition);
/* The field to ask next. */
int32_t placement_result_next_question(const placement_result* result);

/* Lists: PLACEMENT_POSSIBLE... */
int32_t placement_result_count(const placement_result* result, int32_t list);
int32_t placement_result_item(const placement_result* result, int32_t list, int32_t index);

/* The state (PLACEMENT_STATE_*, and its name) of a rule, service or capability: kind is PLACEMENT_RULES,
 * PLACEMENT_SERVICES or PLACEMENT_CAPABILITIES. An alert is a rule. */
int32_t placement_result_state(const placement_result* result, int32_t kind, int32_t item);
const char* placement_state_name(int32_t state);
/* The fields that one whose state is open waits for. */
int32_t placement_result_waits_for_count(const placement_result* result, int32_t kind, int32_t item);
int32_t placement_result_waits_for(const placement_result* result, int32_t kind, int32_t item, int32_t index);
/* 1 where the rule by itself demands the single possible level, 2 where it does so only jointly with others, else 0. */
int32_t placement_result_is_determining(const placement_result* result, int32_t rule);
/* 1 where the request says that this alert was acted on, else 0. */
int32_t placement_result_is_handled(const placement_result* result, int32_t rule);

/* What belongs to a stop of a way. Of PLACEMENT_WALK: PLACEMENT_RULES that make the level insufficient. Of
 * PLACEMENT_PATH: PLACEMENT_RULES that must stop holding before the next stop, PLACEMENT_SERVICES and
 * PLACEMENT_CAPABILITIES meanwhile, PLACEMENT_LEVELS still possible there where unknown answers leave that open. */
int32_t placement_result_stop_count(const placement_result* result, int32_t way, int32_t stop, int32_t kind);
int32_t placement_result_stop_item(const placement_result* result, int32_t way, int32_t stop, int32_t kind,
                                   int32_t index);
/* Of PLACEMENT_PATH: the field that settles a stop left open; 1 where the need is still above this stop's level. */
int32_t placement_result_stop_settled_by(const placement_result* result, int32_t stop);
int32_t placement_result_stop_need_remains(const placement_result* result, int32_t stop);

/* --- Cohorts, in Arrow's C data interface ----------------------------------------------------------------------- */

/* The structures are Arrow's own and not declared here: their users have them, from Arrow's specification or a library
 * that speaks it. pyarrow, polars, duckdb and others give and take them (docs/c-api.md).
 *
 * Columns of the input are matched to fields by name. Every field is read from whole and floating numbers (int and uint
 * 8 to 64, float 32 and 64; NaN is missing) as under Numbers above, and from names of values or digits in texts (utf8,
 * large utf8, utf8 view); flags from bool, too; each of these may be dictionary-encoded. Null is missing, and so is a
 * column of type null. Texts such as "None" or "NA" are no answers. A column `id`, whole numbers or texts, comes out as
 * it was (texts as large utf8).
 *
 * Batches come out as they came in: as many, with as many rows, in the same order. A row with a value that its field
 * does not have has the status `invalid` and a `fault`, which names fields and kinds of fault, never a value; it stops
 * nothing. What can be seen to break Arrow's rules (offsets that fall, indices out of range, missing buffers) is
 * refused as a whole, as is a batch of more than 134,217,728 rows; buffers that are smaller than they claim cannot be
 * seen. */
struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;

/* Columns of the output, to be added up; they come in this order, behind `id`. Levels, rules, fields and words are
 * dictionary-encoded utf8. In an invalid row all are null but STATUS, PACK_VERSION and FAULT. */
enum {
  PLACEMENT_COLUMN_STATUS = 1,              /* `status`: as placement_status_name() has it, or invalid */
  PLACEMENT_COLUMN_SETTLED = 2,             /* `settled`: bool */
  PLACEMENT_COLUMN_INDICATED = 4,           /* `indicated`: level or null */
  PLACEMENT_COLUMN_POSSIBLE = 8,            /* `possible`: list of levels, ascending */
  PLACEMENT_COLUMN_LOWEST = 16,             /* `lowest`: the first of these */
  PLACEMENT_COLUMN_HIGHEST = 32,            /* `highest`: the last */
  PLACEMENT_COLUMN_HELD_RULES = 64,         /* `held_rules`: list of rules, in pack order */
  PLACEMENT_COLUMN_DETERMINING_RULES = 128, /* `determining_rules`: list of rules; a hundred times the work */
  PLACEMENT_COLUMN_MISSING = 256,           /* `missing`: list of fields in the order to ask; likewise */
  PLACEMENT_COLUMN_PACK_VERSION = 512, /* `pack_version`; the schema's metadata has id and digest of the pack, too */
  PLACEMENT_COLUMN_FAULT = 1024        /* `fault`: utf8 or null */
};

/* Options of scoring; as with placement_engine_options, all that is 0 is as usual. */
typedef struct placement_scoring_options {
  uint32_t struct_size;
  uint32_t columns;                /* PLACEMENT_COLUMN_*, added up; 0: all but DETERMINING_RULES and MISSING */
  uint32_t ignore_unknown_columns; /* 1: input columns that are neither field nor `id` are passed over; 0: refused */
  uint32_t reserved;               /* 0 */
} placement_scoring_options;

#ifndef PLACEMENT_FLAT
#define PLACEMENT_SCORING_OPTIONS_INIT \
  { sizeof(placement_scoring_options), 0, 0, 0 }
#endif

/* In the three functions `options` may be NULL; what an out-parameter points to is overwritten, and is yours to release
 * after success; after failure its `release` is NULL. All fail with BAD_REQUEST where the input cannot be scored (all
 * faults are listed, with places "column 3": unknown names, names that stand twice, wrong types), BAD_ARGUMENT,
 * MEMORY. */
/* The schema of what an input of the schema `input` is scored to; `input`, only read, may be NULL: an input without id.
 */
int32_t placement_scoring_schema(const placement_engine* engine, const placement_scoring_options* options,
                                 const struct ArrowSchema* input, struct ArrowSchema* output, placement_error** error);
/* On success ownership of `input` moves into `output`, whose release also releases it, and input->release is NULL; on
 * failure the caller still owns it. Nothing is read ahead: each get_next of `output` takes one batch of `input`. It
 * fails with EINVAL for a batch that breaks Arrow's rules, with the code that `input` failed with, or ENOMEM, and then
 * for good; get_last_error says more, and may be logged. `output` needs no engine any more, and one thread at a time.
 */
int32_t placement_score_stream(const placement_engine* engine, const placement_scoring_options* options,
                               struct ArrowArrayStream* input, struct ArrowArrayStream* output,
                               placement_error** error);
/* One batch; `schema`, only read, is that of `input`. On success `input` was released; on failure the caller still owns
 * it. `output_schema` may be NULL for callers who know it. Costs a millisecond more than a batch of a stream. */
int32_t placement_score_batch(const placement_engine* engine, const placement_scoring_options* options,
                              const struct ArrowSchema* schema, struct ArrowArray* input,
                              struct ArrowSchema* output_schema, struct ArrowArray* output, placement_error** error);

#ifndef PLACEMENT_FLAT
#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif
#endif

/* NOLINTEND(readability-identifier-naming) */

#endif /* PLACEMENT_PLACEMENT_H */
