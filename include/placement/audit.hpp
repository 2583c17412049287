// Audit records: what was recommended to whom and on which rules, without any answer; each holds the hash of the one
// before, so that a changed, lost or moved line shows, unless all behind it was written anew too.
//
//   auto line = placement::audit_record(result, "2026-11-27T09:30:00Z", last_hash);
//   placement::AuditCheck check;
//   for (std::string_view line : lines) if (auto fault = check.add(line)) tell(*fault);
//
// docs/trust.md has the members of a record and says what the chain proves and what not. Time and ids are the caller's:
// the library has no clock. Records hold digests of answers, which can be guessed where little is answered: keep them
// as you keep the answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "placement/recommendation.hpp"
#include "placement/result.hpp"

namespace placement {

/// What the first record of a log follows.
inline constexpr std::string_view kAuditStart = "0000000000000000000000000000000000000000000000000000000000000000";

/// No record is longer. Who reads a log need keep no more of a line than one byte beyond.
inline constexpr std::size_t kMaxAuditRecordBytes = std::size_t{64} << 10U;

/// SHA-256 of the input's canonical JSON, 64 hexadecimal digits: the same for inputs that say the same.
[[nodiscard]] std::string input_digest(const Assessment& assessment, const Request& request);

/// One record as a line of JSON, with its newline. `time` is RFC 3339 in UTC, "2026-11-27T09:30:00Z"; `previous` the
/// hash of the record before, or kAuditStart. Fails with ErrorCode::bad_request where one of them is not that, or the
/// request's id makes the record too long.
[[nodiscard]] Result<std::string> audit_record(const Recommendation& result, std::string_view time,
                                               std::string_view previous);

/// The hash of a line of a log, without its newline, where it is one whole record that nobody changed.
[[nodiscard]] std::optional<std::string> audit_hash(std::string_view line);

/// Goes through a log line by line. Not shared by threads.
class AuditCheck {
 public:
  /// Goes on behind a record with that hash.
  explicit AuditCheck(std::string_view previous = kAuditStart) : head_(previous) {}
  /// The next line, without its newline. What is wrong with it, or nothing; the check goes on behind it either way.
  [[nodiscard]] std::optional<Fault> add(std::string_view line);
  /// Hash of the last record: what the next one follows.
  [[nodiscard]] const std::string& head() const noexcept { return head_; }
  [[nodiscard]] std::uint64_t records() const noexcept { return records_; }

 private:
  std::string head_;
  std::uint64_t records_ = 0;
};

}  // namespace placement
