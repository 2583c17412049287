// The laws of docs/semantics.md, one test each and by its name, on the shipped pack and on random ones. The law about
// interviews is in interview_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

#include "oracle/compare.hpp"
#include "placement/io.hpp"
#include "property/people.hpp"

namespace {

using oracle::Dice;
using oracle::Json;
using placement::Assessment;
using placement::CareState;
using placement::Field;
using placement::FieldSpec;
using placement::Recommendation;
using placement::RuleState;
using placement::Status;
using placement::ValueSet;
using property::add_answer;
using property::complete_person;
using property::describe;
using property::for_each_person;
using property::half_known;
using property::random_person;
using property::Subject;

bool is_subset(const std::vector<std::size_t>& some, const std::vector<std::size_t>& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool is_complete(const Assessment& assessment) {
  return std::all_of(placement::fields().begin(), placement::fields().end(),
                     [&](const FieldSpec& field) { return assessment.is_known(field.field); });
}

bool is_inconsistent(const Recommendation& r) { return r.status == Status::inconsistent || !r.conflict.empty(); }

CareState service(const Recommendation& r, std::string_view id) {
  const auto number = r.pack.content().find_service(id);
  return number ? r.services[*number].state : CareState::no;
}

// What is said about an assessment, whatever the order of the rules; without what is said about the rule `left_out`.
Json without_order(const Recommendation& recommendation, const std::string& left_out = "") {
  Json json = oracle::to_json(recommendation);
  json["rules"].erase(left_out);
  std::set<std::string> determining = json["determining"];
  determining.erase(left_out);
  json["determining"] = determining;
  json["next"] = recommendation.next_question ? Json(placement::spec(*recommendation.next_question).name) : Json();
  json["path"] = Json::array();
  for (const placement::PathwayStep& step : recommendation.pathway) json["path"].push_back(step.level);
  return json;
}

// Random packs as JSON with a request, and the shipped one.
void for_each_pack(int count, const std::function<void(const Json& pack, const Json& request, Dice&)>& visit) {
  Dice dice(oracle::test_seed() + 300);
  visit(Json::parse(placement::default_pack_text()), Json::object(), dice);
  for (int i = 0; i < count; ++i) {
    const Json pack = oracle::random_pack(dice, i % 2 == 0 ? oracle::kSmallPack : oracle::kLargePack);
    visit(pack, oracle::random_request(dice, pack), dice);
  }
}

Subject subject_of(const Json& pack, const Json& request) {
  const Json input = {{"assessment", Json::object()}, {"request", request}};
  return {oracle::engine_of(pack), placement::read_input(input.dump())->request, pack.dump() + "\n" + input.dump()};
}

TEST(Laws, RuleOrderChangesNoAnswer) {
  for_each_pack(30, [](const Json& pack, const Json& request, Dice& dice) {
    Json shuffled = pack;
    std::vector<Json> rules(pack["rules"].begin(), pack["rules"].end());
    dice.shuffle(rules);
    shuffled["rules"] = rules;
    const Subject subject = subject_of(pack, request);
    const Subject other = subject_of(shuffled, request);
    for (int i = 0; i < 20; ++i) {
      const Assessment person = random_person(dice, subject.engine);
      ASSERT_EQ(without_order(subject.recommend(person)), without_order(other.recommend(person)))
          << describe(subject, person) << "\nrules shuffled: " << shuffled["rules"];
    }
  });
}

TEST(Laws, ADuplicateRuleChangesNoAnswerButAsTheCopyOfAHandledStopAlert) {
  for_each_pack(30, [](const Json& pack, const Json& request, Dice& dice) {
    Json copy = pack["rules"][static_cast<std::size_t>(dice.roll(static_cast<int>(pack["rules"].size())))];
    for (const Json& handled : request.value("handled", Json::array()))
      if (handled["alert"] == copy["id"]) return;
    copy["id"] = "copy";
    Json doubled = pack;
    doubled["rules"].push_back(copy);
    const Subject subject = subject_of(pack, request);
    const Subject other = subject_of(doubled, request);
    for (int i = 0; i < 20; ++i) {
      const Assessment person = random_person(dice, subject.engine);
      ASSERT_EQ(without_order(subject.recommend(person)), without_order(other.recommend(person), "copy"))
          << describe(subject, person) << "\ncopied: " << copy;
    }
  });
}

TEST(Laws, MoreInformationNeverEnlargesPossible) {
  for_each_person(4, [](const Subject& subject, const Assessment& start, Dice& dice) {
    Assessment person = start;
    Recommendation before = subject.recommend(person);
    while (add_answer(dice, subject.engine, person, subject.request)) {
      const Recommendation after = subject.recommend(person);
      ASSERT_TRUE(is_subset(after.possible, before.possible)) << describe(subject, person);
      before = after;
      if (dice.chance(30)) break;
    }
  });
}

TEST(Laws, ADecidedAssessmentStaysDecidedAtTheSameLevelUnderEveryConsistentFurtherAnswer) {
  int tried = 0;
  for_each_person(6, [&](const Subject& subject, const Assessment& person, Dice&) {
    const Recommendation now = subject.recommend(person);
    if (now.status != Status::decided) return;
    for (const FieldSpec& field : placement::fields()) {
      const ValueSet values = person.answer(field.field);
      // Counts have many values alike: the ends, and some between.
      const int step = values.count() > 12 ? values.count() / 6 : 1;
      for (int value = values.lowest(); value <= values.highest() && values.count() > 1; value += step) {
        if (!values.contains(value)) continue;
        Assessment more = person;
        more.set(field.field, value);
        const Recommendation then = subject.recommend(more);
        if (is_inconsistent(then)) continue;
        ++tried;
        ASSERT_EQ(then.status, Status::decided) << field.name << describe(subject, more);
        ASSERT_EQ(then.indicated, now.indicated) << field.name << describe(subject, more);
      }
    }
  });
  EXPECT_GT(tried, 1000);
}

TEST(Laws, ACompleteConsistentAssessmentIsNeverUndecided) {
  for_each_person(40, [](const Subject& subject, const Assessment& person, Dice&) {
    if (!is_complete(person)) return;
    const Recommendation r = subject.recommend(person);
    EXPECT_NE(r.status, Status::undecided) << describe(subject, person);
    EXPECT_NE(r.status, Status::inconsistent) << describe(subject, person);
    EXPECT_TRUE(r.settled) << describe(subject, person);
  });
}

// An open feasibility answer may keep a partly known required answer from counting (a service depends on both), so the
// status is compared where everything clinical is known; the possible levels are compared always.
TEST(Laws, FeasibilityFieldsNeverChangeWhatIsIndicated) {
  for_each_person(6, [](const Subject& subject, const Assessment& person, Dice& dice) {
    Assessment other = person;
    for (const FieldSpec& field : placement::fields())
      if (field.use == placement::FieldUse::feasibility) other.set(field.field, dice.roll(field.size()));
    const Recommendation a = subject.recommend(person), b = subject.recommend(other);
    EXPECT_EQ(a.possible, b.possible) << describe(subject, person);
    EXPECT_EQ(a.alerts.size(), b.alerts.size());
    if (!is_complete(person)) return;
    EXPECT_EQ(a.status, b.status) << describe(subject, person);
    EXPECT_EQ(a.indicated, b.indicated) << describe(subject, person);
  });
}

TEST(Laws, TheReasonForcesTheLevel) {
  int tried = 0;
  for_each_person(4, [&](const Subject& subject, const Assessment& person, Dice&) {
    const Recommendation r = subject.recommend(person);
    if (r.possible.size() != 1) return;
    ++tried;
    const auto levels_with = [&](const placement::FieldSet& kept) {
      Assessment rest;
      kept.for_each([&](Field field) { rest.set(field, person.answer(field)); });
      return subject.possible_levels(rest);
    };
    ASSERT_EQ(levels_with(r.reason), r.possible) << describe(subject, person);
    r.reason.for_each([&](Field field) {
      placement::FieldSet fewer = r.reason;
      fewer.erase(field);
      EXPECT_NE(levels_with(fewer), r.possible)
          << placement::spec(field).name << " is not needed" << describe(subject, person);
    });
  });
  EXPECT_GT(tried, 100);
}

TEST(Laws, TheNextQuestionAskedForAloneIsThatOfTheWholeAnswer) {
  int asked = 0;
  for_each_person(4, [&](const Subject& subject, const Assessment& person, Dice&) {
    const Recommendation r = subject.recommend(person);
    placement::Request request = subject.request;
    for (std::size_t answered = 0; answered < 3 && answered <= r.missing.size(); ++answered) {
      request.asked.assign(r.missing.begin(), r.missing.begin() + static_cast<std::ptrdiff_t>(answered));
      const placement::Result<std::optional<Field>> next = subject.engine.next_question(person, request);
      ASSERT_TRUE(next.has_value());
      EXPECT_EQ(*next, answered < r.missing.size() ? std::optional(r.missing[answered]) : std::nullopt)
          << describe(subject, person);
      asked += next->has_value() ? 1 : 0;
    }
  });
  EXPECT_GT(asked, 100);
}

// Whatever part of the change is made, the level is forced only by all of it; that no change of other fields is smaller
// is compared with all changes in tests/oracle.
TEST(Laws, TheCounterfactualReachesItsLevelAndNoSmallerChangeDoes) {
  int found = 0;
  for_each_person(3, [&](const Subject& subject, const Assessment& person, Dice& dice) {
    const std::size_t levels = subject.engine.pack().content().levels.size();
    const auto level = static_cast<std::size_t>(dice.roll(static_cast<int>(levels)));
    placement::Question question;
    question.to = subject.engine.pack().content().levels[level].id;
    const placement::Explanation explained = *subject.engine.explain(person, subject.request, question);
    const placement::Counterfactual& to = *explained.to;
    ASSERT_NE(to.outcome, placement::Counterfactual::Outcome::not_settled) << describe(subject, person);
    if (to.outcome != placement::Counterfactual::Outcome::found) return;
    ++found;
    const std::vector<std::size_t> wanted{level};
    const std::size_t whole = (std::size_t{1} << to.changes.size()) - 1;
    for (std::size_t taken = 0; taken <= whole; ++taken) {
      const bool lacks_one = ((whole - taken) & (whole - taken - 1)) == 0;
      if (to.changes.size() > 5 && !lacks_one) continue;
      Assessment changed = person;
      for (std::size_t i = 0; i < to.changes.size(); ++i)
        if ((taken >> i & 1U) != 0) changed.set(to.changes[i].field, to.changes[i].values);
      ASSERT_EQ(subject.possible_levels(changed) == wanted, taken == whole)
          << question.to.value() << " by part " << taken << describe(subject, person);
    }
    Assessment widest = person;
    for (const placement::AnswerChange& change : to.changes) {
      ASSERT_TRUE(change.values.is_subset_of(change.enough));
      ASSERT_TRUE(placement::spec(change.field).modifiable);
      widest.set(change.field, change.enough);
    }
    ASSERT_EQ(subject.possible_levels(widest), wanted) << question.to.value() << describe(subject, person);
  });
  EXPECT_GT(found, 50);
}

TEST(Laws, ARuleThatHoldsStaysSoUnderConsistentAnswers) {
  for_each_person(4, [](const Subject& subject, const Assessment& start, Dice& dice) {
    Assessment person = start;
    const Recommendation before = subject.recommend(person);
    for (int i = 0; i < 5 && add_answer(dice, subject.engine, person, subject.request); ++i) continue;
    const Recommendation after = subject.recommend(person);
    for (std::size_t rule = 0; rule < before.rules.size(); ++rule) {
      if (before.rules[rule].state == RuleState::open) continue;
      EXPECT_EQ(before.rules[rule].state, after.rules[rule].state)
          << before.pack.content().rules[rule].id << describe(subject, person);
    }
  });
}

// Only the level that a person leaves projects, and only packs whose projections `check` does not refute are bound.
TEST(Laws, ProjectionKeepsConsistency) {
  int bound = 0;
  for (const Subject& subject : property::subjects()) {
    const std::vector<placement::Finding> findings = placement::check_pack(subject.engine);
    const bool passes = std::none_of(findings.begin(), findings.end(), [](const placement::Finding& finding) {
      return finding.kind == "projection" && finding.is_fault();
    });
    EXPECT_TRUE(passes || !subject.is_shipped);
    if (!passes) continue;
    ++bound;
    Dice dice(oracle::test_seed() + 400);
    for (int i = 0; i < 100; ++i) {
      const Assessment person = complete_person(dice, subject.engine);
      const Recommendation r = *subject.engine.recommend(person);
      if (r.status != Status::decided || *r.indicated == 0) continue;  // nobody steps down from the lowest
      const placement::CareLevel& level = r.pack.content().levels[*r.indicated];
      Assessment later = person;
      for (const auto& [field, value] : level.resolves) later.set(field, value);
      for (const auto& [field, value] : level.improves) {
        const int now = person.answer(field).lowest();
        const bool higher_is_worse = placement::spec(field).worse == placement::Worse::higher;
        later.set(field, higher_is_worse ? std::min(now, value) : std::max(now, value));
      }
      EXPECT_FALSE(is_inconsistent(*subject.engine.recommend(later)))
          << "after " << level.id << describe(subject, person);
    }
  }
  EXPECT_GT(bound, 1);
}

TEST(Laws, TheSameInputPackAndVersionGiveTheSameBytes) {
  for_each_pack(10, [](const Json& pack, const Json& request, Dice& dice) {
    const Subject subject = subject_of(pack, request);
    const Subject again = subject_of(Json::parse(pack.dump(2)), request);
    for (int i = 0; i < 6; ++i) {
      const Assessment person = random_person(dice, subject.engine);
      const Assessment same = *placement::read_assessment(placement::write_assessment(person));
      for (const auto format : {placement::Format::text, placement::Format::json, placement::Format::markdown,
                                placement::Format::dot, placement::Format::svg})
        ASSERT_EQ(write_recommendation(subject.recommend(person), format),
                  write_recommendation(again.recommend(same), format))
            << describe(subject, person);
    }
  });
}

TEST(Laws, EveryIndicatedLevelHasAPathToTheLowest) {
  for_each_person(10, [](const Subject& subject, const Assessment& person, Dice&) {
    const Recommendation r = subject.recommend(person);
    if (!r.indicated) return;
    ASSERT_FALSE(r.pathway.empty()) << describe(subject, person);
    EXPECT_EQ(r.pathway.front().level, *r.indicated) << describe(subject, person);
    EXPECT_EQ(r.pathway.back().level, 0U) << describe(subject, person);
    for (std::size_t i = 1; i < r.pathway.size(); ++i)
      EXPECT_LT(r.pathway[i].level, r.pathway[i - 1].level) << describe(subject, person);
  });
}

TEST(Laws, MasksAndWalkAgree) {
  for_each_person(40, [](const Subject& subject, const Assessment& person, Dice&) {
    if (!is_complete(person)) return;
    const Recommendation r = *subject.engine.recommend(person);
    std::vector<std::uint64_t> held(subject.engine.held_words());
    const placement::Score score = subject.engine.score(person.known(), held);
    for (std::size_t rule = 0; rule < r.rules.size(); ++rule)
      EXPECT_EQ((held[rule / 64] >> (rule % 64) & 1U) != 0, r.rules[rule].state == RuleState::holds)
          << r.pack.content().rules[rule].id << describe(subject, person);
    EXPECT_TRUE(score.consistent) << describe(subject, person);
    EXPECT_EQ(score.stop, r.status == Status::emergency) << describe(subject, person);
    EXPECT_EQ(score.in_scope, r.possible.size() == 1) << describe(subject, person);
    if (!score.in_scope) return;
    ASSERT_EQ(r.possible.size(), 1U);
    EXPECT_EQ(score.level, r.possible.front()) << describe(subject, person);
    ASSERT_FALSE(r.walk.empty()) << describe(subject, person);
    EXPECT_EQ(r.walk.front().level, 0U);
    EXPECT_EQ(r.walk.back().level, r.possible.front()) << describe(subject, person);
    EXPECT_TRUE(r.walk.back().insufficient.empty()) << describe(subject, person);
    for (std::size_t i = 0; i + 1 < r.walk.size(); ++i) {
      EXPECT_LT(r.walk[i].level, r.walk[i + 1].level);
      EXPECT_FALSE(r.walk[i].insufficient.empty()) << describe(subject, person);
      for (const std::size_t rule : r.walk[i].insufficient) {
        EXPECT_EQ(r.rules[rule].state, RuleState::holds);
        EXPECT_GT(r.pack.content().rules[rule].target, r.walk[i].level);
      }
    }
  });
}

// Complete and mostly known people under the shipped pack whose result has the status.
void for_each_result(Status status, const std::function<void(const Recommendation&, const std::string&)>& visit) {
  Dice dice(oracle::test_seed() + 600);
  int visited = 0;
  for (int i = 0; i < 3000; ++i) {
    const Assessment complete = complete_person(dice, property::shipped().engine);
    for (const Assessment& person : {complete, half_known(dice, complete, 95)}) {
      const Recommendation r = property::shipped().recommend(person);
      if (r.status != status) continue;
      ++visited;
      visit(r, describe(property::shipped(), person));
    }
  }
  EXPECT_GT(visited, 100);
}

TEST(Laws, EveryDecidedResultCarriesAMedicationEntryAndNaloxone) {
  for_each_result(Status::decided, [](const Recommendation& r, const std::string& description) {
    EXPECT_EQ(service(r, "moud"), CareState::yes) << description;
    EXPECT_EQ(service(r, "naloxone_kit"), CareState::yes) << description;
  });
}

// Every emergency of the shipped pack may involve opioids: it offers naloxone whatever the stop alert is.
TEST(Laws, EveryEmergencyThatMayInvolveOpioidsCarriesNaloxone) {
  for_each_result(Status::emergency, [](const Recommendation& r, const std::string& description) {
    EXPECT_EQ(service(r, "naloxone_kit"), CareState::yes) << description;
  });
}

// A complete assessment that indicates the level, built answer by answer so that the level stays possible.
std::optional<Assessment> witness(Dice& dice, const Subject& subject, std::size_t level) {
  Assessment person;
  for (const FieldSpec& field : placement::fields()) {
    const int first = dice.roll(field.size());
    for (int i = 0; i < field.size() && !person.is_known(field.field); ++i) {
      Assessment more = person;
      more.set(field.field, (first + i) % field.size());
      const std::vector<std::size_t> left = subject.possible_levels(more);
      if (std::find(left.begin(), left.end(), level) != left.end()) person = more;
    }
  }
  return is_complete(person) ? std::optional(person) : std::nullopt;
}

TEST(Laws, AnEmptyAssessmentHasEveryLevelPossibleThatThePackCanIndicate) {
  Dice dice(oracle::test_seed() + 500);
  for (const Subject& subject : property::subjects()) {
    const std::vector<std::size_t> possible = subject.possible_levels(Assessment());
    std::set<std::size_t> indicated;
    for (int i = 0; i < (subject.is_shipped ? 3000 : 100); ++i) {
      const Recommendation r = subject.recommend(complete_person(dice, subject.engine));
      indicated.insert(r.possible.begin(), r.possible.end());
    }
    for (const std::size_t level : possible)
      if (indicated.count(level) == 0 && witness(dice, subject, level)) indicated.insert(level);
    EXPECT_EQ(possible, std::vector<std::size_t>(indicated.begin(), indicated.end())) << subject.name;
  }
}

}  // namespace
