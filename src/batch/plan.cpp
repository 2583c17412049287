#include "batch/plan.hpp"

#include <algorithm>
#include <bitset>

namespace placement::batch {
namespace {

using masks::Codes;

constexpr std::size_t kKeySize = 16;
constexpr std::size_t kPageSize = kKeySize - 1;

// A column, or a page of it, as numbers below sixteen.
struct Digit {
  std::size_t column = 0;
  std::vector<Codes> codes;  // by number: the codes it stands for; all of them where it says nothing
  std::size_t stride = 0;    // within its key
};

using Keys = std::bitset<masks::kMaxColumns*(masks::kMaxCodes / kPageSize + 1)>;

struct Member {
  std::size_t box = 0;
  unsigned bit = 0;
};

class Planner {
 public:
  Planner(const engine::Compiled& compiled, Plan::Alphabet alphabet)
      : compiled_(compiled), masks_(compiled.masks), alphabet_(alphabet) {}

  Plan run() {
    choose_inputs();
    choose_keys();
    for (std::size_t box = 0; box < masks_.boxes(); ++box) keys_of_box_.push_back(keys_read(box));
    lay_out_levels();
    lay_out_trace();
    return std::move(plan_);
  }

 private:
  void choose_inputs() {
    const bool from_codes = alphabet_ == Plan::Alphabet::codes;
    FieldSet read;
    for (const std::size_t column : from_codes ? masks_.read_columns() : std::span(compiled_.deciding_columns))
      read.insert(static_cast<Field>(column));
    if (!from_codes)
      for (const MustKnow& m : compiled_.pack.content().must_know) read.insert(m.field);
    plan_.inputs = read.list();
  }

  static void append(std::vector<Digit>& digits, std::size_t column, std::size_t codes) {
    if (codes <= kKeySize) {
      digits.push_back({column, {}, 0});
      for (std::size_t code = 0; code < codes; ++code) digits.back().codes.push_back(Codes{1} << code);
      return;
    }
    for (std::size_t first = 0; first < codes; first += kPageSize) {
      digits.push_back({column, {}, 0});
      for (std::size_t code = first; code < std::min(codes, first + kPageSize); ++code)
        digits.back().codes.push_back(Codes{1} << code);
      digits.back().codes.push_back(~Codes{0});
    }
  }

  // Fills keys one after the other in field order: neighbours are often read together. What must be known and decides
  // nothing are parts of a key that nothing looks up, so that it is known of each row whether they are known.
  void choose_keys() {
    std::vector<Digit> digits;
    FieldSet unread;
    if (alphabet_ == Plan::Alphabet::values)
      for (const Field input : plan_.inputs) unread.insert(input);
    for (const std::size_t column : compiled_.deciding_columns) {
      append(digits, column, masks_.codes(column));
      unread.erase(static_cast<Field>(column));
    }
    for (std::size_t next = 0; next < digits.size();) {
      std::size_t size = 1;
      keys_.emplace_back();
      while (next < digits.size() && size * digits[next].codes.size() <= kKeySize) {
        Digit& digit = digits[next++];
        digit.stride = size;
        size *= digit.codes.size();
        add_part(digit);
        keys_.back().push_back(std::move(digit));
      }
      plan_.part_ends.push_back(static_cast<std::uint32_t>(plan_.parts.size()));
    }
    if (unread.empty()) return;
    unread.for_each([&](Field f) { plan_.parts.push_back({input_of(f), static_cast<std::uint8_t>(spec(f).high)}); });
    plan_.part_ends.push_back(static_cast<std::uint32_t>(plan_.parts.size()));
  }

  [[nodiscard]] std::uint16_t input_of(Field field) const {
    return static_cast<std::uint16_t>(std::find(plan_.inputs.begin(), plan_.inputs.end(), field) -
                                      plan_.inputs.begin());
  }

  void add_part(const Digit& digit) {
    const auto field = static_cast<Field>(digit.column);
    const bool from_codes = alphabet_ == Plan::Alphabet::codes;
    const std::size_t size = from_codes ? masks_.codes(digit.column) : static_cast<std::size_t>(spec(field).size());
    std::vector<std::uint8_t> adds;  // by byte
    for (std::size_t byte = 0; byte < size; ++byte) {
      const std::size_t code = from_codes ? byte : masks_.code_of(digit.column, byte);
      const auto number = std::find(digit.codes.begin(), digit.codes.end() - 1, Codes{1} << code);
      adds.push_back(static_cast<std::uint8_t>(static_cast<std::size_t>(number - digit.codes.begin()) * digit.stride));
    }
    Plan::Part part{input_of(field), static_cast<std::uint8_t>(size - 1)};
    part.by_table = size <= kKeySize;
    if (part.by_table) {
      part.begin = static_cast<std::uint32_t>(plan_.tables.size());
      std::copy(adds.begin(), adds.end(), plan_.tables.emplace_back().bytes.begin());
    } else {
      part.start = adds.front();
      part.begin = static_cast<std::uint32_t>(plan_.steps.size());
      for (std::size_t byte = 1; byte < size; ++byte)
        if (adds[byte] != adds[byte - 1])
          plan_.steps.push_back(
              {static_cast<std::uint8_t>(byte), static_cast<std::uint8_t>(adds[byte] - adds[byte - 1])});
      part.end = static_cast<std::uint32_t>(plan_.steps.size());
    }
    plan_.parts.push_back(part);
  }

  // The codes that a box allows a column; all where it does not read it.
  [[nodiscard]] Codes allowed(std::size_t box, std::size_t column) const {
    for (const masks::Literal& l : masks_.literals(box))
      if (l.column == column) return l.codes;
    return ~Codes{0};
  }

  [[nodiscard]] Keys keys_read(std::size_t box) const {
    Keys read;
    for (std::size_t key = 0; key < keys_.size(); ++key)
      for (const Digit& digit : keys_[key]) {
        const Codes codes = allowed(box, digit.column);
        if (std::any_of(digit.codes.begin(), digit.codes.end(), [&](Codes c) { return (c & codes) == 0; }))
          read.set(key);
      }
    return read;
  }

  // Does the number a key has contradict the box?
  [[nodiscard]] bool allows(std::size_t box, const std::vector<Digit>& key, std::size_t number) const {
    return std::all_of(key.begin(), key.end(), [&](const Digit& digit) {
      return (digit.codes[number / digit.stride % digit.codes.size()] & allowed(box, digit.column)) != 0;
    });
  }

  void add_group(const std::vector<Member>& members, Layout& layout) const {
    Layout::Group group;
    Keys read;
    for (const Member& m : members) {
      group.boxes = static_cast<std::uint8_t>(group.boxes | 1U << m.bit);
      read |= keys_of_box_[m.box];
    }
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      if (!read[key]) continue;
      Layout::Lookup& lookup = layout.lookups.emplace_back();
      lookup.key = static_cast<std::uint16_t>(key);
      for (std::size_t number = 0; number < kKeySize; ++number)
        for (const Member& m : members)
          if (allows(m.box, keys_[key], number))
            lookup.table.bytes[number] = static_cast<std::uint8_t>(lookup.table.bytes[number] | 1U << m.bit);
    }
    group.lookup_end = static_cast<std::uint32_t>(layout.lookups.size());
    layout.groups.push_back(group);
  }

  // Begins each group with the box that reads the most, and adds the one that brings the fewest keys more.
  void add_target(std::vector<std::size_t> boxes, Layout& layout) const {
    while (!boxes.empty()) {
      std::vector<Member> members;
      Keys read;
      while (!boxes.empty() && members.size() < 8) {
        const auto cost = [&](std::size_t box) {
          const Keys& own = keys_of_box_[box];
          return std::pair((own & ~read).count(), -static_cast<std::ptrdiff_t>(own.count()));
        };
        const auto best =
            members.empty()
                ? std::max_element(boxes.begin(), boxes.end(),
                                   [&](auto a, auto b) { return keys_of_box_[a].count() < keys_of_box_[b].count(); })
                : std::min_element(boxes.begin(), boxes.end(), [&](auto a, auto b) { return cost(a) < cost(b); });
        read |= keys_of_box_[*best];
        members.push_back({*best, static_cast<unsigned>(members.size())});
        boxes.erase(best);
      }
      add_group(members, layout);
    }
    layout.group_ends.push_back(static_cast<std::uint32_t>(layout.groups.size()));
  }

  void lay_out_levels() {
    const auto boxes_of = [](const std::vector<std::uint64_t>& bits) {
      std::vector<std::size_t> boxes;
      masks::for_each_bit(bits, [&](std::size_t box) { boxes.push_back(box); });
      return boxes;
    };
    for (const auto* bits : {&compiled_.forbidden, &compiled_.scope, &compiled_.stops})
      add_target(boxes_of(*bits), plan_.level);
    for (std::size_t level = 1; level < compiled_.pack.content().levels.size(); ++level) {
      std::vector<std::size_t> boxes;
      for (std::size_t box = 0; box < compiled_.level_of_box.size(); ++box)
        if (compiled_.level_of_box[box] == level) boxes.push_back(box);
      if (boxes.empty()) continue;
      plan_.level_of_target.push_back(static_cast<std::uint8_t>(level));
      add_target(std::move(boxes), plan_.level);
    }
  }

  // The first boxes of eight rules are one group, their second boxes the next, and so on.
  void lay_out_trace() {
    const std::vector<Rule>& rules = compiled_.pack.content().rules;
    for (std::size_t first = 0; first < rules.size(); first += 8) {
      for (std::size_t nth = 0;; ++nth) {
        std::vector<Member> members;
        for (std::size_t rule = first; rule < std::min(rules.size(), first + 8); ++rule) {
          const engine::BoxRange range = compiled_.rules[rule];
          if (rules[rule].kind != RuleKind::continued_stay && range.begin + nth < range.end)
            members.push_back({range.begin + nth, static_cast<unsigned>(rule - first)});
        }
        if (members.empty()) break;
        add_group(members, plan_.trace);
      }
      plan_.trace.group_ends.push_back(static_cast<std::uint32_t>(plan_.trace.groups.size()));
    }
  }

  const engine::Compiled& compiled_;
  const masks::Masks& masks_;
  Plan::Alphabet alphabet_;
  Plan plan_;
  std::vector<std::vector<Digit>> keys_;
  std::vector<Keys> keys_of_box_;
};

}  // namespace

Plan plan_for(const engine::Compiled& compiled, Plan::Alphabet alphabet) { return Planner(compiled, alphabet).run(); }

}  // namespace placement::batch
