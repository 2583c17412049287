// The kernel against Engine::score, row by row, with every set of instructions of this machine: packs of few and many
// boxes, fields of few and many codes, blocks of all lengths.
#include "batch/kernel.hpp"

#include "unit/batch/packs.hpp"

namespace placement {
namespace kernel_test {

using batch::Plan;
using batch_tests::for_each_target;

// All that the kernel says of some rows, one block.
struct Said {
  std::vector<std::uint8_t> levels, flags;
  std::vector<std::uint64_t> held;
  bool some_open = false;
};

Said ask(const Engine& engine, const Plan& plan, const std::vector<std::vector<std::uint8_t>>& columns,
         std::size_t rows) {
  batch::Block block(plan);
  std::vector<const std::uint8_t*> inputs;
  for (const auto& column : columns) inputs.push_back(column.data());
  Said said;
  said.some_open = batch::find_levels(plan, inputs.data(), rows, block);
  said.levels.assign(block.levels.data(), block.levels.data() + rows);
  said.flags.assign(block.flags.data(), block.flags.data() + rows);
  said.held.assign(rows * engine.held_words(), ~std::uint64_t{0});
  batch::find_held(plan, rows, block, engine.held_words(), said.held.data());
  return said;
}

// Columns of exactly as many bytes as there are rows: to read beyond them is a fault that sanitizers see.
std::vector<std::vector<std::uint8_t>> columns_of(const Engine& engine, const Plan& plan, Plan::Alphabet alphabet,
                                                  const std::vector<KnownAnswers>& rows) {
  std::vector<std::vector<std::uint8_t>> columns(plan.inputs.size(), std::vector<std::uint8_t>(rows.size()));
  std::vector<std::uint8_t> codes(engine.code_count());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    engine.encode(rows[r], codes);
    for (std::size_t i = 0; i < plan.inputs.size(); ++i)
      columns[i][r] =
          alphabet == Plan::Alphabet::codes ? codes[i] : rows[r].bytes()[static_cast<std::size_t>(plan.inputs[i])];
  }
  return columns;
}

void expect_same(const Engine& engine, Plan::Alphabet alphabet, const std::vector<KnownAnswers>& rows) {
  const Plan plan = batch::plan_for(engine.compiled(), alphabet);
  const auto columns = columns_of(engine, plan, alphabet, rows);
  const std::size_t words = engine.held_words();
  std::vector<Score> wanted;
  std::vector<std::uint64_t> wanted_held(rows.size() * words);
  for (std::size_t r = 0; r < rows.size(); ++r)
    wanted.push_back(engine.score(rows[r], std::span(wanted_held).subspan(r * words, words)));
  for_each_target([&] {
    const Said said = ask(engine, plan, columns, rows.size());
    EXPECT_FALSE(said.some_open);
    EXPECT_EQ(said.held, wanted_held);
    for (std::size_t r = 0; r < rows.size() && !testing::Test::HasFailure(); ++r) {
      EXPECT_EQ((said.flags[r] & batch::kForbidden) == 0, wanted[r].consistent) << "row " << r;
      EXPECT_EQ((said.flags[r] & batch::kOutOfScope) == 0, wanted[r].in_scope) << "row " << r;
      EXPECT_EQ((said.flags[r] & batch::kStop) != 0, wanted[r].stop) << "row " << r;
      EXPECT_EQ(said.flags[r] & batch::kOpen, 0) << "row " << r;
      EXPECT_EQ(said.levels[r], wanted[r].level) << "row " << r;
    }
  });
}

void expect_same(const Engine& engine, std::uint64_t seed) {
  for (const Plan::Alphabet alphabet : {Plan::Alphabet::values, Plan::Alphabet::codes}) {
    SCOPED_TRACE(alphabet == Plan::Alphabet::values ? "values" : "codes");
    expect_same(engine, alphabet, batch_tests::anybodies(batch::kBlockRows, seed));
  }
}

TEST(Kernel, SaysOfTheShippedPackWhatTheEngineSays) {
  ASSERT_GT(batch_tests::shipped().box_count(), 256U);
  expect_same(batch_tests::shipped(), oracle::test_seed() + 301);
}

TEST(Kernel, SaysTheSameOfPacksOfManyBoxes) {
  for (const int rules : {1, 8, 9, 40, 63, 64, 65, 100, 200, 400}) {
    SCOPED_TRACE(std::to_string(rules) + " rules");
    const Engine engine =
        batch_tests::many_rules(rules, Field::phq9_score, oracle::test_seed() + static_cast<std::uint64_t>(rules));
    if (rules >= 65) {
      EXPECT_GT(engine.box_count(), 64U);
    }
    if (rules >= 200) {
      EXPECT_GT(engine.box_count(), 256U);
    }
    expect_same(engine, oracle::test_seed() + 302);
  }
}

std::size_t codes(const Engine& engine, Field field) {
  return engine.compiled().masks.codes(static_cast<std::size_t>(field));
}

TEST(Kernel, SaysTheSameWhereFieldsHaveManyCodes) {
  const auto pack = [](int rules) { return batch_tests::many_rules(rules, Field::hours_since_last_drink, 11); };
  const std::vector<std::pair<int, std::size_t>> wanted{{15, 15}, {16, 16}, {18, 17}, {30, 30}, {34, 33}, {60, 46}};
  for (const auto& [rules, fewest] : wanted) {
    const Engine engine = pack(rules);
    SCOPED_TRACE(std::to_string(codes(engine, Field::hours_since_last_drink)) + " codes");
    EXPECT_GE(codes(engine, Field::hours_since_last_drink), fewest);
    expect_same(engine, oracle::test_seed() + 303);
  }
}

TEST(Kernel, SaysTheSameOfSixtyFourCodes) {
  std::string list;
  for (int age = 1; age < 64; ++age)
    list += (list.empty() ? "" : ",") + std::string(R"({"id":"age)") + std::to_string(age) +
            R"(","kind":"require","level":")" + (age % 3 == 0 ? "hospital" : "intensive") +
            R"(","when":"age_years = )" + std::to_string(age) + R"("})";
  const Engine engine = small_packs::engine(R"({"rules":[)" + list + "]}");
  ASSERT_EQ(codes(engine, Field::age_years), 64U);
  expect_same(engine, oracle::test_seed() + 304);
}

TEST(Kernel, TakesBlocksOfAnyLength) {
  const Engine& engine = batch_tests::shipped();
  for (const std::size_t rows : {1U, 2U, 15U, 16U, 17U, 31U, 33U, 63U, 64U, 65U, 127U, 129U, 1000U, 1023U}) {
    SCOPED_TRACE(std::to_string(rows) + " rows");
    expect_same(engine, Plan::Alphabet::values, batch_tests::anybodies(rows, oracle::test_seed() + 305));
  }
}

TEST(Kernel, MarksRowsWithAByteThatIsNoAnswer) {
  const Engine engine = small_packs::engine(
      R"({"rules":[{"id":"a","kind":"require","level":"hospital","when":"cows_score >= 13 or injects"}],
          "must_know":[{"field":"pregnant","when":"injects","because":"It matters."}]})");
  const Plan plan = batch::plan_for(engine.compiled());
  ASSERT_EQ(plan.inputs, (std::vector{Field::pregnant, Field::injects, Field::cows_score}));
  const std::size_t rows = 70;
  std::vector<std::vector<std::uint8_t>> columns(3, std::vector<std::uint8_t>(rows, 1));
  columns[0][3] = kUnknown;
  columns[1][20] = 2;
  columns[2][21] = 48;  // the highest: an answer
  columns[2][69] = 49;
  for_each_target([&] {
    const Said said = ask(engine, plan, columns, rows);
    EXPECT_TRUE(said.some_open);
    for (std::size_t r = 0; r < rows; ++r)
      EXPECT_EQ((said.flags[r] & batch::kOpen) != 0, r == 3 || r == 20 || r == 69) << r;
  });
}

TEST(Kernel, HasNothingToSayOfPacksWithoutRules) {
  const Engine engine = small_packs::engine();
  const Said said = ask(engine, batch::plan_for(engine.compiled()), {}, 5);
  EXPECT_FALSE(said.some_open);
  EXPECT_EQ(said.levels, std::vector<std::uint8_t>(5, 0));
  EXPECT_EQ(said.flags, std::vector<std::uint8_t>(5, 0));
}

TEST(Kernel, TurnsRowsToColumns) {
  for (const std::size_t count : {1U, 7U, 8U, 9U, 17U, 1000U, 1024U}) {
    const std::vector<KnownAnswers> rows = batch_tests::anybodies(count, oracle::test_seed() + 306, 50);
    std::vector<const std::uint8_t*> pointers;
    for (const KnownAnswers& row : rows) pointers.push_back(row.bytes().data());
    for_each_target([&] {
      std::vector<std::uint8_t> columns(kFieldCount * batch::kBlockRows);
      batch::to_columns(pointers, columns.data());
      for (std::size_t r = 0; r < count; ++r)
        for (std::size_t f = 0; f < kFieldCount; ++f)
          ASSERT_EQ(columns[f * batch::kBlockRows + r], rows[r].bytes()[f]) << "row " << r << ", field " << f;
    });
  }
}

}  // namespace kernel_test
}  // namespace placement
