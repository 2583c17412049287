// Where in a file things stand: the parser keeps no positions, and an author wants a line, not only a pointer.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace placement::io {

/// The line (1..) on which each value begins (members of objects: their key), by JSON pointer, for values down to four
/// names deep. `text` must be JSON that parse_json accepts; of other text it finds what it can. Linear.
[[nodiscard]] std::map<std::string, std::size_t> lines_of(std::string_view text);

}  // namespace placement::io
