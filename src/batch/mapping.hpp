// A mapping as read and checked: what people may know of it (MappingContent) and what rows are run through.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "batch/mapping_claims.hpp"
#include "placement/mapping.hpp"

namespace placement::batch {

struct CheckedMapping {
  MappingContent content;
  std::string digest;
  std::vector<CodedColumn> columns;  ///< as content.columns
  std::vector<Item> answers;         ///< as content.answers
  std::optional<Item> observed;      ///< values are numbers of content.settings
  std::vector<Item> outcomes;        ///< as content.outcomes; 0 no, 1 yes
  std::vector<Item> subgroups;       ///< as content.subgroups; numbers of labels
};

}  // namespace placement::batch
