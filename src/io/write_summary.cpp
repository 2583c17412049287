#include "io/write_summary.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/write_lines.hpp"
#include "io/write_plan.hpp"
#include "pack/checked_pack.hpp"
#include "placement/version.hpp"

namespace placement::io {
namespace {

constexpr std::size_t kCitationInWhy = 64;
constexpr std::size_t kMostFieldsInLevels = 3;
constexpr std::size_t kDigestPrefix = 12;

/// Service groups in the order of the care plan; docs/rule-pack.md lists them.
constexpr std::array<std::string_view, 7> kGroups{
    "medication", "overdose_prevention", "therapy", "medical", "recovery_support", "social", "planning"};

std::vector<std::string> facts(const Recommendation& r, const FieldSet& fields) {
  std::vector<std::string> parts;
  fields.for_each([&](Field f) { parts.push_back(describe_fact(f, r.assessment.answer(f))); });
  return parts;
}

/// Rules of a kind in a state.
std::vector<std::size_t> rules_in(const Recommendation& r, RuleKind kind, RuleState state) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < r.rules.size(); ++i)
    if (content(r).rules[i].kind == kind && r.rules[i].state == state) found.push_back(i);
  return found;
}

bool is_open_stop(const Recommendation& r, const AlertResult& alert) {
  return !alert.handled && alert.state == RuleState::open && content(r).rules[alert.rule].urgency == Urgency::stop;
}

std::string undecided_headline(const Recommendation& r) {
  if (r.possible.empty()) return "NOT DECIDED: no level could be named";
  std::string text = "NOT DECIDED: ";
  if (r.possible.size() == 1)
    text += short_name(r, r.possible.front()) + " is the only level possible, yet not confirmed";
  else
    text += "possible " + level_range(r, r.possible);
  if (r.policy)
    text.append("; policy '")
        .append(to_string(r.policy->name))
        .append("' takes ")
        .append(short_name(r, r.policy->level));
  return text;
}

std::string headline(const Recommendation& r) {
  switch (r.status) {
    case Status::emergency:
      return "EMERGENCY: act now, before any placement";
    case Status::inconsistent:
      return "CONTRADICTION: these answers cannot all be true";
    case Status::out_of_scope:
      return "OUT OF SCOPE: this pack does not speak about this person";
    case Status::decided:
      return upper_case(short_name(r, *r.indicated)) + ": decided";
    case Status::undecided:
      return undecided_headline(r);
  }
  return {};
}

/// What the conflicting answers are and which constraints say so.
void add_conflict(const Recommendation& r, std::vector<std::string>& notes) {
  if (r.conflict.empty()) return;
  notes.push_back("These answers contradict each other: " + joined_up_to(facts(r, r.conflict), kFieldCount, "; ") +
                  ".");
  Assessment only;
  r.conflict.for_each([&](Field f) { only.set(f, r.assessment.answer(f)); });
  const pack::CheckedPack& pack = r.pack.checked();
  for (std::size_t i = 0; i < pack.constraints.size(); ++i)
    if (pack::evaluate(pack.constraints[i], pack.terms, only) == Truth::no)
      notes.push_back(clean(pack.content.constraints[i].because));
  notes.emplace_back("Check them with the person or the chart and correct what is wrong.");
}

void add_scope(const Recommendation& r, std::vector<std::string>& notes) {
  std::vector<std::size_t> rules = rules_in(r, RuleKind::out_of_scope, RuleState::holds);
  if (rules.empty()) rules = rules_in(r, RuleKind::out_of_scope, RuleState::open);
  for (const std::size_t rule : rules) notes.push_back(rule_sentence(r, rule, kCitationInWhy));
}

std::vector<std::string> status_notes(const Recommendation& r) {
  std::vector<std::string> notes;
  switch (r.status) {
    case Status::emergency:
      if (!r.possible.empty())
        notes.push_back("Level of care once that is handled: " + level_range(r, r.possible) + ".");
      add_conflict(r, notes);
      break;
    case Status::inconsistent:
      add_conflict(r, notes);
      break;
    case Status::out_of_scope:
      add_scope(r, notes);
      break;
    case Status::decided:
      notes.push_back(clean(content(r).levels[*r.indicated].description));
      break;
    case Status::undecided:
      break;
  }
  if (r.status == Status::undecided) {
    if (!r.must_know.empty())
      notes.push_back("Must be known before a level counts as decided: " + describe_fields(r.must_know) + ".");
    FieldSet scope;
    for (const std::size_t rule : rules_in(r, RuleKind::out_of_scope, RuleState::open))
      scope |= r.rules[rule].waits_for;
    if (!scope.empty())
      notes.push_back("Not certain that this pack applies: depends on " + describe_fields(scope) + ".");
  }
  if (!r.settled) notes.emplace_back("The search ran out of its budget: more levels may be listed than are possible.");
  return notes;
}

void add_level(const Recommendation& r, Summary& summary) {
  const std::optional<std::size_t> named = named_level(r);
  if (!named) return;
  const CareLevel& level = content(r).levels[*named];
  if (r.status == Status::decided) summary.hours = capitalized(clean(level.hours)) + ".";
  summary.level = level_lines(level);
  if (summary.level.empty()) return;
  summary.level.push_back("hours: " + clean(level.hours));
  summary.level.push_back("stay: " + clean(level.stay));
}

// --- alerts
// -----------------------------------------------------------------------------------------------------------

void add_alerts(const Recommendation& r, Summary& summary) {
  // An emergency may rest on several stop alerts none of which holds in every completion: then all of them are shown.
  const bool has_stop = std::any_of(r.alerts.begin(), r.alerts.end(), [&](const AlertResult& alert) {
    return content(r).rules[alert.rule].urgency == Urgency::stop && alert.state == RuleState::holds && !alert.handled;
  });
  FieldSet rule_out;
  for (const AlertResult& alert : r.alerts) {
    const Rule& rule = content(r).rules[alert.rule];
    const bool may_count = r.status == Status::emergency && !has_stop && is_open_stop(r, alert);
    if (is_open_stop(r, alert)) rule_out |= r.rules[alert.rule].waits_for;
    if (alert.state != RuleState::holds && !may_count && !alert.handled) continue;
    if (rule.urgency == Urgency::notice) {
      if (alert.state == RuleState::holds)
        summary.notices.push_back(without_stop(clean(rule.because)) + ". " + clean(rule.action));
      continue;
    }
    AlertSummary line;
    line.urgency = rule.urgency;
    line.because = clean(rule.because);
    line.action = clean(rule.action);
    if (may_count) line.mark = "not ruled out";
    if (alert.handled) {
      line.is_handled = true;
      line.mark = "handled";
      if (!alert.handled->by.empty()) line.mark += " by " + clean(alert.handled->by);
      if (!alert.handled->at.empty()) line.mark += " at " + clean(alert.handled->at);
    }
    summary.alerts.push_back(std::move(line));
  }
  summary.rule_out = describe_fields(rule_out);
}

// --- why
// --------------------------------------------------------------------------------------------------------------

/// The answer excludes the best value the field has.
bool is_finding(Field field, const ValueSet& answer) {
  return !answer.contains(spec(field).worse == Worse::lower ? spec(field).high : 0);
}

void add_why(const Recommendation& r, Summary& summary) {
  for (const std::size_t rule : r.determining_rules())
    summary.why.push_back((r.rules[rule].jointly ? "With the others: " : "") + rule_sentence(r, rule, kCitationInWhy));
  if (r.possible.size() == 1 && summary.why.empty())
    summary.why.push_back("No rule demands more than " + short_name(r, r.possible.front()) + ".");
  if (r.possible.size() != 1) return;
  FieldSet read;
  for (const std::size_t rule : r.determining_rules()) read |= r.rules[rule].reads;
  // What the determining rules read comes before what rules the rest out, and findings before "none" and "no".
  std::array<FieldSet, 4> by_weight;
  r.reason.for_each([&](Field f) {
    const std::size_t place = (read.contains(f) ? 0U : 2U) + (is_finding(f, r.assessment.answer(f)) ? 0U : 1U);
    by_weight[place].insert(f);
  });
  for (const FieldSet& fields : by_weight)
    for (std::string& fact : facts(r, fields)) summary.reason.push_back(std::move(fact));
}

std::string open_sentence(const Recommendation& r, std::size_t rule) {
  std::vector<std::string> labels;
  r.rules[rule].waits_for.for_each([&](Field f) { labels.push_back(field_label(f)); });
  return rule_sentence(r, rule, 0) +
         (labels.empty() ? " (open)" : " (ask: " + joined_up_to(labels, kMostFieldsInLevels) + ")");
}

/// What could demand each of several possible levels, the most intensive first.
void add_levels(const Recommendation& r, Summary& summary) {
  if (r.possible.size() < 2) return;
  for (auto level = r.possible.rbegin(); level != r.possible.rend(); ++level) {
    LevelSummary line{*level, short_name(r, *level), {}};
    for (const std::size_t rule : rules_in(r, RuleKind::require, RuleState::holds))
      if (content(r).rules[rule].target == *level) line.demands.push_back(rule_sentence(r, rule, 0) + " (holds)");
    std::vector<std::size_t> open = rules_in(r, RuleKind::require, RuleState::open);
    std::stable_sort(open.begin(), open.end(), [&](std::size_t a, std::size_t b) {  // the quickest to settle first
      return r.rules[a].waits_for.size() < r.rules[b].waits_for.size();
    });
    for (const std::size_t rule : open)
      if (content(r).rules[rule].target == *level) line.demands.push_back(open_sentence(r, rule));
    summary.levels.push_back(std::move(line));
  }
}

// --- care beside the level
// --------------------------------------------------------------------------------------------

std::string first_reason(const Recommendation& r, RuleKind kind, std::size_t target) {
  for (const std::size_t rule : rules_in(r, kind, RuleState::holds))
    if (content(r).rules[rule].target == target) return clean(content(r).rules[rule].because);
  return {};
}

/// What a service depends on or why it is to be avoided goes beside its name.
void add_unsettled(const Recommendation& r, std::size_t service, CareRow& open, CareRow& avoid) {
  const CareResult& result = r.services[service];
  const std::string name = clean(content(r).services[service].name);
  if (result.state == CareState::open) {
    open.items.push_back(name);
    open.notes.push_back(result.waits_for.empty() ? "open" : "depends on " + describe_fields(result.waits_for));
  }
  if (result.state == CareState::avoid) {
    avoid.items.push_back(name);
    avoid.notes.push_back(without_stop(first_reason(r, RuleKind::avoid, service)));
  }
}

void add_care(const Recommendation& r, Summary& summary) {
  using Weight = CareRow::Weight;
  constexpr std::size_t kFirstGroups = 2;
  const std::vector<Service>& services = content(r).services;
  CareRow open{Weight::open, "depends on answers", {}, {}}, avoid{Weight::avoid, "avoid", {}, {}};
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    const Weight weight = g < kFirstGroups ? Weight::first : Weight::other;
    if (std::vector<std::string> names = offered_services(r, kGroups[g]); !names.empty())
      summary.care.push_back({weight, words_of(kGroups[g]), std::move(names), {}});
    for (std::size_t i = 0; i < services.size(); ++i)
      if (services[i].group == kGroups[g]) add_unsettled(r, i, open, avoid);
    if (g + 1 == kFirstGroups)
      if (std::vector<std::string> names = required_capabilities(r); !names.empty())
        summary.care.push_back({Weight::first, "programme must have", std::move(names), {}});
  }
  if (!avoid.items.empty()) summary.care.push_back(std::move(avoid));
  // Whoever the pack does not speak about is not asked more for its services.
  if (!open.items.empty() && r.status != Status::out_of_scope) summary.care.push_back(std::move(open));
}

// --- what to ask
// ------------------------------------------------------------------------------------------------------

std::string allowed_answers(const FieldSpec& field) {
  if (field.kind == FieldKind::flag) return "no or yes";
  if (field.kind == FieldKind::count)
    return "0 to " + std::to_string(field.high) + " " + std::string(field.unit) +
           (field.top_coded ? ", more counts as " + std::to_string(field.high) : "");
  std::vector<std::string> parts;
  for (const FieldValue& value : field.values)
    parts.push_back(words_of(value.name) +
                    (value.meaning.empty() || value.meaning == value.name ? "" : ": " + std::string(value.meaning)));
  return joined_up_to(parts, parts.size(), "; ");
}

void add_question(const Recommendation& r, Summary& summary) {
  if (!r.next_question) return;
  const FieldSpec& field = spec(*r.next_question);
  summary.question = field.question;
  summary.question_answers = allowed_answers(field);
  if (r.must_know.contains(*r.next_question))
    summary.question_why = "must be known before a level counts as decided";
  else if (r.possible.size() > 1)
    summary.question_why = "can narrow what is still possible: " + level_range(r, r.possible);
  else
    summary.question_why = "can settle the result";
  for (const Field f : r.missing)
    if (f != *r.next_question) summary.ask_then.push_back(field_label(f));
}

// --- the path down
// ----------------------------------------------------------------------------------------------------

void add_path(const Recommendation& r, Summary& summary) {
  std::vector<std::string> said;  // criteria already listed on the way
  for (std::size_t i = 0; i < r.pathway.size(); ++i) {
    const PathwayStep& step = r.pathway[i];
    const CareLevel& level = content(r).levels[step.level];
    StopSummary stop;
    stop.level = step.level;
    stop.name = short_name(r, step.level);
    stop.stay = "typical stay: " + clean(level.stay);
    stop.clock = "assess again within " + counted(static_cast<std::size_t>(level.reassess_days), "day");
    if (step.possible.size() > 1)
      stop.notes.push_back("Open today: " + level_names(r, step.possible, "or") +
                           (step.settled_by ? "; settled by " + field_label(*step.settled_by) : "") + ".");
    if (step.need_remains)
      stop.notes.emplace_back(
          "Reached only once the criteria above are met: the need is not expected to fall by itself.");
    const bool moves_on = i + 1 < r.pathway.size();
    for (const RuleState state : {RuleState::holds, RuleState::open})  // what holds today comes first
      for (const std::size_t rule : step.criteria) {
        std::string must = describe_release(rule, r.pack.checked(), r.assessment);
        if (r.rules[rule].state != state || std::find(said.begin(), said.end(), must) != said.end()) continue;
        said.push_back(must);
        stop.criteria.push_back(std::move(must));
      }
    if (moves_on && stop.criteria.empty())
      stop.criteria.emplace_back(
          step.criteria.empty() ? "no rule demands more than the next level: move on when the goals of this one are met"
                                : "no more than what is listed above");
    std::vector<std::string> beside;
    for (const std::size_t service : step.services)
      if (content(r).services[service].group == "medication")
        beside.push_back(clean(content(r).services[service].name));
    for (const std::size_t capability : step.capabilities)
      beside.push_back("programme with " + clean(content(r).capabilities[capability].name));
    stop.beside = joined_up_to(beside, beside.size());
    summary.path.push_back(std::move(stop));
  }
}

// --- re-assessment, availability, the clinician's choice
// ---------------------------------------------------------------

std::string disposition_sentence(const Recommendation& r) {
  const auto current = r.request.current_level ? content(r).find_level(*r.request.current_level) : std::nullopt;
  const std::string from = current ? short_name(r, *current) : std::string("the current level");
  const std::optional<std::size_t> level = named_level(r);
  const std::string to = level ? short_name(r, *level) : std::string("the level indicated");
  switch (r.disposition) {
    case Disposition::open:
      return "No disposition yet: the level is not decided.";
    case Disposition::admit:
      return "Admit to " + to + ".";
    case Disposition::step_up:
      return "Step up from " + from + " to " + to + ".";
    case Disposition::transfer:
      return "Stay at " + from + ", in a programme that has " + joined(required_capabilities(r)) + ".";
    case Disposition::continue_level:
      return "Continue at " + from + ".";
    case Disposition::discharge_to_aftercare:
      return "Discharge from " + from + " to " + to + ".";
    case Disposition::step_down:
      return "Step down from " + from + " to " + to + ".";
  }
  return {};
}

void add_disposition(const Recommendation& r, Summary& summary) {
  if (!r.request.current_level) return;
  summary.disposition.push_back(disposition_sentence(r));
  for (const std::size_t rule : r.disposition_rules)  // those that determine the level stand under "why" already
    if (!r.rules[rule].determining)
      summary.disposition.push_back((r.rules[rule].state == RuleState::no ? "No longer so: " : "") +
                                    rule_sentence(r, rule, kCitationInWhy));
}

void add_feasible(const Recommendation& r, Summary& summary) {
  if (!r.feasible) return;
  const Feasible& f = *r.feasible;
  std::vector<std::string>& lines = summary.feasible;
  if (!f.level)
    lines.emplace_back(f.plan == Feasible::Plan::transfer
                           ? "Nothing on offer is safe: transfer."
                           : "Nothing on offer fits: bridge the time until it is found.");
  else if (f.plan == Feasible::Plan::bridge)
    lines.push_back("On offer now: " + short_name(r, *f.level) + ", as a bridge.");
  else
    lines.push_back("On offer now: " + short_name(r, *f.level) +
                    (f.level > named_level(r) ? ", the nearest above what is indicated." : "."));
  std::vector<std::string> lacking;
  for (const std::size_t c : f.missing_capabilities) lacking.push_back(clean(content(r).capabilities[c].name));
  if (!lacking.empty())
    lines.push_back((f.level ? "It lacks: " : "The programme to be found must have: ") + joined(lacking) + ".");
  for (std::string& step : plan_steps(r)) lines.push_back(std::move(step));
  for (const std::size_t level : f.alternatives)
    lines.push_back("Also on offer, not advised: " + short_name(r, level) + " (" +
                    over_placement_harm(content(r).levels[level]) + ").");
}

void add_placed(const Recommendation& r, Summary& summary) {
  if (!r.placed) return;
  std::string text = "Placed by the clinician at " + short_name(r, r.placed->level);
  if (r.placed->override_reason)
    text += "; reason for the override: " +
            without_stop(clean(content(r).override_reasons[*r.placed->override_reason].text));
  summary.placed.push_back(text + ".");
}

std::string footer(const Recommendation& r) {
  std::string text = "pack " + content(r).id + " " + content(r).version + ", digest " +
                     r.pack.digest().substr(0, kDigestPrefix) + ", placement ";
  return text.append(kVersion).append("; decision support: check before use");
}

}  // namespace

std::vector<std::string> CareRow::with_notes() const {
  std::vector<std::string> lines = items;
  for (std::size_t i = 0; i < notes.size(); ++i)
    if (!notes[i].empty()) lines[i] += ": " + notes[i];
  return lines;
}

Summary summarize(const Recommendation& r) {
  Summary summary;
  summary.headline = headline(r);
  summary.notes = status_notes(r);
  add_level(r, summary);
  add_alerts(r, summary);
  if (r.status != Status::out_of_scope) add_why(r, summary);
  if (r.status == Status::undecided) {
    add_levels(r, summary);
    add_question(r, summary);
  }
  add_care(r, summary);
  add_path(r, summary);
  add_disposition(r, summary);
  add_feasible(r, summary);
  add_placed(r, summary);
  summary.footer = footer(r);
  return summary;
}

}  // namespace placement::io
