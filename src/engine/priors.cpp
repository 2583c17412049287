#include "engine/priors.hpp"

#include <numeric>

namespace placement::engine {
namespace {

// The values from one weight of a prior to the next.
struct Band {
  int from = 0;
  int to = 0;
  int weight = 0;
};

std::vector<Band> bands_of(const Prior& prior) {
  std::vector<Band> bands;
  for (std::size_t i = 0; i < prior.weights.size(); ++i) {
    const int to = i + 1 < prior.weights.size() ? prior.weights[i + 1].from - 1 : spec(prior.field).high;
    bands.push_back({prior.weights[i].from, to, prior.weights[i].weight});
  }
  return bands;
}

}  // namespace

std::vector<std::vector<masks::Count>> raw_sizes() {
  std::vector<std::vector<masks::Count>> all;
  for (const FieldSpec& f : fields()) all.emplace_back(static_cast<std::size_t>(f.size()), masks::Count(1));
  return all;
}

std::vector<std::vector<masks::Count>> exact_priors(const PackContent& content) {
  std::vector<std::vector<masks::Count>> all = raw_sizes();
  for (const Prior& prior : content.priors) {
    masks::Count scale = 1;  // a multiple of every band's size
    for (const Band& band : bands_of(prior)) scale = lcm(scale, masks::Count(band.to - band.from + 1));
    for (const Band& band : bands_of(prior))
      for (int v = band.from; v <= band.to; ++v)
        all[static_cast<std::size_t>(prior.field)][static_cast<std::size_t>(v)] =
            scale / (band.to - band.from + 1) * band.weight;
  }
  return all;
}

std::vector<std::vector<double>> priors(const PackContent& content) {
  std::vector<std::vector<double>> all;
  for (const std::vector<masks::Count>& exact : exact_priors(content)) {
    const auto sum = std::accumulate(exact.begin(), exact.end(), masks::Count(0)).convert_to<double>();
    std::vector<double> shares;
    for (const masks::Count& weight : exact) shares.push_back(weight.convert_to<double>() / sum);
    all.push_back(std::move(shares));
  }
  return all;
}

}  // namespace placement::engine
