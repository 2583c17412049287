#include "rows/row_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <optional>

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
  text += '"';
  for (const char c : value) {
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
  void open_list() {
    if (is_json_) text_ += '[';
  }
  void add(std::string_view id) {  // of the pack: needs no escapes
    if (!is_first_) text_ += is_json_ ? ',' : ' ';
    is_first_ = false;
    if (is_json_) text_ += '"';
    text_ += id;
    if (is_json_) text_ += '"';
  }
  void close_list() {
    if (is_json_) text_ += ']';
  }

 private:
  bool is_json_;
  bool is_first_ = true;
  std::string& text_;
};

template <class List>
void write_ids(const List& all, std::span<const std::uint64_t> bits, Cell& cell) {
  cell.open_list();
  for (std::size_t w = 0; w < bits.size(); ++w)
    for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1)
      cell.add(all[w * 64 + static_cast<std::size_t>(std::countr_zero(rest))].id);
  cell.close_list();
}

void set_bit(std::size_t bit, std::vector<std::uint64_t>& bits) { bits[bit / 64] |= std::uint64_t{1} << (bit % 64); }

}  // namespace

// What a column's text is made from.
struct Told {
  const Row& row;
  const Verdict& verdict;
  const RulePack& pack;
  const std::vector<std::uint64_t>& alerts;

  [[nodiscard]] bool is_valid() const { return row.faults.empty(); }
  [[nodiscard]] const PackContent& content() const { return pack.content(); }
  void level(std::optional<std::size_t> level, Cell& cell) const {
    level ? cell.write(content().levels[*level].id) : cell.nothing();
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
  write_ids(told.content().rules, bits, cell);
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
  write_ids(all, bits, cell);
}

void write_possible(const Told& told, Cell& cell) {
  const std::uint64_t possible = told.verdict.score.possible;
  write_ids(told.content().levels, std::span(&possible, 1), cell);
}

void write_next_question(const Told& told, Cell& cell) {
  const std::optional<Recommendation>& whole = told.verdict.whole;
  whole && whole->next_question ? cell.write(spec(*whole->next_question).name) : cell.nothing();
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
      {"held_rules", Needs::held_rules, false,
       [](const Told& t, Cell& cell) { write_ids(t.content().rules, t.verdict.held, cell); }},
      {"determining_rules", Needs::determining_rules, false,
       [](const Told& t, Cell& cell) { write_ids(t.content().rules, t.verdict.determining, cell); }},
      {"alerts", Needs::held_rules, false, write_alerts},
      {"capabilities", Needs::whole, false, write_capabilities},
      {"next_question", Needs::whole, false, write_next_question},
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
  const PackContent& content = engine_.pack().content();
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
  const Told told{row, verdict, engine_.pack(), alerts_};
  const bool is_json = format_ == RowFormat::ndjson;
  char before = is_json ? '{' : '\0';
  for (const OutputColumn* column : columns_) {
    if (before != '\0') text += before;
    before = ',';
    if (is_json) {
      text += '"';
      text += column->name;
      text += "\":";
    }
    Cell cell(format_, text);
    told.is_valid() || column->is_of_any_row ? column->write(told, cell) : cell.nothing();
  }
  text += is_json ? "}\n" : "\n";
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
