// Writes the built-in pack as the C++ a careful programmer would write by hand: one `if` a rule, terms as local flags,
// with the trace of held rules. It is the yardstick of bench_recommend_one, generated so that it never lags behind.
#include <iostream>

#include "pack/checked_pack.hpp"
#include "placement/io.hpp"

namespace {

using placement::pack::Node;

std::string condition(const Node& node, const placement::PackContent& content) {
  const auto joined = [&](const char* op, const char* none) {
    std::string text;
    for (const Node& child : node.children) text += (text.empty() ? "" : op) + condition(child, content);
    return text.empty() ? std::string(none) : "(" + text + ")";
  };
  switch (node.kind) {
    case Node::Kind::always:
      return "true";
    case Node::Kind::term:
      return "term_" + content.terms[node.index].id;
    case Node::Kind::negation:
      return "!" + condition(node.children.front(), content);
    case Node::Kind::all_of:
      return joined(" && ", "true");
    case Node::Kind::any_of:
      return joined(" || ", "false");
    case Node::Kind::at_least: {
      std::string sum;
      for (const Node& child : node.children)
        sum += (sum.empty() ? "int(" : " + int(") + condition(child, content) + ")";
      return "(" + sum + " >= " + std::to_string(node.count) + ")";
    }
    case Node::Kind::is_in: {
      const std::string name = "a." + std::string(placement::spec(node.field).name);
      if (node.values.is_contiguous() && node.values.count() > 1) {
        const int low = node.values.lowest(), high = node.values.highest();
        std::string text;
        if (low > 0) text = name + " >= " + std::to_string(low);
        if (high < placement::spec(node.field).high)
          text += (text.empty() ? "" : " && ") + name + " <= " + std::to_string(high);
        return "(" + (text.empty() ? std::string("true") : text) + ")";
      }
      std::string text;
      for (int v = 0; v < placement::spec(node.field).size(); ++v)
        if (node.values.contains(v)) text += (text.empty() ? "" : " || ") + name + " == " + std::to_string(v);
      return "(" + (text.empty() ? std::string("false") : text) + ")";
    }
    default:
      return "false";
  }
}

}  // namespace

int main() {
  const placement::RulePack pack = placement::default_pack();
  const placement::pack::CheckedPack& checked = pack.checked();
  const placement::PackContent& content = pack.content();
  std::cout << "// Generated from the built-in pack by bench/generate_if_else.cpp.\n"
               "#include <cstdint>\n#include \"placement/engine.hpp\"\n"
               "placement::Score score_by_if_else(const placement::KnownAnswers& a, std::uint64_t* held);\n"
               "placement::Score score_by_if_else(const placement::KnownAnswers& a, std::uint64_t* held) {\n"
               "  placement::Score score;\n";
  // Terms in an order in which each uses only earlier ones: as often as needed, since there are few.
  std::vector<bool> written(content.terms.size(), false);
  for (std::size_t round = 0; round < content.terms.size(); ++round)
    for (std::size_t t = 0; t < content.terms.size(); ++t) {
      if (written[t] || content.terms[t].of) continue;
      bool is_ready = true;
      for (const std::size_t used : placement::pack::terms_named_in(content.terms[t].when, content))
        is_ready = is_ready && (written[used] || content.terms[used].of);
      if (!is_ready) continue;
      written[t] = true;
      std::cout << "  [[maybe_unused]] const bool term_" << content.terms[t].id << " = "
                << condition(checked.terms[t].when, content) << ";\n";
    }
  for (const Node& constraint : checked.constraints)
    std::cout << "  if (!" << condition(constraint, content) << ") score.consistent = false;\n";
  for (std::size_t r = 0; r < content.rules.size(); ++r) {
    const placement::Rule& rule = content.rules[r];
    if (rule.kind == placement::RuleKind::continued_stay) continue;
    std::cout << "  if (" << condition(checked.rules[r], content) << ") {\n    held[" << r / 64
              << "] |= std::uint64_t{1} << " << r % 64 << ";\n";
    if (rule.kind == placement::RuleKind::require)
      std::cout << "    if (score.level < " << rule.target << ") score.level = " << rule.target << ";\n";
    if (rule.kind == placement::RuleKind::out_of_scope) std::cout << "    score.in_scope = false;\n";
    if (rule.kind == placement::RuleKind::alert && rule.urgency == placement::Urgency::stop)
      std::cout << "    score.stop = true;\n";
    std::cout << "  }\n";
  }
  std::cout << "  return score;\n}\n";
}
