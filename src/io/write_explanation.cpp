// An explanation in sentences that can be read aloud: the answer first, then one block per question.
#include "io/write_explanation.hpp"

#include <algorithm>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/page.hpp"
#include "io/write_summary.hpp"
#include "placement/io.hpp"

namespace placement::io {
namespace {

using Outcome = Counterfactual::Outcome;
using Relation = WhyNot::Relation;

constexpr std::size_t kCitation = 64;
constexpr std::size_t kMostReasons = 4;
constexpr std::size_t kMostAbove = 3;
constexpr std::size_t kMostLacking = 3;
constexpr std::size_t kMostFields = 6;
constexpr std::size_t kMostWaitedFor = 3;
constexpr std::size_t kMostInASentence = 3;

// --- what would have to change
// -------------------------------------------------------------------------------------

/// "absent", "at most 4 points"; "between 1 and 24 days", since "from 0 to 1 to 24" cannot be read aloud.
std::string new_answer(const AnswerChange& change) {
  const FieldSpec& field = spec(change.field);
  const std::string answer = describe_now(change.field, change.enough);
  const std::size_t to = answer.find(" to ");
  const bool is_between = field.kind == FieldKind::count && change.enough.is_contiguous() && to != std::string::npos;
  return is_between ? "between " + answer.substr(0, to) + " and " + answer.substr(to + 4) : answer;
}

/// "coping skills went from limited to absent"; "housing, not known yet, turned out to be unsheltered".
std::string change_clause(const Recommendation& r, const AnswerChange& change) {
  const ValueSet today = r.assessment.answer(change.field);
  const std::string label = field_label(change.field);
  const std::string to = new_answer(change);
  if (!change.fills) return label + " went from " + describe_now(change.field, today) + " to " + to;
  if (today == ValueSet::all(change.field)) return label + ", not known yet, turned out to be " + to;
  return label + ", known as " + describe_now(change.field, today) + ", turned out to be " + to;
}

std::string_view emergency_note(const Recommendation& r) {
  return r.status == Status::emergency ? "The emergency remains: act on it before any placement."
                                       : "That would be an emergency, to be acted on before any placement.";
}

std::string found_lead(const Recommendation& r, const Counterfactual& c) {
  return short_name(r, c.level) +
         (c.status == Status::decided ? " would be indicated if " : " would be the only level possible if ");
}

std::string found_sentence(const Recommendation& r, const Counterfactual& c) {
  std::vector<std::string> clauses;
  for (const AnswerChange& change : c.changes) clauses.push_back(change_clause(r, change));
  std::string text = found_lead(r, c) + joined(clauses) + ".";
  if (c.status == Status::emergency) text.append(" ").append(emergency_note(r));
  return text;
}

/// Many changes as two lists: what would have to turn out so, and what would have to change.
void write_long_change(Page& page, const Recommendation& r, const Counterfactual& c) {
  std::vector<std::string> filled, changed;
  for (const AnswerChange& change : c.changes) {
    const ValueSet today = r.assessment.answer(change.field);
    if (change.fills)
      filled.push_back(describe_demand(change.field, change.enough));
    else
      changed.push_back(describe_demand(change.field, change.enough) + " (now " + describe_now(change.field, today) +
                        ")");
  }
  page.line("  ", found_lead(r, c) + "all of this were so:");
  if (!changed.empty()) page.line("    Changed: ", joined_up_to(changed, changed.size(), "; ") + ".");
  if (!filled.empty()) page.line("    Not known yet, found to be: ", joined_up_to(filled, filled.size(), "; ") + ".");
  if (c.status == Status::emergency) page.line("    ", emergency_note(r));
}

std::string none_sentence(const Recommendation& r, const Counterfactual& c) {
  const std::string level = short_name(r, c.level);
  if (c.blocked_by)
    return "No change leads to " + level + ": this stands, or cannot be ruled out, whatever care changes. " +
           rule_sentence(r, *c.blocked_by, 0);
  return "No change in what care can change leads to exactly " + level + ".";
}

std::string no_level_sentence(const Recommendation& r) {
  return r.status == Status::out_of_scope ? "This pack does not speak about this person, so it names no level."
                                          : "Today's answers leave no level possible: correct them first.";
}

std::string change_sentence(const Recommendation& r, const Counterfactual& c) {
  switch (c.outcome) {
    case Outcome::found:
      return found_sentence(r, c);
    case Outcome::none:
      return none_sentence(r, c);
    case Outcome::is_so:
      return short_name(r, c.level) + " is the only level possible today.";
    case Outcome::no_level:
      return no_level_sentence(r);
    case Outcome::not_settled:
      return short_name(r, c.level) + ": the search ran out of its budget, so nothing is claimed.";
  }
  return {};
}

void write_change(Page& page, const Recommendation& r, const Counterfactual& c) {
  if (c.outcome == Outcome::found && c.changes.size() > kMostInASentence)
    write_long_change(page, r, c);
  else
    page.line("  ", change_sentence(r, c));
}

/// The levels that nothing leads to in one sentence, unless one rule says why; then the first that can be reached.
void write_changes(Page& page, std::string_view title, const Recommendation& r,
                   const std::vector<Counterfactual>& changes, std::string_view otherwise) {
  if (r.possible.empty()) return;
  page.heading(title);
  std::vector<std::string> passed_over;
  for (const Counterfactual& c : changes) {
    if (c.outcome == Outcome::none && !c.blocked_by)
      passed_over.push_back(short_name(r, c.level));
    else
      write_change(page, r, c);
  }
  if (!passed_over.empty())
    page.line("  ", "No change in what care can change leads to exactly " + joined(passed_over, "or") + ".");
  if (changes.empty()) page.line("  ", otherwise);
}

// --- why a rule holds, fails or waits
// ------------------------------------------------------------------------------

std::string part_phrase(const Recommendation& r, const ConditionPart& part);

std::string list_phrase(const Recommendation& r, const ConditionPart& part) {
  std::vector<std::string> parts;
  for (const ConditionPart& inner : part.parts) {
    parts.push_back(part_phrase(r, inner));
    if (inner.kind == ConditionPart::Kind::term)
      parts.back() += inner.today == Truth::yes ? " (met)" : inner.today == Truth::no ? " (not met)" : " (open)";
  }
  const std::string lead = part.kind == ConditionPart::Kind::all_of ? "all of these"
                           : part.kind == ConditionPart::Kind::any_of
                               ? "one of these"
                               : "at least " + std::to_string(part.count) + " of these";
  return lead + " (" + joined_up_to(parts, parts.size(), "; ") + ")";
}

std::string part_phrase(const Recommendation& r, const ConditionPart& part) {
  using Kind = ConditionPart::Kind;
  switch (part.kind) {
    case Kind::answer: {
      const std::string now = describe_now(part.field, r.assessment.answer(part.field));
      const std::string wanted = describe_demand(part.field, part.values);
      return wanted == describe_fact(part.field, r.assessment.answer(part.field)) ? wanted
                                                                                  : wanted + " (now " + now + ")";
    }
    case Kind::term:
      return (part.is_negated ? "not so: " : "") + clean(r.pack.content().terms[part.term].meaning);
    case Kind::constant:
      return "in every case";
    default:
      return list_phrase(r, part);
  }
}

std::string_view mark_of(Truth truth) {
  return truth == Truth::yes ? "met: " : truth == Truth::no ? "not met: " : "open: ";
}

/// A part of its own line; a term that is not met, or open, with what it stands for.
void write_part(Page& page, const Recommendation& r, const ConditionPart& part) {
  page.line("    - ", std::string(mark_of(part.today)) + part_phrase(r, part));
  if (part.kind == ConditionPart::Kind::term && part.today != Truth::yes)
    page.line("        ", "that is: " + part_phrase(r, part.parts.front()));
}

std::string demand_of(const Recommendation& r, std::size_t rule) {
  const Rule& about = r.pack.content().rules[rule];
  if (about.kind == RuleKind::require) return "at least " + short_name(r, about.target);
  return rule_says(r.pack.content(), about);
}

std::string state_sentence(RuleState state) {
  switch (state) {
    case RuleState::holds:
      return "It holds.";
    case RuleState::no:
      return "It does not hold.";
    case RuleState::open:
      return "It is open: whether it holds is not known yet.";
    case RuleState::not_evaluated:
      return "It was not judged: it speaks of a stay, and no current level was named.";
  }
  return {};
}

std::string facts_of(const Recommendation& r, const FieldSet& fields) {
  std::vector<std::string> facts;
  fields.for_each([&](Field f) { facts.push_back(describe_fact(f, r.assessment.answer(f))); });
  return joined_up_to(facts, kMostFields, "; ");
}

void write_rule(Page& page, const Explanation& e, const RuleExplanation& explained) {
  using Kind = ConditionPart::Kind;
  const Recommendation& r = e.recommendation;
  page.heading("RULE: " + words_of(r.pack.content().rules[explained.rule].id));
  const bool is_demand = r.pack.content().rules[explained.rule].kind == RuleKind::require;
  page.line("  ", (is_demand ? "It demands " : "It says: ") + demand_of(r, explained.rule) + ". " +
                      rule_sentence(r, explained.rule, kCitation));
  page.line("  ", state_sentence(explained.state));
  const ConditionPart& condition = explained.condition;
  const bool is_list =
      condition.kind == Kind::all_of || condition.kind == Kind::any_of || condition.kind == Kind::at_least;
  if (is_list) {
    page.line("  ", condition.kind == Kind::all_of ? "It asks for all of these:"
                    : condition.kind == Kind::any_of
                        ? "It asks for one of these:"
                        : "It asks for at least " + std::to_string(condition.count) + " of these:");
    for (const ConditionPart& part : condition.parts) write_part(page, r, part);
  } else {
    page.line("  ", "It asks for this:");
    write_part(page, r, condition);
  }
  const bool is_settled = explained.state == RuleState::holds || explained.state == RuleState::no;
  if (is_settled && condition.today == Truth::unknown)
    page.line("  ",
              "Its parts leave that open one by one; taken together, and with what goes with what, the answers "
              "settle it.");
  if (is_settled && !explained.reason.empty()) page.line("  Enough to know: ", facts_of(r, explained.reason));
  if (is_settled && explained.reason.empty()) page.line("  ", "It is so whatever the answers are.");
  if (explained.state == RuleState::open && !explained.waits_for.empty())
    page.line("  It waits for: ", describe_fields(explained.waits_for) + ".");
}

// --- why not another level
// -----------------------------------------------------------------------------------------

/// The sentence of a rule, after what it demands where that is not `level` itself.
std::string because_of(const Recommendation& r, std::size_t rule, std::size_t level, std::size_t citation) {
  const Rule& about = r.pack.content().rules[rule];
  const bool is_clear = about.kind == RuleKind::require && about.target == level;
  return (is_clear ? "" : capitalized(demand_of(r, rule)) + ": ") + rule_sentence(r, rule, citation);
}

void write_lacking(Page& page, const Recommendation& r, std::size_t level, const std::vector<std::size_t>& rules) {
  std::vector<std::pair<std::size_t, Lack>> lacks;
  for (const std::size_t rule : rules) lacks.emplace_back(rule, describe_lack(rule, r.pack.checked(), r.assessment));
  std::stable_sort(lacks.begin(), lacks.end(),
                   [](const auto& a, const auto& b) { return a.second.answers < b.second.answers; });
  std::vector<std::string> lines;
  for (const auto& [rule, lack] : lacks)
    lines.push_back(because_of(r, rule, level, 0) + " Lacking: " + lack.text + ".");
  page.bullets("  - ", lines, kMostLacking);
}

/// Rules that demand more than a level: those that hold, or, where none does, those that may.
void write_above(Page& page, const Recommendation& r, const WhyNot& w) {
  const bool some_hold = !w.above.empty() && r.rules[w.above.front()].state == RuleState::holds;
  std::vector<std::size_t> rules = w.above;
  if (!some_hold)
    std::stable_sort(rules.begin(), rules.end(), [&](std::size_t a, std::size_t b) {  // the quickest to settle first
      return r.rules[a].waits_for.size() < r.rules[b].waits_for.size();
    });
  std::vector<std::string> lines;
  for (const std::size_t rule : rules) {
    if (some_hold && r.rules[rule].state != RuleState::holds) continue;
    std::vector<std::string> labels;
    r.rules[rule].waits_for.for_each([&](Field f) { labels.push_back(field_label(f)); });
    const std::string open =
        labels.empty() ? " It is open." : " It waits for " + joined_up_to(labels, kMostWaitedFor) + ".";
    lines.push_back(because_of(r, rule, w.level, some_hold ? kCitation : 0) + (some_hold ? "" : open));
  }
  page.bullets("  - ", lines, kMostAbove);
}

void write_why_not(Page& page, const Explanation& e) {
  const Recommendation& r = e.recommendation;
  const WhyNot& w = *e.why_not;
  const std::string level = short_name(r, w.level);
  page.heading("WHY NOT " + upper_case(level));
  switch (w.relation) {
    case Relation::indicated:
      page.line("  ", level + " is the only level possible: nothing speaks against it.");
      return;
    case Relation::no_level:
      page.line("  ", no_level_sentence(r));
      return;
    case Relation::unreachable:
      page.line("  ", "No answers at all lead to " + level +
                          " with this pack: no rule demands it without another "
                          "demanding more.");
      return;
    case Relation::too_low:
      page.line("  ", level + " is not enough, because more is demanded:");
      write_above(page, r, w);
      break;
    case Relation::too_high:
      page.line("  ", "Nothing demands " + level + " or more. The nearest rules, and what each lacks:");
      write_lacking(page, r, w.level, w.lacking);
      break;
    case Relation::open:
      page.line("  ", level + " is still possible. " +
                          (w.above.empty() ? std::string("Nothing can demand more.") : "These could demand more:"));
      write_above(page, r, w);
      if (w.level > 0 && !w.lacking.empty()) {
        page.line("  ", "These could demand " + level + ":");
        write_lacking(page, r, w.level, w.lacking);
      }
      break;
    case Relation::passed_over:
      page.line("  ", "Lower and higher levels are possible, " + level +
                          " itself is not: wherever it would be demanded, more is. These could demand more:");
      write_above(page, r, w);
      break;
  }
  if (r.status == Status::undecided && !r.missing.empty()) {
    std::vector<std::string> labels;
    for (const Field f : r.missing) labels.push_back(field_label(f));
    page.line("  To ask next: ", joined_up_to(labels, kMostFields) + ".");
  }
  write_change(page, r, w.change);
}

/// What the determining rules read in full; of the answers that rule out more at most a few, else how many.
std::string reason_of_level(const Recommendation& r, const Summary& s) {
  FieldSet read;
  for (const std::size_t rule : r.determining_rules()) read |= r.rules[rule].reads;
  const std::size_t first = (r.reason & read).size(), rest = s.reason.size() - first;
  if (rest <= kMostFields) return joined_up_to(s.reason, s.reason.size(), "; ");
  const auto end = s.reason.begin() + static_cast<std::ptrdiff_t>(first);
  const std::string others = counted(rest, "answer") + " that rule out more (see --format json)";
  return first == 0 ? others : joined_up_to({s.reason.begin(), end}, first, "; ") + "; and " + others;
}

}  // namespace

std::string write_explanation_text(const Explanation& e) {
  const Recommendation& r = e.recommendation;
  const Summary s = summarize(r);
  Page page;
  page.line("", s.headline);
  const bool is_general = e.rules.empty() && !e.why_not && !e.to;
  if (is_general) {
    if (r.status != Status::decided)
      for (const std::string& note : s.notes) page.line("  ", note);
    if (!s.why.empty()) {
      page.heading("WHY");
      page.bullets("  - ", s.why, kMostReasons);
      if (!s.reason.empty()) page.line("  Enough to know: ", reason_of_level(r, s) + ".");
    }
    const bool is_one = r.possible.size() == 1;
    write_changes(page, is_one ? "WHAT WOULD LOWER IT" : "WHAT WOULD SETTLE IT AT THE LOW END", r, e.down,
                  "There is no lower level.");
    write_changes(page, is_one ? "WHAT WOULD RAISE IT" : "WHAT WOULD SETTLE IT AT THE HIGH END", r, e.up,
                  "There is no higher level.");
  }
  if (e.to) {
    page.heading("WHAT WOULD LEAD TO " + upper_case(short_name(r, e.to->level)));
    write_change(page, r, *e.to);
  }
  if (e.why_not) write_why_not(page, e);
  for (const RuleExplanation& rule : e.rules) write_rule(page, e, rule);
  page.heading("--");
  page.line("", s.footer);
  return page.take();
}

}  // namespace placement::io

namespace placement {

std::string write_explanation(const Explanation& explanation, Format format) {
  return format == Format::json ? io::write_explanation_json(explanation) : io::write_explanation_text(explanation);
}

}  // namespace placement
