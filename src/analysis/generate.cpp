// Drawing people: value by value under the priors, again from the start where a constraint is broken, so that the
// consistent ones come in the proportions that the priors and constraints give them.
#include "placement/generate.hpp"

namespace placement {

Generator::Generator(Engine engine, GeneratorOptions options)
    : engine_(std::move(engine)),
      options_(std::move(options)),
      prior_of_(kFieldCount, options_.priors.size()),
      held_(engine_.held_words()),
      random_(options_.seed) {
  for (std::size_t i = 0; i < options_.priors.size(); ++i)
    prior_of_[static_cast<std::size_t>(options_.priors[i].field)] = i;
}

// The remainder favours small numbers by less than one in 2^50.
int Generator::below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }

int Generator::drawn(const FieldSpec& field) {
  const std::size_t place = prior_of_[static_cast<std::size_t>(field.field)];
  if (place == options_.priors.size()) return below(field.size());
  const std::vector<Prior::Weight>& weights = options_.priors[place].weights;
  int sum = 0;
  for (const Prior::Weight& w : weights) sum += w.weight;
  int rest = below(sum);
  std::size_t i = 0;
  while (rest >= weights[i].weight) rest -= weights[i++].weight;
  const int from = weights[i].from;
  const int to = i + 1 < weights.size() ? weights[i + 1].from : field.size();
  return from + below(to - from);
}

Result<KnownAnswers> Generator::next() {
  constexpr int kMostTries = 100'000;
  for (int i = 0; i < kMostTries; ++i) {
    KnownAnswers person;
    for (const FieldSpec& field : fields())
      person.bytes()[static_cast<std::size_t>(field.field)] = static_cast<std::uint8_t>(drawn(field));
    if (!engine_.score(person, held_).consistent) continue;
    for (std::uint8_t& byte : person.bytes())
      if (below(100) >= options_.percent_known) byte = kUnknown;
    return person;
  }
  return Error::of(ErrorCode::limit,
                   {{"", "so many people contradict the pack's constraints that none could be drawn"}});
}

}  // namespace placement
