// The column `id`: copied from each batch to the batch that it is scored to. Copied, as what came from outside is to
// have no way into what others read next, and as a reference would keep all columns of the input in memory.
#pragma once

#include <vector>

#include "batch/arrow_owned.hpp"
#include "batch/arrow_values.hpp"

namespace placement::batch {

/// Whole numbers keep their type, all texts become large utf8.
class IdColumn {
 public:
  explicit IdColumn(ArrowType type)
      : type_(is_text(type) || type == ArrowType::nothing ? ArrowType::large_text : type) {}
  [[nodiscard]] Owned<ArrowSchema> schema() const;
  /// What is wrong with the row's id, or null; such an id is written as null.
  const char* add(const ArrowValues& ids, std::size_t row);
  [[nodiscard]] Owned<ArrowArray> finish();

 private:
  ArrowType type_;
  BitRow validity_;
  std::vector<char> bytes_;               // of texts, or of numbers
  std::vector<std::int64_t> offsets_{0};  // of texts
  std::int64_t rows_ = 0;
};

}  // namespace placement::batch
