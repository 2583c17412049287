// The words of a recommendation.
#include "placement/recommendation.hpp"

namespace placement {

std::vector<std::size_t> Recommendation::determining_rules() const {
  std::vector<std::size_t> all;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rules[r].determining) all.push_back(r);
  return all;
}

std::string_view to_string(Status status) noexcept {
  switch (status) {
    case Status::emergency:
      return "emergency";
    case Status::inconsistent:
      return "inconsistent";
    case Status::out_of_scope:
      return "out_of_scope";
    case Status::decided:
      return "decided";
    case Status::undecided:
      return "undecided";
  }
  return "";
}

std::string_view to_string(RuleState state) noexcept {
  switch (state) {
    case RuleState::no:
      return "no";
    case RuleState::open:
      return "open";
    case RuleState::holds:
      return "holds";
    case RuleState::not_evaluated:
      return "not_evaluated";
  }
  return "";
}

std::string_view to_string(CareState state) noexcept {
  switch (state) {
    case CareState::no:
      return "no";
    case CareState::open:
      return "open";
    case CareState::yes:
      return "yes";
    case CareState::avoid:
      return "avoid";
  }
  return "";
}

std::string_view to_string(UndecidedPolicy policy) noexcept {
  switch (policy) {
    case UndecidedPolicy::none:
      return "none";
    case UndecidedPolicy::lowest:
      return "lowest";
    case UndecidedPolicy::highest:
      return "highest";
  }
  return "";
}

std::string_view to_string(Disposition disposition) noexcept {
  switch (disposition) {
    case Disposition::open:
      return "open";
    case Disposition::admit:
      return "admit";
    case Disposition::step_up:
      return "step_up";
    case Disposition::transfer:
      return "transfer";
    case Disposition::continue_level:
      return "continue";
    case Disposition::discharge_to_aftercare:
      return "discharge_to_aftercare";
    case Disposition::step_down:
      return "step_down";
  }
  return "";
}

}  // namespace placement
