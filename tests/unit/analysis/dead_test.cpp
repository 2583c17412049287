#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/analysis/findings_of.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement {
namespace dead_test {

using findings_of::kind;
using testing::ElementsAre;

TEST(Dead, SaysWhatLeavesARuleNobody) {
  EXPECT_THAT(
      kind("dead", R"json({
    "constraints": [{"id": "history", "always": "oud_diagnosis = none or oud_history"},
                    {"id": "other", "always": "not(injects and pregnant)"}],
    "rules": [{"id": "child", "kind": "out_of_scope", "when": "age_years < 18"},
              {"id": "itself", "kind": "require", "level": "hospital", "when": "injects and not(injects)"},
              {"id": "forbidden", "kind": "offer", "service": "moud", "when": "oud_diagnosis = mild and not(oud_history)"},
              {"id": "outside", "kind": "capability", "capability": "nursing", "when": "age_years < 10"},
              {"id": "mixed", "kind": "require", "level": "hospital",
               "when": "(age_years < 10 or pregnant) and injects"},
              {"id": "alive", "kind": "require", "level": "hospital", "when": "injects"}]})json"),
      ElementsAre("/rules/1: `itself` holds for nobody: its condition contradicts itself",
                  "/rules/2: `forbidden` holds for nobody: excluded by the constraint `history`",
                  "/rules/3: `outside` holds for nobody: excluded by the scope (`child`)",
                  "/rules/4: `mixed` holds for nobody: excluded by the constraint `other` and the scope (`child`)"));
}

TEST(Dead, AlertsAndScopeSpeakOfPeopleOutOfScopeToo) {
  EXPECT_THAT(kind("dead", R"({"rules": [
                {"id": "child", "kind": "out_of_scope", "when": "age_years < 18"},
                {"id": "baby", "kind": "out_of_scope", "when": "age_years < 2"},
                {"id": "call", "kind": "alert", "urgency": "stop", "when": "age_years < 10 and overdose_signs_now"}]})"),
              ElementsAre());
}

TEST(Dead, CountsMustKnowEntriesThatAskNobody) {
  EXPECT_THAT(
      kind("dead", R"({"constraints": [{"id": "grown", "always": "age_years >= 18"}],
                "must_know": [{"field": "pregnant", "when": "age_years < 18"},
                              {"field": "injects", "when": "age_years < 30"}]})"),
      ElementsAre("/must_know/0: the condition for asking `pregnant` holds for nobody: excluded by the constraint "
                  "`grown`"));
}

TEST(Impossible, NamesTheConstraintsThatExcludeEverybodyAndNothingElse) {
  const std::vector<Finding> found = check_pack(small_packs::engine(R"json({
    "constraints": [{"id": "a", "always": "injects"}, {"id": "b", "always": "pregnant"}, {"id": "c", "always": "not(injects)"}],
    "rules": [{"id": "dead", "kind": "require", "level": "hospital", "when": "injects and not(injects)"}],
    "properties": [{"id": "p", "says": "s", "implies": {"when": "injects", "then": "any stop"}}]})json"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, "impossible");
  EXPECT_EQ(found[0].where, "/constraints");
  EXPECT_EQ(found[0].message, "nobody is consistent: `a` and `c` together exclude everybody");
}

TEST(Impossible, TellsAScopeThatLeavesNobody) {
  EXPECT_THAT(kind("impossible", R"({"rules": [{"id": "young", "kind": "out_of_scope", "when": "age_years < 40"},
                                               {"id": "old", "kind": "out_of_scope", "when": "age_years >= 40"}]})"),
              ElementsAre("/rules: everybody who is consistent is out of scope"));
  EXPECT_THAT(kind("impossible", R"({"rules": [{"id": "young", "kind": "out_of_scope", "when": "age_years < 40"}]})"),
              ElementsAre());
}

TEST(Dead, IsNotSettledWithoutSteps) {
  const Engine engine = small_packs::engine(R"({"constraints": [{"id": "c", "always": "injects or pregnant"}],
    "rules": [{"id": "r", "kind": "require", "level": "hospital", "when": "injects and pregnant"}]})");
  for (const Finding& f : check_pack(engine, 0))
    if (f.kind == "dead") {
      EXPECT_EQ(f.verdict, Finding::Verdict::not_settled);
    }
}

}  // namespace dead_test
}  // namespace placement
