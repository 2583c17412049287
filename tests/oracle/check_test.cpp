// `check` against enumeration: on small random packs every complete assessment is looked at, and what holds for whom is
// counted literally. Dead, duplicate, subsumed and contradictory rules, levels, moves down and fields that are not
// monotone must agree, and the counterexample of a property must be as small as any.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "oracle/compare.hpp"
#include "oracle/generate.hpp"
#include "placement/analysis.hpp"
#include "placement/io.hpp"

namespace {

using oracle::Json;
using oracle::Point;
using placement::Finding;

// A pack with every complete assessment over the fields it reads.
class World {
 public:
  struct Person {
    Point point;
    std::vector<bool> holds;  // by rule, continue rules too
    bool consistent = false, in_scope = false;
    int level = 0;
  };

  // At the lowest level `continue` rules demand nothing, but the fields they read are gone through too.
  explicit World(const Json& json) : json_(json), pack_(oracle::read_pack(json, {{"current_level", lowest(json)}})) {
    oracle::Conditions conditions(json["terms"]);
    std::vector<oracle::Variable> rules;
    for (const Json& rule : json["rules"]) rules.push_back(conditions.read(rule["when"]));
    Point point(oracle::fields().size());
    enumerate(point, 0, rules);
  }

  const Json& json() const { return json_; }
  const std::vector<oracle::Read>& reads() const { return pack_.reads; }
  const std::vector<Person>& people() const { return people_; }
  const Person& at(const Point& point) const { return people_[number_of_.at(point)]; }
  std::string kind(std::size_t rule) const { return json_["rules"][rule]["kind"]; }
  std::size_t rules() const { return json_["rules"].size(); }
  int number_of_level(const std::string& id) const { return oracle::place_of(pack_.levels, id); }

  bool counts(const Person& person, std::size_t rule) const {
    const bool any_scope = kind(rule) == "alert" || kind(rule) == "out_of_scope";
    return person.consistent && (any_scope || person.in_scope);
  }
  // Whenever `rule` holds for somebody who counts, the claim does.
  template <class Claim>
  bool whenever(std::size_t rule, Claim claim) const {
    return std::all_of(people_.begin(), people_.end(),
                       [&](const Person& p) { return !counts(p, rule) || !p.holds[rule] || claim(p); });
  }

 private:
  static Json lowest(const Json& json) {
    return (*std::min_element(json["levels"].begin(), json["levels"].end(), [](const Json& a, const Json& b) {
      return a["intensity"].get<int>() < b["intensity"].get<int>();
    }))["id"];
  }

  void enumerate(Point& point, std::size_t i, const std::vector<oracle::Variable>& rules) {
    if (i < pack_.reads.size()) {
      for (std::size_t v = 0; v < pack_.reads[i].values.size(); ++v) {
        point[pack_.reads[i].field] = static_cast<int>(v);
        enumerate(point, i + 1, rules);
      }
      point[pack_.reads[i].field] = 0;
      return;
    }
    Person person{point, {}};
    for (const oracle::Variable& rule : rules) person.holds.push_back(rule.value(point) != 0);
    person.consistent = pack_.facts[oracle::kConsistent].is.value(point) != 0;
    person.in_scope = person.consistent && pack_.facts[oracle::kOutOfScope].is.value(point) == 0;
    person.level = pack_.facts[oracle::kLevel].is.value(point);
    number_of_[point] = people_.size();
    people_.push_back(std::move(person));
  }

  Json json_;
  oracle::Pack pack_;
  std::vector<Person> people_;
  std::map<Point, std::size_t> number_of_;
};

// "kind place" of findings that are not proofs.
std::vector<std::string> expected(const World& world) {
  std::vector<std::string> all;
  const std::size_t rules = world.rules();
  const auto rule_place = [](std::size_t r) { return " /rules/" + std::to_string(r); };
  const auto effect = [&](std::size_t r) {
    const Json& rule = world.json()["rules"][r];
    std::string text = rule["kind"];
    for (const char* key : {"level", "capability", "service", "urgency", "action"})
      text += "|" + rule.value(key, std::string());
    return text;
  };
  std::vector<bool> dead(rules);
  std::vector<std::size_t> twin(rules);
  for (std::size_t r = 0; r < rules; ++r) {
    dead[r] = world.whenever(r, [](const World::Person&) { return false; });
    twin[r] = r;
    for (std::size_t k = r; k-- > 0;)
      if (!dead[r] && !dead[k] && effect(k) == effect(r) &&
          world.whenever(r, [&](const World::Person& p) { return p.holds[k]; }) &&
          world.whenever(k, [&](const World::Person& p) { return p.holds[r]; }))
        twin[r] = k;  // the first in the end
    if (dead[r]) all.push_back("dead" + rule_place(r));
    if (twin[r] != r) all.push_back("duplicate" + rule_place(r));
  }
  for (std::size_t r = 0; r < rules; ++r) {
    if (dead[r]) continue;
    const Json& rule = world.json()["rules"][r];
    const auto is_avoided = [&](const World::Person& p) {
      for (std::size_t o = 0; o < rules; ++o)
        if (world.kind(o) == "avoid" && world.json()["rules"][o]["service"] == rule["service"] && p.holds[o])
          return true;
      return false;
    };
    const bool is_offer = world.kind(r) == "offer";
    const bool never_given = is_offer && world.whenever(r, is_avoided);
    const bool never_avoided = !is_offer || world.whenever(r, [&](const World::Person& p) { return !is_avoided(p); });
    if (is_offer && !never_avoided) all.push_back((never_given ? "contradictory" : "overridden") + rule_place(r));
    if (twin[r] != r || never_given) continue;
    const auto is_superfluous = [&](const World::Person& p) {
      if (world.kind(r) == "require" && world.number_of_level(rule["level"]) == 0) return true;
      if (is_offer && is_avoided(p)) return true;
      for (std::size_t o = 0; o < rules; ++o) {
        if (o == r || twin[o] == r || !p.holds[o]) continue;
        const bool demands_as_much =
            world.kind(r) == "require" && world.kind(o) == "require" &&
            world.number_of_level(world.json()["rules"][o]["level"]) >= world.number_of_level(rule["level"]);
        if (demands_as_much || effect(o) == effect(r)) return true;
      }
      return false;
    };
    if (world.whenever(r, is_superfluous)) all.push_back("subsumed" + rule_place(r));
  }
  for (std::size_t l = 0; l < world.json()["levels"].size(); ++l) {
    const int number = world.number_of_level(world.json()["levels"][l]["id"]);
    if (std::none_of(world.people().begin(), world.people().end(),
                     [&](const World::Person& p) { return p.in_scope && p.level == number; }))
      all.push_back("unreachable /levels/" + std::to_string(l));
  }
  return all;
}

// Fields with a worse direction in which the worse of two people is placed lower.
std::vector<std::string> not_monotone(const World& world) {
  std::vector<std::string> all;
  for (const oracle::Read& read : world.reads()) {
    const placement::FieldSpec& field = *std::find_if(placement::fields().begin(), placement::fields().end(),
                                                      [&](const auto& f) { return f.name == read.id; });
    if (field.worse == placement::Worse::none) continue;
    const bool rises = std::all_of(world.people().begin(), world.people().end(), [&](const World::Person& p) {
      for (int v = 0; v < p.point[read.field]; ++v) {
        Point other = p.point;
        other[read.field] = v;
        const World::Person& lower = world.at(other);
        if (!p.in_scope || !lower.in_scope) continue;
        if (field.worse == placement::Worse::higher ? p.level < lower.level : p.level > lower.level) return false;
      }
      return true;
    });
    if (!rises) all.push_back(read.id);
  }
  return all;
}

bool has_somebody(const World& world) {
  return std::any_of(world.people().begin(), world.people().end(), [](const World::Person& p) { return p.in_scope; });
}

bool agrees(const placement::Assessment& assessment, const World& world, const Point& point) {
  return std::all_of(world.reads().begin(), world.reads().end(), [&](const oracle::Read& read) {
    return assessment.answer(*placement::find_field(read.id)).contains(point[read.field]);
  });
}

TEST(Check, FindsWhatEnumerationFinds) {
  oracle::Dice dice(oracle::test_seed() + 10);
  std::map<std::string, int> found;
  for (int i = 0; i < 400; ++i) {
    Json json = oracle::random_pack(dice, oracle::kSmallPack);
    if (dice.chance(50)) {  // a copy of a rule, at times to another end
      Json copy = dice.pick(std::vector<Json>(json["rules"].begin(), json["rules"].end()));
      copy["id"] = "copy";
      json["rules"].push_back(copy);
    }
    const World world(json);
    const std::vector<Finding> findings = placement::check_pack(oracle::engine_of(json));
    if (!has_somebody(world)) {
      ASSERT_EQ(findings.size(), 1U);
      EXPECT_EQ(findings.front().kind, "impossible");
      continue;
    }
    std::vector<std::string> got, fields;
    for (const Finding& f : findings) {
      const std::string text = f.kind + " " + f.where;
      EXPECT_NE(f.verdict, Finding::Verdict::not_settled) << text;
      const bool is_compared = (f.where.rfind("/rules/", 0) == 0 && f.kind != "demographic" && f.kind != "gap" &&
                                f.kind != "unreleasable") ||
                               (f.kind == "unreachable" && f.where.rfind("/levels/", 0) == 0);
      if (is_compared) got.push_back(text);
      if (f.kind == "non_monotone") fields.push_back(f.message);
      ++found[f.kind];
    }
    EXPECT_THAT(got, testing::UnorderedElementsAreArray(expected(world))) << json.dump();
    const std::vector<std::string> wanted = not_monotone(world);
    ASSERT_EQ(fields.size(), wanted.size()) << json.dump();
    for (std::size_t f = 0; f < wanted.size(); ++f)
      EXPECT_NE(fields[f].find("`" + wanted[f] + "`"), std::string::npos) << fields[f];
    if (testing::Test::HasFailure()) break;
  }
  for (const char* kind :
       {"dead", "duplicate", "subsumed", "contradictory", "overridden", "unreachable", "non_monotone"})
    EXPECT_GE(found[kind], 5) << kind;
}

TEST(Check, FindsMovesThatNobodyWants) {
  oracle::Dice dice(oracle::test_seed() + 11);
  int unwanted = 0;
  for (int i = 0; i < 200 && !testing::Test::HasFailure(); ++i) {
    const Json json = oracle::random_pack(dice, oracle::kSmallPack);
    const World world(json);
    if (!has_somebody(world)) continue;
    const placement::Engine engine = oracle::engine_of(json);
    const auto& content = engine.pack().content();
    std::vector<std::string> wanted, got;
    for (std::size_t m = 0; m < content.moves.size(); ++m) {
      const placement::Move& move = content.moves[m];
      if (move.kind == placement::Move::Kind::step_up) continue;
      const bool is_wanted = std::any_of(world.people().begin(), world.people().end(), [&](const World::Person& p) {
        if (!p.in_scope) return false;
        Point after = p.point;
        for (const oracle::Read& read : world.reads()) {
          for (const auto& [field, best] : content.levels[move.from].improves)
            if (placement::spec(field).name == read.id)
              after[read.field] = placement::spec(field).worse == placement::Worse::higher
                                      ? std::min(after[read.field], best)
                                      : std::max(after[read.field], best);
          for (const auto& [field, value] : content.levels[move.from].resolves)
            if (placement::spec(field).name == read.id) after[read.field] = value;
        }
        const World::Person& then = world.at(after);
        if (!then.in_scope) return false;
        const auto need = static_cast<std::size_t>(then.level);
        const placement::CareGraph& graph = engine.pack().graph();
        return (need < move.from ? graph.step_down_path(move.from, need)[1] : graph.next_lower(move.from)) == move.to;
      });
      if (!is_wanted) wanted.push_back("/moves/" + std::to_string(m));
    }
    for (const Finding& f : placement::check_pack(engine))
      if (f.kind == "unreachable" && f.message.find("step down") != std::string::npos) got.push_back(f.where);
    EXPECT_EQ(got, wanted) << json.dump();
    unwanted += static_cast<int>(wanted.size());
  }
  EXPECT_GE(unwanted, 5);
}

// The fewest fields with one known value each such that every completion in scope, one at least, is wrong.
std::size_t fewest(const World& world, const std::vector<bool>& wrong) {
  const std::size_t n = world.reads().size();
  std::size_t best = n + 1;
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    const auto size = static_cast<std::size_t>(__builtin_popcountll(set));
    if (size >= best) continue;
    std::map<Point, std::pair<bool, bool>>
        groups;  // by the answers in the set: somebody, and somebody who is not wrong
    for (std::size_t i = 0; i < world.people().size(); ++i) {
      const World::Person& p = world.people()[i];
      if (!p.in_scope) continue;
      Point key;
      for (std::size_t f = 0; f < n; ++f)
        if ((set >> f & 1U) != 0) key.push_back(p.point[world.reads()[f].field]);
      groups[key].second |= !wrong[i];
    }
    for (const auto& [key, group] : groups)
      if (!group.second) best = size;
  }
  return best;
}

TEST(Check, RefutesWithTheFewestAnswers) {
  oracle::Dice dice(oracle::test_seed() + 12);
  std::map<std::size_t, int> sizes;
  for (int i = 0; i < 300 && !testing::Test::HasFailure(); ++i) {
    Json json = oracle::random_pack(dice, oracle::kSmallPack);
    const Json rules = json["rules"];
    const auto premise = static_cast<std::size_t>(dice.roll(static_cast<int>(rules.size())));
    const Json level = dice.pick(std::vector<Json>(json["levels"].begin(), json["levels"].end()))["id"];
    const bool at_least = dice.chance(50);
    if (rules[premise]["kind"] == "offer" || rules[premise]["kind"] == "avoid") continue;  // `true` says little
    json["properties"] =
        Json::array({{{"id", "p"},
                      {"says", "A claim."},
                      {"implies",
                       {{"when", rules[premise]["when"]},
                        {"then", "level " + std::string(at_least ? ">= " : "<= ") + level.get<std::string>()}}}}});
    const World world(json);
    if (!has_somebody(world)) continue;
    const int bound = world.number_of_level(level);
    std::vector<bool> wrong;
    for (const World::Person& p : world.people())
      wrong.push_back(p.in_scope && p.holds[premise] && (at_least ? p.level < bound : p.level > bound));
    const std::vector<Finding> findings = placement::check_pack(oracle::engine_of(json));
    const auto finding =
        std::find_if(findings.begin(), findings.end(), [](const Finding& f) { return f.kind == "property"; });
    ASSERT_NE(finding, findings.end());
    const bool is_wrong = std::find(wrong.begin(), wrong.end(), true) != wrong.end();
    ASSERT_EQ(finding->verdict == Finding::Verdict::refuted, is_wrong) << json.dump();
    if (!is_wrong) continue;
    bool has_completion = false;
    for (std::size_t k = 0; k < wrong.size(); ++k) {
      if (!world.people()[k].in_scope || !agrees(*finding->counterexample, world, world.people()[k].point)) continue;
      has_completion = true;
      EXPECT_TRUE(wrong[k]) << json.dump() << placement::write_assessment(*finding->counterexample);
    }
    EXPECT_TRUE(has_completion);
    const std::size_t size = finding->counterexample->answered().size();
    EXPECT_EQ(size, fewest(world, wrong)) << json.dump() << placement::write_assessment(*finding->counterexample);
    ++sizes[size];
  }
  for (const auto& [size, count] : sizes) std::cout << count << " refutations with " << size << " answers\n";
  EXPECT_GE(sizes.size(), 3U);
}

TEST(Check, RefutesMonotoneClaimsWithTwoPeople) {
  oracle::Dice dice(oracle::test_seed() + 13);
  int refuted = 0;
  for (int i = 0; i < 100 && !testing::Test::HasFailure(); ++i) {
    const Json json = oracle::random_pack(dice, oracle::kSmallPack);
    const World world(json);
    for (const Finding& f : placement::check_pack(oracle::engine_of(json))) {
      if (f.kind != "non_monotone") continue;
      ++refuted;
      std::size_t differing = 0;
      std::size_t field = 0;
      for (const oracle::Read& read : world.reads()) {
        const placement::Field id = *placement::find_field(read.id);
        if (f.counterexample->answer(id) == f.counterexample_other->answer(id)) continue;
        ++differing;
        field = read.field;
      }
      ASSERT_EQ(differing, 1U);
      int pairs = 0;
      for (const World::Person& p : world.people()) {
        if (!p.in_scope || !agrees(*f.counterexample, world, p.point)) continue;
        for (std::size_t v = 0; v < oracle::fields()[field].values.size(); ++v) {
          Point other = p.point;
          other[field] = static_cast<int>(v);
          if (!agrees(*f.counterexample_other, world, other) || !world.at(other).in_scope) continue;
          ++pairs;
          EXPECT_GT(p.level, world.at(other).level) << json.dump();
        }
      }
      EXPECT_GT(pairs, 0);
    }
  }
  EXPECT_GE(refuted, 10);
}

}  // namespace
