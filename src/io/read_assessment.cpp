// Assessments, requests and cases from JSON; an assessment back to JSON. Reading is checking: every fault is reported
// at once, and nothing an answer said is repeated.
#include <algorithm>
#include <array>

#include "io/json_text.hpp"
#include "io/object_reader.hpp"
#include "io/read_parts.hpp"
#include "model/nearest_name.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

using io::Json;
using io::ObjectReader;

constexpr std::array<std::string_view, 3> kPolicies{"none", "lowest", "highest"};

// The field a key names, or a fault.
std::optional<Field> field_of(std::string_view key, const std::string& pointer, std::vector<Fault>& faults) {
  const std::optional<Field> field = find_field(key);
  if (field) return field;
  std::vector<std::string_view> names;
  for (const FieldSpec& f : fields()) names.push_back(f.name);
  const std::string quoted = model::quoted_if_harmless(key);
  faults.push_back({io::pointer_to(pointer, key), "unknown key" + (quoted.empty() ? "" : " " + quoted) +
                                                      "; expected a field" +
                                                      (quoted.empty() ? "" : model::did_you_mean(key, names))});
  return std::nullopt;
}

// `beside` is a key that may stand beside the answers and is read elsewhere.
Assessment assessment_from(const Json& tree, const std::string& pointer, std::vector<Fault>& faults,
                           std::string_view beside = {}) {
  Assessment assessment;
  if (!tree.is_object()) {
    faults.push_back({pointer, "wrong type: expected an object of answers"});
    return assessment;
  }
  for (const auto& [key, answer] : tree.items()) {
    if (key == beside) continue;
    const std::optional<Field> field = field_of(key, pointer, faults);
    if (!field) continue;
    const ValueSet values = io::read_answer(spec(*field), answer, io::pointer_to(pointer, key), faults);
    if (!values.empty()) assessment.set(*field, values);
  }
  return assessment;
}

std::vector<std::string> ids(ObjectReader& object, std::string_view key) { return object.texts(key); }

Request request_from(const Json& tree, const std::string& pointer, std::vector<Fault>& faults) {
  Request request;
  ObjectReader object(tree, pointer, faults);
  request.id = object.text_or("id", "");
  request.as_of = object.text_or("as_of", "");
  if (object.given("current_level") != nullptr) request.current_level = object.text("current_level");
  if (object.given("current_capabilities") != nullptr)
    request.current_capabilities = ids(object, "current_capabilities");
  if (object.given("available") != nullptr) {
    request.available.emplace();
    object.objects("available", [&](ObjectReader& offering) {
      Offering read;
      read.level = offering.text("level");
      if (offering.given("capabilities") != nullptr) read.capabilities = ids(offering, "capabilities");
      request.available->push_back(std::move(read));
    });
  }
  if (object.given("undecided") != nullptr)
    request.undecided = static_cast<UndecidedPolicy>(object.one_of("undecided", {kPolicies.begin(), kPolicies.end()}));
  if (object.given("handled") != nullptr)
    object.objects("handled", [&](ObjectReader& handled) {
      HandledAlert read;
      read.alert = handled.text("alert");
      read.by = handled.text_or("by", "");
      read.at = handled.text_or("at", "");
      request.handled.push_back(std::move(read));
    });
  if (const Json* asked = object.given("asked"); asked != nullptr) {
    std::vector<std::string_view> names;
    for (const FieldSpec& f : fields()) names.push_back(f.name);
    object.elements(asked, "asked", [&](const Json& element, const std::string& place) {
      if (const auto field = io::read_name(element, place, names, faults))
        request.asked.push_back(static_cast<Field>(*field));
    });
  }
  if (const Json* placed = object.given("placed"); placed != nullptr) {
    ObjectReader inner(*placed, pointer + "/placed", faults);
    request.placed.emplace();
    request.placed->level = inner.text("level");
    request.placed->override_reason = inner.text_or("override_reason", "");
  }
  return request;
}

// What each step of an interview replaced; whether that fits the answers the engine says.
std::vector<InterviewStep> history_from(ObjectReader& object, std::vector<Fault>& faults) {
  std::vector<InterviewStep> history;
  if (object.given("history") == nullptr) return history;
  object.objects("history", [&](ObjectReader& read) {
    InterviewStep step;
    if (read.has("handled")) {
      step.alert = read.text("handled");
    } else if ((step.field = read.field("field"))) {
      const Json* before = read.optional("before");
      if (read.given("asked") != nullptr) step.was_asked = read.flag("asked");
      step.before = before == nullptr ? ValueSet::all(*step.field)
                                      : io::read_answer(spec(*step.field), *before, read.pointer() + "/before", faults);
    } else {  // a fault already: its other keys are not faults too
      for (const std::string_view key : {"before", "asked"}) static_cast<void>(read.optional(key));
    }
    history.push_back(std::move(step));
  });
  return history;
}

InterviewState state_from(const Json& tree, std::vector<Fault>& faults, std::vector<Fault>& request_faults) {
  InterviewState state;
  if (!tree.is_object() || !tree.contains("assessment")) {
    state.input.assessment = assessment_from(tree, "", faults, "id");
    if (tree.is_object() && tree.contains("id") && !tree["id"].is_null())
      state.input.request.id = io::read_text(tree["id"], "/id", request_faults);
    return state;
  }
  ObjectReader object(tree, "", faults);
  state.note = object.text_or("note", "");
  state.input.assessment = assessment_from(*object.required("assessment"), "/assessment", faults);
  if (const Json* request = object.given("request"); request != nullptr)
    state.input.request = request_from(*request, "/request", request_faults);
  state.history = history_from(object, faults);
  return state;
}

Case case_from(const Json& tree, std::vector<Fault>& faults) {
  Case read;
  ObjectReader object(tree, "", faults);
  read.note = object.text("note");
  if (const Json* assessment = object.required("assessment"); assessment != nullptr)
    read.input.assessment = assessment_from(*assessment, "/assessment", faults);
  if (const Json* request = object.given("request"); request != nullptr)
    read.input.request = request_from(*request, "/request", faults);
  const Json* want = object.required("want");
  if (want == nullptr) return read;
  ObjectReader wanted(*want, "/want", faults);
  if (wanted.optional("status") != nullptr) read.want.status = wanted.text("status");
  if (wanted.optional("disposition") != nullptr) read.want.disposition = wanted.text("disposition");
  const auto list = [&](std::string_view key, std::optional<std::vector<std::string>>& into) {
    if (wanted.optional(key) != nullptr) into = ids(wanted, key);
  };
  list("possible", read.want.possible);
  list("determining_rules", read.want.determining_rules);
  list("alerts", read.want.alerts);
  list("capabilities", read.want.capabilities);
  list("offers", read.want.offers);
  list("holds", read.want.holds);
  list("no", read.want.no);
  if (const Json* feasible = wanted.optional("feasible"); feasible != nullptr)
    read.want.feasible = feasible->is_null() ? std::optional<std::string>() : std::optional(wanted.text("feasible"));
  return read;
}

}  // namespace

Result<Assessment> read_assessment(std::string_view json) {
  std::vector<Fault> faults;
  Result<Json> tree = io::parse_json(json, io::kMaxAssessmentBytes, faults);
  if (!tree.has_value()) return tree.error();
  Assessment assessment = assessment_from(*tree, "", faults);
  if (!faults.empty()) return Error::of(ErrorCode::bad_assessment, std::move(faults));
  return assessment;
}

Result<std::pair<Field, ValueSet>> io::read_field_answer(std::string_view field_name, std::string_view json) {
  std::vector<Fault> faults;
  const std::optional<Field> field = field_of(field_name, "", faults);
  if (!field) return Error::of(ErrorCode::bad_assessment, std::move(faults));
  Result<Json> tree = parse_json(json, kMaxAssessmentBytes, faults);
  if (!tree.has_value()) return tree.error();
  const ValueSet values = read_answer(spec(*field), *tree, pointer_to("", field_name), faults);
  if (!faults.empty()) return Error::of(ErrorCode::bad_assessment, std::move(faults));
  return std::pair(*field, values);
}

Result<Request> io::read_request(std::string_view json) {
  std::vector<Fault> faults;
  Result<Json> tree = parse_json(json, kMaxAssessmentBytes, faults);
  if (!tree.has_value()) return tree.error();
  Request request = request_from(*tree, "", faults);
  if (!faults.empty()) return Error::of(ErrorCode::bad_request, std::move(faults));
  return request;
}

Result<InterviewState> read_interview(std::string_view json) {
  std::vector<Fault> faults, request_faults;
  Result<Json> tree = io::parse_json(json, io::kMaxAssessmentBytes, faults);
  if (!tree.has_value()) return tree.error();
  InterviewState state = state_from(*tree, faults, request_faults);
  const ErrorCode code = faults.empty() ? ErrorCode::bad_request : ErrorCode::bad_assessment;
  faults.insert(faults.end(), request_faults.begin(), request_faults.end());
  if (!faults.empty()) return Error::of(code, std::move(faults));
  return state;
}

Result<Input> read_input(std::string_view json) {
  Result<InterviewState> state = read_interview(json);
  if (!state.has_value()) return state.error();
  return std::move(state->input);
}

std::string write_assessment(const Assessment& assessment) {
  Json tree = Json::object();
  assessment.answered().for_each(
      [&](Field f) { tree[std::string(spec(f).name)] = io::answer_json(f, assessment.answer(f)); });
  return tree.dump();
}

Result<std::vector<Case>> read_cases(std::string_view jsonl) {
  std::vector<Case> cases;
  std::vector<Fault> faults;
  std::size_t number = 0;
  while (!jsonl.empty()) {
    ++number;
    const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    std::vector<Fault> found;
    Result<Json> tree = io::parse_json(line, io::kMaxAssessmentBytes, found);
    if (tree.has_value()) {
      cases.push_back(case_from(*tree, found));
      cases.back().line = number;
    } else {
      found = tree.error().faults;
    }
    for (Fault& fault : found) {
      constexpr std::string_view kInLine = "line 1, ";  // a place in broken JSON: the line of the file is known better
      if (fault.where.rfind(kInLine, 0) == 0) fault.where.erase(0, kInLine.size());
      faults.push_back({"line " + std::to_string(number) + (fault.where.empty() ? "" : ", " + fault.where),
                        std::move(fault.message)});
    }
  }
  if (!faults.empty()) return Error::of(ErrorCode::bad_cases, std::move(faults));
  return cases;
}

}  // namespace placement
