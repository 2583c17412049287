// What was written once and is read again: results, logs, signatures, keys.
#include <algorithm>

#include "fuzz/broken.hpp"
#include "fuzz/readers.hpp"
#include "placement/audit.hpp"
#include "placement/io.hpp"
#include "placement/replay.hpp"
#include "placement/signature.hpp"

namespace placement::fuzz {
namespace {

std::string check_result(std::string_view text) {
  const Result<Replay> replay = replay_result(text, shipped(), Input{});
  if (!replay.has_value()) return broken_in(replay.error(), text, true);
  const std::string said = write_replay(*replay);
  if (std::count(said.begin(), said.end(), '\n') != 5) return "a replay that is not told in five lines";
  for (std::string_view rest = said; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
    if (std::string broken = broken_in(rest.substr(0, rest.find('\n')), text, true); !broken.empty()) return broken;
  const bool is_same = write_recommendation(*shipped().recommend({}), Format::json) == text;
  return replay->is_same() == is_same ? std::string() : "a replay that is wrong about the bytes";
}

std::string check_log(std::string_view text) {
  AuditCheck check;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::optional<Fault> fault = check.add(line);
    const std::optional<std::string> hash = audit_hash(line);
    if (fault)
      if (std::string broken = broken_in(to_string(*fault), text, true); !broken.empty()) return broken;
    if (!fault && (!hash || *hash != check.head())) return "a line without a fault that nothing can follow";
    if (line.size() > kMaxAuditRecordBytes && hash) return "a record that is too long";
  }
  return {};
}

std::string check_signature(std::string_view text) {
  const auto broken = [&](std::string_view signature, std::string_view key) -> std::string {
    const std::optional<Error> error = untrusted(shipped().pack(), signature, key);
    if (!error) return signature.find(shipped().pack().digest()) != text.npos ? "" : "a signature without its digest";
    return error->code == ErrorCode::untrusted ? broken_in(*error, text, true) : "a doubt that is called otherwise";
  };
  if (std::string found = broken(text, kPublicKey); !found.empty()) return found;
  if (text.find("-----BEGIN ") == text.npos) return {};  // no key, which OpenSSL takes a millisecond to say
  if (std::string found = broken("{}", text); !found.empty()) return found;
  const Result<std::string> made = sign_pack(shipped().pack(), text);  // where the text is a private key
  return made.has_value() ? std::string() : broken_in(made.error(), text, true);
}

}  // namespace

std::string check_kept(std::string_view text) {
  for (const Check check : {check_result, check_log, check_signature})
    if (std::string broken = check(text); !broken.empty()) return broken;
  return {};
}

}  // namespace placement::fuzz
