// Agreement in sentences and tables: what write_agreement and the HTML page both show.
#pragma once

#include <string>
#include <vector>

#include "io/write_portion.hpp"
#include "placement/agreement.hpp"

namespace placement::io {

/// A table and what it is about.
struct CaptionedTable {
  std::string caption;
  TextTable table;
};

/// A heading, sentences, tables.
struct AgreementSection {
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<CaptionedTable> tables;
};

/// What agreement is and is not: three sentences.
[[nodiscard]] const std::vector<std::string>& agreement_caveats();
/// "Counts below 11 ...", empty where nothing was kept back.
[[nodiscard]] std::string suppression_note(std::uint64_t below);
/// The words of a match: "over: observed above the recommended level".
[[nodiscard]] std::string match_words(Match match);

[[nodiscard]] AgreementSection rows_section(const Agreement& a);
[[nodiscard]] AgreementSection decided_section(const Agreement& a);
[[nodiscard]] AgreementSection undecided_section(const Agreement& a);
[[nodiscard]] std::vector<AgreementSection> subgroup_sections(const Agreement& a);
/// Empty tables where the design has no outcomes.
[[nodiscard]] AgreementSection outcome_section(const Agreement& a);

}  // namespace placement::io
