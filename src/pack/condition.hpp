// Conditions: FEEL's spelling, our truth.
//
// The tree a condition is parsed into: comparisons of fields and terms become "the answer is one of these values", so
// that evaluation, boxes and explanations need no knowledge of operators. Scale terms disappear (a band is a range of
// the field they cut); flag terms stay as nodes, so that an explanation can name them. Properties may also speak about
// results (`level >= iop`, `alert x`, ...): those are atoms, never part of a rule.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "placement/assessment.hpp"
#include "placement/result.hpp"
#include "placement/rule_pack.hpp"
#include "placement/truth.hpp"

namespace placement::pack {

/// What a property may say about a result.
struct Atom {
  enum class Kind : std::uint8_t { level, alert, any_stop, offers, avoids, requires_capability };
  Kind kind = Kind::level;
  std::size_t target = 0;    ///< rule, service or capability number
  std::vector<bool> levels;  ///< Kind::level: for each level whether it satisfies the comparison
};

struct Node {
  enum class Kind : std::uint8_t {
    always,    ///< `true`
    never,     ///< `false`: only as a folded constant
    is_in,     ///< the answer to `field` is one of `values`
    term,      ///< flag term `index`
    negation,  ///< one child
    all_of,
    any_of,
    at_least,  ///< at least `count` of the children
    atom,      ///< properties only
  };
  Kind kind = Kind::always;
  Field field{};
  ValueSet values;
  std::size_t index = 0;
  std::size_t count = 0;
  Atom atom;
  std::vector<Node> children;
  std::string text;  ///< the part of the condition this node came from
};

/// A flag term's tree, or a scale term's field and the values of each of its bands.
struct ParsedTerm {
  Node when;
  std::vector<ValueSet> bands;
};

/// What names mean while a condition is parsed. `terms` are those already parsed; a name of a later one is an error
/// of the caller (terms are parsed in dependency order). With `results` the condition may contain atoms.
struct Vocabulary {
  const PackContent* content = nullptr;
  std::span<const ParsedTerm> terms;
  bool results = false;
};

/// Parses `text`. Fails with one fault whose message begins "line L, column C: "; `where` is left empty.
[[nodiscard]] Result<Node> parse_condition(std::string_view text, const Vocabulary& vocabulary);

/// Names of terms that occur in `text`, whether or not it parses: for the order in which terms are parsed.
[[nodiscard]] std::vector<std::size_t> terms_named_in(std::string_view text, const PackContent& content);

/// Kleene's truth; atoms are unknown.
[[nodiscard]] Truth evaluate(const Node& node, std::span<const ParsedTerm> terms, const Assessment& assessment);

/// Fields the condition reads, through terms too.
[[nodiscard]] FieldSet reads(const Node& node, std::span<const ParsedTerm> terms);

}  // namespace placement::pack
