#include "engine/next_question.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "engine/priors.hpp"

namespace placement::engine {
namespace {

using masks::Codes;
using masks::Count;
using masks::Diagram;

// The priors' weights of the codes an assessment leaves. Where they say that an answer given never occurs, they say
// nothing about its field: its values count alike.
template <class Number>
masks::Weights<Number> weights_of(const std::vector<std::vector<Number>>& priors, const Assessment& assessment,
                                  const masks::Masks& masks) {
  masks::Weights<Number> weights = code_weights(priors, assessment, masks);
  for (const FieldSpec& f : fields()) {
    const auto column = static_cast<std::size_t>(f.field);
    if (std::any_of(weights[column].begin(), weights[column].end(), [](const Number& w) { return w != 0; })) continue;
    const ValueSet values = assessment.answer(f.field);
    for (int v = values.lowest(); v <= values.highest(); ++v)
      if (values.contains(v)) weights[column][masks.code_of(column, static_cast<std::size_t>(v))] += 1;
  }
  return weights;
}

// How sure of the outcome one can expect to be after asking: the sum over answers of (sum over outcomes of weight^2) /
// weight. Gini impurity is 1 less this, by the weight of all: most is best.
class Sureness {
 public:
  Sureness(const Diagram& diagram, const PackContent& content, const Assessment& assessment,
           const Completions& completions)
      : diagram_(diagram),
        content_(content),
        assessment_(assessment),
        region_(completions.region()),
        masks_(completions.search().masks()) {}

  struct Fraction {
    Count over = 0, under = 1;
    friend bool operator>(const Fraction& a, const Fraction& b) { return a.over * b.under > b.over * a.under; }
  };

  // Of a field no outcome depends on, every answer leaves all as it is.
  [[nodiscard]] bool tells(Field f) const { return diagram_.reads().contains(static_cast<std::size_t>(f)); }

  [[nodiscard]] static double rounded(std::span<const double> outcomes) {
    double sum = 0, squares = 0;
    for (const double weight : outcomes) {
      sum += weight;
      squares += weight * weight;
    }
    return sum > 0 ? squares / sum : 0;
  }

  [[nodiscard]] double rounded(const Diagram::Marginals& marginals, Field f) const {
    if (!tells(f)) return rounded(marginals.whole);
    const auto column = static_cast<std::size_t>(f);
    double sum = 0;
    for (Codes rest = region_[column]; rest != 0; rest &= rest - 1)
      sum += rounded(marginals.of(column, static_cast<std::size_t>(std::countr_zero(rest))));
    return sum;
  }

  [[nodiscard]] Fraction exact(Field f) {
    if (weights_.empty()) weights_ = weights_of(exact_priors(content_), assessment_, masks_);
    Fraction sum;
    if (!tells(f)) {
      add(diagram_.count(weights_), sum);
      return sum;
    }
    const auto column = static_cast<std::size_t>(f);
    masks::Weights<Count> one = weights_;
    for (Codes rest = region_[column]; rest != 0; rest &= rest - 1) {
      const auto code = static_cast<std::size_t>(std::countr_zero(rest));
      std::fill(one[column].begin(), one[column].end(), Count(0));
      one[column][code] = weights_[column][code];
      add(diagram_.count(one), sum);
    }
    return sum;
  }

 private:
  static void add(const std::vector<Count>& outcomes, Fraction& to) {
    Count sum = 0, squares = 0;
    for (const Count& weight : outcomes) {
      sum += weight;
      squares += weight * weight;
    }
    if (sum == 0) return;
    to.over = to.over * sum + squares * to.under;
    to.under *= sum;
  }

  const Diagram& diagram_;
  const PackContent& content_;
  const Assessment& assessment_;
  const masks::Region& region_;
  const masks::Masks& masks_;
  masks::Weights<Count> weights_;
};

// Sorts what stands too close together for rounded numbers, in exact ones. Ties stay in field order.
void settle_close_ones(std::vector<Field>& fields, std::size_t from, std::size_t to, Sureness& sureness) {
  const auto begin = fields.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = fields.begin() + static_cast<std::ptrdiff_t>(to);
  std::sort(begin, end);
  if (std::none_of(begin, end, [&](Field f) { return sureness.tells(f); })) return;
  std::vector<std::pair<Field, Sureness::Fraction>> exact;
  std::optional<Sureness::Fraction> untold;  // the same for all that tell nothing
  for (auto f = begin; f != end; ++f) {
    if (!sureness.tells(*f) && !untold) untold = sureness.exact(*f);
    exact.emplace_back(*f, sureness.tells(*f) ? sureness.exact(*f) : *untold);
  }
  std::stable_sort(exact.begin(), exact.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::transform(exact.begin(), exact.end(), begin, [](const auto& e) { return e.first; });
}

void sort_by_sureness(std::vector<Field>& fields, Sureness& sureness, const Diagram::Marginals& marginals) {
  std::vector<std::pair<double, Field>> rounded;
  double whole = 0;
  for (const double weight : marginals.whole) whole += weight;
  for (const Field f : fields) rounded.emplace_back(sureness.rounded(marginals, f), f);
  std::sort(rounded.begin(), rounded.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(rounded.begin(), rounded.end(), fields.begin(), [](const auto& r) { return r.second; });
  // Rounding stays below a 10^-12th of the whole: a few thousand operations of 10^-16 each.
  const double close = 1e-9 * whole;
  for (std::size_t from = 0; from < fields.size();) {
    std::size_t to = from + 1;
    while (to < fields.size() && rounded[to - 1].first - rounded[to].first <= close) ++to;
    if (to - from > 1) settle_close_ones(fields, from, to, sureness);
    from = to;
  }
}

}  // namespace

std::vector<Field> in_asking_order(const Compiled& compiled, const Demands& demands, const FieldSet& relevant,
                                   const Assessment& assessment, Completions& completions) {
  std::vector<Field> order;
  FieldSet rest = relevant;
  const PackContent& content = compiled.pack.content();
  for (const MustKnow& entry : content.must_know) {
    if (!rest.contains(entry.field)) continue;
    order.push_back(entry.field);
    rest.erase(entry.field);
  }
  std::vector<Field> others = rest.list();
  if (others.size() > 1 && completions.is_consistent() == masks::Answer::yes) {
    const masks::Axis outcomes{demands.ranked, content.levels.size() + 1};
    const std::optional<Diagram> diagram =
        Diagram::make(completions.region(), {&outcomes, 1}, completions.forbidden(), completions.search());
    if (diagram) {
      Sureness sureness(*diagram, content, assessment, completions);
      sort_by_sureness(others, sureness, diagram->marginals(weights_of(compiled.priors, assessment, compiled.masks)));
    }
  }
  order.insert(order.end(), others.begin(), others.end());
  return order;
}

}  // namespace placement::engine
