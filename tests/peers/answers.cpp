// What the library answers, plainly, for the comparisons of this folder. Not a test and not shipped.
//
//   peer_answers PACK states < rows      one line a row {"assessment": ..., "request": ...}: status, possible levels,
//                                        exact state of every rule, and Kleene's truth of every condition
//   peer_answers PACK analysis REPEATS   dead rules and monotone fields, and the seconds these and
//                                        reading and compiling the pack took (medians)
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "analysis/questions.hpp"
#include "engine/completions.hpp"
#include "pack/checked_pack.hpp"
#include "placement/engine.hpp"
#include "placement/io.hpp"

namespace {

using Json = nlohmann::ordered_json;
using placement::engine::BoxRange;
using placement::masks::Answer;

constexpr std::uint64_t kSteps = 20'000'000;

template <class T>
T value_or_throw(placement::Result<T> result) {
  if (!result.has_value()) throw std::runtime_error(placement::to_string(result.error().faults.front()));
  return std::move(result).value();
}

const char* word_of(placement::Truth truth) {
  return truth == placement::Truth::yes ? "yes" : truth == placement::Truth::no ? "no" : "unknown";
}

Json truths(const std::vector<placement::pack::Node>& conditions, const placement::pack::CheckedPack& pack,
            const placement::Assessment& assessment) {
  Json list = Json::array();
  for (const auto& condition : conditions)
    list.push_back(word_of(placement::pack::evaluate(condition, pack.terms, assessment)));
  return list;
}

void print_states(const placement::Engine& engine) {
  const placement::pack::CheckedPack& pack = engine.pack().checked();
  for (std::string row; std::getline(std::cin, row);) {
    const placement::Input input = value_or_throw(placement::read_input(row));
    const placement::Recommendation r = value_or_throw(engine.recommend(input.assessment, input.request));
    Json line{{"status", to_string(r.status)}, {"settled", r.settled}};
    for (const char* list : {"possible", "rules"}) line[list] = Json::array();
    for (const std::size_t level : r.possible) line["possible"].push_back(pack.content.levels[level].id);
    for (const placement::RuleResult& rule : r.rules) line["rules"].push_back(to_string(rule.state));
    line["truth"] = {{"constraints", truths(pack.constraints, pack, input.assessment)},
                     {"rules", truths(pack.rules, pack, input.assessment)},
                     {"must_know", truths(pack.must_know, pack, input.assessment)}};
    std::cout << line.dump() << '\n';
  }
}

// Rules that hold in no consistent completion in scope. An out_of_scope rule can only hold out of scope.
Json dead_rules(const placement::engine::Compiled& compiled) {
  Json dead = Json::array();
  placement::masks::Search search(compiled.masks, kSteps);
  placement::engine::Completions all(compiled, compiled.masks.everything(), search);
  placement::engine::Boxes scope;
  const auto& rules = compiled.pack.content().rules;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rules[r].kind == placement::RuleKind::out_of_scope) all.add_touched(compiled.rules[r], scope);
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const placement::engine::Boxes boxes = all.touched(compiled.rules[r]);
    if (rules[r].kind != placement::RuleKind::out_of_scope && all.some(boxes, scope) == Answer::no)
      dead.push_back(rules[r].id);
  }
  if (search.ran_out()) throw std::runtime_error("dead rules: not settled");
  return dead;
}

Json monotone_fields(const placement::Engine& engine) {
  placement::analysis::Inquiry inquiry(engine, kSteps);
  placement::analysis::check_monotone_claims(inquiry);
  Json verdicts = Json::object();
  const auto& claimed = inquiry.content.monotone;
  for (std::size_t m = 0; m < claimed.size(); ++m)
    verdicts[std::string(placement::spec(claimed[m]).name)] = to_string(inquiry.findings.at(m).verdict);
  return verdicts;
}

template <class F>
double median_seconds(int repeats, F&& work) {
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

placement::Engine engine_of(const std::string& pack) {
  return value_or_throw(placement::Engine::make(value_or_throw(placement::read_pack(pack))));
}

void print_analysis(const std::string& pack, int repeats) {
  const placement::Engine engine = engine_of(pack);
  const placement::engine::Compiled& compiled = engine.compiled();
  const Json dead = dead_rules(compiled);
  Json monotone;
  const double dead_seconds = median_seconds(repeats, [&] {  // as `placement check` asks
    placement::analysis::Inquiry inquiry(engine, kSteps);
    placement::analysis::find_dead(inquiry);
  });
  const double monotone_seconds = median_seconds(repeats, [&] { monotone = monotone_fields(engine); });
  const Json result{{"dead_in_scope", dead},
                    {"monotone", monotone},
                    {"seconds",
                     {{"read", median_seconds(repeats, [&] { engine_of(pack); })},
                      {"dead", dead_seconds},
                      {"monotone", monotone_seconds}}}};
  std::cout << result.dump() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string what = argc > 2 ? argv[2] : "";
    if (what != "states" && what != "analysis") throw std::runtime_error("expected PACK states, or PACK analysis N");
    std::ostringstream text;
    text << std::ifstream(argv[1], std::ios::binary).rdbuf();
    if (what == "states")
      print_states(engine_of(text.str()));
    else
      print_analysis(text.str(), argc > 3 ? std::stoi(argv[3]) : 1);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "peer_answers: " << error.what() << '\n';
    return 1;
  }
}
