// A value or an error: how every function that can fail on its input answers.
//
//   placement::Result<placement::RulePack> pack = placement::read_pack(text);
//   if (!pack.has_value()) {
//     for (const placement::Fault& fault : pack.error().faults) std::cerr << placement::to_string(fault) << '\n';
//   }
//
// The names are those of std::expected, so that one alias can replace this class later. Plain values: copy and share
// them like any other value.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace placement {

/// What kind of failure it was. Numbers are stable and only appended to.
enum class ErrorCode : std::int32_t {
  syntax = 1,          ///< the text is not JSON, or too large or too deeply nested
  bad_assessment = 2,  ///< an assessment has faults
  bad_request = 3,     ///< a request has faults, or names what the pack does not have
  bad_pack = 4,        ///< a rule pack has faults
  bad_cases = 5,       ///< a file of cases has faults
  limit = 6,           ///< a limit of the library was passed (boxes, ranges, input bytes)
  untrusted = 7,       ///< a pack's signature, or a key
};

/// One fault and its place. Never holds the value of an answer.
struct Fault {
  std::string where;    ///< JSON pointer ("/rules/3/when"), or "line 2, column 7" for broken JSON; empty: the whole
  std::string message;  ///< one line, lower case: what was expected and the kind of fault
};

/// "`where`: message", one line.
[[nodiscard]] std::string to_string(const Fault& fault);

/// What went wrong. `message` and `where` repeat the first of `faults`, which is never empty.
struct Error {
  ErrorCode code = ErrorCode::syntax;
  std::string message;
  std::string where;
  std::vector<Fault> faults;

  /// An error that lists `all` faults; `all` must not be empty.
  [[nodiscard]] static Error of(ErrorCode code, std::vector<Fault> all);
};

/// Holds either a T or an Error. Reading the one that is not held is a programmer's error (asserted).
template <class T>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): reads as `return value;`
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): reads as `return error;`
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] const T& value() const& { return (assert(has_value()), *std::get_if<0>(&held_)); }
  [[nodiscard]] T& value() & { return (assert(has_value()), *std::get_if<0>(&held_)); }
  [[nodiscard]] T&& value() && { return (assert(has_value()), std::move(*std::get_if<0>(&held_))); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  [[nodiscard]] const Error& error() const { return (assert(!has_value()), *std::get_if<1>(&held_)); }
  template <class U>
  [[nodiscard]] T value_or(U&& other) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(other));
  }

 private:
  std::variant<T, Error> held_;
};

}  // namespace placement
