#include <gmock/gmock.h>

#include "io/json_text.hpp"
#include "unit/io/write_samples.hpp"

namespace placement {
namespace write_fields_test {

using ::testing::HasSubstr;

TEST(WriteFields, JsonHasEveryFieldInFieldOrder) {
  const io::Json json = io::Json::parse(write_fields(Format::json));
  ASSERT_EQ(json.size(), kFieldCount);
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const FieldSpec& field = fields()[i];
    EXPECT_EQ(json[i]["field"], field.name);
    EXPECT_EQ(json[i]["values"].size(), field.values.size());
    EXPECT_EQ(json[i]["unit"].is_null(), field.kind != FieldKind::count);
  }
  EXPECT_EQ(json[0]["to"], 120);
  EXPECT_EQ(json[1]["values"][1]["value"], true);
}

TEST(WriteFields, MarkdownHasARowForEachFieldAndTheDigest) {
  const std::string text = write_fields(Format::markdown);
  for (const FieldSpec& field : fields())
    EXPECT_THAT(text, HasSubstr("| `" + std::string(field.name) + "` |")) << field.name;
  EXPECT_THAT(text, HasSubstr(fields_digest()));
  EXPECT_THAT(text, HasSubstr("`severe` (6 or more criteria)"));
}

TEST(WriteFields, TextIsTheDefault) {
  const std::string text = write_fields(Format::text);
  for (const FieldSpec& field : fields()) EXPECT_THAT(text, HasSubstr("  " + std::string(field.name) + ": "));
  EXPECT_THAT(text, HasSubstr("0 to 250 days, more counts as 250"));
  EXPECT_EQ(write_fields(Format::svg), text);
  EXPECT_EQ(write_fields(Format::dot), text);
}

}  // namespace write_fields_test
}  // namespace placement
