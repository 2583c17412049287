#include "unit/analysis/findings_of.hpp"

#include "unit/pack/small_packs.hpp"

namespace placement::findings_of {

std::vector<std::string> kind(std::string_view kind, std::string_view parts, std::string_view edits) {
  std::vector<std::string> all;
  for (const Finding& f : check_pack(small_packs::engine(parts, edits)))
    if (f.kind == kind && f.verdict != Finding::Verdict::proved) all.push_back(f.where + ": " + f.message);
  return all;
}

}  // namespace placement::findings_of
