// A mapping in words: what a researcher has to know before believing a figure that went through it.
#include "io/write_lines.hpp"
#include "placement/mapping.hpp"

namespace placement {
namespace {

constexpr std::size_t kLineWidth = 100;

void add_wrapped(std::string& text, const std::string& first, const std::string& indent, std::string_view words) {
  std::string lead = first;
  for (const std::string& line : io::wrapped(io::clean(words), kLineWidth - indent.size())) {
    text.append(lead).append(line).append("\n");
    lead = indent;
  }
}

void add_note(std::string& text, const std::string& note) {
  if (!note.empty()) add_wrapped(text, "      ", "      ", note);
}

std::string column_line(const MappedColumn& column) {
  std::string line = "  " + io::clean(column.name);
  for (const std::string& other : column.also_named) line += " or " + io::clean(other);
  return line + ": " + io::clean(column.meaning) + (column.optional ? " (may be absent)" : "") + "\n";
}

std::string setting_line(const ObservedSetting& setting) {
  std::string line = "  " + io::clean(setting.code) + " " + io::clean(setting.name) + ": ";
  if (setting.level.empty()) return line + "excluded, " + io::clean(setting.excluded) + "\n";
  line += setting.level;
  for (const std::string& capability : setting.capabilities) line += " + " + io::clean(capability);
  return line + "\n";
}

}  // namespace

std::string write_mapping(const Mapping& mapping) {
  const MappingContent& content = mapping.content();
  std::string text = content.id + " " + content.version + ": " + io::clean(content.title) + "\n";
  text += "digest " + mapping.digest() + "\n\n";
  add_wrapped(text, "", "", content.about);
  text += "\nColumns it reads\n";
  for (const MappedColumn& column : content.columns) text += column_line(column);
  text += "\nAnswers\n";
  for (const MappedAnswer& answer : content.answers) {
    std::vector<std::string> columns;
    for (const std::size_t c : answer.columns) columns.push_back(io::clean(content.columns[c].name));
    text += "  " + std::string(spec(answer.field).name) + ": " +
            (columns.empty() ? "the same in every row" : "from " + io::joined(columns)) + "\n";
    add_note(text, answer.note);
  }
  if (!content.observed.empty()) {
    text += "\nObserved setting: " + io::clean(content.observed) + "\n";
    for (const ObservedSetting& setting : content.settings) text += setting_line(setting);
    add_note(text, content.observed_note);
  }
  if (!content.outcomes.empty()) text += "\nOutcomes\n";
  for (const MappedOutcome& outcome : content.outcomes) {
    add_wrapped(text, "  " + outcome.id + ": ", "      ", outcome.definition);
    add_note(text, outcome.note);
  }
  if (!content.subgroups.empty()) text += "\nSubgroups\n";
  for (const MappedSubgroup& subgroup : content.subgroups) {
    add_wrapped(text, "  " + subgroup.id + ": ", "      ",
                subgroup.meaning + " (" + io::joined(subgroup.labels, "or") + ")");
    add_note(text, subgroup.note);
  }
  if (!content.loses.empty()) text += "\nWhat is lost\n";
  for (const std::string& loss : content.loses) add_wrapped(text, "  - ", "    ", loss);
  text += "\nSources\n";
  for (const std::string& source : content.sources) add_wrapped(text, "  - ", "    ", source);
  return text;
}

}  // namespace placement
