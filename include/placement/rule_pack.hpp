// A rule pack: everything a clinician may argue with, read, checked and immutable.
//
//   placement::Result<placement::RulePack> pack = placement::read_pack(text);   // placement/io.hpp
//   if (pack.has_value()) std::cout << pack->content().title << ' ' << pack->digest() << '\n';
//
// docs/rule-pack.md says what each part means. A RulePack is a handle to shared immutable content: copies are cheap,
// and threads share it without locks. There is no other way to have one than to read it: reading is checking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/care_graph.hpp"

namespace placement {

/// How well a fact was verified, weakest first.
enum class Evidence : std::uint8_t { consensus_unverified, secondary, verified };
/// The grade the source itself gives.
enum class Strength : std::uint8_t { not_graded, weak, conditional, strong };

struct About {
  std::string intended_use, users, population, developer, funding, released;
  std::vector<std::string> limits;
};

struct Source {
  std::string id, statement, citation;
  Evidence verification = Evidence::consensus_unverified;
};

struct Dimension {
  std::string id, name;
};

struct Capability {
  std::string id, name, meaning;
};

struct Service {
  std::string id, name, group, meaning;
};

/// A fact derived from fields: a flag term has `when`; a scale term has `of` and bands.
struct Term {
  struct Band {
    std::string name;
    int from = 0;
  };
  std::string id, meaning;
  std::string when;         ///< flag terms; else empty
  std::optional<Field> of;  ///< scale terms
  std::vector<Band> bands;  ///< scale terms: ascending, the first from 0
  std::vector<std::size_t> sources;
};

struct Constraint {
  std::string id, always, because;
};

enum class RuleKind : std::uint8_t { require, continued_stay, capability, offer, avoid, alert, out_of_scope };
enum class Urgency : std::uint8_t { stop, urgent, notice };

struct Rule {
  std::string id;
  RuleKind kind = RuleKind::require;
  std::string when;  ///< the condition as written
  std::string because;
  std::string action;                 ///< alerts: what to do
  Urgency urgency = Urgency::notice;  ///< alerts
  std::size_t target = 0;             ///< number of the level, capability or service the rule speaks of, by kind
  std::size_t dimension = 0;
  Strength strength = Strength::not_graded;
  Evidence evidence = Evidence::consensus_unverified;
  std::vector<std::size_t> sources;
};

struct MustKnow {
  Field field{};
  std::string when, because;
};

/// A claim about the pack, proved or refuted by `check`.
struct Property {
  enum class Kind : std::uint8_t { implies, alone, independent, monotone };
  std::string id, says;
  Kind kind = Kind::implies;
  std::string when;  ///< implies, alone
  std::string then;  ///< implies: what follows; alone: what never holds
  Field field{};     ///< independent, monotone
  bool of_level = false, of_alerts = false, of_offers = false, of_capabilities = false;  ///< independent
};

/// Weights of a field's values; counts have bands.
struct Prior {
  struct Weight {
    int from = 0;
    int weight = 0;
  };
  Field field{};
  std::vector<Weight> weights;
};

struct OverrideReason {
  std::string id, text;
};

/// All parts of a pack as plain values. Levels are ordered by intensity; everything else as in the file.
struct PackContent {
  std::string id, version, title, license;
  About about;
  std::vector<Source> sources;
  std::vector<Dimension> dimensions;
  std::vector<CareLevel> levels;
  std::vector<Move> moves;
  std::vector<Capability> capabilities;
  std::vector<Service> services;
  std::vector<Term> terms;
  std::vector<Constraint> constraints;
  std::vector<Rule> rules;
  std::vector<MustKnow> must_know;
  std::vector<Field> monotone;
  std::vector<Property> properties;
  std::vector<Prior> priors;
  std::vector<OverrideReason> override_reasons;

  [[nodiscard]] std::optional<std::size_t> find_level(std::string_view level_id) const noexcept;
  [[nodiscard]] std::optional<std::size_t> find_rule(std::string_view rule_id) const noexcept;
  [[nodiscard]] std::optional<std::size_t> find_capability(std::string_view capability_id) const noexcept;
  [[nodiscard]] std::optional<std::size_t> find_service(std::string_view service_id) const noexcept;
};

namespace pack {
struct CheckedPack;
}

class RulePack {
 public:
  [[nodiscard]] const PackContent& content() const noexcept;
  [[nodiscard]] const CareGraph& graph() const noexcept;
  /// SHA-256 of the pack's RFC 8785 form, 64 hexadecimal digits.
  [[nodiscard]] const std::string& digest() const noexcept;
  /// For the library's own rooms: content with parsed conditions.
  [[nodiscard]] const pack::CheckedPack& checked() const noexcept { return *checked_; }
  explicit RulePack(std::shared_ptr<const pack::CheckedPack> checked) noexcept : checked_(std::move(checked)) {}

 private:
  std::shared_ptr<const pack::CheckedPack> checked_;
};

/// The words the files use.
[[nodiscard]] std::string_view to_string(Evidence) noexcept;
[[nodiscard]] std::string_view to_string(Strength) noexcept;
[[nodiscard]] std::string_view to_string(RuleKind) noexcept;
[[nodiscard]] std::string_view to_string(Urgency) noexcept;

}  // namespace placement
