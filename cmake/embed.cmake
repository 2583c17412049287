# cmake -DPACK=pack.json -DMAPPINGS="a.json;b.json" -DOUTPUT=embedded.cpp -P embed.cmake
#
# Writes a C++ file whose default_pack_text() is PACK and whose mapping_text(name) is the mapping of that file name, byte
# for byte. Bytes are written as numbers: no escaping, no limit on the length of a literal, and the digest of what is
# embedded is the digest of the file.
function(bytes_of file result)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  set(${result} "${bytes}" PARENT_SCOPE)
endfunction()

list(SORT MAPPINGS)
set(constants "")
set(names "")
set(texts "")
foreach(mapping IN LISTS MAPPINGS)
  bytes_of("${mapping}" bytes)
  cmake_path(GET mapping STEM name)
  list(LENGTH names count)
  string(APPEND constants "constexpr char kMapping${count}[] = {${bytes}};\n")
  list(APPEND names "\"${name}\"")
  list(APPEND texts "{kMapping${count}, sizeof kMapping${count}}")
endforeach()
list(LENGTH names count)
list(JOIN names ", " names)
list(JOIN texts ", " texts)
bytes_of("${PACK}" bytes)
cmake_path(GET PACK FILENAME name)

file(WRITE "${OUTPUT}" "// Generated from rules/${name} and rules/mappings by cmake/embed.cmake.
#include \"placement/io.hpp\"
#include \"placement/mapping.hpp\"

#include <array>
#include <string_view>

namespace placement {
namespace {

constexpr char kPack[] = {${bytes}};
${constants}
constexpr std::array<std::string_view, ${count}> kMappingNames{{${names}}};
constexpr std::array<std::string_view, ${count}> kMappingTexts{{${texts}}};

}  // namespace

std::string_view default_pack_text() noexcept { return {kPack, sizeof kPack}; }

std::span<const std::string_view> mapping_names() noexcept { return kMappingNames; }

std::optional<std::string_view> mapping_text(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kMappingNames.size(); ++i)
    if (kMappingNames[i] == name) return kMappingTexts[i];
  return std::nullopt;
}

}  // namespace placement
")
