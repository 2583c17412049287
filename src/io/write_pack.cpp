// What a pack contains, for people: title, about, levels, moves, rules with their conditions in words, services,
// properties. As JSON it is the pack itself again, made from its content: reading it gives the same pack.
#include <array>
#include <string_view>

#include "io/describe.hpp"
#include "io/describe_result.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_pack_json.hpp"
#include "pack/checked_pack.hpp"
#include "placement/io.hpp"

namespace placement {
namespace {

constexpr std::size_t kPackColumns = 100;
constexpr std::array<std::pair<RuleKind, std::string_view>, 7> kKindTitles{{
    {RuleKind::require, "Least level acceptable"},
    {RuleKind::continued_stay, "Stay at the current level"},
    {RuleKind::capability, "What the programme must be able to do"},
    {RuleKind::offer, "Offers"},
    {RuleKind::avoid, "To avoid"},
    {RuleKind::alert, "Alerts"},
    {RuleKind::out_of_scope, "Out of scope"},
}};

/// The two looks of the same listing.
class Listing {
 public:
  explicit Listing(bool is_markdown) : is_markdown_(is_markdown) {}

  void title(std::string_view text) { heading("# ", io::clean(text)); }
  void section(std::string_view text) { heading("## ", is_markdown_ ? std::string(text) : io::upper_case(text)); }
  /// An entry: a name (an id where `is_id`) and what is said of it.
  void entry(std::string_view name, std::string_view text, bool is_id = true) {
    const std::string said = io::clean(text);
    if (is_markdown_) {
      text_.append("- ").append(is_id ? "`" : "**").append(is_id ? name : io::markdown_escaped(name));
      text_.append(is_id ? "`" : "**").append(said.empty() ? "" : ": ").append(io::markdown_escaped(said)).append("\n");
    } else {
      add_wrapped("  ", "      ", std::string(name) + (said.empty() ? "" : ": ") + said);
    }
  }
  void detail(std::string_view text) {
    if (is_markdown_)
      text_.append("  - ").append(io::markdown_escaped(io::clean(text))).append("\n");
    else
      add_wrapped("      ", "        ", io::clean(text));
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void heading(std::string_view marks, std::string_view text) {
    if (!text_.empty()) text_ += "\n";
    text_.append(is_markdown_ ? marks : "").append(is_markdown_ ? io::markdown_escaped(text) : std::string(text));
    text_.append(is_markdown_ ? "\n\n" : "\n");
  }
  void add_wrapped(std::string_view first, std::string_view rest, std::string_view text) {
    std::string_view indent = first;
    for (const std::string& line : io::wrapped(text, kPackColumns - rest.size())) {
      text_.append(indent).append(line).append("\n");
      indent = rest;
    }
  }

  bool is_markdown_;
  std::string text_;
};

void list_about(Listing& out, const RulePack& pack) {
  const PackContent& c = pack.content();
  out.title(c.title);
  out.entry("pack", c.id + " " + c.version + ", " + c.license, false);
  out.entry("digest", pack.digest(), false);
  out.entry("intended use", c.about.intended_use, false);
  out.entry("users", c.about.users, false);
  out.entry("population", c.about.population, false);
  out.entry("developer", c.about.developer, false);
  out.entry("funding", c.about.funding, false);
  out.entry("released", c.about.released, false);
  for (const std::string& limit : c.about.limits) out.entry("known limit", limit, false);
  out.section("Contents");
  for (const auto& [kind, title] : kKindTitles) {
    std::size_t count = 0;
    for (const Rule& rule : c.rules) count += rule.kind == kind ? 1U : 0U;
    out.entry(to_string(kind), io::counted(count, "rule"), false);
  }
  out.entry("beside them",
            io::counted(c.terms.size(), "term") + ", " + io::counted(c.constraints.size(), "constraint") + ", " +
                io::counted(c.must_know.size(), "must-know field") + ", " + io::counted(c.sources.size(), "source") +
                ", " + std::to_string(c.properties.size()) + (c.properties.size() == 1 ? " property" : " properties"),
            false);
}

void list_levels(Listing& out, const PackContent& c) {
  out.section("Levels, the most intensive last");
  for (const CareLevel& level : c.levels) {
    out.entry(level.id, level.name);
    out.detail(level.description);
    for (const std::string& line : io::level_lines(level)) out.detail(line);
    out.detail("hours: " + level.hours + "; stay: " + level.stay + "; assess again within " +
               io::counted(static_cast<std::size_t>(level.reassess_days), "day"));
    for (const auto* changes : {&level.resolves, &level.improves}) {
      std::vector<std::string> parts;
      for (const auto& [field, value] : *changes) parts.push_back(io::describe_fact(field, ValueSet::of(value)));
      if (!parts.empty())
        out.detail((changes == &level.resolves ? "afterwards: " : "afterwards at least as good as: ") +
                   io::joined_up_to(parts, parts.size(), "; "));
    }
    std::vector<std::string> codes;
    for (const LevelCode& code : level.codes)
      codes.push_back(code.system + " " + code.code + " (" + code.meaning + ")");
    if (!codes.empty()) out.detail("codes: " + io::joined_up_to(codes, codes.size()));
    std::vector<std::string> sources;
    for (const std::size_t s : level.sources) sources.push_back(c.sources[s].id);
    if (!sources.empty()) out.detail("sources: " + io::joined_up_to(sources, sources.size()));
  }
  out.section("Moves");
  for (const Move& move : c.moves)
    out.entry(move.kind == Move::Kind::step_up ? "step up" : "step down",
              c.levels[move.from].id + " to " + c.levels[move.to].id, false);
}

void list_words(Listing& out, const pack::CheckedPack& pack) {
  const PackContent& c = pack.content;
  out.section("Capabilities");
  for (const Capability& capability : c.capabilities)
    out.entry(capability.id, capability.name + ". " + capability.meaning);
  out.section("Services");
  for (const Service& service : c.services)
    out.entry(service.id, service.name + " (" + io::words_of(service.group) + "). " + service.meaning);
  out.section("Terms");
  for (std::size_t i = 0; i < c.terms.size(); ++i) {
    const Term& term = c.terms[i];
    out.entry(term.id, term.meaning);
    if (!term.of) {
      out.detail("when: " + io::describe_condition(pack.terms[i].when, pack));
      continue;
    }
    std::vector<std::string> bands;
    for (std::size_t b = 0; b < term.bands.size(); ++b)
      bands.push_back(io::words_of(term.bands[b].name) + ": " + io::describe_answer(*term.of, pack.terms[i].bands[b]));
    out.detail(io::field_label(*term.of) + ": " + io::joined_up_to(bands, bands.size(), "; "));
  }
}

void list_rules(Listing& out, const pack::CheckedPack& pack) {
  const PackContent& c = pack.content;
  for (const auto& [kind, title] : kKindTitles) {
    bool is_first = true;
    for (std::size_t i = 0; i < c.rules.size(); ++i) {
      const Rule& rule = c.rules[i];
      if (rule.kind != kind) continue;
      if (is_first) out.section(title);
      is_first = false;
      out.entry(rule.id, io::rule_says(c, rule));
      out.detail("when: " + io::describe_condition(pack.rules[i], pack));
      out.detail("because: " + rule.because);
      if (!rule.action.empty()) out.detail("do: " + rule.action);
      std::vector<std::string> sources;
      for (const std::size_t s : rule.sources) sources.push_back(c.sources[s].id);
      out.detail("sources: " + io::joined_up_to(sources, sources.size()) + " (" +
                 io::words_of(to_string(rule.evidence)) + ", strength " + io::words_of(to_string(rule.strength)) + ")");
    }
  }
}

void list_claims(Listing& out, const pack::CheckedPack& pack) {
  const PackContent& c = pack.content;
  out.section("True of every consistent assessment");
  for (std::size_t i = 0; i < c.constraints.size(); ++i) {
    out.entry(c.constraints[i].id, c.constraints[i].because);
    out.detail("always: " + io::describe_condition(pack.constraints[i], pack));
  }
  out.section("Must be known");
  for (std::size_t i = 0; i < c.must_know.size(); ++i) {
    out.entry(io::field_label(c.must_know[i].field), c.must_know[i].because, false);
    out.detail("when: " + io::describe_condition(pack.must_know[i], pack));
  }
  out.section("Properties");
  for (const Property& property : c.properties) out.entry(property.id, property.says);
  std::vector<std::string> monotone;
  for (const Field field : c.monotone) monotone.push_back(io::field_label(field));
  if (!monotone.empty()) out.entry("worse is never placed lower", io::joined(monotone), false);
  out.section("Reasons for an override");
  for (const OverrideReason& reason : c.override_reasons) out.entry(reason.id, reason.text);
  out.section("Sources");
  for (const Source& source : c.sources)
    out.entry(source.id, source.citation + " (" + io::words_of(to_string(source.verification)) + ")");
}

}  // namespace

std::string write_pack(const RulePack& pack, Format format) {
  if (format == Format::json) return io::write_pack_json(pack.content());
  Listing out(format == Format::markdown);
  list_about(out, pack);
  list_levels(out, pack.content());
  list_words(out, pack.checked());
  list_rules(out, pack.checked());
  list_claims(out, pack.checked());
  return out.take();
}

}  // namespace placement
