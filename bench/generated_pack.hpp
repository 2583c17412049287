// A rule pack of any size, made up: as structured as real ones are, and the same on every machine.
//
// Rules are conjunctions of two to four comparisons over neighbouring fields, at times with an alternative; demands of
// higher levels need more to be wrong; thresholds are a few per field, as in real packs, where rules share them. There
// are constraints between fields, two out_of_scope rules, and one rule of seven each is an offer, a capability or an
// alert.
#pragma once

#include <cstddef>
#include <random>
#include <string>

#include "placement/assessment.hpp"

namespace placement::bench {

/// JSON text of a pack with so many rules that read the first `fields_read` clinical fields.
inline std::string generated_pack(std::size_t rules, std::size_t fields_read) {
  std::mt19937_64 random(20261125);
  const auto roll = [&](std::size_t sides) { return static_cast<std::size_t>(random() % sides); };
  std::vector<FieldSpec> used;
  for (const FieldSpec& f : fields())
    if (f.use == FieldUse::clinical && used.size() < fields_read) used.push_back(f);
  const auto name_of = [](const FieldSpec& f, int value) {
    return f.values.empty() ? std::to_string(value) : std::string(f.values[static_cast<std::size_t>(value)].name);
  };
  const auto comparison = [&](const FieldSpec& f) -> std::string {
    const std::string name(f.name);
    if (f.kind == FieldKind::flag) return roll(4) == 0 ? "not(" + name + ")" : name;
    const int third = 1 + static_cast<int>(roll(3));  // one of at most three thresholds
    const int value = std::max(1, std::min(f.high, f.size() * third / 4));
    if (f.kind == FieldKind::category) return name + " = " + name_of(f, value);
    return name + (f.worse == Worse::lower ? " < " : " >= ") + name_of(f, value);
  };
  const auto conjunction = [&](std::size_t parts) {
    const std::size_t first = roll(used.size());
    std::string text;
    for (std::size_t i = 0; i < parts; ++i)
      text += (i == 0 ? "" : " and ") + comparison(used[(first + i * (1 + roll(5))) % used.size()]);
    return text;
  };
  const std::string texts =
      R"("because":"Made up.","sources":["made_up"],"strength":"not_graded","evidence":"consensus_unverified","dimension":"need",)";
  std::string list;
  for (std::size_t r = 0; r < rules; ++r) {
    const std::size_t level = 1 + roll(5);
    std::string when = conjunction(2 + level / 2);
    if (roll(3) == 0) when = "(" + when + ") or (" + conjunction(2 + level / 2) + ")";
    std::string effect = R"("kind":"require","level":"l)" + std::to_string(level) + "\"";
    if (r == 0 || r == 1) {
      effect = R"("kind":"out_of_scope")";
      when = conjunction(3);
    } else if (r % 7 == 4) {
      effect = R"("kind":"offer","service":"s)" + std::to_string(roll(10)) + "\"";
    } else if (r % 7 == 5) {
      effect = R"("kind":"capability","capability":"c)" + std::to_string(roll(5)) + "\"";
    } else if (r % 7 == 6) {
      effect = R"("kind":"alert","urgency":"urgent","action":"Do )" + std::to_string(r) + ".\"";
    }
    list += (r == 0 ? "" : ",") + std::string("{\"id\":\"r") + std::to_string(r) + "\"," + effect + "," + texts +
            "\"when\":\"" + when + "\"}";
  }
  std::string levels, moves, services, capabilities, constraints, monotone;
  for (std::size_t l = 0; l < 6; ++l) {
    const std::string n = std::to_string(l);
    levels +=
        (l == 0 ? "" : ",") + std::string("{\"id\":\"l") + n + "\",\"name\":\"L" + n + "\",\"intensity\":" + n +
        R"(,"description":"Made up.","hours":"some","stay":"a while","reassess_days":30,"round_the_clock":false,)" +
        R"("withdrawal_management":false,"resolves":{},"improves":{},"codes":[]})";
    if (l == 0) continue;
    const std::string below = std::to_string(l - 1);
    moves += (l == 1 ? "" : ",") + std::string(R"({"kind":"step_up","from":"l)") + below + R"(","to":"l)" + n +
             R"("},{"kind":"step_down","from":"l)" + n + R"(","to":"l)" + below + "\"}";
  }
  for (std::size_t s = 0; s < 10; ++s)
    services += (s == 0 ? "" : ",") + std::string("{\"id\":\"s") + std::to_string(s) +
                R"(","name":"S","group":"therapy","meaning":"made up"})";
  for (std::size_t c = 0; c < 5; ++c)
    capabilities +=
        (c == 0 ? "" : ",") + std::string("{\"id\":\"c") + std::to_string(c) + R"(","name":"C","meaning":"made up"})";
  for (std::size_t c = 0; c < 6; ++c)
    constraints += (c == 0 ? "" : ",") + std::string("{\"id\":\"k") + std::to_string(c) + "\",\"always\":\"not(" +
                   conjunction(2) + ")\",\"because\":\"Made up.\"}";
  for (const FieldSpec& f : used)
    if (f.worse != Worse::none) monotone += (monotone.empty() ? "\"" : ",\"") + std::string(f.name) + "\"";
  return R"({"format":1,"id":"generated","version":"1.0.0","title":"Made up","license":"Apache-2.0","about":{)"
         R"("intended_use":"Measuring.","users":"None.","population":"None.","developer":"None","funding":"None",)"
         R"("released":"2026-11-25","limits":["Made up."]},"sources":[{"id":"made_up","statement":"Made up.",)"
         R"("citation":"None","verification":"consensus_unverified"}],"dimensions":[{"id":"need","name":"Need"}],)"
         R"("levels":[)" +
         levels + R"(],"moves":[)" + moves + R"(],"capabilities":[)" + capabilities + R"(],"services":[)" + services +
         R"(],"terms":[],"constraints":[)" + constraints + R"(],"rules":[)" + list +
         R"(],"must_know":[],"monotone":[)" + monotone + R"(],"properties":[],"priors":{},"override_reasons":[]})";
}

}  // namespace placement::bench
