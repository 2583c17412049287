#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "io/html_page.hpp"
#include "io/write_cells.hpp"
#include "placement/cohort_report.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace write_report_test {

using testing::HasSubstr;
using testing::Not;

AgreementDesign design() {
  return {"the <setting> on file & more", {{"sex", "sex <of> record"}}, {{"done", "\"finished\" & <planned>"}}};
}

// `rows` rows decided at clinic, most of them observed there, and seven undecided ones.
CohortReport report_of(std::size_t rows, bool with_agreement) {
  CohortTally cohort(samples::pack().content());
  AgreementTally agreement(samples::pack(), design());
  const Assessment person = samples::assessment(R"({"oud_diagnosis": "severe", "age_years": {"from": 18}})");
  const std::vector<std::uint64_t> held{1};
  for (std::size_t i = 0; i < rows + 7; ++i) {
    const bool is_decided = i < rows;
    const RowResult result = is_decided ? RowResult{Status::decided, true, 2} : RowResult{Status::undecided, true, 14};
    cohort.add({result, &person, held, held});
    if (i % 2 == 0) cohort.add_question(is_decided ? std::nullopt : std::optional(Field::suicide_risk));
    const std::vector<std::string_view> subgroups{i % 2 == 0 ? "<b>f</b>" : "m"};
    const std::vector<Truth> outcomes{i % 3 == 0 ? Truth::yes : Truth::no};
    agreement.add({result, i % 5 == 0 ? 0U : 1U, "", subgroups, outcomes});
  }
  CohortReport report(samples::pack());
  report.mapping = "teds-a <1>";
  report.input_digest = std::string(64, 'a');
  report.figures = cohort.finish();
  if (with_agreement) report.agreement = agreement.finish({1, 100});
  return report;
}

// Every tag that opens closes, in order.
void expect_balanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = html.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" \n"));
    if (tag[0] == '!' || tag.back() == '/' || name == "meta" || name == "wbr") continue;
    if (tag[0] != '/') {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty()) << tag;
    ASSERT_EQ(open.back(), tag.substr(1));
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(WriteReport, IsOneWellFormedPageThatLoadsNothing) {
  const std::string html = write_report(report_of(40, true));
  expect_balanced(html);
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (const char* foreign : {"<script", "http://", "https://", "src=", "@import", "url(", "<link", "onload"})
    EXPECT_THAT(html, Not(HasSubstr(foreign)));
}

TEST(WriteReport, EscapesWhatComesFromOutside) {
  const std::string html = write_report(report_of(40, true));
  EXPECT_THAT(html, HasSubstr("A small pack &lt;for&gt; tests | &amp; &quot;quotes&quot;"));
  EXPECT_THAT(html, HasSubstr("teds-a &lt;1&gt;"));
  EXPECT_THAT(html, HasSubstr("the &lt;setting&gt; on file &amp; more"));
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;f&lt;/b&gt;"));
  EXPECT_THAT(html, HasSubstr("&quot;finished&quot; &amp; &lt;planned&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
}

TEST(WriteReport, SaysWhatItIsMadeFromAndWhatItCannotTell) {
  const std::string html = write_report(report_of(40, true));
  for (const std::string& part :
       {std::string("small 1.2.3"), samples::pack().digest(), fields_digest(), std::string(64, 'a'),
        std::string("Decision support, not a decision"), std::string("What these figures cannot tell"),
        std::string("for a sample of 24 rows, drawn by chance"), std::string("No effect of a level can be read"),
        std::string("Limit of the pack: not for people")})
    EXPECT_THAT(html, HasSubstr(part));
}

TEST(WriteReport, EveryChartHasATitleAndEveryTableACaption) {
  const std::string html = write_report(report_of(40, true));
  const auto count = [&](const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = html.find(what); at != std::string::npos; at = html.find(what, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("role=\"img\""), count("<desc>"));
  EXPECT_EQ(count("role=\"img\"") + 1, count("<title>"));  // and the page's own
  EXPECT_EQ(count("<table"), count("<caption>"));
  EXPECT_GE(count("role=\"img\""), 6U);
  EXPECT_GE(count("<table"), 12U);
}

TEST(WriteReport, LeavesOutAgreementWhereNothingWasObserved) {
  const std::string html = write_report(report_of(40, false));
  expect_balanced(html);
  EXPECT_THAT(html, Not(HasSubstr("Agreement with the observed level")));
}

TEST(WriteReport, ShowsNoCountThatWasKeptBack) {
  CohortReport report = report_of(40, true);
  suppress_small_cells(11, &report.figures, &*report.agreement);
  const std::string html = write_report(report), json = write_agreement(*report.agreement, Format::json);
  expect_balanced(html);
  EXPECT_THAT(html, HasSubstr("&lt;11"));
  EXPECT_THAT(html, HasSubstr("Counts from 1 to 10 are shown as &lt;11"));
  EXPECT_THAT(json, HasSubstr("\"<11\""));
  // Seven undecided rows; nothing else is seven.
  EXPECT_THAT(html, Not(HasSubstr(">7<")));
}

TEST(WriteReport, SurvivesAnEmptyCohort) {
  CohortReport report(samples::pack());
  report.figures = CohortTally(samples::pack().content()).finish();
  report.agreement = AgreementTally(samples::pack(), design()).finish();
  const std::string html = write_report(report);
  expect_balanced(html);
  for (const char* broken : {">nan", ">inf", "nan%", "inf%", ">-nan"}) EXPECT_THAT(html, Not(HasSubstr(broken)));
  EXPECT_THAT(html, HasSubstr("No row asks anything"));
}

TEST(WriteAgreement, SaysWhatItIsInEveryFormat) {
  const Agreement a = *report_of(40, true).agreement;
  for (const Format format : {Format::text, Format::markdown}) {
    const std::string text = write_agreement(a, format);
    for (const char* part : {"Agreement says how often two answers are the same", "chance alone", "bootstrap resamples",
                             "No effect of a level can be read", "Kappa", "missing"})
      EXPECT_THAT(text, HasSubstr(part));
    EXPECT_EQ(text.back(), '\n');
  }
  EXPECT_THAT(write_agreement(a, Format::text), HasSubstr("sex <of> record"));
  EXPECT_THAT(write_agreement(a, Format::markdown), HasSubstr("sex \\<of\\> record"));
}

TEST(WriteAgreement, JsonHasEveryFigure) {
  const nlohmann::json json = nlohmann::json::parse(write_agreement(*report_of(40, true).agreement, Format::json));
  EXPECT_EQ(json["pack"]["id"], "small");
  EXPECT_EQ(json["levels"].size(), 4U);
  EXPECT_EQ(json["confusion"][1][1], 32);
  EXPECT_EQ(json["confusion"][1][0], 8);
  EXPECT_EQ(json["all"]["matches"]["matched"]["rows"], 32);
  EXPECT_EQ(json["all"]["matches"]["matched"]["percent"], 80.0);
  EXPECT_EQ(json["all"]["matches"]["matched"]["interval"].size(), 2U);
  EXPECT_EQ(json["all"]["kappa"]["value"], 0.0);  // one level recommended throughout: no better than chance
  EXPECT_EQ(json["subgroups"][0]["values"].size(), 2U);
  EXPECT_EQ(json["outcomes"][0]["by"]["matched"]["missing"], 0);
  EXPECT_EQ(json["suppressed_below"], nullptr);
}

TEST(Decimal, RoundsAwayFromZero) {
  EXPECT_EQ(io::decimal(0.125, 2), "0.13");
  EXPECT_EQ(io::decimal(-0.125, 2), "-0.13");
  EXPECT_EQ(io::decimal(-0.001, 2), "0.00");
  EXPECT_EQ(io::decimal(12.0, 0), "12");
  EXPECT_EQ(io::decimal(0.04, 2), "0.04");
}

TEST(ShareText, SaysWhatCannotBeDivided) {
  EXPECT_EQ(io::share_text({3}, {12}), "25.0 %");
  EXPECT_EQ(io::share_text({0}, {0}), "-");
  EXPECT_EQ(io::share_text({0, CellCount::Seen::small}, {12}), "withheld");
  EXPECT_EQ(io::interval_text({3}, {0, CellCount::Seen::withheld}), "withheld");
}

}  // namespace write_report_test
}  // namespace placement
