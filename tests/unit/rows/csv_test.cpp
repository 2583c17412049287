#include "rows/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placement::rows {
namespace csv_test {

using testing::ElementsAre;

std::vector<std::string> cells_of(std::string_view record) {
  CsvCells cells;
  EXPECT_FALSE(cells.cut(record).has_value()) << record;
  return {cells.cells().begin(), cells.cells().end()};
}

TEST(CsvCells, AreThoseOfRfc4180) {  // the examples of its section 2, and their edges
  EXPECT_THAT(cells_of("aaa,bbb,ccc"), ElementsAre("aaa", "bbb", "ccc"));
  EXPECT_THAT(cells_of("\"aaa\",\"b\r\nbb\",\"ccc\""), ElementsAre("aaa", "b\r\nbb", "ccc"));
  EXPECT_THAT(cells_of("\"aaa\",\"b\"\"bb\",\"ccc\""), ElementsAre("aaa", "b\"bb", "ccc"));
  EXPECT_THAT(cells_of(""), ElementsAre(""));
  EXPECT_THAT(cells_of(",\"\","), ElementsAre("", "", ""));
  EXPECT_THAT(cells_of("\"\"\"\""), ElementsAre("\""));
  EXPECT_THAT(cells_of(" a , b"), ElementsAre(" a ", " b"));
}

TEST(CsvCells, ReportWhereAQuoteIsWrong) {
  CsvCells cells;
  const auto fault = [&](std::string_view record) {
    const std::optional<CsvFault> found = cells.cut(record);
    EXPECT_TRUE(found.has_value()) << record;
    return found ? std::to_string(found->cell) + " " + std::to_string(found->at) + " " + found->message : "";
  };
  EXPECT_EQ(fault("a,b\"c"), "1 3 there is a quote inside an unquoted cell");
  EXPECT_EQ(fault("a,\"b"), "1 2 a quoted cell is never closed");
  EXPECT_EQ(fault("\"a\"b,c"), "0 3 there is text behind a closing quote");
}

TEST(AppendCsv, IsReadBackAsItWas) {
  for (const std::string_view cell : {"", "plain", "with,comma", "with \"quotes\"", "two\nlines", "\r"}) {
    std::string record;
    append_csv(cell, record);
    EXPECT_THAT(cells_of(record), ElementsAre(cell));
  }
}

}  // namespace csv_test
}  // namespace placement::rows
