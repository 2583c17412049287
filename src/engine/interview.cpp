// Interview: a history of steps over one input, judged anew after each.
//
// Idea: relevance is exact (relevance.hpp), so asking relevant fields until none is left reaches the full assessment's
// status and level by definition; all that is left to do here is bookkeeping. A step remembers what it replaced, so
// taking it back needs no replay, and a saved interview is its input with the history beside it. What a question is
// good for comes from the possible levels under each code of its field: a few cover tests a code, since values that
// share a code cannot differ. Tested by the law "the interview ends at the level of the full assessment" in
// tests/property and in tests/unit/engine/interview_test.cpp.
#include "placement/interview.hpp"

#include <algorithm>
#include <tuple>

#include "engine/possible.hpp"
#include "engine/request.hpp"

namespace placement {
namespace {

using masks::Answer;

// Kept in field order, so that a step taken back leaves no trace.
void set_asked(std::vector<Field>& asked, Field field, bool is_asked) {
  const auto at = std::find(asked.begin(), asked.end(), field);
  if (is_asked && at == asked.end()) asked.insert(std::upper_bound(asked.begin(), asked.end(), field), field);
  if (!is_asked && at != asked.end()) asked.erase(at);
}

auto find_handled(std::vector<HandledAlert>& handled, const std::string& alert) {
  return std::find_if(handled.begin(), handled.end(), [&](const HandledAlert& h) { return h.alert == alert; });
}

// Takes the step back; false where the input does not show that it was taken.
bool undo(const InterviewStep& step, Input& input) {
  std::vector<Field>& asked = input.request.asked;
  if (!step.field) {
    const auto at = find_handled(input.request.handled, step.alert);
    if (at == input.request.handled.end()) return false;
    input.request.handled.erase(at);
    return true;
  }
  const bool is_asked = std::find(asked.begin(), asked.end(), *step.field) != asked.end();
  if (input.assessment.is_unknown(*step.field) && !is_asked) return false;
  input.assessment.set(*step.field, step.before);
  set_asked(asked, *step.field, step.was_asked);
  return true;
}

Request without_placed(Request request) {
  request.placed.reset();
  return request;
}

}  // namespace

Result<Interview> Interview::start(Engine engine, InterviewState from) {
  const Result<engine::CheckedRequest> checked = engine::check_request(engine.pack().content(), from.input.request);
  if (!checked.has_value()) return checked.error();
  Input earlier = from.input;
  for (std::size_t i = from.history.size(); i-- > 0;)
    if (!undo(from.history[i], earlier))
      return Error::of(ErrorCode::bad_request,
                       {{"/history/" + std::to_string(i),
                         from.history[i].field ? "the field has no answer, and `asked` of the request does not name it"
                                               : "`handled` of the request does not name this alert"}});
  Result<Recommendation> now = engine.recommend(from.input.assessment, without_placed(from.input.request));
  if (!now.has_value()) return now.error();
  return Interview(std::move(engine), std::move(from), std::move(now).value());
}

void Interview::judge() {
  // The request was checked at the start, and steps add nothing to it that could be refused.
  now_ = engine_.recommend(state_.input.assessment, without_placed(request())).value();
}

bool Interview::is_asked(Field field) const noexcept {
  return std::find(request().asked.begin(), request().asked.end(), field) != request().asked.end();
}

void Interview::take(Field field, const ValueSet& values, bool counts_as_asked) {
  state_.history.push_back({field, state_.input.assessment.answer(field), is_asked(field), {}});
  state_.input.assessment.set(field, values);
  set_asked(state_.input.request.asked, field, counts_as_asked);
  judge();
}

void Interview::answer(Field field, const ValueSet& values) {
  if (values == ValueSet::all(field)) return not_known(field);
  take(field, values, values.count() > 1);
}

void Interview::not_known(Field field) { take(field, state_.input.assessment.answer(field), true); }

void Interview::handled(std::size_t alert, std::string by, std::string at) {
  const std::string& id = engine_.pack().content().rules[alert].id;
  if (find_handled(state_.input.request.handled, id) != state_.input.request.handled.end()) return;
  state_.input.request.handled.push_back({id, std::move(by), std::move(at)});
  state_.history.push_back({std::nullopt, {}, false, id});
  judge();
}

bool Interview::back() {
  if (state_.history.empty()) return false;
  undo(state_.history.back(), state_.input);
  state_.history.pop_back();
  judge();
  return true;
}

std::vector<std::size_t> Interview::emergencies() const {
  if (now_.status != Status::emergency) return {};
  std::vector<std::size_t> certain, open;
  for (const AlertResult& alert : now_.alerts) {
    if (now_.pack.content().rules[alert.rule].urgency != Urgency::stop || alert.handled) continue;
    if (alert.state == RuleState::holds) certain.push_back(alert.rule);
    if (alert.state == RuleState::open) open.push_back(alert.rule);
  }
  return certain.empty() ? open : certain;
}

std::size_t Interview::answered() const noexcept { return state_.input.assessment.answered().size(); }

std::size_t Interview::unanswered() const noexcept {
  return static_cast<std::size_t>(std::count_if(request().asked.begin(), request().asked.end(),
                                                [&](Field f) { return state_.input.assessment.is_unknown(f); }));
}

std::size_t Interview::left() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(now_.missing.begin(), now_.missing.end(), [&](Field f) { return !is_asked(f); }));
}

QuestionPurpose Interview::purpose(Field field) const {
  const engine::Compiled& compiled = engine_.compiled();
  const PackContent& content = engine_.pack().content();
  QuestionPurpose purpose;
  if (now_.must_know.contains(field))
    for (std::size_t i = 0; i < content.must_know.size() && !purpose.must_know; ++i)
      if (content.must_know[i].field == field) purpose.must_know = i;

  const engine::CheckedRequest checked = engine::check_request(content, request()).value();
  const engine::Demands demands = engine::demands_of(compiled, checked.current_level, checked.handled);
  masks::Search search(compiled.masks, compiled.options.step_budget);
  masks::Region region = engine::region_of(state_.input.assessment, compiled.masks);
  const auto column = static_cast<std::size_t>(field);
  for (masks::Codes rest = region[column]; rest != 0; rest &= rest - 1) {
    const masks::Codes code = rest & (~rest + 1);
    masks::Region answered = region;
    answered[column] = code;
    engine::Completions completions(compiled, answered, search);
    QuestionPurpose::Outcome outcome{
        engine::values_of(field, code, compiled.masks) & state_.input.assessment.answer(field),
        {},
        completions.is_consistent() == Answer::no};
    if (!outcome.contradicts) outcome.possible = engine::list_of(engine::possible_levels(demands, completions));
    const auto same = std::find_if(purpose.outcomes.begin(), purpose.outcomes.end(), [&](const auto& other) {
      return other.contradicts == outcome.contradicts && other.possible == outcome.possible;
    });
    if (same == purpose.outcomes.end())
      purpose.outcomes.push_back(std::move(outcome));
    else
      same->answers = same->answers | outcome.answers;
  }
  for (const std::size_t level : now_.possible) {
    const bool is_ruled_out = std::any_of(purpose.outcomes.begin(), purpose.outcomes.end(), [&](const auto& outcome) {
      return !outcome.contradicts &&
             std::find(outcome.possible.begin(), outcome.possible.end(), level) == outcome.possible.end();
    });
    if (is_ruled_out) purpose.levels_apart.push_back(level);
  }

  // Stop alerts, then scope, then demands from above; what bears only on services is no reason to ask.
  const auto order = [&](std::size_t r) {
    const Rule& rule = content.rules[r];
    const std::optional<std::size_t> level = engine::demanded_level(rule, checked.current_level);
    return std::tuple(rule.kind != RuleKind::alert, rule.kind != RuleKind::out_of_scope,
                      content.levels.size() - level.value_or(0));
  };
  for (const std::size_t r : demands.rules) {
    const Rule& rule = content.rules[r];
    const bool bears = rule.kind == RuleKind::alert
                           ? rule.urgency == Urgency::stop
                           : rule.kind == RuleKind::out_of_scope || rule.kind == RuleKind::require ||
                                 rule.kind == RuleKind::continued_stay;
    if (bears && now_.rules[r].waits_for.contains(field)) purpose.rules.push_back(r);
  }
  std::stable_sort(purpose.rules.begin(), purpose.rules.end(),
                   [&](std::size_t a, std::size_t b) { return order(a) < order(b); });
  return purpose;
}

}  // namespace placement
