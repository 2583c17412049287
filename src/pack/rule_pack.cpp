// The public face of a checked pack, and the words its files use.
#include "placement/rule_pack.hpp"

#include "pack/checked_pack.hpp"

namespace placement {
namespace {

template <class List>
std::optional<std::size_t> find_id(const List& list, std::string_view id) noexcept {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].id == id) return i;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> PackContent::find_level(std::string_view level_id) const noexcept {
  return find_id(levels, level_id);
}
std::optional<std::size_t> PackContent::find_rule(std::string_view rule_id) const noexcept {
  return find_id(rules, rule_id);
}
std::optional<std::size_t> PackContent::find_capability(std::string_view capability_id) const noexcept {
  return find_id(capabilities, capability_id);
}
std::optional<std::size_t> PackContent::find_service(std::string_view service_id) const noexcept {
  return find_id(services, service_id);
}

const PackContent& RulePack::content() const noexcept { return checked_->content; }
const CareGraph& RulePack::graph() const noexcept { return checked_->graph; }
const std::string& RulePack::digest() const noexcept { return checked_->digest; }

std::string_view to_string(Evidence evidence) noexcept {
  switch (evidence) {
    case Evidence::consensus_unverified:
      return "consensus_unverified";
    case Evidence::secondary:
      return "secondary";
    case Evidence::verified:
      return "verified";
  }
  return "";
}

std::string_view to_string(Strength strength) noexcept {
  switch (strength) {
    case Strength::not_graded:
      return "not_graded";
    case Strength::weak:
      return "weak";
    case Strength::conditional:
      return "conditional";
    case Strength::strong:
      return "strong";
  }
  return "";
}

std::string_view to_string(RuleKind kind) noexcept {
  switch (kind) {
    case RuleKind::require:
      return "require";
    case RuleKind::continued_stay:
      return "continue";
    case RuleKind::capability:
      return "capability";
    case RuleKind::offer:
      return "offer";
    case RuleKind::avoid:
      return "avoid";
    case RuleKind::alert:
      return "alert";
    case RuleKind::out_of_scope:
      return "out_of_scope";
  }
  return "";
}

std::string_view to_string(Urgency urgency) noexcept {
  switch (urgency) {
    case Urgency::stop:
      return "stop";
    case Urgency::urgent:
      return "urgent";
    case Urgency::notice:
      return "notice";
  }
  return "";
}

}  // namespace placement
