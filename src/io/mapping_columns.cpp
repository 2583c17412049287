#include "io/mapping_columns.hpp"

#include <algorithm>
#include <array>

namespace placement::io {
namespace {

using batch::CellNumber;
using batch::CodedColumn;
using batch::ColumnKind;

// Cells may be anything but more than one line; the empty one is a word as any other.
bool is_cell(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

void MappingColumns::read(ObjectReader& o) {
  o.objects("columns", [&](ObjectReader& column) { read_alike(column); });
  check(o);
}

void MappingColumns::read_alike(ObjectReader& o) {
  CodedColumn column;
  MappedColumn about;
  const std::vector<std::string> names = texts_not_empty(o, "names");
  about.meaning = o.text("meaning");
  if (o.optional("also_named") != nullptr) {
    about.also_named = texts_not_empty(o, "also_named");
    if (names.size() > 1) o.fault("also_named", "only a column that stands alone can have other names");
  }
  if (o.optional("optional") != nullptr) about.optional = column.optional = o.flag("optional");
  Words words;
  read_missing(o, words);
  const Json* codes = o.optional("codes");
  const Json* number = o.optional("number");
  const Json* text = o.optional("text");
  if ((codes != nullptr) + (number != nullptr) + (text != nullptr) != 1)
    o.fault("", "expected exactly one of `codes`, `number`, `text`");
  if (codes != nullptr) read_codes(o, *codes, column, words);
  if (number != nullptr) read_range(o, *number, column);
  if (text != nullptr && !o.flag("text")) o.fault("text", "expected true, or another kind of column");
  column.words = batch::WordTable(std::move(words));
  for (const std::string& name : names) {
    about.name = name;
    mapping_.content.columns.push_back(about);
    mapping_.columns.push_back(column);
    places_.push_back(o.pointer());
  }
}

std::vector<std::string> MappingColumns::texts_not_empty(ObjectReader& o, std::string_view key) {
  const Json* list = o.required(key);
  if (list != nullptr && list->is_array() && list->empty()) o.fault(key, "expected at least one");
  return o.texts(key);
}

void MappingColumns::read_missing(ObjectReader& o, Words& words) {
  o.elements(o.required("missing"), "missing", [&](const Json& element, const std::string& pointer) {
    if (!element.is_string() || !is_cell(element.get_ref<const std::string&>()))
      return faults_.push_back({pointer, "wrong type: expected a text on one line"});
    add_word(words, element.get<std::string>(), batch::kMissing, pointer);
  });
}

void MappingColumns::add_word(Words& words, std::string word, CellNumber stands_for, const std::string& pointer) {
  const auto stands = [&](const auto& known) { return known.first == word; };
  if (std::any_of(words.begin(), words.end(), stands))
    return faults_.push_back({pointer, "stands twice: a cell is missing, or one code"});
  words.emplace_back(std::move(word), stands_for);
}

void MappingColumns::read_codes(ObjectReader& o, const Json& codes, CodedColumn& column, Words& words) {
  column.kind = ColumnKind::codes;
  if (!codes.is_object() || codes.empty() || codes.size() > batch::kMostCodes)
    return o.fault(
        "codes", "expected an object of 1 to " + std::to_string(batch::kMostCodes) + " codes, each with what it means");
  for (const auto& [code, meaning] : codes.items()) {
    const std::string place = pointer_to(o.pointer() + "/codes", code);
    if (!is_cell(code)) {
      faults_.push_back({place, "expected one line without control characters"});
      continue;  // nor is it offered as a name that would do
    }
    static_cast<void>(read_text(meaning, place, faults_));
    add_word(words, code, static_cast<CellNumber>(column.codes.size()), place);
    column.codes.push_back(code);
  }
}

void MappingColumns::read_range(ObjectReader& o, const Json& number, CodedColumn& column) {
  column.kind = ColumnKind::number;
  ObjectReader range(number, o.pointer() + "/number", faults_);
  column.from = range.whole("from", -kMostNumber, kMostNumber);
  column.to = range.whole("to", -kMostNumber, kMostNumber);
  if (range.optional("decimals") != nullptr) column.decimals = range.whole("decimals", 0, batch::kMostDecimals);
  if (column.from > column.to) range.fault("to", "empty range: `from` is above `to`");
  column.from *= batch::ten_to(column.decimals);
  column.to *= batch::ten_to(column.decimals);
}

void MappingColumns::check(ObjectReader& o) {
  if (mapping_.columns.size() > batch::kMostColumns)
    o.fault("columns", "more than " + std::to_string(batch::kMostColumns) + " columns");
  std::set<std::string_view> seen;
  for (std::size_t c = 0; c < mapping_.columns.size(); ++c) {
    const MappedColumn& column = mapping_.content.columns[c];
    std::vector<std::string_view> names(column.also_named.begin(), column.also_named.end());
    names.push_back(column.name);
    for (const std::string_view name : names)
      if (!name.empty() && !seen.insert(name).second)
        faults_.push_back({places_[c], "the name `" + std::string(name) + "` stands twice"});
    names_.push_back(column.name);
  }
}

std::optional<std::size_t> MappingColumns::find(const Json& element, const std::string& pointer, ColumnKind kind) {
  const std::optional<std::size_t> found = read_name(element, pointer, names_, faults_);
  if (!found) return std::nullopt;
  used_.insert(*found);
  if (mapping_.columns[*found].kind == kind) return found;
  constexpr std::array<std::string_view, 3> kKinds{"codes", "a number", "a text"};
  faults_.push_back({pointer, "expected a column that has " + std::string(kKinds[static_cast<std::size_t>(kind)]) +
                                  ": this one has " +
                                  std::string(kKinds[static_cast<std::size_t>(mapping_.columns[*found].kind)])});
  return std::nullopt;
}

std::optional<std::size_t> MappingColumns::at(ObjectReader& o, std::string_view key, ColumnKind kind) {
  const Json* name = o.required(key);
  return name == nullptr ? std::nullopt : find(*name, pointer_to(o.pointer(), key), kind);
}

void MappingColumns::report_unused() {
  for (std::size_t c = 0; c < places_.size(); ++c)
    if (used_.count(c) == 0)
      faults_.push_back({places_[c], "nothing is made of the column `" + std::string(names_[c]) + "`"});
}

}  // namespace placement::io
