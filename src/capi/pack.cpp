// What a pack declares, by kind and number.
#include "placement/rule_pack.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "capi/guard.hpp"

using placement::PackContent;
using placement::Rule;
using placement::RuleKind;
using placement::Urgency;
using namespace placement::capi;

static_assert(PLACEMENT_RULE_REQUIRE == number(RuleKind::require));
static_assert(PLACEMENT_RULE_CONTINUE == number(RuleKind::continued_stay));
static_assert(PLACEMENT_RULE_CAPABILITY == number(RuleKind::capability));
static_assert(PLACEMENT_RULE_OFFER == number(RuleKind::offer));
static_assert(PLACEMENT_RULE_AVOID == number(RuleKind::avoid));
static_assert(PLACEMENT_RULE_ALERT == number(RuleKind::alert));
static_assert(PLACEMENT_RULE_OUT_OF_SCOPE == number(RuleKind::out_of_scope));
static_assert(PLACEMENT_URGENCY_STOP == number(Urgency::stop));
static_assert(PLACEMENT_URGENCY_URGENT == number(Urgency::urgent));
static_assert(PLACEMENT_URGENCY_NOTICE == number(Urgency::notice));

namespace {

struct Entry {
  const std::string* id = nullptr;
  const std::string* text = nullptr;
};

template <class List, class Text>
Entry entry_of(const List& list, std::int32_t item, Text text) {
  const auto* found = item_of(list, item);
  return found == nullptr ? Entry{} : Entry{&found->id, &((*found).*text)};
}

// The kinds of placement.h: their lists, and what is said of an entry. `item` may be out of range.
Entry entry(const placement_pack* pack, std::int32_t kind, std::int32_t item) {
  if (pack == nullptr) return {};
  const PackContent& content = pack->pack.content();
  switch (kind) {
    case PLACEMENT_LEVELS:
      return entry_of(content.levels, item, &placement::CareLevel::name);
    case PLACEMENT_RULES:
      return entry_of(content.rules, item, &Rule::because);
    case PLACEMENT_SERVICES:
      return entry_of(content.services, item, &placement::Service::name);
    case PLACEMENT_CAPABILITIES:
      return entry_of(content.capabilities, item, &placement::Capability::name);
    case PLACEMENT_OVERRIDE_REASONS:
      return entry_of(content.override_reasons, item, &placement::OverrideReason::text);
    default:
      return {};
  }
}

const Rule* rule_of(const placement_pack* pack, std::int32_t rule) {
  return pack == nullptr ? nullptr : item_of(pack->pack.content().rules, rule);
}

const placement::CareLevel* level_of(const placement_pack* pack, std::int32_t level) {
  return pack == nullptr ? nullptr : item_of(pack->pack.content().levels, level);
}

const char* lent_from(const placement_pack* pack, std::string PackContent::*part, std::uint64_t* length) {
  return told<const char*>(
      nullptr, [&] { return pack == nullptr ? lent_nothing(length) : lent(pack->pack.content().*part, length); });
}

const char* lent_entry(const std::string* text, std::uint64_t* length) {
  return text == nullptr ? lent_nothing(length) : lent(*text, length);
}

}  // namespace

const char* placement_pack_id(const placement_pack* pack, uint64_t* length) {
  return lent_from(pack, &PackContent::id, length);
}

const char* placement_pack_version(const placement_pack* pack, uint64_t* length) {
  return lent_from(pack, &PackContent::version, length);
}

const char* placement_pack_title(const placement_pack* pack, uint64_t* length) {
  return lent_from(pack, &PackContent::title, length);
}

const char* placement_pack_digest(const placement_pack* pack, uint64_t* length) {
  return told<const char*>(nullptr,
                           [&] { return pack == nullptr ? lent_nothing(length) : lent(pack->pack.digest(), length); });
}

int32_t placement_pack_count(const placement_pack* pack, int32_t kind) {
  return told(std::int32_t{0}, [&] {
    std::int32_t count = 0;
    while (entry(pack, kind, count).id != nullptr) ++count;
    return count;
  });
}

int32_t placement_pack_find(const placement_pack* pack, int32_t kind, const char* id, uint64_t id_length) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    std::string_view text;
    if (read_text(id, id_length, "id", text)) return std::int32_t{PLACEMENT_NONE};
    for (std::int32_t item = 0;; ++item) {
      const Entry found = entry(pack, kind, item);
      if (found.id == nullptr) return std::int32_t{PLACEMENT_NONE};
      if (*found.id == text) return item;
    }
  });
}

const char* placement_pack_item_id(const placement_pack* pack, int32_t kind, int32_t item, uint64_t* length) {
  return told<const char*>(nullptr, [&] { return lent_entry(entry(pack, kind, item).id, length); });
}

const char* placement_pack_item_text(const placement_pack* pack, int32_t kind, int32_t item, uint64_t* length) {
  return told<const char*>(nullptr, [&] { return lent_entry(entry(pack, kind, item).text, length); });
}

int32_t placement_pack_rule_kind(const placement_pack* pack, int32_t rule) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    const Rule* found = rule_of(pack, rule);
    return found == nullptr ? PLACEMENT_NONE : number(found->kind);
  });
}

int32_t placement_pack_rule_target(const placement_pack* pack, int32_t rule) {
  return told(std::int32_t{PLACEMENT_NONE}, [&]() -> std::int32_t {
    const Rule* found = rule_of(pack, rule);
    if (found == nullptr) return PLACEMENT_NONE;
    switch (found->kind) {
      case RuleKind::require:
      case RuleKind::capability:
      case RuleKind::offer:
      case RuleKind::avoid:
        return number(found->target);
      case RuleKind::continued_stay:
      case RuleKind::alert:
      case RuleKind::out_of_scope:
        break;
    }
    return PLACEMENT_NONE;
  });
}

int32_t placement_pack_rule_urgency(const placement_pack* pack, int32_t rule) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    const Rule* found = rule_of(pack, rule);
    return found == nullptr || found->kind != RuleKind::alert ? PLACEMENT_NONE : number(found->urgency);
  });
}

const char* placement_pack_rule_action(const placement_pack* pack, int32_t rule, uint64_t* length) {
  return told<const char*>(nullptr, [&] {
    const Rule* found = rule_of(pack, rule);
    return found == nullptr || found->kind != RuleKind::alert ? lent_nothing(length) : lent(found->action, length);
  });
}

int32_t placement_pack_level_reassess_days(const placement_pack* pack, int32_t level) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    const placement::CareLevel* found = level_of(pack, level);
    return found == nullptr ? PLACEMENT_NONE : std::int32_t{found->reassess_days};
  });
}

int32_t placement_pack_level_is_round_the_clock(const placement_pack* pack, int32_t level) {
  return told(std::int32_t{0}, [&] {
    const placement::CareLevel* found = level_of(pack, level);
    return found == nullptr ? 0 : number(found->round_the_clock);
  });
}

const char* placement_rule_kind_name(int32_t kind) { return name_of<RuleKind>(kind, PLACEMENT_RULE_OUT_OF_SCOPE); }

const char* placement_urgency_name(int32_t urgency) { return name_of<Urgency>(urgency, PLACEMENT_URGENCY_NOTICE); }
