// Columns of every type of Arrow against the same answers as assessments; slices, nulls, what is wrong with a value and
// with an array.
#include "batch/arrow_score.hpp"

#include <cmath>
#include <limits>

#include "support/arrow_arrays.hpp"
#include "unit/batch/packs.hpp"

namespace placement {
namespace arrow_score_test {

using arrow_tests::Built;
using arrow_tests::Bytes;
using arrow_tests::Numbers;
using arrow_tests::Row;
using arrow_tests::Texts;

std::string name_of(const FieldSpec& field, int value) {
  return field.values.empty() ? std::to_string(value) : std::string(field.values[static_cast<std::size_t>(value)].name);
}

// The answers of one field as a column of the type: a format, "b" (where it can be), or "index:format".
Built column(const std::vector<KnownAnswers>& rows, const FieldSpec& field, std::string type) {
  if (type == "b" && field.kind != FieldKind::flag) type = "C";
  if (type[0] == 'c' && field.high > 100) type[0] = 's';
  const std::string name(field.name);
  Numbers values;
  Texts words;
  for (const KnownAnswers& row : rows) {
    const std::uint8_t byte = row.bytes()[static_cast<std::size_t>(field.field)];
    values.push_back(byte == kUnknown ? std::nullopt : std::optional<double>(byte));
    words.push_back(byte == kUnknown ? std::nullopt : std::optional(name_of(field, byte)));
  }
  const std::size_t colon = type.find(':');
  if (colon != std::string::npos)
    return arrow_tests::dictionary(name, type.substr(0, colon), type.substr(colon + 1), words);
  const bool is_text = type == "u" || type == "U" || type == "vu";
  return is_text ? arrow_tests::texts(name, type, words) : arrow_tests::numbers(name, type, values);
}

template <class List>
std::string ids_of(const List& list, std::span<const std::uint64_t> bits) {
  std::string ids = "[";
  for (std::size_t i = 0; i < list.size(); ++i)
    if ((bits[i / 64] >> (i % 64) & 1U) != 0) ids += (ids.size() > 1 ? " " : "") + list[i].id;
  return ids + "]";
}

std::string level_id(const PackContent& content, std::optional<std::size_t> level) {
  return level ? content.levels[*level].id : "-";
}

// What must come out of a row, by the batch scorer, which other tests compare with the engine's recommendation.
std::vector<Row> wanted(const Engine& engine, const std::vector<KnownAnswers>& rows) {
  const PackContent& content = engine.pack().content();
  BatchScorer scorer(engine);
  std::vector<RowScore> scores(rows.size());
  std::vector<std::uint64_t> held(rows.size() * scorer.held_words());
  scorer.score(std::span<const KnownAnswers>(rows), scores, held);
  std::vector<Row> said;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RowScore& s = scores[i];
    said.push_back(
        {{"status", std::string(to_string(s.status))},
         {"settled", s.settled ? "true" : "false"},
         {"indicated", level_id(content, s.indicated())},
         {"possible", ids_of(content.levels, std::span(&s.possible, 1))},
         {"lowest", level_id(content, s.lowest())},
         {"highest", level_id(content, s.highest())},
         {"held_rules", ids_of(content.rules, std::span(held).subspan(i * scorer.held_words(), scorer.held_words()))},
         {"pack_version", content.version},
         {"fault", "-"}});
  }
  return said;
}

// Scores one batch and checks that all was released.
std::vector<Row> score(const Engine& engine, const Built& built, const ScoringOptions& options = {}) {
  ArrowSchema schema = arrow_tests::schema_of(built);
  ArrowArray array = arrow_tests::array_of(built);
  Result<ScoredBatch> scored = score_arrow_batch(engine, schema, array, options);
  EXPECT_TRUE(scored.has_value()) << (scored.has_value() ? "" : to_string(scored.error().faults[0]));
  schema.release(&schema);
  std::vector<Row> rows;
  if (scored.has_value()) {
    EXPECT_EQ(array.release, nullptr);
    EXPECT_EQ(arrow_tests::living(), 0);
    rows = arrow_tests::rows_of(scored->schema, scored->array);
    scored->schema.release(&scored->schema);
    scored->array.release(&scored->array);
  } else {
    array.release(&array);
  }
  return rows;
}

// The faults, "place: message", joined; nothing was consumed or is left over.
std::string refused(const Engine& engine, const Built& built, const ScoringOptions& options = {}) {
  ArrowSchema schema = arrow_tests::schema_of(built);
  ArrowArray array = arrow_tests::array_of(built);
  Result<ScoredBatch> scored = score_arrow_batch(engine, schema, array, options);
  std::string said;
  if (scored.has_value()) {
    scored->schema.release(&scored->schema);
    scored->array.release(&scored->array);
    schema.release(&schema);
    return "it was scored";
  }
  EXPECT_EQ(scored.error().code, ErrorCode::bad_request);
  for (const Fault& fault : scored.error().faults)
    said += (said.empty() ? "" : "; ") + (fault.where.empty() ? "" : fault.where + ": ") + fault.message;
  EXPECT_NE(array.release, nullptr);
  array.release(&array);
  schema.release(&schema);
  EXPECT_EQ(arrow_tests::living(), 0);
  return said;
}

const char* const kTypes[] = {"C", "c", "s",  "S",   "i",   "I",    "l",   "L",   "f",   "g",    "b",
                              "u", "U", "vu", "c:u", "C:U", "s:vu", "S:u", "i:u", "I:U", "l:vu", "L:u"};

TEST(ArrowScore, EveryTypeSaysWhatItsRowsSay) {
  std::vector<KnownAnswers> rows = batch_tests::anybodies(300, oracle::test_seed() + 401);
  const std::vector<KnownAnswers> open = batch_tests::anybodies(60, oracle::test_seed() + 402, 70);
  rows.insert(rows.end(), open.begin(), open.end());
  const std::vector<Row> all = wanted(batch_tests::shipped(), rows);
  for (const std::string type : kTypes) {
    SCOPED_TRACE(type);
    std::vector<Built> columns;
    for (const FieldSpec& field : fields()) columns.push_back(column(rows, field, type));
    const auto count = static_cast<std::int64_t>(rows.size());
    EXPECT_EQ(score(batch_tests::shipped(), arrow_tests::batch(columns, count)), all);
  }
}

// Rows before the batch's offset, and rows before each column's own.
TEST(ArrowScore, OffsetsOfBatchAndColumnsAddUp) {
  const std::vector<KnownAnswers> rows = batch_tests::anybodies(5000, oracle::test_seed() + 403, 97);
  for (const std::int64_t from : {0, 1, 7, 8, 4090}) {
    SCOPED_TRACE(from);
    const std::int64_t count = 5000 - from - 8;
    std::vector<Built> columns;
    for (const FieldSpec& field : fields()) {
      const auto own = static_cast<std::int64_t>(columns.size()) % (std::min<std::int64_t>(from, 8) + 1);
      columns.push_back(column(rows, field, kTypes[columns.size() % std::size(kTypes)]));
      columns.back().offset = own;
      columns.back().length -= own;
    }
    std::vector<KnownAnswers> seen(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < seen.size(); ++i)
      for (std::size_t f = 0; f < kFieldCount; ++f)
        seen[i].bytes()[f] = rows[i + static_cast<std::size_t>(from + columns[f].offset)].bytes()[f];
    const Built slice = arrow_tests::sliced(arrow_tests::batch(columns, count), from, count);
    EXPECT_EQ(score(batch_tests::shipped(), slice), wanted(batch_tests::shipped(), seen));
  }
}

TEST(ArrowScore, CompleteRowsGetTheEnginesScore) {
  const Engine& engine = batch_tests::shipped();
  const PackContent& content = engine.pack().content();
  const std::vector<KnownAnswers> rows = batch_tests::anybodies(500, oracle::test_seed() + 404);
  std::vector<Built> columns;
  for (const FieldSpec& field : fields()) columns.push_back(column(rows, field, "l"));
  const std::vector<Row> said = score(engine, arrow_tests::batch(columns, 500));
  ASSERT_EQ(said.size(), rows.size());
  std::vector<std::uint64_t> held(engine.held_words());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Score s = engine.score(rows[i], held);
    EXPECT_EQ(said[i].at("held_rules"), ids_of(content.rules, held));
    const bool is_decided = s.consistent && s.in_scope && !s.stop;
    EXPECT_EQ(said[i].at("indicated"), is_decided ? content.levels[s.level].id : "-");
  }
}

TEST(ArrowScore, DearColumnsAreThoseOfTheRecommendation) {
  const Engine& engine = batch_tests::shipped();
  const std::vector<KnownAnswers> rows = batch_tests::anybodies(12, oracle::test_seed() + 405, 80);
  std::vector<Built> columns;
  for (const FieldSpec& field : fields()) columns.push_back(column(rows, field, "vu"));
  const std::vector<Row> said = score(engine, arrow_tests::batch(columns, 12), {kAllScoringColumns, false});
  ASSERT_EQ(said.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Recommendation whole = engine.recommend(Assessment(rows[i])).value();
    std::string rules, missing;
    for (const std::size_t rule : whole.determining_rules()) rules += " " + engine.pack().content().rules[rule].id;
    for (const Field field : whole.missing) missing += " " + std::string(spec(field).name);
    EXPECT_EQ(said[i].at("determining_rules"), "[" + (rules.empty() ? "" : rules.substr(1)) + "]");
    EXPECT_EQ(said[i].at("missing"), "[" + (missing.empty() ? "" : missing.substr(1)) + "]");
    EXPECT_EQ(said[i].at("status"), to_string(whole.status));
  }
}

TEST(ArrowScore, NullsNaNAndColumnsOfNothingAreMissing) {
  const Engine& engine = batch_tests::shipped();
  const Built nothing{"n", "housing", 3, 3, 0, {}, {}, {}};
  const Built built =
      arrow_tests::batch({arrow_tests::numbers("cows_score", "g", {14, std::nan(""), std::nullopt}), nothing,
                          arrow_tests::dictionary("oud_diagnosis", "c", "u", {"severe", {}, {}})},
                         3);
  KnownAnswers first;
  first.cows_score = 14;
  first.oud_diagnosis = 3;
  EXPECT_EQ(score(engine, built), wanted(engine, {first, {}, {}}));
}

TEST(ArrowScore, BadCellsMakeTheirRowsInvalidAndNoOthers) {
  const double most = std::numeric_limits<double>::infinity();
  const Built built = arrow_tests::batch(
      {arrow_tests::numbers("cows_score", "l", {14, -3e9, 5e9, 49, 3, 3, 3}),
       arrow_tests::texts("oud_diagnosis", "u", {"severe", "KANARIE", "\xff\xfe", "mild", "", "None", "severe"}),
       arrow_tests::dictionary("housing", "C", "vu", {"stable", "stable", "a castle in the air", {}, {}, {}, {}}),
       arrow_tests::numbers("craving", "f", {1, 1, 1, 1.5, most, -1, 1}),
       arrow_tests::texts("id", "u", {"a", "b", "c", "d", "\xc0\x80", {}, "\xf0\x9f\x90\xa6"})},
      7);
  const std::vector<Row> said = score(batch_tests::shipped(), built);
  ASSERT_EQ(said.size(), 7U);
  const char* const faults[] = {
      "-",
      "cows_score: below range; oud_diagnosis: not an allowed name",
      "cows_score: above range; oud_diagnosis: not an allowed name; housing: not an allowed name",
      "cows_score: above range; craving: not a whole number",
      "id: the text is not UTF-8; oud_diagnosis: not an allowed name; craving: above range",
      "oud_diagnosis: not an allowed name; craving: below range",
      "-",
  };
  const char* const ids[] = {"a", "b", "c", "d", "-", "-", "\xf0\x9f\x90\xa6"};
  for (std::size_t i = 0; i < 7; ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(said[i].at("fault"), faults[i]);
    EXPECT_EQ(said[i].at("id"), ids[i]);
    EXPECT_EQ(said[i].at("status") == "invalid", said[i].at("fault") != "-");
    EXPECT_EQ(said[i].at("possible") == "-", said[i].at("fault") != "-");
    EXPECT_EQ(said[i].at("settled") == "-", said[i].at("fault") != "-");
  }
}

TEST(ArrowScore, NullRowsAreInvalid) {
  Built built = arrow_tests::batch({arrow_tests::numbers("cows_score", "C", {14, 14, 99})}, 3);
  built.buffers[0] = arrow_tests::validity_of({true, false, false});
  built.null_count = 2;
  const std::vector<Row> said = score(batch_tests::shipped(), built);
  EXPECT_EQ(said[0].at("fault"), "-");
  EXPECT_EQ(said[1].at("fault"), "the row is null");
  EXPECT_EQ(said[2].at("fault"), "the row is null; cows_score: above range");
}

TEST(ArrowScore, IdsComeOutAsTheyWere) {
  const auto ids_said = [](const Built& ids) {
    std::string all;
    for (const Row& row : score(batch_tests::shipped(), arrow_tests::sliced(arrow_tests::batch({ids}, 4), 1, 3)))
      all += row.at("id") + " ";
    return all;
  };
  for (const std::string format : {"c", "C", "s", "S", "i", "I", "l", "L"})
    EXPECT_EQ(ids_said(arrow_tests::numbers("id", format, {1, 120, {}, 7})), "120 - 7 ") << format;
  EXPECT_EQ(ids_said(arrow_tests::numbers("id", "l", {1, -9007199254740992.0, {}, 7})), "-9007199254740992 - 7 ");
  for (const std::string format : {"u", "U", "vu"}) {
    const Texts texts{"", "a long one, beyond twelve bytes", {}, "b"};
    EXPECT_EQ(ids_said(arrow_tests::texts("id", format, texts)), "a long one, beyond twelve bytes - b ") << format;
    EXPECT_EQ(ids_said(arrow_tests::dictionary("id", "i", format, texts)), "a long one, beyond twelve bytes - b ");
  }
  EXPECT_EQ(ids_said({"n", "id", 4, 4, 0, {}, {}, {}}), "- - - ");
}

TEST(ArrowScore, EmptyBatchesNeedNoBuffers) {
  Built built =
      arrow_tests::batch({{"u", "housing", 0, 0, 0, {{}, {}, {}}, {}, {}}, {"C", "id", 0, 0, 0, {{}, {}}, {}, {}}}, 0);
  EXPECT_TRUE(score(batch_tests::shipped(), built).empty());
  built.children[0].buffers.clear();
  EXPECT_TRUE(score(batch_tests::shipped(), built).empty());
  EXPECT_TRUE(score(batch_tests::shipped(), arrow_tests::batch({}, 0)).empty());
  EXPECT_EQ(score(batch_tests::shipped(), arrow_tests::batch({}, 2)), wanted(batch_tests::shipped(), {{}, {}}));
  // Offsets and no buffer of bytes, where all texts are missing.
  Built missing = arrow_tests::texts("housing", "u", {{}, {}});
  missing.buffers[1] = Bytes(12);
  missing.buffers[2] = std::nullopt;
  EXPECT_EQ(score(batch_tests::shipped(), arrow_tests::batch({missing}, 2)), wanted(batch_tests::shipped(), {{}, {}}));
}

TEST(ArrowScore, AllFaultsOfASchemaAreListed) {
  const auto typed = [](const std::string& name, const std::string& format) {
    return Built{format, name, 0, 0, 0, {}, {}, {}};
  };
  Built of_dates = typed("craving", "i"), of_floats = typed("housing", "f"), of_lists = typed("psychosis", "i");
  of_dates.dictionary = {typed("", "tdD")};
  of_floats.dictionary = {typed("", "u")};
  of_lists.dictionary = {of_dates};
  const Built built = arrow_tests::batch(
      {typed("cows_scor", "C"), typed("Jane Doe", "C"), typed("cows_score", "tdD"), typed("age_years", "tss:UTC"),
       typed("oud_diagnosis", "b"), typed("injects", "C"), typed("injects", "C"), of_dates, of_floats, of_lists,
       typed("id", "g"), typed("", "C"), typed("pregnant", "?"), typed("uses_alone", "d:3,0")},
      0);
  EXPECT_EQ(
      refused(batch_tests::shipped(), built),
      "column 1: unknown column `cows_scor`; expected a field or `id`; did you mean `cows_score`?; "
      "column 2: unknown column; expected a field or `id`; "
      "column 3: `cows_score` has a wrong type: expected numbers or texts, found date32; "
      "column 4: `age_years` has a wrong type: expected numbers or texts, found timestamp; "
      "column 5: `oud_diagnosis` has a wrong type: expected numbers or texts, found bool; "
      "column 7: the column `injects` stands twice; "
      "column 8: `craving` has a wrong type: expected numbers or texts, found int32 for a dictionary of date32; "
      "column 9: `housing` has a wrong type: expected numbers or texts, found float32 for a dictionary of utf8; "
      "column 10: `psychosis` has a wrong type: expected numbers or texts, found int32 for a dictionary of int32; "
      "column 11: `id` has a wrong type: expected whole numbers or texts, found float64; "
      "column 12: unknown column; expected a field or `id`; "
      "column 13: `pregnant` has a wrong type: expected bool, numbers or texts, found a type that is not Arrow's; "
      "column 14: `uses_alone` has a wrong type: expected bool, numbers or texts, found decimal");
  EXPECT_EQ(refused(batch_tests::shipped(), typed("", "C")),
            "the schema is none of a batch: expected struct, found uint8");
}

TEST(ArrowScore, UnknownColumnsArePassedOverWhereAskedFor) {
  const Built built = arrow_tests::batch({{"+l", "extra", 0, 0, 0, {}, {}, {}},
                                          arrow_tests::numbers("cows_score", "C", {14}),
                                          arrow_tests::texts("name", "u", {"KANARIE"})},
                                         1);
  KnownAnswers row;
  row.cows_score = 14;
  EXPECT_EQ(score(batch_tests::shipped(), built, {kUsualScoringColumns, true}), wanted(batch_tests::shipped(), {row}));
}

// What is broken, and what is said of it. Nothing is read that is not there: the sanitizers watch.
TEST(ArrowScore, BrokenArraysAreRefused) {
  const Engine& engine = batch_tests::shipped();
  const auto said = [&](const Built& good, const std::function<void(Built&)>& damage) {
    Built built = arrow_tests::batch({good}, 3);
    damage(built);
    const std::string text = refused(engine, built);
    const std::string place = "column 1: `" + good.name + "` is no Arrow array of its type: ";
    return text.rfind(place, 0) == 0 ? text.substr(place.size()) : text;
  };
  const auto column_said = [&](const Built& good, const std::function<void(Built&)>& damage) {
    return said(good, [&](Built& built) { damage(built.children[0]); });
  };
  const Built number = arrow_tests::numbers("cows_score", "i", {1, 2, {}});
  const Built text = arrow_tests::texts("housing", "u", {"stable", "stable", {}});
  const Built large = arrow_tests::texts("id", "U", {"stable", "stable", {}});
  const Built view = arrow_tests::texts("id", "vu", {"stable", "longer than it should be", {}});
  const Built words = arrow_tests::dictionary("housing", "i", "u", {"stable", "unstable", {}});
  const auto set = [](std::optional<Bytes>& buffer, std::size_t at, auto value) {
    std::memcpy(buffer->data() + at, &value, sizeof value);
  };

  EXPECT_EQ(column_said(number, [](Built& b) { b.length = 2; }), "shorter than the batch");
  EXPECT_EQ(column_said(number, [](Built& b) { b.length = -1; }), "length or offset is out of range");
  EXPECT_EQ(column_said(number, [](Built& b) { b.offset = -1; }), "length or offset is out of range");
  EXPECT_EQ(column_said(number, [](Built& b) { b.offset = INT64_MAX; }), "length or offset is out of range");
  EXPECT_EQ(column_said(number, [](Built& b) { b.null_count = -2; }), "the count of nulls is out of range");
  EXPECT_EQ(column_said(number, [](Built& b) { b.null_count = 4; }), "the count of nulls is out of range");
  EXPECT_EQ(column_said(number, [](Built& b) { b.null_count = 1, b.buffers[0].reset(); }),
            "it has nulls and does not say which");
  EXPECT_EQ(column_said(number, [](Built& b) { b.buffers[1].reset(); }), "it has no values");
  EXPECT_EQ(column_said(number, [](Built& b) { b.buffers.emplace_back(); }), "it has not as many buffers as its type");
  EXPECT_EQ(column_said(text, [](Built& b) { b.buffers.pop_back(); }), "it has not as many buffers as its type");
  EXPECT_EQ(column_said(view, [](Built& b) { b.buffers.resize(2); }), "it has not as many buffers as its type");
  EXPECT_EQ(column_said(text, [&](Built& b) { set(b.buffers[1], 0, std::int32_t{-1}); }), "offsets are out of range");
  EXPECT_EQ(column_said(text, [&](Built& b) { set(b.buffers[1], 4, std::int32_t{1 << 30}); }), "offsets fall");
  EXPECT_EQ(column_said(large, [&](Built& b) { set(b.buffers[1], 8, std::int64_t{-5}); }), "offsets fall");
  EXPECT_EQ(column_said(text, [](Built& b) { b.buffers[2].reset(); }), "texts have no bytes");
  EXPECT_EQ(column_said(view, [&](Built& b) { set(b.buffers[1], 0, std::int32_t{-1}); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [&](Built& b) { set(b.buffers[1], 16, std::int32_t{1000}); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [&](Built& b) { set(b.buffers[1], 24, std::int32_t{1}); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [&](Built& b) { set(b.buffers[1], 24, std::int32_t{-1}); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [&](Built& b) { set(b.buffers[1], 28, std::int32_t{-8}); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [](Built& b) { b.buffers[2].reset(); }), "a view is out of range");
  EXPECT_EQ(column_said(view, [](Built& b) { b.buffers.back().reset(); }), "a view is out of range");
  EXPECT_EQ(column_said(words, [&](Built& b) { set(b.buffers[1], 0, std::int32_t{3}); }),
            "an index is out of range of its dictionary");
  EXPECT_EQ(column_said(words, [&](Built& b) { set(b.buffers[1], 0, std::int32_t{-1}); }),
            "an index is out of range of its dictionary");
  EXPECT_EQ(column_said(words, [](Built& b) { b.dictionary[0].buffers[1].reset(); }), "it has no values");
  EXPECT_EQ(column_said(words, [](Built& b) { b.dictionary[0].length = -1; }), "length or offset is out of range");
  EXPECT_EQ(said(number, [](Built& b) { b.length = -1; }), "length or offset of the batch is out of range");
  EXPECT_EQ(said(number, [](Built& b) { b.length = 1, b.offset = INT64_MAX; }), "shorter than the batch");
  EXPECT_EQ(said(number, [](Built& b) { b.length = INT64_MAX, b.offset = INT64_MAX; }),
            "the batch has more than 134217728 rows: expected them in several batches");
  EXPECT_EQ(said(number, [](Built& b) { b.offset = 1; }), "shorter than the batch");
  EXPECT_EQ(said(number, [](Built& b) { b.buffers.clear(); }), "the batch has not the buffer of a struct");
  EXPECT_EQ(said(number, [](Built& b) { b.null_count = 1; }), "the batch has nulls and does not say which");
  EXPECT_EQ(said(number, [](Built& b) { b.null_count = 7; }), "the batch's count of nulls is out of range");
}

TEST(ArrowScore, ArraysThatDoNotFitTheirSchemaAreRefused) {
  const Built built = arrow_tests::batch({arrow_tests::numbers("cows_score", "i", {1, 2})}, 2);
  ArrowSchema schema = arrow_tests::schema_of(built);
  const auto said = [&](const std::function<void(ArrowArray&)>& damage) {
    ArrowArray array = arrow_tests::array_of(built);
    const ArrowArray whole = array;
    const ArrowArray child = *array.children[0];
    damage(array);
    Result<ScoredBatch> scored = score_arrow_batch(batch_tests::shipped(), schema, array);
    array = whole;
    ArrowArray* const children[] = {whole.children[0]};
    *children[0] = child;
    array.release(&array);
    return scored.has_value() ? std::string("it was scored") : scored.error().message;
  };
  EXPECT_EQ(said([](ArrowArray& a) { a.release = nullptr; }), "the batch was released");
  EXPECT_EQ(said([](ArrowArray& a) { a.n_children = 2; }), "the batch has not as many columns as its schema");
  EXPECT_EQ(said([](ArrowArray& a) { a.n_children = -1; }), "the batch has not as many columns as its schema");
  EXPECT_EQ(said([](ArrowArray& a) { a.children = nullptr; }), "the batch has no columns where it says so");
  EXPECT_EQ(said([](ArrowArray& a) { a.children[0]->release = nullptr; }),
            "`cows_score` is no Arrow array of its type: the array was released");
  EXPECT_EQ(said([](ArrowArray& a) { a.children[0]->buffers = nullptr; }),
            "`cows_score` is no Arrow array of its type: it has no buffers");
  EXPECT_EQ(said([](ArrowArray& a) { a.children[0]->n_children = 1; }),
            "`cows_score` is no Arrow array of its type: it has children");
  schema.release(&schema);
  EXPECT_EQ(arrow_tests::living(), 0);
}

}  // namespace arrow_score_test
}  // namespace placement
