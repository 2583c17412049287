// Plain English for fields, answers and conditions.
//
//   describe_answer(Field::cows_score, ValueSet::range(8, 48))   "at least 8 points"
//   describe_condition(node, pack)                               "COWS score at least 13 points and fluid loss severe"
//   describe_release(rule, pack, today)                          "fluid loss below severe (now severe)"
//
// A condition is turned into a tree of phrases with the negations pushed down to the answers (negation normal form);
// what is asked for is then said in words. A release phrase says what must become so that a rule stops holding: the
// negated condition, without the parts that are so today already, each remaining part with today's answer. Where any of
// several parts suffices, a part that neither care nor time can change (a history, an age) is left out as long as
// another is there. Pure functions; the words depend on the arguments only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pack/checked_pack.hpp"
#include "placement/assessment.hpp"
#include "placement/rule_pack.hpp"

namespace placement::io {

/// "COWS score", "age", "current OUD medication".
[[nodiscard]] std::string field_label(Field field);
/// One value: "severe", "needs monitoring", "yes", "15 points".
[[nodiscard]] std::string describe_value(Field field, int value);
/// "15 points", "at least 8 points", "sheltered or unsheltered", "yes", "unknown" for all values.
[[nodiscard]] std::string describe_answer(Field field, const ValueSet& values);
/// An answer as something asked for: "fluid loss below severe", "housing: sheltered or unsheltered", "injecting: no".
[[nodiscard]] std::string describe_demand(Field field, const ValueSet& values);
/// Today's answer, to stand beside the field: "15 points", "15" where the label names the unit, "unknown".
[[nodiscard]] std::string describe_now(Field field, const ValueSet& values);
/// "COWS score: 15 points".
[[nodiscard]] std::string describe_fact(Field field, const ValueSet& values);
/// The labels of several fields, "a, b and c".
[[nodiscard]] std::string describe_fields(const FieldSet& fields);

[[nodiscard]] std::string describe_condition(const pack::Node& condition, const pack::CheckedPack& pack);
/// What must become so for rule number `rule` to stop holding, with the answers of `today`.
[[nodiscard]] std::string describe_release(std::size_t rule, const pack::CheckedPack& pack, const Assessment& today);

/// What must become so for a rule to hold: "fluid loss severe (now mild)", and how many answers at least.
struct Lack {
  std::string text;
  std::size_t answers = 0;
};
[[nodiscard]] Lack describe_lack(std::size_t rule, const pack::CheckedPack& pack, const Assessment& today);

/// "flag", "count", "scale", "category".
[[nodiscard]] std::string_view kind_word(FieldKind kind) noexcept;
/// The name without what it adds in brackets, cleaned.
[[nodiscard]] std::string short_level_name(const CareLevel& level);
/// An id as words: "iop_day" is "IOP day".
[[nodiscard]] std::string words_of(std::string_view id);

}  // namespace placement::io
