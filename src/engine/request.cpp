#include "engine/request.hpp"

#include <algorithm>
#include <string>

#include "model/date.hpp"
#include "model/nearest_name.hpp"

namespace placement::engine {
namespace {

class RequestChecker {
 public:
  RequestChecker(const PackContent& content, const Request& request) : content_(content), request_(request) {}

  Result<CheckedRequest> check() {
    CheckedRequest checked;
    if (!request_.as_of.empty() && !model::is_date(request_.as_of))
      fault("as_of", "expected a date such as 2026-01-31");
    if (request_.current_level) checked.current_level = find(content_.levels, *request_.current_level, "current_level");
    if (request_.current_capabilities)
      checked.current_capabilities = capabilities(*request_.current_capabilities, "current_capabilities");
    if (request_.current_capabilities && !request_.current_level)
      fault("current_capabilities", "stands for the current programme: name `current_level` too");
    if (request_.available) {
      checked.available.emplace();
      for (std::size_t i = 0; i < request_.available->size(); ++i) {
        const std::string place = "available/" + std::to_string(i);
        const Offering& offering = (*request_.available)[i];
        checked.available->push_back({find(content_.levels, offering.level, place + "/level"),
                                      capabilities(offering.capabilities, place + "/capabilities")});
      }
    }
    for (std::size_t i = 0; i < request_.handled.size(); ++i) check_handled(i, checked);
    if (request_.placed) {
      checked.placed = Placed{find(content_.levels, request_.placed->level, "placed/level"), std::nullopt};
      if (!request_.placed->override_reason.empty())
        checked.placed->override_reason =
            find(content_.override_reasons, request_.placed->override_reason, "placed/override_reason");
    }
    if (!faults_.empty()) return Error::of(ErrorCode::bad_request, std::move(faults_));
    return checked;
  }

 private:
  void fault(const std::string& place, std::string message) {
    faults_.push_back({"/request/" + place, std::move(message)});
  }

  template <class List>
  std::size_t find(const List& list, const std::string& id, const std::string& place) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].id == id) return i;
      known.emplace_back(list[i].id);
    }
    std::string names;
    for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
    fault(place, "the pack has no such id: expected one of " + names + model::did_you_mean(id, known));
    return 0;
  }

  std::vector<std::size_t> capabilities(const std::vector<std::string>& ids, const std::string& place) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < ids.size(); ++i)
      found.push_back(find(content_.capabilities, ids[i], place + "/" + std::to_string(i)));
    return found;
  }

  void check_handled(std::size_t i, CheckedRequest& checked) {
    const std::string place = "handled/" + std::to_string(i) + "/alert";
    std::vector<std::string_view> stops;
    for (const Rule& rule : content_.rules)
      if (rule.kind == RuleKind::alert && rule.urgency == Urgency::stop) stops.emplace_back(rule.id);
    const std::string& id = request_.handled[i].alert;
    if (std::find(stops.begin(), stops.end(), id) == stops.end())
      return fault(place, "the pack has no such stop alert" + model::did_you_mean(id, stops));
    const std::size_t rule = *content_.find_rule(id);
    if (std::find(checked.handled.begin(), checked.handled.end(), rule) != checked.handled.end())
      return fault(place, "the alert stands twice");
    checked.handled.push_back(rule);
  }

  const PackContent& content_;
  const Request& request_;
  std::vector<Fault> faults_;
};

}  // namespace

Result<CheckedRequest> check_request(const PackContent& content, const Request& request) {
  return RequestChecker(content, request).check();
}

}  // namespace placement::engine
