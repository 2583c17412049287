#include "engine/ranges.hpp"

#include <algorithm>

namespace placement::engine {
namespace {

// All comparisons of a condition, by field.
class Comparisons {
 public:
  explicit Comparisons(const pack::CheckedPack& pack)
      : pack_(pack), of_field_(kFieldCount), is_expanded_(pack.terms.size()) {
    for (const std::vector<pack::Node>* conditions : {&pack.rules, &pack.constraints, &pack.must_know})
      for (const pack::Node& condition : *conditions) collect(condition);
  }

  [[nodiscard]] bool tell_apart(Field field, int a, int b) const {
    const std::vector<ValueSet>& sets = of_field_[static_cast<std::size_t>(field)];
    return std::any_of(sets.begin(), sets.end(),
                       [&](const ValueSet& set) { return set.contains(a) != set.contains(b); });
  }

 private:
  void collect(const pack::Node& node) {
    if (node.kind == pack::Node::Kind::is_in) {
      std::vector<ValueSet>& sets = of_field_[static_cast<std::size_t>(node.field)];
      if (std::find(sets.begin(), sets.end(), node.values) == sets.end()) sets.push_back(node.values);
    }
    if (node.kind == pack::Node::Kind::term && !is_expanded_[node.index]) {
      is_expanded_[node.index] = true;
      collect(pack_.terms[node.index].when);
    }
    for (const pack::Node& child : node.children) collect(child);
  }

  const pack::CheckedPack& pack_;
  std::vector<std::vector<ValueSet>> of_field_;
  std::vector<bool> is_expanded_;
};

}  // namespace

std::vector<FieldRanges> ranges_of(const pack::CheckedPack& pack, const masks::Masks& masks) {
  const Comparisons comparisons(pack);
  std::vector<FieldRanges> all;
  for (const FieldSpec& field : fields()) {
    FieldRanges of_field;
    std::vector<Range>& ranges = of_field.ranges;
    for (int value = 0; value <= field.high; ++value) {
      // Ordered values join the range of their predecessor or none, categories any.
      const bool joins_any = field.kind == FieldKind::category;
      std::size_t range = ranges.empty() || joins_any ? 0 : ranges.size() - 1;
      while (range < ranges.size() && comparisons.tell_apart(field.field, ranges[range].values.highest(), value))
        ++range;
      if (range == ranges.size())
        ranges.push_back({{}, masks.code_of(static_cast<std::size_t>(field.field), static_cast<std::size_t>(value))});
      ranges[range].values.insert(value);
      of_field.of_value[static_cast<std::size_t>(value)] = static_cast<std::uint8_t>(range);
    }
    all.push_back(std::move(of_field));
  }
  return all;
}

}  // namespace placement::engine
