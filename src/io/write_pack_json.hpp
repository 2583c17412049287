// A pack as JSON again, in the form docs/rule-pack.md describes.
#pragma once

#include <string>

#include "placement/rule_pack.hpp"

namespace placement::io {

/// Reading the text gives a pack of the same content. Its digest is that of the file read if that lists its levels by
/// intensity and leaves out no optional key.
[[nodiscard]] std::string write_pack_json(const PackContent& content);

}  // namespace placement::io
