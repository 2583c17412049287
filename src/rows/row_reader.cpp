#include "rows/row_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/nearest_name.hpp"
#include "placement/io.hpp"
#include "rows/csv.hpp"
#include "rows/keyed_cells.hpp"
#include "rows/plain_csv.hpp"
#include "rows/plain_json.hpp"

namespace placement::rows {
namespace {

constexpr const char* kNotUtf8 = "the text is not UTF-8";

// What the library says of one JSON text, as faults of a row: its JSON pointers name a key, its places in broken JSON
// are of the one line that the row is.
RowFault row_fault(const Fault& fault) {
  constexpr std::string_view kPlace = "line 1, column ";
  if (fault.where.rfind(kPlace, 0) != 0) {
    const std::size_t from = fault.where.rfind("/assessment/", 0) == 0 ? std::string_view("/assessment/").size() : 1;
    return {fault.where.empty() ? "" : fault.where.substr(from), 0, fault.message};
  }
  std::size_t column = 0;
  std::from_chars(fault.where.data() + kPlace.size(), fault.where.data() + fault.where.size(), column);
  return {"", column, fault.message};
}

void add_faults(const Error& error, Row& row) {
  for (const Fault& fault : error.faults) row.faults.push_back(row_fault(fault));
}

class JsonRows : public RowReader {
 public:
  explicit JsonRows(const RowLayout& layout) : RowReader(layout), beside_(layout.keys, true) {}

 private:
  void read_text(std::string_view text, Row& row) override {
    if (layout().beside.empty()) return read_answers(text, row);
    if (const char* const fault = beside_.cut(text)) {
      const Result<Input> input = read_input(text);  // says better where broken JSON is broken
      return !input.has_value() && input.error().code == ErrorCode::syntax ? add_faults(input.error(), row)
                                                                           : row.faults.push_back({"", 0, fault});
    }
    row.beside.assign(beside_.cells().begin(), beside_.cells().end());
    read_answers(beside_.rest(), row);
  }

  void read_answers(std::string_view text, Row& row) {
    KnownAnswers known;
    if (plain_.read(text, known, row.id)) {
      row.assessment = Assessment(known);
      return;
    }
    Result<Input> input = read_input(text);
    if (!input.has_value()) return add_faults(input.error(), row);
    row.assessment = std::move(input->assessment);
    row.id = std::move(input->request.id);
    input->request.id.clear();
    if (says_something(input->request)) row.request = std::make_unique<Request>(std::move(input->request));
  }

  static bool says_something(const Request& r) {
    return !r.as_of.empty() || r.current_level || r.current_capabilities || r.available || r.placed ||
           r.undecided != UndecidedPolicy::none || !r.handled.empty() || !r.asked.empty();
  }

  KeyedCells beside_;
  PlainJson plain_;
};

// A cell holds what JSON would, without the quotes: 14, severe, true (or yes), {"from": 8}; nothing is unknown.
class CsvRows : public RowReader {
 public:
  explicit CsvRows(const RowLayout& layout) : RowReader(layout) {}

 private:
  void read_text(std::string_view text, Row& row) override {
    const std::vector<std::size_t>& columns = layout().columns;
    if (KnownAnswers known;
        !layout().keeps_cells && layout().beside.empty() && plain_.read(text, columns, known, row.id)) {
      row.assessment = Assessment(known);
      return;
    }
    row.id.clear();
    if (!is_utf8(text)) return row.faults.push_back({"", 0, kNotUtf8});
    if (const std::optional<CsvFault> fault = cells_.cut(text)) {
      const std::vector<std::string>& header = layout().header;
      row.faults.push_back({fault->cell < header.size() ? header[fault->cell] : "", fault->at + 1, fault->message});
      return;
    }
    const std::vector<std::string_view>& cells = cells_.cells();
    if (cells.size() != columns.size()) {
      row.faults.push_back({"", 0,
                            "wrong number of cells: expected " + std::to_string(columns.size()) + ", found " +
                                std::to_string(cells.size())});
      return;
    }
    if (layout().keeps_cells) row.cells.assign(cells.begin(), cells.end());
    row.beside.resize(layout().beside.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (columns[i] == RowLayout::kIdColumn)
        row.id = cells[i];
      else if (columns[i] >= RowLayout::kBesideColumn)
        row.beside[columns[i] - RowLayout::kBesideColumn] = cells[i];
      else if (!cells[i].empty())
        read_cell(fields()[columns[i]], cells[i], row);
    }
  }

  static void read_cell(const FieldSpec& field, std::string_view cell, Row& row) {
    if (const std::optional<int> value = plain_value(field, cell)) {
      row.assessment.set(field.field, *value);
      return;
    }
    const std::string json = is_json(cell) ? std::string(cell) : quoted(cell);
    const Result<Assessment> read = read_assessment("{\"" + std::string(field.name) + "\":" + json + '}');
    if (!read.has_value()) {
      for (const Fault& fault : read.error().faults) {
        const RowFault found = row_fault(fault);
        row.faults.push_back({found.field.empty() ? std::string(field.name) : found.field, 0, found.reason});
      }
    } else if (FieldSet others = read->answered(); (others.erase(field.field), !others.empty())) {
      row.faults.push_back({std::string(field.name), 0, "not one answer"});
    } else {
      row.assessment.set(field.field, read->answer(field.field));
    }
  }

  static std::optional<int> plain_value(const FieldSpec& field, std::string_view cell) {
    if (field.kind == FieldKind::flag) {
      if (cell == "true" || cell == "yes") return 1;
      if (cell == "false" || cell == "no") return 0;
      return std::nullopt;
    }
    if (field.kind != FieldKind::count) return find_value(field, cell);
    int value = 0;
    const bool is_number = cell.size() <= 3 && (cell.size() == 1 || cell.front() != '0') &&
                           cell.find_first_not_of("0123456789") == std::string_view::npos;
    if (is_number) std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return is_number && value <= field.high ? std::optional<int>(value) : std::nullopt;
  }

  // Sets of values, and numbers: the library says what is wrong with them. Of all else only that it is a text matters.
  static bool is_json(std::string_view cell) {
    return cell.front() == '{' || cell.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  }

  static std::string quoted(std::string_view cell) {
    const bool is_harmless =
        std::all_of(cell.begin(), cell.end(), [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; });
    return is_harmless ? '"' + std::string(cell) + '"' : "\"?\"";  // no value is written with such
  }

  PlainCsv plain_;
  CsvCells cells_;
};

// Rows of another data set: the mapping reads their cells.
class MappedRows : public RowReader {
 public:
  explicit MappedRows(const RowLayout& layout) : RowReader(layout), keyed_(layout.keys) {}

 private:
  void read_text(std::string_view text, Row& row) override {
    if (layout().format == RowFormat::ndjson) {
      if (const char* const fault = keyed_.cut(text)) return row.faults.push_back({"", 0, fault});
      return read_cells(keyed_.cells(), row);
    }
    if (!is_utf8(text)) return row.faults.push_back({"", 0, kNotUtf8});
    if (const std::optional<CsvFault> fault = csv_.cut(text)) {
      const std::vector<std::string>& header = layout().header;
      return row.faults.push_back(
          {fault->cell < header.size() ? header[fault->cell] : "", fault->at + 1, fault->message});
    }
    read_cells(csv_.cells(), row);
  }

  void read_cells(const std::vector<std::string_view>& cells, Row& row) const {
    if (layout().keeps_cells) row.cells.assign(cells.begin(), cells.end());
    layout().mapping->map(cells, row.mapped);
    row.id = row.mapped.id;
    for (const Fault& fault : row.mapped.faults) row.faults.push_back({fault.where, 0, fault.message});
    row.assessment = row.mapped.assessment;
  }

  CsvCells csv_;
  KeyedCells keyed_;
};

// What stands in the header without a mapping: for each cell the field it answers, the id, or what stands beside.
Result<std::vector<std::size_t>> columns_of(const std::vector<std::string>& header,
                                            const std::vector<std::string>& beside) {
  std::vector<std::string_view> names;
  for (const FieldSpec& field : fields()) names.push_back(field.name);
  names.emplace_back("id");
  names.insert(names.end(), beside.begin(), beside.end());
  std::vector<std::size_t> columns;
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto known = std::find(names.begin(), names.end(), header[i]);
    const auto column = static_cast<std::size_t>(known - names.begin());
    const std::string place = "column " + std::to_string(i + 1);
    if (known == names.end()) {
      const std::string quoted = model::quoted_if_harmless(header[i]);
      faults.push_back({place, "unknown column" + (quoted.empty() ? "" : " " + quoted) + "; expected a field or `id`" +
                                   (quoted.empty() ? "" : model::did_you_mean(header[i], names))});
    } else if (std::find(columns.begin(), columns.end(), column) != columns.end()) {
      faults.push_back({place, "the column `" + header[i] + "` stands twice"});
    } else {
      columns.push_back(column);
    }
  }
  for (std::size_t b = 0; b < beside.size(); ++b)
    if (std::find(columns.begin(), columns.end(), RowLayout::kBesideColumn + b) == columns.end())
      faults.push_back({"", "there is no column `" + beside[b] + "`"});
  if (!faults.empty()) return Error::of(ErrorCode::bad_assessment, std::move(faults));
  return columns;
}

}  // namespace

std::optional<Error> lay_out(const std::optional<std::string>& csv_header, const std::optional<Mapping>& mapping,
                             RowLayout& layout) {
  if (csv_header) {
    CsvCells cells;
    if (const std::optional<CsvFault> fault = cells.cut(*csv_header))
      return Error::of(ErrorCode::bad_assessment,
                       {{"line 1, column " + std::to_string(fault->at + 1), fault->message}});
    layout.header.assign(cells.cells().begin(), cells.cells().end());
  } else if (mapping) {
    for (const MappedColumn& column : mapping->content().columns) {
      layout.keys.push_back({column.name});
      layout.keys.back().insert(layout.keys.back().end(), column.also_named.begin(), column.also_named.end());
      layout.header.push_back(column.name);
    }
  } else {
    for (const std::string& name : layout.beside) layout.keys.push_back({name});
  }
  if (mapping) {
    const std::vector<std::string_view> names(layout.header.begin(), layout.header.end());
    Result<BoundMapping> bound = mapping->bind(names);
    if (!bound.has_value()) return bound.error();
    layout.mapping = std::move(bound).value();
  } else if (csv_header) {
    Result<std::vector<std::size_t>> columns = columns_of(layout.header, layout.beside);
    if (!columns.has_value()) return columns.error();
    layout.columns = std::move(columns).value();
  }
  return std::nullopt;
}

std::unique_ptr<RowReader> RowReader::make(const RowLayout& layout) {
  if (layout.mapping) return std::make_unique<MappedRows>(layout);
  if (layout.format == RowFormat::csv) return std::make_unique<CsvRows>(layout);
  return std::make_unique<JsonRows>(layout);
}

void RowReader::read(const Block& block, const RawRow& raw, Row& row) {
  row.place = raw.place;
  if (raw.is_too_long)
    row.faults.push_back(
        {"", 0, "the row is too long: at most " + std::to_string(layout_.max_row_bytes) + " bytes are read"});
  else
    read_text(block.text_of(raw), row);
}

}  // namespace placement::rows
