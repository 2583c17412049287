// Small packs for unit tests, from the parts that matter. Levels outpatient < intensive < residential < hospital (the
// last two round the clock), services `moud` and `counselling`, capabilities `nursing` and `psychiatry`, one dimension
// `need`, one source `chance` (consensus_unverified), one override reason `patient_choice`. Parts given replace these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placement/engine.hpp"
#include "placement/recommendation.hpp"

namespace placement::small_packs {

/// A JSON text with changes: `edits` is a JSON object from JSON pointers to what shall stand there; "<gone>" removes, a
/// pointer ending in /- appends.
[[nodiscard]] std::string edited(std::string_view json, std::string_view edits);
/// A whole pack as JSON, edited.
[[nodiscard]] std::string text(std::string_view parts = "{}", std::string_view edits = "{}");
/// The same, read; a fault ends the test program.
[[nodiscard]] RulePack pack(std::string_view parts = "{}", std::string_view edits = "{}");
[[nodiscard]] Engine engine(std::string_view parts = "{}", std::string_view edits = "{}", EngineOptions options = {});
/// What is wrong with that pack, "place: message" each; empty where nothing is.
[[nodiscard]] std::vector<std::string> faults(std::string_view parts, std::string_view edits = "{}");
[[nodiscard]] std::vector<std::string> faults_of(const Error& error);

[[nodiscard]] Assessment person(std::string_view json);
/// Reads an input (an assessment, or one with a request) and asks the engine.
[[nodiscard]] Recommendation recommend(const Engine& engine, std::string_view input);

[[nodiscard]] std::vector<std::string> names(const FieldSet& fields);
[[nodiscard]] std::vector<std::string> names(const std::vector<Field>& fields);
/// Ids of levels.
[[nodiscard]] std::vector<std::string> levels(const Recommendation& result, const std::vector<std::size_t>& numbers);
[[nodiscard]] std::string level(const Recommendation& result, const std::optional<std::size_t>& number);
[[nodiscard]] std::vector<std::string> rules(const Recommendation& result, const std::vector<std::size_t>& numbers);
[[nodiscard]] const RuleResult& rule(const Recommendation& result, std::string_view id);

}  // namespace placement::small_packs
