#include "rows/plain_csv.hpp"

#include "rows/plain_json.hpp"
#include "rows/row_reader.hpp"

namespace placement::rows {

bool PlainCsv::read(std::string_view record, std::span<const std::size_t> columns, KnownAnswers& answers,
                    std::string& id) const {
  const char* at = record.data();
  const char* const end = at + record.size();
  const auto is_cell_over = [&] { return at == end || *at == ','; };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0 && (at >= end || *at++ != ',')) return false;
    if (columns[c] == RowLayout::kIdColumn) {
      const char* const from = at;
      while (!is_cell_over())
        if (*at++ == '"') return false;
      id.assign(from, at);
      if (!is_utf8(id)) return false;
    } else if (!is_cell_over()) {
      at += texts_.read(static_cast<Field>(columns[c]), at, answers.bytes()[columns[c]]);
      if (at > end || !is_cell_over()) return false;
    }
  }
  return at == end;
}

}  // namespace placement::rows
