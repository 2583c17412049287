#include "batch/arrow_output.hpp"

#include <bit>

#include "placement/version.hpp"

namespace placement::batch {
namespace {

// The texts of a dictionary, shared by all batches.
struct Words {
  Buffer offsets, bytes;
  std::int64_t count = 0;

  template <class List, class TextOf>
  static Words of(const List& list, const TextOf& text_of) {
    std::vector<std::int32_t> ends{0};
    std::vector<char> letters;
    for (const auto& item : list) {
      const std::string_view text = text_of(item);
      letters.insert(letters.end(), text.begin(), text.end());
      ends.push_back(static_cast<std::int32_t>(letters.size()));
    }
    return {buffer_of(std::move(ends)), buffer_of(std::move(letters)), static_cast<std::int64_t>(list.size())};
  }

  [[nodiscard]] Owned<ArrowArray> array() const {
    ArrayParts parts;
    parts.length = count;
    parts.buffers = {nullptr, offsets, bytes};
    return make_array(std::move(parts));
  }
};

Words words_of(const std::vector<std::string_view>& words) {
  return Words::of(words, [](std::string_view word) { return word; });
}

template <class Code>
Owned<ArrowSchema> code_schema(std::string_view name, std::int64_t flags) {
  SchemaParts words;
  words.format = "u";
  SchemaParts parts;
  parts.format = sizeof(Code) == 1 ? "c" : "i";
  parts.name = name;
  parts.flags = flags;
  parts.dictionary = make_schema(std::move(words));
  return make_schema(std::move(parts));
}

using Codes = std::vector<std::size_t>;

// One word a row, or none.
class CodeColumn : public ScoredColumn {
 public:
  using Pick = std::optional<std::size_t> (*)(const ScoredRow&);
  CodeColumn(std::string_view name, std::int64_t flags, Words words, Pick pick)
      : name_(name), flags_(flags), words_(std::move(words)), pick_(pick) {}

  [[nodiscard]] Owned<ArrowSchema> schema() const override { return code_schema<std::int8_t>(name_, flags_); }
  void add(const ScoredRow& row) override {
    const std::optional<std::size_t> code = pick_(row);
    codes_.push_back(static_cast<std::int8_t>(code.value_or(0)));
    validity_.push(code.has_value());
  }
  [[nodiscard]] Owned<ArrowArray> finish() override {
    ArrayParts parts;
    parts.length = static_cast<std::int64_t>(codes_.size());
    parts.null_count = validity_.zeros();
    parts.buffers.push_back(validity_.take_validity());
    parts.buffers.push_back(buffer_of(std::exchange(codes_, {})));
    parts.dictionary = words_.array();
    return make_array(std::move(parts));
  }

 private:
  std::string_view name_;
  std::int64_t flags_;
  Words words_;
  Pick pick_;
  std::vector<std::int8_t> codes_;
  BitRow validity_;
};

// A list of words a row; null where the row is invalid.
template <class Code>
class CodesColumn : public ScoredColumn {
 public:
  using Pick = void (*)(const ScoredRow&, Codes&);
  CodesColumn(std::string_view name, std::int64_t item_flags, Words words, Pick pick)
      : name_(name), item_flags_(item_flags), words_(std::move(words)), pick_(pick) {}

  [[nodiscard]] Owned<ArrowSchema> schema() const override {
    SchemaParts parts;
    parts.format = "+L";
    parts.name = name_;
    parts.flags = ARROW_FLAG_NULLABLE;
    parts.children.push_back(code_schema<Code>("item", item_flags_));
    return make_schema(std::move(parts));
  }
  void add(const ScoredRow& row) override {
    picked_.clear();
    if (row.fault.empty()) pick_(row, picked_);
    for (const std::size_t code : picked_) codes_.push_back(static_cast<Code>(code));
    ends_.push_back(static_cast<std::int64_t>(codes_.size()));
    validity_.push(row.fault.empty());
  }
  [[nodiscard]] Owned<ArrowArray> finish() override {
    ArrayParts items;
    items.length = static_cast<std::int64_t>(codes_.size());
    items.buffers = {nullptr, buffer_of(std::exchange(codes_, {}))};
    items.dictionary = words_.array();
    ArrayParts parts;
    parts.length = static_cast<std::int64_t>(ends_.size()) - 1;
    parts.null_count = validity_.zeros();
    parts.buffers.push_back(validity_.take_validity());
    parts.buffers.push_back(buffer_of(std::exchange(ends_, {0})));
    parts.children.push_back(make_array(std::move(items)));
    return make_array(std::move(parts));
  }

 private:
  std::string_view name_;
  std::int64_t item_flags_;
  Words words_;
  Pick pick_;
  Codes picked_;
  std::vector<Code> codes_;
  std::vector<std::int64_t> ends_{0};
  BitRow validity_;
};

class SettledColumn : public ScoredColumn {
 public:
  [[nodiscard]] Owned<ArrowSchema> schema() const override {
    SchemaParts parts;
    parts.format = "b";
    parts.name = "settled";
    parts.flags = ARROW_FLAG_NULLABLE;
    return make_schema(std::move(parts));
  }
  void add(const ScoredRow& row) override {
    bits_.push(row.fault.empty() && row.score.settled);
    validity_.push(row.fault.empty());
    ++rows_;
  }
  [[nodiscard]] Owned<ArrowArray> finish() override {
    ArrayParts parts;
    parts.length = std::exchange(rows_, 0);
    parts.null_count = validity_.zeros();
    parts.buffers.push_back(validity_.take_validity());
    parts.buffers.push_back(bits_.take());
    return make_array(std::move(parts));
  }

 private:
  BitRow bits_, validity_;
  std::int64_t rows_ = 0;
};

class FaultColumn : public ScoredColumn {
 public:
  [[nodiscard]] Owned<ArrowSchema> schema() const override {
    SchemaParts parts;
    parts.format = "U";
    parts.name = "fault";
    parts.flags = ARROW_FLAG_NULLABLE;
    return make_schema(std::move(parts));
  }
  void add(const ScoredRow& row) override {
    letters_.insert(letters_.end(), row.fault.begin(), row.fault.end());
    ends_.push_back(static_cast<std::int64_t>(letters_.size()));
    validity_.push(!row.fault.empty());
  }
  [[nodiscard]] Owned<ArrowArray> finish() override {
    ArrayParts parts;
    parts.length = static_cast<std::int64_t>(ends_.size()) - 1;
    parts.null_count = validity_.zeros();
    parts.buffers.push_back(validity_.take_validity());
    parts.buffers.push_back(buffer_of(std::exchange(ends_, {0})));
    parts.buffers.push_back(buffer_of(std::exchange(letters_, {})));
    return make_array(std::move(parts));
  }

 private:
  std::vector<char> letters_;
  std::vector<std::int64_t> ends_{0};
  BitRow validity_;
};

void append_places(std::span<const std::uint64_t> bits, Codes& codes) {
  for (std::size_t w = 0; w < bits.size(); ++w)
    for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1)
      codes.push_back(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
}

std::optional<std::size_t> status_of(const ScoredRow& row) {
  return row.fault.empty() ? static_cast<std::size_t>(row.score.status)
                           : static_cast<std::size_t>(Status::undecided) + 1;
}

Words statuses() {
  std::vector<std::string_view> words;
  for (std::size_t s = 0; s <= static_cast<std::size_t>(Status::undecided); ++s)
    words.push_back(to_string(static_cast<Status>(s)));
  words.emplace_back("invalid");
  return words_of(words);
}

}  // namespace

std::vector<std::unique_ptr<ScoredColumn>> scored_columns(const RulePack& pack, std::uint32_t columns) {
  constexpr std::int64_t kLevelFlags = ARROW_FLAG_NULLABLE | ARROW_FLAG_DICTIONARY_ORDERED;
  const PackContent& content = pack.content();
  const Words levels = Words::of(content.levels, [](const CareLevel& level) -> std::string_view { return level.id; });
  const Words rules = Words::of(content.rules, [](const Rule& rule) -> std::string_view { return rule.id; });
  std::vector<std::unique_ptr<ScoredColumn>> made;
  const auto is_wanted = [&](ScoringColumn column) { return (columns & static_cast<std::uint32_t>(column)) != 0; };
  const auto add_level = [&](ScoringColumn column, std::string_view name, CodeColumn::Pick pick) {
    if (is_wanted(column)) made.push_back(std::make_unique<CodeColumn>(name, kLevelFlags, levels, pick));
  };

  using Level = std::optional<std::size_t>;
  if (is_wanted(ScoringColumn::status))
    made.push_back(std::make_unique<CodeColumn>("status", 0, statuses(), status_of));
  if (is_wanted(ScoringColumn::settled)) made.push_back(std::make_unique<SettledColumn>());
  add_level(ScoringColumn::indicated, "indicated",
            [](const ScoredRow& row) { return row.fault.empty() ? row.score.indicated() : Level(); });
  if (is_wanted(ScoringColumn::possible))
    made.push_back(std::make_unique<CodesColumn<std::int8_t>>(
        "possible", ARROW_FLAG_DICTIONARY_ORDERED, levels,
        [](const ScoredRow& row, Codes& codes) { append_places(std::span(&row.score.possible, 1), codes); }));
  add_level(ScoringColumn::lowest, "lowest",
            [](const ScoredRow& row) { return row.fault.empty() ? row.score.lowest() : Level(); });
  add_level(ScoringColumn::highest, "highest",
            [](const ScoredRow& row) { return row.fault.empty() ? row.score.highest() : Level(); });
  if (is_wanted(ScoringColumn::held_rules))
    made.push_back(std::make_unique<CodesColumn<std::int32_t>>(
        "held_rules", 0, rules, [](const ScoredRow& row, Codes& codes) { append_places(row.held, codes); }));
  if (is_wanted(ScoringColumn::determining_rules))
    made.push_back(std::make_unique<CodesColumn<std::int32_t>>(
        "determining_rules", 0, rules,
        [](const ScoredRow& row, Codes& codes) { codes = row.whole->determining_rules(); }));
  if (is_wanted(ScoringColumn::missing))
    made.push_back(std::make_unique<CodesColumn<std::int8_t>>(
        "missing", 0, Words::of(fields(), [](const FieldSpec& field) { return field.name; }),
        [](const ScoredRow& row, Codes& codes) {
          for (const Field field : row.whole->missing) codes.push_back(static_cast<std::size_t>(field));
        }));
  if (is_wanted(ScoringColumn::pack_version))
    made.push_back(std::make_unique<CodeColumn>("pack_version", 0, words_of({content.version}),
                                                [](const ScoredRow& /*row*/) { return Level(0); }));
  if (is_wanted(ScoringColumn::fault)) made.push_back(std::make_unique<FaultColumn>());
  return made;
}

Owned<ArrowSchema> scored_schema(const RulePack& pack, const IdColumn* id,
                                 const std::vector<std::unique_ptr<ScoredColumn>>& columns) {
  SchemaParts parts;
  parts.format = "+s";
  parts.metadata = schema_metadata({{"placement.pack_id", pack.content().id},
                                    {"placement.pack_version", pack.content().version},
                                    {"placement.pack_digest", pack.digest()},
                                    {"placement.version", kVersion}});
  if (id != nullptr) parts.children.push_back(id->schema());
  for (const std::unique_ptr<ScoredColumn>& column : columns) parts.children.push_back(column->schema());
  return make_schema(std::move(parts));
}

}  // namespace placement::batch
