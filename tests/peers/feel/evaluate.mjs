// Evaluates exported conditions for rows of assessments: node evaluate.mjs EXPORT ROWS
//
// Prints one line a row: {"terms": {...}, "constraints": {...}, "rules": {...}, "must_know": {...}}, each by id, every
// value true, false or null. It knows the export and FEEL, nothing of packs. The engine parses an expression each time
// it evaluates it, which is slow, so an expression sees the inputs it names and is evaluated once for equal inputs.
import {readFileSync} from 'node:fs';
import {evaluate} from 'feelin';

const [exported, rows] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const pack = JSON.parse(exported);
if (pack.format !== 'feel' || pack.format_version !== 1) throw new Error('this is not an export to FEEL, version 1');

// An answer as an input: null where it is unknown or only partly known.
function input(field, answer) {
  if (answer === undefined || answer === null || typeof answer === 'object') return null;
  return field.values ? field.values.find(({value}) => value === answer).is : answer;
}

const names = new Set([...pack.fields.map(({field}) => field), ...pack.terms.map(({id}) => id)]);

// The expression as a function of all inputs.
function compiled(expression) {
  const texts = /"[^"]*"/g;  // what stands in quotes is no name
  const read = [...new Set(expression.replace(texts, '').match(/\w+/g))].filter((word) => names.has(word));
  const known = new Map();
  return (inputs) => {
    const seen = Object.fromEntries(read.map((name) => [name, inputs[name]]));
    const key = JSON.stringify(seen);
    if (!known.has(key)) {
      const value = evaluate(expression, seen);
      if (![true, false, null].includes(value) && typeof value !== 'number') throw new Error(`${expression}: ${value}`);
      known.set(key, value);
    }
    return known.get(key);
  };
}

const lists = ['terms', 'constraints', 'rules', 'must_know'];
const conditions = lists.flatMap((list) => pack[list].map(
    ({id, field, expression}) => ({list, id: id ?? field, holds: compiled(expression)})));

for (const row of rows.split('\n').filter(Boolean)) {
  const {assessment} = JSON.parse(row);
  const inputs = Object.fromEntries(pack.fields.map((field) => [field.field, input(field, assessment[field.field])]));
  const answers = Object.fromEntries(lists.map((list) => [list, {}]));
  for (const {list, id, holds} of conditions) {
    answers[list][id] = holds(inputs);
    if (list === 'terms') inputs[id] = answers[list][id];
  }
  process.stdout.write(JSON.stringify(answers) + '\n');
}
