#include "io/write_plan.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "io/describe.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
namespace {

std::optional<std::chrono::year_month_day> read_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(at, length)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string padded(unsigned number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string list_or(const std::vector<std::string>& names, std::string_view otherwise) {
  return names.empty() ? std::string(otherwise) : joined(names);
}

std::string recheck_step(const Recommendation& r, std::string_view question) {
  const std::optional<std::string> date = recheck_date(r);
  const std::string days = counted(static_cast<std::size_t>(r.feasible->recheck_days), "day");
  return "Look again " + (date ? "by " + *date + " (within " + days + ")" : "within " + days) + ": " +
         std::string(question);
}

std::vector<std::string> bridge_steps(const Recommendation& r, const std::string& wanted) {
  const int contact_days = std::min(3, std::max(1, r.feasible->recheck_days));
  return {
      "Medication now, without waiting for a place: " +
          list_or(offered_services(r, "medication"), "none is settled yet; discuss it today") + ".",
      "Before the person leaves: " + list_or(offered_services(r, "overdose_prevention"), "naloxone, with training") +
          ".",
      "Contact: a named person calls within " + counted(static_cast<std::size_t>(contact_days), "day") +
          " and goes on until the place is found.",
      recheck_step(r, "is " + wanted + " to be had, and is it still what is indicated?"),
  };
}

std::vector<std::string> transfer_steps(const Recommendation& r, const std::string& wanted) {
  std::vector<std::string> medication = offered_services(r, "medication");
  for (std::string& name : offered_services(r, "overdose_prevention")) medication.push_back(std::move(name));
  return {
      "Where to look: " + wanted + " elsewhere, in other programmes and in hospitals; nothing on offer here is safe.",
      "How: call ahead, send this summary, arrange accompanied transport and a warm hand-over: time of arrival, "
      "medication supply, a named contact.",
      "Meanwhile: stay with the person, observe, and give what can be given now: " +
          list_or(medication, "naloxone; medication is to be discussed") +
          ". Call emergency services if it gets worse.",
      recheck_step(r, "has a place been found, and is it still what is indicated?"),
  };
}

}  // namespace

std::optional<std::string> recheck_date(const Recommendation& r) {
  const auto from = read_date(r.request.as_of);
  if (!from || !r.feasible || r.feasible->plan == Feasible::Plan::none) return std::nullopt;
  const std::chrono::year_month_day date = std::chrono::sys_days(*from) + std::chrono::days(r.feasible->recheck_days);
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" + padded(static_cast<unsigned>(date.day()), 2);
}

std::vector<std::string> plan_steps(const Recommendation& r) {
  const std::optional<std::size_t> level = named_level(r);
  if (!r.feasible || r.feasible->plan == Feasible::Plan::none || !level) return {};
  std::string wanted = short_level_name(r.pack.content().levels[*level]);
  const std::vector<std::string> capabilities = required_capabilities(r);
  if (!capabilities.empty()) wanted += " with " + joined(capabilities);
  return r.feasible->plan == Feasible::Plan::bridge ? bridge_steps(r, wanted) : transfer_steps(r, wanted);
}

std::string over_placement_harm(const CareLevel& level) {
  if (level.withdrawal_management)
    return "withdrawal management that is not indicated lowers tolerance and leaves the person at risk of overdose";
  if (level.round_the_clock)
    return "24-hour care that is not needed takes the person from home and work, goes with poorer retention, and "
           "lowers "
           "tolerance before the person leaves";
  return "more hours than needed compete with work, family and attendance";
}

std::optional<std::size_t> named_level(const Recommendation& r) {
  if (r.indicated) return r.indicated;
  return r.policy ? std::optional(r.policy->level) : std::nullopt;
}

std::vector<std::string> offered_services(const Recommendation& r, std::string_view group) {
  std::vector<std::string> names;
  const std::vector<Service>& services = r.pack.content().services;
  for (std::size_t i = 0; i < services.size(); ++i)
    if (services[i].group == group && r.services[i].state == CareState::yes) names.push_back(clean(services[i].name));
  return names;
}

std::vector<std::string> required_capabilities(const Recommendation& r) {
  std::vector<std::string> names;
  const std::vector<Capability>& capabilities = r.pack.content().capabilities;
  for (std::size_t i = 0; i < capabilities.size(); ++i)
    if (r.capabilities[i].state == CareState::yes) names.push_back(clean(capabilities[i].name));
  return names;
}

}  // namespace placement::io
