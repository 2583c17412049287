// The library itself, errors, texts, and the names of numbers.
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "capi/guard.hpp"
#include "placement/version.hpp"

using placement::ErrorCode;
using placement::Fault;
using namespace placement::capi;

// The numbers of placement.h are those of the C++ library: a change there that would move one does not compile.
static_assert(PLACEMENT_ERROR_SYNTAX == number(ErrorCode::syntax));
static_assert(PLACEMENT_ERROR_BAD_ASSESSMENT == number(ErrorCode::bad_assessment));
static_assert(PLACEMENT_ERROR_BAD_REQUEST == number(ErrorCode::bad_request));
static_assert(PLACEMENT_ERROR_BAD_PACK == number(ErrorCode::bad_pack));
static_assert(PLACEMENT_ERROR_BAD_CASES == number(ErrorCode::bad_cases));
static_assert(PLACEMENT_ERROR_LIMIT == number(ErrorCode::limit));
static_assert(PLACEMENT_ERROR_UNTRUSTED == number(ErrorCode::untrusted));

namespace {

struct CodeName {
  std::int32_t code;
  const char* name;
  const char* message;  // where there is no memory for a better one
};
constexpr std::array<CodeName, 12> kCodes{{
    {PLACEMENT_OK, "ok", ""},
    {PLACEMENT_ERROR_SYNTAX, "syntax", ""},
    {PLACEMENT_ERROR_BAD_ASSESSMENT, "bad_assessment", ""},
    {PLACEMENT_ERROR_BAD_REQUEST, "bad_request", ""},
    {PLACEMENT_ERROR_BAD_PACK, "bad_pack", ""},
    {PLACEMENT_ERROR_BAD_CASES, "bad_cases", ""},
    {PLACEMENT_ERROR_LIMIT, "limit", ""},
    {PLACEMENT_ERROR_UNTRUSTED, "untrusted", ""},
    {PLACEMENT_ERROR_BAD_ARGUMENT, "bad_argument", ""},
    {PLACEMENT_ERROR_MEMORY, "memory", "not enough memory"},
    {PLACEMENT_ERROR_INTERNAL, "internal", "a fault of the library: please report it"},
    {PLACEMENT_ERROR_ABI, "abi", ""},
}};

placement_error always_there_no_memory{PLACEMENT_ERROR_MEMORY, nullptr};
placement_error always_there_internal{PLACEMENT_ERROR_INTERNAL, nullptr};

const CodeName* row_of(std::int32_t code) noexcept {
  for (const CodeName& row : kCodes)
    if (row.code == code) return &row;
  return nullptr;
}

const char* lent_part(const placement_error* error, std::int32_t fault, std::string Fault::*part,
                      std::uint64_t* length) {
  if (error == nullptr || fault < 0 || fault >= placement_error_fault_count(error)) return lent_nothing(length);
  if (error->faults == nullptr) return lent(part == &Fault::message ? row_of(error->code)->message : "", length);
  return lent((*error->faults)[static_cast<std::size_t>(fault)].*part, length);
}

}  // namespace

namespace placement::capi {

Failure failed(std::int32_t code, std::vector<Fault> faults) {
  auto kept = std::make_unique<std::vector<Fault>>(std::move(faults));
  Failure failure(new placement_error{code, kept.get()});
  static_cast<void>(kept.release());
  return failure;
}

Failure failed(const Error& error) { return failed(number(error.code), error.faults); }

Failure refused(std::string message) {
  std::vector<Fault> faults(1);
  faults[0].message = std::move(message);
  return failed(PLACEMENT_ERROR_BAD_ARGUMENT, std::move(faults));
}

placement_error* no_memory() noexcept { return &always_there_no_memory; }
placement_error* internal_fault() noexcept { return &always_there_internal; }

Failure read_text(const char* bytes, std::uint64_t length, const char* name, std::string_view& text) {
  if (bytes == nullptr && length > 0) return missing(bytes, name);
  if (length > std::numeric_limits<std::size_t>::max() / 2)
    return refused("`" + std::string(name) + "` is longer than memory");
  text = length == 0 ? std::string_view("") : std::string_view(bytes, static_cast<std::size_t>(length));
  return nullptr;
}

Failure read_struct(const void* given, std::uint32_t first_size, const char* type, std::uint32_t size, void* into) {
  constexpr std::uint32_t kMostBytes = 4096;  // beyond it a size is taken for a mistake and not read
  if (given == nullptr) return nullptr;
  std::uint32_t found = 0;
  std::memcpy(&found, given, sizeof found);
  if (found < first_size || found > kMostBytes) return refused("`struct_size` is not the size of " + std::string(type));
  const auto* bytes = static_cast<const unsigned char*>(given);
  const std::uint32_t known = std::min(found, size);
  if (std::any_of(bytes + known, bytes + found, [](unsigned char byte) { return byte != 0; }))
    return refused("`options` has members that this library does not know");
  std::memcpy(into, given, known);
  return nullptr;
}

Failure unknown_format(std::int32_t format, std::int32_t last) {
  return format >= 0 && format <= last ? Failure()
                                       : refused("`format` is not one of those that this can be written in");
}

Failure give(placement_text** text, std::string written) {
  *text = new placement_text{std::move(written)};
  return nullptr;
}

}  // namespace placement::capi

const char* placement_version() { return placement::kVersion.data(); }

int32_t placement_abi_version() { return PLACEMENT_ABI_MAJOR * 1000 + PLACEMENT_ABI_MINOR; }

int32_t placement_abi_check(int32_t header_major, int32_t header_minor) {
  const bool fits = header_major == PLACEMENT_ABI_MAJOR && header_minor >= 0 && header_minor <= PLACEMENT_ABI_MINOR;
  return fits ? PLACEMENT_OK : PLACEMENT_ERROR_ABI;
}

const char* placement_error_name(int32_t code) {
  const CodeName* row = row_of(code);
  return row == nullptr ? "unknown" : row->name;
}

int32_t placement_error_code(const placement_error* error) { return error == nullptr ? PLACEMENT_OK : error->code; }

const char* placement_error_message(const placement_error* error, uint64_t* length) {
  return lent_part(error, 0, &Fault::message, length);
}

const char* placement_error_where(const placement_error* error, uint64_t* length) {
  return lent_part(error, 0, &Fault::where, length);
}

int32_t placement_error_fault_count(const placement_error* error) {
  if (error == nullptr) return 0;
  return error->faults == nullptr ? 1 : number(error->faults->size());
}

const char* placement_error_fault_message(const placement_error* error, int32_t fault, uint64_t* length) {
  return lent_part(error, fault, &Fault::message, length);
}

const char* placement_error_fault_where(const placement_error* error, int32_t fault, uint64_t* length) {
  return lent_part(error, fault, &Fault::where, length);
}

void placement_error_destroy(placement_error* error) {
  if (error == nullptr || error->faults == nullptr) return;
  delete error->faults;
  delete error;
}

const char* placement_text_bytes(const placement_text* text, uint64_t* length) {
  return text == nullptr ? lent_nothing(length) : lent(text->bytes, length);
}

void placement_text_destroy(placement_text* text) { delete text; }
