// The tree of a JSON text: nlohmann's, made so that destroying one asks for no memory.
//
// nlohmann's destructor first moves all parts of a tree into a std::vector, so that a deep tree does not overflow the
// stack. That is a request for memory inside a destructor: where there is none left, the process ends. Here, where a C
// program wants to hear of it instead (src/capi), parts are destroyed where they stand. Trees are at most as deep as
// parse_json() allows, so the stack suffices.
//
// The vector in question is std::vector<Json>; a tree's own arrays are of another type, due to their allocator. So that
// vector is given away to this purpose: lists of trees elsewhere are Json::array_t.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace placement::io {

/// std::allocator, under a name that makes the trees types of our own.
template <class T>
struct TreeAllocator : std::allocator<T> {
  TreeAllocator() = default;
  template <class U>
  // NOLINTNEXTLINE(google-explicit-constructor): allocators convert
  TreeAllocator(const TreeAllocator<U>& /*other*/) noexcept {}
  template <class U>
  struct rebind {                    // NOLINT(readability-identifier-naming): the standard's name
    using other = TreeAllocator<U>;  // NOLINT(readability-identifier-naming)
  };
};

/// Keys in the order they were added.
using Json = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                  double, TreeAllocator>;

/// Destroys what it is given. It has what nlohmann's destructor asks of a vector. A template, so that nothing of it is
/// compiled before the vector below is known.
template <class Tree>
class Destroyer {
 public:
  using value_type = Tree;  // NOLINT(readability-identifier-naming): the standard's name
  void reserve(std::size_t /*size*/) noexcept {}
  void push_back(Tree&& part) noexcept { const Tree destroyed_here(std::move(part)); }
  [[nodiscard]] bool empty() const noexcept { return true; }
  [[nodiscard]] Tree& back() noexcept { return none_; }
  void pop_back() noexcept {}

 private:
  Tree none_;
};

}  // namespace placement::io

template <>
class std::vector<placement::io::Json> : public placement::io::Destroyer<placement::io::Json> {};
