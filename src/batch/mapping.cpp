// Laying a mapping over the columns of a file, and reading rows through it.
#include "batch/mapping.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "model/nearest_name.hpp"

namespace placement {
namespace {

// Columns of `header` in order of their names, then their places.
std::vector<std::size_t> sorted_places(std::span<const std::string_view> header) {
  std::vector<std::size_t> places(header.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return header[a] < header[b]; });
  return places;
}

std::string column_number(std::size_t place) { return "column " + std::to_string(place + 1); }

std::optional<std::size_t> single(const ValueSet& values) {
  const int lowest = values.lowest();
  if (lowest != values.highest()) return std::nullopt;
  return static_cast<std::size_t>(lowest);
}

}  // namespace

const MappingContent& Mapping::content() const noexcept { return checked_->content; }
const std::string& Mapping::digest() const noexcept { return checked_->digest; }

Result<BoundMapping> Mapping::bind(std::span<const std::string_view> header) const {
  std::vector<Fault> faults;
  const std::vector<std::size_t> places = sorted_places(header);
  for (std::size_t i = 1; i < places.size(); ++i)
    if (header[places[i]] == header[places[i - 1]])
      faults.push_back({column_number(places[i]), "the same name as " + column_number(places[i - 1])});
  const auto find = [&](const std::string& name) {
    const auto found = std::lower_bound(places.begin(), places.end(), std::string_view(name),
                                        [&](std::size_t place, std::string_view n) { return header[place] < n; });
    return found != places.end() && header[*found] == name ? *found : header.size();
  };

  BoundMapping bound(checked_, header.size());
  for (const MappedColumn& column : content().columns) {
    std::size_t place = find(column.name);
    for (const std::string& other : column.also_named) {
      const std::size_t also = find(other);
      if (also == header.size()) continue;
      if (place != header.size())
        faults.push_back({column.name, "stands twice: the header also has `" + other + "`, a name of the same column"});
      place = also;
    }
    if (place == header.size() && !column.optional)
      faults.push_back({column.name, "the header has no such column" +
                                         model::did_you_mean(column.name, {header.begin(), header.end()})});
    bound.positions_.push_back(place);
  }
  if (!faults.empty()) return Error::of(ErrorCode::bad_request, std::move(faults));
  return bound;
}

std::vector<Fault> Mapping::unknown_to(const RulePack& pack) const {
  std::vector<Fault> faults;
  std::vector<std::string_view> levels, capabilities;
  for (const CareLevel& level : pack.content().levels) levels.emplace_back(level.id);
  for (const Capability& capability : pack.content().capabilities) capabilities.emplace_back(capability.id);
  for (const ObservedSetting& setting : content().settings) {
    const std::string where = "/observed/codes/" + setting.code;
    if (!setting.level.empty() && !pack.content().find_level(setting.level))
      faults.push_back({where + "/level",
                        "the pack has no level `" + setting.level + "`" + model::did_you_mean(setting.level, levels)});
    for (const std::string& id : setting.capabilities)
      if (!pack.content().find_capability(id))
        faults.push_back({where + "/capabilities",
                          "the pack has no capability `" + id + "`" + model::did_you_mean(id, capabilities)});
  }
  return faults;
}

std::vector<std::size_t> BoundMapping::absent_columns() const {
  std::vector<std::size_t> absent;
  for (std::size_t c = 0; c < positions_.size(); ++c)
    if (positions_[c] == width_) absent.push_back(c);
  return absent;
}

MappedRow BoundMapping::map(std::span<const std::string_view> cells) const {
  MappedRow row;
  map(cells, row);
  return row;
}

void BoundMapping::map(std::span<const std::string_view> cells, MappedRow& row) const {
  const batch::CheckedMapping& mapping = *mapping_;
  const Assessment nothing_known;
  row.assessment = nothing_known;  // copied, not moved: keeps the room for partly known answers
  row.id.clear();
  row.faults.clear();
  if (cells.size() != width_)
    row.faults.push_back({"", "not as many cells as the header has columns: expected " + std::to_string(width_)});

  // Only the columns' own cells are written and read: clearing the rest would cost more than the row.
  std::array<batch::CellNumber, batch::kMostColumns> room;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::string fault;
  for (std::size_t c = 0; c < positions_.size(); ++c) {
    room[c] = batch::kMissing;
    const std::size_t position = positions_[c];
    if (position == width_ || cells.size() != width_) continue;
    const std::string_view cell = cells[position];
    if (cell.data() == kAbsentCell.data())
      fault = mapping.columns[c].optional ? "" : "the row does not have this column";
    else
      room[c] = mapping.columns[c].read(cell, fault);
    if (fault.empty()) continue;
    row.faults.push_back({mapping.content.columns[c].name, std::move(fault)});
    fault.clear();
  }
  const std::span<const batch::CellNumber> read(room.data(), positions_.size());
  if (const std::optional<std::size_t> id = mapping.content.id_column; id && read[*id] != batch::kMissing)
    row.id = cells[positions_[*id]];

  const auto values_of = [&](const batch::Item& item, const auto& name) {
    const ValueSet values = item.values(read);
    if (values != ValueSet()) return values;
    row.faults.push_back({std::string(name), item.contradiction});
    return item.all;
  };
  for (std::size_t i = 0; i < mapping.answers.size(); ++i) {
    const Field field = mapping.content.answers[i].field;
    const ValueSet values = values_of(mapping.answers[i], spec(field).name);
    if (values != mapping.answers[i].all) row.assessment.set(field, values);
  }
  row.observed = mapping.observed ? single(values_of(*mapping.observed, "observed")) : std::nullopt;
  row.outcomes.resize(mapping.outcomes.size());
  for (std::size_t i = 0; i < mapping.outcomes.size(); ++i) {
    const std::optional<std::size_t> known = single(values_of(mapping.outcomes[i], mapping.content.outcomes[i].id));
    row.outcomes[i] = !known ? Truth::unknown : *known == 1 ? Truth::yes : Truth::no;
  }
  row.subgroups.resize(mapping.subgroups.size());
  for (std::size_t i = 0; i < mapping.subgroups.size(); ++i)
    row.subgroups[i] = single(values_of(mapping.subgroups[i], mapping.content.subgroups[i].id));
}

}  // namespace placement
