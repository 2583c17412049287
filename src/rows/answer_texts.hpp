// The texts that answers have in rows of one format, recognized where they stand.
//
// All of them are known beforehand, so nothing is parsed, only compared. What costs is less the comparing than branches
// that nobody can predict: so a text is compared whole, in as many steps whatever its length, and which text to compare
// with the first bytes say. Half the time of a JSON parser or of cutting a record into cells (docs/performance.md).
// Tested through rows/plain_json.hpp and rows/plain_csv.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "rows/row_source.hpp"

namespace placement::rows {

/// A text to compare with.
template <std::size_t kLongest>
class KnownText {
 public:
  static_assert(kLongest % 16 == 0 && kLongest <= Block::kPadding);
  explicit KnownText(std::string_view text) : size_(text.size()) {
    if (size_ > kLongest) throw std::length_error("a name is longer than any before: see rows/answer_texts.hpp");
    std::memcpy(text_.data(), text.data(), size_);
    std::memset(mask_.data(), 0xFF, size_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const char* data() const noexcept { return text_.data(); }  ///< kLongest bytes, 0 behind the text
  /// `at` has Block::kPadding bytes that may be read.
  [[nodiscard]] bool stands_at(const char* at) const noexcept {
    std::uint64_t other = 0;
    for (std::size_t b = 0; b < kLongest; b += sizeof(other))
      other |= (word_at(at + b) ^ word_at(text_.data() + b)) & word_at(mask_.data() + b);
    return other == 0;
  }

 private:
  static std::uint64_t word_at(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
  }

  std::array<char, kLongest> text_{}, mask_{};
  std::size_t size_;
};

class AnswerTexts {
 public:
  explicit AnswerTexts(RowFormat format);

  /// How many bytes the answer to `field` takes that begins at `at`, and the answer; 0 where none does that this knows.
  /// What stands behind it is the caller's to look at. `at` has Block::kPadding bytes that may be read.
  [[nodiscard]] std::size_t read(Field field, const char* at, std::uint8_t& answer) const noexcept {
    const Choices& choices = choices_[static_cast<std::size_t>(field)];
    if (choices.high >= 0 && is_digit(*at)) return read_number(choices.high, at, answer);
    for (std::uint8_t c = choices.first[place(choices, at)]; c != kNone; c = choices.all[c].next) {
      if (!choices.all[c].text.stands_at(at)) continue;
      answer = choices.all[c].answer;
      return choices.all[c].text.size();
    }
    return 0;
  }

 private:
  static constexpr unsigned kPlaceBits = 5;
  static constexpr std::uint8_t kNone = 0xFF;

  struct Choice {
    KnownText<32> text;
    std::uint8_t answer = 0;
    std::uint8_t next = 0;  // the choice to try after this one
  };
  struct Choices {
    std::vector<Choice> all;
    int high = -1;                 // of counts
    std::uint32_t start_mask = 0;  // as many bytes as the shortest text has, four at most
    std::uint32_t multiplier = 1;  // tells the starts of the texts apart
    std::array<std::uint8_t, std::size_t{1} << kPlaceBits> first{};
  };

  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
  // A whole number of at most three digits and no zero before it.
  static std::size_t read_number(int high, const char* at, std::uint8_t& answer) noexcept {
    int value = 0;
    std::size_t size = 0;
    for (; size < 4 && is_digit(at[size]); ++size) value = value * 10 + (at[size] - '0');
    if (size > 3 || (size > 1 && *at == '0') || value > high) return 0;
    answer = static_cast<std::uint8_t>(value);
    return size;
  }
  static std::size_t place(const Choices& choices, const char* at) noexcept {
    std::uint32_t start = 0;
    std::memcpy(&start, at, sizeof(start));
    return (start & choices.start_mask) * choices.multiplier >> (32 - kPlaceBits);
  }
  static std::size_t fill(Choices& choices);
  static void index(Choices& choices);

  std::vector<Choices> choices_;  // by field
};

}  // namespace placement::rows
