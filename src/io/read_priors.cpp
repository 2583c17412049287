#include "io/read_priors.hpp"

#include "io/object_reader.hpp"
#include "placement/io.hpp"

namespace placement {
namespace io {
namespace {

constexpr int kMostWeight = 1'000'000;

Prior prior_of(Field field, const Json& weights, const std::string& pointer, std::vector<Fault>& faults) {
  const FieldSpec& f = spec(field);
  Prior prior{field, {}};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::string place = pointer + "/" + std::to_string(i);
    Prior::Weight weight{static_cast<int>(i), 0};
    if (f.kind == FieldKind::count) {
      ObjectReader band(weights[i], place, faults);
      weight = {band.whole("from", 0, f.high), band.whole("weight", 0, kMostWeight)};
      const bool rises = i == 0 ? weight.from == 0 : weight.from > prior.weights.back().from;
      if (!rises) faults.push_back({place, "bands start at 0 and rise"});
    } else if (weights[i].is_number_integer() && weights[i].get<std::int64_t>() >= 0 &&
               weights[i].get<std::int64_t>() <= kMostWeight) {
      weight.weight = weights[i].get<int>();
    } else {
      faults.push_back({place, "expected a whole number, 0 to " + std::to_string(kMostWeight)});
    }
    sum += weight.weight;
    prior.weights.push_back(weight);
  }
  if (f.kind != FieldKind::count && weights.size() != static_cast<std::size_t>(f.size()))
    faults.push_back({pointer, "expected " + std::to_string(f.size()) + " weights, one for each value in order"});
  if (sum == 0) faults.push_back({pointer, "expected at least one weight above 0"});
  return prior;
}

}  // namespace

std::vector<Prior> priors_of(const Json& tree, const std::string& pointer, std::vector<Fault>& faults) {
  std::vector<Prior> priors;
  if (!tree.is_object()) {
    faults.push_back({pointer, "wrong type: expected an object of fields and weights"});
    return priors;
  }
  std::vector<std::string_view> names;
  for (const FieldSpec& f : fields()) names.push_back(f.name);
  for (const auto& [name, weights] : tree.items()) {
    const std::string place = pointer_to(pointer, name);
    const std::optional<std::size_t> field = read_name(Json(name), place, names, faults);
    if (!field) continue;
    if (!weights.is_array() || weights.empty()) {
      faults.push_back({place, "wrong type: expected a list of weights"});
      continue;
    }
    priors.push_back(prior_of(static_cast<Field>(*field), weights, place, faults));
  }
  return priors;
}

}  // namespace io

Result<std::vector<Prior>> read_priors(std::string_view json) {
  std::vector<Fault> faults;
  const Result<io::Json> tree = io::parse_json(json, io::kMaxPackBytes, faults);
  if (!tree.has_value()) return tree.error();
  std::vector<Prior> priors = io::priors_of(*tree, "", faults);
  if (!faults.empty()) return Error::of(ErrorCode::bad_pack, std::move(faults));
  return priors;
}

}  // namespace placement
