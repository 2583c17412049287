#include "rows/row_source.hpp"

#include <algorithm>
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
  const std::size_t had = kept_.size(), wanted = had + kBlockBytes;
  kept_.resize(wanted);
  std::size_t size = had;
  while (size < wanted && !is_at_end_) {
    const std::size_t got = read_(kept_.data() + size, wanted - size);
    is_at_end_ = got == 0;
    size += got;
  }
  kept_.resize(size);
  return size > had;
}

void RowSource::skip_byte_order_mark() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  fill();
  if (std::string_view(kept_).substr(0, kMark.size()) != kMark) return;
  kept_.erase(0, kMark.size());
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
    const std::size_t newline = kept_.find('\n');
    const std::size_t size = newline == std::string::npos ? kept_.size() : newline + 1;
    kept_.erase(0, size);
    place_.byte += size;
    if (newline != std::string::npos || !fill()) break;
  }
  ++place_.line;
}

bool RowSource::read_header(std::string& header) {
  Cut record = cut(kept_);
  while (!record.is_whole && record.size <= max_row_bytes_) {
    fill();
    record = cut(kept_);
  }
  if (kept_.empty() || record.size > max_row_bytes_) return false;
  header = without_return(std::string_view(kept_).substr(0, record.size));
  kept_.erase(0, record.next);
  place_.byte += record.next;
  place_.line += record.lines;
  return true;
}

bool RowSource::next(Block& block) {
  block.rows.clear();
  std::size_t at = 0;  // what lies before belongs to the block
  while ((at < kBlockBytes || block.rows.empty()) && (at < kept_.size() || !is_at_end_)) {
    if (at >= kBlockBytes) {  // nothing but blank lines
      kept_.erase(0, at);
      at = 0;
    }
    const Cut row = cut(std::string_view(kept_).substr(at));
    if (row.size > max_row_bytes_) {
      if (!block.rows.empty()) break;  // first give out the rows before it
      kept_.erase(0, at);
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
    const std::string_view text = without_return(std::string_view(kept_).substr(at, row.size));
    if (text.find_first_not_of(" \t") != std::string_view::npos) {
      block.rows.push_back({place_, at, text.size(), false});
      ++place_.number;
    }
    at += row.next;
    place_.byte += row.next;
    place_.line += row.lines;
  }
  block.text.swap(kept_);
  kept_.assign(block.text, at);
  block.text.resize(at);
  block.text.reserve(at + Block::kPadding);
  block.next = place_;
  return !block.rows.empty();
}

}  // namespace placement::rows
