// The least change of some columns after which no counterexample is left: an implicit hitting set search over choices.
//
// A movable column keeps today's codes or takes one of its options, each with a cost. A region in which every point is
// a counterexample is a clause: some column must avoid it. The cheapest choice that satisfies the clauses known (fewest
// columns, then least cost, then the first columns, then the first options) is found by branching over a violated
// clause, with a bound from clauses that share no column; whoever asks then looks for a counterexample to it and adds
// that as a clause. The first choice without one is the least: no lesser one satisfies even the clauses known. Clauses
// that share columns, directly or through others, are solved together, the rest apart: the least of the parts are the
// least of the whole, since every part of the order compares column by column. Worst case exponential in the largest
// such group, so every branch is a step. Tested against all choices in tests/unit/engine and all changes in
// tests/oracle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "masks/column_bits.hpp"
#include "masks/masks.hpp"

namespace placement::engine {

/// What a movable column may become.
struct Option {
  std::uint8_t code = 0;
  int cost = 1;
  std::size_t range = 0;  ///< for the caller
};

struct Movable {
  std::size_t column = 0;
  masks::Codes today = 0;
  std::vector<Option> options;  ///< other than what is kept; at most 64
};

class LeastChange {
 public:
  static constexpr int kKept = -1;
  using Choice = std::vector<int>;  ///< by movable column: kKept or the number of an option

  explicit LeastChange(std::vector<Movable> movable);

  [[nodiscard]] const std::vector<Movable>& movable() const noexcept { return movable_; }

  /// The points of `region` are counterexamples: a choice that touches it in every column is none.
  void forbid_touching(const masks::Region& region);
  /// Nothing inside `region` will do: a choice that lies in it in every column is none.
  void forbid_inside(const masks::Region& region);

  enum class Found : std::uint8_t { yes, none, out_of_steps };
  /// The least choice that satisfies all clauses. `steps` are used up.
  Found next(Choice& choice, std::uint64_t& steps);
  /// Some clause cannot be satisfied by any choice.
  [[nodiscard]] bool is_hopeless() const noexcept { return is_hopeless_; }

 private:
  using Columns = masks::ColumnBits;  // movable columns, by their place
  static constexpr std::size_t kNone = masks::kMaxColumns;

  struct Clause {
    std::size_t number = 0;
    bool is_inside = false;
    Columns kept;                      // satisfied while one of these keeps today's codes
    Columns changed;                   // satisfied if one of these takes an option outside the region
    std::vector<masks::Codes> region;  // by movable column
    std::vector<std::uint64_t> ways;   // by movable column: the options outside the region
  };

  struct Group {
    Columns columns;
    std::vector<const Clause*> clauses;
  };
  // What the last call found: clauses are never taken back, so that a group with all columns of this one, and perhaps
  // others, needs no fewer changes.
  struct Bound {
    Columns columns;
    int count = 0;
  };

  void add(const masks::Region& region, bool is_inside);
  [[nodiscard]] std::vector<Group> groups() const;
  /// `fewest`: no choice of fewer columns satisfies the group.
  Found solve(const Group& group, int fewest, std::uint64_t& steps);
  /// `column` was changed last, or none was; the clauses in the arena are not avoided by the changes before.
  void descend(std::size_t column, std::size_t begin, std::size_t end, int cost, std::uint64_t& steps);
  void branch(std::size_t first, const Clause* violated, int needed, int cost, std::uint64_t& steps);
  [[nodiscard]] bool is_before_best() const;

  std::vector<Movable> movable_;
  std::vector<Clause> clauses_;
  std::size_t clauses_seen_ = 0;
  std::map<std::vector<std::size_t>, Choice> solved_;  // groups, by the numbers of their clauses
  std::vector<Bound> bounds_;
  bool is_hopeless_ = false;

  // The search through one group.
  std::vector<const Clause*> arena_;  // clauses that the choices on the way have not settled, node after node
  Choice choice_, best_;
  std::vector<std::uint64_t> barred_;                                // options that earlier branches have tried
  std::vector<std::pair<std::size_t, std::uint64_t>> barred_stack_;  // what `barred_` held before, column by column
  std::vector<Columns> wide_;                                        // of the node being looked at
  Columns changed_;
  int count_ = 0, limit_ = 0, best_cost_ = 0;
  bool has_best_ = false, met_limit_ = false;
};

}  // namespace placement::engine
