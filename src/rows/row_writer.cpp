#include "rows/row_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "masks/masks.hpp"
#include "rows/csv.hpp"

namespace placement::rows {
namespace {

void append_number(std::uint64_t number, std::string& text) {
  std::array<char, 20> digits{};
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// Nothing but what JSON asks for: bytes of UTF-8 stay as they are.
void append_json(std::string_view value, std::string& text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  text += '"';
  const auto* const from = std::find_if_not(value.begin(), value.end(), is_plain);  // mostly its end
  text.append(value.begin(), from);
  for (const char c : std::string_view(from, value.end())) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += "\\u00";
      text += kHex[byte >> 4U];
      text += kHex[byte & 15U];
    } else {
      text += c;
    }
  }
  text += '"';
}

using IdTexts = std::vector<std::string>;

// Ids of the pack, which need no escapes, as parts of a list: with what parts them from the next.
template <class List>
IdTexts id_texts(const List& all, RowFormat format) {
  IdTexts texts;
  for (const auto& one : all) texts.push_back(format == RowFormat::ndjson ? '"' + one.id + "\"," : one.id + ' ');
  return texts;
}

// One value, as the format has it: JSON knows null and lists, CSV has empty cells and parts joined by blanks.
class Cell {
 public:
  Cell(RowFormat format, std::string& text) : is_json_(format == RowFormat::ndjson), text_(text) {}

  void nothing() {
    if (is_json_) text_ += "null";
  }
  void write(std::string_view value) {
    if (value.empty()) return nothing();
    is_json_ ? append_json(value, text_) : append_csv(value, text_);
  }
  void write(std::uint64_t value) { append_number(value, text_); }
  void write(bool value) { text_ += value ? "true" : "false"; }
  void write(const IdTexts& ids, std::size_t which) {
    text_ += ids[which];
    text_.pop_back();  // what would part it from the next
  }
  void write(const IdTexts& ids, std::span<const std::uint64_t> bits) {
    if (is_json_) text_ += '[';
    const std::size_t from = text_.size();
    masks::for_each_bit(bits, [&](std::size_t bit) { text_ += ids[bit]; });
    if (text_.size() > from) text_.pop_back();
    if (is_json_) text_ += ']';
  }

 private:
  bool is_json_;
  std::string& text_;
};

void set_bit(std::size_t bit, std::vector<std::uint64_t>& bits) { bits[bit / 64] |= std::uint64_t{1} << (bit % 64); }

}  // namespace

// What a column's text is made from.
struct Told {
  const Row& row;
  const Verdict& verdict;
  const RulePack& pack;
  const std::vector<std::uint64_t>& alerts;
  const IdTexts &levels, &rules, &capabilities;

  [[nodiscard]] bool is_valid() const { return row.faults.empty(); }
  [[nodiscard]] const PackContent& content() const { return pack.content(); }
  void level(std::optional<std::size_t> level, Cell& cell) const {
    level ? cell.write(levels, *level) : cell.nothing();
  }
};

struct OutputColumn {
  std::string_view name;
  Needs needs = Needs::score;
  bool is_of_any_row = false;  ///< of invalid rows, too
  void (*write)(const Told&, Cell&) = nullptr;
};

namespace {

void write_alerts(const Told& told, Cell& cell) {
  std::vector<std::uint64_t> bits(told.verdict.held.begin(), told.verdict.held.end());
  for (std::size_t w = 0; w < bits.size(); ++w) bits[w] &= told.alerts[w];
  cell.write(told.rules, bits);
}

void write_capabilities(const Told& told, Cell& cell) {
  const std::vector<Capability>& all = told.content().capabilities;
  std::vector<std::uint64_t> bits(all.size() / 64 + 1);
  if (told.verdict.whole) {
    for (std::size_t c = 0; c < all.size(); ++c)
      if (told.verdict.whole->capabilities[c].state == CareState::yes) set_bit(c, bits);
  } else {
    const std::vector<Rule>& rules = told.content().rules;
    for (std::size_t r = 0; r < rules.size(); ++r)
      if (rules[r].kind == RuleKind::capability && (told.verdict.held[r / 64] >> (r % 64) & 1U) != 0)
        set_bit(rules[r].target, bits);
  }
  cell.write(told.capabilities, bits);
}

void write_possible(const Told& told, Cell& cell) {
  const std::uint64_t possible = told.verdict.score.possible;
  cell.write(told.levels, std::span(&possible, 1));
}

void write_next_question(const Told& told, Cell& cell) {
  const std::optional<Field> next = told.verdict.next_question;
  next ? cell.write(spec(*next).name) : cell.nothing();
}

void write_fault(const Told& told, Cell& cell) {
  std::string all;
  for (const RowFault& fault : told.row.faults) {
    if (!all.empty()) all += "; ";
    if (!fault.field.empty()) all += fault.field + ": ";
    all += fault.reason;
  }
  cell.write(all);
}

// NOLINTBEGIN(readability-named-parameter)
const std::vector<OutputColumn>& all_columns() {
  static const std::vector<OutputColumn> kTable{
      {"row", Needs::score, true, [](const Told& t, Cell& cell) { cell.write(t.row.place.number); }},
      {"id", Needs::score, true, [](const Told& t, Cell& cell) { cell.write(t.row.id); }},
      {"status", Needs::score, true,
       [](const Told& t, Cell& cell) { cell.write(t.is_valid() ? to_string(t.verdict.score.status) : "invalid"); }},
      {"settled", Needs::score, false, [](const Told& t, Cell& cell) { cell.write(t.verdict.score.settled); }},
      {"indicated", Needs::score, false, [](const Told& t, Cell& cell) { t.level(t.verdict.score.indicated(), cell); }},
      {"policy_level", Needs::score, false, [](const Told& t, Cell& cell) { t.level(t.verdict.policy_level, cell); }},
      {"lowest", Needs::score, false, [](const Told& t, Cell& cell) { t.level(t.verdict.score.lowest(), cell); }},
      {"highest", Needs::score, false, [](const Told& t, Cell& cell) { t.level(t.verdict.score.highest(), cell); }},
      {"possible", Needs::score, false, write_possible},
      {"held_rules", Needs::held_rules, false, [](const Told& t, Cell& cell) { cell.write(t.rules, t.verdict.held); }},
      {"determining_rules", Needs::determining_rules, false,
       [](const Told& t, Cell& cell) { cell.write(t.rules, t.verdict.determining); }},
      {"alerts", Needs::held_rules, false, write_alerts},
      {"capabilities", Needs::whole, false, write_capabilities},
      {"next_question", Needs::next_question, false, write_next_question},
      {"pack_id", Needs::score, true, [](const Told& t, Cell& cell) { cell.write(t.content().id); }},
      {"pack_version", Needs::score, true, [](const Told& t, Cell& cell) { cell.write(t.content().version); }},
      {"pack_digest", Needs::score, true, [](const Told& t, Cell& cell) { cell.write(t.pack.digest()); }},
      {"fault", Needs::score, true, write_fault},
  };
  return kTable;
}
// NOLINTEND(readability-named-parameter)

}  // namespace

std::vector<std::string_view> column_names() {
  std::vector<std::string_view> names;
  for (const OutputColumn& column : all_columns()) names.push_back(column.name);
  return names;
}

RowWriter::RowWriter(const Engine& engine, RowFormat format, const std::vector<std::string>& names)
    : engine_(engine), format_(format) {
  for (const std::string& name : names)
    for (const OutputColumn& column : all_columns())
      if (column.name == name) columns_.push_back(&column);
  for (const OutputColumn* column : columns_) {
    const bool is_first = before_.empty(), is_json = format == RowFormat::ndjson;
    before_.push_back(is_first ? (is_json ? "{" : "") : ",");
    if (is_json) before_.back() += '"' + std::string(column->name) + "\":";
  }
  const PackContent& content = engine_.pack().content();
  levels_ = id_texts(content.levels, format);
  rules_ = id_texts(content.rules, format);
  capabilities_ = id_texts(content.capabilities, format);
  alerts_.resize(engine_.held_words());
  for (std::size_t r = 0; r < content.rules.size(); ++r)
    if (content.rules[r].kind == RuleKind::alert) set_bit(r, alerts_);
}

Needs RowWriter::needs() const noexcept {
  Needs most = Needs::score;
  for (const OutputColumn* column : columns_) most = std::max(most, column->needs);
  return most;
}

std::string RowWriter::header() const {
  std::string text;
  if (format_ != RowFormat::csv) return text;
  for (const OutputColumn* column : columns_) text += (text.empty() ? "" : ",") + std::string(column->name);
  return text + '\n';
}

void RowWriter::append(const Row& row, const Verdict& verdict, std::string& text) const {
  const Told told{row, verdict, engine_.pack(), alerts_, levels_, rules_, capabilities_};
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    text += before_[c];
    Cell cell(format_, text);
    told.is_valid() || columns_[c]->is_of_any_row ? columns_[c]->write(told, cell) : cell.nothing();
  }
  text += format_ == RowFormat::ndjson ? "}\n" : "\n";
}

void append_faults(const RowPlace& place, const std::vector<RowFault>& faults, std::string& text) {
  for (const RowFault& fault : faults) {
    text += "{\"row\":";
    append_number(place.number, text);
    text += ",\"line\":";
    append_number(place.line, text);
    text += ",\"byte\":";
    append_number(place.byte, text);
    text += ",\"column\":";
    fault.column > 0 ? append_number(fault.column, text) : static_cast<void>(text += "null");
    text += ",\"field\":";
    fault.field.empty() ? static_cast<void>(text += "null") : append_json(fault.field, text);
    text += ",\"reason\":";
    append_json(fault.reason, text);
    text += "}\n";
  }
}

}  // namespace placement::rows
