// A question as JSON: the field, its words and the answers it takes; the same wherever a question is written.
#pragma once

#include "io/json_text.hpp"

namespace placement::io {

/// {"field", "question", "kind", "values", "from", "to", "unit"}, as docs/result.md has it.
[[nodiscard]] Json question_json(Field field);

}  // namespace placement::io
