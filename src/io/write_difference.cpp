// What changes between two packs: the table of moves, the regions they come from, and what else changes.
#include <algorithm>

#include "io/describe.hpp"
#include "io/json_parts.hpp"
#include "io/sections.hpp"
#include "io/write_lines.hpp"
#include "io/write_portion.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

using io::Json;
using io::TextTable;

Json pack_json(const RulePack& pack) {
  return {{"id", pack.content().id}, {"version", pack.content().version}, {"digest", pack.digest()}};
}

Json list_of_moves(const PackDifference::Region& r) {
  Json moves = Json::array();
  for (const PackDifference::Region::Move& m : r.moves)
    moves.push_back({{"from", m.from}, {"to", m.to}, {"portion", io::portion_json(m.portion)}});
  return moves;
}

constexpr std::array<const char*, 3> kItemKinds{"alert", "capability", "service"};

std::string write_difference_json(const PackDifference& d) {
  Json moves = Json::array(), items = Json::array(), regions = Json::array(), changed = Json::object();
  for (std::size_t b = 0; b < d.moves.size(); ++b)
    for (std::size_t a = 0; a < d.moves[b].size(); ++a)
      if (d.moves[b][a].count != "0")
        moves.push_back({{"from", d.outcomes_before[b]},
                         {"to", d.outcomes_after[a]},
                         {"portion", io::portion_json(d.moves[b][a])}});
  for (const PackDifference::Item& item : d.items) {
    Json changes = Json::array();
    for (const PackDifference::Item::Change& c : item.changes)
      changes.push_back({{"from", c.from}, {"to", c.to}, {"portion", io::portion_json(c.portion)}});
    items.push_back({{"kind", item.kind}, {"id", item.id}, {"changes", std::move(changes)}});
  }
  for (std::size_t k = 0; k < kItemKinds.size(); ++k)
    changed[kItemKinds[k]] = d.items_changed[k] ? io::portion_json(*d.items_changed[k]) : Json(nullptr);
  for (const PackDifference::Region& r : d.regions)
    regions.push_back({{"where", io::assessment_json(r.where)},
                       {"inside", io::portion_json(r.inside)},
                       {"moved", io::portion_json(r.moved)},
                       {"moves", list_of_moves(r)},
                       {"example", io::assessment_json(r.example)}});
  const Json json{{"before", pack_json(d.before)},
                  {"after", pack_json(d.after)},
                  {"whole", io::portion_json(d.whole)},
                  {"moved", io::portion_json(d.moved)},
                  {"moves", std::move(moves)},
                  {"regions", std::move(regions)},
                  {"elsewhere", io::portion_json(d.elsewhere)},
                  {"items_changed", std::move(changed)},
                  {"items", std::move(items)},
                  {"rules", {{"added", d.rules_added}, {"removed", d.rules_removed}, {"changed", d.rules_changed}}}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string name_of(const PackDifference& d, const std::string& outcome) {
  for (const RulePack* pack : {&d.after, &d.before})
    if (const auto level = pack->content().find_level(outcome))
      return io::short_level_name(pack->content().levels[*level]);
  return io::words_of(outcome);
}

TextTable move_table(const PackDifference& d) {
  TextTable table;
  std::vector<std::string> head{"before \\ after"};
  for (const std::string& outcome : d.outcomes_after) head.push_back(name_of(d, outcome));
  table.add(std::move(head));
  for (std::size_t b = 0; b < d.moves.size(); ++b) {
    std::vector<std::string> row{name_of(d, d.outcomes_before[b])};
    for (std::size_t a = 0; a < d.moves[b].size(); ++a) {
      const bool stays = d.outcomes_before[b] == d.outcomes_after[a];
      const bool is_none = d.moves[b][a].count == "0";
      row.push_back(is_none ? "-" : (stays ? "= " : "") + io::percent(d.moves[b][a]));
    }
    table.add(std::move(row));
  }
  return table;
}

TextTable item_table(const PackDifference& d) {
  TextTable table;
  table.add({"what", "change", "share"});
  for (const PackDifference::Item& item : d.items)
    for (const PackDifference::Item::Change& c : item.changes)
      table.add({item.kind + " " + item.id, c.from + " to " + c.to, io::percent(c.portion)});
  return table;
}

std::string region_text(const PackDifference& d, const PackDifference::Region& r) {
  std::vector<std::string> facts;
  r.where.answered().for_each([&](Field f) { facts.push_back(io::describe_fact(f, r.where.answer(f))); });
  const std::string where = facts.empty() ? "everybody" : io::joined_up_to(facts, facts.size(), "; ");
  std::vector<std::string> moves;
  for (const PackDifference::Region::Move& m : r.moves)
    moves.push_back(name_of(d, m.from) + " to " + name_of(d, m.to) + " " + io::percent(m.portion));
  return where + " (" + io::percent(r.inside) + "): " + io::joined_up_to(moves, moves.size());
}

std::string edits(const PackDifference& d) {
  std::string text;
  const auto add = [&](const char* what, const std::vector<std::string>& rules) {
    if (!rules.empty())
      text += (text.empty() ? "Rules " : "; ") + std::string(what) + ": " + io::joined_up_to(rules, rules.size());
  };
  add("added", d.rules_added);
  add("removed", d.rules_removed);
  add("changed", d.rules_changed);
  return text.empty() ? "No rule was added, removed or changed in its condition." : text + ".";
}

// "12.3 %", or nobody.
std::string share(const Portion& portion) { return portion.count == "0" ? "nobody" : io::percent(portion); }

std::vector<std::string> changed_lines(const PackDifference& d) {
  static constexpr std::array<const char*, 3> kPlurals{"alerts", "capabilities", "services"};
  std::vector<std::string> lines;
  for (std::size_t k = 0; k < kItemKinds.size(); ++k)
    lines.push_back(std::string("Some of the ") + kPlurals[k] + " change for " +
                    (d.items_changed[k] ? share(*d.items_changed[k]) : "a share that was not settled") + ".");
  return lines;
}

std::string one_line(const Assessment& assessment) {
  std::string json = write_assessment(assessment);
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

std::string write_difference(const PackDifference& d, Format format) {
  if (format == Format::json) return write_difference_json(d);
  const PackContent &before = d.before.content(), &after = d.after.content();
  io::Sections page(format);
  page.title(io::clean(before.id + " " + before.version + " -> " + after.id + " " + after.version));
  page.paragraph(edits(d));
  page.paragraph(
      "Over all complete assessments that at least one of the packs calls consistent, weighed by the priors "
      "of the second: the outcome is another one for " +
      share(d.moved) + ". Shares describe the packs, not a population.");
  for (const std::string& line : changed_lines(d)) page.paragraph(line);
  page.head("Outcome before and after");
  page.table(move_table(d));
  if (!d.regions.empty()) {
    page.head("Where outcomes change");
    for (const PackDifference::Region& region : d.regions) {
      page.item(region_text(d, region));
      page.code("for example " + one_line(region.example));
    }
    if (d.elsewhere.count != "0") page.item("elsewhere: " + io::percent(d.elsewhere));
  }
  if (!d.items.empty()) {
    page.head("Alerts, capabilities and services");
    page.table(item_table(d));
  }
  return page.take();
}

std::string write_difference(const CohortDifference& d, Format format) {
  const auto count = [](std::size_t n) { return std::to_string(n); };
  if (format == Format::json) {
    Json moves = Json::array(), items = Json::array(), rows = Json::array();
    for (const auto& [move, n] : d.moves) moves.push_back({{"from", move.first}, {"to", move.second}, {"rows", n}});
    for (const auto& [item, n] : d.items) items.push_back({{"kind", item.first}, {"id", item.second}, {"rows", n}});
    for (const std::size_t row : d.moved) rows.push_back(row + 1);
    const Json json{{"rows", d.rows},     {"refused", d.refused}, {"moved", d.moved.size()},
                    {"moved_rows", rows}, {"moves", moves},       {"items", items}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  io::Sections page(format);
  page.head("The cohort");
  page.paragraph(count(d.rows) + " rows; " + count(d.moved.size()) + " have another answer; " + count(d.refused) +
                 " have a request that one of the packs does not understand.");
  TextTable moves;
  moves.add({"before", "after", "rows"});
  for (const auto& [move, n] : d.moves) moves.add({io::clean(move.first), io::clean(move.second), count(n)});
  page.table(moves);
  if (!d.items.empty()) {
    TextTable items;
    items.add({"alert, capability or service", "rows whose state changes"});
    for (const auto& [item, n] : d.items) items.add({item.first + " " + item.second, count(n)});
    page.table(items);
  }
  return page.take();
}

}  // namespace placement
