// Lexer and parser of conditions, and Kleene's evaluation of the tree. Recursive descent; nesting is limited, so no
// input can exhaust the stack. The grammar is on docs/rule-pack.md.
#include "pack/condition.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "model/nearest_name.hpp"

namespace placement::pack {
namespace {

constexpr int kMaxNesting = 64;
constexpr std::array<std::string_view, 10> kKeywords{"and", "or", "not",   "between", "in",
                                                     "at",  "of", "least", "true",    "false"};
constexpr std::array<std::string_view, 6> kResultKeywords{"level", "alert", "any", "offers", "avoids", "requires"};

struct Token {
  enum class Kind : std::uint8_t { word, number, symbol, end, broken };
  Kind kind = Kind::end;
  std::string_view text;
  std::size_t begin = 0;
};

bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    const std::size_t begin = i;
    auto kind = Token::Kind::symbol;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
      continue;
    }
    if (is_word_start(c)) {
      while (i < text.size() && (is_word_start(text[i]) || is_digit(text[i]))) ++i;
      kind = Token::Kind::word;
    } else if (is_digit(c) || (c == '-' && i + 1 < text.size() && is_digit(text[i + 1]))) {
      ++i;
      while (i < text.size() && (is_digit(text[i]) || text[i] == '.')) ++i;
      kind = Token::Kind::number;
    } else if (text.substr(i, 2) == "!=" || text.substr(i, 2) == "<=" || text.substr(i, 2) == ">=") {
      i += 2;
    } else {
      ++i;
      if (std::string_view("=<>(),").find(c) == std::string_view::npos) kind = Token::Kind::broken;
    }
    tokens.push_back({kind, text.substr(begin, i - begin), begin});
  }
  tokens.push_back({Token::Kind::end, {}, text.size()});
  return tokens;
}

// What stands on the named side of a comparison: a field, a scale term over a field, a flag term, or the level.
struct Subject {
  enum class Kind : std::uint8_t { field, scale_term, flag_term, level };
  Kind kind = Kind::field;
  Field field{};
  std::size_t term = 0;
};

class Parser {
 public:
  Parser(std::string_view text, const Vocabulary& vocabulary)
      : text_(text), tokens_(tokens_of(text)), vocabulary_(vocabulary), content_(*vocabulary.content) {}

  Result<Node> parse() {
    Node node = disjunction();
    if (!fault_ && peek().kind != Token::Kind::end) fail(peek(), "expected `and`, `or` or the end of the condition");
    if (fault_) return Error::of(ErrorCode::bad_pack, {*fault_});
    return node;
  }

 private:
  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  Token take() { return tokens_[peek().kind == Token::Kind::end ? at_ : at_++]; }
  [[nodiscard]] bool is(std::string_view text) const { return peek().kind != Token::Kind::end && peek().text == text; }
  bool accept(std::string_view text) { return is(text) && (take(), true); }

  // The first fault stands; parsing unwinds without consuming more. Condition texts are pack data, not answers, yet a
  // word is only echoed where it looks like an id.
  Node fail(const Token& token, const std::string& message) {
    if (fault_) return {};
    const std::string_view before = text_.substr(0, token.begin);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    fault_ = Fault{"", "line " + std::to_string(line) + ", column " + std::to_string(token.begin - line_start + 1) +
                           ": " + message};
    at_ = tokens_.size() - 1;
    return {};
  }

  Node expect(std::string_view text) {
    if (!accept(text)) return fail(peek(), "expected `" + std::string(text) + "`");
    return {};
  }

  // Text from `begin` to the last token taken.
  void mark(Node& node, std::size_t begin) const {
    const Token& last = tokens_[at_ == 0 ? 0 : at_ - 1];
    const std::size_t end = std::max(begin, last.begin + last.text.size());
    node.text = std::string(text_.substr(begin, end - begin));
  }

  Node series(std::string_view word, Node::Kind kind, Node (Parser::*part)()) {
    const std::size_t begin = peek().begin;
    Node first = (this->*part)();
    if (!is(word)) return first;
    Node node;
    node.kind = kind;
    node.children.push_back(std::move(first));
    while (!fault_ && accept(word)) node.children.push_back((this->*part)());
    mark(node, begin);
    return node;
  }

  Node disjunction() { return series("or", Node::Kind::any_of, &Parser::conjunction); }
  Node conjunction() { return series("and", Node::Kind::all_of, &Parser::unary); }

  Node unary() {
    if (++nesting_ > kMaxNesting) return fail(peek(), "nested too deeply (limit " + std::to_string(kMaxNesting) + ")");
    const std::size_t begin = peek().begin;
    Node node;
    if (accept("not")) {
      expect("(");
      node.kind = Node::Kind::negation;
      node.children.push_back(disjunction());
      expect(")");
    } else if (accept("(")) {
      node = disjunction();
      expect(")");
    } else if (accept("at")) {
      node = at_least();
    } else if (is("true") && !is_operator(tokens_[at_ + 1])) {
      take();
      node.kind = Node::Kind::always;
    } else if (vocabulary_.results && starts_atom()) {
      node = atom();
    } else {
      node = comparison();
    }
    mark(node, begin);
    --nesting_;
    return node;
  }

  Node at_least() {
    expect("least");
    const Token number = take();
    const std::optional<int> count = whole(number);
    if (!count) return fail(number, "expected a whole number");
    expect("of");
    expect("(");
    Node node;
    node.kind = Node::Kind::at_least;
    do node.children.push_back(disjunction());
    while (!fault_ && accept(","));
    expect(")");
    if (!fault_ && (*count < 1 || static_cast<std::size_t>(*count) > node.children.size()))
      return fail(number, "expected a number from 1 to " + std::to_string(node.children.size()) +
                              ", as many as there are conditions");
    node.count = static_cast<std::size_t>(*count);
    return node;
  }

  [[nodiscard]] bool starts_atom() const {
    return peek().text != "level" &&
           std::find(kResultKeywords.begin(), kResultKeywords.end(), peek().text) != kResultKeywords.end();
  }

  template <class List>
  std::size_t id_in(const List& list, std::string_view what) {
    const Token token = take();
    std::vector<std::string_view> known;
    for (const auto& item : list) known.emplace_back(item.id);
    const auto found = std::find(known.begin(), known.end(), token.text);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    fail(token, "unknown " + std::string(what) + " " + model::quoted_if_harmless(token.text) +
                    model::did_you_mean(token.text, known));
    return 0;
  }

  Node atom() {
    Node node;
    node.kind = Node::Kind::atom;
    const Token word = take();
    if (word.text == "any") {
      expect("stop");
      node.atom.kind = Atom::Kind::any_stop;
    } else if (word.text == "alert") {
      node.atom.kind = Atom::Kind::alert;
      const Token name = peek();
      node.atom.target = id_in(content_.rules, "alert");
      if (!fault_ && content_.rules[node.atom.target].kind != RuleKind::alert)
        return fail(name, "rule `" + std::string(name.text) + "` is not an alert");
    } else if (word.text == "requires") {
      node.atom.kind = Atom::Kind::requires_capability;
      node.atom.target = id_in(content_.capabilities, "capability");
    } else {
      node.atom.kind = word.text == "offers" ? Atom::Kind::offers : Atom::Kind::avoids;
      node.atom.target = id_in(content_.services, "service");
    }
    return node;
  }

  Node comparison() {
    const Token first = take();
    if (const std::optional<Subject> left = subject(first)) {
      if (accept("between")) {
        const Token low = take();
        expect("and");
        const Token high = take();
        return between(*left, low, high);
      }
      if (accept("in")) return one_of(*left, first);
      if (is_operator()) {
        const std::string_view op = take().text;
        return compare(*left, op, take());
      }
      return standing_alone(*left, first);
    }
    if (first.kind == Token::Kind::end) return fail(first, "expected a condition");
    if (first.kind == Token::Kind::broken || first.kind == Token::Kind::symbol)
      return fail(first, "this character has no place here");
    if (!is_operator()) return unknown_name(first);
    static constexpr std::array<std::array<std::string_view, 2>, 6> kMirrored{
        {{"=", "="}, {"!=", "!="}, {"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}}};
    const std::string_view op = take().text;
    const Token second = take();
    const std::optional<Subject> right = subject(second);
    if (!right) return unknown_name(first.kind == Token::Kind::word ? first : second);
    const auto* mirrored = std::find_if(kMirrored.begin(), kMirrored.end(), [&](const auto& m) { return m[0] == op; });
    return compare(*right, (*mirrored)[1], first);
  }

  Node unknown_name(const Token& token) {
    std::vector<std::string_view> known;
    for (const FieldSpec& f : fields()) known.push_back(f.name);
    for (const Term& term : content_.terms) known.emplace_back(term.id);
    if (std::find(kKeywords.begin(), kKeywords.end(), token.text) != kKeywords.end())
      return fail(token, "expected a condition before `" + std::string(token.text) + "`");
    const std::string quoted = model::quoted_if_harmless(token.text);
    return fail(token, "unknown name" + (quoted.empty() ? "" : " " + quoted) + "; expected a field or a term" +
                           model::did_you_mean(token.text, known));
  }

  std::optional<Subject> subject(const Token& token) const {
    if (token.kind != Token::Kind::word) return std::nullopt;
    if (const std::optional<Field> field = find_field(token.text)) return Subject{Subject::Kind::field, *field, 0};
    for (std::size_t i = 0; i < vocabulary_.terms.size(); ++i) {
      const Term& term = content_.terms[i];
      if (term.id != token.text) continue;
      return term.of ? Subject{Subject::Kind::scale_term, *term.of, i} : Subject{Subject::Kind::flag_term, {}, i};
    }
    if (vocabulary_.results && token.text == "level") return Subject{Subject::Kind::level, {}, 0};
    return std::nullopt;
  }

  [[nodiscard]] bool is_operator() const { return is_operator(peek()); }
  [[nodiscard]] static bool is_operator(const Token& token) {
    static constexpr std::array<std::string_view, 6> kOperators{"=", "!=", "<", "<=", ">", ">="};
    return std::find(kOperators.begin(), kOperators.end(), token.text) != kOperators.end();
  }

  static std::optional<int> whole(const Token& token) {
    if (token.kind != Token::Kind::number || token.text.size() > 6) return std::nullopt;
    if (token.text.find('.') != std::string_view::npos) return std::nullopt;
    return std::stoi(std::string(token.text));
  }

  // Values a subject can take, as (name, place) where they have names.
  [[nodiscard]] std::vector<std::string_view> value_names(const Subject& subject) const {
    std::vector<std::string_view> names;
    if (subject.kind == Subject::Kind::level)
      for (const CareLevel& level : content_.levels) names.emplace_back(level.id);
    else if (subject.kind == Subject::Kind::scale_term)
      for (const Term::Band& band : content_.terms[subject.term].bands) names.emplace_back(band.name);
    else if (subject.kind == Subject::Kind::field && spec(subject.field).kind != FieldKind::flag)
      for (const FieldValue& value : spec(subject.field).values) names.push_back(value.name);
    else
      names = {"false", "true"};
    return names;
  }

  [[nodiscard]] bool is_count(const Subject& s) const {
    return s.kind == Subject::Kind::field && spec(s.field).kind == FieldKind::count;
  }
  [[nodiscard]] bool is_ordered(const Subject& s) const {
    return s.kind == Subject::Kind::level || s.kind == Subject::Kind::scale_term ||
           (s.kind == Subject::Kind::field && spec(s.field).is_ordered());
  }

  // The place of a constant among the subject's values (a count's number is its own place).
  int constant(const Subject& s, const Token& token) {
    if (is_count(s)) {
      const FieldSpec& f = spec(s.field);
      const std::optional<int> number = whole(token);
      if (!number) return (fail(token, "expected a whole number for `" + std::string(f.name) + "`"), 0);
      if (*number < 0 || *number > f.high)
        fail(token, std::string(*number < 0 ? "below" : "above") + " range: `" + std::string(f.name) +
                        "` goes from 0 to " + std::to_string(f.high));
      return *number;
    }
    const std::vector<std::string_view> names = value_names(s);
    const auto found = std::find(names.begin(), names.end(), token.text);
    if (found != names.end()) return static_cast<int>(found - names.begin());
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    fail(token, "expected one of " + list + model::did_you_mean(token.text, names));
    return 0;
  }

  // How many values a subject has (counts: high + 1).
  [[nodiscard]] int size(const Subject& s) const {
    return is_count(s) ? spec(s.field).size() : static_cast<int>(value_names(s).size());
  }

  // "The subject's place is one of `places`" as a node.
  Node node_for(const Subject& s, const ValueSet& places) const {
    Node node;
    switch (s.kind) {
      case Subject::Kind::field:
        node.kind = Node::Kind::is_in;
        node.field = s.field;
        node.values = places;
        break;
      case Subject::Kind::scale_term:
        node.kind = Node::Kind::is_in;
        node.field = s.field;
        for (std::size_t band = 0; band < vocabulary_.terms[s.term].bands.size(); ++band)
          if (places.contains(static_cast<int>(band)))
            node.values = node.values | vocabulary_.terms[s.term].bands[band];
        break;
      case Subject::Kind::flag_term: {
        Node term;
        term.kind = Node::Kind::term;
        term.index = s.term;
        term.text = content_.terms[s.term].id;
        if (places == ValueSet::of(1)) return term;
        node.kind = places.empty() ? Node::Kind::never : Node::Kind::always;
        if (places == ValueSet::of(0)) {
          node.kind = Node::Kind::negation;
          node.children.push_back(std::move(term));
        }
        break;
      }
      case Subject::Kind::level:
        node.kind = Node::Kind::atom;
        for (std::size_t level = 0; level < content_.levels.size(); ++level)
          node.atom.levels.push_back(places.contains(static_cast<int>(level)));
        break;
    }
    return node;
  }

  Node standing_alone(const Subject& s, const Token& token) {
    const bool is_flag =
        s.kind == Subject::Kind::flag_term || (s.kind == Subject::Kind::field && spec(s.field).kind == FieldKind::flag);
    if (!is_flag)
      return fail(peek(), "`" + std::string(token.text) + "` is not a flag: expected a comparison after it");
    return node_for(s, ValueSet::of(1));
  }

  Node between(const Subject& s, const Token& low, const Token& high) {
    const int from = constant(s, low);
    const int to = fault_ ? 0 : constant(s, high);
    if (!fault_ && !is_ordered(s)) return fail(low, "only counts and scales have an order");
    if (!fault_ && from > to) return fail(low, "the range is empty: its lower end is above its upper end");
    return fault_ ? Node{} : node_for(s, ValueSet::range(from, to));
  }

  Node one_of(const Subject& s, const Token& name) {
    expect("(");
    ValueSet places;
    do {
      const int place = constant(s, take());
      if (!fault_) places.insert(place);
    } while (!fault_ && accept(","));
    expect(")");
    if (!fault_ && is_count(s) && places.empty()) return fail(name, "expected at least one value");
    return fault_ ? Node{} : node_for(s, places);
  }

  Node compare(const Subject& s, std::string_view op, const Token& token) {
    const int place = constant(s, token);
    if (fault_) return {};
    if (op != "=" && op != "!=" && !is_ordered(s)) return fail(token, "only counts and scales have an order");
    ValueSet places;
    for (int v = 0; v < size(s); ++v) {
      const bool in = op == "="    ? v == place
                      : op == "!=" ? v != place
                      : op == "<"  ? v < place
                      : op == "<=" ? v <= place
                      : op == ">"  ? v > place
                                   : v >= place;
      if (in) places.insert(v);
    }
    return node_for(s, places);
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  const Vocabulary& vocabulary_;
  const PackContent& content_;
  std::optional<Fault> fault_;
};

}  // namespace

Result<Node> parse_condition(std::string_view text, const Vocabulary& vocabulary) {
  return Parser(text, vocabulary).parse();
}

std::vector<std::size_t> terms_named_in(std::string_view text, const PackContent& content) {
  std::vector<std::size_t> named;
  for (const Token& token : tokens_of(text))
    for (std::size_t i = 0; i < content.terms.size(); ++i)
      if (token.kind == Token::Kind::word && token.text == content.terms[i].id) named.push_back(i);
  return named;
}

Truth evaluate(const Node& node, std::span<const ParsedTerm> terms, const Assessment& assessment) {
  switch (node.kind) {
    case Node::Kind::always:
      return Truth::yes;
    case Node::Kind::never:
      return Truth::no;
    case Node::Kind::atom:
      return Truth::unknown;
    case Node::Kind::term:
      return evaluate(terms[node.index].when, terms, assessment);
    case Node::Kind::negation:
      return !evaluate(node.children.front(), terms, assessment);
    case Node::Kind::is_in: {
      const ValueSet answer = assessment.answer(node.field);
      if (answer.is_subset_of(node.values)) return Truth::yes;
      return (answer & node.values).empty() ? Truth::no : Truth::unknown;
    }
    case Node::Kind::all_of:
    case Node::Kind::any_of: {
      const bool all = node.kind == Node::Kind::all_of;
      Truth truth = all ? Truth::yes : Truth::no;
      for (const Node& child : node.children) {
        const Truth t = evaluate(child, terms, assessment);
        truth = all ? truth && t : truth || t;
      }
      return truth;
    }
    case Node::Kind::at_least: {
      std::size_t yes = 0, open = 0;
      for (const Node& child : node.children) {
        const Truth t = evaluate(child, terms, assessment);
        yes += t == Truth::yes ? 1 : 0;
        open += t == Truth::unknown ? 1 : 0;
      }
      if (yes >= node.count) return Truth::yes;
      return yes + open < node.count ? Truth::no : Truth::unknown;
    }
  }
  return Truth::unknown;
}

FieldSet reads(const Node& node, std::span<const ParsedTerm> terms) {
  FieldSet set;
  if (node.kind == Node::Kind::is_in) set.insert(node.field);
  if (node.kind == Node::Kind::term) set |= reads(terms[node.index].when, terms);
  for (const Node& child : node.children) set |= reads(child, terms);
  return set;
}

}  // namespace placement::pack
