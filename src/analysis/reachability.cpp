// What nobody ever comes to: levels, moves, services, terms and bands; and names that nothing in the pack uses.
//
// A level is reached if some box demanding it has a point in no higher box. A move up is walked if it is the first
// choice on the way to some level. A move down is wanted if somebody who leaves its start is then indicated at a level
// to which it is the first step, or nowhere lower and it is the highest way out. A term is true of somebody if one of
// its boxes is not forbidden. All by single cover tests; names are looked up in the texts of conditions. Tested in
// tests/unit/analysis/reachability_test.cpp, levels also against enumeration in tests/oracle/check_test.cpp.
#include <algorithm>
#include <set>

#include "analysis/projection.hpp"
#include "analysis/questions.hpp"

namespace placement::analysis {
namespace {

using engine::Boxes;
using masks::Answer;

void find_unreachable_levels(Inquiry& inquiry) {
  std::vector<Boxes> of_level(inquiry.content.levels.size());
  for (std::size_t box = 0; box < inquiry.compiled.level_of_box.size(); ++box)
    of_level[inquiry.compiled.level_of_box[box]].push_back(static_cast<std::uint16_t>(box));
  for (std::size_t level = 0; level < of_level.size(); ++level) {
    Boxes above;
    for (std::size_t l = level + 1; l < of_level.size(); ++l)
      above.insert(above.end(), of_level[l].begin(), of_level[l].end());
    const Answer answer =
        level > 0 ? inquiry.in_scope.some(of_level[level], above) : inquiry.in_scope.some_outside(above);
    const std::string id = "`" + inquiry.content.levels[level].id + "`";
    const bool has_rule =
        level == 0 || std::any_of(inquiry.content.rules.begin(), inquiry.content.rules.end(),
                                  [&](const Rule& r) { return r.kind == RuleKind::require && r.target == level; });
    if (answer == Answer::no)
      inquiry.add(Verdict::defect, "unreachable", inquiry.place_of_level(level),
                  "nobody is indicated at " + id + (has_rule ? "" : ": no rule demands it"));
    if (answer == Answer::unsettled)
      inquiry.add(Verdict::not_settled, "unreachable", inquiry.place_of_level(level),
                  "whether anybody is indicated at " + id);
  }
}

// Whether somebody leaves `move.from` by this move.
Answer is_wanted(const Inquiry& inquiry, const Leaving& leaving, const Move& move) {
  const CareGraph& graph = inquiry.compiled.pack.graph();
  Answer answer = Answer::no;
  for (std::size_t need = 0; need < inquiry.content.levels.size(); ++need) {
    const std::size_t next = need < move.from ? graph.step_down_path(move.from, need)[1] : graph.next_lower(move.from);
    if (next != move.to) continue;
    const Answer here = leaving.may_need(need);
    if (here == Answer::yes) return here;
    if (here == Answer::unsettled) answer = here;
  }
  return answer;
}

void find_unreachable_moves(Inquiry& inquiry) {
  const CareGraph& graph = inquiry.compiled.pack.graph();
  const std::size_t levels = inquiry.content.levels.size();
  std::set<std::pair<std::size_t, std::size_t>> walked;
  for (std::size_t goal = 1; goal < levels; ++goal)
    for (std::size_t here = 0; here < goal;) {
      const std::size_t next = graph.step_up_towards(here, goal);
      walked.insert({here, next});
      here = next;
    }
  std::vector<std::unique_ptr<Leaving>> leaving(levels);
  for (std::size_t m = 0; m < inquiry.content.moves.size(); ++m) {
    const Move& move = inquiry.content.moves[m];
    const std::string where = "/moves/" + std::to_string(m);
    const bool is_up = move.kind == Move::Kind::step_up;
    std::string step(is_up ? "the step up from `" : "the step down from `");
    step.append(inquiry.content.levels[move.from].id).append("` to `").append(inquiry.content.levels[move.to].id);
    step += "`";
    if (is_up) {
      if (walked.count({move.from, move.to}) == 0)
        inquiry.add(Verdict::defect, "unreachable", where,
                    step + " is never walked: to every level another comes first");
      continue;
    }
    if (!leaving[move.from]) leaving[move.from] = std::make_unique<Leaving>(inquiry.compiled, move.from, inquiry.steps);
    const Answer answer = is_wanted(inquiry, *leaving[move.from], move);
    if (answer == Answer::no)
      inquiry.add(Verdict::defect, "unreachable", where,
                  step + " is never wanted: nobody who leaves is then indicated there");
    if (answer == Answer::unsettled)
      inquiry.add(Verdict::not_settled, "unreachable", where, step + ": whether anybody takes it");
  }
}

// Terms that rules, constraints, must_know entries and properties name, directly or through other terms.
std::vector<bool> used_terms(const PackContent& content) {
  std::vector<bool> used(content.terms.size(), false);
  std::vector<std::size_t> open;
  const auto read = [&](const std::string& condition) {
    for (const std::size_t term : pack::terms_named_in(condition, content)) open.push_back(term);
  };
  for (const Rule& rule : content.rules) read(rule.when);
  for (const Constraint& constraint : content.constraints) read(constraint.always);
  for (const MustKnow& entry : content.must_know) read(entry.when);
  for (const Property& property : content.properties) {
    read(property.when);
    read(property.then);
  }
  while (!open.empty()) {
    const std::size_t term = open.back();
    open.pop_back();
    if (used[term]) continue;
    used[term] = true;
    read(content.terms[term].when);
  }
  return used;
}

void find_unused(Inquiry& inquiry) {
  const PackContent& content = inquiry.content;
  const std::vector<bool> terms = used_terms(content);
  for (std::size_t t = 0; t < terms.size(); ++t)
    if (!terms[t])
      inquiry.add(Verdict::defect, "unused", "/terms/" + std::to_string(t),
                  "nothing reads the term `" + content.terms[t].id + "`");
  const auto is_target = [&](std::size_t target, RuleKind kind, RuleKind other) {
    return std::any_of(content.rules.begin(), content.rules.end(), [&](const Rule& rule) {
      return (rule.kind == kind || rule.kind == other) && rule.target == target;
    });
  };
  for (std::size_t c = 0; c < content.capabilities.size(); ++c)
    if (!is_target(c, RuleKind::capability, RuleKind::capability))
      inquiry.add(Verdict::defect, "unused", "/capabilities/" + std::to_string(c),
                  "no rule asks for the capability `" + content.capabilities[c].id + "`");
  for (std::size_t s = 0; s < content.services.size(); ++s)
    if (!is_target(s, RuleKind::offer, RuleKind::avoid))
      inquiry.add(Verdict::defect, "unused", "/services/" + std::to_string(s),
                  "no rule offers or avoids the service `" + content.services[s].id + "`");
}

void find_unreachable_services(Inquiry& inquiry) {
  for (std::size_t s = 0; s < inquiry.content.services.size(); ++s) {
    const Boxes offers = list_of(inquiry.compiled.offers[s]), avoids = list_of(inquiry.compiled.avoids[s]);
    const bool is_offered = std::any_of(inquiry.content.rules.begin(), inquiry.content.rules.end(),
                                        [&](const Rule& r) { return r.kind == RuleKind::offer && r.target == s; });
    if (is_offered && inquiry.in_scope.some(offers, avoids) == Answer::no)
      inquiry.add(Verdict::defect, "unreachable", "/services/" + std::to_string(s),
                  "nobody is ever offered `" + inquiry.content.services[s].id + "`");
  }
}

void find_untrue_terms(Inquiry& inquiry) {
  const std::vector<pack::ParsedTerm>& terms = inquiry.compiled.pack.checked().terms;
  const auto judge = [&](const pack::Node& condition, const std::string& where, const std::string& subject) {
    const auto regions = regions_of(inquiry.compiled, condition, false);
    const Answer answer =
        regions ? find_point(inquiry.compiled, *regions, inquiry.steps, {}, true).answer : Answer::unsettled;
    if (answer == Answer::no) inquiry.add(Verdict::defect, "unreachable", where, subject + " is true of nobody");
    if (answer == Answer::unsettled)
      inquiry.add(Verdict::not_settled, "unreachable", where, subject + ": whether it is true of anybody");
  };
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const Term& term = inquiry.content.terms[t];
    const std::string where = "/terms/" + std::to_string(t);
    if (!term.of) judge(terms[t].when, where, "the term `" + term.id + "`");
    for (std::size_t b = 0; b < terms[t].bands.size(); ++b) {
      pack::Node band;
      band.kind = pack::Node::Kind::is_in;
      band.field = *term.of;
      band.values = terms[t].bands[b];
      judge(band, where + "/bands/" + std::to_string(b), "the band `" + term.bands[b].name + "` of `" + term.id + "`");
    }
  }
}

}  // namespace

void find_unreachable_levels_and_moves(Inquiry& inquiry) {
  find_unreachable_levels(inquiry);
  find_unreachable_moves(inquiry);
}

void find_unreachable_and_unused_names(Inquiry& inquiry) {
  find_unreachable_services(inquiry);
  find_untrue_terms(inquiry);
  find_unused(inquiry);
}

}  // namespace placement::analysis
