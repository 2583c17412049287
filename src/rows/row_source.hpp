// A stream of bytes cut into rows, in blocks of bounded size. Reading never stops at a bad row: what cannot be a row is
// one anyway, marked, so that it can be told with its place, and the next line begins the next row.
//
//  * JSON lines are cut at newlines, whatever stands between them. Lines of white space are no rows.
//  * A CSV record (RFC 4180) ends at the first newline outside quotes. A quoted cell that is never closed, or has text
//    after its closing quote, ends with its first line: a stray quote costs one line, not the rest of the file.
//  * A line of more bytes than allowed is passed over without being kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace placement::rows {

enum class RowFormat : std::uint8_t { ndjson, csv };

/// Puts up to `size` bytes at `into`; 0 is the end.
using ReadBytes = std::function<std::size_t(char* into, std::size_t size)>;

/// Where a row stands in its input.
struct RowPlace {
  std::uint64_t number = 0;  ///< of the row, from 1; the header of a CSV file is none
  std::uint64_t line = 0;    ///< from 1
  std::uint64_t byte = 0;    ///< from 0
};

struct RawRow {
  RowPlace place;
  std::size_t from = 0, size = 0;  ///< in the block's text, without the newline
  bool is_too_long = false;        ///< nothing of it was kept
};

struct Block {
  std::string text;  ///< holds the rows, and kPadding bytes behind them that may be read and mean nothing
  std::vector<RawRow> rows;
  RowPlace next;  ///< where the input goes on behind this block
  [[nodiscard]] std::string_view text_of(const RawRow& row) const {
    return std::string_view(text).substr(row.from, row.size);
  }
  static constexpr std::size_t kPadding = 64;
};

class RowSource {
 public:
  /// `start` is where reading begins: the row, line and byte that `read` will give first.
  RowSource(ReadBytes read, RowFormat format, std::size_t max_row_bytes, RowPlace start = {1, 1, 0});

  /// Makes `block` the next rows, of about kBlockBytes and at most `most_rows` > 0, in the room it has; false at the
  /// end, where there are none.
  [[nodiscard]] bool next(Block& block, std::size_t most_rows = std::numeric_limits<std::size_t>::max());
  /// The first record of a CSV file, without being counted as a row; before the first next(). False where there is none
  /// or it is too long.
  [[nodiscard]] bool read_header(std::string& header);
  /// Where the next row begins.
  [[nodiscard]] const RowPlace& place() const noexcept { return place_; }

  static constexpr std::size_t kBlockBytes = std::size_t{256} << 10U;

 private:
  struct Cut {
    std::size_t size;  // of the row, without its newline
    std::size_t next;  // bytes to where the next begins
    std::uint64_t lines;
    bool is_whole;  // false: more bytes are needed to say
  };

  bool fill();
  [[nodiscard]] Cut cut(std::string_view rest) const;
  [[nodiscard]] Cut cut_record(std::string_view rest, const Cut& first_line) const;
  void pass_over();
  void skip_byte_order_mark();

  ReadBytes read_;
  RowFormat format_;
  std::size_t max_row_bytes_;
  RowPlace place_;
  [[nodiscard]] std::string_view kept() const { return std::string_view(room_).substr(0, filled_); }
  void drop(std::size_t bytes);  // from the front of what is kept

  std::string room_;
  std::size_t filled_ = 0;  // what is kept: bytes at the front of the room that were read and belong to no block yet
  bool is_at_end_ = false;
};

}  // namespace placement::rows
