// A pack that passed every check, with its conditions parsed: what the engine compiles and the writers explain from.
#pragma once

#include <string>
#include <vector>

#include "pack/condition.hpp"
#include "placement/care_graph.hpp"
#include "placement/result.hpp"
#include "placement/rule_pack.hpp"

namespace placement::pack {

struct ParsedProperty {
  Node when;  ///< implies, alone
  Node then;  ///< implies: what follows; alone: what never holds
};

/// Vectors run parallel to those of `content`.
struct CheckedPack {
  PackContent content;
  CareGraph graph;
  std::string digest;
  std::vector<ParsedTerm> terms;
  std::vector<Node> constraints;
  std::vector<Node> rules;
  std::vector<FieldSet> rule_reads;
  std::vector<Node> must_know;
  std::vector<ParsedProperty> properties;
  std::vector<std::size_t>
      level_places;  ///< where in the file each level stands, since `content` has them by intensity
};

/// Checks everything that is not a matter of JSON: names, conditions, cycles of terms, moves, sources, feasibility
/// fields. `level_places` says where in the file each level stood; it is kept. `faults` holds what the reader found
/// before; all are reported together, code bad_pack.
[[nodiscard]] Result<RulePack> check_pack_content(PackContent content, const std::vector<std::size_t>& level_places,
                                                  std::string digest, std::vector<Fault> faults);

}  // namespace placement::pack
