// Runs the logic that json_logic.py has written: node json_logic.mjs LOGIC ROWS ANSWERS. Only what is done with the
// rows is on the clock; the seconds are printed.
import {readFileSync, writeFileSync} from 'node:fs';
import {LogicEngine} from 'json-logic-engine';

const [logic, rows, answers] = process.argv.slice(2);
const decision = JSON.parse(readFileSync(logic, 'utf8'));
const engine = new LogicEngine();
const before = decision.before.map(([name, condition]) => [name, engine.build(condition)]);
const [rules, status, level] = [decision.rules, decision.status, decision.level].map((part) => engine.build(part));

const start = performance.now();
const lines = readFileSync(rows, 'utf8').split('\n').filter(Boolean).map((line, place) => {
  const known = JSON.parse(line);
  for (const [name, holds] of before) known[name] = holds(known);
  known.rules = rules(known);
  const answer = {row: place + 1, status: status(known), indicated: null, lowest: level(known)};
  answer.highest = answer.lowest;
  if (answer.status === 'decided') answer.indicated = answer.lowest;
  answer.held_rules = decision.ids.filter((_, rule) => known.rules[rule]);
  return JSON.stringify(answer) + '\n';
});
writeFileSync(answers, lines.join(''));
console.log((performance.now() - start) / 1000);
