#include "oracle/oracle.hpp"

#include <algorithm>
#include <memory>

namespace oracle {
namespace {

using Answers = std::vector<std::vector<int>>;  // for each field the pack reads, the values it may have
using Completion = std::vector<int>;            // one of them each
using World = std::vector<int>;                 // the facts of a completion
using Claim = std::function<bool(const Completion&)>;

struct Summary {  // over the consistent completions; over all where none is consistent
  bool consistent = false, settled = true;
  World facts;  // kOpen where completions differ
  std::set<int> possible;
  std::set<std::size_t> must_know;
  std::string status;
};

class Oracle : Pack {
 public:
  explicit Oracle(Pack pack) : Pack(std::move(pack)) {
    for (const Read& read : reads) whole_.push_back(values_of(read.values, Json()));
  }

  Verdict judge(const Json& assessment) {
    Answers answers;
    for (const Read& read : reads) answers.push_back(values_of(read.values, assessment.value(read.id, Json())));
    extensions_.clear();
    settles_.assign(facts.size(), {});
    consistent_ = summarize(answers).consistent;
    const Summary& now = explore(answers);

    Verdict verdict{.status = now.status, .relevant = ids(settles_[kLevel]), .must_know = ids(now.must_know)};
    for (const int level : now.possible) verdict.possible.push_back(levels[static_cast<std::size_t>(level)]);
    for (std::size_t i = kFirstRule; i < facts.size(); ++i)
      verdict.findings[facts[i].list][facts[i].id] = {facts[i].state(now.facts[i]), ids(settles_[i])};
    if (!consistent_) verdict.conflict = smallest(answers, [](const World& world) { return world[kConsistent] == 0; });
    if (now.possible.size() != 1) return verdict;
    const int level = *now.possible.begin();
    verdict.reason = smallest(answers, [level](const World& world) {
      return world[kConsistent] == 0 || world[kOutOfScope] == 1 || world[kLevel] == level;
    });
    for (const int state : {1, kOpen}) {  // section 4; nothing has to force the lowest level
      if (!verdict.determining.empty() || (state == kOpen && level == 0)) continue;
      verdict.jointly = state == kOpen;
      for (std::size_t i = kFirstRule; i < facts.size(); ++i)
        if (facts[i].demand == level && now.facts[i] == state) verdict.determining.push_back(facts[i].id);
    }
    return verdict;
  }

 private:
  // Whether the claim holds for every completion.
  static bool every(const Answers& answers, const Claim& claim, Completion begun = {}) {
    if (begun.size() == answers.size()) return claim(begun);
    const std::vector<int>& values = answers[begun.size()];
    begun.push_back(values.front());
    return std::all_of(values.begin(), values.end(),
                       [&](int value) { return begun.back() = value, every(answers, claim, begun); });
  }

  const World& world(const Completion& completion) {
    World& world = worlds_[completion];
    if (!world.empty()) return world;
    Point point(fields().size());
    for (std::size_t i = 0; i < completion.size(); ++i) point[reads[i].field] = completion[i];
    for (const Fact& fact : facts) world.push_back(fact.is.value(point));
    return world;
  }

  // Known, or partly known and no two consistent completions that differ in it alone differ in a rule.
  bool is_answered(const Answers& answers, std::size_t field) {
    if (answers[field].size() == whole_[field].size()) return false;
    return every(answers, [&](const Completion& completion) {
      return std::all_of(answers[field].begin(), answers[field].end(), [&](int value) {
        Completion other = completion;
        other[field] = value;
        const World &a = world(completion), &b = world(other);
        const auto first = a.begin() + kFirstRule, last = first + static_cast<std::ptrdiff_t>(rules);
        return a[kConsistent] == 0 || b[kConsistent] == 0 || std::equal(first, last, b.begin() + kFirstRule);
      });
    });
  }

  Summary summarize(const Answers& answers) {  // section 5
    Summary s;
    s.consistent = !every(answers, [&](const Completion& completion) { return world(completion)[kConsistent] == 0; });
    every(answers, [&](const Completion& completion) {
      const World& it = world(completion);
      if (s.consistent && it[kConsistent] == 0) return true;
      if (s.consistent && it[kOutOfScope] == 0) s.possible.insert(it[kLevel]);
      if (s.facts.empty()) s.facts = it;
      for (std::size_t i = 0; i < it.size(); ++i)
        if (s.facts[i] != it[i]) s.facts[i] = kOpen;
      return true;
    });
    for (const auto& [fact, field] : must_know)
      if (s.consistent && s.facts[fact] != 0 && !is_answered(answers, field)) s.must_know.insert(field);
    const bool is_clear = s.facts[kStop] == 0 && s.facts[kOutOfScope] == 0 && s.must_know.empty();
    s.status = s.facts[kStop] == 1                  ? "emergency"
               : !s.consistent                      ? "inconsistent"
               : s.facts[kOutOfScope] == 1          ? "out_of_scope"
               : is_clear && s.possible.size() == 1 ? "decided"
                                                    : "undecided";
    return s;
  }

  // Notes on the way what one answer changes, here or after consistent further known answers (after any known answers
  // where no completion is consistent): section 6, and the fields that facts wait for.
  const Summary& explore(const Answers& answers) {
    Summary& now = extensions_[answers];
    if (!now.status.empty()) return now;
    now = summarize(answers);
    std::vector<std::pair<std::size_t, const Summary*>> steps;  // one more field known
    for (std::size_t field = 0; field < answers.size(); ++field)
      for (const int value : answers[field]) {
        if (answers[field].size() == 1 || now.consistent != consistent_) continue;
        Answers more = answers;
        more[field] = {value};
        const Summary& then = explore(more);
        if (then.consistent != consistent_) continue;
        steps.emplace_back(field, &then);
        now.settled = now.settled && then.settled && then.status == now.status;
      }
    for (const auto& [field, then] : steps) {
      if (consistent_ && (then->possible != now.possible || then->settled != now.settled))
        settles_[kLevel].insert(field);
      for (std::size_t i = kFirstRule; i < facts.size(); ++i)
        if (now.facts[i] == kOpen && then->facts[i] != kOpen && facts[i].is.reads.count(reads[field].id) == 1)
          settles_[i].insert(field);
    }
    return now;
  }

  // The fewest answers after which the claim holds for every completion of the rest; ties by field order (section 7).
  Names smallest(const Answers& answers, const std::function<bool(const World&)>& claim) {
    for (std::size_t count = 0;; ++count) {
      std::vector<bool> is_taken(answers.size());
      std::fill_n(is_taken.begin(), count, true);
      do {
        std::set<std::size_t> taken;
        Answers some = whole_;
        for (std::size_t i = 0; i < answers.size(); ++i)
          if (is_taken[i]) some[i] = answers[*taken.insert(i).first];
        if (every(some, [&](const Completion& completion) { return claim(world(completion)); })) return ids(taken);
      } while (std::prev_permutation(is_taken.begin(), is_taken.end()));
    }
  }

  Names ids(const std::set<std::size_t>& fields) const {
    Names names;
    for (const std::size_t i : fields) names.push_back(reads[i].id);
    return names;
  }

  Answers whole_;  // nothing answered
  std::map<Completion, World> worlds_;
  bool consistent_ = true;  // this and what follows: while one assessment is judged
  std::map<Answers, Summary> extensions_;
  std::vector<std::set<std::size_t>> settles_;  // of each fact the fields it waits for; of kLevel the relevant ones
};

}  // namespace

std::function<Verdict(const Json&)> judge(const Json& pack, const Json& request) {
  return [it = std::make_shared<Oracle>(read_pack(pack, request))](const Json& answers) { return it->judge(answers); };
}

}  // namespace oracle
