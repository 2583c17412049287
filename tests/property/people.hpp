// Random people for a compiled pack: consistent assessments, complete or thinned out, and further answers to them.
#pragma once

#include <functional>

#include "oracle/generate.hpp"
#include "placement/engine.hpp"

namespace property {

/// Every field known, no constraint violated; mild and severe cases in turn.
placement::Assessment complete_person(oracle::Dice& dice, const placement::Engine& engine);

/// The same person with part of the answers made partly known or unknown; the values stay among what is left.
placement::Assessment half_known(oracle::Dice& dice, const placement::Assessment& complete, int percent_known);

/// How few answers a person may have known, in percent, so that thousands of them can be gone through: packs that read
/// many fields take their time over hardly known people.
int fewest_known(const placement::Engine& engine);

/// A person of whom at least so many answers are known.
placement::Assessment random_person(oracle::Dice& dice, const placement::Engine& engine);

/// Some consistent further answer: one field less open than before (known, or fewer values left). False where no
/// answer drawn was consistent, or nothing is open.
bool add_answer(oracle::Dice& dice, const placement::Engine& engine, placement::Assessment& assessment,
                const placement::Request& request);

/// A pack that laws are tried on, with a request and a name for messages.
struct Subject {
  placement::Engine engine;
  placement::Request request;
  std::string name;
  bool is_shipped = false;

  placement::Recommendation recommend(const placement::Assessment& assessment) const;
  /// The possible levels alone, at a fraction of the cost: with few steps to spend, which only relevance would need.
  std::vector<std::size_t> possible_levels(const placement::Assessment& assessment) const;
};

/// The shipped pack, and random packs (with random requests) drawn from the seed of this run.
const std::vector<Subject>& subjects();
const Subject& shipped();

/// Calls `visit` with complete, mostly known and least known people under every subject: `each` of each kind, of the
/// shipped pack ten times as many.
void for_each_person(int each,
                     const std::function<void(const Subject&, const placement::Assessment&, oracle::Dice&)>& visit);

/// For messages: the pack, and the assessment as JSON.
std::string describe(const Subject& subject, const placement::Assessment& assessment);

}  // namespace property
