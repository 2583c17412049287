#include "unit/batch/small_mapping.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "placement/io.hpp"
#include "unit/pack/small_packs.hpp"

namespace placement::small_mapping {
namespace {

const std::string& small() {
  static const std::string text = [] {
    const std::ifstream file(std::filesystem::path(PLACEMENT_SOURCE_DIR) / "tests/mappings/small.json");
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }();
  return text;
}

template <class T>
T value_of(Result<T> result) {
  if (result.has_value()) return std::move(result).value();
  for (const std::string& fault : small_packs::faults_of(result.error())) std::cerr << fault << '\n';
  std::abort();
}

}  // namespace

std::string text(std::string_view edits) { return small_packs::edited(small(), edits); }

Mapping mapping(std::string_view edits) { return value_of(read_mapping(text(edits))); }

std::vector<std::string> faults(std::string_view edits) {
  const Result<Mapping> read = read_mapping(text(edits));
  return read.has_value() ? std::vector<std::string>() : small_packs::faults_of(read.error());
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t comma = line.find(','); comma != std::string_view::npos; comma = line.find(',')) {
    cells.push_back(line.substr(0, comma));
    line.remove_prefix(comma + 1);
  }
  cells.push_back(line);
  return cells;
}

MappedRow row(const Mapping& mapping, std::string_view header, std::string_view line) {
  return value_of(mapping.bind(cells(header))).map(cells(line));
}

std::string answers(const MappedRow& row) {
  if (row.faults.empty()) return write_assessment(row.assessment);
  std::string all;
  for (const Fault& fault : row.faults) all += (all.empty() ? "" : "; ") + to_string(fault);
  return all;
}

}  // namespace placement::small_mapping
