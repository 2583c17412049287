// The level graph on Boost.Graph: the only file that includes it. Two subgraphs over the same vertices, one of moves up
// and one of moves down; reachability and shortest ways are breadth-first searches over a handful of vertices, so
// nothing is cached.
#include "placement/care_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <cassert>
#include <limits>

namespace placement {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
constexpr std::size_t kUnreached = std::numeric_limits<std::size_t>::max();

// Hops from `from` to every level over the graph's moves; kUnreached where there is no way.
std::vector<std::size_t> hops_from(const Graph& graph, std::size_t from) {
  std::vector<std::size_t> hops(boost::num_vertices(graph), kUnreached);
  hops[from] = 0;
  boost::breadth_first_search(
      graph, from,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(hops.data(), boost::on_tree_edge()))));
  return hops;
}

}  // namespace

struct CareGraph::State {
  explicit State(std::size_t levels) : up(levels), down(levels) {}
  std::vector<Move> moves;
  Graph up, down;
};

Result<CareGraph> CareGraph::make(std::size_t levels, std::vector<Move> moves, const std::vector<std::string>& ids) {
  assert(levels > 0 && ids.size() == levels);
  auto state = std::make_shared<State>(levels);
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const Move& move = moves[i];
    const std::string where = "/moves/" + std::to_string(i);
    const bool up = move.kind == Move::Kind::step_up;
    if (up ? move.to <= move.from : move.to >= move.from) {
      faults.push_back({where, up ? "a step_up must raise the intensity" : "a step_down must lower the intensity"});
      continue;
    }
    Graph& graph = up ? state->up : state->down;
    if (boost::edge(move.from, move.to, graph).second)
      faults.push_back({where, "the same move stands twice"});
    else
      boost::add_edge(move.from, move.to, graph);
  }
  const std::vector<std::size_t> from_lowest = hops_from(state->up, 0);
  for (std::size_t level = 0; level < levels; ++level) {
    if (from_lowest[level] == kUnreached)
      faults.push_back({"/moves", "level `" + ids[level] + "` is not reached from the lowest level by step_up moves"});
    const std::vector<std::size_t> downward = hops_from(state->down, level);
    for (std::size_t lower = 0; lower < level; ++lower)
      if (downward[lower] == kUnreached)
        faults.push_back(
            {"/moves", "level `" + ids[lower] + "` is not reached from `" + ids[level] + "` by step_down moves"});
  }
  if (!faults.empty()) return Error::of(ErrorCode::bad_pack, std::move(faults));
  state->moves = std::move(moves);
  CareGraph graph;
  graph.state_ = std::move(state);
  return graph;
}

const std::vector<Move>& CareGraph::moves() const noexcept { return state_->moves; }

std::size_t CareGraph::step_up_towards(std::size_t from, std::size_t goal) const {
  assert(from < goal);
  std::size_t best = goal;  // `make` proved that some successor leads there, or the goal itself is one
  for (const auto edge : boost::make_iterator_range(boost::out_edges(from, state_->up))) {
    const std::size_t next = boost::target(edge, state_->up);
    if (next < best && hops_from(state_->up, next)[goal] != kUnreached) best = next;
  }
  return best;
}

std::vector<std::size_t> CareGraph::step_down_path(std::size_t from, std::size_t to) const {
  assert(to < from);
  std::vector<std::size_t> path{from};
  while (path.back() != to) {
    std::size_t best = kUnreached, best_hops = kUnreached;
    for (const auto edge : boost::make_iterator_range(boost::out_edges(path.back(), state_->down))) {
      const std::size_t next = boost::target(edge, state_->down);
      if (next < to) continue;
      const std::size_t hops = hops_from(state_->down, next)[to];
      if (hops == kUnreached) continue;
      if (hops < best_hops || (hops == best_hops && next > best)) {
        best = next;
        best_hops = hops;
      }
    }
    assert(best != kUnreached);
    path.push_back(best);
  }
  return path;
}

std::size_t CareGraph::next_lower(std::size_t from) const {
  assert(from > 0);
  std::size_t best = 0;
  for (const auto edge : boost::make_iterator_range(boost::out_edges(from, state_->down)))
    best = std::max(best, static_cast<std::size_t>(boost::target(edge, state_->down)));
  return best;
}

}  // namespace placement
