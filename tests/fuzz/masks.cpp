// The masks against the brute-force definition, on packs and people that are drawn from the bytes.
#include <stdexcept>

#include "fuzz/readers.hpp"
#include "oracle/compare.hpp"
#include "oracle/generate.hpp"

namespace placement::fuzz {

std::string check_masks(std::string_view text) {
  oracle::Dice dice(text);
  const oracle::PackShape& shape = dice.chance(50) ? oracle::kTinyPack : oracle::kSmallPack;
  const oracle::Json pack = oracle::random_pack(dice, shape);
  const oracle::Json request = oracle::random_request(dice, pack);
  const oracle::Pack read = oracle::read_pack(pack, request);
  const oracle::Comparison comparison(pack, request);
  const oracle::Json complete = oracle::random_complete(dice, read, dice.chance(85));
  const oracle::Json person = oracle::thinned(dice, complete, {.most_work = 300});
  return comparison.disagreement(person, comparison.judge(person)).value_or("");
}

}  // namespace placement::fuzz
