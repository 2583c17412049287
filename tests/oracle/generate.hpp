// Random packs, assessments and requests as JSON for tests. All draws come from one seeded Dice, whose numbers are the
// same with every compiler; a test prints its seed and takes it from the environment (PLACEMENT_TEST_SEED).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/reading.hpp"

namespace oracle {

/// The seed of this run: PLACEMENT_TEST_SEED, or a fixed one. Printed at the first call.
std::uint64_t test_seed();

/// How many a test draws where it would draw `count`: an eighth of it under a sanitizer, as each takes ten times as
/// long there and the dev preset draws them all.
int drawn(int count);

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  /// Rolls what the bytes say, one each, as long as there are some: a fuzzer changes a roll by changing a byte.
  explicit Dice(std::string_view rolls) : random_(rolls.size()), rolls_(rolls) {}
  /// 0 .. sides - 1.
  int roll(int sides) {
    if (rolls_.empty()) return static_cast<int>(random_() % static_cast<std::uint64_t>(sides));
    const int rolled = static_cast<unsigned char>(rolls_.front()) % sides;
    rolls_.remove_prefix(1);
    return rolled;
  }
  int between(int low, int high) { return low + roll(high - low + 1); }
  bool chance(int percent) { return roll(100) < percent; }
  template <class T>
  const T& pick(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(roll(static_cast<int>(list.size())))];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(roll(static_cast<int>(i)))]);
  }

 private:
  std::mt19937_64 random_;
  std::string_view rolls_ = {};
};

/// How large a random pack is: each number from the first to the second of the pair.
struct PackShape {
  std::pair<int, int> fields, levels, rules, constraints, must_know;
  int most_points = 2000;  // complete assessments over the fields
  int most_values = 28;    // of one field
};
inline constexpr PackShape kSmallPack{{3, 5}, {2, 4}, {2, 8}, {0, 3}, {0, 2}};
inline constexpr PackShape kLargePack{{6, 8}, {3, 5}, {8, 15}, {0, 4}, {0, 2}, 8000, 11};
/// Small enough to try every partial assessment.
inline constexpr PackShape kTinyPack{{3, 3}, {4, 4}, {3, 8}, {1, 2}, {0, 1}, 36, 4};

/// A valid pack with at least one consistent complete assessment.
Json random_pack(Dice& dice, const PackShape& shape);

/// Values for all fields the pack reads (of `read_pack`), violating no constraint where few tries suffice.
Json random_complete(Dice& dice, const Pack& pack, bool consistent);

/// How an assessment is thinned out: percent of fields whose answer becomes partly known, and unknown. `most_work`
/// bounds what the oracle has to go through (the product of twice the size of each answer not known).
struct Thinning {
  int partly_percent = 20, unknown_percent = 30, most_work = 4000;
};
/// The complete assessment with some answers made partly known (the value always stays in) or unknown.
Json thinned(Dice& dice, const Json& complete, Thinning thinning);

/// An answer as it stands in JSON that leaves exactly these values of the field; all values: null.
Json answer_of(const Names& values, const std::vector<int>& left);

/// Every partial assessment over the fields: one answer for each non-empty set of values.
void for_each_assessment(const std::vector<Read>& reads, const std::function<void(const Json&)>& visit,
                         const Json& begun = Json::object(), std::size_t i = 0);

/// A current level, handled stop alerts, or neither.
Json random_request(Dice& dice, const Json& pack);

}  // namespace oracle
