// The least change of some columns after which no counterexample is left: an implicit hitting set search over choices.
//
// A movable column keeps today's codes or takes one of its options, each with a cost. A region in which every point is
// a counterexample is a clause: some column must avoid it. Choices are searched by branching over a violated clause,
// with a bound from clauses that share no column, for as few changed columns as may do, then one more, and so on. A
// choice that satisfies all clauses known is shown to whoever asks; a counterexample to it is a clause more, and the
// search goes on where it is. The first choice without one bounds the rest by its cost. Worst case exponential, so
// every branch is a step. Tested against all choices in tests/unit/engine and all changes in tests/oracle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "masks/column_bits.hpp"
#include "masks/cover.hpp"
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

  /// The points of `region` are counterexamples: a choice that touches it in every column is none.
  void forbid_touching(const masks::Region& region) { add(region, false); }
  /// Nothing inside `region` will do: a choice that lies in it in every column is none.
  void forbid_inside(const masks::Region& region) { add(region, true); }
  /// Some clause cannot be satisfied by any choice.
  [[nodiscard]] bool is_hopeless() const noexcept { return is_hopeless_; }

  /// yes: there is a counterexample to the choice, and a clause that the choice violates was added.
  using Refute = std::function<masks::Answer(const Choice&)>;
  enum class Found : std::uint8_t { yes, none, unsettled };
  /// The least choice that satisfies all clauses and is not refuted: fewest columns, then least cost, then the first
  /// columns, then the first options. The branches are steps of `search`.
  Found find(const Refute& refute, masks::Search& search, Choice& choice);

 private:
  using Columns = masks::ColumnBits;  // movable columns, by their place
  static constexpr std::size_t kNone = masks::kMaxColumns;

  struct Clause {
    bool is_implied = false;  // by another
    Columns kept;             // satisfied while one of these keeps today's codes
    Columns changed;          // satisfied if one of these takes an option outside the region
  };
  // What the clauses of a node say.
  struct Outlook {
    std::size_t violated = kNone;  // the clause with the fewest columns that may still be changed
    Columns open;                  // those
    int needed = 0;                // further changes at least
    bool is_dead = false;          // some clause cannot be satisfied any more
  };

  void add(const masks::Region& region, bool is_inside);
  /// The options outside the region, as bits.
  [[nodiscard]] std::uint64_t ways(std::size_t clause, std::size_t column) const {
    return ways_[clause * movable_.size() + column];
  }
  /// What was chosen for the columns changed so far avoids the clause's region, whatever else is changed.
  [[nodiscard]] bool is_avoided(std::size_t clause) const;
  /// Whatever satisfies `clause` satisfies `other`.
  [[nodiscard]] bool implies(std::size_t clause, std::size_t other) const;
  [[nodiscard]] Outlook outlook(std::size_t begin);
  /// `column` was changed last, or none was. In the arena from `begin` to `end`: the clauses before `seen` that the
  /// changes before do not avoid.
  void descend(std::size_t column, std::size_t begin, std::size_t end, std::size_t seen, int cost, bool is_forced);
  void branch(const Outlook& node, std::size_t begin, std::size_t seen, int cost, bool is_forced);
  [[nodiscard]] bool is_before_best() const;

  std::vector<Movable> movable_;
  std::vector<Clause> clauses_;
  std::vector<std::uint64_t> ways_;  // by clause and movable column
  bool is_hopeless_ = false;

  // The search.
  const Refute* refute_ = nullptr;
  masks::Search* search_ = nullptr;
  std::vector<std::size_t> arena_;  // clauses that the choices on the way have not settled, node after node
  Choice choice_, best_;
  std::vector<std::uint64_t> barred_;                                // options that earlier branches have tried
  std::vector<std::pair<std::size_t, std::uint64_t>> barred_stack_;  // what `barred_` held before, column by column
  std::vector<Columns> wide_;                                        // of the node being looked at
  Columns changed_;
  int count_ = 0, limit_ = 0, next_limit_ = 0, best_cost_ = 0;
  bool has_best_ = false, is_unsettled_ = false;
};

}  // namespace placement::engine
