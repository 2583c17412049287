// Replay: is a result that was kept what this library says to the same input?
//
//   auto replay = placement::replay_result(text, engine, input);
//   if (!replay->is_same()) std::cout << placement::write_replay(*replay);
//
// Pure functions; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/engine.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"

namespace placement {

/// What a kept result was made from, beside what it is compared with.
struct Replay {
  struct Part {
    std::string name;       ///< "input", "pack", "fields", "library"
    std::string then, now;  ///< digest or version; equal where the part is the same
  };
  std::vector<Part> parts;
  bool same_bytes = false;  ///< the answer is the same, byte for byte
  /// JSON pointer to the first member that differs, in the order of the kept result; nothing where all members are
  /// equal. Names that no result has are not repeated: the pointer ends before them, and may be empty.
  std::optional<std::string> differs_at;

  [[nodiscard]] bool is_same() const noexcept;
};

/// Compares a result in JSON, as write_recommendation makes it, with what `engine` says to `input`. Fails with
/// ErrorCode::syntax or bad_request where `result` is no such result, or as Engine::recommend does.
[[nodiscard]] Result<Replay> replay_result(std::string_view result, const Engine& engine, const Input& input);

/// In words, a line a part; ends with a newline.
[[nodiscard]] std::string write_replay(const Replay& replay);

}  // namespace placement
