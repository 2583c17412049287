#include "io/write_cells.hpp"

#include <cmath>

namespace placement::io {
namespace {

constexpr const char* kWithheld = "withheld";
constexpr const char* kNone = "-";

double share_of(const CellCount& part, const CellCount& whole) {
  return static_cast<double>(part.rows) / static_cast<double>(whole.rows);
}

// Why a share cannot be told; nothing where it can.
const char* no_share(const CellCount& part, const CellCount& whole) {
  if (!part.is_shown() || !whole.is_shown()) return kWithheld;
  return whole.rows == 0 ? kNone : nullptr;
}

Json interval_json(const std::optional<Interval>& interval, double times, int digits) {
  if (!interval) return nullptr;
  return Json::array({decimal_json(interval->low * times, digits), decimal_json(interval->high * times, digits)});
}

}  // namespace

std::string decimal(double value, int digits) {
  long scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const long number = std::lround(std::abs(value) * static_cast<double>(scale));
  std::string text = (value < 0 && number != 0 ? "-" : "") + std::to_string(number / scale);
  if (digits == 0) return text;
  std::string fraction = std::to_string(number % scale);
  fraction.insert(0, static_cast<std::size_t>(digits) - fraction.size(), '0');
  return text.append(".").append(fraction);
}

Json decimal_json(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

std::string Cells::text(const CellCount& cell) const {
  if (cell.seen == CellCount::Seen::small) return "<" + std::to_string(below_);
  return cell.is_shown() ? std::to_string(cell.rows) : kWithheld;
}

Json Cells::json(const CellCount& cell) const { return cell.is_shown() ? Json(cell.rows) : Json(text(cell)); }

std::string share_text(const CellCount& part, const CellCount& whole) {
  const char* none = no_share(part, whole);
  return none != nullptr ? none : decimal(share_of(part, whole) * 100, 1) + " %";
}

std::string interval_text(const CellCount& part, const CellCount& whole) {
  if (const char* none = no_share(part, whole)) return none;
  const Interval interval = wilson_interval(part.rows, whole.rows);
  return decimal(interval.low * 100, 1) + " to " + decimal(interval.high * 100, 1) + " %";
}

Json percent_json(const CellCount& part, const CellCount& whole) {
  return no_share(part, whole) != nullptr ? Json(nullptr) : decimal_json(share_of(part, whole) * 100, 1);
}

Json interval_json(const CellCount& part, const CellCount& whole) {
  return no_share(part, whole) != nullptr ? Json(nullptr)
                                          : interval_json(wilson_interval(part.rows, whole.rows), 100, 1);
}

std::string kappa_text(const Kappa& kappa) {
  switch (kappa.undefined) {
    case Kappa::Undefined::no_rows:
      return "not defined: no rows";
    case Kappa::Undefined::one_level:
      return "not defined: one level only";
    case Kappa::Undefined::suppressed:
      return kWithheld;
    case Kappa::Undefined::no:
      break;
  }
  std::string value = decimal(kappa.value, 2);
  if (!kappa.interval) return value;
  return value + " (" + decimal(kappa.interval->low, 2) + " to " + decimal(kappa.interval->high, 2) + ")";
}

Json kappa_json(const Kappa& kappa, int digits) {
  constexpr const char* kReasons[] = {nullptr, "no_rows", "one_level", "suppressed"};
  if (kappa.undefined != Kappa::Undefined::no)
    return {{"value", nullptr}, {"undefined", kReasons[static_cast<std::size_t>(kappa.undefined)]}};
  return {{"value", decimal_json(kappa.value, digits)},
          {"interval", interval_json(kappa.interval, 1, digits)},
          {"resamples_without_value", kappa.without_value}};
}

std::string chance_text(const std::optional<double>& share) { return share ? decimal(*share * 100, 1) + " %" : kNone; }

}  // namespace placement::io
