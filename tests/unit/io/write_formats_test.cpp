#include <gtest/gtest.h>

#include "io/write_formats.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace write_formats_test {

TEST(Formats, AreFoundByName) {
  EXPECT_EQ(format_names(), "text, json, markdown, dot, svg");
  EXPECT_EQ(find_format("markdown"), Format::markdown);
  EXPECT_EQ(find_format("Markdown"), std::nullopt);
  EXPECT_EQ(find_format(""), std::nullopt);
}

TEST(Formats, EachHasItsWriter) {
  const Recommendation r = samples::decided();
  EXPECT_EQ(write_recommendation(r, Format::text), io::write_text(r));
  EXPECT_EQ(write_recommendation(r, Format::json), io::write_json(r));
  EXPECT_EQ(write_recommendation(r, Format::markdown), io::write_markdown(r));
  EXPECT_EQ(write_recommendation(r, Format::dot), io::write_dot(r));
  EXPECT_EQ(write_recommendation(r, Format::svg), io::write_svg(r));
}

TEST(Formats, AllEndWithANewline) {
  for (const samples::Sample& sample : samples::all())
    for (const Format format : {Format::text, Format::json, Format::markdown, Format::dot, Format::svg})
      EXPECT_EQ(write_recommendation(sample.recommendation, format).back(), '\n') << sample.name;
}

}  // namespace write_formats_test
}  // namespace placement
