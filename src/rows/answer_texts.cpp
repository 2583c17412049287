#include "rows/answer_texts.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace placement::rows {

AnswerTexts::AnswerTexts(RowFormat format) {
  const bool is_json = format == RowFormat::ndjson;
  const std::string quote = is_json ? "\"" : "";
  for (const FieldSpec& field : fields()) {
    std::vector<std::pair<std::string, int>> texts;
    if (is_json) texts.emplace_back("null", kUnknown);
    if (field.kind == FieldKind::flag) {
      texts.insert(texts.end(), {{"false", 0}, {"true", 1}});
      if (!is_json) texts.insert(texts.end(), {{"no", 0}, {"yes", 1}});
    } else {
      for (std::size_t v = 0; v < field.values.size(); ++v) {
        std::string& text = texts.emplace_back(quote, static_cast<int>(v)).first;
        text.append(field.values[v].name).append(quote);
      }
    }
    // Of two texts of which one begins with the other the longer one is tried first.
    std::stable_sort(texts.begin(), texts.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    Choices& choices = choices_.emplace_back();
    if (field.kind == FieldKind::count) choices.high = field.high;
    for (const auto& [text, answer] : texts)
      choices.all.push_back({KnownText<32>(text), static_cast<std::uint8_t>(answer), kNone});
    index(choices);
  }
}

// Returns how many choices share a place with another.
std::size_t AnswerTexts::fill(Choices& choices) {
  choices.first.fill(kNone);
  std::size_t shared = 0;
  for (std::size_t c = choices.all.size(); c-- > 0;) {
    std::uint8_t& first = choices.first[place(choices, choices.all[c].text.data())];
    shared += first != kNone ? 1U : 0U;
    choices.all[c].next = std::exchange(first, static_cast<std::uint8_t>(c));
  }
  return shared;
}

void AnswerTexts::index(Choices& choices) {
  std::size_t start = sizeof(choices.start_mask);
  for (const Choice& choice : choices.all) start = std::min(start, choice.text.size());
  std::memset(&choices.start_mask, 0xFF, start);
  constexpr std::uint32_t kTries = 200, kGolden = 0x9E3779B1U;  // 2^32 divided by the golden ratio
  std::pair<std::size_t, std::uint32_t> best{choices.all.size() + 1, 1};
  for (std::uint32_t odd = 1; odd < 2 * kTries && best.first > 0; odd += 2) {
    choices.multiplier = odd * kGolden;
    best = std::min(best, {fill(choices), choices.multiplier});
  }
  choices.multiplier = best.second;
  fill(choices);
}

}  // namespace placement::rows
