// embed.mjs FILE...: placement from Node through koffi.
//
//   npm ci && PLACEMENT_LIBRARY=/where/it/is/lib/libplacement.so.1 node embed.mjs person.json
import koffi from 'koffi';
import {readFileSync} from 'node:fs';
import {promisify} from 'node:util';

const ABI_MAJOR = 1, ABI_MINOR = 0;
const OK = 0, NONE = -1;
const LEVELS = 0, RULES = 1;
const DETERMINING = 3, ALERTS = 4;
const HOLDS = 2;

const library = koffi.load(process.env.PLACEMENT_LIBRARY ?? `libplacement.so.${ABI_MAJOR}`);
for (const handle of ['engine', 'pack', 'assessment', 'result', 'text', 'error', 'engine_options'])
  koffi.opaque(`placement_${handle}`);

// The declarations of placement.h that are used here.
const c = {};
for (const line of `
  int32_t placement_abi_check(int32_t major, int32_t minor)
  const char* placement_error_name(int32_t code)
  int32_t placement_error_code(const placement_error* error)
  int32_t placement_error_fault_count(const placement_error* error)
  const char* placement_error_fault_where(const placement_error* error, int32_t fault, uint64_t* length)
  const char* placement_error_fault_message(const placement_error* error, int32_t fault, uint64_t* length)
  void placement_error_destroy(placement_error* error)
  const char* placement_text_bytes(const placement_text* text, uint64_t* length)
  void placement_text_destroy(placement_text* text)
  int32_t placement_engine_default(const placement_engine_options* options, _Out_ placement_engine** engine, _Out_ placement_error** error)
  void placement_engine_release(placement_engine* engine)
  const placement_pack* placement_engine_pack(const placement_engine* engine)
  int32_t placement_engine_recommend(const placement_engine* engine, const placement_assessment* person, _Out_ placement_result** result, _Out_ placement_error** error)
  int32_t placement_engine_recommend_json(const placement_engine* engine, const uint8_t* json, uint64_t length, _Out_ placement_text** text, _Out_ placement_error** error)
  const char* placement_pack_id(const placement_pack* pack, uint64_t* length)
  const char* placement_pack_item_text(const placement_pack* pack, int32_t kind, int32_t item, uint64_t* length)
  int32_t placement_pack_rule_urgency(const placement_pack* pack, int32_t rule)
  const char* placement_pack_rule_action(const placement_pack* pack, int32_t rule, uint64_t* length)
  const char* placement_urgency_name(int32_t urgency)
  const char* placement_field_question(int32_t field, uint64_t* length)
  int32_t placement_assessment_read(const uint8_t* json, uint64_t length, _Out_ placement_assessment** person, _Out_ placement_error** error)
  void placement_assessment_destroy(placement_assessment* person)
  void placement_result_destroy(placement_result* result)
  const placement_pack* placement_result_pack(const placement_result* result)
  int32_t placement_result_status(const placement_result* result)
  const char* placement_status_name(int32_t status)
  int32_t placement_result_level(const placement_result* result)
  int32_t placement_result_count(const placement_result* result, int32_t list)
  int32_t placement_result_item(const placement_result* result, int32_t list, int32_t index)
  int32_t placement_result_state(const placement_result* result, int32_t kind, int32_t item)
  int32_t placement_result_next_question(const placement_result* result)
`.trim().split('\n')) {
  const name = /placement_(\w+)\(/.exec(line)[1];
  c[name] = library.func(line.trim());
}

/** An input that the library does not take: what is wrong, never the value of an answer. */
class Refused extends Error {
  constructor(error) {
    const lines = [`refused: ${c.error_name(c.error_code(error))}`];
    for (let i = 0; i < c.error_fault_count(error); ++i)
      lines.push(`  ${c.error_fault_where(error, i, null)}: ${c.error_fault_message(error, i, null)}`);
    c.error_destroy(error);
    super(lines.join('\n'));
  }
}

/** The handle that a call makes through its second last parameter. */
function made(call, ...values) {
  const handle = [null], error = [null];
  if (call(...values, handle, error) !== OK) throw new Refused(error[0]);
  return handle[0];
}

/** The short answer, a few lines. */
function place(engine, json) {
  const data = Buffer.from(json);
  const person = made(c.assessment_read, data, data.length);
  try {
    const result = made(c.engine_recommend, engine, person);
    try {
      return [...lines(result)].join('\n');
    } finally {
      c.result_destroy(result);
    }
  } finally {
    c.assessment_destroy(person);
  }
}

function* lines(result) {
  const pack = c.result_pack(result);
  yield `status: ${c.status_name(c.result_status(result))}`;
  const level = c.result_level(result);
  if (level !== NONE) yield `level: ${c.pack_item_text(pack, LEVELS, level, null)}`;
  for (let i = 0; i < c.result_count(result, DETERMINING); ++i)
    yield `because: ${c.pack_item_text(pack, RULES, c.result_item(result, DETERMINING, i), null)}`;
  for (let i = 0; i < c.result_count(result, ALERTS); ++i) {
    const rule = c.result_item(result, ALERTS, i);
    if (c.result_state(result, RULES, rule) === HOLDS)
      yield `alert, ${c.urgency_name(c.pack_rule_urgency(pack, rule))}: ${c.pack_rule_action(pack, rule, null)}`;
  }
  const question = c.result_next_question(result);
  if (question !== NONE) yield `ask: ${c.field_question(question, null)}`;
}

/** The whole answer, worked out on one of koffi's threads while Node goes on. */
async function recommend(engine, json) {
  const data = Buffer.from(json), text = [null], error = [null];
  const call = promisify(c.engine_recommend_json.async);
  if (await call(engine, data, data.length, text, error) !== OK) throw new Refused(error[0]);
  try {
    return c.text_bytes(text[0], null);
  } finally {
    c.text_destroy(text[0]);
  }
}

if (c.abi_check(ABI_MAJOR, ABI_MINOR) !== OK) throw new Error('another version of libplacement is needed');
const engine = made(c.engine_default, null);
console.log(`rules: ${c.pack_id(c.engine_pack(engine), null)}`);
const inputs = process.argv.slice(2).map(path => readFileSync(path));  // bytes: the library says what is no UTF-8
for (const input of [...inputs, '{"cows_score": 99, "housing": "castle"}']) {
  try {
    console.log(place(engine, input));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.log(error.message);
  }
}
const answers = await Promise.all(Array(4).fill('{}').map(json => recommend(engine, json)));
console.log(`4 threads ${answers.every(answer => answer === answers[0] && answer.length > 2) ? 'agree' : 'differ'}`);
c.engine_release(engine);
