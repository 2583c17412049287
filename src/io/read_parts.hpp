// Parts of an input, read alone: for callers who build one piece by piece. Reading is checking, as for the whole.
#pragma once

#include <string_view>
#include <utility>

#include "placement/assessment.hpp"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"

namespace placement::io {

/// The answer to one field, as it stands in an assessment: `true`, `{"from": 8}`; null is all values. Fails with
/// ErrorCode::syntax, or bad_assessment (an unknown field, too).
[[nodiscard]] Result<std::pair<Field, ValueSet>> read_field_answer(std::string_view field_name, std::string_view json);

/// A request, as it stands beside an assessment. Fails with ErrorCode::syntax, or bad_request listing every fault.
[[nodiscard]] Result<Request> read_request(std::string_view json);

}  // namespace placement::io
