#include "placement/replay.hpp"

#include <algorithm>

#include "io/json_text.hpp"
#include "placement/audit.hpp"
#include "placement/io.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

constexpr std::size_t kMaxResultBytes = std::size_t{16} << 20U;

// Where two trees differ first, going through `a` in its order; nothing where they are equal.
std::optional<std::string> first_difference(const io::Json& a, const io::Json& b, const std::string& pointer) {
  if (a == b) return std::nullopt;
  if (a.is_object() && b.is_object()) {
    for (const auto& [key, value] : a.items()) {
      const std::string at = io::pointer_to(pointer, key);
      if (!b.contains(key)) return at;
      if (std::optional<std::string> found = first_difference(value, b[key], at)) return found;
    }
    for (const auto& [key, value] : b.items())
      if (!a.contains(key)) return io::pointer_to(pointer, key);
  } else if (a.is_array() && b.is_array()) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (std::optional<std::string> found = first_difference(a[i], b[i], pointer + "/" + std::to_string(i)))
        return found;
  }
  return pointer;
}

// A text inside the result that is what is looked for, and so can be repeated; else empty.
std::string text_at(const io::Json& tree, std::initializer_list<const char*> keys, bool (*is_one)(std::string_view)) {
  const io::Json* at = &tree;
  for (const char* key : keys) {
    if (!at->is_object() || !at->contains(key)) return {};
    at = &(*at)[key];
  }
  return at->is_string() && is_one(at->get_ref<const std::string&>()) ? at->get<std::string>() : std::string();
}

bool is_digest(std::string_view text) { return io::is_sha256(text); }

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 32 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool Replay::is_same() const noexcept {
  return same_bytes && std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.then == part.now; });
}

Result<Replay> replay_result(std::string_view result, const Engine& engine, const Input& input) {
  std::vector<Fault> faults;
  const Result<io::Json> kept = io::parse_json(result, kMaxResultBytes, faults);
  if (!kept.has_value()) return kept.error();
  const std::string of_input = text_at(*kept, {"input_digest"}, is_digest),
                    of_pack = text_at(*kept, {"pack", "digest"}, is_digest),
                    of_fields = text_at(*kept, {"pack", "fields_digest"}, is_digest),
                    of_library = text_at(*kept, {"library", "version"}, is_version);
  if (!faults.empty() || of_input.empty() || of_pack.empty() || of_fields.empty() || of_library.empty())
    return Error::of(ErrorCode::bad_request, {{"", "expected a result as `recommend --format json` writes it"}});
  const Result<Recommendation> again = engine.recommend(input.assessment, input.request);
  if (!again.has_value()) return again.error();
  const std::string written = write_recommendation(*again, Format::json);
  Replay replay;
  replay.parts = {{"input", of_input, input_digest(input.assessment, input.request)},
                  {"pack", of_pack, engine.pack().digest()},
                  {"fields", of_fields, fields_digest()},
                  {"library", of_library, std::string(kVersion)}};
  replay.same_bytes = written == result;
  if (!replay.same_bytes)
    replay.differs_at = first_difference(*kept, *io::parse_json(written, kMaxResultBytes, faults), "");
  return replay;
}

std::string write_replay(const Replay& replay) {
  std::string text;
  for (const Replay::Part& part : replay.parts) {
    text += part.name + std::string(9 - std::min<std::size_t>(part.name.size(), 8), ' ');
    text += part.then == part.now ? "the same: " + part.now : "another: " + part.then + " then, " + part.now + " now";
    text += '\n';
  }
  text += "answer   ";
  text += replay.same_bytes            ? "the same, byte for byte"
          : !replay.differs_at         ? "the same, but written otherwise"
          : replay.differs_at->empty() ? "differs: it has members that no result has"
                                       : "differs first at " + *replay.differs_at;
  return text + '\n';
}

}  // namespace placement
