// Without sanitizers malloc and its like are replaced, so that libcrypto and the C++ run time are met, too. Sanitizers
// bring a malloc of their own: there it is operator new, and leaks are theirs to report.
#include "failing_allocator.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

std::int64_t asked = 0, held = 0, failing_at = 0;
bool fails_from_there_on = false;

bool must_fail() {
  if (failing_at == 0) return false;
  ++asked;
  return asked == failing_at || (fails_from_there_on && asked > failing_at);
}

}  // namespace

extern "C" void fail_allocation(std::int64_t n, int from_there_on) {
  asked = 0;
  fails_from_there_on = from_there_on != 0;
  failing_at = n;
}

extern "C" std::int64_t stop_failing() {
  failing_at = 0;
  return asked;
}

extern "C" std::int64_t allocations_held() { return held; }

#ifdef PLACEMENT_SANITIZED

// See allocation_failure.c: what nlohmann_json loses.
extern "C" const char* __lsan_default_suppressions() { return "leak:basic_json(std::initializer_list\n"; }

void* operator new(std::size_t size) {
  void* memory = must_fail() ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  ++held;
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  void* memory = must_fail() ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (memory != nullptr) ++held;
  return memory;
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept { return operator new(size, tag); }
void operator delete(void* memory) noexcept {
  if (memory != nullptr) --held;
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept { operator delete(memory); }
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { operator delete(memory); }

#else

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

static void* counted(void* memory) {
  if (memory != nullptr) ++held;
  return memory;
}

static void* none() {
  errno = ENOMEM;
  return nullptr;
}

void* malloc(std::size_t size) { return must_fail() ? none() : counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return must_fail() ? none() : counted(__libc_calloc(count, size)); }
void* realloc(void* memory, std::size_t size) {
  if (must_fail()) return none();
  void* moved = __libc_realloc(memory, size);
  if (memory == nullptr) return counted(moved);
  if (size == 0) --held;
  return moved;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return must_fail() ? none() : counted(__libc_memalign(alignment, size));
}
void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  void* found = aligned_alloc(alignment, size);
  if (found == nullptr) return ENOMEM;
  *memory = found;
  return 0;
}
void free(void* memory) {
  if (memory != nullptr) --held;
  __libc_free(memory);
}
}

#endif
