// What would be asked next, in a sample of the rows of a cohort. Working that out takes thousands of times as long as
// finding the level where little is known, and a share in a report needs no more than some rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "placement/engine.hpp"
#include "rows/row_reader.hpp"

namespace placement::rows {

/// Each row is as likely to be drawn as any other, by a fixed draw of its number: the same rows whoever reads them and
/// in whatever order. Not shared by threads.
class QuestionSample {
 public:
  explicit QuestionSample(std::size_t most) : most_(most) {}

  /// A row that could be read.
  void offer(const Row& row);
  /// Rows of one and the same cohort, offered elsewhere.
  void merge(const QuestionSample& other);
  /// The field asked next, of each row drawn: all of them where there are no more than `most`. Their requests must fit
  /// the pack.
  [[nodiscard]] std::vector<std::optional<Field>> questions(const Engine& engine, std::size_t workers) const;

 private:
  struct Drawn {
    std::uint64_t draw = 0, number = 0;
    Assessment assessment;
    Request request;
    friend bool operator<(const Drawn& a, const Drawn& b) {
      return a.draw != b.draw ? a.draw < b.draw : a.number < b.number;
    }
  };

  void add(Drawn drawn);

  std::size_t most_;
  std::vector<Drawn> drawn_;  // a heap: the one to give way first is in front
};

}  // namespace placement::rows
