// Differences of two packs against going through all assessments with the oracle, and over rows.
#include "placement/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "oracle/oracle.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace difference_test {

using boost::multiprecision::cpp_int;
using oracle::Json;
using testing::ElementsAre;

constexpr std::string_view kBefore = R"json({
  "rules": [
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects"},
    {"id": "rough", "kind": "require", "level": "residential", "when": "housing >= sheltered and not(pregnant)"},
    {"id": "risk", "kind": "require", "level": "hospital", "when": "suicide_risk = high"},
    {"id": "stop", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high"},
    {"id": "nurse", "kind": "capability", "capability": "nursing", "when": "pregnant"},
    {"id": "treat", "kind": "offer", "service": "moud", "when": "injects or pregnant"},
    {"id": "other", "kind": "out_of_scope", "when": "housing = stable and not(injects)"}],
  "constraints": [{"id": "c", "always": "not(pregnant) or suicide_risk != low"}],
  "priors": {"housing": [5, 1, 1, 2, 3], "suicide_risk": [7, 2, 2, 1]}})json";

constexpr std::string_view kAfter = R"json({
  "rules": [
    {"id": "iv", "kind": "require", "level": "intensive", "when": "injects and housing != stable"},
    {"id": "rough", "kind": "require", "level": "residential", "when": "housing = unsheltered and not(pregnant)"},
    {"id": "risk", "kind": "require", "level": "hospital", "when": "suicide_risk >= moderate"},
    {"id": "stop", "kind": "alert", "urgency": "stop", "when": "suicide_risk = high and injects"},
    {"id": "treat", "kind": "offer", "service": "moud", "when": "injects or pregnant"},
    {"id": "spare", "kind": "avoid", "service": "moud", "when": "suicide_risk = high and pregnant"},
    {"id": "other", "kind": "out_of_scope", "when": "housing = stable and not(injects)"}],
  "constraints": [{"id": "c", "always": "not(pregnant) or suicide_risk != low"},
                  {"id": "d", "always": "not(injects) or housing != supported"}],
  "priors": {"housing": [4, 1, 2, 2, 3], "injects": [3, 1]}})json";

const std::vector<std::string> kCompared{"pregnant", "injects", "suicide_risk", "housing"};

struct Person {
  Json answers;
  cpp_int weight = 1;  // under the priors of kAfter
  oracle::Verdict before, after;
};

std::string outcome(const oracle::Verdict& v) {
  return v.conflict ? "inconsistent" : v.possible.empty() ? "out_of_scope" : v.possible.front();
}

std::string state(const oracle::Verdict& v, const std::string& list, const std::string& id) {
  const auto& findings = v.findings.at(list);
  const auto found = findings.find(id);
  if (found == findings.end()) return "no";
  return found->second.state == "holds" ? "yes" : found->second.state;
}

const std::vector<Person>& everybody() {
  static const std::vector<Person> people = [] {
    const Json priors = Json::parse(kAfter)["priors"];
    const auto before = oracle::judge(Json::parse(small_packs::text(kBefore)));
    const auto after = oracle::judge(Json::parse(small_packs::text(kAfter)));
    std::vector<Person> all{{Json::object(), 1, {}, {}}};
    for (const std::string& name : kCompared) {
      const FieldSpec& f = spec(*find_field(name));
      std::vector<Person> more;
      for (const Person& p : all)
        for (int v = 0; v < f.size(); ++v) {
          const auto at = static_cast<std::size_t>(v);
          more.push_back(p);
          more.back().answers[name] = f.kind == FieldKind::flag ? Json(v == 1) : Json(f.values[at].name);
          if (priors.contains(name)) more.back().weight *= priors[name][at].get<int>();
        }
      all = std::move(more);
    }
    for (Person& p : all) {
      p.before = before(p.answers);
      p.after = after(p.answers);
    }
    return all;
  }();
  return people;
}

cpp_int uncompared_fields() {
  cpp_int product = 1;
  for (const FieldSpec& f : fields())
    if (std::find(kCompared.begin(), kCompared.end(), f.name) == kCompared.end()) product *= f.size();
  return product;
}

bool counts(const Person& p) { return outcome(p.before) != "inconsistent" || outcome(p.after) != "inconsistent"; }
bool counts_in_both(const Person& p) {
  return outcome(p.before) != "inconsistent" && outcome(p.after) != "inconsistent";
}

void expect_portion(const Portion& portion, const std::function<bool(const Person&)>& is_in, const std::string& what) {
  cpp_int number = 0, weight = 0, whole = 0;
  for (const Person& p : everybody()) {
    if (counts(p)) whole += p.weight;
    if (!is_in(p)) continue;
    number += 1;
    weight += p.weight;
  }
  EXPECT_EQ(cpp_int(portion.count), number * uncompared_fields()) << what;
  EXPECT_EQ(cpp_int(portion.over) * whole, cpp_int(portion.under) * weight) << what;
}

PackDifference difference() {
  const Result<PackDifference> d = compare_packs(small_packs::engine(kBefore), small_packs::engine(kAfter));
  EXPECT_TRUE(d.has_value());
  return *d;
}

bool is_within(const Person& p, const Assessment& where) {
  const Assessment person = small_packs::person(p.answers.dump());
  bool inside = true;
  where.answered().for_each([&](Field f) { inside = inside && person.answer(f).is_subset_of(where.answer(f)); });
  return inside;
}

TEST(Difference, MovesAreThoseOfGoingThroughAllAssessments) {
  const PackDifference d = difference();
  for (std::size_t b = 0; b < d.outcomes_before.size(); ++b)
    for (std::size_t a = 0; a < d.outcomes_after.size(); ++a)
      expect_portion(
          d.moves[b][a],
          [&](const Person& p) {
            return counts(p) && outcome(p.before) == d.outcomes_before[b] && outcome(p.after) == d.outcomes_after[a];
          },
          d.outcomes_before[b] + " to " + d.outcomes_after[a]);
  expect_portion(d.whole, counts, "whole");
  expect_portion(
      d.moved, [](const Person& p) { return counts(p) && outcome(p.before) != outcome(p.after); }, "moved");
  EXPECT_THAT(d.rules_added, ElementsAre("spare"));
  EXPECT_THAT(d.rules_removed, ElementsAre("nurse"));
  EXPECT_THAT(d.rules_changed, ElementsAre("iv", "rough", "risk", "stop"));
}

TEST(Difference, ItemsAreThoseOfGoingThroughAllAssessments) {
  const PackDifference d = difference();
  const std::map<std::string, std::string> lists{
      {"alert", "rules"}, {"capability", "capabilities"}, {"service", "services"}};
  std::size_t changes = 0;
  for (const auto& [kind, id] : std::vector<std::pair<std::string, std::string>>{
           {"alert", "stop"}, {"capability", "nursing"}, {"service", "moud"}, {"service", "counselling"}})
    for (const char* from : {"no", "yes", "avoid"})
      for (const char* to : {"no", "yes", "avoid"}) {
        if (std::string_view(from) == to) continue;
        Portion found;
        for (const PackDifference::Item& item : d.items)
          for (const PackDifference::Item::Change& c : item.changes)
            if (item.kind == kind && item.id == id && c.from == from && c.to == to) {
              found = c.portion;
              ++changes;
            }
        const std::string list = lists.at(kind);
        expect_portion(
            found,
            [&, id = id](const Person& p) {
              return counts_in_both(p) && state(p.before, list, id) == from && state(p.after, list, id) == to;
            },
            kind + " " + id + " " + from + " to " + to);
      }
  EXPECT_EQ(changes, 3U);
  ASSERT_TRUE(d.items_changed[2].has_value());
  expect_portion(
      *d.items_changed[2],
      [](const Person& p) {
        return counts_in_both(p) && state(p.before, "services", "moud") != state(p.after, "services", "moud");
      },
      "services");
}

TEST(Difference, RegionsCoverTheMovesAndTheirExamplesMove) {
  const PackDifference d = difference();
  ASSERT_FALSE(d.regions.empty());
  EXPECT_EQ(d.elsewhere.count, "0");
  for (const Person& p : everybody()) {
    if (!counts(p) || outcome(p.before) == outcome(p.after)) continue;
    EXPECT_TRUE(std::any_of(d.regions.begin(), d.regions.end(), [&](const auto& r) { return is_within(p, r.where); }))
        << p.answers;
  }
  for (const PackDifference::Region& region : d.regions) {
    EXPECT_LE(region.moved.share, d.regions.front().moved.share);
    expect_portion(
        region.inside, [&](const Person& p) { return counts(p) && is_within(p, region.where); }, "inside");
    ASSERT_FALSE(region.moves.empty());
    for (const PackDifference::Region::Move& move : region.moves)
      expect_portion(
          move.portion,
          [&](const Person& p) {
            return is_within(p, region.where) && outcome(p.before) == move.from && outcome(p.after) == move.to;
          },
          move.from + " to " + move.to);
    int examples = 0;
    for (const Person& p : everybody()) {
      if (!is_within(p, region.example) || !counts_in_both(p)) continue;
      ++examples;
      EXPECT_EQ(outcome(p.before), region.moves.front().from) << p.answers;
      EXPECT_EQ(outcome(p.after), region.moves.front().to) << p.answers;
    }
    const bool is_contradiction =
        region.moves.front().from == "inconsistent" || region.moves.front().to == "inconsistent";
    EXPECT_EQ(examples > 0, !is_contradiction);
  }
}

TEST(Difference, RegionsBeyondTheLimitAreCountedElsewhere) {
  const Result<PackDifference> d =
      compare_packs(small_packs::engine(kBefore), small_packs::engine(kAfter), {.regions = 1});
  ASSERT_TRUE(d.has_value());
  ASSERT_EQ(d->regions.size(), 1U);
  EXPECT_NE(d->elsewhere.count, "0");
}

TEST(Difference, APackDoesNotDifferFromItself) {
  const Engine engine = small_packs::engine(kBefore);
  const Result<PackDifference> d = compare_packs(engine, engine);
  ASSERT_TRUE(d.has_value());
  EXPECT_EQ(d->moved.count, "0");
  EXPECT_TRUE(d->regions.empty());
  EXPECT_TRUE(d->items.empty());
  EXPECT_NE(write_difference(*d, Format::text).find("nobody"), std::string::npos);
}

TEST(Difference, OverRowsCountsWhatIsSaidOtherwise) {
  const auto row = [](std::string_view json) { return Input{small_packs::person(json), {}}; };
  std::vector<Input> rows{
      row(R"({"suicide_risk": "moderate", "injects": true, "pregnant": false, "housing": "sheltered"})"),
      row(R"({"suicide_risk": "high", "injects": true, "pregnant": false, "housing": "sheltered"})"),
      row(R"({"pregnant": true})")};
  rows.push_back(rows.front());
  rows.back().request.current_level = "nowhere";
  const CohortDifference d = compare_on(small_packs::engine(kBefore), small_packs::engine(kAfter), rows);
  EXPECT_EQ(d.rows, 4U);
  EXPECT_EQ(d.refused, 1U);
  EXPECT_THAT(d.moved, ElementsAre(0U));
  EXPECT_EQ(d.moves.at({"residential", "hospital"}), 1U);
  EXPECT_EQ(d.items.at({"capability", "nursing"}), 1U);
}

}  // namespace difference_test
}  // namespace placement
