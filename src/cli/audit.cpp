// placement audit verify: has a log of recommendations lost, gained or changed a line?
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "placement/audit.hpp"

namespace placement::cli {
namespace {

struct VerifyOptions {
  std::string file = "-", head;
};

// A line without its newline. Of one that is longer than a record can be, as much as shows that it is none.
bool next_line(std::istream& log, std::string& line) {
  line.clear();
  char c = 0;
  while (log.get(c) && c != '\n')
    if (line.size() <= kMaxAuditRecordBytes) line.push_back(c);
  return log.good() || !line.empty();
}

int verify(const VerifyOptions& options) {
  const std::string name = options.file == "-" ? "standard input" : options.file;
  std::ifstream opened;
  if (options.file != "-") opened.open(options.file, std::ios::binary);
  std::istream& log = options.file == "-" ? std::cin : opened;
  if (!log.good()) return report(options.file, Error::of(ErrorCode::syntax, {{"", "the file cannot be read"}}));
  AuditCheck check;
  std::uint64_t faults = 0;
  const auto tell = [&](const Fault& fault) {
    ++faults;
    std::fputs(("placement: " + name + ": " + to_string(fault) + "\n").c_str(), stderr);
  };
  bool has_head = options.head == kAuditStart;
  for (std::string line; next_line(log, line);) {
    if (log.eof())
      tell({"line " + std::to_string(check.records() + 1), "has no newline: it was cut off while it was written"});
    if (const std::optional<Fault> fault = check.add(line)) tell(*fault);
    has_head = has_head || check.head() == options.head;
  }
  if (log.bad()) return report(options.file, Error::of(ErrorCode::syntax, {{"", "the file cannot be read"}}));
  if (!options.head.empty() && check.head() != options.head)
    tell({"", has_head ? "the log goes on behind the record of --head"
                       : "the record of --head is not in the log: lines are missing, or were changed"});
  if (const int code = write_out(std::to_string(check.records()) + " records, " + std::to_string(faults) +
                                 " faults\nhead " + check.head() + "\n");
      code != kDone)
    return code;
  return faults == 0 ? kDone : kFindings;
}

}  // namespace

std::function<int()> declare_audit(CLI::App& app) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* const sub = app.add_subcommand("verify", "Find every line that was changed, lost, added or moved");
  app.require_subcommand(1);
  sub->add_option("file", options->file, "Log that `recommend --audit` wrote, - for standard input (default)")
      ->type_name("FILE");
  sub->add_option("--head", options->head, "Hash that the last record must have: finds lines missing at the end")
      ->type_name("HASH");
  const std::string footer =
      "A log alone cannot show that its last lines are missing, or that all from one line on was written anew: keep\n"
      "the head that is printed elsewhere, and give it back as --head.\n"
      "Exit code 0: nothing is wrong; 1: each fault is told with its line.\n"
      "Example:\n"
      "  placement recommend person.json --audit log --audit-time 2026-11-27T09:30:00Z && placement audit verify log";
  app.footer(footer);
  sub->footer(footer);
  return [options] { return verify(*options); };
}

}  // namespace placement::cli
