// Text in, text out: assessments, requests and packs are read from JSON; recommendations are written as JSON, text,
// Markdown, DOT and SVG. No files here: callers bring the text.
//
//   auto engine = placement::Engine::make(placement::default_pack());
//   auto input = placement::read_input(R"({"oud_diagnosis": "severe", "age_years": {"from": 18}})");
//   auto result = engine->recommend(input->assessment, input->request);
//   std::cout << placement::write_recommendation(*result, placement::Format::json);
//
// Pure functions; safe from any thread. Errors name the place and the kind of fault, never the value of an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/analysis.hpp"
#include "placement/assessment.hpp"
#include "placement/counts.hpp"
#include "placement/difference.hpp"
#include "placement/explanation.hpp"
#include "placement/interview.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"
#include "placement/rule_pack.hpp"

namespace placement {

/// The pack the library carries, as JSON text. Lives as long as the program.
[[nodiscard]] std::string_view default_pack_text() noexcept;
/// The same, read. Reads it anew on each call: keep the result.
[[nodiscard]] RulePack default_pack();

/// Reads a rule pack of at most 16 MiB. Fails with ErrorCode::syntax, or bad_pack listing every fault.
[[nodiscard]] Result<RulePack> read_pack(std::string_view json);

/// Reads an object of fields and weights, as a pack has under `priors`. Fails with ErrorCode::syntax, or bad_pack
/// listing every fault.
[[nodiscard]] Result<std::vector<Prior>> read_priors(std::string_view json);

/// Reads an assessment of at most 1 MiB. Fails with ErrorCode::syntax, or bad_assessment listing every fault.
[[nodiscard]] Result<Assessment> read_assessment(std::string_view json);
/// The assessment as one line of canonical JSON: fields in field order, unknown ones left out. Reading it gives the
/// same assessment; writing that gives the same bytes.
[[nodiscard]] std::string write_assessment(const Assessment& assessment);

/// Reads either a bare assessment, with the `id` of the request beside its answers where there is one, or an object
/// with `assessment` and, optionally, `request`, `note` and the `history` of an interview, which is checked and left
/// aside. Fails as read_assessment does, or with bad_request for faults of the request.
[[nodiscard]] Result<Input> read_input(std::string_view json);

/// The same with everything that Interview::start needs to go on. Fails as read_input does.
[[nodiscard]] Result<InterviewState> read_interview(std::string_view json);
/// An interview as JSON that read_interview gives back, and that read_input reads like any other input; ends with a
/// newline. Writing what was read gives the same bytes.
[[nodiscard]] std::string write_interview(const InterviewState& state);

/// An answer as a person types it: "yes", "severe", "3" (the third value of a scale or category), "14", "8-12", "8+",
/// "<= 5", "mild, moderate" or "2-3" for several, "moderate+" on a scale. Capitals, units and underscores do not
/// matter. Fails with ErrorCode::bad_assessment; the message says what is allowed and never repeats the text.
[[nodiscard]] Result<ValueSet> read_typed_answer(Field field, std::string_view text);

/// Reads a cases file (JSON lines, blank lines skipped). Fails with ErrorCode::bad_cases listing every fault.
[[nodiscard]] Result<std::vector<Case>> read_cases(std::string_view jsonl);

enum class Format : std::uint8_t { text, json, markdown, dot, svg };
/// The format of that name, if there is one.
[[nodiscard]] std::optional<Format> find_format(std::string_view name) noexcept;
/// "text, json, ...": for messages.
[[nodiscard]] std::string format_names();
/// Writes a recommendation; ends with a newline. The bytes depend on the arguments only.
[[nodiscard]] std::string write_recommendation(const Recommendation& recommendation, Format format);

/// Writes an explanation as text or json (other formats: text); ends with a newline.
[[nodiscard]] std::string write_explanation(const Explanation& explanation, Format format);
/// What an interview asks next, why, and how far it is, as text or json (other formats: text); ends with a newline.
[[nodiscard]] std::string write_question(const Interview& interview, Format format);

/// The field dictionary as text, json or markdown (other formats: text).
[[nodiscard]] std::string write_fields(Format format);
/// SHA-256 of the RFC 8785 form of the field dictionary, 64 hexadecimal digits.
[[nodiscard]] std::string fields_digest();
/// What a pack contains, as text, json (the canonical form) or markdown (other formats: text).
[[nodiscard]] std::string write_pack(const RulePack& pack, Format format);
/// Counts as text, markdown or json (other formats: text).
[[nodiscard]] std::string write_counts(const RulePack& pack, const PackCounts& counts, Format format);
/// Differences as text, markdown or json (other formats: text).
[[nodiscard]] std::string write_difference(const PackDifference& difference, Format format);
[[nodiscard]] std::string write_difference(const CohortDifference& difference, Format format);
/// Languages that a pack's conditions can be exported to, as export_pack knows them: "feel".
[[nodiscard]] std::vector<std::string> export_targets();
/// Every term, constraint, rule and must_know condition as an expression of `target`, and how the fields are encoded:
/// one JSON document that ends with a newline (docs/rule-pack.md). Nothing where there is no such target.
[[nodiscard]] std::optional<std::string> export_pack(const RulePack& pack, std::string_view target);
/// The file a pack was read from, so that findings can name lines. Both may be empty.
struct PackFile {
  std::string_view name;  ///< as a person or a tool would find it, with /
  std::string_view text;  ///< what read_pack read
};
/// Findings as text or json (other formats: text).
[[nodiscard]] std::string write_findings(const RulePack& pack, const std::vector<Finding>& findings, Format format,
                                         const PackFile& file = {});
/// Findings as SARIF 2.1.0.
[[nodiscard]] std::string write_findings_sarif(const RulePack& pack, const std::vector<Finding>& findings,
                                               const PackFile& file);
/// An input that read_input reads: the assessment, with a note.
[[nodiscard]] std::string write_counterexample(const Assessment& assessment, std::string_view note);

}  // namespace placement
