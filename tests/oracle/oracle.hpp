// The brute-force definition of a recommendation: docs/semantics.md, sections 4 to 7, quantified literally over
// completions and further known answers. It serves tests only and shares no code with src/.
// Give it valid packs and assessments, with small domains or most answers known: its cost is their product.
#pragma once

#include <optional>

#include "oracle/reading.hpp"

namespace oracle {

struct Finding {
  std::string state;  // rules: no, holds, not_evaluated; services: no, yes, avoid; capabilities: no, yes; all: open
  Names waits_for;
};
struct Verdict {  // levels stand by intensity, fields in field order, rules in pack order
  std::string status = {};
  Names possible = {}, relevant = {}, must_know = {}, determining = {};
  bool jointly = false;                             // the determining rules force the level only together
  std::optional<Names> reason = {}, conflict = {};  // where one level is possible; where no completion is consistent
  std::map<std::string, std::map<std::string, Finding>> findings = {};  // by list (rules, services, ...) and id
};

/// Judges assessments under one pack and one request. It remembers complete assessments: keep it for many calls.
std::function<Verdict(const Json& assessment)> judge(const Json& pack, const Json& request = Json::object());

}  // namespace oracle
