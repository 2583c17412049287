// Mappings: how the columns and codes of an outside data set become answers.
//
//   auto mapping = placement::read_mapping(*placement::mapping_text("teds-a"));
//   auto rows = mapping->bind(header);                      // the names of the file's columns
//   placement::MappedRow row;                               // one for all rows: its room is used again
//   rows->map(cells, row);
//   if (row.faults.empty()) engine->recommend(row.assessment);
//
// docs/mappings.md says what each part means. What a cell leaves open stays open: a band becomes a range, a missing
// cell says nothing, and taking cells away never takes values out of an answer. A Mapping and a BoundMapping are
// handles to shared immutable content: copies are cheap, and threads share them without locks (a MappedRow for each).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/result.hpp"
#include "placement/rule_pack.hpp"
#include "placement/truth.hpp"

namespace placement {

namespace batch {
struct CheckedMapping;
}

inline constexpr int kMappingFormat = 1;  ///< the format this version reads

/// A column that a mapping reads.
struct MappedColumn {
  std::string name;
  std::vector<std::string> also_named;  ///< names of the same column in other releases, tried in this order
  std::string meaning;
  bool optional = false;  ///< a file without it is read as one in which it is always missing
};

/// A field that a mapping answers.
struct MappedAnswer {
  Field field{};
  std::string note;                  ///< what is lost or assumed; empty: nothing
  std::vector<std::size_t> columns;  ///< numbers of the columns it is made of
};

/// A setting in which people of the data set were really treated.
struct ObservedSetting {
  std::string code, name;
  std::string level;                      ///< id of a level of the pack; empty where excluded
  std::vector<std::string> capabilities;  ///< ids, of what the setting implies
  std::string excluded;                   ///< why the setting is no level; empty where it is one
};

/// Something that happened afterwards, or not.
struct MappedOutcome {
  std::string id, definition, note;
};

/// Groups of rows that reports tell apart.
struct MappedSubgroup {
  std::string id, meaning, note;
  std::vector<std::string> labels;
};

/// All parts of a mapping as plain values, in the order of the file.
struct MappingContent {
  std::string id, version, title, about;
  std::vector<std::string> sources;  ///< citations
  std::vector<std::string> loses;    ///< what the data set has and the answers do not, a sentence each
  std::vector<MappedColumn> columns;
  std::optional<std::size_t> id_column;  ///< number of the column with the row's id
  std::vector<MappedAnswer> answers;
  std::string observed;  ///< what the observed setting is; empty: the data set has none
  std::string observed_note;
  std::vector<ObservedSetting> settings;
  std::vector<MappedOutcome> outcomes;
  std::vector<MappedSubgroup> subgroups;
};

/// What one row says.
struct MappedRow {
  Assessment assessment;
  std::string id;  ///< as in the row; empty where the mapping names no column for it or it is missing
  std::optional<std::size_t> observed;                ///< number of the setting in `settings`
  std::vector<Truth> outcomes;                        ///< by outcome
  std::vector<std::optional<std::size_t>> subgroups;  ///< by subgroup: number of its label, or not known
  /// What is wrong with the row; `where` is the name of a column, or of what columns contradict each other about. Never
  /// the value of a cell. What a faulty cell would have said counts as missing.
  std::vector<Fault> faults;
};

/// Stands for a cell of a column that the row does not have at all (a key missing in NDJSON). Missing where the column
/// is optional, otherwise a fault of the row. Known by its address: an empty cell is another thing.
inline constexpr char kAbsentText[] = "";
inline constexpr std::string_view kAbsentCell = kAbsentText;

/// A mapping laid over the columns of one file.
class BoundMapping {
 public:
  /// Reads one row: as many cells as the header had names, as they stand, without quotes. Fewer or more cells are a
  /// fault of the row. Everything in `row` is replaced, and its room used again: after the first rows nothing is
  /// allocated where there are no faults and ids are short.
  void map(std::span<const std::string_view> cells, MappedRow& row) const;
  [[nodiscard]] MappedRow map(std::span<const std::string_view> cells) const;

  /// Numbers of the optional columns that the header does not have: always missing.
  [[nodiscard]] std::vector<std::size_t> absent_columns() const;

 private:
  friend class Mapping;
  BoundMapping(std::shared_ptr<const batch::CheckedMapping> mapping, std::size_t width)
      : mapping_(std::move(mapping)), width_(width) {}

  std::shared_ptr<const batch::CheckedMapping> mapping_;
  std::size_t width_;                   // cells of a row
  std::vector<std::size_t> positions_;  // by column: its cell, or width_ where there is none
};

class Mapping {
 public:
  [[nodiscard]] const MappingContent& content() const noexcept;
  /// SHA-256 of the mapping's RFC 8785 form, 64 hexadecimal digits.
  [[nodiscard]] const std::string& digest() const noexcept;

  /// Finds the columns by their names, exactly as written. Fails with ErrorCode::bad_request listing every column that
  /// is missing without being optional, stands under two of its names, or has a name that stands twice in the header.
  [[nodiscard]] Result<BoundMapping> bind(std::span<const std::string_view> header) const;

  /// Every level and capability of `settings` that the pack does not have, with its place in the mapping.
  [[nodiscard]] std::vector<Fault> unknown_to(const RulePack& pack) const;

  explicit Mapping(std::shared_ptr<const batch::CheckedMapping> checked) noexcept : checked_(std::move(checked)) {}

 private:
  std::shared_ptr<const batch::CheckedMapping> checked_;
};

/// Reads a mapping of at most 1 MiB. Fails with ErrorCode::syntax, or bad_pack listing every fault.
[[nodiscard]] Result<Mapping> read_mapping(std::string_view json);
/// What a mapping reads, answers and loses, in words; ends with a newline.
[[nodiscard]] std::string write_mapping(const Mapping& mapping);

/// Names of the mappings the library carries: "ctn0094", "teds-a", "teds-d".
[[nodiscard]] std::span<const std::string_view> mapping_names() noexcept;
/// The mapping of that name as JSON text, if there is one. Lives as long as the program.
[[nodiscard]] std::optional<std::string_view> mapping_text(std::string_view name) noexcept;

}  // namespace placement
