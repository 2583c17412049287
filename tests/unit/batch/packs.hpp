// What the tests of the batch room share: packs with many boxes and codes, rows, and every set of instructions that
// this machine offers.
#pragma once

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <string>
#include <vector>

#include "oracle/generate.hpp"
#include "placement/engine.hpp"
#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement::batch_tests {

/// Visits once with each set of instructions chosen; afterwards the best is chosen again.
template <class F>
void for_each_target(const F& visit) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(hwy::TargetName(target));
    visit();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

inline const Engine& shipped() {
  static const Engine engine = std::move(Engine::make(default_pack())).value();
  return engine;
}

/// A pack of so many rules of every kind: each a comparison of `many_values` with a threshold of its own, as far as
/// they go, and one or two other fields; so the field has many codes. Some rules have several alternatives.
inline Engine many_rules(int rules, Field many_values, std::uint64_t seed) {
  oracle::Dice dice(seed);
  const FieldSpec& wide = spec(many_values);
  const std::vector<std::string> others{"injects",
                                        "uses_alone",
                                        "cows_score >= 13",
                                        "craving > 5",
                                        "housing in (sheltered, unsheltered)",
                                        "not(reliable_adult_at_home)",
                                        "social_support = weak",
                                        "moud_wish != declines",
                                        "at least 2 of (psychosis = acute, mania = acute, use_at_home)",
                                        "pregnant"};
  const std::vector<std::string> kinds{R"("kind":"require","level":"intensive")",
                                       R"("kind":"require","level":"residential")",
                                       R"("kind":"require","level":"hospital")",
                                       R"("kind":"offer","service":"moud")",
                                       R"("kind":"avoid","service":"counselling")",
                                       R"("kind":"capability","capability":"nursing")",
                                       R"("kind":"alert","urgency":"notice","action":"Look.")"};
  std::string list;
  for (int r = 0; r < rules; ++r) {
    const int at = 1 + r * 7 % wide.high;
    std::string when = "(" + std::string(wide.name) + (dice.chance(50) ? " >= " : " < ") + std::to_string(at) +
                       " and " + dice.pick(others) + (dice.chance(30) ? " and " + dice.pick(others) : "") + ")";
    if (dice.chance(20)) when += " or (" + dice.pick(others) + " and " + dice.pick(others) + ")";
    std::string kind = dice.pick(kinds);
    if (r == 3) kind = R"("kind":"alert","urgency":"stop","action":"Call.")";
    if (r == 5) kind = R"("kind":"out_of_scope")";
    if (r == 7) kind = R"("kind":"continue")";
    list += (r == 0 ? "" : ",") + std::string("{\"id\":\"r") + std::to_string(r) + "\"," + kind + ",\"when\":\"" +
            when + "\"}";
  }
  return small_packs::engine(
      R"({"rules":[)" + list +
      R"json(],"constraints":[{"id":"k","always":"not(injects and craving = 0 and uses_alone)","because":"Made up."}]})json");
}

/// A row: any value of any field, so that constraints are at times violated.
inline KnownAnswers anybody(oracle::Dice& dice, int percent_known = 100) {
  KnownAnswers row;
  for (const FieldSpec& f : fields())
    if (dice.chance(percent_known))
      row.bytes()[static_cast<std::size_t>(f.field)] = static_cast<std::uint8_t>(dice.roll(f.size()));
  return row;
}

inline std::vector<KnownAnswers> anybodies(std::size_t count, std::uint64_t seed, int percent_known = 100) {
  oracle::Dice dice(seed);
  std::vector<KnownAnswers> rows;
  for (std::size_t i = 0; i < count; ++i) rows.push_back(anybody(dice, percent_known));
  return rows;
}

}  // namespace placement::batch_tests
