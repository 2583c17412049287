// One function per language that a pack's conditions can be exported to; exports.cpp has the table that chooses.
#pragma once

#include <string>

#include "placement/rule_pack.hpp"

namespace placement::io {

[[nodiscard]] std::string write_feel(const RulePack& pack);

}  // namespace placement::io
