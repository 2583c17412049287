// Arrow structures built by hand, whose releases are counted and whose buffers have not a byte to spare, so that the
// sanitizers see every step beyond them; and what came out, as texts.
#pragma once

#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "placement/arrow.hpp"
#include "placement/assessment.hpp"

namespace placement::arrow_tests {

using Bytes = std::vector<std::uint8_t>;

/// A column or a batch: schema and array in one. Copies are independent.
struct Built {
  std::string format, name;
  std::int64_t length = 0, null_count = 0, offset = 0;
  std::vector<std::optional<Bytes>> buffers;  ///< nullopt: NULL
  std::vector<Built> children;
  std::vector<Built> dictionary;  ///< none or one
};

[[nodiscard]] ArrowSchema schema_of(const Built& built);
[[nodiscard]] ArrowArray array_of(const Built& built);
/// A stream of these batches, all of the first one's schema; then, where `failure` is not 0, that.
[[nodiscard]] ArrowArrayStream stream_of(const std::vector<Built>& batches, int failure = 0);
/// Structures of the above that nobody has released.
[[nodiscard]] int living();

template <class T>
void append(Bytes& bytes, T value) {
  bytes.resize(bytes.size() + sizeof value);
  std::memcpy(bytes.data() + bytes.size() - sizeof value, &value, sizeof value);
}

using Texts = std::vector<std::optional<std::string>>;
using Numbers = std::vector<std::optional<double>>;

/// A column of numbers of any format for them, of booleans, or of indices.
[[nodiscard]] Built numbers(const std::string& name, const std::string& format, const Numbers& values);
/// A column of texts: "u", "U" or "vu".
[[nodiscard]] Built texts(const std::string& name, const std::string& format, const Texts& values);
/// The same values under indices of type `index`, over a dictionary of `format`: each once, and a null.
[[nodiscard]] Built dictionary(const std::string& name, const std::string& index, const std::string& format,
                               const Texts& values);
/// Bits say which of the values are there, also where all are.
[[nodiscard]] Bytes validity_of(const std::vector<bool>& is_there);
/// A batch of columns of one length.
[[nodiscard]] Built batch(std::vector<Built> columns, std::int64_t rows);
/// A batch without the first rows, by an offset: each column keeps them.
[[nodiscard]] Built sliced(Built batch, std::int64_t from, std::int64_t rows);

/// Rows as texts by column: words, true and false, lists as [a b], numbers; "-" for null. Reads all of it.
using Row = std::map<std::string, std::string>;
[[nodiscard]] std::vector<Row> rows_of(const ArrowSchema& schema, const ArrowArray& array);

}  // namespace placement::arrow_tests
