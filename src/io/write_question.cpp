#include "io/write_question.hpp"

#include <algorithm>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/question_json.hpp"
#include "io/write_lines.hpp"
#include "io/write_summary.hpp"
#include "placement/io.hpp"

namespace placement {
namespace io {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kMostRules = 3;
constexpr std::size_t kMostOutcomes = 6;

// Names in a column of their own, so that meanings stand below each other.
std::string value_lines(const FieldSpec& field) {
  std::size_t width = 0;
  for (const FieldValue& value : field.values) width = std::max(width, words_of(value.name).size());
  std::string text;
  for (std::size_t v = 0; v < field.values.size(); ++v) {
    const FieldValue& value = field.values[v];
    std::string lead = "  " + std::to_string(v + 1) + "  " + words_of(value.name);
    if (value.meaning.empty() || words_of(value.name) == value.meaning) {
      text += lead + "\n";
      continue;
    }
    lead.resize(width + 7, ' ');
    text += broken(lead, value.meaning);
  }
  return text;
}

std::string outcome_sentence(const Interview& interview, Field field, const QuestionPurpose::Outcome& outcome) {
  const std::string answers = describe_answer(field, outcome.answers) + ": ";
  if (outcome.contradicts) return answers + "would contradict the other answers";
  if (outcome.possible.empty()) return answers + "out of scope, no level";
  return answers + level_range(interview.now(), outcome.possible);
}

}  // namespace

std::string broken(std::string_view lead, std::string_view text) {
  const std::string indent(code_points(lead), ' ');
  std::string result;
  for (const std::string& part : wrapped(text, kColumns - indent.size()))
    result.append(result.empty() ? lead : std::string_view(indent)).append(part).append("\n");
  return result;
}

std::string question_text(const Interview& interview, Field f) {
  const FieldSpec& field = spec(f);
  std::string text = broken("", field.question);
  switch (field.kind) {
    case FieldKind::flag:
      text += "  yes or no\n";
      break;
    case FieldKind::count:
      text += broken("  ", "0 to " + std::to_string(field.high) + " " + std::string(field.unit) +
                               (field.top_coded ? " (more counts as " + std::to_string(field.high) + ")" : "") +
                               ", or a range such as 2-5 or 5+");
      break;
    case FieldKind::scale:
    case FieldKind::category:
      text += value_lines(field);
      break;
  }
  const Assessment& assessment = interview.now().assessment;
  if (assessment.is_partly_known(f))
    text += broken("  ", "Known so far: " + describe_answer(f, assessment.answer(f)) + ".");
  return text;
}

std::string why_text(const Interview& interview, Field field) {
  const QuestionPurpose purpose = interview.purpose(field);
  std::string text;
  if (purpose.must_know)
    text += broken("  ", "It must be known before a level counts as decided. " +
                             clean(content(interview.now()).must_know[*purpose.must_know].because));
  if (purpose.outcomes.size() > 1 && interview.now().possible.size() > 1) {
    text += "  By itself an answer leaves possible:\n";
    const std::size_t shown = purpose.outcomes.size() <= kMostOutcomes + 1 ? purpose.outcomes.size() : kMostOutcomes;
    for (std::size_t i = 0; i < shown; ++i)
      text += broken("  - ", outcome_sentence(interview, field, purpose.outcomes[i]));
    if (shown < purpose.outcomes.size())
      text += "  - and " + std::to_string(purpose.outcomes.size() - shown) + " other outcomes\n";
  } else if (interview.now().possible.size() > 1) {
    text += broken("  ", "By itself no answer changes which levels are possible; together with others it can.");
  } else {
    text += broken("  ", "It can settle the result.");
  }
  if (!purpose.rules.empty()) text += "  It bears on:\n";
  const std::size_t shown = purpose.rules.size() <= kMostRules + 1 ? purpose.rules.size() : kMostRules;
  for (std::size_t i = 0; i < shown; ++i) {
    const Rule& rule = content(interview.now()).rules[purpose.rules[i]];
    text += broken("  - ", rule_says(content(interview.now()), rule) + ": " + clean(rule.because));
  }
  if (shown < purpose.rules.size()) text += "  - and " + counted(purpose.rules.size() - shown, "more rule") + "\n";
  return text;
}

std::string emergency_text(const Interview& interview) {
  const std::vector<std::size_t> alerts = interview.emergencies();
  if (alerts.empty()) return {};
  const std::string line(kColumns, '!');
  std::string text = line + "\nEMERGENCY: act now, before any placement\n";
  for (const std::size_t alert : alerts) {
    const Rule& rule = content(interview.now()).rules[alert];
    const bool is_certain = interview.now().rules[alert].state == RuleState::holds;
    text += broken("  STOP  ", clean(rule.because) + (is_certain ? "" : " (not ruled out)"));
    text += broken("     -> ", clean(rule.action));
  }
  return text + line + "\n";
}

std::string contradiction_text(const Interview& interview) {
  if (interview.now().conflict.empty()) return {};
  const Summary summary = summarize(interview.now());
  std::string text = "CONTRADICTION: these answers cannot all be true\n";
  const std::size_t first = interview.now().status == Status::emergency && !interview.now().possible.empty() ? 1 : 0;
  for (std::size_t i = first; i < summary.notes.size(); ++i) text += broken("  ", summary.notes[i]);
  return text;
}

std::string standing(const Interview& interview) {
  const Recommendation& now = interview.now();
  switch (now.status) {
    case Status::inconsistent:
    case Status::emergency:
    case Status::out_of_scope:
    case Status::decided:
      return summarize(now).headline + ".";
    case Status::undecided:
      break;
  }
  if (now.possible.empty()) return "No level could be named yet.";
  if (now.possible.size() == 1) return "Only " + level_range(now, now.possible) + " is possible, not yet confirmed.";
  return "Still possible: " + level_range(now, now.possible) + ".";
}

std::string progress(const Interview& interview) {
  std::string text = counted(interview.answered(), "answer");
  if (interview.unanswered() > 0) text += ", " + std::to_string(interview.unanswered()) + " not known";
  const std::size_t left = interview.left();
  return text + (left == 0 ? "; nothing left to ask" : "; at most " + counted(left, "question") + " left");
}

Json question_json(Field f) {
  const FieldSpec& field = spec(f);
  Json values = Json::array();
  for (int v = 0; field.kind != FieldKind::count && v <= field.high; ++v)
    values.push_back({{"value", answer_json(field.field, ValueSet::of(v))},
                      {"meaning", field.values[static_cast<std::size_t>(v)].meaning}});
  const bool is_count = field.kind == FieldKind::count;
  return {{"field", field.name},
          {"question", field.question},
          {"kind", kind_word(field.kind)},
          {"values", std::move(values)},
          {"from", is_count ? Json(0) : Json(nullptr)},
          {"to", is_count ? Json(field.high) : Json(nullptr)},
          {"unit", is_count ? Json(field.unit) : Json(nullptr)}};
}

namespace {

Json level_ids(const Interview& interview, const std::vector<std::size_t>& levels) {
  Json ids = Json::array();
  for (const std::size_t level : levels) ids.push_back(content(interview.now()).levels[level].id);
  return ids;
}

Json rule_json(const Interview& interview, std::size_t number) {
  const Rule& rule = content(interview.now()).rules[number];
  return {{"id", rule.id}, {"says", rule_says(content(interview.now()), rule)}, {"because", rule.because}};
}

Json why_json(const Interview& interview, Field field) {
  const QuestionPurpose purpose = interview.purpose(field);
  Json outcomes = Json::array(), rules = Json::array();
  for (const QuestionPurpose::Outcome& outcome : purpose.outcomes)
    outcomes.push_back({{"answers", answer_json(field, outcome.answers)},
                        {"possible", level_ids(interview, outcome.possible)},
                        {"contradicts", outcome.contradicts}});
  for (const std::size_t rule : purpose.rules) rules.push_back(rule_json(interview, rule));
  return {{"must_know",
           purpose.must_know ? Json(content(interview.now()).must_know[*purpose.must_know].because) : Json(nullptr)},
          {"levels_apart", level_ids(interview, purpose.levels_apart)},
          {"outcomes", std::move(outcomes)},
          {"rules", std::move(rules)}};
}

std::string json_of(const Interview& interview) {
  const Recommendation& now = interview.now();
  Json emergencies = Json::array(), conflict = Json::array();
  for (const std::size_t alert : interview.emergencies()) {
    const Rule& rule = content(interview.now()).rules[alert];
    emergencies.push_back({{"id", rule.id},
                           {"certain", now.rules[alert].state == RuleState::holds},
                           {"because", rule.because},
                           {"action", rule.action}});
  }
  now.conflict.for_each([&](Field f) { conflict.push_back(spec(f).name); });
  Json question, why;
  if (const std::optional<Field> next = interview.question()) {
    const FieldSpec& field = spec(*next);
    question = question_json(*next);
    question["top_coded"] = field.kind == FieldKind::count ? Json(field.top_coded) : Json(nullptr);
    question["known_so_far"] = answer_json(*next, now.assessment.answer(*next));
    why = why_json(interview, *next);
  }
  const Json tree{{"status", to_string(now.status)},
                  {"settled", now.settled},
                  {"possible", level_ids(interview, now.possible)},
                  {"emergencies", std::move(emergencies)},
                  {"conflict", std::move(conflict)},
                  {"question", std::move(question)},
                  {"why", std::move(why)},
                  {"answered", interview.answered()},
                  {"not_known", interview.unanswered()},
                  {"left", interview.left()},
                  {"pack",
                   {{"id", content(interview.now()).id},
                    {"version", content(interview.now()).version},
                    {"digest", now.pack.digest()},
                    {"fields_digest", fields_digest()}}}};
  return tree.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string text_of(const Interview& interview) {
  std::string text = emergency_text(interview) + contradiction_text(interview);
  if (!text.empty()) text += "\n";
  if (const std::optional<Field> next = interview.question()) {
    text += "ASK NEXT (" + std::string(spec(*next).name) + ")\n" + question_text(interview, *next);
    text += "\nWHY\n" + why_text(interview, *next) + "\n";
  }
  return text + standing(interview) + "\n" + capitalized(progress(interview)) + ".\n";
}

}  // namespace
}  // namespace io

std::string write_question(const Interview& interview, Format format) {
  return format == Format::json ? io::json_of(interview) : io::text_of(interview);
}

}  // namespace placement
