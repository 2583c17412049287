#include <gmock/gmock.h>

#include <regex>

#include "io/write_formats.hpp"
#include "io/write_svg_canvas.hpp"
#include "unit/io/write_samples.hpp"

namespace placement::io {
namespace write_svg_test {

using ::testing::HasSubstr;
using ::testing::Not;

/// Whether tags are balanced and every `&` begins a known entity: enough to catch what escaping can break.
std::string xml_fault(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&' && !std::regex_search(xml.substr(i, 6), std::regex("^&(amp|lt|gt|quot);"))) return "bare &";
    if (xml[i] == '>') return "bare >";
    if (xml[i] != '<') continue;
    const std::size_t end = xml.find('>', i);
    if (end == std::string::npos) return "open tag at the end";
    const std::string tag = xml.substr(i + 1, end - i - 1);
    const std::string name = tag.substr(0, tag.find(' '));
    if (tag.find('<') != std::string::npos) return "< in a tag";
    if (tag.front() == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return "closing " + tag;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    i = end;
  }
  return open.empty() ? "" : "not closed: " + open.back();
}

std::string unescaped(std::string text) {
  for (const auto& [entity, sign] :
       std::vector<std::pair<std::string, std::string>>{{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}})
    for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1))
      text.replace(at, entity.size(), sign);
  return text;
}

TEST(XmlEscaped, NothingIsMarkup) { EXPECT_EQ(xml_escaped("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;"); }

TEST(WriteSvg, IsWellFormedAndSelfContained) {
  for (const samples::Sample& sample : samples::all()) {
    const std::string svg = write_svg(sample.recommendation);
    EXPECT_EQ(xml_fault(svg), "") << sample.name;
    for (const char* outside : {"<script", "href", "url(", "@import", "<image", "<style"})
      EXPECT_THAT(svg, Not(HasSubstr(outside))) << sample.name;
    EXPECT_THAT(svg, HasSubstr("<title>"));
  }
}

TEST(WriteSvg, EverythingLiesOnTheCanvas) {
  for (const samples::Sample& sample : samples::all()) {
    const std::string svg = write_svg(sample.recommendation);
    std::smatch size;
    ASSERT_TRUE(std::regex_search(svg, size, std::regex("width=\"(\\d+)\" height=\"(\\d+)\" viewBox")));
    const int width = std::stoi(size[1]), height = std::stoi(size[2]);
    const std::regex text(
        "<text x=\"(\\d+)\" y=\"(\\d+)\" font-size=\"(\\d+)\" fill=\"[^\"]*\"( font-weight=\"bold\")?>([^<]*)<");
    for (auto at = std::sregex_iterator(svg.begin(), svg.end(), text); at != std::sregex_iterator(); ++at) {
      const TextStyle style{std::stoi((*at)[3]), (*at)[4].matched, ""};
      EXPECT_LE(std::stoi((*at)[1]) + text_width(unescaped((*at)[5].str()), style), width)
          << sample.name << ": " << (*at)[5];
      EXPECT_LE(std::stoi((*at)[2]), height) << sample.name;
    }
  }
}

TEST(WriteSvg, ShowsTheAnswerTheWalkAndTheCriteria) {
  const std::string svg = write_svg(samples::decided());
  EXPECT_THAT(svg, HasSubstr(">DETOX: decided<"));
  EXPECT_THAT(svg, HasSubstr(">INDICATED<"));
  EXPECT_THAT(svg, HasSubstr(">Way up: why less is not enough<"));
  EXPECT_THAT(svg, HasSubstr(">To step down:<"));
  EXPECT_THAT(svg, HasSubstr("treat &lt;now&gt;"));
  EXPECT_THAT(write_svg(samples::emergency()), HasSubstr(">STOP<"));
  EXPECT_THAT(write_svg(samples::emergency()), HasSubstr(">HANDLED<"));
  EXPECT_THAT(write_svg(samples::undecided()), HasSubstr(">still possible<"));
  EXPECT_THAT(write_svg(samples::bridged()), HasSubstr("taken by policy: lowest"));
  EXPECT_THAT(write_svg(samples::bridged()), HasSubstr(">current level<"));
}

TEST(TextBlock, NoLineIsWiderThanTheBlock) {
  TextBlock block(120);
  block.add("a longer text that has to be wrapped into several lines, and a wordthatistoolongforanylineatall",
            {12, true, "#000"}, "-");
  EXPECT_GT(block.height(), 5 * 12);
  SvgCanvas canvas(140);
  canvas.text(10, 10, block);
  const std::string svg = canvas.finish(block.height() + 20, "t", "d");
  const std::regex text("<text x=\"(\\d+)\"[^>]*>([^<]*)<");
  for (auto at = std::sregex_iterator(svg.begin(), svg.end(), text); at != std::sregex_iterator(); ++at)
    EXPECT_LE(std::stoi((*at)[1]) + text_width(unescaped((*at)[2].str()), {12, true, "#000"}), 130) << (*at)[2];
}

TEST(TextWidth, BoldAndForeignLettersAreWider) {
  EXPECT_GT(text_width("abc", {12, true, ""}), text_width("abc", {12, false, ""}));
  EXPECT_EQ(text_width("\xE4\xB8\xAD", {12, false, ""}), 12);
}

TEST(TextBlock, EmptyBlocksHaveNoHeight) {
  const TextBlock block(100);
  EXPECT_TRUE(block.empty());
  EXPECT_EQ(block.height(), 0);
}

}  // namespace write_svg_test
}  // namespace placement::io
