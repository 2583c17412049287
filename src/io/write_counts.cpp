// How many assessments a pack sends where: a table by level and one by rule.
#include "io/write_lines.hpp"
#include "io/write_portion.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

using io::Json;
using io::TextTable;

std::string write_counts_json(const RulePack& pack, const PackCounts& counts) {
  const PackContent& content = pack.content();
  Json levels = Json::object(), rules = Json::object();
  for (std::size_t l = 0; l < counts.levels.size(); ++l)
    levels[content.levels[l].id] = io::portion_json(counts.levels[l]);
  for (std::size_t r = 0; r < counts.rules.size(); ++r) {
    if (content.rules[r].kind == RuleKind::continued_stay) continue;
    Json rule{{"holds", io::portion_json(counts.rules[r].holds)}};
    if (counts.rules[r].alone) rule["alone"] = io::portion_json(*counts.rules[r].alone);
    rules[content.rules[r].id] = std::move(rule);
  }
  const Json json{{"pack", {{"id", content.id}, {"version", content.version}, {"digest", pack.digest()}}},
                  {"given", counts.given.empty() ? Json(nullptr) : Json(counts.given)},
                  {"consistent", io::portion_json(counts.consistent)},
                  {"levels", std::move(levels)},
                  {"out_of_scope", io::portion_json(counts.out_of_scope)},
                  {"stopped", io::portion_json(counts.stopped)},
                  {"rules", std::move(rules)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

TextTable level_table(const PackContent& content, const PackCounts& counts) {
  TextTable table;
  table.add({"outcome", "share", "assessments"});
  const auto add = [&](const std::string& name, const Portion& portion) {
    table.add({name, io::percent(portion), io::magnitude(portion.count)});
  };
  for (std::size_t l = counts.levels.size(); l-- > 0;) add(io::clean(content.levels[l].name), counts.levels[l]);
  add("out of scope", counts.out_of_scope);
  add("any of these with a stop alert", counts.stopped);
  return table;
}

TextTable rule_table(const PackContent& content, const PackCounts& counts) {
  TextTable table;
  table.add({"rule", "holds", "decides alone"});
  for (std::size_t r = 0; r < counts.rules.size(); ++r) {
    if (content.rules[r].kind == RuleKind::continued_stay) continue;
    const std::optional<Portion>& alone = counts.rules[r].alone;
    table.add({content.rules[r].id, io::percent(counts.rules[r].holds), alone ? io::percent(*alone) : ""});
  }
  return table;
}

}  // namespace

std::string write_counts(const RulePack& pack, const PackCounts& counts, Format format) {
  if (format == Format::json) return write_counts_json(pack, counts);
  const PackContent& content = pack.content();
  const std::string what = "All complete, consistent assessments" +
                           (counts.given.empty() ? std::string() : " with " + io::clean(counts.given)) + ": " +
                           io::magnitude(counts.consistent.count) +
                           ". Shares are weighed by the pack's priors; they describe the pack, not a population.";
  const std::string title = io::clean(content.id + " " + content.version);
  if (format == Format::markdown)
    return "# " + title + "\n\n" + what + "\n\n" + level_table(content, counts).markdown() + "\n" +
           rule_table(content, counts).markdown();
  std::string text = title + "\n";
  for (const std::string& line : io::wrapped(what, 96)) text += "  " + line + "\n";
  text += "\n" + level_table(content, counts).text("  ") + "\n" + rule_table(content, counts).text("  ");
  return text + "\nExact numbers and ratios: --format json\n";
}

}  // namespace placement
