// Small packs for tests, written as the parts that matter; what every pack must also say is filled in.
#pragma once

#include "oracle/reading.hpp"

namespace oracle {

/// A whole pack from its parts, each key as in docs/rule-pack.md. Levels need `id` only (then in order of intensity;
/// moves, where left out, join neighbours); texts, sources and grades of levels, rules, terms, constraints and
/// must_know entries are filled in where they are missing, and so are empty lists. Services `moud` and `counselling`
/// and capabilities `nursing` and `psychiatry` exist.
Json pack_of(const Json& parts);

/// The same from JSON text; without levels, with outpatient, intensive, residential and hospital.
Json four_level_pack(const std::string& parts);

}  // namespace oracle
