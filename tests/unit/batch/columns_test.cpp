// Columns of every type against the same answers as assessments: validity at any bit, any offset and address, faults of
// every kind that leave the other rows alone.
#include <cmath>
#include <cstring>
#include <limits>

#include "placement/batch.hpp"
#include "unit/batch/packs.hpp"

namespace placement {
namespace columns_test {

// One column and the memory it lies in.
struct Stored {
  Column column;
  std::vector<std::uint8_t> values, validity;
  std::vector<std::int32_t> ends;

  Column get() {
    column.values = values.data();
    column.text_offsets = ends.empty() ? nullptr : ends.data();
    column.validity = validity.empty() ? nullptr : validity.data();
    return column;
  }
};

template <class T>
void append(std::vector<std::uint8_t>& bytes, T value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

std::string text_of(const FieldSpec& field, int value) {
  return field.values.empty() ? std::to_string(value) : std::string(field.values[static_cast<std::size_t>(value)].name);
}

// The answers of one field as a column; `rubbish` stands where nothing is known, and before the offset.
Stored stored(const std::vector<KnownAnswers>& rows, const FieldSpec& field, ColumnType type, bool has_validity,
              std::size_t offset) {
  Stored s;
  s.column.field = field.field;
  s.column.type = type;
  s.column.offset = offset;
  if (has_validity) s.validity.assign((offset + rows.size() + 7) / 8, 0);
  if (type == ColumnType::text) s.ends.push_back(0);
  for (std::size_t i = 0; i < offset + rows.size(); ++i) {
    const std::uint8_t byte = i < offset ? kUnknown : rows[i - offset].bytes()[static_cast<std::size_t>(field.field)];
    const bool is_known = byte != kUnknown;
    if (is_known && has_validity) s.validity[i / 8] = static_cast<std::uint8_t>(s.validity[i / 8] | 1U << (i % 8));
    const int value = is_known ? byte : 77 + static_cast<int>(i % 150);
    switch (type) {
      case ColumnType::uint8:
        append(s.values, static_cast<std::uint8_t>(value));
        break;
      case ColumnType::int16:
        append(s.values, static_cast<std::int16_t>(value));
        break;
      case ColumnType::int32:
        append(s.values, static_cast<std::int32_t>(is_known ? value : -1000000 * value));
        break;
      case ColumnType::float64:
        append(s.values, is_known ? double(value) : std::numeric_limits<double>::quiet_NaN());
        break;
      case ColumnType::text:
        for (const char c : is_known ? text_of(field, value) : std::string("rubbish"))
          s.values.push_back(static_cast<std::uint8_t>(c));
        s.ends.push_back(static_cast<std::int32_t>(s.values.size()));
        break;
    }
  }
  return s;
}

struct Scored {
  std::vector<RowScore> scores;
  std::vector<std::uint64_t> held;
  std::vector<CellFault> faults;
  std::size_t invalid = 0;
};

Scored score(BatchScorer& scorer, std::vector<Stored>& stored, std::size_t rows) {
  std::vector<Column> columns;
  for (Stored& s : stored) columns.push_back(s.get());
  Scored scored{std::vector<RowScore>(rows), std::vector<std::uint64_t>(rows * scorer.held_words()), {}, 0};
  const Result<std::size_t> invalid = scorer.score_columns(columns, rows, scored.scores, scored.held, scored.faults);
  EXPECT_TRUE(invalid.has_value());
  if (invalid.has_value()) scored.invalid = *invalid;
  return scored;
}

constexpr std::array kTypes{ColumnType::uint8, ColumnType::int16, ColumnType::int32, ColumnType::float64,
                            ColumnType::text};

void expect_same_as_rows(const std::vector<KnownAnswers>& rows, const std::function<ColumnType(std::size_t)>& type_of,
                         bool has_validity, std::size_t offset) {
  BatchScorer scorer(batch_tests::shipped());
  std::vector<RowScore> wanted(rows.size());
  std::vector<std::uint64_t> held(rows.size() * scorer.held_words());
  scorer.score(std::span<const KnownAnswers>(rows), wanted, held);
  std::vector<Stored> columns;
  for (const FieldSpec& f : fields()) columns.push_back(stored(rows, f, type_of(columns.size()), has_validity, offset));
  const Scored scored = score(scorer, columns, rows.size());
  EXPECT_EQ(scored.invalid, 0U);
  EXPECT_TRUE(scored.faults.empty());
  EXPECT_EQ(scored.scores, wanted);
  EXPECT_EQ(scored.held, held);
}

TEST(BatchColumns, OfEveryTypeSayWhatTheirRowsSay) {
  const std::vector<KnownAnswers> rows = batch_tests::anybodies(1100, oracle::test_seed() + 321);
  batch_tests::for_each_target([&] {
    for (const ColumnType type : kTypes) {
      SCOPED_TRACE(static_cast<int>(type));
      expect_same_as_rows(
          rows, [&](std::size_t) { return type; }, false, 0);
    }
    expect_same_as_rows(
        rows, [](std::size_t c) { return kTypes[c % kTypes.size()]; }, false, 7);
  });
}

TEST(BatchColumns, MissWhatTheirValiditySaysIsMissing) {
  // Few rows have something open, since those take their time.
  std::vector<KnownAnswers> rows = batch_tests::anybodies(150, oracle::test_seed() + 322);
  oracle::Dice dice(oracle::test_seed() + 322);
  for (std::size_t i = 5; i < rows.size(); i += 13) rows[i] = batch_tests::anybody(dice, 80);
  for (const std::size_t offset : {0U, 1U, 3U, 7U, 8U, 9U, 15U, 64U, 67U})
    for (const ColumnType type : kTypes) {
      SCOPED_TRACE(std::to_string(offset) + " rows before, type " + std::to_string(static_cast<int>(type)));
      expect_same_as_rows(
          rows, [&](std::size_t) { return type; }, true, offset);
    }
}

TEST(BatchColumns, MissNumbersThatAreNone) {
  std::vector<KnownAnswers> rows = batch_tests::anybodies(40, oracle::test_seed() + 323);
  rows[17].cows_score = rows[39].housing = kUnknown;
  expect_same_as_rows(
      rows, [](std::size_t) { return ColumnType::float64; }, false, 0);
}

TEST(BatchColumns, LieAtAnyAddress) {
  const std::vector<KnownAnswers> rows = batch_tests::anybodies(70, oracle::test_seed() + 324);
  BatchScorer scorer(batch_tests::shipped());
  std::vector<Stored> whole, moved;
  for (const FieldSpec& f : fields()) {
    whole.push_back(stored(rows, f, kTypes[whole.size() % 4], false, 0));
    moved.push_back(whole.back());
    moved.back().values.insert(moved.back().values.begin(), 0);
  }
  std::vector<Column> columns;
  for (Stored& s : moved) {
    columns.push_back(s.get());
    columns.back().values = s.values.data() + 1;
  }
  std::vector<RowScore> scores(rows.size());
  std::vector<CellFault> faults;
  ASSERT_TRUE(scorer.score_columns(columns, rows.size(), scores, {}, faults).has_value());
  EXPECT_EQ(scores, score(scorer, whole, rows.size()).scores);
}

// One count (top-coded or not), one flag, one scale; a pack that reads the first two and not the third.
class BatchColumnFaults : public testing::Test {
 protected:
  Engine engine_ = small_packs::engine(
      R"({"rules":[{"id":"a","kind":"require","level":"hospital","when":"cows_score >= 13"},
                   {"id":"b","kind":"require","level":"intensive","when":"injects or hours_since_last_opioid >= 200"}]})");
  BatchScorer scorer_{engine_};

  template <class T>
  static Stored numbers(Field field, ColumnType type, const std::vector<T>& values) {
    Stored s;
    s.column.field = field;
    s.column.type = type;
    for (const T value : values) append(s.values, value);
    return s;
  }
  static Stored texts(Field field, const std::vector<std::string>& values) {
    Stored s;
    s.column.field = field;
    s.column.type = ColumnType::text;
    s.ends.push_back(0);
    for (const std::string& value : values) {
      s.values.insert(s.values.end(), value.begin(), value.end());
      s.ends.push_back(static_cast<std::int32_t>(s.values.size()));
    }
    s.values.push_back(0);  // never empty
    return s;
  }
  // "row column kind" of each fault, and after "|" the levels of the rows, "-" for invalid ones.
  std::string said(std::vector<Stored> columns, std::size_t rows) {
    const Scored scored = score(scorer_, columns, rows);
    std::string text;
    for (const CellFault& f : scored.faults)
      text += std::to_string(f.row) + ' ' + std::to_string(f.column) + ' ' + std::string(to_string(f.kind)) + "; ";
    text += "|";
    std::size_t invalid = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      invalid += scored.scores[r].valid ? 0U : 1U;
      text += scored.scores[r].valid
                  ? " " + std::to_string(*scored.scores[r].lowest()) + "-" + std::to_string(*scored.scores[r].highest())
                  : std::string(" -");
      if (!scored.scores[r].valid) {
        EXPECT_EQ(scored.held[r], 0U);
        EXPECT_EQ(scored.scores[r].indicated(), std::nullopt);
      }
    }
    EXPECT_EQ(scored.invalid, invalid);
    return text;
  }
};

TEST_F(BatchColumnFaults, OfNumbersAreNamedAndLeaveTheOtherRowsAlone) {
  const Stored injects = numbers<std::uint8_t>(Field::injects, ColumnType::uint8, {0, 0, 2, 255, 1, 0});
  const Stored hours = numbers<std::uint8_t>(Field::hours_since_last_opioid, ColumnType::uint8, {0, 255, 0, 0, 0, 251});
  EXPECT_EQ(
      said({injects, hours, numbers<std::int16_t>(Field::cows_score, ColumnType::int16, {13, 0, 0, -1, 49, 48})}, 6),
      "2 0 above range; 3 0 above range; 3 2 below range; 4 2 above range; | 3-3 1-1 - - - 3-3");
  EXPECT_EQ(said({injects, hours,
                  numbers<std::int32_t>(Field::cows_score, ColumnType::int32, {12, 48, 1, 1 << 30, 0, -(1 << 30)})},
                 6),
            "2 0 above range; 3 0 above range; 3 2 above range; 5 2 below range; | 0-0 3-3 - - 1-1 -");
}

TEST_F(BatchColumnFaults, OfFractionalNumbersToo) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(said({numbers<double>(Field::cows_score, ColumnType::float64, {13, 12.5, -0.0, -0.5, infinity, 1e300, nan}),
                  numbers<double>(Field::injects, ColumnType::float64, {0, 0, 0, 0, 0, 0, 0}),
                  numbers<double>(Field::hours_since_last_opioid, ColumnType::float64, {1e6, 0, 1e12, 0, 0, 0, 0})},
                 7),
            "1 0 not a whole number; 3 0 below range; 4 0 above range; 5 0 above range; | 3-3 - 1-1 - - - 0-3");
  EXPECT_EQ(
      said({numbers<double>(Field::hours_since_last_opioid, ColumnType::float64, {250.5, infinity, -infinity, 1e6}),
            numbers<double>(Field::cows_score, ColumnType::float64, {0, 0, 0, 0}),
            numbers<double>(Field::injects, ColumnType::float64, {0, 0, 0, 0})},
           4),
      "0 0 not a whole number; 1 0 above range; 2 0 below range; | - - - 1-1");
}

TEST_F(BatchColumnFaults, OfTextToo) {
  EXPECT_EQ(
      said({texts(Field::cows_score, {"13", "007", "-1", "49", "4.0", "", "None", " 3", "99999999999999999999999"}),
            texts(Field::injects, {"no", "true", "yes", "false", "No", "no", "", "no", "1"}),
            texts(Field::hours_since_last_opioid, {"0", "999", "0", "0", "0", "0", "0", "-", "0"})},
           9),
      "2 0 below range; 3 0 above range; 4 0 not a number; 4 1 not an allowed name; 5 0 not a number; "
      "6 0 not a number; 6 1 not an allowed name; 7 0 not a number; 7 2 not a number; 8 0 above range; "
      "8 1 not an allowed name; | 3-3 1-1 - - - - - - -");
}

TEST_F(BatchColumnFaults, AreSeenInColumnsThatThePackDoesNotRead) {
  std::vector<std::uint8_t> cows(1500, 3), housing(1500, 2), injects(1500, 0);
  housing[4] = housing[1300] = 5;
  injects[1300] = 9;
  const std::string text =
      said({numbers(Field::housing, ColumnType::uint8, housing), numbers(Field::injects, ColumnType::uint8, injects),
            numbers(Field::cows_score, ColumnType::uint8, cows)},
           1500);
  EXPECT_EQ(text.substr(0, text.find('|')), "4 0 above range; 1300 0 above range; 1300 1 above range; ");
}

TEST_F(BatchColumnFaults, FieldsWithoutAColumnAreNotKnown) {
  EXPECT_EQ(said({numbers<std::uint8_t>(Field::cows_score, ColumnType::uint8, {13, 0})}, 2), "| 3-3 0-1");
  EXPECT_EQ(said({}, 2), "| 0-3 0-3");
}

TEST_F(BatchColumnFaults, ColumnsThatCannotBeReadAreRefused) {
  const std::array<std::uint8_t, 2> values{};
  Column first, text, again, none;
  first.field = again.field = Field::injects;
  first.values = again.values = text.values = values.data();
  text.field = Field::housing;
  text.type = ColumnType::text;
  none.field = Field::pregnant;
  std::vector<RowScore> scores(2);
  std::vector<CellFault> faults;
  const Result<std::size_t> result =
      scorer_.score_columns(std::vector{first, text, again, none}, 2, scores, {}, faults);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::bad_request);
  EXPECT_EQ(small_packs::faults_of(result.error()),
            (std::vector<std::string>{"/columns/1: text without offsets", "/columns/2: a second column of one field",
                                      "/columns/3: no values"}));
  EXPECT_EQ(scores, std::vector<RowScore>(2));
}

}  // namespace columns_test
}  // namespace placement
