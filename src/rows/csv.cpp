#include "rows/csv.hpp"

namespace placement::rows {

std::size_t closing_quote(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  for (at = text.find('"', at + 1); at != kNone; at = text.find('"', at + 2))
    if (at + 1 >= text.size() || text[at + 1] != '"') return at;  // two quotes are one that belongs to the cell
  return kNone;
}

std::optional<CsvFault> CsvCells::cut(std::string_view record) {
  cells_.clear();
  unquoted_.clear();
  unquoted_.reserve(record.size());  // views into it must stay
  for (std::size_t at = 0;;) {
    std::size_t end = 0;
    if (at < record.size() && record[at] == '"') {
      const std::size_t closed = closing_quote(record, at);
      if (closed == std::string_view::npos) return CsvFault{cells_.size(), at, "a quoted cell is never closed"};
      end = closed + 1;
      if (end < record.size() && record[end] != ',')
        return CsvFault{cells_.size(), end, "there is text behind a closing quote"};
      const std::size_t from = unquoted_.size();
      for (std::size_t i = at + 1; i < closed; ++i) {
        unquoted_ += record[i];
        if (record[i] == '"') ++i;
      }
      cells_.push_back(std::string_view(unquoted_).substr(from));
    } else {
      for (end = at; end < record.size() && record[end] != ',';) {  // cells are short: searching byte by byte is faster
        if (record[end] == '"') return CsvFault{cells_.size(), end, "there is a quote inside an unquoted cell"};
        ++end;
      }
      cells_.push_back(record.substr(at, end - at));
    }
    if (end == record.size()) return std::nullopt;
    at = end + 1;
  }
}

void append_csv(std::string_view cell, std::string& record) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    record += cell;
    return;
  }
  record += '"';
  for (const char c : cell) {
    if (c == '"') record += '"';
    record += c;
  }
  record += '"';
}

}  // namespace placement::rows
