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
  tree["request"] = io::request_json(state.input.request);
  Json& history = tree["history"] = Json::array();
  for (const InterviewStep& step : state.history) history.push_back(step_json(step));
  return tree.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace placement
