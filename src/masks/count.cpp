#include "masks/count.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace placement::masks {

// Splits a region until nothing is undecided, keeping every part it has seen.
class DiagramBuilder {
 public:
  DiagramBuilder(Diagram& diagram, const Region& region, Search& search)
      : diagram_(diagram), masks_(search.masks()), region_(region), search_(search) {}

  void add(std::uint16_t box, std::size_t axis, std::uint16_t rank) {
    if (!search_.touches(region_, box)) return;
    Item item;
    item.axis = static_cast<std::uint16_t>(axis);
    item.rank = rank;
    item.first = literals_.size();
    for (const Literal& l : masks_.literals(box)) {
      const Codes codes = l.codes & region_[l.column];
      if (codes == region_[l.column]) continue;
      item.columns.insert(l.column);
      literals_.push_back({codes, static_cast<std::uint16_t>(l.column), name_of(l.column, codes)});
    }
    item.literals = literals_.size() - item.first;
    items_.push_back(item);
  }

  // False: out of steps or nodes.
  bool build() {
    diagram_.nodes_.emplace_back();  // `one`
    for (std::size_t i = 0; i < items_.size(); ++i) arena_.push_back(static_cast<std::uint32_t>(i));
    ColumnBits open;
    for (const Item& item : items_) open = open | item.columns;
    const Part root = solve(0, arena_.size(), open);
    if (is_exhausted_) return false;
    diagram_.is_empty_ = root.is_excluded;
    diagram_.root_ = root.edge;
    if (!root.is_excluded) diagram_.reads_ = diagram_.nodes_[root.edge.node].scope;
    return true;
  }

  static constexpr std::uint16_t kExcluded = 0xffff;  // as a rank: above all

 private:
  struct NamedLiteral {
    Codes codes = 0;
    std::uint16_t column = 0;
    std::uint16_t name = 0;  // the same for the same codes of a column
  };
  // A box within the region.
  struct Item {
    ColumnBits columns;
    std::size_t first = 0, literals = 0;
    std::uint16_t axis = 0, rank = 0;
  };
  struct Part {
    bool is_excluded = false;
    Diagram::Edge edge;
  };

  std::uint16_t name_of(std::size_t column, Codes codes) {
    const auto [at, is_new] = names_.try_emplace(std::to_string(column) + ":" + std::to_string(codes),
                                                 static_cast<std::uint16_t>(names_.size() + 1));
    return at->second;
  }

  [[nodiscard]] std::span<const NamedLiteral> literals(const Item& item) const {
    return std::span(literals_).subspan(item.first, item.literals);
  }

  // What `specific` gives to its points `general` gives them too.
  [[nodiscard]] bool makes_idle(const Item& general, const Item& specific, const ColumnBits& open) const {
    if (general.rank != kExcluded && (general.axis != specific.axis || general.rank < specific.rank)) return false;
    if (!(general.columns & open).is_within(specific.columns)) return false;
    auto s = literals(specific).begin();
    for (const NamedLiteral& g : literals(general)) {
      if (!open.contains(g.column)) continue;
      while (s->column < g.column) ++s;
      if ((s->codes & ~g.codes) != 0) return false;
    }
    return true;
  }

  // The items arena_[begin, end) with the columns `open` undecided; every other column is settled for them.
  Part solve(std::size_t begin, std::size_t end, const ColumnBits& open) {
    Part part;
    if (is_exhausted_ || !search_.spend(1) || diagram_.nodes_.size() > Diagram::kMaxNodes) {
      is_exhausted_ = true;
      return part;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const Item& item = items_[arena_[i]];
      if ((item.columns & open).empty() && item.rank == kExcluded) {
        part.is_excluded = true;
        return part;
      }
      if ((item.columns & open).empty()) part.edge.floor[item.axis] = std::max(part.edge.floor[item.axis], item.rank);
    }
    const std::size_t kept = arena_.size();
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t index = arena_[i];
      const Item& item = items_[index];
      if (item.rank != kExcluded && item.rank <= part.edge.floor[item.axis]) continue;
      bool is_idle = false;
      for (std::size_t k = kept; k < arena_.size() && !is_idle; ++k)
        is_idle = makes_idle(items_[arena_[k]], item, open);
      if (is_idle) continue;
      std::size_t to = kept;
      for (std::size_t k = kept; k < arena_.size(); ++k)
        if (!makes_idle(item, items_[arena_[k]], open)) arena_[to++] = arena_[k];
      arena_.resize(to);
      arena_.push_back(index);
    }
    part.edge.node = product_of_groups(kept, open);
    arena_.resize(kept);
    return part;
  }

  // Groups of items that share no open column are parts of their own.
  std::uint32_t product_of_groups(std::size_t begin, const ColumnBits& open) {
    std::vector<std::uint32_t> parts;
    for (std::size_t first = begin; first < arena_.size();) {
      const std::size_t size = arena_.size();
      ColumnBits scope = items_[arena_[first]].columns & open;
      std::size_t last = first + 1;
      for (bool grew = true; grew;) {
        grew = false;
        for (std::size_t i = last; i < size; ++i) {
          const ColumnBits columns = items_[arena_[i]].columns & open;
          if (!columns.meets(scope)) continue;
          scope = scope | columns;
          std::swap(arena_[i], arena_[last++]);
          grew = true;
        }
      }
      parts.push_back(group(first, last, scope));
      arena_.resize(size);
      first = last;
    }
    if (parts.empty()) return 0;
    if (parts.size() == 1) return parts.front();
    Diagram::Node node;
    node.kind = Diagram::Node::Kind::product;
    node.first_edge = static_cast<std::uint32_t>(diagram_.edges_.size());
    node.edges = static_cast<std::uint32_t>(parts.size());
    for (const std::uint32_t p : parts) {
      node.scope = node.scope | diagram_.nodes_[p].scope;
      diagram_.edges_.push_back({p, {}, 0});
    }
    return add_node(node);
  }

  std::uint32_t add_node(const Diagram::Node& node) {
    diagram_.nodes_.push_back(node);
    return static_cast<std::uint32_t>(diagram_.nodes_.size() - 1);
  }

  // The remains of each item, in an order that depends on nothing else.
  std::u16string key_of(std::size_t begin, std::size_t end, const ColumnBits& scope) const {
    std::vector<std::u16string> remains;
    for (std::size_t i = begin; i < end; ++i) {
      const Item& item = items_[arena_[i]];
      std::u16string text{static_cast<char16_t>(item.axis), static_cast<char16_t>(item.rank)};
      for (const NamedLiteral& l : literals(item))
        if (scope.contains(l.column)) text += static_cast<char16_t>(l.name);
      text += u'\0';
      remains.push_back(std::move(text));
    }
    std::sort(remains.begin(), remains.end());
    std::u16string key;
    for (const std::u16string& text : remains) key += text;
    return key;
  }

  std::uint32_t group(std::size_t begin, std::size_t end, const ColumnBits& scope) {
    std::u16string key = key_of(begin, end, scope);
    if (const auto seen = seen_.find(key); seen != seen_.end()) return seen->second;
    const std::size_t column = most_read(begin, end, scope);
    ColumnBits open = scope;
    open.erase(column);
    std::vector<Diagram::Edge> edges;
    for (const Codes codes : classes_of(begin, end, column)) {
      const std::size_t size = arena_.size();
      for (std::size_t i = begin; i < end; ++i)
        if (touches(items_[arena_[i]], column, codes)) arena_.push_back(arena_[i]);
      Part part = solve(size, arena_.size(), open);
      arena_.resize(size);
      if (part.is_excluded) continue;
      part.edge.codes = codes;
      edges.push_back(part.edge);
    }
    Diagram::Node node;
    node.kind = Diagram::Node::Kind::split;
    node.column = static_cast<std::uint8_t>(column);
    node.scope = scope;
    node.first_edge = static_cast<std::uint32_t>(diagram_.edges_.size());
    node.edges = static_cast<std::uint32_t>(edges.size());
    diagram_.edges_.insert(diagram_.edges_.end(), edges.begin(), edges.end());
    const std::uint32_t number = add_node(node);
    seen_.emplace(std::move(key), number);
    return number;
  }

  std::size_t most_read(std::size_t begin, std::size_t end, const ColumnBits& scope) const {
    std::array<std::uint16_t, kMaxColumns> items{};
    for (std::size_t i = begin; i < end; ++i)
      (items_[arena_[i]].columns & scope).for_each([&](std::size_t c) { ++items[c]; });
    return static_cast<std::size_t>(std::max_element(items.begin(), items.end()) - items.begin());
  }

  [[nodiscard]] bool touches(const Item& item, std::size_t column, Codes codes) const {
    for (const NamedLiteral& l : literals(item))
      if (l.column == column) return (l.codes & codes) != 0;
    return true;
  }

  // Codes of a column that no item tells apart.
  std::vector<Codes> classes_of(std::size_t begin, std::size_t end, std::size_t column) const {
    std::vector<Codes> classes{region_[column]};
    for (std::size_t i = begin; i < end; ++i)
      for (const NamedLiteral& l : literals(items_[arena_[i]])) {
        if (l.column != column) continue;
        for (std::size_t k = 0, n = classes.size(); k < n; ++k) {
          const Codes inside = classes[k] & l.codes;
          if (inside == 0 || inside == classes[k]) continue;
          classes.push_back(inside);
          classes[k] &= ~l.codes;
        }
      }
    return classes;
  }

  Diagram& diagram_;
  const Masks& masks_;
  const Region& region_;
  Search& search_;
  std::vector<NamedLiteral> literals_;
  std::vector<Item> items_;
  std::vector<std::uint32_t> arena_;
  std::unordered_map<std::string, std::uint16_t> names_;
  std::unordered_map<std::u16string, std::uint32_t> seen_;
  bool is_exhausted_ = false;
};

std::optional<Diagram> Diagram::make(const Region& region, std::span<const Axis> axes,
                                     std::span<const std::uint16_t> excluded, Search& search) {
  Diagram diagram;
  diagram.masks_ = &search.masks();
  diagram.region_ = region;
  DiagramBuilder builder(diagram, region, search);
  for (const std::uint16_t box : excluded) builder.add(box, 0, DiagramBuilder::kExcluded);
  for (std::size_t a = 0; a < axes.size(); ++a) {
    diagram.ranks_[a] = axes[a].ranks;
    diagram.cells_ *= axes[a].ranks;
    for (const RankedBox& r : axes[a].boxes) builder.add(r.box, a, r.rank);
  }
  if (!builder.build()) return std::nullopt;
  return diagram;
}

bool Diagram::is_reached(std::size_t cell, const Floor& floor) const noexcept {
  return cell % ranks_[0] >= floor[0] && cell / ranks_[0] >= floor[1];
}

// From "at most this rank" to "this rank", on both axes.
template <class Number>
void Diagram::unaccumulate(std::span<Number> cells) const {
  for (std::size_t i = cells.size(); i-- > 0;)
    if (i % ranks_[0] != 0) cells[i] -= cells[i - 1];
  for (std::size_t i = cells.size(); i-- > ranks_[0];) cells[i] -= cells[i - ranks_[0]];
}

std::vector<Count> Diagram::count(const Weights<Count>& weights) const {
  std::vector<Count> cells(cells_);
  if (is_empty_) return cells;
  const auto weight_of = [&](std::size_t column, Codes codes) {
    Count sum = 0;
    for (; codes != 0; codes &= codes - 1) sum += weights[column][static_cast<std::size_t>(std::countr_zero(codes))];
    return sum;
  };
  std::vector<Count> whole(masks_->columns());
  reads_.for_each([&](std::size_t c) { whole[c] = weight_of(c, region_[c]); });

  std::vector<Count> values(nodes_.size() * cells_);  // of points of at most this rank, over the node's columns
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    Count* value = &values[n * cells_];
    const std::span<const Edge> edges = std::span(edges_).subspan(node.first_edge, node.edges);
    if (node.kind != Node::Kind::split) std::fill(value, value + cells_, Count(1));
    for (const Edge& edge : edges) {
      const Count* part = &values[edge.node * cells_];
      if (node.kind == Node::Kind::product) {
        for (std::size_t cell = 0; cell < cells_; ++cell) value[cell] *= part[cell];
        continue;
      }
      Count factor = weight_of(node.column, edge.codes);
      ColumnBits idle = node.scope - nodes_[edge.node].scope;
      idle.erase(node.column);
      idle.for_each([&](std::size_t c) { factor *= whole[c]; });
      for (std::size_t cell = 0; cell < cells_; ++cell)
        if (is_reached(cell, edge.floor)) value[cell] += factor * part[cell];
    }
  }
  for (std::size_t cell = 0; cell < cells_; ++cell)
    if (is_reached(cell, root_.floor)) cells[cell] = values[root_.node * cells_ + cell];
  unaccumulate<Count>(cells);
  return cells;
}

Diagram::Marginals Diagram::marginals(const Weights<double>& weights) const {
  Marginals result;
  result.width = cells_;
  result.whole.assign(cells_, 0);
  result.first.assign(masks_->columns(), 0);
  std::size_t size = 0;
  reads_.for_each([&](std::size_t c) {
    result.first[c] = size;
    size += masks_->codes(c) * cells_;
  });
  result.cells.assign(size, 0);
  if (is_empty_) return result;

  std::array<double, kMaxColumns> whole{};
  reads_.for_each([&](std::size_t c) {
    for (Codes rest = region_[c]; rest != 0; rest &= rest - 1)
      whole[c] += weights[c][static_cast<std::size_t>(std::countr_zero(rest))];
  });
  const auto share_of = [&](std::size_t column, Codes codes) {
    double sum = 0;
    for (; codes != 0; codes &= codes - 1) sum += weights[column][static_cast<std::size_t>(std::countr_zero(codes))];
    return sum / whole[column];
  };

  std::vector<double> shares(edges_.size(), 1);
  std::vector<double> values(nodes_.size() * cells_);
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    double* value = &values[n * cells_];
    if (node.kind != Node::Kind::split) std::fill(value, value + cells_, 1.0);
    for (std::size_t e = node.first_edge; e < node.first_edge + node.edges; ++e) {
      const double* part = &values[edges_[e].node * cells_];
      if (node.kind == Node::Kind::product) {
        for (std::size_t cell = 0; cell < cells_; ++cell) value[cell] *= part[cell];
        continue;
      }
      shares[e] = share_of(node.column, edges_[e].codes);
      for (std::size_t cell = 0; cell < cells_; ++cell)
        if (is_reached(cell, edges_[e].floor)) value[cell] += shares[e] * part[cell];
    }
  }

  // Backwards: how much one unit of a node adds to each cell of the whole.
  std::vector<double> adds(nodes_.size() * cells_, 0);
  for (std::size_t cell = 0; cell < cells_; ++cell)
    if (is_reached(cell, root_.floor)) {
      adds[root_.node * cells_ + cell] = 1;
      result.whole[cell] = values[root_.node * cells_ + cell];
    }
  std::vector<double> behind;  // products of the parts after each
  for (std::size_t n = nodes_.size(); n-- > 0;) {
    const Node& node = nodes_[n];
    const double* add = &adds[n * cells_];
    if (node.kind == Node::Kind::product) {
      behind.assign((node.edges + 1) * cells_, 1);
      for (std::size_t e = node.edges; e-- > 0;)
        for (std::size_t cell = 0; cell < cells_; ++cell)
          behind[e * cells_ + cell] =
              behind[(e + 1) * cells_ + cell] * values[edges_[node.first_edge + e].node * cells_ + cell];
      for (std::size_t cell = 0; cell < cells_; ++cell) {
        double before = add[cell];
        for (std::size_t e = 0; e < node.edges; ++e) {
          const std::size_t at = edges_[node.first_edge + e].node * cells_ + cell;
          adds[at] += before * behind[(e + 1) * cells_ + cell];
          before *= values[at];
        }
      }
    }
    if (node.kind != Node::Kind::split) continue;
    double* marginal = &result.cells[result.first[node.column]];
    for (std::size_t e = node.first_edge; e < node.first_edge + node.edges; ++e) {
      const Edge& edge = edges_[e];
      for (std::size_t cell = 0; cell < cells_; ++cell) {
        if (!is_reached(cell, edge.floor)) continue;
        adds[edge.node * cells_ + cell] += add[cell] * shares[e];
        const double mass = add[cell] * values[edge.node * cells_ + cell] / whole[node.column];
        for (Codes rest = edge.codes; rest != 0; rest &= rest - 1) {
          const auto code = static_cast<std::size_t>(std::countr_zero(rest));
          marginal[code * cells_ + cell] += mass * weights[node.column][code];
        }
      }
    }
  }
  // Where a column is not split on its codes share what is left.
  reads_.for_each([&](std::size_t c) {
    double* marginal = &result.cells[result.first[c]];
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      double rest = result.whole[cell];
      for (std::size_t code = 0; code < masks_->codes(c); ++code) rest -= marginal[code * cells_ + cell];
      for (Codes codes = region_[c]; codes != 0; codes &= codes - 1) {
        const auto code = static_cast<std::size_t>(std::countr_zero(codes));
        marginal[code * cells_ + cell] += std::max(rest, 0.0) * weights[c][code] / whole[c];
      }
    }
    for (std::size_t code = 0; code < masks_->codes(c); ++code)
      unaccumulate(std::span(marginal + code * cells_, cells_));
  });
  unaccumulate(std::span(result.whole));
  return result;
}

}  // namespace placement::masks
