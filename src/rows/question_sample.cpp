#include "rows/question_sample.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <utility>

namespace placement::rows {
namespace {

// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): numbers in a row come out as if drawn by chance.
std::uint64_t draw_of(std::uint64_t number) {
  std::uint64_t z = number + 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

void QuestionSample::offer(const Row& row) {
  const std::uint64_t draw = draw_of(row.place.number);
  if (drawn_.size() == most_ && draw > drawn_.front().draw) return;  // nothing is copied for nothing
  add({draw, row.place.number, row.assessment, row.request ? *row.request : Request{}});
}

void QuestionSample::merge(const QuestionSample& other) {
  for (const Drawn& drawn : other.drawn_) add(drawn);
}

void QuestionSample::add(Drawn drawn) {
  drawn_.push_back(std::move(drawn));
  std::push_heap(drawn_.begin(), drawn_.end());
  if (drawn_.size() <= most_) return;
  std::pop_heap(drawn_.begin(), drawn_.end());
  drawn_.pop_back();
}

std::vector<std::optional<Field>> QuestionSample::questions(const Engine& engine, std::size_t workers) const {
  std::vector<std::optional<Field>> asked(drawn_.size());
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
  tbb::parallel_for(std::size_t{0}, drawn_.size(),
                    [&](std::size_t i) { asked[i] = *engine.next_question(drawn_[i].assessment, drawn_[i].request); });
  return asked;
}

}  // namespace placement::rows
