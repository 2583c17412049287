#include "rows/row_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "rows/csv.hpp"

namespace placement::rows {
namespace {

std::uint64_t newlines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

RowSource::RowSource(ReadBytes read, RowFormat format, std::size_t max_row_bytes, RowPlace start)
    : read_(std::move(read)), format_(format), max_row_bytes_(max_row_bytes), place_(start) {
  if (place_.byte == 0) skip_byte_order_mark();
}

// Reads about a block more; false at the end of the input.
bool RowSource::fill() {
  const std::size_t had = filled_, wanted = had + kBlockBytes;
  if (room_.size() < wanted + Block::kPadding) room_.resize(wanted + Block::kPadding);
  while (filled_ < wanted && !is_at_end_) {
    const std::size_t got = read_(room_.data() + filled_, wanted - filled_);
    is_at_end_ = got == 0;
    filled_ += got;
  }
  return filled_ > had;
}

void RowSource::drop(std::size_t bytes) {
  filled_ -= bytes;
  std::memmove(room_.data(), room_.data() + bytes, filled_);
}

void RowSource::skip_byte_order_mark() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  fill();
  if (!kept().starts_with(kMark)) return;
  drop(kMark.size());
  place_.byte += kMark.size();
}

// The first row of `rest`, as far as it can be told yet.
RowSource::Cut RowSource::cut(std::string_view rest) const {
  const std::size_t newline = rest.find('\n');
  const Cut line = newline == std::string_view::npos ? Cut{rest.size(), rest.size(), 1, is_at_end_}
                                                     : Cut{newline, newline + 1, 1, true};
  const bool has_quotes = format_ == RowFormat::csv && rest.substr(0, line.size).find('"') != std::string_view::npos;
  return has_quotes ? cut_record(rest, line) : line;
}

RowSource::Cut RowSource::cut_record(std::string_view rest, const Cut& first_line) const {
  const auto ends = [&](std::size_t at) {
    return rest[at] == '\n' || (rest[at] == '\r' && (at + 1 == rest.size() || rest[at + 1] == '\n'));
  };
  for (std::size_t at = 0;; ++at) {  // one cell at a time
    if (at < rest.size() && rest[at] == '"') {
      const std::size_t closed = std::min(closing_quote(rest, at), rest.size());
      if (closed > max_row_bytes_ || (closed == rest.size() && is_at_end_)) return first_line;  // never closed
      if (closed + 1 >= rest.size() && !is_at_end_) return {rest.size(), rest.size(), 1, false};
      at = closed + 1;
      if (at < rest.size() && rest[at] != ',' && !ends(at)) return first_line;
    }
    at = rest.find_first_of(",\n", at);
    const std::size_t size = std::min(at, rest.size());
    if (size > max_row_bytes_) return first_line;
    const std::uint64_t lines = newlines(rest.substr(0, size)) + 1;
    if (at == std::string_view::npos) return {size, size, lines, is_at_end_};
    if (rest[at] == '\n') return {size, size + 1, lines, true};
  }
}

// Drops what is left of a line that is too long, without keeping it.
void RowSource::pass_over() {
  for (;;) {
    const std::size_t newline = kept().find('\n');
    const std::size_t size = newline == std::string::npos ? filled_ : newline + 1;
    drop(size);
    place_.byte += size;
    if (newline != std::string::npos || !fill()) break;
  }
  ++place_.line;
}

bool RowSource::read_header(std::string& header) {
  Cut record = cut(kept());
  while (!record.is_whole && record.size <= max_row_bytes_) {
    fill();
    record = cut(kept());
  }
  if (filled_ == 0 || record.size > max_row_bytes_) return false;
  header = without_return(kept().substr(0, record.size));
  drop(record.next);
  place_.byte += record.next;
  place_.line += record.lines;
  return true;
}

bool RowSource::next(Block& block, std::size_t most_rows) {
  block.rows.clear();
  std::size_t at = 0;  // what lies before belongs to the block
  while (((at < kBlockBytes && block.rows.size() < most_rows) || block.rows.empty()) && (at < filled_ || !is_at_end_)) {
    if (at >= kBlockBytes) {  // nothing but blank lines
      drop(at);
      at = 0;
    }
    const Cut row = cut(kept().substr(at));
    if (row.size > max_row_bytes_) {
      if (!block.rows.empty()) break;  // first give out the rows before it
      drop(at);
      at = 0;
      block.rows.push_back({place_, 0, 0, true});
      pass_over();
      ++place_.number;
      break;
    }
    if (!row.is_whole) {
      fill();
      continue;
    }
    const std::string_view text = without_return(kept().substr(at, row.size));
    if (text.find_first_not_of(" \t") != std::string_view::npos) {
      block.rows.push_back({place_, at, text.size(), false});
      ++place_.number;
    }
    at += row.next;
    place_.byte += row.next;
    place_.line += row.lines;
  }
  // What does not belong to the block goes to the room of the last one: nothing is made anew, and little is copied.
  block.text.swap(room_);
  filled_ -= at;
  if (room_.size() < block.text.size()) room_.resize(block.text.size());
  std::memcpy(room_.data(), block.text.data() + at, filled_);
  block.next = place_;
  return !block.rows.empty();
}

}  // namespace placement::rows
