// What is known about a person: the fields, the answers, and an assessment made of them.
//
//   placement::Assessment person;
//   person.set(placement::Field::cows_score, 14);                                    // known
//   person.set(placement::Field::age_years, placement::ValueSet::range(18, 120));    // partly known: "adult"
//   person.is_unknown(placement::Field::pregnant);                                   // true: never "no"
//
// Every answer of every kind is a set of small whole numbers: a count stands for itself, a flag is 0 (no) or 1 (yes),
// a scale or category is the place of its value in the list. The fields come from fields.def, one line each.
// Plain values without shared state: safe to use from several threads as any value is.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace placement {

enum class Field : std::uint8_t {
#define PLACEMENT_FLAG(id, ...) id,
#define PLACEMENT_COUNT(id, ...) id,
#define PLACEMENT_SCALE(id, ...) id,
#define PLACEMENT_CATEGORY(id, ...) id,
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY
};

inline constexpr std::size_t kFieldCount = 0
#define PLACEMENT_FLAG(...) +1
#define PLACEMENT_COUNT(...) +1
#define PLACEMENT_SCALE(...) +1
#define PLACEMENT_CATEGORY(...) +1
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY
    ;

enum class FieldKind : std::uint8_t { flag, count, scale, category };
enum class Worse : std::uint8_t { none, higher, lower };
enum class FieldUse : std::uint8_t { clinical, demographic, feasibility };

/// One allowed value of a flag, scale or category.
struct FieldValue {
  std::string_view name;     ///< as written in JSON ("no" and "yes" for flags, which JSON writes false and true)
  std::string_view meaning;  ///< a few words, may be empty
};

/// Everything fields.def says of one field. Views into static storage.
struct FieldSpec {
  Field field;
  std::string_view name;  ///< JSON key, CSV column
  FieldKind kind;
  std::string_view group;
  Worse worse;
  bool modifiable;
  FieldUse use;
  std::string_view codes;  ///< verified terminology codes, may be empty
  int high;                ///< largest value; the smallest is 0
  bool top_coded;          ///< counts: a number above `high` means `high` ("that or more")
  std::string_view unit;   ///< counts only
  std::string_view meaning;
  std::string_view question;
  std::span<const FieldValue> values;  ///< empty for counts

  [[nodiscard]] int size() const noexcept { return high + 1; }
  [[nodiscard]] bool is_ordered() const noexcept { return kind == FieldKind::count || kind == FieldKind::scale; }
};

/// All fields in field order.
[[nodiscard]] std::span<const FieldSpec> fields() noexcept;
[[nodiscard]] const FieldSpec& spec(Field field) noexcept;
/// The field of that name, if there is one.
[[nodiscard]] std::optional<Field> find_field(std::string_view name) noexcept;
/// The value of that name (flags: "no", "yes"), if the field has it; counts have none.
[[nodiscard]] std::optional<int> find_value(const FieldSpec& field, std::string_view name) noexcept;

/// A set of values of one field, each 0..255.
class ValueSet {
 public:
  constexpr ValueSet() noexcept = default;
  [[nodiscard]] static constexpr ValueSet of(int value) noexcept { return range(value, value); }
  /// `from`..`to`, ends included, each 0..255; empty if from > to.
  [[nodiscard]] static constexpr ValueSet range(int from, int to) noexcept {
    ValueSet set;
    for (int v = from; v <= to; ++v) set.insert(v);
    return set;
  }
  /// All values of a field.
  [[nodiscard]] static ValueSet all(Field field) noexcept { return range(0, spec(field).high); }

  constexpr void insert(int value) noexcept {
    words_[static_cast<std::size_t>(value) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(value) % 64);
  }
  [[nodiscard]] constexpr bool contains(int value) const noexcept {
    return (words_[static_cast<std::size_t>(value) / 64] >> (static_cast<unsigned>(value) % 64) & 1U) != 0;
  }
  [[nodiscard]] bool empty() const noexcept { return *this == ValueSet(); }
  [[nodiscard]] int count() const noexcept;
  [[nodiscard]] int lowest() const noexcept;   ///< -1 if empty
  [[nodiscard]] int highest() const noexcept;  ///< -1 if empty
  [[nodiscard]] bool is_contiguous() const noexcept { return !empty() && highest() - lowest() + 1 == count(); }
  [[nodiscard]] bool is_subset_of(const ValueSet& other) const noexcept { return (*this & other) == *this; }

  friend ValueSet operator&(const ValueSet& a, const ValueSet& b) noexcept;
  friend ValueSet operator|(const ValueSet& a, const ValueSet& b) noexcept;
  /// What is in `a` but not in `b`.
  friend ValueSet operator-(const ValueSet& a, const ValueSet& b) noexcept;
  friend bool operator==(const ValueSet&, const ValueSet&) noexcept = default;

 private:
  std::array<std::uint64_t, 4> words_{};
};

/// A set of fields, cheap to copy; iterate with `for_each`, in field order.
class FieldSet {
 public:
  void insert(Field f) noexcept { words_[index(f) / 64] |= bit(f); }
  void erase(Field f) noexcept { words_[index(f) / 64] &= ~bit(f); }
  [[nodiscard]] bool contains(Field f) const noexcept { return (words_[index(f) / 64] & bit(f)) != 0; }
  [[nodiscard]] bool empty() const noexcept { return (words_[0] | words_[1]) == 0; }
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] std::vector<Field> list() const;
  template <class F>
  void for_each(F&& visit) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1)
        visit(static_cast<Field>(w * 64 + static_cast<std::size_t>(std::countr_zero(rest))));
  }
  FieldSet& operator|=(const FieldSet& o) noexcept {
    return (words_[0] |= o.words_[0], words_[1] |= o.words_[1], *this);
  }
  FieldSet& operator&=(const FieldSet& o) noexcept {
    return (words_[0] &= o.words_[0], words_[1] &= o.words_[1], *this);
  }
  friend FieldSet operator|(FieldSet a, const FieldSet& b) noexcept { return a |= b; }
  friend FieldSet operator&(FieldSet a, const FieldSet& b) noexcept { return a &= b; }
  friend bool operator==(const FieldSet&, const FieldSet&) noexcept = default;

 private:
  static_assert(kFieldCount <= 128);
  static std::size_t index(Field f) noexcept { return static_cast<std::size_t>(f); }
  static std::uint64_t bit(Field f) noexcept { return std::uint64_t{1} << (index(f) % 64); }
  std::array<std::uint64_t, 2> words_{};
};

/// The byte that means "not known" in KnownAnswers.
inline constexpr std::uint8_t kUnknown = 255;

/// One byte per field, named as the field: its value, or kUnknown. The fastest form of a plain assessment.
struct KnownAnswers {
#define PLACEMENT_FLAG(id, ...) std::uint8_t id = kUnknown;
#define PLACEMENT_COUNT(id, ...) std::uint8_t id = kUnknown;
#define PLACEMENT_SCALE(id, ...) std::uint8_t id = kUnknown;
#define PLACEMENT_CATEGORY(id, ...) std::uint8_t id = kUnknown;
#include "placement/fields.def"
#undef PLACEMENT_FLAG
#undef PLACEMENT_COUNT
#undef PLACEMENT_SCALE
#undef PLACEMENT_CATEGORY

  /// The same bytes by field order; valid as long as the object.
  [[nodiscard]] std::span<std::uint8_t, kFieldCount> bytes() noexcept;
  [[nodiscard]] std::span<const std::uint8_t, kFieldCount> bytes() const noexcept;
  friend bool operator==(const KnownAnswers&, const KnownAnswers&) noexcept = default;
};
static_assert(sizeof(KnownAnswers) == kFieldCount, "members must lie in field order without gaps");

/// An assessment: for each field a non-empty set of its values. One value is known, all are unknown, several are
/// partly known. Starts with everything unknown.
class Assessment {
 public:
  Assessment() = default;
  /// Every byte must be a value of its field or kUnknown.
  explicit Assessment(const KnownAnswers& known) : known_(known) {}

  /// Sets a known answer; `value` must be one of the field's values.
  void set(Field field, int value);
  /// Sets an answer; `values` must be a non-empty set of the field's values.
  void set(Field field, const ValueSet& values);
  void clear(Field field) { set(field, ValueSet::all(field)); }

  [[nodiscard]] ValueSet answer(Field field) const noexcept;
  [[nodiscard]] bool is_known(Field field) const noexcept;
  [[nodiscard]] bool is_partly_known(Field field) const noexcept;
  [[nodiscard]] bool is_unknown(Field field) const noexcept { return !is_known(field) && !is_partly_known(field); }
  /// Known answers; partly known ones count as unknown here.
  [[nodiscard]] const KnownAnswers& known() const noexcept { return known_; }
  /// Partly known answers in field order.
  [[nodiscard]] std::span<const std::pair<Field, ValueSet>> partly_known() const noexcept { return partly_known_; }
  /// Fields with an answer, known or partly known.
  [[nodiscard]] FieldSet answered() const noexcept;

  friend bool operator==(const Assessment&, const Assessment&) = default;

 private:
  KnownAnswers known_;
  std::vector<std::pair<Field, ValueSet>> partly_known_;
};

}  // namespace placement
