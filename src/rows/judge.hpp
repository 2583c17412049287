// What is said about a row: the short answer of the batch scorer, and where a wanted column needs more, the whole
// recommendation.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "placement/batch.hpp"
#include "placement/engine.hpp"
#include "rows/row_reader.hpp"

namespace placement::rows {

/// What is wanted of each row, from the cheapest to the dearest: the status and levels; which rules hold, too; which of
/// them force the level; what to ask next; or, where answers are missing, all that a recommendation has.
enum class Needs : std::uint8_t { score, held_rules, determining_rules, next_question, whole };

struct Verdict {
  RowScore score;                               ///< meaningful where the row has no faults
  std::span<const std::uint64_t> held;          ///< where needed: one bit for each rule, set where it holds
  std::unique_ptr<const Recommendation> whole;  ///< where it was needed; agrees with `score` and `held`
  std::span<const std::uint64_t> determining;   ///< where needed: likewise, the rules that force the level
  std::optional<Field> next_question;           ///< where needed
  std::optional<std::size_t> policy_level;
};

class Judge {
 public:
  /// `policy` names a level for undecided rows whose request has no policy of its own. Not shared by threads.
  Judge(const Engine& engine, UndecidedPolicy policy, Needs needs);

  /// One for each row, valid until the next call. A row whose request does not fit the pack gets faults.
  [[nodiscard]] std::span<const Verdict> judge(std::span<Row> rows);

 private:
  [[nodiscard]] bool is_told(const Row& row, const RowScore& score) const;
  void judge_whole(Row& row, Verdict& verdict, std::span<std::uint64_t> held) const;
  /// False where open rules may do it together: then only the whole recommendation knows.
  bool find_determining(const Verdict& verdict, std::span<std::uint64_t> determining) const;

  Engine engine_;
  UndecidedPolicy policy_;
  Needs needs_;
  BatchScorer scorer_;
  std::vector<Assessment> assessments_;
  std::vector<RowScore> scores_;
  std::vector<std::uint64_t> held_, determining_;
  std::vector<std::vector<std::uint64_t>> demands_;  // by level: the rules that demand it
  FieldSet must_know_;
  std::vector<Verdict> verdicts_;
};

}  // namespace placement::rows
