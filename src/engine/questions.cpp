// Engine::explain: the questions about one result, each answered from what recommend() found and the masks.
//
// Why a rule holds or fails is told twice over: by the parts of its condition with today's answers, part by part
// (Kleene's tables, as a reader would go through it), and by the fewest answers that make it so, exactly. Why not
// another level: which rules demand more, or which rules that would demand it do not hold; and the least change that
// leads there. Tested in tests/unit/engine/questions_test.cpp, the counterfactuals in tests/oracle too.
#include <algorithm>
#include <string>

#include "engine/compile.hpp"
#include "engine/counterfactual.hpp"
#include "engine/explain.hpp"
#include "engine/request.hpp"
#include "model/nearest_name.hpp"
#include "placement/engine.hpp"

namespace placement {
namespace engine {
namespace {

using Relation = WhyNot::Relation;

// The question with its ids looked up.
struct CheckedQuestion {
  std::vector<std::size_t> rules;
  std::optional<std::size_t> why_not, to;
};

template <class List>
std::size_t find(const List& list, const std::string& id, std::string_view noun, const std::string& place,
                 std::vector<Fault>& faults) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].id == id) return i;
    known.emplace_back(list[i].id);
  }
  faults.push_back({place, "the pack has no such " + std::string(noun) + model::did_you_mean(id, known)});
  return 0;
}

Result<CheckedQuestion> check_question(const PackContent& content, const Question& question) {
  CheckedQuestion checked;
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < question.rules.size(); ++i)
    checked.rules.push_back(
        find(content.rules, question.rules[i], "rule", "/question/rules/" + std::to_string(i), faults));
  if (question.why_not) checked.why_not = find(content.levels, *question.why_not, "level", "/question/why_not", faults);
  if (question.to) checked.to = find(content.levels, *question.to, "level", "/question/to", faults);
  if (!faults.empty()) return Error::of(ErrorCode::bad_request, std::move(faults));
  return checked;
}

// A condition with today's truth of every part; `wanted` is false under a negation.
ConditionPart part_of(const pack::Node& node, bool wanted, const pack::CheckedPack& pack, const Assessment& today) {
  using Node = pack::Node::Kind;
  ConditionPart part;
  const Truth truth = pack::evaluate(node, pack.terms, today);
  part.today = wanted ? truth : !truth;
  const auto of_children = [&](std::size_t count) {
    const std::size_t all = node.children.size();
    part.count = wanted ? count : all - count + 1;
    part.kind = part.count == all ? ConditionPart::Kind::all_of
                : part.count == 1 ? ConditionPart::Kind::any_of
                                  : ConditionPart::Kind::at_least;
    for (const pack::Node& child : node.children) part.parts.push_back(part_of(child, wanted, pack, today));
  };
  switch (node.kind) {
    case Node::negation:
      return part_of(node.children.front(), !wanted, pack, today);
    case Node::is_in:
      part.kind = ConditionPart::Kind::answer;
      part.field = node.field;
      part.values = wanted ? node.values : ValueSet::all(node.field) - node.values;
      break;
    case Node::term:
      part.kind = ConditionPart::Kind::term;
      part.term = node.index;
      part.is_negated = !wanted;
      part.parts.push_back(part_of(pack.terms[node.index].when, wanted, pack, today));
      break;
    case Node::all_of:
      of_children(node.children.size());
      break;
    case Node::any_of:
      of_children(1);
      break;
    case Node::at_least:
      of_children(node.count);
      break;
    case Node::always:
    case Node::never:
    case Node::atom:
      break;
  }
  return part;
}

class Explainer {
 public:
  Explainer(const Compiled& compiled, const CheckedRequest& request, Recommendation recommendation)
      : compiled_(compiled),
        content_(compiled.pack.content()),
        current_level_(request.current_level),
        demands_(demands_of(compiled, request.current_level, request.handled)),
        result_(std::move(recommendation)) {
    for (const std::size_t level : found().possible) possible_ |= Levels{1} << level;
  }

  Explanation answer(const CheckedQuestion& question, bool is_empty) {
    for (const std::size_t rule : question.rules) result_.rules.push_back(rule_explanation(rule));
    if (question.why_not) result_.why_not = why_not(*question.why_not);
    if (question.to) result_.to = change_to(*question.to);
    if (!is_empty || found().possible.empty()) return std::move(result_);
    // Of several possible levels the ends come first: what would settle it there.
    const bool is_one = found().possible.size() == 1;
    for (std::size_t level = found().possible.front() + (is_one ? 0 : 1); level-- > 0;) {
      result_.down.push_back(change_to(level));
      if (result_.down.back().outcome != Counterfactual::Outcome::none) break;
    }
    for (std::size_t level = found().possible.back() + (is_one ? 1 : 0); level < content_.levels.size(); ++level) {
      result_.up.push_back(change_to(level));
      if (result_.up.back().outcome != Counterfactual::Outcome::none) break;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Recommendation& found() const { return result_.recommendation; }
  [[nodiscard]] masks::Search new_search() const { return {compiled_.masks, compiled_.options.step_budget}; }

  Counterfactual change_to(std::size_t level) const {
    Counterfactual change;
    change.level = level;
    if (!found().settled) return change;
    masks::Search search = new_search();
    change = counterfactual_to(level, compiled_, demands_, found().assessment, possible_, search);
    if (change.outcome != Counterfactual::Outcome::found) return change;
    Assessment changed = found().assessment;
    for (const AnswerChange& c : change.changes) changed.set(c.field, c.values);
    Completions completions(compiled_, region_of(changed, compiled_.masks), search);
    change.status = outcome_of(compiled_, demands_, openness_of(changed), completions).status;
    return change;
  }

  RuleExplanation rule_explanation(std::size_t rule) const {
    const RuleResult& today = found().rules[rule];
    RuleExplanation explanation;
    explanation.rule = rule;
    explanation.state = today.state;
    explanation.waits_for = today.waits_for;
    explanation.condition =
        part_of(compiled_.pack.checked().rules[rule], true, compiled_.pack.checked(), found().assessment);
    if (today.state != RuleState::holds && today.state != RuleState::no) return explanation;
    const FieldSet answered = found().assessment.answered();
    masks::Search search = new_search();
    const Completions completions(compiled_, region_of(found().assessment, compiled_.masks), search);
    explanation.reason =
        reason_of_state(compiled_, rule, today.state == RuleState::holds, answered, completions, search)
            .value_or(answered);
    return explanation;
  }

  [[nodiscard]] Relation relation_to(std::size_t level) const {
    if (possible_ == 0) return Relation::no_level;
    masks::Search search = new_search();
    Completions anybody(compiled_, compiled_.masks.everything(), search);
    if ((possible_levels(demands_, anybody) >> level & 1U) == 0) return Relation::unreachable;
    if ((possible_ >> level & 1U) != 0) return found().possible.size() == 1 ? Relation::indicated : Relation::open;
    if (level < found().possible.front()) return Relation::too_low;
    return level > found().possible.back() ? Relation::too_high : Relation::passed_over;
  }

  WhyNot why_not(std::size_t level) const {
    WhyNot answer;
    answer.level = level;
    answer.relation = relation_to(level);
    answer.change = change_to(level);
    for (const RuleState state : {RuleState::holds, RuleState::open, RuleState::no})
      for (std::size_t rule = 0; rule < content_.rules.size(); ++rule) {
        const std::optional<std::size_t> demanded = demanded_level(content_.rules[rule], current_level_);
        if (!demanded || found().rules[rule].state != state) continue;
        if (*demanded > level && state != RuleState::no) answer.above.push_back(rule);
        const bool would_lift = *demanded == level || (*demanded > level && answer.relation == Relation::too_high);
        if (would_lift && state != RuleState::holds) answer.lacking.push_back(rule);
      }
    return answer;
  }

  const Compiled& compiled_;
  const PackContent& content_;
  std::optional<std::size_t> current_level_;
  Demands demands_;
  Explanation result_;
  Levels possible_ = 0;
};

}  // namespace
}  // namespace engine

Result<Explanation> Engine::explain(const Assessment& assessment, const Request& request,
                                    const Question& question) const {
  const Result<engine::CheckedQuestion> checked = engine::check_question(pack().content(), question);
  if (!checked.has_value()) return checked.error();
  Result<Recommendation> recommendation = recommend(assessment, request);
  if (!recommendation.has_value()) return recommendation.error();
  const Result<engine::CheckedRequest> checked_request = engine::check_request(pack().content(), request);
  if (!checked_request.has_value()) return checked_request.error();
  return engine::Explainer(*compiled_, *checked_request, std::move(recommendation).value())
      .answer(*checked, question.is_empty());
}

std::string_view to_string(Counterfactual::Outcome outcome) noexcept {
  using Outcome = Counterfactual::Outcome;
  switch (outcome) {
    case Outcome::found:
      return "found";
    case Outcome::none:
      return "none";
    case Outcome::is_so:
      return "is_so";
    case Outcome::no_level:
      return "no_level";
    case Outcome::not_settled:
      return "not_settled";
  }
  return "";
}

std::string_view to_string(WhyNot::Relation relation) noexcept {
  using Relation = WhyNot::Relation;
  switch (relation) {
    case Relation::indicated:
      return "indicated";
    case Relation::open:
      return "open";
    case Relation::too_low:
      return "too_low";
    case Relation::too_high:
      return "too_high";
    case Relation::passed_over:
      return "passed_over";
    case Relation::unreachable:
      return "unreachable";
    case Relation::no_level:
      return "no_level";
  }
  return "";
}

}  // namespace placement
