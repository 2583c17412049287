#include "rows/keyed_cells.hpp"

#include <simdjson.h>

#include <unordered_map>

#include "placement/mapping.hpp"
#include "rows/row_source.hpp"

namespace placement::rows {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr const char* kBroken = "the line is not valid JSON";

}  // namespace

struct KeyedCells::State {
  ondemand::parser parser;
  std::unordered_map<std::string_view, std::size_t> columns;
  std::vector<std::string_view> cells;
  std::vector<bool> seen;
  bool keeps_rest = false;
  std::string rest;

  void keep(const char* from, const char* to) {
    rest += rest.size() > 1 ? "," : "";
    rest.append(from, to);
  }
};

KeyedCells::KeyedCells(const std::vector<std::vector<std::string>>& keys, bool keeps_rest)
    : state_(std::make_unique<State>()) {
  state_->keeps_rest = keeps_rest;
  for (std::size_t column = 0; column < keys.size(); ++column)
    for (const std::string& key : keys[column]) state_->columns.emplace(key, column);
  state_->cells.resize(keys.size());
}

KeyedCells::~KeyedCells() = default;

const std::vector<std::string_view>& KeyedCells::cells() const noexcept { return state_->cells; }

std::string_view KeyedCells::rest() const noexcept { return state_->rest; }

const char* KeyedCells::cut(std::string_view line) {
  State& state = *state_;
  state.cells.assign(state.cells.size(), kAbsentCell);
  state.seen.assign(state.cells.size(), false);
  state.rest = "{";
  ondemand::document document;
  ondemand::object object;
  // The room behind the line is what simdjson asks for; what stands there is not read as JSON.
  if (state.parser.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING).get(document) !=
          simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS)
    return "the line is not a JSON object";
  for (auto entry : object) {
    std::string_view key;
    ondemand::value value;
    ondemand::json_type type{};
    ondemand::raw_json_string name;
    if (entry.key().get(name) != simdjson::SUCCESS || entry.unescaped_key().get(key) != simdjson::SUCCESS ||
        entry.value().get(value) != simdjson::SUCCESS || value.type().get(type) != simdjson::SUCCESS)
      return kBroken;
    const auto column = state.columns.find(key);
    std::string_view cell;
    switch (type) {
      case ondemand::json_type::string:
        if (value.get_string().get(cell) != simdjson::SUCCESS) return kBroken;
        break;
      case ondemand::json_type::number: {
        double number = 0;  // a number that is one
        cell = value.raw_json_token();
        cell = cell.substr(0, cell.find_last_not_of(" \t\r") + 1);
        if (value.get_double().get(number) != simdjson::SUCCESS) return kBroken;
        break;
      }
      case ondemand::json_type::boolean: {
        bool is_true = false;
        if (value.get_bool().get(is_true) != simdjson::SUCCESS) return kBroken;
        cell = is_true ? "true" : "false";
        break;
      }
      case ondemand::json_type::null:
        if (!value.is_null()) return kBroken;
        break;
      default: {
        if (column != state.columns.end()) return "a column has a list or an object: expected a text or a number";
        std::string_view whole;  // walked over, so that a broken line is seen
        if (simdjson::to_json_string(value).get(whole) != simdjson::SUCCESS) return kBroken;
      }
    }
    if (column == state.columns.end()) {
      const char* end = nullptr;
      if (!state.keeps_rest) continue;
      if (document.current_location().get(end) != simdjson::SUCCESS) return kBroken;
      state.keep(name.raw() - 1, end);  // from the quote before the key
      continue;
    }
    if (state.seen[column->second]) return "a column stands twice";
    state.seen[column->second] = true;
    state.cells[column->second] = cell;
  }
  state.rest += '}';
  state.rest.reserve(state.rest.size() + Block::kPadding);
  const bool is_at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return is_at_end ? nullptr : "there is text behind the object";
}

}  // namespace placement::rows
