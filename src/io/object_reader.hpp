// Reads one JSON object key by key: collects every fault with its JSON pointer, and reports the keys nobody asked for.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/json_text.hpp"

namespace placement::io {

class ObjectReader {
 public:
  /// `tree` must outlive the reader. A tree that is not an object is reported at once; every key is then absent.
  ObjectReader(const Json& tree, std::string pointer, std::vector<Fault>& faults);
  /// Reports the keys that were never asked for; not where an exception passes. May run out of memory.
  ~ObjectReader() noexcept(false);
  ObjectReader(const ObjectReader&) = delete;
  ObjectReader& operator=(const ObjectReader&) = delete;

  [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }
  [[nodiscard]] bool has(std::string_view key) const;
  void fault(std::string_view key, std::string message);

  /// The value of a key, or nullptr. A missing one is reported where it is required.
  const Json* required(std::string_view key);
  const Json* optional(std::string_view key);
  /// The same, null counting as absent.
  const Json* given(std::string_view key);

  /// A non-empty text without line breaks.
  std::string text(std::string_view key);
  /// Absent and null give `other`.
  std::string text_or(std::string_view key, std::string_view other);
  /// A text of three numbers, "major.minor.patch".
  std::string version(std::string_view key);
  int whole(std::string_view key, int low, int high);
  bool flag(std::string_view key);
  /// A text that is one of `names`: its place; 0 where it is not.
  std::size_t one_of(std::string_view key, const std::vector<std::string_view>& names);
  std::optional<Field> field(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  /// Each element of a list of objects.
  void objects(std::string_view key, const std::function<void(ObjectReader&)>& read);
  /// Each element of a list of any kind, with its pointer.
  void elements(const Json* list, std::string_view key,
                const std::function<void(const Json&, const std::string&)>& read);

 private:
  const Json& tree_;
  std::string pointer_;
  std::vector<Fault>& faults_;
  std::vector<std::string_view> asked_;
  int exceptions_before_;
};

/// A non-empty text without line breaks, or a fault at `pointer`.
[[nodiscard]] std::string read_text(const Json& tree, const std::string& pointer, std::vector<Fault>& faults);
/// The place of a text among `names`, or a fault that names them and the nearest.
[[nodiscard]] std::optional<std::size_t> read_name(const Json& tree, const std::string& pointer,
                                                   const std::vector<std::string_view>& names,
                                                   std::vector<Fault>& faults);

}  // namespace placement::io
