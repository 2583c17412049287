#include "rows/row_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace placement::rows {
namespace row_source_test {

constexpr std::size_t kMax = 64;

// Gives `text` in pieces of at most `piece` bytes.
ReadBytes in_pieces(std::string text, std::size_t piece) {
  return [text = std::move(text), piece, at = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t now = std::min({piece, size, text.size() - at});
    std::memcpy(into, text.data() + at, now);
    at += now;
    return now;
  };
}

struct Found {
  std::string text;  // "<too long>" where nothing was kept
  std::uint64_t number, line, byte;
  friend bool operator==(const Found&, const Found&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Found& f) {
    return out << '[' << f.number << " line " << f.line << " byte " << f.byte << " '" << f.text << "']";
  }
};

std::vector<Found> all_rows(RowSource& source) {
  std::vector<Found> found;
  for (Block block; source.next(block);)
    for (const RawRow& row : block.rows)
      found.push_back({row.is_too_long ? "<too long>" : std::string(block.text_of(row)), row.place.number,
                       row.place.line, row.place.byte});
  return found;
}

std::vector<Found> rows_of(const std::string& text, RowFormat format, std::size_t piece = 1000) {
  RowSource source(in_pieces(text, piece), format, kMax);
  std::vector<Found> found = all_rows(source);
  EXPECT_EQ(source.place().byte, text.size());
  return found;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RowSource, CutsJsonLinesAtNewlinesWhateverTheirEnd) {
  EXPECT_THAT(rows_of("{}\n\n \t\r\n{\"a\"}\r\nlast", RowFormat::ndjson),
              ElementsAre(Found{"{}", 1, 1, 0}, Found{"{\"a\"}", 2, 4, 8}, Found{"last", 3, 5, 15}));
  EXPECT_THAT(rows_of("", RowFormat::ndjson), IsEmpty());
  EXPECT_THAT(rows_of("\n\n", RowFormat::ndjson), IsEmpty());
}

TEST(RowSource, PassesAByteOrderMarkOver) {
  EXPECT_THAT(rows_of("\xEF\xBB\xBF{}\n", RowFormat::ndjson), ElementsAre(Found{"{}", 1, 1, 3}));
}

TEST(RowSource, KeepsQuotedNewlinesTogetherInCsvOnly) {
  const std::string text = "a,\"b\nc\"\n\"d\"\"\n\"\r\n\"x\",y\n";
  EXPECT_THAT(rows_of(text, RowFormat::csv),
              ElementsAre(Found{"a,\"b\nc\"", 1, 1, 0}, Found{"\"d\"\"\n\"", 2, 3, 8}, Found{"\"x\",y", 3, 5, 16}));
  EXPECT_EQ(rows_of(text, RowFormat::ndjson).size(), 5U);
}

TEST(RowSource, GivesUpOneLineForAQuoteThatIsNeverClosed) {
  EXPECT_THAT(rows_of("a,\"b\nc,d\ne,f\n", RowFormat::csv),
              ElementsAre(Found{"a,\"b", 1, 1, 0}, Found{"c,d", 2, 2, 5}, Found{"e,f", 3, 3, 9}));
}

TEST(RowSource, GivesUpOneLineForTextBehindAClosingQuote) {
  EXPECT_THAT(rows_of("a,\"b\nc\"d,e\nf,g\n", RowFormat::csv),
              ElementsAre(Found{"a,\"b", 1, 1, 0}, Found{"c\"d,e", 2, 2, 5}, Found{"f,g", 3, 3, 11}));
}

TEST(RowSource, AQuoteInsideAnUnquotedCellHoldsNothingTogether) {
  EXPECT_THAT(rows_of("a\"b\nc\"d\n", RowFormat::csv), ElementsAre(Found{"a\"b", 1, 1, 0}, Found{"c\"d", 2, 2, 4}));
}

TEST(RowSource, PassesLongLinesOverAndGoesOnBehindThem) {
  const std::string longer(200, 'x');
  EXPECT_THAT(rows_of("1\n" + longer + "\n2\n" + longer, RowFormat::ndjson),
              ElementsAre(Found{"1", 1, 1, 0}, Found{"<too long>", 2, 2, 2}, Found{"2", 3, 3, 203},
                          Found{"<too long>", 4, 4, 205}));
}

TEST(RowSource, GivesUpTheFirstLineOfARecordThatIsTooLong) {
  const std::string cell = "\"" + std::string(40, 'x') + "\n" + std::string(40, 'y') + "\"";
  EXPECT_THAT(rows_of(cell + "\n1\n", RowFormat::csv),
              ElementsAre(Found{"\"" + std::string(40, 'x'), 1, 1, 0}, Found{std::string(40, 'y') + "\"", 2, 2, 42},
                          Found{"1", 3, 3, 84}));
}

TEST(RowSource, RowsDoNotDependOnHowTheBytesCome) {
  const std::string texts[] = {"a,\"b\nc\"\n\"d\"\"\n\"\r\n\"x\",y\nlast,\"one\"", "a,\"b\nc,d\n\"e\"f\n\"\"\n\"",
                               std::string(500, 'x') + "\n\n,\n\"" + std::string(100, '\n') + "\",\r\n"};
  for (const std::string& text : texts)
    for (const RowFormat format : {RowFormat::csv, RowFormat::ndjson})
      for (std::size_t piece = 1; piece < 12; ++piece)
        EXPECT_EQ(rows_of(text, format, piece), rows_of(text, format)) << text << " in pieces of " << piece;
}

TEST(RowSource, GoesOnWhereABlockEnded) {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += "row " + std::to_string(i) + "\n";
  RowSource source(in_pieces(text, 5000), RowFormat::ndjson, kMax);
  Block first;
  ASSERT_TRUE(source.next(first));
  ASSERT_LT(first.next.byte, text.size());
  RowSource rest(in_pieces(text.substr(first.next.byte), 5000), RowFormat::ndjson, kMax, first.next);
  const std::vector<Found> at_once = rows_of(text, RowFormat::ndjson);
  const std::vector<Found> later = all_rows(rest);
  EXPECT_EQ(first.rows.size() + later.size(), 60000U);
  EXPECT_TRUE(std::equal(later.rbegin(), later.rend(), at_once.rbegin()));
}

TEST(RowSource, GivesNoMoreRowsAtOnceThanAreWanted) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "row " + std::to_string(i) + "\n\n";
  RowSource source(in_pieces(text, 5000), RowFormat::ndjson, kMax);
  std::vector<Found> found;
  for (Block block; source.next(block, 7);) {
    EXPECT_LE(block.rows.size(), 7U);
    for (const RawRow& row : block.rows)
      found.push_back({std::string(block.text_of(row)), row.place.number, row.place.line, row.place.byte});
  }
  EXPECT_EQ(found, rows_of(text, RowFormat::ndjson));
}

TEST(RowSource, ReadsTheHeaderBeforeTheRows) {
  RowSource source(in_pieces("\xEF\xBB\xBF"
                             "a,\"b\nc\"\r\n1,2\n",
                             3),
                   RowFormat::csv, kMax);
  std::string header;
  ASSERT_TRUE(source.read_header(header));
  EXPECT_EQ(header, "a,\"b\nc\"");
  EXPECT_THAT(all_rows(source), ElementsAre(Found{"1,2", 1, 3, 12}));

  RowSource empty(in_pieces("", 3), RowFormat::csv, kMax);
  EXPECT_FALSE(empty.read_header(header));
  RowSource longer(in_pieces(std::string(100, 'x') + "\n", 3), RowFormat::csv, kMax);
  EXPECT_FALSE(longer.read_header(header));
}

}  // namespace row_source_test
}  // namespace placement::rows
