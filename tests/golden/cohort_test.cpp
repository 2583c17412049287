// A cohort made up by the generator, answered with the shipped pack: every report of it, with and without small cells.
#include <gtest/gtest.h>

#include <bit>

#include "golden/golden_files.hpp"
#include "placement/cohort_report.hpp"
#include "placement/generate.hpp"

namespace placement {
namespace {

constexpr std::size_t kPeople = 400;

RowResult as_result(const Recommendation& r) {
  RowResult result{r.status, r.settled, 0};
  for (const std::size_t level : r.possible) result.possible |= std::uint64_t{1} << level;
  return result;
}

std::vector<std::uint64_t> rules_where(const Recommendation& r, bool (*is_meant)(const RuleResult&)) {
  std::vector<std::uint64_t> words((r.rules.size() + 63) / 64);
  for (std::size_t i = 0; i < r.rules.size(); ++i)
    if (is_meant(r.rules[i])) words[i / 64] |= std::uint64_t{1} << (i % 64);
  return words;
}

// Three of four people know everything. Where they were seen is made up too: mostly near a level that is possible.
CohortReport made_up() {
  const Engine& engine = golden::shipped();
  Generator full(engine, {.seed = 11, .priors = engine.pack().content().priors});
  Generator part(engine, {.seed = 12, .priors = engine.pack().content().priors, .percent_known = 60});
  std::mt19937_64 random(13);
  CohortTally cohort(engine.pack().content());
  AgreementTally agreement(engine.pack(),
                           {"setting at admission, made up",
                            {{"sex", "sex"}, {"site", "site of care"}},
                            {{"completed", "left as planned; other reasons are no; still there: missing"},
                             {"stayed_7", "stayed 7 days or more; never missing"}}});
  const std::size_t levels = engine.pack().content().levels.size();
  for (std::size_t i = 0; i < kPeople; ++i) {
    if (i % 80 == 79) {  // could not be read
      cohort.add({});
      agreement.add({.subgroups = std::vector<std::string_view>{"", ""},
                     .outcomes = std::vector<Truth>{Truth::unknown, Truth::unknown}});
      continue;
    }
    const Assessment person(*(i % 4 == 0 ? part : full).next());
    const Recommendation r = *engine.recommend(person);
    const RowResult result = as_result(r);
    const std::vector<std::uint64_t> held =
        rules_where(r, [](const RuleResult& rule) { return rule.state == RuleState::holds; });
    const std::vector<std::uint64_t> determining =
        rules_where(r, [](const RuleResult& rule) { return rule.determining; });
    cohort.add({result, &person, held, determining});
    cohort.add_question(r.next_question);

    const std::uint64_t draw = random() % 10;
    const std::size_t near = result.possible == 0 ? 1 : static_cast<std::size_t>(std::bit_width(result.possible)) - 1;
    std::optional<std::size_t> observed;
    if (draw < 6)
      observed = near;
    else if (draw < 9)
      observed = random() % levels;
    const std::vector<std::string_view> subgroups{random() % 3 == 0 ? "female" : "male", i % 50 == 0   ? ""
                                                                                         : i % 3 == 0  ? "north & east"
                                                                                         : i % 23 == 0 ? "islands"
                                                                                                       : "south"};
    const std::vector<Truth> outcomes{static_cast<Truth>(random() % 3), random() % 2 == 0 ? Truth::yes : Truth::no};
    agreement.add({result, observed, observed ? "" : "setting not on the list of levels", subgroups, outcomes});
  }
  CohortReport report(engine.pack());
  report.mapping = "made-up 1";
  report.mapping_digest = std::string(64, '0');
  report.input_digest = std::string(64, 'f');
  report.figures = cohort.finish();
  report.agreement = agreement.finish();
  return report;
}

TEST(GoldenCohort, IsWhatTheFilesSay) {
  CohortReport report = made_up();
  golden::compare_with_golden("cohort.html", write_report(report));
  golden::compare_with_golden("cohort.agreement.txt", write_agreement(*report.agreement, Format::text));
  golden::compare_with_golden("cohort.agreement.md", write_agreement(*report.agreement, Format::markdown));
  golden::compare_with_golden("cohort.agreement.json", write_agreement(*report.agreement, Format::json));
  suppress_small_cells(11, &report.figures, &*report.agreement);
  golden::compare_with_golden("cohort.suppressed.html", write_report(report));
  golden::compare_with_golden("cohort.suppressed.txt", write_agreement(*report.agreement, Format::text));
}

}  // namespace
}  // namespace placement
