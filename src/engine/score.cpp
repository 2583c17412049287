// Scoring: one complete assessment, the rows of its answers ANDed, and what the surviving bits say. No allocation.
#include <algorithm>
#include <array>
#include <bit>

#include "engine/compile.hpp"
#include "placement/engine.hpp"

namespace placement {
namespace {

using engine::Compiled;

// `offset(i)` is how far the answer to the i-th read column moves the row of its group. Words are constants for packs
// of ordinary size, so that the bits stay in registers.
template <std::size_t kWords, std::size_t kRuleWords, class Offset>
Score score_words(const Compiled& c, std::size_t words, const Offset& offset, std::span<std::uint64_t> held) noexcept {
  const std::size_t n = kWords != 0 ? kWords : words;
  std::array<std::uint64_t, kWords != 0 ? kWords : masks::kMaxBoxes / 64> bits;  // NOLINT: every used word is set below
  for (std::size_t w = 0; w < n; ++w) bits[w] = ~std::uint64_t{0};  // the rows have no bits beyond the last box
  const std::uint64_t* rows = c.score_rows.data();
  std::size_t column = 0;
  for (const Compiled::ScoreGroup& group : c.score_groups) {
    std::size_t row = group.first_row;
    for (; column < group.end; ++column) row += offset(column);
    for (std::size_t w = 0; w < n; ++w) bits[w] &= rows[row * n + w];
  }
  Score score;
  std::uint64_t stop = 0, scope = 0, forbidden = 0;
  const std::size_t rule_words = kRuleWords != 0 ? kRuleWords : held.size();
  std::array<std::uint64_t, kRuleWords != 0 ? kRuleWords : masks::kMaxBoxes / 64> rules{};
  for (std::size_t w = 0; w < n; ++w) {
    stop |= bits[w] & c.stops[w];
    scope |= bits[w] & c.scope[w];
    forbidden |= bits[w] & c.forbidden[w];
    for (std::uint64_t rest = bits[w] & c.held_rules[w]; rest != 0; rest &= rest - 1) {
      const std::size_t box = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      for (std::size_t r = 0; r < rule_words; ++r) rules[r] |= c.rule_bits[box * rule_words + r];
    }
  }
  std::copy_n(rules.begin(), rule_words, held.begin());
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

template <std::size_t kWords, class Offset>
Score score_rules(const Compiled& c, const Offset& offset, std::span<std::uint64_t> held) noexcept {
  const std::size_t words = c.masks.words();
  switch (held.size()) {
    case 1:
      return score_words<kWords, 1>(c, words, offset, held);
    case 2:
      return score_words<kWords, 2>(c, words, offset, held);
    case 3:
      return score_words<kWords, 3>(c, words, offset, held);
    default:
      return score_words<kWords, 0>(c, words, offset, held);
  }
}

template <class Offset>
Score score_with(const Compiled& c, const Offset& offset, std::span<std::uint64_t> held) noexcept {
  switch (c.masks.words()) {  // always even, see Masks::make
    case 2:
      return score_rules<2>(c, offset, held);
    case 4:
      return score_rules<4>(c, offset, held);
    case 6:
      return score_rules<6>(c, offset, held);
    case 8:
      return score_rules<8>(c, offset, held);
    default:
      return score_rules<0>(c, offset, held);
  }
}

}  // namespace

Score Engine::score(const KnownAnswers& answers, std::span<std::uint64_t> held) const noexcept {
  const Compiled& c = *compiled_;
  const std::uint8_t* bytes = answers.bytes().data();
  const Compiled::ScoreColumn* columns = c.score_columns.data();
  const std::uint16_t* offsets = c.score_offsets.data();
  return score_with(
      c,
      [=](std::size_t i)
          -> std::size_t {  // an unknown answer would be a mistake of the caller: it reads as the highest
        return offsets[columns[i].first_value + std::min(bytes[columns[i].field], columns[i].high)];
      },
      held.first(held_words()));
}

Score Engine::score(std::span<const std::uint8_t> codes, std::span<std::uint64_t> held) const noexcept {
  const Compiled& c = *compiled_;
  const Compiled::ScoreColumn* columns = c.score_columns.data();
  return score_with(
      c, [=](std::size_t i) { return std::size_t{codes[i]} * columns[i].stride; }, held.first(held_words()));
}

void Engine::encode(const KnownAnswers& answers, std::span<std::uint8_t> codes) const noexcept {
  const auto bytes = answers.bytes();
  for (std::size_t i = 0; i < compiled_->score_columns.size(); ++i) {
    const Compiled::ScoreColumn& column = compiled_->score_columns[i];
    codes[i] = compiled_->masks.code_of(column.field, std::min(bytes[column.field], column.high));
  }
}

std::size_t Engine::code_count() const noexcept { return compiled_->masks.read_columns().size(); }
std::size_t Engine::held_words() const noexcept { return (pack().content().rules.size() + 63) / 64; }
std::size_t Engine::box_count() const noexcept { return compiled_->masks.boxes(); }

}  // namespace placement
