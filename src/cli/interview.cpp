// placement interview: asks a person, question by question, until nothing is left that can matter.
//
// One line in, one step: an answer, or a word such as `back`. The same lines work from a terminal and from a script;
// after every step the interview is saved whole, so that the end of input, Ctrl-C or a lost connection lose nothing.
// With --format text the dialogue and the recommendation go to standard output. With any other format standard output
// holds the recommendation alone: the dialogue then goes to standard error if that is a terminal, and nowhere if not,
// as it speaks of answers and those never go where logs go.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "cli/log.hpp"
#include "cli/request_options.hpp"
#include "cli/save_file.hpp"
#include "io/describe.hpp"
#include "io/write_lines.hpp"
#include "io/write_question.hpp"
#include "model/nearest_name.hpp"

namespace placement::cli {
namespace {

struct InterviewOptions {
  std::string file, pack, save, resume;
  RequestOptions request;
  Format format = Format::text;
};

constexpr std::string_view kHelp =
    "  Answer by name or number; several as `1,2` or `mild, moderate`; a range where\n"
    "  it is not known exactly: `8-12`, `8+`, `<=5`, on a scale also `moderate+`.\n"
    "    unknown        nobody knows: it is not asked again\n"
    "    back, back 3   take the last answer back, or the last three\n"
    "    why            why this is asked and what it can decide\n"
    "    FIELD=ANSWER   answer another question, or an earlier one anew\n"
    "    help           this\n"
    "    quit           stop here, with what is known so far\n"
    "  The first letter of a word is enough.\n";

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

/// A line of standard input, cut where nobody types that much; none at its end.
std::optional<std::string> read_line() {
  constexpr std::size_t kLongest = 1000;
  std::string line;
  for (int c = std::cin.get(); c != '\n'; c = std::cin.get()) {
    if (c == std::istream::traits_type::eof()) return line.empty() ? std::nullopt : std::optional(line);
    if (line.size() < kLongest) line += static_cast<char>(c);
  }
  return line;
}

bool is_unknown(const std::string& text) {
  return text == "unknown" || text == "u" || text == "not known" || text == "don't know" || text == "null";
}

class Dialogue {
 public:
  Dialogue(Interview interview, std::string save, std::FILE* shown, bool is_terminal)
      : interview_(std::move(interview)), save_(std::move(save)), shown_(shown), is_terminal_(is_terminal) {}

  /// Until nothing is left, or nobody goes on. kDone where nothing is left, kFindings where it was stopped before or a
  /// line of a script was not understood.
  int run() {
    if (!save()) return usage_error("--save: the file cannot be written");
    say("Decision support: it advises, the clinician decides. Answer what is known;\n"
        "`unknown` is always an answer, `help` shows what else can be typed.\n" +
        io::capitalized(io::progress(interview_)) + ".\n");
    bool is_new = true;  // the question has not been shown yet, or is to be shown again
    while (is_waiting()) {
      if (is_new) show();
      say("> ");
      const std::optional<std::string> line = read_line();
      if (!is_terminal_ || !line) say("\n");
      if (!line) break;
      const std::size_t steps = steps_;
      if (!obey(trimmed(*line))) break;
      is_new = steps != steps_;
      if (!is_saved_) {
        std::fputs("placement: the interview cannot be saved; the file holds it without the last step\n", stderr);
        return kInternal;
      }
    }
    log().info("{} steps, {} fields left", steps_, interview_.left());
    say(is_waiting() ? "Stopped.\n" : "Nothing is left to ask.\n");
    FieldSet gaps;
    for (const Field field : interview_.now().missing) gaps.insert(field);
    if (!is_waiting() && !gaps.empty())
      say(io::broken("", "Would still matter, once known: " + io::describe_fields(gaps) + "."));
    if (!save_.empty())
      say("Saved" + (is_waiting() ? "; to go on: placement interview --resume " + save_ : " in " + save_) + "\n");
    else
      say("Not saved: only --save FILE keeps the answers.\n");
    return is_waiting() || (misunderstood_ && !is_terminal_) ? kFindings : kDone;
  }

  [[nodiscard]] const Interview& interview() const noexcept { return interview_; }

 private:
  [[nodiscard]] bool is_emergency() const { return !interview_.emergencies().empty(); }
  [[nodiscard]] bool is_contradiction() const { return !interview_.now().conflict.empty(); }
  [[nodiscard]] bool is_waiting() const { return is_emergency() || is_contradiction() || interview_.question(); }

  void say(std::string_view text) const {
    if (shown_ == nullptr) return;
    std::fwrite(text.data(), 1, text.size(), shown_);
    std::fflush(shown_);
  }

  [[nodiscard]] bool save() const { return save_.empty() || save_whole(save_, write_interview(interview_.state())); }

  // What is asked now: to act on an emergency, to mend a contradiction, or the next question.
  void show() const {
    say("\n");
    if (is_emergency()) {
      say(io::emergency_text(interview_));
      say(io::contradiction_text(interview_));
      say("Type `handled`, or `handled by NAME`, once the first of these has been acted on;\n"
          "`back` if the last answer was wrong; `quit` to stop here.\n");
    } else if (is_contradiction()) {
      say(io::contradiction_text(interview_));
      say("Type `back` to take the last answer back, FIELD=ANSWER to mend an earlier one,\n"
          "or `quit` to stop here.\n");
    } else {
      say(io::question_text(interview_, *interview_.question()));
    }
  }

  void misunderstood(const std::string& what) {
    misunderstood_ = true;
    say(io::broken("  ", "Not understood: " + what + (what.back() == '?' ? "" : ".")));
  }

  // Does what a line says; false where it says to stop.
  bool obey(const std::string& line) {
    const std::string text = lower_case(line);
    if (text.empty()) return true;
    if (text == "quit" || text == "q" || text == "exit") return false;
    if (text == "help" || text == "h" || text == "?") {
      say(kHelp);
    } else if (text == "back" || text == "b" || text.rfind("back ", 0) == 0 || text.rfind("b ", 0) == 0) {
      go_back(trimmed(text.substr(std::min(text.find(' '), text.size()))));
    } else if (text == "why" || text == "w") {
      explain();
    } else if (is_emergency() && (text == "handled" || text.rfind("handled ", 0) == 0)) {
      handle(trimmed(line.substr(std::string_view("handled").size())));
    } else if (const std::size_t sign = text.find('='); sign != std::string::npos && is_named(text, sign)) {
      answer_named(trimmed(text.substr(0, sign)), trimmed(text.substr(sign + 1)));
    } else if (is_emergency()) {
      misunderstood("expected handled, back or quit");
    } else if (is_contradiction()) {
      misunderstood("expected back, FIELD=ANSWER or quit");
    } else {
      answer(*interview_.question(), text);
    }
    return true;
  }

  // "cows_score=8" names a field, "<=8" and ">= 8" are answers.
  static bool is_named(const std::string& text, std::size_t sign) {
    return sign > 0 && text[sign - 1] != '<' && text[sign - 1] != '>';
  }

  void answer_named(std::string name, const std::string& text) {
    std::replace(name.begin(), name.end(), ' ', '_');
    if (const std::optional<Field> field = find_field(name)) return answer(*field, text);
    std::vector<std::string_view> names;
    for (const FieldSpec& f : fields()) names.push_back(f.name);
    misunderstood("expected the name of a field before `=`" + model::did_you_mean(name, names));
  }

  void answer(Field field, const std::string& text) {
    if (is_unknown(text)) {
      interview_.not_known(field);
      return note(io::field_label(field) + ": not known");
    }
    const Result<ValueSet> values = read_typed_answer(field, text);
    if (!values.has_value()) return misunderstood(values.error().message);
    interview_.answer(field, *values);
    note(io::describe_fact(field, *values));
  }

  void handle(const std::string& rest) {
    const bool names_somebody = lower_case(rest).rfind("by ", 0) == 0;
    interview_.handled(interview_.emergencies().front(), io::clean(names_somebody ? trimmed(rest.substr(3)) : rest));
    note("acted on");
  }

  void go_back(const std::string& count) {
    const bool is_number =
        !count.empty() && count.size() < 4 && count.find_first_not_of("0123456789") == std::string::npos;
    if (!count.empty() && !is_number) return misunderstood("expected back, or back and a number");
    std::string taken;
    for (int left = count.empty() ? 1 : std::stoi(count); left > 0 && !interview_.state().history.empty(); --left) {
      const InterviewStep& step = interview_.state().history.back();
      taken += (taken.empty() ? "" : ", ") + (step.field ? io::field_label(*step.field) : "alert " + step.alert);
      interview_.back();
    }
    if (taken.empty()) return say("  There is nothing to take back.\n");
    note("taken back: " + taken);
  }

  void explain() const {
    if (!is_emergency() && !is_contradiction()) return say(io::why_text(interview_, *interview_.question()));
    FieldSet read = interview_.now().conflict;
    for (const std::size_t alert : interview_.emergencies()) read |= interview_.now().rules[alert].reads;
    say("  It follows from:\n");
    read.for_each(
        [&](Field f) { say(io::broken("  - ", io::describe_fact(f, interview_.now().assessment.answer(f)))); });
  }

  // After each step: how it was understood, and where things stand. Kept first, since showing may be the end of us.
  void note(const std::string& what) {
    ++steps_;
    is_saved_ = save();
    const bool is_halted = is_emergency() || is_contradiction();
    const std::size_t left = interview_.left();
    const bool counts = !is_halted && left > 0;
    say(io::broken("  = ", what + (counts ? " (at most " + std::to_string(left) + " left)" : std::string())));
    if (!is_halted) say(io::broken("    ", io::standing(interview_)));
  }

  Interview interview_;
  std::string save_;
  std::FILE* shown_;  // none: the dialogue is not shown
  bool is_terminal_;
  std::size_t steps_ = 0;
  bool is_saved_ = true;
  bool misunderstood_ = false;
};

std::FILE* where_to_show(Format format) {
  if (format == Format::text) return stdout;
  return ::isatty(STDERR_FILENO) != 0 ? stderr : nullptr;
}

int interview(const InterviewOptions& options) {
  if (!options.file.empty() && !options.resume.empty())
    return usage_error("give an assessment to begin with or --resume, not both");
  if (options.file == "-" || options.resume == "-")
    return usage_error("standard input brings the answers; name a file to begin with");
  std::error_code error;
  if (!options.save.empty() && options.save != options.resume && std::filesystem::exists(options.save, error))
    return usage_error("--save: the file exists; go on with it by --resume, or name another");
  const std::optional<Engine> engine = load_engine(options.pack);
  if (!engine) return kUnreadable;
  const std::string& file = options.resume.empty() ? options.file : options.resume;
  InterviewState state;
  if (!file.empty()) {
    const Result<std::string> text = read_file(file);
    if (!text.has_value()) return report(file, text.error());
    Result<InterviewState> read = read_interview(*text);
    if (!read.has_value()) return report(file, read.error());
    state = std::move(read).value();
  }
  if (const int code = apply(options.request, state.input.request); code != kDone) return code;
  const std::string name = file.empty() ? "the options" : file;
  Result<Interview> interview = Interview::start(*engine, std::move(state));
  if (!interview.has_value()) return report(name, interview.error());

  Dialogue dialogue(std::move(interview).value(), options.save.empty() ? options.resume : options.save,
                    where_to_show(options.format), ::isatty(STDIN_FILENO) != 0);
  const int code = dialogue.run();
  if (code != kDone && code != kFindings) return code;
  const Result<Recommendation> result = dialogue.interview().result();
  if (!result.has_value()) return report(name, result.error());
  const std::string text = write_recommendation(*result, options.format);
  const int written = write_out(options.format == Format::text ? "\n" + text : text);
  return written == kDone ? code : written;
}

}  // namespace

std::function<int()> declare_interview(CLI::App& app) {
  auto options = std::make_shared<InterviewOptions>();
  app.add_option("file", options->file, "Assessment as JSON to begin with")->type_name("FILE");
  app.add_option("--save", options->save, "Keep the answers in a new file, written anew after each")->type_name("FILE");
  app.add_option("--resume", options->resume, "Go on with a saved interview, and keep the answers there")
      ->type_name("FILE");
  add_pack_option(app, options->pack);
  add_format_option(app, options->format, {"text", "json", "markdown", "dot", "svg"});
  add_request_options(app, options->request);
  app.footer(
      "One line of standard input is one answer: a name, a number, `8-12`, `8+`, `unknown`, or one of\n"
      "back, why, help, quit, FIELD=ANSWER. The saved file is read by `placement recommend` too.\n"
      "Exit code 0 where nothing was left to ask, 1 where it was stopped before or, in a script, a line was\n"
      "not understood. With a format other than text standard output holds the recommendation alone.\n"
      "Examples:\n"
      "  placement interview --save interview.json\n"
      "  placement interview --resume interview.json --format svg > result.svg\n"
      "  placement interview person.json --current-level iop");
  return [options] { return interview(*options); };
}

}  // namespace placement::cli
