#include "io/object_reader.hpp"

#include <algorithm>
#include <exception>

#include "model/nearest_name.hpp"

namespace placement::io {
namespace {

bool is_version_number(std::string_view text) {
  return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_version(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  return second != std::string_view::npos && is_version_number(text.substr(0, first)) &&
         is_version_number(text.substr(first + 1, second - first - 1)) && is_version_number(text.substr(second + 1));
}

}  // namespace

std::string read_text(const Json& tree, const std::string& pointer, std::vector<Fault>& faults) {
  if (!tree.is_string() || tree.get_ref<const std::string&>().empty()) {
    faults.push_back({pointer, "wrong type: expected a text that is not empty"});
    return {};
  }
  const auto& text = tree.get_ref<const std::string&>();
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(text.begin(), text.end(), is_control)) {
    faults.push_back({pointer, "expected one line without control characters"});
    return {};
  }
  return text;
}

std::optional<std::size_t> read_name(const Json& tree, const std::string& pointer,
                                     const std::vector<std::string_view>& names, std::vector<Fault>& faults) {
  if (!tree.is_string()) {
    faults.push_back({pointer, "wrong type: expected a name"});
    return std::nullopt;
  }
  const auto& name = tree.get_ref<const std::string&>();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string list;
  if (names.size() <= 12)
    for (const std::string_view known : names)
      list += (list.empty() ? ": expected one of " : ", ") + std::string(known);
  const std::string quoted = model::quoted_if_harmless(name);
  faults.push_back({pointer, "not an allowed name" + (quoted.empty() ? "" : " (" + quoted + ")") + list +
                                 model::did_you_mean(name, names)});
  return std::nullopt;
}

ObjectReader::ObjectReader(const Json& tree, std::string pointer, std::vector<Fault>& faults)
    : tree_(tree), pointer_(std::move(pointer)), faults_(faults), exceptions_before_(std::uncaught_exceptions()) {
  if (!tree_.is_object()) faults_.push_back({pointer_, "wrong type: expected an object"});
}

ObjectReader::~ObjectReader() noexcept(false) {
  if (!tree_.is_object() || std::uncaught_exceptions() > exceptions_before_) return;
  for (const auto& [key, value] : tree_.items()) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    const std::string quoted = model::quoted_if_harmless(key);
    faults_.push_back({pointer_to(pointer_, key),
                       "unknown key" + (quoted.empty() ? "" : " " + quoted) + model::did_you_mean(key, asked_)});
  }
}

bool ObjectReader::has(std::string_view key) const { return tree_.is_object() && tree_.contains(key); }

void ObjectReader::fault(std::string_view key, std::string message) {
  faults_.push_back({pointer_to(pointer_, key), std::move(message)});
}

const Json* ObjectReader::optional(std::string_view key) {
  asked_.push_back(key);
  if (!tree_.is_object()) return nullptr;
  const auto found = tree_.find(key);
  return found == tree_.end() ? nullptr : &*found;
}

const Json* ObjectReader::given(std::string_view key) {
  const Json* value = optional(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const Json* ObjectReader::required(std::string_view key) {
  const Json* value = optional(key);
  if (value == nullptr && tree_.is_object())
    faults_.push_back({pointer_, "the key `" + std::string(key) + "` is missing"});
  return value;
}

std::string ObjectReader::text(std::string_view key) {
  const Json* value = required(key);
  return value == nullptr ? std::string() : read_text(*value, pointer_to(pointer_, key), faults_);
}

std::string ObjectReader::text_or(std::string_view key, std::string_view other) {
  const Json* value = given(key);
  return value == nullptr ? std::string(other) : read_text(*value, pointer_to(pointer_, key), faults_);
}

std::string ObjectReader::version(std::string_view key) {
  std::string version = text(key);
  if (has(key) && !is_version(version)) fault(key, "expected major.minor.patch");
  return version;
}

int ObjectReader::whole(std::string_view key, int low, int high) {
  const Json* value = required(key);
  if (value == nullptr) return low;
  const bool fits = value->is_number_integer() &&
                    !(value->is_number_unsigned() &&
                      value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<int>::max()));
  if (fits && value->get<std::int64_t>() >= low && value->get<std::int64_t>() <= high) return value->get<int>();
  fault(key, std::string(value->is_number_integer() ? "out of range" : "wrong type") + ": expected a whole number, " +
                 std::to_string(low) + " to " + std::to_string(high));
  return low;
}

bool ObjectReader::flag(std::string_view key) {
  const Json* value = required(key);
  if (value == nullptr) return false;
  if (!value->is_boolean()) fault(key, "wrong type: expected true or false");
  return value->is_boolean() && value->get<bool>();
}

std::size_t ObjectReader::one_of(std::string_view key, const std::vector<std::string_view>& names) {
  const Json* value = required(key);
  return value == nullptr ? 0 : read_name(*value, pointer_to(pointer_, key), names, faults_).value_or(0);
}

std::optional<Field> ObjectReader::field(std::string_view key) {
  const Json* value = required(key);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string_view> names;
  for (const FieldSpec& f : fields()) names.push_back(f.name);
  const std::optional<std::size_t> found = read_name(*value, pointer_to(pointer_, key), names, faults_);
  return found ? std::optional<Field>(static_cast<Field>(*found)) : std::nullopt;
}

std::vector<std::string> ObjectReader::texts(std::string_view key) {
  std::vector<std::string> all;
  elements(required(key), key, [&](const Json& element, const std::string& pointer) {
    all.push_back(read_text(element, pointer, faults_));
  });
  return all;
}

void ObjectReader::objects(std::string_view key, const std::function<void(ObjectReader&)>& read) {
  elements(required(key), key, [&](const Json& element, const std::string& pointer) {
    ObjectReader object(element, pointer, faults_);
    if (element.is_object()) read(object);
  });
}

void ObjectReader::elements(const Json* list, std::string_view key,
                            const std::function<void(const Json&, const std::string&)>& read) {
  if (list == nullptr) return;
  if (!list->is_array()) return fault(key, "wrong type: expected a list");
  for (std::size_t i = 0; i < list->size(); ++i) read((*list)[i], pointer_to(pointer_, key) + "/" + std::to_string(i));
}

}  // namespace placement::io
