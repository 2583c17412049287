#include "rows/judge.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace placement::rows {
namespace {

void set_bit(std::size_t bit, std::span<std::uint64_t> bits) { bits[bit / 64] |= std::uint64_t{1} << (bit % 64); }

}  // namespace

Judge::Judge(const Engine& engine, UndecidedPolicy policy, Needs needs)
    : engine_(engine), policy_(policy), needs_(needs), scorer_(engine) {
  const PackContent& content = engine_.pack().content();
  for (const MustKnow& m : content.must_know) must_know_.insert(m.field);
  demands_.assign(content.levels.size(), std::vector<std::uint64_t>(scorer_.held_words()));
  for (std::size_t r = 0; r < content.rules.size(); ++r)
    if (content.rules[r].kind == RuleKind::require) set_bit(r, demands_[content.rules[r].target]);
}

std::span<const Verdict> Judge::judge(std::span<Row> rows) {
  assessments_.clear();
  for (Row& row : rows)
    if (row.faults.empty() && !row.request) assessments_.push_back(std::move(row.assessment));
  const std::size_t words = scorer_.held_words();
  scores_.assign(assessments_.size(), {});
  held_.assign(rows.size() * words, 0);  // of the scored rows first, then of those that are judged whole
  const std::size_t wanted = needs_ == Needs::score ? 0 : assessments_.size() * words;
  scorer_.score(assessments_, scores_, std::span(held_).first(wanted));

  determining_.assign(needs_ >= Needs::determining_rules ? rows.size() * words : 0, 0);
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
    const bool asks_more = needs_ >= Needs::next_question && is_scored && !is_told(row, verdict.score);
    if (!is_scored || (needs_ == Needs::whole && asks_more)) judge_whole(row, verdict, held);
    if (needs_ == Needs::next_question && asks_more) verdict.next_question = *engine_.next_question(row.assessment);
    if (needs_ < Needs::determining_rules) continue;
    const std::span<std::uint64_t> determining = std::span(determining_).subspan(i * words, words);
    if (!find_determining(verdict, determining)) {
      judge_whole(row, verdict, held);
      find_determining(verdict, determining);
    }
    verdict.determining = determining;
  }
  return verdicts_;
}

// There is nothing to ask, and what its score does not say follows from the rules that hold.
bool Judge::is_told(const Row& row, const RowScore& score) const {
  bool is_told = score.complete;
  must_know_.for_each([&](Field f) { is_told = is_told && row.assessment.is_known(f); });
  return is_told;
}

void Judge::judge_whole(Row& row, Verdict& verdict, std::span<std::uint64_t> held) const {
  Request request = row.request ? *row.request : Request{};
  if (request.undecided == UndecidedPolicy::none) request.undecided = policy_;
  Result<Recommendation> result = engine_.recommend(row.assessment, request);
  if (!result.has_value()) {
    for (const Fault& fault : result.error().faults)
      row.faults.push_back({fault.where.empty() ? "" : fault.where.substr(1), 0, fault.message});
    return;
  }
  verdict.whole = std::make_unique<Recommendation>(std::move(result).value());
  const Recommendation& r = *verdict.whole;
  verdict.score.status = r.status;
  verdict.score.settled = r.settled;
  verdict.score.possible = 0;
  for (const std::size_t level : r.possible) verdict.score.possible |= std::uint64_t{1} << level;
  verdict.next_question = r.next_question;
  verdict.policy_level = r.policy ? std::optional(r.policy->level) : std::nullopt;
  std::fill(held.begin(), held.end(), 0);
  for (std::size_t rule = 0; rule < r.rules.size(); ++rule)
    if (r.rules[rule].state == RuleState::holds) set_bit(rule, held);
}

bool Judge::find_determining(const Verdict& verdict, std::span<std::uint64_t> determining) const {
  if (verdict.whole) {
    for (const std::size_t rule : verdict.whole->determining_rules()) set_bit(rule, determining);
    return true;
  }
  if (!std::has_single_bit(verdict.score.possible)) return true;
  const std::size_t level = *verdict.score.lowest();
  for (std::size_t w = 0; w < determining.size(); ++w) determining[w] = verdict.held[w] & demands_[level][w];
  return level == 0 || verdict.score.complete ||
         std::any_of(determining.begin(), determining.end(), [](std::uint64_t word) { return word != 0; });
}

}  // namespace placement::rows
