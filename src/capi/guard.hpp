// The border between C++ and C: every function of placement.h that can fail has its body inside guarded(), every other
// one inside told(). No exception passes either of them; lack of memory becomes a code.
//
//   int32_t placement_engine_default(..., placement_engine** engine, placement_error** error) {
//     return guarded(error, [&]() -> Failure {
//       if (Failure fault = unwritable(engine, "engine")) return fault;
//       ...
//       return nullptr;  // done
//     });
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "capi/handles.hpp"
#include "io/digest.hpp"

namespace placement::capi {

struct Destroy {
  void operator()(placement_error* error) const noexcept { placement_error_destroy(error); }
};
/// What a guarded body returns: nullptr where it did its work.
using Failure = std::unique_ptr<placement_error, Destroy>;

/// PLACEMENT_ERROR_BAD_ARGUMENT.
[[nodiscard]] Failure refused(std::string message);
[[nodiscard]] Failure failed(std::int32_t code, std::vector<Fault> faults);
[[nodiscard]] Failure failed(const Error& error);

/// Errors for which no memory is needed.
[[nodiscard]] placement_error* no_memory() noexcept;
[[nodiscard]] placement_error* internal_fault() noexcept;

template <class Body>
std::int32_t guarded(placement_error** error, Body&& body) noexcept {
  if (error != nullptr) *error = nullptr;
  io::initialise_own_openssl();  // here, since any of them may be the first of the process to ask for a digest
  Failure failure;
  try {
    failure = body();
    if (!failure) return PLACEMENT_OK;
  } catch (const std::bad_alloc&) {
    failure.reset(no_memory());
  } catch (...) {
    failure.reset(internal_fault());
  }
  const std::int32_t code = failure->code;
  if (error != nullptr) *error = failure.release();
  return code;
}

/// What `body` tells, or `nothing` should it ever throw.
template <class T, class Body>
T told(T nothing, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return nothing;
  }
}

/// Where `value`, the argument called `name`, is NULL.
template <class T>
[[nodiscard]] Failure missing(const T* value, const char* name) {
  return value != nullptr ? Failure() : refused("`" + std::string(name) + "` is null");
}

/// Where the out-parameter called `name` is NULL; otherwise it is set to NULL.
template <class T>
[[nodiscard]] Failure unwritable(T** out, const char* name) {
  if (out != nullptr) *out = nullptr;
  return missing(out, name);
}

/// Reads pointer and length into `text`.
[[nodiscard]] Failure read_text(const char* bytes, std::uint64_t length, const char* name, std::string_view& text);

/// Reads the `size` bytes of options of a type that the caller's header may have in another size: what that lacks is 0,
/// and what it has beyond is refused unless it is 0. NULL: all are 0.
[[nodiscard]] Failure read_struct(const void* given, std::uint32_t first_size, const char* type, std::uint32_t size,
                                  void* into);
template <class Options>
[[nodiscard]] Failure read_struct(const Options* given, std::uint32_t first_size, const char* type, Options& into) {
  static_assert(std::is_trivially_copyable_v<Options> && offsetof(Options, struct_size) == 0);
  if (Failure fault = read_struct(given, first_size, type, sizeof(Options), &into)) return fault;
  return into.reserved == 0 ? Failure() : refused("`reserved` of `options` is not 0");
}

/// Where `format` is not one of PLACEMENT_TEXT..`last`.
[[nodiscard]] Failure unknown_format(std::int32_t format, std::int32_t last);

/// Makes a handle of `written` for the caller.
[[nodiscard]] Failure give(placement_text** text, std::string written);

/// A text of the library or of a handle for the caller; NUL follows it.
inline const char* lent(std::string_view text, std::uint64_t* length) noexcept {
  if (length != nullptr) *length = text.size();
  return text.data();
}
inline const char* lent_nothing(std::uint64_t* length) noexcept {
  if (length != nullptr) *length = 0;
  return nullptr;
}

/// The element of a list, or nullptr.
template <class List>
[[nodiscard]] auto* item_of(const List& list, std::int32_t index) noexcept {
  const bool has = index >= 0 && static_cast<std::size_t>(index) < list.size();
  return has ? &list[static_cast<std::size_t>(index)] : nullptr;
}

template <class Number>
[[nodiscard]] constexpr std::int32_t number(Number value) noexcept {
  return static_cast<std::int32_t>(value);
}

/// The word for a number of an enumeration whose last is `last`; NULL for others. The words are literals: NUL follows.
template <class Enumeration>
[[nodiscard]] const char* name_of(std::int32_t value, std::int32_t last) noexcept {
  return value < 0 || value > last ? nullptr : to_string(static_cast<Enumeration>(value)).data();
}

}  // namespace placement::capi
