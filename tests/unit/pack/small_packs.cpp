#include "unit/pack/small_packs.hpp"

#include <cstdlib>
#include <iostream>

#include "oracle/packs.hpp"
#include "placement/io.hpp"

namespace placement::small_packs {
namespace {

using oracle::Json;

template <class T>
T value_of(Result<T> result) {
  if (result.has_value()) return std::move(result).value();
  for (const std::string& fault : faults_of(result.error())) std::cerr << fault << '\n';
  std::abort();
}

void edit(Json& tree, const std::string& pointer, const Json& value) {
  const Json::json_pointer place(pointer);
  if (value != "<gone>") {
    tree[place] = value;
    return;
  }
  Json& parent = tree[place.parent_pointer()];
  if (parent.is_array())
    parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
  else
    parent.erase(place.back());
}

}  // namespace

std::string edited(std::string_view json, std::string_view edits) {
  Json tree = Json::parse(json);
  const Json changes = Json::parse(edits);
  for (const auto& [pointer, value] : changes.items()) edit(tree, pointer, value);
  return tree.dump();
}

std::string text(std::string_view parts, std::string_view edits) {
  return edited(oracle::four_level_pack(std::string(parts)).dump(), edits);
}

RulePack pack(std::string_view parts, std::string_view edits) { return value_of(read_pack(text(parts, edits))); }

Engine engine(std::string_view parts, std::string_view edits, EngineOptions options) {
  return value_of(Engine::make(pack(parts, edits), options));
}

std::vector<std::string> faults_of(const Error& error) {
  std::vector<std::string> all;
  for (const Fault& fault : error.faults) all.push_back(to_string(fault));
  return all;
}

std::vector<std::string> faults(std::string_view parts, std::string_view edits) {
  const Result<RulePack> read = read_pack(text(parts, edits));
  return read.has_value() ? std::vector<std::string>() : faults_of(read.error());
}

Assessment person(std::string_view json) { return value_of(read_assessment(json)); }

Recommendation recommend(const Engine& engine, std::string_view input) {
  const Input read = value_of(read_input(input));
  return value_of(engine.recommend(read.assessment, read.request));
}

std::vector<std::string> names(const FieldSet& fields) { return names(fields.list()); }

std::vector<std::string> names(const std::vector<Field>& fields) {
  std::vector<std::string> all;
  for (const Field f : fields) all.emplace_back(spec(f).name);
  return all;
}

std::vector<std::string> levels(const Recommendation& result, const std::vector<std::size_t>& numbers) {
  std::vector<std::string> all;
  for (const std::size_t n : numbers) all.push_back(result.pack.content().levels[n].id);
  return all;
}

std::string level(const Recommendation& result, const std::optional<std::size_t>& number) {
  return number ? result.pack.content().levels[*number].id : "none";
}

std::vector<std::string> rules(const Recommendation& result, const std::vector<std::size_t>& numbers) {
  std::vector<std::string> all;
  for (const std::size_t n : numbers) all.push_back(result.pack.content().rules[n].id);
  return all;
}

const RuleResult& rule(const Recommendation& result, std::string_view id) {
  return result.rules.at(result.pack.content().find_rule(id).value());
}

}  // namespace placement::small_packs
