// A result, read piece by piece: nothing here makes anything, so nothing can fail.
#include "placement/recommendation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "capi/guard.hpp"
#include "placement/io.hpp"

using placement::CareState;
using placement::Disposition;
using placement::FieldSet;
using placement::Recommendation;
using placement::RuleState;
using placement::Status;
using namespace placement::capi;

static_assert(PLACEMENT_STATUS_EMERGENCY == number(Status::emergency));
static_assert(PLACEMENT_STATUS_INCONSISTENT == number(Status::inconsistent));
static_assert(PLACEMENT_STATUS_OUT_OF_SCOPE == number(Status::out_of_scope));
static_assert(PLACEMENT_STATUS_DECIDED == number(Status::decided));
static_assert(PLACEMENT_STATUS_UNDECIDED == number(Status::undecided));
static_assert(PLACEMENT_STATE_NO == number(RuleState::no) && PLACEMENT_STATE_OPEN == number(RuleState::open));
static_assert(PLACEMENT_STATE_HOLDS == number(RuleState::holds));
static_assert(PLACEMENT_STATE_NOT_EVALUATED == number(RuleState::not_evaluated));
static_assert(PLACEMENT_DISPOSITION_OPEN == number(Disposition::open));
static_assert(PLACEMENT_DISPOSITION_ADMIT == number(Disposition::admit));
static_assert(PLACEMENT_DISPOSITION_STEP_UP == number(Disposition::step_up));
static_assert(PLACEMENT_DISPOSITION_TRANSFER == number(Disposition::transfer));
static_assert(PLACEMENT_DISPOSITION_CONTINUE == number(Disposition::continue_level));
static_assert(PLACEMENT_DISPOSITION_DISCHARGE_TO_AFTERCARE == number(Disposition::discharge_to_aftercare));
static_assert(PLACEMENT_DISPOSITION_STEP_DOWN == number(Disposition::step_down));

namespace {

constexpr std::int32_t kNone = PLACEMENT_NONE;

std::int32_t number_or_none(const std::optional<std::size_t>& level) { return level ? number(*level) : kNone; }

std::int32_t care_state(CareState state) {
  switch (state) {
    case CareState::no:
      return PLACEMENT_STATE_NO;
    case CareState::open:
      return PLACEMENT_STATE_OPEN;
    case CareState::yes:
      return PLACEMENT_STATE_YES;
    case CareState::avoid:
      return PLACEMENT_STATE_AVOID;
  }
  return kNone;
}

// A list as the caller walks it: `visit(number)` for each item.
template <class Visit>
void visit_numbers(const std::vector<std::size_t>& list, Visit visit) {
  for (const std::size_t item : list) visit(number(item));
}

template <class Visit>
void visit_fields(const FieldSet& set, Visit visit) {
  set.for_each([&](placement::Field field) { visit(number(field)); });
}

template <class Visit>
void visit_list(const Recommendation& r, std::int32_t list, Visit visit) {
  switch (list) {
    case PLACEMENT_POSSIBLE:
      return visit_numbers(r.possible, visit);
    case PLACEMENT_WALK:
      for (const placement::WalkStep& step : r.walk) visit(number(step.level));
      return;
    case PLACEMENT_PATH:
      for (const placement::PathwayStep& step : r.pathway) visit(number(step.level));
      return;
    case PLACEMENT_DETERMINING:
      for (std::size_t rule = 0; rule < r.rules.size(); ++rule)
        if (r.rules[rule].determining) visit(number(rule));
      return;
    case PLACEMENT_ALERTS:
      for (const placement::AlertResult& alert : r.alerts) visit(number(alert.rule));
      return;
    case PLACEMENT_DISPOSITION_RULES:
      return visit_numbers(r.disposition_rules, visit);
    case PLACEMENT_REASON:
      return visit_fields(r.reason, visit);
    case PLACEMENT_CONFLICT:
      return visit_fields(r.conflict, visit);
    case PLACEMENT_MUST_KNOW:
      return visit_fields(r.must_know, visit);
    case PLACEMENT_MISSING:
      for (const placement::Field field : r.missing) visit(number(field));
      return;
    default:
      return;
  }
}

template <class Visit>
void visit_stop(const Recommendation& r, std::int32_t way, std::int32_t stop, std::int32_t kind, Visit visit) {
  if (way == PLACEMENT_WALK) {
    const placement::WalkStep* step = item_of(r.walk, stop);
    if (step != nullptr && kind == PLACEMENT_RULES) visit_numbers(step->insufficient, visit);
    return;
  }
  const placement::PathwayStep* step = way == PLACEMENT_PATH ? item_of(r.pathway, stop) : nullptr;
  if (step == nullptr) return;
  switch (kind) {
    case PLACEMENT_LEVELS:
      return visit_numbers(step->possible, visit);
    case PLACEMENT_RULES:
      return visit_numbers(step->criteria, visit);
    case PLACEMENT_SERVICES:
      return visit_numbers(step->services, visit);
    case PLACEMENT_CAPABILITIES:
      return visit_numbers(step->capabilities, visit);
    default:
      return;
  }
}

template <class Visit>
void visit_waited(const Recommendation& r, std::int32_t kind, std::int32_t item, Visit visit) {
  const auto each = [&](const auto* found) {
    if (found != nullptr) visit_fields(found->waits_for, visit);
  };
  if (kind == PLACEMENT_RULES) each(item_of(r.rules, item));
  if (kind == PLACEMENT_SERVICES) each(item_of(r.services, item));
  if (kind == PLACEMENT_CAPABILITIES) each(item_of(r.capabilities, item));
}

// How many, and which is the one at `index`, of what `walk(visit)` visits.
template <class Walk>
std::int32_t count_of(Walk walk) {
  std::int32_t count = 0;
  walk([&](std::int32_t /*item*/) { ++count; });
  return count;
}

template <class Walk>
std::int32_t found_at(std::int32_t index, Walk walk) {
  std::int32_t at = 0, found = kNone;
  walk([&](std::int32_t item) {
    if (at++ == index) found = item;
  });
  return found;
}

/// What `read(recommendation)` tells, or `nothing`.
template <class Read>
std::int32_t read_from(const placement_result* result, std::int32_t nothing, Read read) {
  return told(nothing, [&]() -> std::int32_t { return result == nullptr ? nothing : read(result->recommendation); });
}

}  // namespace

void placement_result_destroy(placement_result* result) { delete result; }

const placement_pack* placement_result_pack(const placement_result* result) {
  return result == nullptr ? nullptr : &result->pack;
}

int32_t placement_result_write(const placement_result* result, int32_t format, placement_text** text,
                               placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = missing(result, "result")) return fault;
    if (Failure fault = unknown_format(format, PLACEMENT_SVG)) return fault;
    return give(text, placement::write_recommendation(result->recommendation, static_cast<placement::Format>(format)));
  });
}

int32_t placement_result_status(const placement_result* result) {
  return read_from(result, kNone, [](const Recommendation& r) { return number(r.status); });
}

int32_t placement_result_is_settled(const placement_result* result) {
  return read_from(result, 0, [](const Recommendation& r) { return number(r.settled); });
}

int32_t placement_result_level(const placement_result* result) {
  return read_from(result, kNone, [](const Recommendation& r) { return number_or_none(r.indicated); });
}

int32_t placement_result_policy_level(const placement_result* result) {
  return read_from(result, kNone, [](const Recommendation& r) { return r.policy ? number(r.policy->level) : kNone; });
}

int32_t placement_result_feasible_level(const placement_result* result) {
  return read_from(result, kNone,
                   [](const Recommendation& r) { return r.feasible ? number_or_none(r.feasible->level) : kNone; });
}

int32_t placement_result_placed_level(const placement_result* result) {
  return read_from(result, kNone, [](const Recommendation& r) { return r.placed ? number(r.placed->level) : kNone; });
}

int32_t placement_result_disposition(const placement_result* result) {
  return read_from(result, kNone, [](const Recommendation& r) { return number(r.disposition); });
}

int32_t placement_result_next_question(const placement_result* result) {
  return read_from(result, kNone,
                   [](const Recommendation& r) { return r.next_question ? number(*r.next_question) : kNone; });
}

int32_t placement_result_count(const placement_result* result, int32_t list) {
  return read_from(result, 0,
                   [&](const Recommendation& r) { return count_of([&](auto visit) { visit_list(r, list, visit); }); });
}

int32_t placement_result_item(const placement_result* result, int32_t list, int32_t index) {
  return read_from(result, kNone, [&](const Recommendation& r) {
    return found_at(index, [&](auto visit) { visit_list(r, list, visit); });
  });
}

int32_t placement_result_state(const placement_result* result, int32_t kind, int32_t item) {
  return read_from(result, kNone, [&](const Recommendation& r) {
    if (kind == PLACEMENT_RULES) {
      const placement::RuleResult* rule = item_of(r.rules, item);
      return rule == nullptr ? kNone : number(rule->state);
    }
    const placement::CareResult* care = kind == PLACEMENT_SERVICES       ? item_of(r.services, item)
                                        : kind == PLACEMENT_CAPABILITIES ? item_of(r.capabilities, item)
                                                                         : nullptr;
    return care == nullptr ? kNone : care_state(care->state);
  });
}

int32_t placement_result_waits_for_count(const placement_result* result, int32_t kind, int32_t item) {
  return read_from(result, 0, [&](const Recommendation& r) {
    return count_of([&](auto visit) { visit_waited(r, kind, item, visit); });
  });
}

int32_t placement_result_waits_for(const placement_result* result, int32_t kind, int32_t item, int32_t index) {
  return read_from(result, kNone, [&](const Recommendation& r) {
    return found_at(index, [&](auto visit) { visit_waited(r, kind, item, visit); });
  });
}

int32_t placement_result_is_determining(const placement_result* result, int32_t rule) {
  return read_from(result, 0, [&](const Recommendation& r) {
    const placement::RuleResult* found = item_of(r.rules, rule);
    if (found == nullptr || !found->determining) return 0;
    return found->jointly ? 2 : 1;
  });
}

int32_t placement_result_is_handled(const placement_result* result, int32_t rule) {
  return read_from(result, 0, [&](const Recommendation& r) {
    for (const placement::AlertResult& alert : r.alerts)
      if (number(alert.rule) == rule) return number(alert.handled.has_value());
    return 0;
  });
}

int32_t placement_result_stop_count(const placement_result* result, int32_t way, int32_t stop, int32_t kind) {
  return read_from(result, 0, [&](const Recommendation& r) {
    return count_of([&](auto visit) { visit_stop(r, way, stop, kind, visit); });
  });
}

int32_t placement_result_stop_item(const placement_result* result, int32_t way, int32_t stop, int32_t kind,
                                   int32_t index) {
  return read_from(result, kNone, [&](const Recommendation& r) {
    return found_at(index, [&](auto visit) { visit_stop(r, way, stop, kind, visit); });
  });
}

int32_t placement_result_stop_settled_by(const placement_result* result, int32_t stop) {
  return read_from(result, kNone, [&](const Recommendation& r) {
    const placement::PathwayStep* step = item_of(r.pathway, stop);
    return step == nullptr || !step->settled_by ? kNone : number(*step->settled_by);
  });
}

int32_t placement_result_stop_need_remains(const placement_result* result, int32_t stop) {
  return read_from(result, 0, [&](const Recommendation& r) {
    const placement::PathwayStep* step = item_of(r.pathway, stop);
    return step == nullptr ? 0 : number(step->need_remains);
  });
}

const char* placement_status_name(int32_t status) { return name_of<Status>(status, PLACEMENT_STATUS_UNDECIDED); }

const char* placement_disposition_name(int32_t disposition) {
  return name_of<Disposition>(disposition, PLACEMENT_DISPOSITION_STEP_DOWN);
}

const char* placement_state_name(int32_t state) {
  if (state == PLACEMENT_STATE_YES) return to_string(CareState::yes).data();
  if (state == PLACEMENT_STATE_AVOID) return to_string(CareState::avoid).data();
  return name_of<RuleState>(state, PLACEMENT_STATE_NOT_EVALUATED);
}
