// Findings about a pack: gravest first, by kind; where they stand; by whom a claim is refuted (the smallest example).
#include "io/write_findings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "io/json_places.hpp"
#include "io/json_text.hpp"
#include "io/write_lines.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

constexpr std::size_t kFindingColumns = 110;

io::Json assessment_or_null(const std::optional<Assessment>& assessment) {
  if (!assessment) return nullptr;
  io::Json json = io::Json::object();
  assessment->answered().for_each(
      [&](Field f) { json[std::string(spec(f).name)] = io::answer_json(f, assessment->answer(f)); });
  return json;
}

// Lines of the file, where there is one.
class Lines {
 public:
  explicit Lines(const PackFile& file) {
    if (!file.text.empty()) lines_ = io::lines_of(file.text);
  }
  /// 0 where it is not known.
  [[nodiscard]] std::size_t of(const std::string& pointer) const {
    const auto found = lines_.find(pointer);
    return found == lines_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, std::size_t> lines_;
};

std::string write_findings_json(const RulePack& pack, const std::vector<Finding>& findings, const Lines& lines) {
  io::Json list = io::Json::array();
  for (const Finding& f : findings) {
    const std::size_t line = lines.of(f.where);
    list.push_back({{"verdict", to_string(f.verdict)},
                    {"severity", to_string(severity_of(f))},
                    {"is_fault", f.is_fault()},
                    {"kind", f.kind},
                    {"where", f.where},
                    {"line", line > 0 ? io::Json(line) : io::Json(nullptr)},
                    {"message", f.message},
                    {"counterexample", assessment_or_null(f.counterexample)},
                    {"counterexample_other", assessment_or_null(f.counterexample_other)}});
  }
  const io::Json json{
      {"pack", {{"id", pack.content().id}, {"version", pack.content().version}, {"digest", pack.digest()}}},
      {"findings", std::move(list)}};
  return json.dump(2, ' ', false, io::Json::error_handler_t::replace) + "\n";
}

void append_example(std::string& text, std::string_view lead, const std::optional<Assessment>& assessment) {
  if (!assessment) return;
  std::string json = write_assessment(*assessment);
  while (!json.empty() && json.back() == '\n') json.pop_back();
  text.append("      ").append(lead).append(json).append("\n");  // one line, so that it can be copied
}

std::string place_of(const Finding& finding, const Lines& lines) {
  const std::size_t line = lines.of(finding.where);
  return (line > 0 ? "line " + std::to_string(line) + "  " : "") +
         (finding.where.empty() ? "the whole pack" : finding.where);
}

std::string write_findings_text(const RulePack& pack, const std::vector<Finding>& findings, const Lines& lines) {
  std::string text = io::clean(pack.content().id + " " + pack.content().version + ": " + pack.content().title) + "\n";
  std::array<std::size_t, 4> counts{};
  std::vector<std::string> proved;
  for (const FindingKind& kind : finding_kinds()) {
    std::size_t proofs = 0;
    for (const Finding& f : findings)
      if (f.kind == kind.name && f.verdict == Finding::Verdict::proved) ++proofs;
    if (proofs > 0) proved.push_back(std::to_string(proofs) + " " + std::string(kind.name));
    std::vector<const Finding*> shown;
    for (const Finding& f : findings)
      if (f.kind == kind.name && f.verdict != Finding::Verdict::proved) shown.push_back(&f);
    if (shown.empty()) continue;
    text.append("\n").append(to_string(kind.severity)).append(": ").append(kind.title).append(" (").append(kind.name);
    text += ")\n";
    for (const Finding* f : shown) {
      ++counts[static_cast<std::size_t>(severity_of(*f))];
      text.append("  ").append(place_of(*f, lines)).append("\n");
      for (const std::string& line : io::wrapped(io::told(*f), kFindingColumns - 6))
        text.append("      ").append(line).append("\n");
      append_example(text, "for example ", f->counterexample);
      append_example(text, "compared with ", f->counterexample_other);
    }
  }
  const auto count = [&](Severity severity, std::string_view noun) {
    return io::counted(counts[static_cast<std::size_t>(severity)], noun);
  };
  text += "\n";
  if (!proved.empty()) text += "proved: " + io::joined_up_to(proved, proved.size()) + "\n";
  return text + count(Severity::error, "error") + ", " + count(Severity::warning, "warning") + ", " +
         count(Severity::information, "note") + "\n";
}

}  // namespace

std::string io::told(const Finding& finding) {
  std::string text = clean(finding.message);
  if (finding.verdict == Finding::Verdict::refuted) text.insert(0, "refuted: ");
  if (finding.verdict == Finding::Verdict::vacuous) text.insert(0, "true of nobody it speaks of: ");
  if (finding.verdict == Finding::Verdict::not_settled) text.insert(0, "not settled: ");
  return text;
}

std::string write_findings(const RulePack& pack, const std::vector<Finding>& findings, Format format,
                           const PackFile& file) {
  return format == Format::json ? write_findings_json(pack, findings, Lines(file))
                                : write_findings_text(pack, findings, Lines(file));
}

std::string write_counterexample(const Assessment& assessment, std::string_view note) {
  const io::Json json{{"note", io::clean(note)}, {"assessment", assessment_or_null(assessment)}};
  return json.dump(2, ' ', false, io::Json::error_handler_t::replace) + "\n";
}

}  // namespace placement
