// The columns of a mapping, read and checked; and found again by name where an answer is made of them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/mapping.hpp"
#include "io/object_reader.hpp"

namespace placement::io {

inline constexpr int kMostNumber = 1'000'000;  // of ranges and scales: products of three stay below 64 bits

/// Faults go to the list given, which must live as long, as the mapping must.
class MappingColumns {
 public:
  MappingColumns(batch::CheckedMapping& mapping, std::vector<Fault>& faults) : mapping_(mapping), faults_(faults) {}

  /// All of `columns`, into the mapping.
  void read(ObjectReader& o);
  /// The number of the column that is named there, which is used from now on; a fault where there is none of that kind.
  std::optional<std::size_t> find(const Json& name, const std::string& pointer, batch::ColumnKind kind);
  /// Likewise, of a member that must be there.
  std::optional<std::size_t> at(ObjectReader& o, std::string_view key, batch::ColumnKind kind);
  /// A fault for each column nothing was made of.
  void report_unused();

 private:
  /// Cells that stand for nothing, or for a code.
  using Words = std::vector<std::pair<std::string, batch::CellNumber>>;

  void read_alike(ObjectReader& o);
  std::vector<std::string> texts_not_empty(ObjectReader& o, std::string_view key);
  void read_missing(ObjectReader& o, Words& words);
  void read_codes(ObjectReader& o, const Json& codes, batch::CodedColumn& column, Words& words);
  void read_range(ObjectReader& o, const Json& number, batch::CodedColumn& column);
  void add_word(Words& words, std::string word, batch::CellNumber stands_for, const std::string& pointer);
  void check(ObjectReader& o);

  batch::CheckedMapping& mapping_;
  std::vector<Fault>& faults_;
  std::vector<std::string> places_;  // by column: where it stands in the file
  std::vector<std::string_view> names_;
  std::set<std::size_t> used_;
};

}  // namespace placement::io
