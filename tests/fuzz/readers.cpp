#include "fuzz/readers.hpp"

#include <algorithm>

#include "fuzz/broken.hpp"
#include "placement/engine.hpp"
#include "placement/io.hpp"
#include "placement/mapping.hpp"

namespace placement::fuzz {
namespace {

constexpr EngineOptions kFewSteps{2000};  // hostile packs must not make the fuzzer slow

// A pack in which `condition`, quoted as JSON, is all that a reader can stumble over.
std::string pack_with(std::string_view condition) {
  std::string text = R"({"format": 1, "id": "small", "version": "1.0.0", "title": "Small", "license": "Apache-2.0",
"about": {"intended_use": "Tests.", "users": "Tests.", "population": "Nobody.", "developer": "Tests",
          "funding": "None", "released": "2026-11-22", "limits": ["For tests only."]},
"sources": [{"id": "book", "statement": "It is so.", "citation": "A book", "verification": "verified"}],
"dimensions": [{"id": "need", "name": "Need"}],
"levels": [
  {"id": "home", "name": "Home", "intensity": 10, "description": "Care at home.", "hours": "some", "stay": "a while",
   "reassess_days": 30, "round_the_clock": false, "withdrawal_management": false, "resolves": {}, "improves": {},
   "codes": []},
  {"id": "ward", "name": "Ward", "intensity": 20, "description": "Care on a ward.", "hours": "all", "stay": "days",
   "reassess_days": 1, "round_the_clock": true, "withdrawal_management": true,
   "resolves": {"tolerance_lost_30d": true}, "improves": {}, "codes": []}],
"moves": [{"kind": "step_up", "from": "home", "to": "ward"}, {"kind": "step_down", "from": "ward", "to": "home"}],
"capabilities": [], "services": [],
"terms": [{"id": "score", "meaning": "withdrawal by score", "of": "cows_score",
           "bands": [{"name": "low", "from": 0}, {"name": "high", "from": 13}], "sources": ["book"]}],
"constraints": [], "must_know": [], "monotone": [], "properties": [], "priors": {}, "override_reasons": [],
"rules": [{"id": "it", "kind": "require", "because": "It is so.", "sources": ["book"], "strength": "strong",
           "evidence": "secondary", "dimension": "need", "level": "ward", "when": ")";
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : condition) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '"' || c == '\\')
      text.append("\\u00").append(1, kHex[byte / 16U]).append(1, kHex[byte % 16U]);
    else
      text += c;
  }
  return text + "\"}]}";
}

// Does `number` stand in the text, and nowhere inside quotes?
bool is_bare(std::string_view text, std::string_view number) {
  bool is_quoted = false, found = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_quoted && text[i] == '\\' && text.substr(i + 1, 1) != "\n") {
      ++i;
      continue;
    }
    if (text[i] == '"') is_quoted = !is_quoted;
    if (text[i] == '\n') is_quoted = false;  // a quote that is never closed ends with its line
    if (text.substr(i, number.size()) != number) continue;
    if (is_quoted) return false;
    found = true;
  }
  return found;
}

std::string pack_round_trip(const RulePack& pack) {
  const std::string written = write_pack(pack, Format::json);
  const Result<RulePack> again = read_pack(written);
  if (!again.has_value()) return "a written pack that is not read: " + to_string(again.error().faults.front());
  if (write_pack(*again, Format::json) != written) return "a pack whose bytes change";
  const Result<Engine> engine = Engine::make(pack, kFewSteps);
  if (!engine.has_value()) return broken_in(engine.error(), {}, false);
  return engine->recommend({}).has_value() ? std::string() : "an engine without an answer";
}

}  // namespace

const Engine& shipped() {
  static const Engine engine = std::move(Engine::make(default_pack(), kFewSteps)).value();
  return engine;
}

std::string broken_in(std::string_view line, std::string_view text, bool holds_answers) {
  if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    return "a message with a line break or control character";
  if (!holds_answers) return {};
  if (line.find(kCanaryText) != std::string::npos) return "a message that repeats a word of the input";
  if (is_bare(text, kCanaryNumber) && line.find(kCanaryNumber) != std::string::npos)
    return "a message that repeats a number of the input";
  return {};
}

std::string broken_in(const Error& error, std::string_view text, bool holds_answers) {
  if (error.faults.empty()) return "an error without a fault";
  if (error.message != error.faults.front().message || error.where != error.faults.front().where)
    return "an error that does not repeat its first fault";
  for (const Fault& fault : error.faults) {
    if (fault.message.empty()) return "a fault without a message";
    if (std::string broken = broken_in(to_string(fault), text, holds_answers); !broken.empty()) return broken;
  }
  return {};
}

std::string round_trip(const Assessment& assessment) {
  const std::string written = write_assessment(assessment);
  const Result<Assessment> again = read_assessment(written);
  if (!again.has_value()) return "a written assessment that is not read";
  if (*again != assessment) return "an assessment that changes when written and read";
  return write_assessment(*again) == written ? std::string() : "an assessment whose bytes change";
}

std::string check_assessment(std::string_view text) {
  const Result<Assessment> read = read_assessment(text);
  return read.has_value() ? round_trip(*read) : broken_in(read.error(), text, true);
}

std::string check_input(std::string_view text) {
  const Result<Input> read = read_input(text);
  if (!read.has_value()) return broken_in(read.error(), text, true);
  if (std::string broken = round_trip(read->assessment); !broken.empty()) return broken;
  const Result<Recommendation> result = shipped().recommend(read->assessment, read->request);
  if (!result.has_value()) return broken_in(result.error(), text, true);
  for (const Format format : {Format::text, Format::json, Format::svg})
    if (write_recommendation(*result, format).empty()) return "a recommendation without text";
  return {};
}

std::string check_cases(std::string_view text) {
  const Result<std::vector<Case>> read = read_cases(text);
  if (!read.has_value()) return broken_in(read.error(), text, true);
  for (const Case& one : *read)
    if (std::string broken = round_trip(one.input.assessment); !broken.empty()) return broken;
  return {};
}

std::string check_pack(std::string_view text) {
  const Result<RulePack> read = read_pack(text);
  return read.has_value() ? pack_round_trip(*read) : broken_in(read.error(), text, false);
}

std::string check_condition(std::string_view text) { return check_pack(pack_with(text)); }

std::string check_mapping(std::string_view text) {
  const Result<Mapping> read = read_mapping(text);
  if (!read.has_value()) return broken_in(read.error(), text, false);
  std::vector<std::string_view> header;
  for (const MappedColumn& column : read->content().columns) header.emplace_back(column.name);
  const Result<BoundMapping> bound = read->bind(header);
  if (!bound.has_value()) return "a mapping that does not fit its own columns";
  const MappedRow row = bound->map(std::vector<std::string_view>(header.size(), "1"));
  if (write_mapping(*read).empty()) return "a mapping without words";
  return round_trip(row.assessment);
}

std::string check_row(std::string_view text) {
  static const std::vector<std::pair<BoundMapping, std::size_t>> mappings = [] {  // each with its number of cells
    std::vector<std::pair<BoundMapping, std::size_t>> all;
    for (const std::string_view name : mapping_names()) {
      const Result<Mapping> mapping = read_mapping(*mapping_text(name));
      std::vector<std::string_view> header;
      for (const MappedColumn& column : mapping->content().columns) header.emplace_back(column.name);
      all.emplace_back(*mapping->bind(header), header.size());
    }
    return all;
  }();
  for (const auto& [mapping, width] : mappings) {
    std::vector<std::string_view> cells;
    for (std::string_view rest = text; cells.size() < width;) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      cells.push_back(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    const MappedRow row = mapping.map(cells);
    if (!row.faults.empty())
      if (std::string broken = broken_in(Error::of(ErrorCode::bad_assessment, row.faults), text, true); !broken.empty())
        return broken;
    if (std::string broken = round_trip(row.assessment); !broken.empty()) return broken;
  }
  return {};
}

}  // namespace placement::fuzz
