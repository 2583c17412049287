#include "batch/open_rows.hpp"

#include <algorithm>
#include <utility>

namespace placement::batch {
namespace {

constexpr std::size_t kPlaces = 8192;
constexpr std::size_t kNeighbours = 4;  // places that a row may stand at

}  // namespace

OpenRows::OpenRows(Engine engine)
    : engine_(std::move(engine)),
      compiled_(engine_.compiled()),
      demands_(engine::demands_of(compiled_, std::nullopt, {})),
      key_(compiled_.masks.read_columns().size() + 4),
      boxes_(compiled_.masks.words()),
      rules_(engine_.held_words()) {
  for (const MustKnow& m : compiled_.pack.content().must_know) must_know_.insert(m.field);
}

void OpenRows::score(const Assessment& row, RowScore& out, std::span<std::uint64_t> held) {
  set_key(row);
  if (has_.empty()) {  // the first open row
    has_.assign(kPlaces, Has::nothing);
    scores_.resize(kPlaces);
    keys_.resize(kPlaces * key_.size());
    held_.resize(kPlaces * rules_.size());
  }
  const std::uint64_t hash = hash_of_key();
  const std::size_t first = hash % (kPlaces / kNeighbours) * kNeighbours;
  const auto key_at = [&](std::size_t place) {
    return keys_.begin() + static_cast<std::ptrdiff_t>(place * key_.size());
  };
  std::size_t at = first;
  while (at < first + kNeighbours && has_[at] != Has::nothing && !std::equal(key_.begin(), key_.end(), key_at(at)))
    ++at;
  const bool is_full = at == first + kNeighbours;
  if (is_full) at = first + (hash >> 60U) % kNeighbours;  // takes over
  const auto remembered = std::span(held_).subspan(at * rules_.size(), rules_.size());
  const Has needed = held.empty() ? Has::score : Has::score_and_held;
  if (is_full || has_[at] < needed) {
    answer(row, scores_[at], held.empty() ? held : remembered);
    has_[at] = needed;
    std::copy(key_.begin(), key_.end(), key_at(at));
  }
  out = scores_[at];
  if (!held.empty()) std::copy(remembered.begin(), remembered.end(), held.begin());
}

void OpenRows::set_key(const Assessment& row) {
  region_ = engine::region_of(row, compiled_.masks);
  std::size_t k = 0;
  for (const std::size_t column : compiled_.masks.read_columns()) key_[k++] = region_[column];
  std::fill(key_.begin() + static_cast<std::ptrdiff_t>(k), key_.end(), 0);
  const auto mark = [&](Field f, std::size_t first) {
    const auto bit = static_cast<std::size_t>(f);
    key_[k + first + bit / 64] |= std::uint64_t{1} << (bit % 64);
  };
  must_know_.for_each([&](Field f) {
    if (!row.is_known(f)) mark(f, row.is_partly_known(f) ? 2 : 0);
  });
}

std::uint64_t OpenRows::hash_of_key() const {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : key_) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio
    hash ^= hash >> 32U;
  }
  return hash;
}

void OpenRows::answer(const Assessment& row, RowScore& out, std::span<std::uint64_t> held) {
  masks::Search search(compiled_.masks, compiled_.options.step_budget);
  engine::Completions completions(compiled_, region_, search);
  engine::Witnesses shown;
  const engine::Outcome outcome =
      engine::outcome_of(compiled_, demands_, engine::openness_of(row), completions, held.empty() ? nullptr : &shown);
  out = {};
  out.possible = outcome.possible;
  out.status = outcome.status;
  const auto& columns = compiled_.deciding_columns;
  out.complete = std::none_of(columns.begin(), columns.end(), [&](std::size_t c) { return completions.is_open(c); });
  if (!held.empty()) find_held(completions, shown, held);
  out.settled = !search.ran_out();
}

void OpenRows::keep_rules_of(std::span<const std::uint64_t> boxes, std::span<std::uint64_t> held) {
  std::fill(rules_.begin(), rules_.end(), 0);
  for (std::size_t w = 0; w < boxes.size(); ++w) {
    const std::uint64_t of_rules = boxes[w] & compiled_.held_rules[w];
    masks::for_each_bit({&of_rules, 1}, [&](std::size_t bit) {
      const std::uint64_t* bits = compiled_.rule_bits.data() + (w * 64 + bit) * rules_.size();
      for (std::size_t r = 0; r < rules_.size(); ++r) rules_[r] |= bits[r];
    });
  }
  for (std::size_t r = 0; r < rules_.size(); ++r) held[r] &= rules_[r];
}

void OpenRows::find_held(engine::Completions& completions, const engine::Witnesses& shown,
                         std::span<std::uint64_t> held) {
  std::fill(held.begin(), held.end(), ~std::uint64_t{0});
  compiled_.masks.touch(region_, boxes_);
  keep_rules_of(boxes_, held);
  const auto keep_rules_at = [&](const masks::Point& point) {
    compiled_.masks.evaluate(point, boxes_);
    keep_rules_of(boxes_, held);
  };
  if (completions.is_consistent() != masks::Answer::unsettled) keep_rules_at(completions.quiet());
  for (const auto& [level, point] : shown) keep_rules_at(point);
  for (std::size_t w = 0; w < held.size(); ++w) {
    const std::uint64_t maybe = held[w];
    masks::for_each_bit({&maybe, 1}, [&](std::size_t bit) {
      if (completions.state_of(compiled_.rules[w * 64 + bit]) != RuleState::holds)
        held[w] &= ~(std::uint64_t{1} << bit);
    });
  }
}

}  // namespace placement::batch
