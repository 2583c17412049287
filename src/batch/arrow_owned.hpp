// The structures of Arrow's C data interface, owned: what is not given away is released.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "placement/arrow.hpp"

namespace placement::batch {

/// An ArrowSchema, ArrowArray or ArrowArrayStream, or nothing (`release` is null).
template <class T>
class Owned {
 public:
  Owned() noexcept = default;
  explicit Owned(T taken) noexcept : held_(taken) {}
  Owned(Owned&& other) noexcept : held_(other.give()) {}
  Owned& operator=(Owned&& other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~Owned() {
    if (has_value()) held_.release(&held_);
  }

  [[nodiscard]] bool has_value() const noexcept { return held_.release != nullptr; }
  [[nodiscard]] T* get() noexcept { return &held_; }
  const T* operator->() const noexcept { return &held_; }
  const T& operator*() const noexcept { return held_; }
  /// Moves it out, as the specification has it: the bits are copied, and `release` here is null.
  [[nodiscard]] T give() noexcept {
    const T given = held_;
    held_.release = nullptr;
    return given;
  }

 private:
  T held_{};
};

struct SchemaParts {
  std::string format, name;
  std::int64_t flags = 0;
  std::string metadata;  ///< empty: none
  std::vector<Owned<ArrowSchema>> children;
  Owned<ArrowSchema> dictionary;
};
[[nodiscard]] Owned<ArrowSchema> make_schema(SchemaParts parts);

/// Keys and values as a schema has them.
[[nodiscard]] std::string schema_metadata(
    const std::vector<std::pair<std::string_view, std::string_view>>& keys_and_values);

/// Memory that arrays share.
using Buffer = std::shared_ptr<const void>;

/// Never null, for readers that do not expect it even of a buffer without bytes.
template <class T>
[[nodiscard]] Buffer buffer_of(std::vector<T> values) {
  values.reserve(1);
  const auto kept = std::make_shared<const std::vector<T>>(std::move(values));
  return {kept, kept->data()};
}

struct ArrayParts {
  std::int64_t length = 0, null_count = 0;
  std::vector<Buffer> buffers;  ///< the first may be null: no value is
  std::vector<Owned<ArrowArray>> children;
  Owned<ArrowArray> dictionary;
};
[[nodiscard]] Owned<ArrowArray> make_array(ArrayParts parts);

/// Bits in a row, lowest of each byte first.
class BitRow {
 public:
  void push(bool bit) {
    if (size_ % 8 == 0) bytes_.push_back(0);
    bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | (bit ? 1U : 0U) << (size_ % 8));
    ++size_;
    zeros_ += bit ? 0 : 1;
  }
  [[nodiscard]] std::int64_t zeros() const noexcept { return zeros_; }
  [[nodiscard]] Buffer take() { return buffer_of(std::exchange(*this, {}).bytes_); }
  /// As validity, which is not needed where every bit is set.
  [[nodiscard]] Buffer take_validity() { return zeros_ > 0 ? take() : (*this = {}, nullptr); }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t size_ = 0;
  std::int64_t zeros_ = 0;
};

}  // namespace placement::batch
