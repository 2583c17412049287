#include "rows/plain_csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "oracle/generate.hpp"
#include "placement/generate.hpp"
#include "rows/row_reader.hpp"

namespace placement::rows {
namespace plain_csv_test {

// A record is read twice: as rows are, and by a reader that keeps cells and so never goes the quick way.
class BothWays {
 public:
  explicit BothWays(const std::string& header) {
    kept_.keeps_cells = true;
    for (RowLayout* layout : {&quick_, &kept_}) {
      layout->format = RowFormat::csv;
      layout->max_row_bytes = std::size_t{1} << 20U;
      EXPECT_FALSE(lay_out(header, std::nullopt, *layout).has_value());
    }
    quick_reader_ = RowReader::make(quick_);
    kept_reader_ = RowReader::make(kept_);
  }

  [[nodiscard]] Row read(const std::string& record) { return read(record, *quick_reader_); }
  [[nodiscard]] Row read_slowly(const std::string& record) { return read(record, *kept_reader_); }
  [[nodiscard]] bool is_plain(const std::string& record) const {
    const Block block = block_of(record);
    KnownAnswers answers;
    std::string id;
    return PlainCsv().read(block.text_of(block.rows.front()), quick_.columns, answers, id);
  }

 private:
  static Block block_of(const std::string& record) {
    Block block;
    block.text = record + std::string(Block::kPadding, ',');  // what stands behind a record must not matter
    block.rows.push_back({{1, 1, 0}, 0, record.size(), false});
    return block;
  }
  static Row read(const std::string& record, RowReader& reader) {
    const Block block = block_of(record);
    Row row;
    reader.read(block, block.rows.front(), row);
    return row;
  }

  RowLayout quick_, kept_;
  std::unique_ptr<RowReader> quick_reader_, kept_reader_;
};

std::string header() {
  std::string all = "id";
  for (const FieldSpec& field : fields()) all += ',' + std::string(field.name);
  return all;
}

// People as `header` has them, with empty cells for what is unknown.
std::vector<std::string> made_up_records() {
  const Engine engine = *Engine::make(default_pack());
  std::vector<std::string> records;
  for (const int percent : {0, 30, 100}) {
    Generator people(engine, {static_cast<std::uint64_t>(percent) + 5, {}, percent});
    for (int i = 0; i < 100; ++i) {
      std::string record = "p " + std::to_string(i);
      const KnownAnswers person = *people.next();
      for (const FieldSpec& field : fields()) {
        const std::uint8_t value = person.bytes()[static_cast<std::size_t>(field.field)];
        record += ',';
        if (value == kUnknown) continue;
        record += field.kind == FieldKind::count ? std::to_string(value) : std::string(field.values[value].name);
      }
      records.push_back(record);
    }
  }
  return records;
}

void expect_same(BothWays& both, const std::string& record) {
  const Row quick = both.read(record), slow = both.read_slowly(record);
  const auto reasons = [](const Row& row) {
    std::vector<std::string> all;
    for (const RowFault& f : row.faults) all.push_back(f.field + '|' + std::to_string(f.column) + '|' + f.reason);
    return all;
  };
  ASSERT_EQ(reasons(quick), reasons(slow)) << record;
  ASSERT_EQ(quick.id, slow.id) << record;
  if (slow.faults.empty()) {
    ASSERT_EQ(quick.assessment, slow.assessment) << record;
  }
}

TEST(PlainCsv, ReadsWhatEveryCellMayHold) {
  BothWays both("id,pregnant,cows_score,oud_diagnosis");
  for (const char* record : {"p1,true,14,severe", "p1,yes,0,none", "p1,no,48,mild", "p1,false,9,moderate", ",,,",
                             "J\xC3\xB6rg,,7,", "a b\tc,no,,"}) {
    EXPECT_TRUE(both.is_plain(record)) << record;
    expect_same(both, record);
  }
  EXPECT_EQ(both.read("p1,yes,14,severe").assessment.known().cows_score, 14);
  for (const std::string& record : made_up_records()) {
    BothWays all(header());
    EXPECT_TRUE(all.is_plain(record)) << record;
    expect_same(all, record);
  }
}

TEST(PlainCsv, LeavesTheRestToTheReaderThatSaysWhatIsWrong) {
  BothWays both("id,pregnant,cows_score,oud_diagnosis");
  for (const char* record :
       {"p1,true,14", "p1,true,14,severe,", "p1,1,14,severe", "p1,true,014,severe", "p1,true,300,severe",
        "p1,true,1e1,severe", "p1,true,14,sever", "p1,true,14,severely", "p1,nothing,14,severe", "p1,TRUE,14,severe",
        "p1,true, 14,severe", "\"p1\",true,14,severe", "p\"1,true,14,severe", "p1,\"true\",14,severe",
        "p1,true,\"{\"\"from\"\": 8}\",severe", "\xFF,true,14,severe", "p1,tr\xFF,14,severe", "p1", ""}) {
    EXPECT_FALSE(both.is_plain(record)) << record;
    expect_same(both, record);
  }
}

TEST(PlainCsv, NeverTakesWhatTheOtherReaderRefuses) {
  const std::uint64_t seed = oracle::test_seed() + 331;
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  const std::vector<std::string> records = made_up_records();
  constexpr std::string_view kBytes = ",,,\"\n\r\t 0123456789-+.eEtruefalsyno_{}\x01\x7f\xc3\xa9\xff";
  BothWays both(header());
  int plain = 0;
  for (int i = 0; i < oracle::drawn(20000); ++i) {
    std::string record = records[below(records.size())];
    for (std::size_t change = below(3) + 1; change > 0; --change) {
      const std::size_t at = below(record.size());
      switch (below(4)) {
        case 0:
          record[at] = kBytes[below(kBytes.size())];
          break;
        case 1:
          record.insert(at, 1, kBytes[below(kBytes.size())]);
          break;
        case 2:
          record.erase(at, std::min(1 + below(4), record.size() - 1));
          break;
        default:
          std::swap(record[at], record[below(record.size())]);
      }
    }
    expect_same(both, record);
    if (testing::Test::HasFatalFailure()) return;
    plain += both.is_plain(record) ? 1 : 0;
  }
  EXPECT_GT(plain, oracle::drawn(20000) / 50);
}

}  // namespace plain_csv_test
}  // namespace placement::rows
