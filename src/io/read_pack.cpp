// A rule pack from JSON: the shape is checked here, the meaning in src/pack. Both lists of faults are reported as one.
#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <numeric>

#include "io/digest.hpp"
#include "io/json_text.hpp"
#include "io/object_reader.hpp"
#include "io/read_priors.hpp"
#include "model/date.hpp"
#include "pack/checked_pack.hpp"
#include "placement/io.hpp"
#include "placement/version.hpp"

namespace placement {
namespace {

using io::Json;
using io::ObjectReader;

constexpr std::array<std::string_view, 3> kEvidence{"consensus_unverified", "secondary", "verified"};
constexpr std::array<std::string_view, 4> kStrength{"not_graded", "weak", "conditional", "strong"};
constexpr std::array<std::string_view, 7> kRuleKinds{"require", "continue", "capability",  "offer",
                                                     "avoid",   "alert",    "out_of_scope"};
constexpr std::array<std::string_view, 3> kUrgency{"stop", "urgent", "notice"};
constexpr std::array<std::string_view, 7> kServiceGroups{
    "medication", "overdose_prevention", "therapy", "medical", "recovery_support", "social", "planning"};
constexpr std::array<std::string_view, 4> kPropertyKinds{"implies", "alone", "independent", "monotone"};

template <std::size_t N>
std::vector<std::string_view> list(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

template <class List>
std::vector<std::string_view> ids_of(const List& items) {
  std::vector<std::string_view> ids;
  for (const auto& item : items) ids.emplace_back(item.id);
  return ids;
}

class PackReader {
 public:
  explicit PackReader(std::vector<Fault>& faults) : faults_(faults) {}

  PackContent read(const Json& tree) {
    ObjectReader pack(tree, "", faults_);
    pack.whole("format", kOldestPackFormat, kPackFormat);
    content_.id = pack.text("id");
    content_.version = pack.version("version");
    content_.title = pack.text("title");
    content_.license = pack.text("license");
    if (const Json* about = pack.required("about"); about != nullptr) read_about(*about);
    pack.objects("sources", [&](ObjectReader& o) {
      content_.sources.push_back({o.text("id"), o.text("statement"), o.text("citation"),
                                  static_cast<Evidence>(o.one_of("verification", list(kEvidence)))});
    });
    source_ids_ = ids_of(content_.sources);
    pack.objects("dimensions", [&](ObjectReader& o) { content_.dimensions.push_back({o.text("id"), o.text("name")}); });
    pack.objects("levels", [&](ObjectReader& o) { read_level(o); });
    order_levels(pack);
    pack.objects("moves", [&](ObjectReader& o) { read_move(o); });
    pack.objects("capabilities", [&](ObjectReader& o) {
      content_.capabilities.push_back({o.text("id"), o.text("name"), o.text("meaning")});
    });
    pack.objects("services", [&](ObjectReader& o) {
      Service service{o.text("id"), o.text("name"), "", o.text("meaning")};
      service.group = kServiceGroups[o.one_of("group", list(kServiceGroups))];
      content_.services.push_back(std::move(service));
    });
    pack.objects("terms", [&](ObjectReader& o) { read_term(o); });
    pack.objects("constraints", [&](ObjectReader& o) {
      content_.constraints.push_back({o.text("id"), o.text("always"), o.text("because")});
    });
    pack.objects("rules", [&](ObjectReader& o) { read_rule(o); });
    pack.objects("must_know", [&](ObjectReader& o) {
      const std::optional<Field> field = o.field("field");
      MustKnow entry{field.value_or(Field{}), o.optional("when") != nullptr ? o.text("when") : "true",
                     o.text("because")};
      if (field) content_.must_know.push_back(std::move(entry));
    });
    pack.elements(pack.required("monotone"), "monotone", [&](const Json& element, const std::string& pointer) {
      if (const auto field = field_at(element, pointer)) content_.monotone.push_back(*field);
    });
    pack.objects("properties", [&](ObjectReader& o) { read_property(o); });
    if (const Json* priors = pack.required("priors"); priors != nullptr)
      content_.priors = io::priors_of(*priors, "/priors", faults_);
    pack.objects("override_reasons", [&](ObjectReader& o) {
      content_.override_reasons.push_back({o.text("id"), o.text("text")});
    });
    return std::move(content_);
  }

  /// Where in the file each level stood, by intensity.
  [[nodiscard]] const std::vector<std::size_t>& level_places() const noexcept { return level_places_; }

 private:
  std::optional<Field> field_at(const Json& element, const std::string& pointer) {
    std::vector<std::string_view> names;
    for (const FieldSpec& f : fields()) names.push_back(f.name);
    const std::optional<std::size_t> found = io::read_name(element, pointer, names, faults_);
    return found ? std::optional<Field>(static_cast<Field>(*found)) : std::nullopt;
  }

  void read_about(const Json& tree) {
    ObjectReader about(tree, "/about", faults_);
    content_.about = {about.text("intended_use"), about.text("users"),   about.text("population"),
                      about.text("developer"),    about.text("funding"), about.text("released"),
                      about.texts("limits")};
    if (about.has("released") && !model::is_date(content_.about.released))
      about.fault("released", "expected a date such as 2026-01-31");
  }

  void read_level(ObjectReader& o) {
    CareLevel level;
    level.id = o.text("id");
    level.name = o.text("name");
    level.intensity = o.whole("intensity", 0, 1000);
    level.description = o.text("description");
    level.hours = o.text("hours");
    level.stay = o.text("stay");
    const auto text_if_given = [&](std::string_view key) { return o.has(key) ? o.text(key) : std::string(); };
    level.setting = text_if_given("setting");
    level.staffing = text_if_given("staffing");
    level.activities = text_if_given("activities");
    level.suits = text_if_given("suits");
    level.reassess_days = o.whole("reassess_days", 1, 366);
    level.round_the_clock = o.flag("round_the_clock");
    level.withdrawal_management = o.flag("withdrawal_management");
    level.resolves = read_projection(o, "resolves");
    level.improves = read_projection(o, "improves");
    for (const auto& [field, value] : level.improves)
      if (spec(field).worse == Worse::none)
        o.fault("improves", "`" + std::string(spec(field).name) + "` has no worse direction");
    o.objects("codes", [&](ObjectReader& code) {
      level.codes.push_back({code.text("system"), code.text("code"), code.text("meaning")});
    });
    if (o.has("sources")) level.sources = read_sources(o);
    content_.levels.push_back(std::move(level));
  }

  std::vector<std::pair<Field, int>> read_projection(ObjectReader& o, std::string_view key) {
    std::vector<std::pair<Field, int>> values;
    const Json* tree = o.required(key);
    if (tree == nullptr) return values;
    if (!tree->is_object()) {
      o.fault(key, "wrong type: expected an object of fields and values");
      return values;
    }
    const std::string pointer = o.pointer() + "/" + std::string(key);
    for (const auto& [name, value] : tree->items()) {
      const std::string place = io::pointer_to(pointer, name);
      const std::optional<Field> field = field_at(Json(name), place);
      if (!field) continue;
      if (value.is_structured() || value.is_null()) {
        faults_.push_back({place, "wrong type: expected one value of the field"});
        continue;
      }
      const ValueSet set = io::read_answer(spec(*field), value, place, faults_);
      if (!set.empty()) values.emplace_back(*field, set.lowest());
    }
    return values;
  }

  // Levels are numbered by intensity from here on. Runs before anything refers to them by number.
  void order_levels(ObjectReader& pack) {
    if (content_.levels.empty()) return pack.fault("levels", "expected at least one level");
    level_places_.resize(content_.levels.size());
    std::iota(level_places_.begin(), level_places_.end(), std::size_t{0});
    std::stable_sort(level_places_.begin(), level_places_.end(), [&](std::size_t a, std::size_t b) {
      return content_.levels[a].intensity < content_.levels[b].intensity;
    });
    std::vector<CareLevel> levels;
    for (const std::size_t place : level_places_) levels.push_back(std::move(content_.levels[place]));
    for (std::size_t i = 1; i < levels.size(); ++i)
      if (levels[i].intensity == levels[i - 1].intensity)
        pack.fault("levels", "levels `" + levels[i - 1].id + "` and `" + levels[i].id + "` have the same intensity");
    content_.levels = std::move(levels);
  }

  void read_move(ObjectReader& o) {
    const std::size_t before = faults_.size();
    Move move;
    move.kind = static_cast<Move::Kind>(o.one_of("kind", {"step_up", "step_down"}));
    move.from = o.one_of("from", ids_of(content_.levels));
    move.to = o.one_of("to", ids_of(content_.levels));
    if (faults_.size() == before) content_.moves.push_back(move);
  }

  std::vector<std::size_t> read_sources(ObjectReader& o) {
    std::vector<std::size_t> numbers;
    const Json* sources = o.required("sources");
    o.elements(sources, "sources", [&](const Json& element, const std::string& pointer) {
      if (const auto found = io::read_name(element, pointer, source_ids_, faults_)) numbers.push_back(*found);
    });
    if (sources != nullptr && sources->is_array() && sources->empty())
      o.fault("sources", "expected at least one source: a rule without a source does not exist");
    return numbers;
  }

  void read_term(ObjectReader& o) {
    Term term;
    term.id = o.text("id");
    term.meaning = o.text("meaning");
    if (o.has("of") || o.has("bands")) {
      term.of = o.field("of").value_or(Field{});
      o.objects("bands", [&](ObjectReader& band) {
        term.bands.push_back({band.text("name"), band.whole("from", 0, kUnknown - 1)});
      });
    } else {
      term.when = o.text("when");
    }
    term.sources = read_sources(o);
    content_.terms.push_back(std::move(term));
  }

  void read_rule(ObjectReader& o) {
    Rule rule;
    rule.id = o.text("id");
    rule.kind = static_cast<RuleKind>(o.one_of("kind", list(kRuleKinds)));
    rule.when = o.text("when");
    rule.because = o.text("because");
    rule.sources = read_sources(o);
    rule.strength = static_cast<Strength>(o.one_of("strength", list(kStrength)));
    rule.evidence = static_cast<Evidence>(o.one_of("evidence", list(kEvidence)));
    rule.dimension = o.one_of("dimension", ids_of(content_.dimensions));
    switch (rule.kind) {
      case RuleKind::require:
        rule.target = o.one_of("level", ids_of(content_.levels));
        break;
      case RuleKind::capability:
        rule.target = o.one_of("capability", ids_of(content_.capabilities));
        break;
      case RuleKind::offer:
      case RuleKind::avoid:
        rule.target = o.one_of("service", ids_of(content_.services));
        break;
      case RuleKind::alert:
        rule.urgency = static_cast<Urgency>(o.one_of("urgency", list(kUrgency)));
        rule.action = o.text("action");
        break;
      case RuleKind::continued_stay:
      case RuleKind::out_of_scope:
        break;
    }
    content_.rules.push_back(std::move(rule));
  }

  void read_property(ObjectReader& o) {
    Property property;
    property.id = o.text("id");
    property.says = o.text("says");
    const auto claims = std::count_if(kPropertyKinds.begin(), kPropertyKinds.end(), [&](auto k) { return o.has(k); });
    if (claims != 1) o.fault("", "expected exactly one of `implies`, `alone`, `independent`, `monotone`");
    for (std::size_t k = 0; k < kPropertyKinds.size(); ++k) {
      const Json* claim = o.optional(kPropertyKinds[k]);
      if (claim == nullptr) continue;
      property.kind = static_cast<Property::Kind>(k);
      ObjectReader inner(*claim, o.pointer() + "/" + std::string(kPropertyKinds[k]), faults_);
      if (property.kind == Property::Kind::implies || property.kind == Property::Kind::alone) {
        property.when = inner.text("when");
        property.then = inner.text(property.kind == Property::Kind::implies ? "then" : "never");
      } else {
        property.field = inner.field("field").value_or(Field{});
      }
      if (property.kind == Property::Kind::independent) read_scope(inner, property);
    }
    content_.properties.push_back(std::move(property));
  }

  void read_scope(ObjectReader& o, Property& property) {
    const Json* of = o.required("of");
    if (of != nullptr && of->is_array() && of->empty()) o.fault("of", "expected at least one name");
    o.elements(of, "of", [&](const Json& element, const std::string& pointer) {
      const auto name = io::read_name(element, pointer, {"level", "alerts", "offers", "capabilities"}, faults_);
      property.of_level |= name == std::size_t{0};
      property.of_alerts |= name == std::size_t{1};
      property.of_offers |= name == std::size_t{2};
      property.of_capabilities |= name == std::size_t{3};
    });
  }

  std::vector<Fault>& faults_;
  PackContent content_;
  std::vector<std::string_view> source_ids_;  // hundreds, and asked for by every rule
  std::vector<std::size_t> level_places_;
};

}  // namespace

Result<RulePack> read_pack(std::string_view json) {
  std::vector<Fault> faults;
  Result<Json> tree = io::parse_json(json, io::kMaxPackBytes, faults);
  if (!tree.has_value()) return tree.error();
  if (io::has_fraction(*tree)) faults.push_back({"", "a pack holds whole numbers only"});
  PackReader reader(faults);
  PackContent content = reader.read(*tree);
  return pack::check_pack_content(std::move(content), reader.level_places(), io::sha256(io::canonical(*tree)),
                                  std::move(faults));
}

RulePack default_pack() {
  Result<RulePack> pack = read_pack(default_pack_text());
  assert(pack.has_value());  // the build embeds a pack that CI has checked
  return std::move(pack).value();
}

std::string fields_digest() {
  Json all = Json::array();
  for (const FieldSpec& f : fields()) {
    Json values = Json::array();
    for (const FieldValue& value : f.values) values.push_back(std::string(value.name));
    all.push_back({{"name", std::string(f.name)},
                   {"kind", static_cast<int>(f.kind)},
                   {"high", f.high},
                   {"top_coded", f.top_coded},
                   {"unit", std::string(f.unit)},
                   {"worse", static_cast<int>(f.worse)},
                   {"modifiable", f.modifiable},
                   {"use", static_cast<int>(f.use)},
                   {"meaning", std::string(f.meaning)},
                   {"values", std::move(values)}});
  }
  return io::sha256(io::canonical(all));
}

}  // namespace placement
