// Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change. One run; every kind of finding
// is a rule of the driver; a proved claim is a result of kind `pass`.
#include <string>
#include <string_view>

#include "io/json_places.hpp"
#include "io/json_text.hpp"
#include "io/write_findings.hpp"
#include "placement/io.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::information:
      return "note";
    case Severity::none:
      return "none";
  }
  return "none";
}

// A relative reference (RFC 3986): bytes that may not stand in a path are written as %XX.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          std::string_view("-._~/").find(c) != std::string_view::npos;
    if (is_plain) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kHex[byte >> 4U];
    uri += kHex[byte & 0xFU];
  }
  return uri;
}

io::Json rules() {
  io::Json all = io::Json::array();
  for (const FindingKind& kind : finding_kinds())
    all.push_back({{"id", kind.name},
                   {"shortDescription", {{"text", kind.title}}},
                   {"fullDescription", {{"text", kind.help}}},
                   {"help", {{"text", kind.help}}},
                   {"defaultConfiguration", {{"level", level_of(kind.severity)}}}});
  return all;
}

io::Json location(const Finding& finding, const PackFile& file, std::size_t line) {
  io::Json physical{{"artifactLocation", {{"uri", uri_of(file.name)}}}};
  if (line > 0) physical["region"] = {{"startLine", line}};
  io::Json one{{"physicalLocation", std::move(physical)}};
  if (!finding.where.empty())
    one["logicalLocations"] = io::Json::array({io::Json{{"fullyQualifiedName", finding.where}, {"kind", "member"}}});
  return one;
}

}  // namespace

std::string write_findings_sarif(const RulePack& pack, const std::vector<Finding>& findings, const PackFile& file) {
  const auto lines = io::lines_of(file.text);
  io::Json results = io::Json::array();
  for (const Finding& f : findings) {
    const auto line = lines.find(f.where);
    io::Json properties{{"verdict", to_string(f.verdict)}};
    if (f.counterexample) properties["counterexample"] = io::Json::parse(write_assessment(*f.counterexample));
    if (f.counterexample_other)
      properties["counterexample_other"] = io::Json::parse(write_assessment(*f.counterexample_other));
    results.push_back({{"ruleId", f.kind},
                       {"ruleIndex", &kind_of(f) - finding_kinds().data()},
                       {"kind", f.verdict == Finding::Verdict::proved ? "pass" : "fail"},
                       {"level", level_of(severity_of(f))},
                       {"message", {{"text", io::told(f)}}},
                       {"locations", io::Json::array({location(f, file, line == lines.end() ? 0 : line->second)})},
                       {"properties", std::move(properties)}});
  }
  io::Json driver{{"name", "placement"}, {"version", kVersion}, {"rules", rules()}};
  io::Json run{
      {"tool", {{"driver", std::move(driver)}}},
      {"results", std::move(results)},
      {"properties", {{"pack", pack.content().id}, {"version", pack.content().version}, {"digest", pack.digest()}}}};
  const io::Json json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", io::Json::array({std::move(run)})}};
  return json.dump(2, ' ', false, io::Json::error_handler_t::replace) + "\n";
}

}  // namespace placement
