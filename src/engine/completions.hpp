// The completions of one set of answers: the exact questions everything else is made of.
//
// A region of codes stands for all completions; the boxes of violated constraints are taken out of it. "In some" and
// "in every" consistent completion are cover tests (masks/cover), preceded by two cheap looks: bit bounds over the
// whole region, and one quiet point of it. Where no completion is consistent, all completions are judged instead
// (docs/semantics.md section 5). Tested against enumeration in tests/oracle.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/compile.hpp"
#include "masks/cover.hpp"

namespace placement::engine {

using Boxes = std::vector<std::uint16_t>;

class Completions {
 public:
  /// `search` pays for the questions and must outlive this.
  Completions(const Compiled& compiled, const masks::Region& region, masks::Search& search);

  /// yes: some completion is consistent.
  [[nodiscard]] masks::Answer is_consistent() const noexcept { return consistent_; }
  [[nodiscard]] const masks::Region& region() const noexcept { return region_; }

  /// The boxes of a range, or of a list, that the region touches.
  [[nodiscard]] Boxes touched(BoxRange range) const;
  void add_touched(BoxRange range, Boxes& into) const;

  /// Some consistent completion lies in one of `boxes` and in none of `outside`. On `yes`, `shown` is one.
  [[nodiscard]] masks::Answer some(std::span<const std::uint16_t> boxes, std::span<const std::uint16_t> outside = {},
                                   masks::Point* shown = nullptr);
  /// Every consistent completion lies in one of `boxes`. On `no`, `shown` is one that does not.
  [[nodiscard]] masks::Answer every(std::span<const std::uint16_t> boxes, masks::Point* shown = nullptr);
  /// no, open (unsettled counts as open) or holds.
  [[nodiscard]] RuleState state_of(BoxRange range);

  /// Two consistent completions differ in that column alone and in rank.
  [[nodiscard]] masks::Answer differ_in(std::size_t column, std::span<const masks::RankedBox> ranked,
                                        masks::Search::Pair& pair);
  [[nodiscard]] bool is_open(std::size_t column) const noexcept {
    return (region_[column] & (region_[column] - 1)) != 0;
  }
  /// Some violated constraint reads that column and is still possible: then an answer to one field can settle another.
  [[nodiscard]] bool is_constrained(std::size_t column) const;
  /// Columns that constraints connect with `column`, itself included.
  [[nodiscard]] std::vector<bool> connected_with(std::size_t column) const;

  /// Boxes of violated constraints that the region touches; empty where nothing is consistent.
  [[nodiscard]] const Boxes& forbidden() const noexcept { return forbidden_; }
  [[nodiscard]] masks::Search& search() const noexcept { return search_; }
  [[nodiscard]] const masks::Point& quiet() const noexcept { return quiet_; }

 private:
  [[nodiscard]] bool is_touched(std::size_t box) const { return (touched_[box / 64] >> (box % 64) & 1U) != 0; }
  [[nodiscard]] bool is_outside(const masks::Point& point, std::span<const std::uint16_t> boxes) const;

  masks::Search& search_;
  masks::Region region_;
  std::vector<std::uint64_t> touched_;
  Boxes forbidden_, scratch_;
  masks::Point quiet_{};
  bool quiet_is_consistent_ = false;
  masks::Answer consistent_ = masks::Answer::yes;
};

}  // namespace placement::engine
