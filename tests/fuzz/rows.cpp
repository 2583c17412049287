// Files of rows: what is cut out of them is all there is, wherever the pieces end, and each row is read as the reader
// of one assessment reads it.
#include <algorithm>
#include <cstring>

#include "fuzz/broken.hpp"
#include "fuzz/readers.hpp"
#include "placement/io.hpp"
#include "rows/row_reader.hpp"

namespace placement::fuzz {
namespace {

using rows::Block;
using rows::RowFormat;
using rows::RowSource;

// Of a row: room for any person, or so little that many a row is too long.
std::size_t most_bytes(std::string_view text) { return text.size() % 4 == 0 ? 200 : 4096; }
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct FoundRow {
  std::uint64_t number, line, byte;
  std::string text;
  bool is_too_long;
  friend bool operator==(const FoundRow&, const FoundRow&) = default;
};

rows::ReadBytes in_pieces(std::string_view text, std::size_t piece) {
  return [text, piece, at = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t now = std::min({piece, size, text.size() - at});
    std::memcpy(into, text.data() + at, now);
    at += now;
    return now;
  };
}

// The rows of the text, read by `read` where it is given; what is broken otherwise.
template <class Read>
std::string rows_of(RowSource& source, std::size_t size, std::vector<FoundRow>& found, Read&& read) {
  for (Block block; source.next(block);)
    for (const rows::RawRow& raw : block.rows) {
      found.push_back(
          {raw.place.number, raw.place.line, raw.place.byte, std::string(block.text_of(raw)), raw.is_too_long});
      if (std::string broken = read(block, raw); !broken.empty()) return broken;
    }
  return source.place().byte == size ? std::string() : "a text that is not read to its end";
}

// Between rows there are only newlines, blank lines and the byte order mark. A row that is too long stands for all
// up to the next.
std::string lost_between(std::string_view text, std::size_t begin, const std::vector<FoundRow>& found) {
  std::size_t at = begin;
  std::uint64_t number = 1;
  const auto is_blank = [&](std::size_t from, std::size_t to) {
    std::string_view between = text.substr(from, to - from);
    if (from == 0 && between.substr(0, kByteOrderMark.size()) == kByteOrderMark)
      between.remove_prefix(kByteOrderMark.size());
    return between.find_first_not_of(" \t\r\n") == std::string_view::npos;
  };
  bool is_open = false;
  for (const FoundRow& row : found) {
    if (row.number != number++) return "rows that are not numbered one after the other";
    if (row.byte < at || row.byte > text.size()) return "rows that overlap";
    if (!is_open && !is_blank(at, row.byte)) return "text between rows that is in none";
    if (text.substr(row.byte, row.text.size()) != row.text) return "a row that does not stand where it says";
    is_open = row.is_too_long;
    at = row.byte + row.text.size();
  }
  return is_open || is_blank(at, text.size()) ? std::string() : "text behind the last row that is in none";
}

std::string broken_row(const rows::Row& row, std::string_view text, bool holds_answers) {
  for (const rows::RowFault& fault : row.faults) {
    if (fault.reason.empty()) return "a fault without a reason";
    if (std::string broken = broken_in(fault.field + ": " + fault.reason, text, holds_answers); !broken.empty())
      return broken;
  }
  return row.faults.empty() ? round_trip(row.assessment) : std::string();
}

// As the reader of a single input says it.
std::string differs_from_input(const rows::Row& row, std::string_view text) {
  const Result<Input> input = read_input(text);
  if (input.has_value() != row.faults.empty()) return "a row that is read otherwise than alone";
  if (!input.has_value()) return {};
  return input->assessment == row.assessment && input->request.id == row.id ? std::string()
                                                                            : "a row that says something else alone";
}

// As a reader says it that is asked for the cells, too, and so never goes the quick way.
std::string differs_from_cells(const rows::Row& row, const rows::Row& slow) {
  const auto same_fault = [](const rows::RowFault& a, const rows::RowFault& b) {
    return a.field == b.field && a.column == b.column && a.reason == b.reason;
  };
  if (!std::equal(row.faults.begin(), row.faults.end(), slow.faults.begin(), slow.faults.end(), same_fault) ||
      row.id != slow.id)
    return "a record whose quick reading finds something else";
  return !row.faults.empty() || row.assessment == slow.assessment ? std::string()
                                                                  : "a record whose quick reading answers otherwise";
}

std::string check_rows(std::string_view text, RowFormat format) {
  std::vector<FoundRow> whole, pieces;
  rows::RowLayout layout;
  layout.format = format;
  const std::size_t most = most_bytes(text);
  layout.max_row_bytes = most;
  RowSource source(in_pieces(text, text.size() + 1), format, most), again(in_pieces(text, 7), format, most);
  bool holds_answers = true;
  if (format == RowFormat::csv) {
    std::string header, same;
    if (source.read_header(header) != again.read_header(same) || header != same)
      return "a header that depends on the pieces it is read in";
    if (header.empty()) return {};
    holds_answers = header.find(kCanaryNumber) == std::string::npos;  // there it is a name, and may be told
    if (const std::optional<Error> error = lay_out(header, std::nullopt, layout))
      return broken_in(*error, text, holds_answers);
  }
  const std::size_t begin = static_cast<std::size_t>(source.place().byte);
  const std::unique_ptr<rows::RowReader> reader = rows::RowReader::make(layout);
  rows::RowLayout with_cells = layout;
  with_cells.keeps_cells = true;
  const std::unique_ptr<rows::RowReader> slow_reader = rows::RowReader::make(with_cells);
  const std::string broken = rows_of(source, text.size(), whole, [&](const Block& block, const rows::RawRow& raw) {
    rows::Row row;
    reader->read(block, raw, row);
    if (std::string one = broken_row(row, text, holds_answers); !one.empty()) return one;
    if (raw.is_too_long) return std::string();
    if (format == RowFormat::ndjson) return differs_from_input(row, block.text_of(raw));
    rows::Row slow;
    slow_reader->read(block, raw, slow);
    return differs_from_cells(row, slow);
  });
  if (!broken.empty()) return broken;
  if (std::string one =
          rows_of(again, text.size(), pieces, [](const Block&, const rows::RawRow&) { return std::string(); });
      !one.empty())
    return one;
  if (whole != pieces) return "rows that depend on the pieces they are read in";
  return lost_between(text, begin, whole);
}

}  // namespace

std::string check_ndjson(std::string_view text) { return check_rows(text, RowFormat::ndjson); }

std::string check_csv(std::string_view text) { return check_rows(text, RowFormat::csv); }

}  // namespace placement::fuzz
