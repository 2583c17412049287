#include "rows/judge.hpp"

#include <algorithm>
#include <utility>

namespace placement::rows {

Judge::Judge(const Engine& engine, UndecidedPolicy policy, Needs needs)
    : engine_(engine), policy_(policy), needs_(needs), scorer_(engine) {}

std::span<const Verdict> Judge::judge(std::span<Row> rows) {
  assessments_.clear();
  for (Row& row : rows)
    if (row.faults.empty() && !row.request) assessments_.push_back(std::move(row.assessment));
  const std::size_t words = scorer_.held_words();
  scores_.assign(assessments_.size(), {});
  held_.assign(rows.size() * words, 0);  // of the scored rows first, then of those that are judged whole
  const std::size_t wanted = needs_ == Needs::score ? 0 : assessments_.size() * words;
  scorer_.score(assessments_, scores_, std::span(held_).first(wanted));

  verdicts_.clear();
  verdicts_.resize(rows.size());
  std::size_t scored = 0, others = assessments_.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    Verdict& verdict = verdicts_[i];
    if (!row.faults.empty()) continue;
    const bool is_scored = !row.request;
    const std::size_t place = is_scored ? scored : others++;
    const std::span<std::uint64_t> held = std::span(held_).subspan(place * words, words);
    verdict.held = held;
    if (is_scored) {
      verdict.score = scores_[scored];
      row.assessment = std::move(assessments_[scored]);
      ++scored;
      if (policy_ != UndecidedPolicy::none && verdict.score.status == Status::undecided)
        verdict.policy_level = policy_ == UndecidedPolicy::lowest ? verdict.score.lowest() : verdict.score.highest();
    }
    if (!is_scored || (needs_ == Needs::whole && !verdict.score.complete)) judge_whole(row, verdict, held);
  }
  return verdicts_;
}

void Judge::judge_whole(Row& row, Verdict& verdict, std::span<std::uint64_t> held) const {
  Request request = row.request.value_or(Request{});
  if (request.undecided == UndecidedPolicy::none) request.undecided = policy_;
  Result<Recommendation> result = engine_.recommend(row.assessment, request);
  if (!result.has_value()) {
    for (const Fault& fault : result.error().faults)
      row.faults.push_back({fault.where.empty() ? "" : fault.where.substr(1), 0, fault.message});
    return;
  }
  verdict.whole = std::move(result).value();
  const Recommendation& r = *verdict.whole;
  verdict.score.status = r.status;
  verdict.score.settled = r.settled;
  verdict.score.possible = 0;
  for (const std::size_t level : r.possible) verdict.score.possible |= std::uint64_t{1} << level;
  verdict.policy_level = r.policy ? std::optional(r.policy->level) : std::nullopt;
  std::fill(held.begin(), held.end(), 0);
  for (std::size_t rule = 0; rule < r.rules.size(); ++rule)
    if (r.rules[rule].state == RuleState::holds) held[rule / 64] |= std::uint64_t{1} << (rule % 64);
}

}  // namespace placement::rows
