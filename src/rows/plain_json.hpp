// One line of JSON read the quick way, where it is plain: an object of fields, each once, each with one value or null,
// and perhaps an `id`. Anything else - ranges, requests, faults - is for placement/io, which reads all there is and
// says exactly what is wrong. So this reader needs no messages, only never to take what the other would refuse
// (tests/unit/rows/plain_json_test.cpp).
//
// Which key comes next is mostly known, since rows of one file have their keys in one order, and what answers look like
// always is (rows/answer_texts.hpp).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "placement/assessment.hpp"

namespace placement::rows {

class PlainJson {
 public:
  PlainJson();
  ~PlainJson();
  PlainJson(const PlainJson&) = delete;
  PlainJson& operator=(const PlainJson&) = delete;

  /// False where the line is not plain; `answers` and `id` are then of no use. Behind `line` there must be
  /// Block::kPadding bytes that may be read. `answers` must be all unknown and `id` empty. Not shared by threads.
  [[nodiscard]] bool read(std::string_view line, KnownAnswers& answers, std::string& id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace placement::rows
