// Parsing is nlohmann's, through its SAX interface: iterative, so that no nesting exhausts the stack; the handler below
// builds the tree and sees what the DOM parser would swallow (keys that stand twice).
#include "io/json_text.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "model/nearest_name.hpp"

namespace placement::io {
namespace {

constexpr std::size_t kMaxDepth = 32;

std::string line_and_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

class TreeBuilder : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(std::string_view text, std::vector<Fault>& faults) : text_(text), faults_(faults) {}

  Json root;
  std::optional<Fault> broken;

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*elements*/) override { return open(false); }
  bool start_array(std::size_t /*elements*/) override { return open(true); }
  bool end_object() override { return close(object()); }
  bool end_array() override { return close(std::move(open_[depth_ - 1].elements)); }

  bool key(string_t& key) override {
    open_[depth_ - 1].key = std::move(key);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    broken = Fault{line_and_column(text_, position == 0 ? 0 : position - 1), "the text is not valid JSON from here on"};
    return false;
  }

 private:
  // What is read of a container whose end has not come. Its members are not yet in nlohmann's map, which copies all of
  // them, with all that is below, whenever it grows.
  struct Open {
    bool is_array = false;
    std::string key;  // of the value that comes next
    Json::array_t elements;
    std::vector<std::pair<std::string, Json>> members;
  };

  bool add(Json&& value) {
    if (depth_ == 0) {
      root = std::move(value);
      return true;
    }
    Open& parent = open_[depth_ - 1];
    if (parent.is_array)
      parent.elements.push_back(std::move(value));
    else
      parent.members.emplace_back(std::move(parent.key), std::move(value));
    return true;
  }

  bool open(bool is_array) {
    if (depth_ == kMaxDepth) {
      broken = Fault{pointer(), "nested too deeply: at most " + std::to_string(kMaxDepth) + " levels of brackets"};
      return false;
    }
    open_[depth_].is_array = is_array;
    open_[depth_].elements.clear();
    open_[depth_].members.clear();
    ++depth_;
    return true;
  }

  bool close(Json&& container) {
    --depth_;
    return add(std::move(container));
  }

  // Of values with one key the first stands.
  Json object() {
    std::vector<std::pair<std::string, Json>>& members = open_[depth_ - 1].members;
    by_key_.resize(members.size());
    std::iota(by_key_.begin(), by_key_.end(), std::size_t{0});
    std::sort(by_key_.begin(), by_key_.end(), [&](std::size_t a, std::size_t b) {
      const int order = members[a].first.compare(members[b].first);
      return order != 0 ? order < 0 : a < b;
    });
    is_repeated_.assign(members.size(), false);
    for (std::size_t i = 1; i < by_key_.size(); ++i)
      is_repeated_[by_key_[i]] = members[by_key_[i]].first == members[by_key_[i - 1]].first;

    Json::object_t object;
    object.reserve(members.size());
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (is_repeated_[m])
        faults_.push_back({pointer_to(pointer(), members[m].first), "the key stands twice"});
      else
        object.emplace_back(std::move(members[m].first), std::move(members[m].second));
    }
    return object;
  }

  // To the container that is being read.
  [[nodiscard]] std::string pointer() const {
    std::string path;
    for (std::size_t i = 0; i + 1 < depth_; ++i) {
      if (open_[i].is_array)
        path.append("/").append(std::to_string(open_[i].elements.size()));
      else
        path = pointer_to(path, open_[i].key);
    }
    return path;
  }

  std::string_view text_;
  std::vector<Fault>& faults_;
  std::array<Open, kMaxDepth> open_;
  std::size_t depth_ = 0;
  std::vector<std::size_t> by_key_;
  std::vector<bool> is_repeated_;
};

std::string allowed_names(const FieldSpec& field) {
  std::string names;
  for (const FieldValue& value : field.values) names += (names.empty() ? "" : ", ") + std::string(value.name);
  return names;
}

std::string range_text(const FieldSpec& field) {
  return "0 to " + std::to_string(field.high) + (field.unit.empty() ? "" : " " + std::string(field.unit));
}

// Reads one value of a field; -1 and a fault where it is none.
int read_value(const FieldSpec& field, const Json& tree, const std::string& pointer, std::vector<Fault>& faults) {
  const auto fault = [&](std::string message) {
    faults.push_back({pointer, std::move(message)});
    return -1;
  };
  switch (field.kind) {
    case FieldKind::flag:
      return tree.is_boolean() ? static_cast<int>(tree.get<bool>()) : fault("wrong type: expected true or false");
    case FieldKind::count:
      if (!tree.is_number_integer()) return fault("wrong type: expected a whole number, " + range_text(field));
      if (tree.is_number_unsigned() && tree.get<std::uint64_t>() > static_cast<std::uint64_t>(field.high))
        return field.top_coded ? field.high : fault("above range: expected " + range_text(field));
      if (tree.get<std::int64_t>() < 0) return fault("below range: expected " + range_text(field));
      return tree.get<int>();
    case FieldKind::scale:
    case FieldKind::category:
      if (!tree.is_string()) return fault("wrong type: expected one of " + allowed_names(field));
      if (const std::optional<int> value = find_value(field, tree.get_ref<const std::string&>())) return *value;
      return fault("not an allowed name: expected one of " + allowed_names(field));
  }
  return -1;
}

Json value_json(const FieldSpec& field, int value) {
  if (field.kind == FieldKind::flag) return value != 0;
  if (field.kind == FieldKind::count) return value;
  return std::string(field.values[static_cast<std::size_t>(value)].name);
}

// dump() escapes texts as RFC 8785 does, but it is slow, and most have nothing to escape.
void write_canonical_text(const std::string& value, std::string& text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  if (std::all_of(value.begin(), value.end(), is_plain))
    text.append("\"").append(value).append("\"");
  else
    text += Json(value).dump();
}

// Byte order is RFC 8785's order for the ASCII keys we have.
void write_canonical(const Json& tree, std::string& text) {
  if (tree.is_object()) {
    std::vector<const Json::object_t::value_type*> members;
    for (const auto& member : tree.get_ref<const Json::object_t&>()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    text += '{';
    for (const auto* member : members) {
      if (member != members.front()) text += ',';
      write_canonical_text(member->first, text);
      text += ':';
      write_canonical(member->second, text);
    }
    text += '}';
  } else if (tree.is_array()) {
    text += '[';
    for (const Json& element : tree) {
      if (&element != &tree.front()) text += ',';
      write_canonical(element, text);
    }
    text += ']';
  } else if (tree.is_string()) {
    write_canonical_text(tree.get_ref<const std::string&>(), text);
  } else {
    text += tree.dump();
  }
}

}  // namespace

std::string pointer_to(const std::string& pointer, std::string_view key) {
  if (!model::is_harmless(key)) return pointer;
  std::string longer;  // made for every key of a pack: in one piece
  longer.reserve(pointer.size() + 1 + key.size());
  return longer.append(pointer).append("/").append(key);
}

Result<Json> parse_json(std::string_view text, std::size_t max_bytes, std::vector<Fault>& faults) {
  if (text.size() > max_bytes)
    return Error::of(ErrorCode::syntax,
                     {{"", "the text is too large: at most " + std::to_string(max_bytes) + " bytes"}});
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return Error::of(ErrorCode::syntax, {{"", "the text is empty: expected JSON"}});
  TreeBuilder builder(text, faults);
  if (!Json::sax_parse(text, &builder)) {
    if (!builder.broken) builder.broken = Fault{"", "the text is not valid JSON"};
    return Error::of(ErrorCode::syntax, {*builder.broken});
  }
  return std::move(builder.root);
}

bool has_fraction(const Json& tree) {
  if (tree.is_number_float()) return true;
  return tree.is_structured() && std::any_of(tree.begin(), tree.end(), has_fraction);
}

std::string canonical(const Json& tree) {
  std::string text;
  write_canonical(tree, text);
  return text;
}

Json answer_json(Field field, const ValueSet& values) {
  const FieldSpec& f = spec(field);
  if (values == ValueSet::all(field)) return nullptr;
  if (values.count() == 1) return value_json(f, values.lowest());
  Json tree = Json::object();
  if (f.is_ordered() && values.is_contiguous()) {
    if (values.lowest() > 0) tree["from"] = value_json(f, values.lowest());
    if (values.highest() < f.high) tree["to"] = value_json(f, values.highest());
    return tree;
  }
  Json& list = tree["any_of"] = Json::array();
  for (int v = 0; v <= f.high; ++v)
    if (values.contains(v)) list.push_back(value_json(f, v));
  return tree;
}

ValueSet read_answer(const FieldSpec& field, const Json& tree, const std::string& pointer, std::vector<Fault>& faults) {
  if (tree.is_null()) return ValueSet::all(field.field);
  if (!tree.is_object()) {
    const int value = read_value(field, tree, pointer, faults);
    return value < 0 ? ValueSet() : ValueSet::of(value);
  }
  const std::size_t before = faults.size();
  ValueSet values = ValueSet::all(field.field);
  int from = 0, to = field.high;
  for (const auto& [key, part] : tree.items()) {
    const std::string place = pointer_to(pointer, key);
    if ((key == "from" || key == "to") && field.is_ordered()) {
      const int value = read_value(field, part, place, faults);
      (key == "from" ? from : to) = value;
    } else if (key == "any_of") {
      if (tree.size() > 1) faults.push_back({pointer, "`any_of` stands alone"});
      if (!part.is_array() || part.empty()) {
        faults.push_back({place, "wrong type: expected a list of values, at least one"});
        continue;
      }
      values = ValueSet();
      for (std::size_t i = 0; i < part.size(); ++i) {
        const int value = read_value(field, part[i], place + "/" + std::to_string(i), faults);
        if (value >= 0) values.insert(value);
      }
    } else {
      faults.push_back(
          {place, "unknown key; expected " + std::string(field.is_ordered() ? "`from`, `to` or " : "") + "`any_of`"});
    }
  }
  if (tree.empty()) faults.push_back({pointer, "empty: expected a value or a set of values"});
  if (faults.size() > before) return {};
  values = values & ValueSet::range(from, to);
  if (values.empty()) faults.push_back({pointer, "empty range: `from` is above `to`"});
  return values;
}

}  // namespace placement::io
