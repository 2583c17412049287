#include "analysis/claims.hpp"

#include <algorithm>

#include "analysis/prover.hpp"

namespace placement::analysis {
namespace {

using engine::Boxes;
using MaybeRegions = std::optional<std::vector<ClaimRegion>>;

bool has_atom(const pack::Node& node) {
  return node.kind == pack::Node::Kind::atom || std::any_of(node.children.begin(), node.children.end(), has_atom);
}

class Translator {
 public:
  explicit Translator(const engine::Compiled& compiled)
      : compiled_(compiled),
        content_(compiled.pack.content()),
        demands_(engine::demands_of(compiled, std::nullopt, {})) {}

  MaybeRegions regions(const pack::Node& node, bool negated) {
    if (!has_atom(node)) return plain(node, negated);
    switch (node.kind) {
      case pack::Node::Kind::atom:
        return atom(node.atom, negated);
      case pack::Node::Kind::negation:
        return regions(node.children.front(), !negated);
      case pack::Node::Kind::all_of:
        return at_least(node, node.children.size(), negated);
      case pack::Node::Kind::any_of:
        return at_least(node, 1, negated);
      case pack::Node::Kind::at_least:
        return at_least(node, node.count, negated);
      default:
        return plain(node, negated);
    }
  }

 private:
  MaybeRegions plain(const pack::Node& node, bool negated) {
    Result<std::vector<masks::ValueBox>> boxes =
        masks::boxes_of(engine::formula_of(node, compiled_.pack.checked().terms), negated, compiled_.masks.domains());
    if (!boxes.has_value()) return std::nullopt;
    std::vector<ClaimRegion> all;
    for (masks::ValueBox& box : *boxes) all.push_back({std::move(box), {}});
    return all;
  }

  // At least k of the children hold; not: at least n - k + 1 do not.
  MaybeRegions at_least(const pack::Node& node, std::size_t count, bool negated) {
    const std::size_t k = negated ? node.children.size() - count + 1 : count;
    std::vector<std::vector<ClaimRegion>> sums(k + 1);
    sums[0] = {ClaimRegion{}};
    for (const pack::Node& child : node.children) {
      const MaybeRegions holds = regions(child, negated);
      if (!holds) return std::nullopt;
      for (std::size_t j = k; j > 0; --j) {
        MaybeRegions product = intersections(sums[j - 1], *holds);
        if (!product || sums[j].size() + product->size() > kMaxRegions) return std::nullopt;
        sums[j].insert(sums[j].end(), product->begin(), product->end());
      }
    }
    return sums[k];
  }

  [[nodiscard]] Boxes boxes_of(RuleKind kind, std::size_t target) const {
    Boxes boxes;
    for (std::size_t r = 0; r < content_.rules.size(); ++r)
      if (content_.rules[r].kind == kind && content_.rules[r].target == target) append(compiled_.rules[r], boxes);
    return boxes;
  }

  [[nodiscard]] std::vector<ClaimRegion> in(const Boxes& boxes, const Boxes& outside) const {
    std::vector<ClaimRegion> all;
    for (const std::uint16_t box : boxes) all.push_back({compiled_.masks.value_boxes()[box], outside});
    return all;
  }

  [[nodiscard]] std::vector<ClaimRegion> in_or_out(const Boxes& boxes, bool negated) const {
    return negated ? all_outside(boxes) : in(boxes, {});
  }

  [[nodiscard]] static std::vector<ClaimRegion> all_outside(const Boxes& boxes) {
    ClaimRegion region;
    region.outside = boxes;
    return {region};
  }

  MaybeRegions atom(const pack::Atom& atom, bool negated) {
    switch (atom.kind) {
      case pack::Atom::Kind::level:
        return level(atom, negated);
      case pack::Atom::Kind::alert: {
        Boxes boxes;
        append(compiled_.rules[atom.target], boxes);
        return in_or_out(boxes, negated);
      }
      case pack::Atom::Kind::any_stop: {
        Boxes boxes;
        for (const engine::BoxRange range : demands_.stops) append(range, boxes);
        return in_or_out(boxes, negated);
      }
      case pack::Atom::Kind::requires_capability:
        return in_or_out(boxes_of(RuleKind::capability, atom.target), negated);
      case pack::Atom::Kind::avoids:
        return in_or_out(boxes_of(RuleKind::avoid, atom.target), negated);
      case pack::Atom::Kind::offers: {
        const Boxes offers = boxes_of(RuleKind::offer, atom.target), avoids = boxes_of(RuleKind::avoid, atom.target);
        if (!negated) return in(offers, avoids);
        std::vector<ClaimRegion> all = in(avoids, {});
        all.push_back(all_outside(offers).front());
        return all;
      }
    }
    return std::nullopt;
  }

  // Where one of the levels meant is demanded, and none above it that is not meant.
  std::vector<ClaimRegion> level(const pack::Atom& atom, bool negated) {
    std::vector<ClaimRegion> all;
    Boxes above;
    for (std::size_t level = atom.levels.size(); level-- > 0;) {
      Boxes here;
      for (const engine::BoxRange range : demands_.of_level[level]) append(range, here);
      if (atom.levels[level] != negated) {
        const std::vector<ClaimRegion> more = level > 0 ? in(here, above) : all_outside(above);
        all.insert(all.end(), more.begin(), more.end());
      } else {
        above.insert(above.end(), here.begin(), here.end());
      }
    }
    return all;
  }

  const engine::Compiled& compiled_;
  const PackContent& content_;
  engine::Demands demands_;
};

}  // namespace

MaybeRegions regions_of(const engine::Compiled& compiled, const pack::Node& node, bool negated) {
  return Translator(compiled).regions(node, negated);
}

MaybeRegions intersections(const std::vector<ClaimRegion>& a, const std::vector<ClaimRegion>& b) {
  std::vector<ClaimRegion> all;
  for (const ClaimRegion& x : a)
    for (const ClaimRegion& y : b) {
      ClaimRegion both;
      if (!masks::intersect(x.box, y.box, both.box)) continue;
      if (all.size() == kMaxRegions) return std::nullopt;
      both.outside = x.outside;
      both.outside.insert(both.outside.end(), y.outside.begin(), y.outside.end());
      all.push_back(std::move(both));
    }
  return all;
}

}  // namespace placement::analysis
