// The words of an interview: a question with the answers it takes, why it is asked, what is still possible. Lines of
// plain text, at most 80 columns wide, each ending with a newline; write_question() and the command line share them.
#pragma once

#include <string>
#include <string_view>

#include "placement/interview.hpp"

namespace placement::io {

/// The question, and below it what can be answered: values with number and meaning, or the range of a count.
[[nodiscard]] std::string question_text(const Interview& interview, Field field);
/// Why it is asked: what must be known, what each answer alone leaves possible, the rules it bears on.
[[nodiscard]] std::string why_text(const Interview& interview, Field field);
/// Stop alerts to act on, with what to do first; "" where there is none.
[[nodiscard]] std::string emergency_text(const Interview& interview);
/// What the answers contradict; "" where they do not.
[[nodiscard]] std::string contradiction_text(const Interview& interview);
/// "Still possible: IOP to Detox (4 levels)." or what else the status says, without a newline.
[[nodiscard]] std::string standing(const Interview& interview);
/// "12 answers, 1 not known; at most 31 questions left", without a newline.
[[nodiscard]] std::string progress(const Interview& interview);
/// `lead` and the text, broken at 80 columns; the further lines are indented by the width of `lead`.
[[nodiscard]] std::string broken(std::string_view lead, std::string_view text);

}  // namespace placement::io
