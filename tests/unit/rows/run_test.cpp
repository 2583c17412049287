#include "rows/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "placement/io.hpp"
#include "rows/row_writer.hpp"

namespace placement::rows {
namespace run_test {

class WriteRows : public RowWork {
 public:
  explicit WriteRows(const RowWriter& writer) : writer_(writer) {}
  void add(const Row& row, const Verdict& verdict, RunPart& part) override { writer_.append(row, verdict, part.rows); }

 private:
  const RowWriter& writer_;
};

// Several blocks of rows, every tenth of them bad.
std::string some_rows() {
  std::string text;
  for (int i = 0; text.size() < 3 * RowSource::kBlockBytes; ++i)
    text += i % 10 == 9 ? "nonsense\n"
                        : "{\"id\":\"" + std::to_string(i) + "\",\"cows_score\":" + std::to_string(i % 49) + "}\n";
  return text;
}

struct Ran {
  std::string text;
  RunCounts counts;
};

Ran run_with(std::size_t workers, const std::string& text, std::size_t stop_after = ~std::size_t{0}) {
  const Engine engine = *Engine::make(default_pack());
  const RowWriter writer(engine, RowFormat::ndjson, {"row", "id", "status", "held_rules"});
  RowSource source(
      [&text, at = std::size_t{0}](char* into, std::size_t size) mutable {
        const std::size_t now = std::min(size, text.size() - at);
        std::memcpy(into, text.data() + at, now);
        at += now;
        return now;
      },
      RowFormat::ndjson, 1000);
  RowLayout layout;
  layout.max_row_bytes = 1000;
  Ran ran;
  run(
      source, layout, engine, {UndecidedPolicy::none, writer.needs(), workers},
      [&] { return std::make_unique<WriteRows>(writer); },
      [&](const RunPart& part) {
        ran.text += part.rows;
        ran.counts.read += part.counts.read;
        ran.counts.written += part.counts.written;
        ran.counts.invalid += part.counts.invalid;
        return ran.text.size() < stop_after;
      });
  return ran;
}

TEST(Run, ThreadsGiveTheSameBytesInTheSameOrder) {
  const std::string text = some_rows();
  const Ran one = run_with(1, text), four = run_with(4, text);
  EXPECT_EQ(one.text, four.text);
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  EXPECT_EQ(four.counts.read, lines);
  EXPECT_EQ(four.counts.written, lines);
  EXPECT_EQ(four.counts.invalid, lines / 10);
}

TEST(Run, ThreadsStopWhereTheTakerSaysSo) {
  const std::string text = some_rows();
  const Ran whole = run_with(1, text), part = run_with(4, text, 1);
  EXPECT_LT(part.text.size(), whole.text.size());
  EXPECT_EQ(whole.text.compare(0, part.text.size(), part.text), 0);
}

}  // namespace run_test
}  // namespace placement::rows
