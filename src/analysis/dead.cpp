// Dead rules: conditions that hold for nobody, and why.
//
// A rule is dead if no box of it has a point outside what the constraints forbid and, for rules that speak only of
// people in scope, outside the out_of_scope rules. One moved point a rule settles nearly all of them; a dead rule costs
// one cover test a box, and a few more to name the constraints and rules that leave it nobody. Tested against
// enumeration in tests/oracle/check_test.cpp and by one small pack a cause.
#include <algorithm>

#include "analysis/questions.hpp"

namespace placement::analysis {
namespace {

using masks::Answer;

// Names the constraints and out_of_scope rules that leave nobody in `boxes`; `boxes` lie within all of them together.
std::string excluded_by(const Inquiry& inquiry, const engine::Boxes& boxes, bool by_scope) {
  std::vector<engine::Boxes> parts = boxes_by_constraint(inquiry.compiled);
  std::vector<std::string> names;
  for (const Constraint& constraint : inquiry.content.constraints) names.push_back(constraint.id);
  for (std::size_t r = 0; by_scope && r < inquiry.content.rules.size(); ++r) {
    if (inquiry.content.rules[r].kind != RuleKind::out_of_scope) continue;
    parts.push_back(list_of(inquiry.compiled.rules[r]));
    names.push_back(inquiry.content.rules[r].id);
  }
  std::vector<std::string> constraints, rules;
  for (const std::size_t part : Population(inquiry.compiled.masks, {}, inquiry.steps).covering(boxes, parts))
    (part < inquiry.content.constraints.size() ? constraints : rules).push_back(names[part]);
  std::string text;
  if (!constraints.empty())
    text = (constraints.size() == 1 ? "the constraint " : "the constraints ") + listed(constraints);
  if (!rules.empty()) text += (text.empty() ? "" : " and ") + std::string("the scope (") + listed(rules) + ")";
  return text;
}

void judge(Inquiry& inquiry, const Population& population, engine::BoxRange range, const std::string& where,
           const std::string& subject) {
  const engine::Boxes boxes = list_of(range);
  const Answer answer = population.some(boxes);
  if (answer == Answer::unsettled)
    inquiry.add(Verdict::not_settled, "dead", where, subject + ": whether it holds for anybody");
  else if (answer == Answer::no && boxes.empty())
    inquiry.add(Verdict::defect, "dead", where, subject + " holds for nobody: its condition contradicts itself");
  else if (answer == Answer::no)
    inquiry.add(
        Verdict::defect, "dead", where,
        subject + " holds for nobody: excluded by " + excluded_by(inquiry, boxes, &population == &inquiry.in_scope));
}

}  // namespace

bool find_impossible(Inquiry& inquiry) {
  if (inquiry.consistent.exists() == Answer::no) {
    const std::vector<engine::Boxes> parts = boxes_by_constraint(inquiry.compiled);
    std::vector<std::string> names;
    std::vector<bool> is_needed(parts.size(), true);
    for (std::size_t left_out = parts.size(); left_out-- > 0;) {
      engine::Boxes rest;
      for (std::size_t p = 0; p < parts.size(); ++p)
        if (is_needed[p] && p != left_out) rest.insert(rest.end(), parts[p].begin(), parts[p].end());
      const Population without(inquiry.compiled.masks, rest, inquiry.steps);
      if (without.exists() == Answer::no) is_needed[left_out] = false;
    }
    for (std::size_t p = 0; p < parts.size(); ++p)
      if (is_needed[p]) names.push_back(inquiry.content.constraints[p].id);
    inquiry.add(Verdict::defect, "impossible", "/constraints",
                "nobody is consistent: " + listed(names) +
                    (names.size() == 1 ? " excludes everybody" : " together exclude everybody"));
    return true;
  }
  if (inquiry.consistent.exists() == Answer::yes && inquiry.in_scope.exists() == Answer::no) {
    inquiry.add(Verdict::defect, "impossible", "/rules", "everybody who is consistent is out of scope");
    return true;
  }
  if (inquiry.in_scope.exists() == Answer::unsettled)
    inquiry.add(Verdict::not_settled, "impossible", "/constraints", "whether anybody is consistent and in scope");
  return false;
}

void find_dead(Inquiry& inquiry) {
  inquiry.is_dead.assign(inquiry.content.rules.size(), false);
  for (std::size_t r = 0; r < inquiry.content.rules.size(); ++r) {
    const Rule& rule = inquiry.content.rules[r];
    const std::size_t before = inquiry.findings.size();
    judge(inquiry, inquiry.population_of(rule), inquiry.compiled.rules[r], Inquiry::place_of_rule(r),
          "`" + rule.id + "`");
    inquiry.is_dead[r] = inquiry.findings.size() > before;
  }
  for (std::size_t m = 0; m < inquiry.content.must_know.size(); ++m)
    judge(inquiry, inquiry.consistent, inquiry.compiled.must_know[m], "/must_know/" + std::to_string(m),
          "the condition for asking `" + std::string(spec(inquiry.content.must_know[m].field).name) + "`");
}

}  // namespace placement::analysis
