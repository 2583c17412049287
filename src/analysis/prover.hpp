// What the questions about a pack are made of: groups of people, and whether somebody in them lies in some boxes.
//
// A population is everybody outside some boxes: those the constraints forbid and, mostly, those
// out of scope. "Somebody in these boxes and outside those" is answered by one moved point where that works (most of
// the time: a microsecond), else by the cover test. Each question has its own budget. `find_point` asks about regions
// that are not the pack's own boxes: in the engine's codes where these tell enough apart, else masks are made again
// with the regions beside the pack's boxes. Tested against enumeration in tests/oracle/check_test.cpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/claims.hpp"
#include "placement/analysis.hpp"

namespace placement::analysis {

using Verdict = Finding::Verdict;

/// Boxes of what the constraints forbid.
[[nodiscard]] engine::Boxes forbidden(const engine::Compiled& compiled);
/// The same and the boxes of out_of_scope rules.
[[nodiscard]] engine::Boxes forbidden_and_out_of_scope(const engine::Compiled& compiled);
/// Boxes of each constraint, by constraint.
[[nodiscard]] std::vector<engine::Boxes> boxes_by_constraint(const engine::Compiled& compiled);

[[nodiscard]] engine::Boxes list_of(engine::BoxRange range);
void append(engine::BoxRange range, engine::Boxes& into);

/// Everybody outside `excluded`. The masks must outlive it.
class Population {
 public:
  Population(const masks::Masks& masks, engine::Boxes excluded, std::uint64_t steps);

  /// Is there anybody?
  [[nodiscard]] masks::Answer exists() const noexcept { return exists_; }
  /// Somebody lies in one of `boxes` and in none of `outside`.
  [[nodiscard]] masks::Answer some(std::span<const std::uint16_t> boxes,
                                   std::span<const std::uint16_t> outside = {}) const;
  /// Somebody lies in none of `outside`.
  [[nodiscard]] masks::Answer some_outside(std::span<const std::uint16_t> outside) const;
  /// Somebody lies in one of `a` and in one of `b`.
  [[nodiscard]] masks::Answer meet(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) const;
  [[nodiscard]] const engine::Boxes& excluded() const noexcept { return excluded_; }

  /// Which of `parts` suffice to cover `boxes`, given that all of them together do: one alone where there is one, else
  /// a set of which none can be left out.
  [[nodiscard]] std::vector<std::size_t> covering(std::span<const std::uint16_t> boxes,
                                                  const std::vector<engine::Boxes>& parts) const;

 private:
  /// `start` lies in `within`.
  [[nodiscard]] masks::Answer some_within(const masks::Region& within, const masks::Point& start,
                                          std::span<const std::uint16_t> boxes,
                                          std::span<const std::uint16_t> outside) const;

  const masks::Masks& masks_;
  engine::Boxes excluded_;
  std::uint64_t steps_;
  masks::Answer exists_ = masks::Answer::yes;
  masks::Point quiet_{};  // somebody, where exists_ is yes
};

/// A region of examples: every completion of the assessment is one.
struct Found {
  masks::Answer answer = masks::Answer::no;
  std::optional<Assessment> where;  ///< on yes
  std::size_t empty = 0;            ///< so many of the regions, from the first on, were shown to hold nobody
};

/// Is there a point in one of `regions` that breaks no constraint, is in scope unless `any_scope`, and lies outside
/// `excluded`?
[[nodiscard]] Found find_point(const engine::Compiled& compiled, const std::vector<ClaimRegion>& regions,
                               std::uint64_t step_budget, const std::vector<masks::ValueBox>& excluded = {},
                               bool any_scope = false);

/// The assessment that says of each column what the region says, for columns the region narrows.
[[nodiscard]] Assessment assessment_of(const masks::Region& region, const masks::Masks& masks);

}  // namespace placement::analysis
