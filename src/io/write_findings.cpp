// Findings about a pack: what was proved, what was refuted and by whom (the smallest counterexample).
#include <array>
#include <string_view>

#include "io/json_text.hpp"
#include "io/write_lines.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

constexpr std::size_t kColumns = 100;

io::Json assessment_or_null(const std::optional<Assessment>& assessment) {
  if (!assessment) return nullptr;
  io::Json json = io::Json::object();
  assessment->answered().for_each(
      [&](Field f) { json[std::string(spec(f).name)] = io::answer_json(f, assessment->answer(f)); });
  return json;
}

std::string write_findings_json(const RulePack& pack, const std::vector<Finding>& findings) {
  io::Json list = io::Json::array();
  for (const Finding& f : findings)
    list.push_back({{"verdict", to_string(f.verdict)},
                    {"is_fault", f.is_fault()},
                    {"kind", f.kind},
                    {"where", f.where},
                    {"message", f.message},
                    {"counterexample", assessment_or_null(f.counterexample)},
                    {"counterexample_other", assessment_or_null(f.counterexample_other)}});
  const io::Json json{
      {"pack", {{"id", pack.content().id}, {"version", pack.content().version}, {"digest", pack.digest()}}},
      {"findings", std::move(list)}};
  return json.dump(2, ' ', false, io::Json::error_handler_t::replace) + "\n";
}

void append_padded(std::string& text, std::string_view cell, std::size_t width) {
  text += cell;
  text.append(width > cell.size() ? width - cell.size() : 0, ' ').append("  ");
}

void append_example(std::string& text, std::string_view lead, const std::optional<Assessment>& assessment) {
  if (!assessment) return;
  std::string json = write_assessment(*assessment);
  while (!json.empty() && json.back() == '\n') json.pop_back();
  text.append("    ").append(lead).append(json).append("\n");  // one line, so that it can be copied
}

std::string write_findings_text(const RulePack& pack, const std::vector<Finding>& findings) {
  std::size_t verdict_width = 0, kind_width = 0;
  for (const Finding& f : findings) {
    verdict_width = std::max(verdict_width, to_string(f.verdict).size());
    kind_width = std::max(kind_width, f.kind.size());
  }
  std::string text = io::clean(pack.content().id + " " + pack.content().version + ": " + pack.content().title) + "\n";
  constexpr std::array kVerdicts{Finding::Verdict::proved,      Finding::Verdict::refuted,
                                 Finding::Verdict::vacuous,     Finding::Verdict::defect,
                                 Finding::Verdict::information, Finding::Verdict::not_settled};
  std::array<std::size_t, kVerdicts.size()> counts{};
  for (const Finding& f : findings) {
    ++counts[static_cast<std::size_t>(f.verdict)];
    append_padded(text, to_string(f.verdict), verdict_width);
    append_padded(text, f.kind, kind_width);
    text.append(f.where).append("\n");
    for (const std::string& line : io::wrapped(io::clean(f.message), kColumns - 4))
      text.append("    ").append(line).append("\n");
    append_example(text, "for example ", f.counterexample);
    append_example(text, "compared with ", f.counterexample_other);
  }
  std::vector<std::string> totals;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) totals.push_back(std::to_string(counts[i]).append(" ").append(to_string(kVerdicts[i])));
  return text + (totals.empty() ? "nothing found" : io::joined_up_to(totals, totals.size())) + "\n";
}

}  // namespace

std::string write_findings(const RulePack& pack, const std::vector<Finding>& findings, Format format) {
  return format == Format::json ? write_findings_json(pack, findings) : write_findings_text(pack, findings);
}

}  // namespace placement
