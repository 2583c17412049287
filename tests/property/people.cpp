#include "property/people.hpp"

#include <stdexcept>

#include "oracle/compare.hpp"
#include "placement/io.hpp"

namespace property {
namespace {

using oracle::Dice;
using placement::Assessment;
using placement::Engine;
using placement::Field;
using placement::FieldSpec;
using placement::ValueSet;

// The lower `badness`, the more often the best value of a field that has one.
int drawn_value(Dice& dice, const FieldSpec& field, int badness) {
  if (field.worse != placement::Worse::none && !dice.chance(badness))
    return field.worse == placement::Worse::higher ? 0 : field.high;
  return dice.roll(field.size());
}

ValueSet some_of(Dice& dice, const ValueSet& values, int keep) {
  ValueSet some = ValueSet::of(keep);
  const int percent = dice.between(20, 80);
  for (int value = values.lowest(); value <= values.highest(); ++value)
    if (values.contains(value) && dice.chance(percent)) some.insert(value);
  return some;
}

int any_of(Dice& dice, const ValueSet& values) {
  std::vector<int> list;
  for (int value = values.lowest(); value <= values.highest(); ++value)
    if (values.contains(value)) list.push_back(value);
  return dice.pick(list);
}

Subject random_subject(Dice& dice, int number) {
  const oracle::Json pack = oracle::random_pack(dice, number % 2 == 0 ? oracle::kSmallPack : oracle::kLargePack);
  const oracle::Json input = {{"assessment", oracle::Json::object()}, {"request", oracle::random_request(dice, pack)}};
  const std::string description = "random pack " + std::to_string(number) + " of seed " +
                                  std::to_string(oracle::test_seed()) + ": " + pack.dump() +
                                  "\nrequest: " + input.dump();
  return {oracle::engine_of(pack), placement::read_input(input.dump())->request, description};
}

}  // namespace

Assessment complete_person(Dice& dice, const Engine& engine) {
  static const std::vector<int> severities = {2, 5, 15, 40, 100};
  const int badness = dice.pick(severities);
  Assessment person;
  for (const FieldSpec& field : placement::fields()) person.set(field.field, drawn_value(dice, field, badness));
  for (;;) {  // draw anew what is in conflict, until nothing is
    const placement::FieldSet conflict = engine.recommend(person)->conflict;
    if (conflict.empty()) return person;
    const std::vector<Field> fields = conflict.list();
    const Field field = dice.pick(fields);
    person.set(field, dice.roll(placement::spec(field).size()));
  }
}

Assessment half_known(Dice& dice, const Assessment& complete, int percent_known) {
  Assessment person;
  for (const FieldSpec& field : placement::fields()) {
    const int value = complete.answer(field.field).lowest();
    if (dice.chance(percent_known))
      person.set(field.field, value);
    else if (dice.chance(25))
      person.set(field.field, some_of(dice, ValueSet::all(field.field), value));
  }
  return person;
}

int fewest_known(const Engine& engine) { return engine.code_count() > 12 ? 70 : 20; }

Assessment random_person(Dice& dice, const Engine& engine) {
  const int percent_known = dice.between(fewest_known(engine), 100);
  return half_known(dice, complete_person(dice, engine), percent_known);
}

bool add_answer(Dice& dice, const Engine& engine, Assessment& assessment, const placement::Request& request) {
  std::vector<Field> open;
  for (const FieldSpec& field : placement::fields())
    if (!assessment.is_known(field.field)) open.push_back(field.field);
  for (int tries = 0; tries < 10 && !open.empty(); ++tries) {
    const Field field = dice.pick(open);
    const ValueSet values = assessment.answer(field);
    const int value = any_of(dice, values);
    Assessment more = assessment;
    more.set(field, dice.chance(70) ? ValueSet::of(value) : some_of(dice, values, value));
    if (!engine.recommend(more, request)->conflict.empty()) continue;
    assessment = more;
    return true;
  }
  return false;
}

placement::Recommendation Subject::recommend(const Assessment& assessment) const {
  placement::Result<placement::Recommendation> result = engine.recommend(assessment, request);
  if (!result.has_value()) throw std::runtime_error("refused: " + result.error().message + "\n" + name);
  return std::move(result).value();
}

std::vector<std::size_t> Subject::possible_levels(const Assessment& assessment) const {
  const Engine hasty = *Engine::make(engine.pack(), {5000});
  const placement::Recommendation r = *hasty.recommend(assessment, request);
  return r.settled ? r.possible : recommend(assessment).possible;
}

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all = [] {
    std::vector<Subject> list = {{*Engine::make(placement::default_pack()), {}, "the shipped pack", true}};
    Dice dice(oracle::test_seed() + 100);
    for (int i = 0; i < 30; ++i) list.push_back(random_subject(dice, i));
    return list;
  }();
  return all;
}

const Subject& shipped() { return subjects().front(); }

void for_each_person(int each, const std::function<void(const Subject&, const Assessment&, Dice&)>& visit) {
  Dice dice(oracle::test_seed() + 200);
  for (const Subject& subject : subjects()) {
    const int people = subject.is_shipped ? 10 * each : each;  // the pack that matters has more to go through
    for (int i = 0; i < people; ++i) {
      const Assessment complete = complete_person(dice, subject.engine);
      visit(subject, complete, dice);
      visit(subject, half_known(dice, complete, 85), dice);
      visit(subject, half_known(dice, complete, fewest_known(subject.engine)), dice);
    }
  }
}

std::string describe(const Subject& subject, const Assessment& assessment) {
  return "\nassessment: " + placement::write_assessment(assessment) + "\n" + subject.name;
}

}  // namespace property
