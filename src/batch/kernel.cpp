#include "batch/kernel.hpp"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batch/kernel.cpp"  // NOLINT(bugprone-macro-parentheses): Highway's name and use
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Whether eight vectors of sixteen bytes can be turned over as such: not where there are none, or their size is not
// known when compiling, or words begin with their highest byte.
#undef PLACEMENT_TURNS_VECTORS
#if HWY_TARGET == HWY_SCALAR || HWY_HAVE_SCALABLE || (defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
#define PLACEMENT_TURNS_VECTORS 0
#else
#define PLACEMENT_TURNS_VECTORS 1
#endif

HWY_BEFORE_NAMESPACE();
namespace placement::batch {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<std::uint8_t>;
using V = hn::Vec<D>;

// Vectors that are worked on at once: enough to hide how long each look-up takes.
constexpr std::size_t kAtOnce = 4;

HWY_INLINE V table_of(const Table& table) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(D(), table.bytes[0]);  // not looked at
#else
  return hn::LoadDup128(D(), table.bytes.data());
#endif
}

// Bytes of sixteen and more find anything, but nothing outside the table.
HWY_INLINE V look_up([[maybe_unused]] const Table& table, [[maybe_unused]] V loaded, V at) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(D(), table.bytes[hn::GetLane(at) & 15U]);
#else
  return hn::TableLookupBytes(loaded, at);
#endif
}

// The key of the rows of one vector; `open` gathers what is no answer.
HWY_INLINE V key_at(const Plan& plan, std::size_t part, std::size_t end, const std::uint8_t* const* inputs,
                    std::size_t row, V& open) {
  const D d;
  V key = hn::Zero(d);
  for (; part < end; ++part) {
    const Plan::Part& p = plan.parts[part];
    const V value = hn::LoadU(d, inputs[p.input] + row);
    open = hn::Or(open, hn::SaturatedSub(value, hn::Set(d, p.high)));
    if (p.by_table) {
      const Table& table = plan.tables[p.begin];
      key = hn::Add(key, look_up(table, table_of(table), value));
      continue;
    }
    key = hn::Add(key, hn::Set(d, p.start));
    for (std::uint32_t s = p.begin; s < p.end; ++s) {
      const V from = hn::Set(d, plan.steps[s].from);
      key = hn::Add(key, hn::IfThenElseZero(hn::Eq(hn::Max(value, from), value), hn::Set(d, plan.steps[s].change)));
    }
  }
  return key;
}

// Keys of `rows` rows, at least one vector of them: the last vector ends with the last row.
void make_keys(const Plan& plan, const std::uint8_t* const* inputs, std::size_t rows, std::uint8_t* keys,
               std::uint8_t* flags) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::fill_n(flags, kBlockRows, std::uint8_t{0});
  std::size_t begin = 0;
  for (std::size_t k = 0; k < plan.part_ends.size(); ++k) {
    const std::size_t end = plan.part_ends[k];
    for (std::size_t i = 0; i < rows; i += lanes) {
      const std::size_t row = std::min(i, rows - lanes);
      V open = hn::LoadU(d, flags + row);
      hn::StoreU(key_at(plan, begin, end, inputs, row, open), d, keys + k * kBlockRows + row);
      hn::StoreU(open, d, flags + row);
    }
    begin = end;
  }
}

// For kAtOnce vectors of rows from `row` on: by target which of its boxes hold them.
void look_up_targets(const Layout& layout, const std::uint8_t* keys, std::size_t row, std::uint8_t* targets) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const Layout::Lookup* lookup = layout.lookups.data();
  const Layout::Group* group = layout.groups.data();
  for (const std::uint32_t end : layout.group_ends) {
    V any0 = hn::Zero(d), any1 = any0, any2 = any0, any3 = any0;
    for (; group != layout.groups.data() + end; ++group) {
      V in0 = hn::Set(d, group->boxes), in1 = in0, in2 = in0, in3 = in0;
      for (; lookup != layout.lookups.data() + group->lookup_end; ++lookup) {
        const std::uint8_t* key = keys + lookup->key * kBlockRows + row;
        const V table = table_of(lookup->table);
        in0 = hn::And(in0, look_up(lookup->table, table, hn::Load(d, key)));
        in1 = hn::And(in1, look_up(lookup->table, table, hn::Load(d, key + lanes)));
        in2 = hn::And(in2, look_up(lookup->table, table, hn::Load(d, key + 2 * lanes)));
        in3 = hn::And(in3, look_up(lookup->table, table, hn::Load(d, key + 3 * lanes)));
      }
      any0 = hn::Or(any0, in0);
      any1 = hn::Or(any1, in1);
      any2 = hn::Or(any2, in2);
      any3 = hn::Or(any3, in3);
    }
    hn::Store(any0, d, targets);
    hn::Store(any1, d, targets + lanes);
    hn::Store(any2, d, targets + 2 * lanes);
    hn::Store(any3, d, targets + 3 * lanes);
    targets += kAtOnce * lanes;
  }
}

bool find_levels(const Plan& plan, const std::uint8_t* const* inputs, std::size_t rows, Block& block) {
  const D d;
  const std::size_t lanes = hn::Lanes(d), step = kAtOnce * lanes;
  make_keys(plan, inputs, rows, block.keys.data(), block.flags.data());
  V some_open = hn::Zero(d);
  for (std::size_t row = 0; row < rows; row += step) {
    look_up_targets(plan.level, block.keys.data(), row, block.targets.data());
    for (std::size_t i = 0; i < step; i += lanes) {
      const std::uint8_t* target = block.targets.data() + i;
      const V zero = hn::Zero(d);
      std::uint8_t* flags = block.flags.data() + row + i;
      const V open = hn::IfThenZeroElse(hn::Eq(hn::Load(d, flags), zero), hn::Set(d, kOpen));
      some_open = hn::Or(some_open, open);
      V found = open;
      for (std::size_t t = 0; t < kFlagTargets; ++t, target += step)
        found = hn::Or(found, hn::IfThenZeroElse(hn::Eq(hn::Load(d, target), zero),
                                                 hn::Set(d, static_cast<std::uint8_t>(1U << t))));
      hn::Store(found, d, flags);
      V level = zero;
      for (const std::uint8_t demanded : plan.level_of_target) {
        level = hn::IfThenElse(hn::Eq(hn::Load(d, target), zero), level, hn::Set(d, demanded));
        target += step;
      }
      hn::Store(level, d, block.levels.data() + row + i);
    }
  }
  return !hn::AllTrue(d, hn::Eq(some_open, hn::Zero(d)));
}

#if PLACEMENT_TURNS_VECTORS
// Byte j of the i-th vector becomes byte i of the j-th eight bytes.
template <class Out>
HWY_INLINE void turn(const std::uint8_t* const* from, const Out& out) {
  const hn::FixedTag<std::uint8_t, 16> d;
  using W = hn::Vec<hn::FixedTag<std::uint8_t, 16>>;
  std::array<W, 8> a{hn::LoadU(d, from[0]), hn::LoadU(d, from[1]), hn::LoadU(d, from[2]), hn::LoadU(d, from[3]),
                     hn::LoadU(d, from[4]), hn::LoadU(d, from[5]), hn::LoadU(d, from[6]), hn::LoadU(d, from[7])};
  for (int round = 0; round < 3; ++round) {
    const std::array<W, 8> b = a;
    for (std::size_t i = 0; i < 4; ++i) {
      a[2 * i] = hn::InterleaveLower(d, b[i], b[i + 4]);
      a[2 * i + 1] = hn::InterleaveUpper(d, b[i], b[i + 4]);
    }
  }
  HWY_ALIGN std::array<std::uint8_t, 128> turned;  // NOLINT: set below
  for (std::size_t i = 0; i < 8; ++i) hn::Store(a[i], d, turned.data() + 16 * i);
  out(turned.data());
}
#endif

void find_held(const Plan& plan, std::size_t rows, Block& block, std::size_t words, std::uint64_t* held) {
  const std::size_t step = kAtOnce * hn::Lanes(D());
  std::fill_n(block.targets.data() + plan.trace.group_ends.size() * step,
              (words * 8 - plan.trace.group_ends.size()) * step, std::uint8_t{0});
  for (std::size_t row = 0; row < rows; row += step) {
    look_up_targets(plan.trace, block.keys.data(), row, block.targets.data());
    const std::size_t end = std::min(step, rows - row);
    for (std::size_t w = 0; w < words; ++w) {
      const std::uint8_t* targets = block.targets.data() + w * 8 * step;
#if PLACEMENT_TURNS_VECTORS
      for (std::size_t i = 0; i < end; i += 16) {
        const std::uint8_t* from[8];  // NOLINT(*-avoid-c-arrays): set in the next line
        for (std::size_t b = 0; b < 8; ++b) from[b] = targets + b * step + i;
        turn(from, [&](const std::uint8_t* turned) {
          const std::size_t count = std::min<std::size_t>(16, end - i);
          for (std::size_t r = 0; r < count; ++r)
            std::memcpy(held + (row + i + r) * words + w, turned + r * 8, sizeof(std::uint64_t));
        });
      }
#else
      for (std::size_t i = 0; i < end; ++i) {
        std::uint64_t word = 0;
        for (std::size_t b = 0; b < 8; ++b) word |= std::uint64_t{targets[b * step + i]} << (8 * b);
        held[(row + i) * words + w] = word;
      }
#endif
    }
  }
}

void to_columns(const std::uint8_t* const* rows, std::size_t count, std::uint8_t* columns) {
#if PLACEMENT_TURNS_VECTORS
  static_assert(kFieldCount >= 16 && kBlockRows % 8 == 0);
  for (std::size_t row = 0; row < count; row += 8)
    for (std::size_t field = 0; field < kFieldCount; field += 16) {
      const std::size_t first = std::min(field, kFieldCount - 16);
      const std::uint8_t* from[8];  // NOLINT(*-avoid-c-arrays): set in the next line
      for (std::size_t i = 0; i < 8; ++i) from[i] = rows[std::min(row + i, count - 1)] + first;
      turn(from, [&](const std::uint8_t* turned) {
        for (std::size_t f = 0; f < 16; ++f) std::memcpy(columns + (first + f) * kBlockRows + row, turned + f * 8, 8);
      });
    }
#else
  for (std::size_t row = 0; row < count; ++row)
    for (std::size_t field = 0; field < kFieldCount; ++field) columns[field * kBlockRows + row] = rows[row][field];
#endif
}

std::size_t lanes() { return hn::Lanes(D()); }

}  // namespace HWY_NAMESPACE
}  // namespace placement::batch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace placement::batch {
namespace {

HWY_EXPORT(find_levels);
HWY_EXPORT(find_held);
HWY_EXPORT(to_columns);
HWY_EXPORT(lanes);

// No vector is longer.
constexpr std::size_t kMaxLanes = kBlockRows / 4;

}  // namespace

Block::Block(const Plan& plan)
    : keys(plan.part_ends.size() * kBlockRows + 1),
      targets(std::max(plan.level.group_ends.size(), (plan.trace.group_ends.size() + 7) / 8 * 8) * 4 * kMaxLanes + 1),
      levels(kBlockRows),
      flags(kBlockRows) {}

bool find_levels(const Plan& plan, const std::uint8_t* const* inputs, std::size_t rows, Block& block) {
  const std::size_t fewest = HWY_DYNAMIC_DISPATCH(lanes)();
  if (rows >= fewest) return HWY_DYNAMIC_DISPATCH(find_levels)(plan, inputs, rows, block);
  // Too few for a vector: the last row stands for the missing ones.
  Bytes filled(plan.inputs.size() * fewest + 1);
  std::vector<const std::uint8_t*> columns;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    std::uint8_t* to = filled.data() + i * fewest;
    std::fill(std::copy_n(inputs[i], rows, to), to + fewest, inputs[i][rows - 1]);
    columns.push_back(to);
  }
  return HWY_DYNAMIC_DISPATCH(find_levels)(plan, columns.data(), fewest, block);
}

void find_held(const Plan& plan, std::size_t rows, Block& block, std::size_t words, std::uint64_t* held) {
  HWY_DYNAMIC_DISPATCH(find_held)(plan, rows, block, words, held);
}

void to_columns(std::span<const std::uint8_t* const> rows, std::uint8_t* columns) {
  HWY_DYNAMIC_DISPATCH(to_columns)(rows.data(), rows.size(), columns);
}

}  // namespace placement::batch
#endif  // HWY_ONCE
