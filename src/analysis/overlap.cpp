// Rules beside each other: the same twice, one that never adds anything, an offer that is always overridden, demands
// that meet.
//
// "Whenever a rule holds, one of those holds" is one cover test: are the rule's boxes covered by theirs and by what is
// inconsistent or out of scope? A pair is mostly told apart by one moved point, so the pairs of a pack of hundreds of
// rules cost milliseconds; only real findings pay for naming the rules that cover. Tested against enumeration in
// tests/oracle/check_test.cpp.
#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/questions.hpp"

namespace placement::analysis {
namespace {

using engine::Boxes;
using masks::Answer;

// Rules that could stand for each other: the same effect while they hold.
using Effect = std::tuple<RuleKind, std::size_t, Urgency, std::string>;

Effect effect_of(const Rule& rule) {
  const bool is_alert = rule.kind == RuleKind::alert;
  const bool has_target = !is_alert && rule.kind != RuleKind::continued_stay && rule.kind != RuleKind::out_of_scope;
  return {rule.kind, has_target ? rule.target : 0, is_alert ? rule.urgency : Urgency::notice,
          is_alert ? rule.action : ""};
}

class Neighbours {
 public:
  explicit Neighbours(Inquiry& inquiry) : inquiry_(inquiry), content_(inquiry.content) {
    for (std::size_t r = 0; r < content_.rules.size(); ++r) boxes_.push_back(list_of(inquiry.compiled.rules[r]));
  }

  void find_duplicate_and_subsumed() {
    twin_of_ = std::vector<std::size_t>(content_.rules.size());
    std::map<Effect, std::vector<std::size_t>> groups;
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      twin_of_[r] = r;
      if (!inquiry_.is_dead[r]) groups[effect_of(content_.rules[r])].push_back(r);
    }
    for (const auto& [effect, rules] : groups)
      for (std::size_t i = 1; i < rules.size(); ++i)
        for (std::size_t k = 0; k < i && twin_of_[rules[i]] == rules[i]; ++k)
          if (always(rules[k], rules[i]) == Answer::yes && always(rules[i], rules[k]) == Answer::yes)
            twin_of_[rules[i]] = rules[k];
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      if (inquiry_.is_dead[r]) continue;
      if (twin_of_[r] == r)
        judge_subsumed(r);
      else
        inquiry_.add(Verdict::defect, "duplicate", Inquiry::place_of_rule(r),
                     name(r) + " holds exactly when " + name(twin_of_[r]) + " does, with the same effect");
    }
  }

  void find_contradictory() {
    for (std::size_t r = 0; r < content_.rules.size(); ++r) {
      const Rule& rule = content_.rules[r];
      if (rule.kind != RuleKind::offer || inquiry_.is_dead[r]) continue;
      std::vector<std::size_t> meeting;
      std::vector<Boxes> parts;
      for (std::size_t a = 0; a < content_.rules.size(); ++a)
        if (content_.rules[a].kind == RuleKind::avoid && content_.rules[a].target == rule.target &&
            !inquiry_.is_dead[a] && inquiry_.in_scope.meet(boxes_[r], boxes_[a]) == Answer::yes) {
          meeting.push_back(a);
          parts.push_back(boxes_[a]);
        }
      if (meeting.empty()) continue;
      Boxes avoided;
      for (const Boxes& part : parts) avoided.insert(avoided.end(), part.begin(), part.end());
      const Answer is_given = inquiry_.in_scope.some(boxes_[r], avoided);
      if (is_given == Answer::unsettled) {
        inquiry_.add(Verdict::not_settled, "contradictory", Inquiry::place_of_rule(r),
                     name(r) + ": whether it is ever given");
      } else if (is_given == Answer::no) {
        std::vector<std::size_t> overriding;
        for (const std::size_t part : inquiry_.in_scope.covering(boxes_[r], parts)) overriding.push_back(meeting[part]);
        inquiry_.add(Verdict::defect, "contradictory", Inquiry::place_of_rule(r),
                     name(r) + " is never given: whenever it holds, " + inquiry_.names_of_rules(overriding) +
                         (overriding.size() == 1 ? " avoids" : " avoid") + " the same service");
      } else {
        inquiry_.add(
            Verdict::information, "overridden", Inquiry::place_of_rule(r),
            name(r) + " can hold together with " + inquiry_.names_of_rules(meeting) + ": the service is avoided then");
      }
    }
  }

  // One line for each pair of levels, or a pack of many rules could not be read.
  void find_overlaps() {
    std::vector<std::vector<std::size_t>> of_level(content_.levels.size());
    for (std::size_t r = 0; r < content_.rules.size(); ++r)
      if (content_.rules[r].kind == RuleKind::require && !inquiry_.is_dead[r])
        of_level[content_.rules[r].target].push_back(r);
    for (std::size_t low = 1; low < of_level.size(); ++low)
      for (std::size_t high = low + 1; high < of_level.size(); ++high) {
        std::size_t together = 0;
        std::string example;
        for (const std::size_t a : of_level[low])
          for (const std::size_t b : of_level[high]) {
            if (inquiry_.in_scope.meet(boxes_[a], boxes_[b]) != Answer::yes) continue;
            if (together++ == 0) example = name(a) + " and " + name(b);
          }
        if (together == 0) continue;
        const std::size_t pairs = of_level[low].size() * of_level[high].size();
        inquiry_.add(Verdict::information, "overlap", inquiry_.place_of_level(high),
                     std::to_string(together) + " of " + std::to_string(pairs) + " pairs of rules demanding `" +
                         content_.levels[low].id + "` and `" + content_.levels[high].id +
                         "` can hold together (the higher decides), such as " + example);
      }
  }

 private:
  [[nodiscard]] std::string name(std::size_t rule) const { return "`" + content_.rules[rule].id + "`"; }

  // Whenever `rule` holds, so does `other`.
  [[nodiscard]] Answer always(std::size_t rule, std::size_t other) const {
    const Answer apart = inquiry_.population_of(content_.rules[rule]).some(boxes_[rule], boxes_[other]);
    return apart == Answer::no ? Answer::yes : apart == Answer::yes ? Answer::no : Answer::unsettled;
  }

  // Rules whose effect makes that of `rule` superfluous; copies are no reason.
  [[nodiscard]] bool makes_superfluous(std::size_t other, std::size_t rule) const {
    const Rule& o = content_.rules[other];
    const Rule& r = content_.rules[rule];
    if (other == rule || inquiry_.is_dead[other] || twin_of_[other] == rule) return false;
    if (r.kind == RuleKind::require) return o.kind == RuleKind::require && o.target >= r.target;
    const bool overrides = r.kind == RuleKind::offer && o.kind == RuleKind::avoid && o.target == r.target;
    return overrides || effect_of(o) == effect_of(r);
  }

  void judge_subsumed(std::size_t rule) {
    const Rule& r = content_.rules[rule];
    if (r.kind == RuleKind::require && r.target == 0) {
      return inquiry_.add(Verdict::defect, "subsumed", Inquiry::place_of_rule(rule),
                          name(rule) + " changes nothing: it demands the lowest level, where everybody is anyway");
    }
    std::vector<std::size_t> others;
    std::vector<Boxes> parts;
    Boxes all, avoided;
    for (std::size_t o = 0; o < content_.rules.size(); ++o) {
      if (!makes_superfluous(o, rule)) continue;
      others.push_back(o);
      parts.push_back(boxes_[o]);
      all.insert(all.end(), boxes_[o].begin(), boxes_[o].end());
      if (content_.rules[o].kind != r.kind) avoided.insert(avoided.end(), boxes_[o].begin(), boxes_[o].end());
    }
    if (others.empty()) return;
    const Population& population = inquiry_.population_of(r);
    const Answer adds = population.some(boxes_[rule], all);
    if (adds == Answer::yes) return;
    if (adds == Answer::unsettled)
      return inquiry_.add(Verdict::not_settled, "subsumed", Inquiry::place_of_rule(rule),
                          name(rule) + ": whether it ever changes anything");
    // What avoid rules alone cover is `contradictory`.
    if (!avoided.empty() && population.some(boxes_[rule], avoided) == Answer::no) return;
    std::vector<std::size_t> covering;
    for (const std::size_t part : population.covering(boxes_[rule], parts)) covering.push_back(others[part]);
    inquiry_.add(Verdict::defect, "subsumed", Inquiry::place_of_rule(rule),
                 name(rule) + " changes nothing: whenever it holds, so does " +
                     (covering.size() == 1 ? "" : "one of ") + inquiry_.names_of_rules(covering));
  }

  Inquiry& inquiry_;
  const PackContent& content_;
  std::vector<Boxes> boxes_;
  std::vector<std::size_t> twin_of_;  // the first rule equal to it, itself where there is none
};

}  // namespace

void find_duplicate_and_subsumed(Inquiry& inquiry) { Neighbours(inquiry).find_duplicate_and_subsumed(); }
void find_contradictory(Inquiry& inquiry) { Neighbours(inquiry).find_contradictory(); }
void find_overlaps(Inquiry& inquiry) { Neighbours(inquiry).find_overlaps(); }

}  // namespace placement::analysis
