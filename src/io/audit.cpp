#include "placement/audit.hpp"

#include <algorithm>
#include <array>

#include "io/digest.hpp"
#include "io/json_parts.hpp"
#include "model/date.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

constexpr int kRecordFormat = 1;

// "2026-11-27T09:30:00Z", perhaps with parts of a second.
bool is_time(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() <= kForm.size() || text.back() != 'Z') return false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const char wanted = i < kForm.size() ? kForm[i] : i == kForm.size() ? '.' : '0';
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (wanted == '0' ? !is_digit : text[i] != wanted) return false;
  }
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  return text.size() != kForm.size() + 2 && model::is_date(text.substr(0, text.find('T'))) && number(11) <= 23 &&
         number(14) <= 59 && number(17) <= 60;
}

Error bad(std::string message) { return Error::of(ErrorCode::bad_request, {{"", std::move(message)}}); }

}  // namespace

std::string input_digest(const Assessment& assessment, const Request& request) {
  return io::sha256(
      io::canonical({{"assessment", io::assessment_json(assessment)}, {"request", io::request_json(request)}}));
}

Result<std::string> audit_record(const Recommendation& r, std::string_view time, std::string_view previous) {
  if (!is_time(time)) return bad("the time of an audit record: expected UTC as 2026-11-27T09:30:00Z");
  if (!io::is_sha256(previous)) return bad("what an audit record follows: expected 64 hexadecimal digits");
  const PackContent& content = r.pack.content();
  const auto text_or_null = [](const std::string& text) { return text.empty() ? io::Json(nullptr) : io::Json(text); };
  io::Json record{{"format", kRecordFormat},
                  {"time", time},
                  {"id", text_or_null(r.request.id)},
                  {"input_digest", input_digest(r.assessment, r.request)},
                  {"pack", io::pack_json(r.pack)},
                  {"library", kVersion},
                  {"status", to_string(r.status)},
                  {"level", io::id_or_null(content.levels, r.indicated)},
                  {"policy", nullptr},
                  {"placed", nullptr},
                  {"previous", previous}};
  if (r.policy)
    record["policy"] = {{"name", to_string(r.policy->name)}, {"level", io::id_at(content.levels, r.policy->level)}};
  if (r.placed)
    record["placed"] = {{"level", io::id_at(content.levels, r.placed->level)},
                        {"override_reason", io::id_or_null(content.override_reasons, r.placed->override_reason)}};
  record["hash"] = io::sha256(io::canonical(record));
  std::string line = io::canonical(record) + "\n";
  if (line.size() > kMaxAuditRecordBytes) return bad("an audit record would be too long: expected a shorter `id`");
  return line;
}

namespace {

struct ReadRecord {
  std::string previous, hash;
  bool is_unchanged = false;
};

// All that audit_record() writes, and nothing else.
bool has_members_of_record(const io::Json& tree) {
  constexpr std::array kMembers{"format", "time",  "id",     "input_digest", "pack",     "library",
                                "status", "level", "policy", "placed",       "previous", "hash"};
  const auto is_text = [&](const char* key, auto&& is_one) {
    return tree[key].is_string() && is_one(tree[key].get_ref<const std::string&>());
  };
  return tree.is_object() && tree.size() == kMembers.size() &&
         std::all_of(kMembers.begin(), kMembers.end(), [&](const char* key) { return tree.contains(key); }) &&
         tree["format"] == kRecordFormat && is_text("time", is_time) && is_text("hash", io::is_sha256) &&
         is_text("previous", io::is_sha256);
}

// Nothing where the line is no record at all.
std::optional<ReadRecord> read_record(std::string_view line) {
  std::vector<Fault> faults;
  Result<io::Json> tree = io::parse_json(line, kMaxAuditRecordBytes, faults);
  if (!tree.has_value() || !faults.empty() || !has_members_of_record(*tree)) return std::nullopt;
  ReadRecord record{(*tree)["previous"], (*tree)["hash"]};
  if (io::has_fraction(*tree) || io::canonical(*tree) != line) return record;
  tree->erase("hash");
  record.is_unchanged = io::sha256(io::canonical(*tree)) == record.hash;
  return record;
}

}  // namespace

std::optional<std::string> audit_hash(std::string_view line) {
  std::optional<ReadRecord> record = read_record(line);
  return record && record->is_unchanged ? std::optional(std::move(record->hash)) : std::nullopt;
}

std::optional<Fault> AuditCheck::add(std::string_view line) {
  const std::string place = "line " + std::to_string(++records_);
  const std::optional<ReadRecord> record = read_record(line);
  if (!record) return Fault{place, "is no audit record, or not a whole one"};
  const std::string follows = std::exchange(head_, record->hash);
  if (!record->is_unchanged) return Fault{place, "was changed"};
  if (record->previous != follows)
    return Fault{place, "does not follow the line before: lines were lost, added or moved, or that line was changed"};
  return std::nullopt;
}

}  // namespace placement
