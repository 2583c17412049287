// Scoring: one complete assessment, the rows of its answers ANDed, and what the surviving bits say. No allocation.
#include <algorithm>
#include <array>
#include <bit>

#include "engine/compile.hpp"
#include "placement/engine.hpp"

namespace placement {
namespace {

using engine::Compiled;

// `row(i)` is where the bits of the i-th read column's answer start. Words are a constant for packs of ordinary size, so
// that the bits stay in registers.
template <std::size_t kWords, class Row>
Score score_words(const Compiled& c, std::size_t words, const Row& row, std::span<std::uint64_t> held) noexcept {
  const std::size_t n = kWords != 0 ? kWords : words;
  std::array<std::uint64_t, kWords != 0 ? kWords : masks::kMaxBoxes / 64> bits;  // NOLINT: every used word is set below
  for (std::size_t w = 0; w < n; ++w) bits[w] = ~std::uint64_t{0};
  const std::size_t columns = c.masks.read_columns().size();
  for (std::size_t i = 0; i < columns; ++i) {
    const std::uint64_t* rows = row(i);
    for (std::size_t w = 0; w < n; ++w) bits[w] &= rows[w];
  }
  Score score;
  std::uint64_t stop = 0, scope = 0, forbidden = 0;
  const std::size_t rule_words = held.size();
  for (std::size_t w = 0; w < rule_words; ++w) held[w] = 0;
  for (std::size_t w = 0; w < n; ++w) {
    stop |= bits[w] & c.stops[w];
    scope |= bits[w] & c.scope[w];
    forbidden |= bits[w] & c.forbidden[w];
    for (std::uint64_t rest = bits[w] & c.held_rules[w]; rest != 0; rest &= rest - 1) {
      const std::size_t box = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      const std::size_t rule = c.rule_of_box[box];
      held[rule / 64] |= std::uint64_t{1} << (rule % 64);
    }
  }
  const std::size_t demands = c.level_of_box.size();
  for (std::size_t w = (demands + 63) / 64; w-- > 0;) {
    std::uint64_t rest = bits[w];
    if ((w + 1) * 64 > demands) rest &= (std::uint64_t{1} << (demands % 64)) - 1;
    if (rest == 0) continue;
    score.level = c.level_of_box[w * 64 + 63 - static_cast<std::size_t>(std::countl_zero(rest))];
    break;
  }
  score.stop = stop != 0;
  score.in_scope = scope == 0;
  score.consistent = forbidden == 0;
  return score;
}

template <class Row>
Score score_rows(const Compiled& c, const Row& row, std::span<std::uint64_t> held) noexcept {
  const std::size_t words = c.masks.words();
  switch (words) {
    case 1: return score_words<1>(c, words, row, held);
    case 2: return score_words<2>(c, words, row, held);
    case 3: return score_words<3>(c, words, row, held);
    case 4: return score_words<4>(c, words, row, held);
    case 5: return score_words<5>(c, words, row, held);
    case 6: return score_words<6>(c, words, row, held);
    case 7: return score_words<7>(c, words, row, held);
    case 8: return score_words<8>(c, words, row, held);
    default: return score_words<0>(c, words, row, held);
  }
}

}  // namespace

Score Engine::score(const KnownAnswers& answers, std::span<std::uint64_t> held) const noexcept {
  const Compiled& c = *compiled_;
  const auto bytes = answers.bytes();
  const auto columns = c.masks.read_columns();
  const std::uint64_t* rows = c.masks.row(0, 0);
  return score_rows(c, [&](std::size_t i) { return rows + c.row_of_value[i][bytes[columns[i]]]; },
                    held.first(held_words()));
}

Score Engine::score(std::span<const std::uint8_t> codes, std::span<std::uint64_t> held) const noexcept {
  const Compiled& c = *compiled_;
  const auto columns = c.masks.read_columns();
  return score_rows(c, [&](std::size_t i) { return c.masks.row(columns[i], codes[i]); }, held.first(held_words()));
}

void Engine::encode(const KnownAnswers& answers, std::span<std::uint8_t> codes) const noexcept {
  const auto columns = compiled_->masks.read_columns();
  const auto bytes = answers.bytes();
  for (std::size_t i = 0; i < columns.size(); ++i) codes[i] = compiled_->masks.code_of(columns[i], bytes[columns[i]]);
}

std::size_t Engine::code_count() const noexcept { return compiled_->masks.read_columns().size(); }
std::size_t Engine::held_words() const noexcept { return (pack().content().rules.size() + 63) / 64; }
std::size_t Engine::box_count() const noexcept { return compiled_->masks.boxes(); }

}  // namespace placement
