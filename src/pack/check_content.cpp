// The checks of a pack that are not a matter of JSON. Every check adds to one list of faults, so that an author sees
// all of them at once; a check that would only repeat another's fault is left out.
#include <algorithm>
#include <array>
#include <string>

#include "pack/checked_pack.hpp"

namespace placement::pack {
namespace {

constexpr std::array<std::string_view, 32> kReservedWords{
    "and",  "or",    "not",       "between",  "in",       "at",       "of",    "least",
    "true", "false", "null",      "if",       "then",     "else",     "for",   "return",
    "some", "every", "satisfies", "instance", "function", "external", "level", "alert",
    "any",  "stop",  "offers",    "avoids",   "requires", "date",     "time",  "duration"};

constexpr const char* kIdExpected = "expected an id: a small letter, then small letters, digits or _, at most 40";

bool is_reserved(std::string_view word) {
  return std::find(kReservedWords.begin(), kReservedWords.end(), word) != kReservedWords.end();
}

bool is_id(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 40 && lower(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

class Checker {
 public:
  Checker(CheckedPack& pack, const std::vector<std::size_t>& level_places, std::vector<Fault>& faults)
      : pack_(pack), content_(pack.content), level_places_(level_places), faults_(faults) {}

  void run() {
    check_sizes();
    check_ids();
    check_terms();
    check_constraints();
    check_rules();
    check_must_know();
    check_monotone();
    check_properties();
  }

 private:
  void fault(std::string where, std::string message) { faults_.push_back({std::move(where), std::move(message)}); }

  // Sets of levels are 64 bits wide, and a rule becomes at least one box unless it never holds.
  void check_sizes() {
    if (content_.levels.size() > 64) fault("/levels", "more than 64 levels");
    if (content_.rules.size() > 4096) fault("/rules", "more than 4096 rules");
  }

  template <class List>
  void check_ids(const List& list, const std::string& name, const std::vector<std::size_t>& places = {}) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string where = name + "/" + std::to_string(places.empty() ? i : places[i]) + "/id";
      if (list[i].id.empty()) continue;  // the reader reported it
      if (!is_id(list[i].id)) fault(where, kIdExpected);
      for (std::size_t j = 0; j < i; ++j)
        if (list[j].id == list[i].id) {
          fault(where, "the id `" + list[i].id + "` stands twice");
          break;
        }
    }
  }

  void check_ids() {
    if (!content_.id.empty() && !is_id(content_.id)) fault("/id", kIdExpected);
    check_ids(content_.sources, "/sources");
    check_ids(content_.dimensions, "/dimensions");
    check_ids(content_.levels, "/levels", level_places_);
    check_ids(content_.capabilities, "/capabilities");
    check_ids(content_.services, "/services");
    check_ids(content_.terms, "/terms");
    check_ids(content_.constraints, "/constraints");
    check_ids(content_.rules, "/rules");
    check_ids(content_.properties, "/properties");
    check_ids(content_.override_reasons, "/override_reasons");
    for (std::size_t i = 0; i < content_.terms.size(); ++i)
      if (find_field(content_.terms[i].id) || is_reserved(content_.terms[i].id))
        fault("/terms/" + std::to_string(i) + "/id", "`" + content_.terms[i].id + "` already means something else");
  }

  // Parses a condition; a failed one leaves a node that reads nothing.
  Node parse(const std::string& text, const std::string& where, bool results = false) {
    if (text.empty()) return {};  // the reader reported it
    Result<Node> node = parse_condition(text, Vocabulary{&content_, pack_.terms, results});
    if (node.has_value()) return std::move(node).value();
    fault(where, node.error().message);
    return {};
  }

  void check_terms() {
    pack_.terms.resize(content_.terms.size());
    for (std::size_t i = 0; i < content_.terms.size(); ++i)
      if (content_.terms[i].of) cut_bands(i);
    std::vector<int> state(content_.terms.size(), 0);  // 0 not visited, 1 on the way, 2 parsed
    for (std::size_t i = 0; i < content_.terms.size(); ++i) parse_term(i, state);
  }

  void cut_bands(std::size_t i) {
    const Term& term = content_.terms[i];
    const std::string where = "/terms/" + std::to_string(i) + "/bands";
    const FieldSpec& field = spec(*term.of);
    if (field.kind != FieldKind::count)
      fault("/terms/" + std::to_string(i) + "/of", "only a count can be cut into bands");
    if (term.bands.size() < 2 || term.bands.front().from != 0)
      fault(where, "expected two bands or more, the first from 0");
    for (std::size_t b = 0; b < term.bands.size(); ++b) {
      const std::string place = where + "/" + std::to_string(b);
      const Term::Band& band = term.bands[b];
      if (!is_id(band.name) || is_reserved(band.name))
        fault(place + "/name", "expected a name that conditions can use");
      for (std::size_t c = 0; c < b; ++c)
        if (term.bands[c].name == band.name) fault(place + "/name", "the name `" + band.name + "` stands twice");
      if (band.from > field.high)
        fault(place + "/from", "above range: `" + std::string(field.name) + "` goes to " + std::to_string(field.high));
      if (b > 0 && band.from <= term.bands[b - 1].from) fault(place + "/from", "bands must rise");
      const int to = b + 1 < term.bands.size() ? term.bands[b + 1].from - 1 : field.high;
      pack_.terms[i].bands.push_back(ValueSet::range(std::min(band.from, field.high), std::min(to, field.high)));
    }
  }

  void parse_term(std::size_t i, std::vector<int>& state) {
    const Term& term = content_.terms[i];
    if (term.of || state[i] == 2) return;
    const std::string where = "/terms/" + std::to_string(i) + "/when";
    if (state[i] == 1) {
      is_cyclic_ = true;
      return fault(where, "the term `" + term.id + "` depends on itself");
    }
    state[i] = 1;
    for (const std::size_t used : terms_named_in(term.when, content_)) parse_term(used, state);
    pack_.terms[i].when = parse(term.when, where);
    state[i] = 2;
  }

  void no_feasibility(const Node& node, const std::string& where) {
    reads(node, pack_.terms).for_each([&](Field f) {
      if (spec(f).use == FieldUse::feasibility)
        fault(where,
              "`" + std::string(spec(f).name) + "` is a feasibility field: only offer and avoid rules may read it");
    });
  }

  void check_constraints() {
    for (std::size_t i = 0; i < content_.constraints.size(); ++i) {
      const std::string where = "/constraints/" + std::to_string(i) + "/always";
      pack_.constraints.push_back(parse(content_.constraints[i].always, where));
      if (!is_cyclic_) no_feasibility(pack_.constraints.back(), where);
    }
  }

  void check_rules() {
    for (std::size_t i = 0; i < content_.rules.size(); ++i) {
      const Rule& rule = content_.rules[i];
      const std::string where = "/rules/" + std::to_string(i);
      pack_.rules.push_back(parse(rule.when, where + "/when"));
      const bool is_offer = rule.kind == RuleKind::offer || rule.kind == RuleKind::avoid;
      if (is_cyclic_) continue;
      if (!is_offer) no_feasibility(pack_.rules.back(), where + "/when");
      pack_.rule_reads.push_back(reads(pack_.rules.back(), pack_.terms));
      if (rule.sources.empty()) continue;  // the reader reported it
      Evidence strongest = Evidence::consensus_unverified;
      for (const std::size_t s : rule.sources) strongest = std::max(strongest, content_.sources[s].verification);
      if (rule.evidence > strongest)
        fault(where + "/evidence",
              "claims more than its sources: the strongest is `" + std::string(to_string(strongest)) + "`");
    }
  }

  void check_must_know() {
    for (std::size_t i = 0; i < content_.must_know.size(); ++i) {
      const MustKnow& entry = content_.must_know[i];
      const std::string where = "/must_know/" + std::to_string(i);
      pack_.must_know.push_back(parse(entry.when, where + "/when"));
      if (!is_cyclic_) no_feasibility(pack_.must_know.back(), where + "/when");
      if (spec(entry.field).use == FieldUse::feasibility)
        fault(where + "/field", "a feasibility field never decides a level");
      for (std::size_t j = 0; j < i; ++j)
        if (content_.must_know[j].field == entry.field) fault(where + "/field", "the field stands twice");
    }
  }

  void check_monotone() {
    for (std::size_t i = 0; i < content_.monotone.size(); ++i) {
      const std::string where = "/monotone/" + std::to_string(i);
      const FieldSpec& field = spec(content_.monotone[i]);
      if (field.worse == Worse::none) fault(where, "`" + std::string(field.name) + "` has no worse direction");
      if (std::count(content_.monotone.begin(), content_.monotone.begin() + static_cast<std::ptrdiff_t>(i),
                     field.field) > 0)
        fault(where, "the field stands twice");
    }
  }

  void check_properties() {
    for (std::size_t i = 0; i < content_.properties.size(); ++i) {
      const Property& property = content_.properties[i];
      const std::string where = "/properties/" + std::to_string(i);
      ParsedProperty parsed;
      if (property.kind == Property::Kind::implies || property.kind == Property::Kind::alone) {
        const bool implies = property.kind == Property::Kind::implies;
        const std::string inside = where + (implies ? "/implies" : "/alone");
        parsed.when = parse(property.when, inside + "/when");
        parsed.then = parse(property.then, inside + (implies ? "/then" : "/never"), true);
      }
      if (property.kind == Property::Kind::monotone && spec(property.field).worse == Worse::none)
        fault(where + "/monotone/field", "`" + std::string(spec(property.field).name) + "` has no worse direction");
      pack_.properties.push_back(std::move(parsed));
    }
  }

  CheckedPack& pack_;
  PackContent& content_;
  const std::vector<std::size_t>& level_places_;
  std::vector<Fault>& faults_;
  bool is_cyclic_ = false;  // conditions whose terms lead round in circles cannot be walked
};

}  // namespace

Result<RulePack> check_pack_content(PackContent content, const std::vector<std::size_t>& level_places,
                                    std::string digest, std::vector<Fault> faults) {
  auto checked = std::make_shared<CheckedPack>();
  checked->content = std::move(content);
  checked->digest = std::move(digest);
  checked->level_places = level_places;
  Checker(*checked, level_places, faults).run();
  // A graph is only worth checking once its levels and moves are what they were meant to be.
  const bool is_left_out = checked->content.moves.empty() && !faults.empty();
  const bool has_graph = !is_left_out && std::none_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.where.rfind("/moves", 0) == 0 || fault.where.rfind("/levels", 0) == 0;
  });
  if (has_graph && !checked->content.levels.empty()) {
    std::vector<std::string> ids;
    for (const CareLevel& level : checked->content.levels) ids.push_back(level.id);
    Result<CareGraph> graph = CareGraph::make(ids.size(), checked->content.moves, ids);
    if (graph.has_value())
      checked->graph = std::move(graph).value();
    else
      faults.insert(faults.end(), graph.error().faults.begin(), graph.error().faults.end());
  }
  if (!faults.empty()) return Error::of(ErrorCode::bad_pack, std::move(faults));
  return RulePack(std::move(checked));
}

}  // namespace placement::pack
