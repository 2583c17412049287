// Engine: puts the parts of a recommendation together, in the order in which they depend on each other.
#include "placement/engine.hpp"

#include <algorithm>
#include <bit>

#include "engine/compile.hpp"
#include "engine/explain.hpp"
#include "engine/next_question.hpp"
#include "engine/pathway.hpp"
#include "engine/possible.hpp"
#include "engine/relevance.hpp"
#include "engine/request.hpp"
#include "engine/settling.hpp"
#include "engine/walk.hpp"

namespace placement {
namespace engine {
namespace {

using masks::Answer;
using masks::RankedBox;

class Recommender {
 public:
  Recommender(const Compiled& compiled, const Assessment& assessment, const Request& request, CheckedRequest checked)
      : compiled_(compiled),
        content_(compiled.pack.content()),
        checked_(std::move(checked)),
        demands_(demands_of(compiled, checked_.current_level, checked_.handled)),
        region_(region_of(assessment, compiled.masks)),
        openness_(openness_of(assessment)),
        search_(compiled.masks, compiled.options.step_budget),
        completions_(compiled, region_, search_),
        detail_search_(compiled.masks, compiled.options.step_budget),
        details_(compiled, region_, detail_search_),
        result_(compiled.pack) {
    result_.assessment = assessment;
    result_.request = request;
  }

  Result<Recommendation> run() {
    judge_rules();
    judge_care();
    judge_status();
    explain();
    ask();
    const std::optional<std::size_t> level = named_level();
    if (level) {
      result_.pathway =
          pathway_from(compiled_, *level, result_.assessment, checked_.current_level, result_.rules, detail_search_);
      if (checked_.available)
        result_.feasible = feasible_among(content_, *level, yes_capabilities(), *checked_.available);
    }
    dispose();
    result_.placed = checked_.placed;
    if (result_.placed && result_.indicated != result_.placed->level && !result_.placed->override_reason)
      return Error::of(ErrorCode::bad_request, {{"/request/placed/override_reason",
                                                 "the placed level is not the indicated one: a reason is needed"}});
    return std::move(result_);
  }

  [[nodiscard]] std::optional<Field> next_question() {
    judge_status();
    result_.next_question =
        first_plainly_required(compiled_, demands_, openness_, outcome_, result_.request.asked, details_);
    if (!result_.next_question) ask();
    return result_.next_question;
  }

 private:
  void judge_rules() {
    const pack::CheckedPack& pack = compiled_.pack.checked();
    result_.rules.resize(content_.rules.size());
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      RuleResult& rule = result_.rules[r];
      rule.reads = pack.rule_reads[r];
      const bool is_evaluated = content_.rules[r].kind != RuleKind::continued_stay || checked_.current_level;
      rule.state = is_evaluated ? completions_.state_of(compiled_.rules[r]) : RuleState::not_evaluated;
      if (rule.state != RuleState::open) continue;
      std::vector<RankedBox> ranked;
      for (const std::uint16_t box : completions_.touched(compiled_.rules[r])) ranked.push_back({box, 1});
      rule.waits_for = settling_fields(compiled_, details_, ranked, rule.reads);
    }
    for (const Urgency urgency : {Urgency::stop, Urgency::urgent, Urgency::notice})
      for (std::size_t r = 0; r < content_.rules.size(); ++r) {
        if (content_.rules[r].kind != RuleKind::alert || content_.rules[r].urgency != urgency) continue;
        AlertResult alert{r, result_.rules[r].state, std::nullopt};
        const auto handled = std::find(checked_.handled.begin(), checked_.handled.end(), r);
        if (handled != checked_.handled.end())
          alert.handled = result_.request.handled[static_cast<std::size_t>(handled - checked_.handled.begin())];
        result_.alerts.push_back(std::move(alert));
      }
  }

  // Fields that settle what several rules decide together, ranked from above.
  FieldSet settling(std::initializer_list<RuleKind> falling_ranks, std::size_t target) {
    std::vector<RankedBox> ranked;
    FieldSet reads;
    auto rank = static_cast<std::uint16_t>(falling_ranks.size());
    for (const RuleKind kind : falling_ranks) {
      for (std::size_t r = 0; r < content_.rules.size(); ++r) {
        if (content_.rules[r].kind != kind || content_.rules[r].target != target) continue;
        for (const std::uint16_t box : details_.touched(compiled_.rules[r])) ranked.push_back({box, rank});
        reads |= result_.rules[r].reads;
      }
      --rank;
    }
    return settling_fields(compiled_, details_, ranked, reads);
  }

  void judge_care() {
    for (std::size_t c = 0; c < content_.capabilities.size(); ++c) {
      CareResult care{capability_state(compiled_, c, completions_), {}};
      if (care.state == CareState::open) care.waits_for = settling({RuleKind::capability}, c);
      result_.capabilities.push_back(care);
    }
    for (std::size_t s = 0; s < content_.services.size(); ++s) {
      CareResult care{service_state(compiled_, s, completions_), {}};
      if (care.state == CareState::open) care.waits_for = settling({RuleKind::avoid, RuleKind::offer}, s);
      result_.services.push_back(care);
    }
  }

  void judge_status() {
    outcome_ = outcome_of(compiled_, demands_, openness_, completions_);
    result_.settled = !search_.ran_out();
    result_.status = outcome_.status;
    result_.possible = list_of(outcome_.possible);
    result_.must_know = outcome_.must_know;
    if (outcome_.status == Status::decided) result_.indicated = result_.possible.front();
    const UndecidedPolicy policy = result_.request.undecided;
    if (outcome_.status == Status::undecided && policy != UndecidedPolicy::none && !result_.possible.empty())
      result_.policy =
          PolicyLevel{policy, policy == UndecidedPolicy::lowest ? result_.possible.front() : result_.possible.back()};
  }

  [[nodiscard]] std::optional<std::size_t> demanded(std::size_t rule) const {
    return demanded_level(content_.rules[rule], checked_.current_level);
  }

  void explain() {
    if (outcome_.status == Status::inconsistent || (outcome_.status == Status::emergency && result_.possible.empty()))
      if (completions_.is_consistent() == Answer::no)
        result_.conflict = conflict_in(compiled_, result_.assessment.answered(), region_, detail_search_)
                               .value_or(result_.assessment.answered());
    if (result_.possible.size() != 1) return;
    const std::size_t level = result_.possible.front();
    std::vector<Demand> demands;
    bool some_holds = false;
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      const std::optional<std::size_t> wanted = demanded(r);
      if (!wanted || result_.rules[r].state != RuleState::holds) continue;
      demands.push_back({r, *wanted});
      result_.rules[r].determining = *wanted == level;
      some_holds = some_holds || *wanted == level;
    }
    if (!some_holds && level > 0)
      for (std::size_t r = 0; r < content_.rules.size(); ++r) {
        if (demanded(r) != level || result_.rules[r].state != RuleState::open) continue;
        result_.rules[r].determining = result_.rules[r].jointly = true;
        demands.push_back({r, level});
      }
    result_.walk = walk(compiled_.pack.graph(), demands);
    result_.reason = reason_for(compiled_, demands_, level, result_.assessment.answered(), region_, detail_search_)
                         .value_or(result_.assessment.answered());
  }

  void ask() {
    const FieldSet relevant = relevant_fields(compiled_, demands_, openness_, outcome_, details_);
    result_.missing = in_asking_order(compiled_, demands_, relevant, result_.assessment, details_);
    const std::vector<Field>& asked = result_.request.asked;
    for (const Field f : result_.missing)
      if (!result_.next_question && std::find(asked.begin(), asked.end(), f) == asked.end()) result_.next_question = f;
  }

  [[nodiscard]] std::optional<std::size_t> named_level() const {
    if (result_.indicated) return result_.indicated;
    return result_.policy ? std::optional(result_.policy->level) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::size_t> yes_capabilities() const {
    std::vector<std::size_t> yes;
    for (std::size_t c = 0; c < result_.capabilities.size(); ++c)
      if (result_.capabilities[c].state == CareState::yes) yes.push_back(c);
    return yes;
  }

  void dispose() {
    if (!result_.indicated) return;  // open
    if (!checked_.current_level) {
      result_.disposition = Disposition::admit;
      return;
    }
    const std::size_t indicated = *result_.indicated, current = *checked_.current_level;
    bool lacks = false;
    if (checked_.current_capabilities)
      for (const std::size_t c : yes_capabilities())
        lacks = lacks || std::find(checked_.current_capabilities->begin(), checked_.current_capabilities->end(), c) ==
                             checked_.current_capabilities->end();
    result_.disposition = indicated > current    ? Disposition::step_up
                          : indicated == current ? (lacks ? Disposition::transfer : Disposition::continue_level)
                          : indicated == 0       ? Disposition::discharge_to_aftercare
                                                 : Disposition::step_down;
    // What holds the person: demands of the current level or more. Where nothing does, the released continue rules.
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      const std::optional<std::size_t> level = demanded(r);
      const bool is_holding = level && *level >= current && result_.rules[r].state == RuleState::holds;
      const bool is_released = indicated < current && content_.rules[r].kind == RuleKind::continued_stay;
      if (is_holding || is_released) result_.disposition_rules.push_back(r);
    }
  }

  const Compiled& compiled_;
  const PackContent& content_;
  CheckedRequest checked_;
  Demands demands_;
  masks::Region region_;
  Openness openness_;
  masks::Search search_;  // pays for what is claimed: states, status, possible levels
  Completions completions_;
  masks::Search detail_search_;  // pays for lists and explanations
  Completions details_;
  Outcome outcome_;
  Recommendation result_;
};

}  // namespace
}  // namespace engine

Result<Engine> Engine::make(RulePack pack, EngineOptions options) {
  Result<std::shared_ptr<const engine::Compiled>> compiled = engine::compile(std::move(pack), options);
  if (!compiled.has_value()) return compiled.error();
  return Engine(std::move(compiled).value());
}

const RulePack& Engine::pack() const noexcept { return compiled_->pack; }

Result<Recommendation> Engine::recommend(const Assessment& assessment, const Request& request) const {
  Result<engine::CheckedRequest> checked = engine::check_request(pack().content(), request);
  if (!checked.has_value()) return checked.error();
  return engine::Recommender(*compiled_, assessment, request, std::move(checked).value()).run();
}

Result<std::optional<Field>> Engine::next_question(const Assessment& assessment, const Request& request) const {
  Result<engine::CheckedRequest> checked = engine::check_request(pack().content(), request);
  if (!checked.has_value()) return checked.error();
  return engine::Recommender(*compiled_, assessment, request, std::move(checked).value()).next_question();
}

}  // namespace placement
