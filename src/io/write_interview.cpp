// An interview to JSON: the input as read_input takes it, with the history beside it.
#include "io/json_parts.hpp"
#include "io/json_text.hpp"
#include "io/write_lines.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

using io::clean;
using io::Json;

// Free texts are cleaned: what a terminal or an option brought must be readable again.
void add_text(Json& tree, const char* key, const std::string& text) {
  if (!text.empty()) tree[key] = clean(text);
}

Json request_json(const Request& request) {
  Json tree = Json::object();
  add_text(tree, "id", request.id);
  add_text(tree, "as_of", request.as_of);
  if (request.current_level) tree["current_level"] = *request.current_level;
  if (request.current_capabilities) tree["current_capabilities"] = *request.current_capabilities;
  if (request.available) {
    Json& list = tree["available"] = Json::array();
    for (const Offering& offering : *request.available)
      list.push_back({{"level", offering.level}, {"capabilities", offering.capabilities}});
  }
  if (request.undecided != UndecidedPolicy::none) tree["undecided"] = to_string(request.undecided);
  for (const HandledAlert& handled : request.handled) {
    Json entry{{"alert", handled.alert}};
    add_text(entry, "by", handled.by);
    add_text(entry, "at", handled.at);
    tree["handled"].push_back(std::move(entry));
  }
  for (const Field field : request.asked) tree["asked"].push_back(spec(field).name);
  if (request.placed) {
    tree["placed"] = {{"level", request.placed->level}};
    add_text(tree["placed"], "override_reason", request.placed->override_reason);
  }
  return tree;
}

Json step_json(const InterviewStep& step) {
  if (!step.field) return {{"handled", step.alert}};
  Json tree{{"field", spec(*step.field).name}};
  if (step.before != ValueSet::all(*step.field)) tree["before"] = io::answer_json(*step.field, step.before);
  if (step.was_asked) tree["asked"] = true;
  return tree;
}

}  // namespace

std::string write_interview(const InterviewState& state) {
  Json tree = Json::object();
  add_text(tree, "note", state.note);
  tree["assessment"] = io::assessment_json(state.input.assessment);
  tree["request"] = request_json(state.input.request);
  Json& history = tree["history"] = Json::array();
  for (const InterviewStep& step : state.history) history.push_back(step_json(step));
  return tree.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement
