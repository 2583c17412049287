#include <gmock/gmock.h>

#include "placement/io.hpp"

namespace placement {
namespace exports_test {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

TEST(Exports, AreThoseOfTheTable) {
  EXPECT_THAT(export_targets(), ElementsAre("feel"));
  for (const std::string& target : export_targets()) EXPECT_TRUE(export_pack(default_pack(), target).has_value());
  EXPECT_FALSE(export_pack(default_pack(), "").has_value());
  EXPECT_FALSE(export_pack(default_pack(), "FEEL").has_value());
}

TEST(Exports, ToFeelNameThePackAndEveryRule) {
  const RulePack pack = default_pack();
  const std::string text = *export_pack(pack, "feel");
  EXPECT_THAT(text, EndsWith("}\n"));
  EXPECT_THAT(text, HasSubstr("\"digest\": \"" + pack.digest() + "\""));
  for (const Rule& rule : pack.content().rules) EXPECT_THAT(text, HasSubstr("\"id\": \"" + rule.id + "\""));
  EXPECT_EQ(text, *export_pack(default_pack(), "feel"));
}

}  // namespace exports_test
}  // namespace placement
