// Gaps: people in scope of whom no rule demands more than the lowest level.
//
// Such people are placed at the lowest level because the pack is silent, not because a rule says that it is enough. For
// some that is meant (nobody demands anything of a person in stable remission). It is suspicious where the pack is not
// silent otherwise: it raises a stop or an urgent alert, or asks for a capability, and demands no level with it. One
// cover test a rule. Tested in tests/unit/analysis/gap_test.cpp.
#include "analysis/questions.hpp"

namespace placement::analysis {

using masks::Answer;

void find_gaps(Inquiry& inquiry) {
  engine::Boxes demands;
  for (std::size_t box = 0; box < inquiry.compiled.level_of_box.size(); ++box)
    if (inquiry.compiled.level_of_box[box] > 0) demands.push_back(static_cast<std::uint16_t>(box));
  const std::string lowest = "`" + inquiry.content.levels.front().id + "`";
  for (std::size_t r = 0; r < inquiry.content.rules.size(); ++r) {
    const Rule& rule = inquiry.content.rules[r];
    const bool is_alarm = rule.kind == RuleKind::alert && rule.urgency != Urgency::notice;
    if ((!is_alarm && rule.kind != RuleKind::capability) || inquiry.is_dead[r]) continue;
    const Answer answer = inquiry.in_scope.some(list_of(inquiry.compiled.rules[r]), demands);
    if (answer == Answer::no) continue;
    inquiry.add(answer == Answer::yes ? Verdict::information : Verdict::not_settled, "gap", Inquiry::place_of_rule(r),
                "`" + rule.id + "` (" + (is_alarm ? std::string(to_string(rule.urgency)) + " alert" : "capability") +
                    ") can hold where no rule demands more than " + lowest);
  }
  if (inquiry.in_scope.some_outside(demands) == Answer::yes)
    inquiry.add(Verdict::information, "gap", inquiry.place_of_level(0),
                "some people in scope are placed at " + lowest + " because no require rule holds for them");
}

}  // namespace placement::analysis
