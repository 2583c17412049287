// A level that people leave: see projection.cpp.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "analysis/prover.hpp"
#include "placement/analysis.hpp"

namespace placement::analysis {

class Leaving {
 public:
  /// `level` > 0. `compiled` must outlive it.
  Leaving(const engine::Compiled& compiled, std::size_t level, std::uint64_t steps);

  /// Does nobody who is consistent contradict a constraint after leaving? Verdict, message and counterexample.
  [[nodiscard]] Finding keeps_consistency() const;
  /// Can somebody, in scope now and then, be indicated at `level` after leaving?
  [[nodiscard]] masks::Answer may_need(std::size_t level) const;

 private:
  const engine::Compiled& compiled_;
  std::size_t level_;
  std::uint64_t steps_;
  std::unique_ptr<const masks::Masks> masks_;  // none where the pack has too many ranges or boxes for it
  std::optional<Population> consistent_, in_scope_;
  engine::Boxes now_forbidden_, then_forbidden_;
  engine::Boxes then_forbidden_as_;          // for each of them, the box of a constraint that people then lie in
  std::vector<engine::Boxes> then_demands_;  // by level
};

}  // namespace placement::analysis
