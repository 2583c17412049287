// The languages that a pack's conditions can be exported to. A new one is a row here and a file write_<name>.cpp.
#include <array>
#include <string>
#include <string_view>

#include "io/write_exports.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

struct ExportRow {
  std::string_view name;
  std::string (*write)(const RulePack&);
};

constexpr std::array<ExportRow, 1> kExports{{{"feel", io::write_feel}}};

}  // namespace

std::vector<std::string> export_targets() {
  std::vector<std::string> names;
  for (const ExportRow& row : kExports) names.emplace_back(row.name);
  return names;
}

std::optional<std::string> export_pack(const RulePack& pack, std::string_view target) {
  for (const ExportRow& row : kExports)
    if (row.name == target) return row.write(pack);
  return std::nullopt;
}

}  // namespace placement
