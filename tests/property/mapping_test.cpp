// The law of mappings: a cell taken away never takes a value out of an answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "oracle/generate.hpp"
#include "placement/mapping.hpp"

namespace {

using placement::BoundMapping;
using placement::Fault;
using placement::FieldSpec;
using placement::MappedRow;
using placement::Truth;

// By column of a shipped mapping: its name, and some words that may stand in it.
std::vector<std::pair<std::string, std::vector<std::string>>> columns_of(std::string_view name) {
  std::vector<std::pair<std::string, std::vector<std::string>>> columns;
  const oracle::Json mapping = oracle::Json::parse(*placement::mapping_text(name));
  for (const oracle::Json& column : mapping["columns"]) {
    std::vector<std::string> words;
    if (column.contains("codes"))
      for (const auto& [code, meaning] : column["codes"].items()) words.push_back(code);
    else if (column.contains("number"))
      for (const int share : {0, 1, 2, 4, 6, 8}) {
        const int from = column["number"]["from"].get<int>(), to = column["number"]["to"].get<int>();
        words.push_back(std::to_string(from + (to - from) * share / 8));
      }
    else
      words.emplace_back("R-7");
    for (const oracle::Json& one : column["names"]) columns.emplace_back(one.get<std::string>(), words);
  }
  return columns;
}

// Nothing but the cells taken away where they are never missing is a fault.
bool is_sound(const MappedRow& row) {
  return std::all_of(row.faults.begin(), row.faults.end(),
                     [](const Fault& fault) { return fault.message == "not a listed code"; });
}

void expect_wider(const MappedRow& full, const MappedRow& part) {
  for (const FieldSpec& f : placement::fields())
    EXPECT_TRUE(full.assessment.answer(f.field).is_subset_of(part.assessment.answer(f.field))) << f.name;
  for (std::size_t i = 0; i < full.outcomes.size(); ++i)
    EXPECT_TRUE(part.outcomes[i] == full.outcomes[i] || part.outcomes[i] == Truth::unknown) << "outcome " << i;
  for (std::size_t i = 0; i < full.subgroups.size(); ++i)
    EXPECT_TRUE(part.subgroups[i] == full.subgroups[i] || !part.subgroups[i]) << "subgroup " << i;
}

TEST(Laws, MissingCellsOnlyAddValues) {
  oracle::Dice dice(oracle::test_seed());
  for (const std::string_view name : placement::mapping_names()) {
    SCOPED_TRACE(std::string(name));
    const auto columns = columns_of(name);
    std::vector<std::string_view> header;
    for (const auto& [column, words] : columns) header.emplace_back(column);
    const placement::Result<BoundMapping> bound = placement::read_mapping(*placement::mapping_text(name))->bind(header);
    ASSERT_TRUE(bound.has_value());
    int tried = 0;
    for (int i = 0; i < oracle::drawn(6000); ++i) {
      std::vector<std::string_view> row;
      for (const auto& [column, words] : columns) row.emplace_back(dice.pick(words));
      const MappedRow full = bound->map(row);
      if (!full.faults.empty()) continue;  // cells drawn each apart may contradict each other
      for (std::string_view& cell : row)
        if (dice.chance(30)) cell = "";
      const MappedRow part = bound->map(row);
      ASSERT_TRUE(is_sound(part));
      expect_wider(full, part);
      ++tried;
    }
    EXPECT_GT(tried, oracle::drawn(1000));
  }
}

}  // namespace
