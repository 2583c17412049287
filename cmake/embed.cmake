# cmake -DINPUT=pack.json -DOUTPUT=default_pack.cpp -P embed.cmake
#
# Writes a C++ file whose default_pack_text() is INPUT byte for byte. Bytes are written as numbers: no escaping, no
# limit on the length of a literal, and the digest of the embedded pack is the digest of the file.
file(READ "${INPUT}" bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
cmake_path(GET INPUT FILENAME name)
file(WRITE "${OUTPUT}" "// Generated from rules/${name} by cmake/embed.cmake.
#include \"placement/io.hpp\"

#include <string_view>

namespace placement {
namespace {

constexpr char kText[${size}] = {${bytes}};

}  // namespace

std::string_view default_pack_text() noexcept { return {kText, sizeof kText}; }

}  // namespace placement
")
