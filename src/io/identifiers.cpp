// What gives a column away: words of its name, and the shapes of its cells. A shape is the cell with every digit
// written 9 and every letter a; "999-99-9999" is how social security numbers look, and few other things.
#include "placement/identifiers.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "io/write_lines.hpp"

namespace placement {
namespace {

// In the order of the rule, then ours. The first that fits a column is told.
enum Kind : std::size_t {
  person_name,
  place,
  date,
  age,
  telephone,
  fax,
  email,
  social_security,
  record_number,
  plan_number,
  account_number,
  licence_number,
  vehicle,
  device,
  url,
  ip_address,
  biometric,
  photograph,
  unique_code,
  free_text,
  kind_count
};

constexpr std::array<std::string_view, kind_count> kKindNames{
    "name of a person",
    "place smaller than a state",
    "date other than the year",
    "age over 89: top-code it, 90 for 90 and above",
    "telephone number",
    "fax number",
    "e-mail address",
    "social security number",
    "record number",
    "health plan number",
    "account number",
    "licence or certificate number",
    "vehicle number",
    "device number",
    "web address",
    "internet address",
    "biometric mark",
    "photograph",
    "unique number or code of a person",
    "free text",
};

struct NamePart {
  std::string_view words;  // these words, one after the other, somewhere in the name; "_" between them
  Kind kind;
};

constexpr NamePart kNameParts[] = {
    {"name", person_name},
    {"firstname", person_name},
    {"lastname", person_name},
    {"surname", person_name},
    {"forename", person_name},
    {"fullname", person_name},
    {"initials", person_name},
    {"zip", place},
    {"zip3", place},
    {"zipcode", place},
    {"postal", place},
    {"postcode", place},
    {"street", place},
    {"address", place},
    {"city", place},
    {"town", place},
    {"county", place},
    {"cbsa", place},
    {"latitude", place},
    {"longitude", place},
    {"geocode", place},
    {"census_tract", place},
    {"date", date},
    {"dob", date},
    {"birthdate", date},
    {"birthday", date},
    {"dt", date},
    {"timestamp", date},
    {"datetime", date},
    {"phone", telephone},
    {"telephone", telephone},
    {"mobile", telephone},
    {"fax", fax},
    {"email", email},
    {"e_mail", email},
    {"ssn", social_security},
    {"social_security", social_security},
    {"mrn", record_number},
    {"medical_record", record_number},
    {"record_number", record_number},
    {"record_no", record_number},
    {"chart_number", record_number},
    {"member_id", plan_number},
    {"member_number", plan_number},
    {"beneficiary", plan_number},
    {"subscriber", plan_number},
    {"medicaid_id", plan_number},
    {"medicare_id", plan_number},
    {"policy_number", plan_number},
    {"insurance_id", plan_number},
    {"account", account_number},
    {"acct", account_number},
    {"iban", account_number},
    {"license", licence_number},
    {"licence", licence_number},
    {"certificate", licence_number},
    {"vin", vehicle},
    {"plate", vehicle},
    {"vehicle", vehicle},
    {"device_id", device},
    {"serial", device},
    {"imei", device},
    {"mac_address", device},
    {"udi", device},
    {"url", url},
    {"website", url},
    {"homepage", url},
    {"ip", ip_address},
    {"ip_address", ip_address},
    {"fingerprint", biometric},
    {"voiceprint", biometric},
    {"retina", biometric},
    {"iris", biometric},
    {"biometric", biometric},
    {"photo", photograph},
    {"photograph", photograph},
    {"face_image", photograph},
    {"patient_id", unique_code},
    {"person_id", unique_code},
    {"client_id", unique_code},
    {"uuid", unique_code},
    {"guid", unique_code},
    {"note", free_text},
    {"notes", free_text},
    {"comment", free_text},
    {"comments", free_text},
    {"narrative", free_text},
    {"remarks", free_text},
    {"free_text", free_text},
};

// "drug_name" names no person.
constexpr std::array<std::string_view, 7> kNamedThings{"drug",    "substance", "medication", "medicine",
                                                       "program", "level",     "rule"};

constexpr std::pair<std::string_view, Kind> kShapes[] = {
    {"999-99-9999", social_security},
    {"999-999-9999", telephone},
    {"(999)999-9999", telephone},
    {"(999)-999-9999", telephone},
    {"999.999.9999", telephone},
    {"+99999999999", telephone},
    {"+9-999-999-9999", telephone},
    {"9-999-999-9999", telephone},
    {"9999-99-99", date},
    {"9999/99/99", date},
    {"9999.99.99", date},
    {"99/99/9999", date},
    {"9/9/9999", date},
    {"9/99/9999", date},
    {"99/9/9999", date},
    {"99/99/99", date},
    {"9/9/99", date},
    {"9/99/99", date},
    {"99/9/99", date},
    {"99.99.9999", date},
    {"9.9.9999", date},
    {"99-99-9999", date},
    {"9-99-9999", date},
    {"99-9-9999", date},
    {"9-9-9999", date},
    {"99999-9999", place},
};

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string shape_of(std::string_view text) {
  std::string shape(text);
  for (char& c : shape) c = is_digit(c) ? '9' : is_letter(c) ? 'a' : c;
  return shape;
}

// "AdmitDate" and "admit-date" as "_admit_date_".
std::string words_of_name(std::string_view name) {
  std::string words = "_";
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts_word = i > 0 && name[i] >= 'A' && name[i] <= 'Z' && !(name[i - 1] >= 'A' && name[i - 1] <= 'Z');
    if (starts_word && words.back() != '_') words += '_';
    if (is_letter(name[i]) || is_digit(name[i]))
      words += lower(name[i]);
    else if (words.back() != '_')
      words += '_';
  }
  return words.back() == '_' ? words : words + "_";
}

bool has_words(const std::string& words, std::string_view part) {
  return words.find("_" + std::string(part) + "_") != std::string::npos;
}

std::optional<Kind> kind_of_name(std::string_view name) {
  const std::string words = words_of_name(name);
  const bool is_of_a_thing = std::any_of(kNamedThings.begin(), kNamedThings.end(),
                                         [&](std::string_view thing) { return has_words(words, thing); });
  std::optional<Kind> kind;
  for (const NamePart& part : kNameParts) {
    if (part.kind == person_name && is_of_a_thing) continue;
    // An address of the net or of mail is no place.
    if (has_words(words, part.words) && (!kind || *kind == place)) kind = part.kind;
  }
  return kind;
}

bool is_internet_address(std::string_view text) {
  std::size_t colons = 0, dots = 0;
  int part = 0, digits = 0;
  bool is_hexadecimal = true, is_decimal = true;
  for (const char c : text) {
    const char l = lower(c);
    colons += c == ':' ? 1 : 0;
    is_hexadecimal = is_hexadecimal && (is_digit(c) || (l >= 'a' && l <= 'f') || c == ':' || c == '.');
    is_decimal = is_decimal && (is_digit(c) || c == '.');
    if (c == '.') {
      is_decimal = is_decimal && digits > 0;
      ++dots;
      part = digits = 0;
    } else if (is_digit(c) && digits < 4) {
      part = part * 10 + (c - '0');
      ++digits;
      is_decimal = is_decimal && part <= 255 && digits <= 3;
    }
  }
  return (is_decimal && dots == 3 && digits > 0) ||
         (is_hexadecimal && (colons == 7 || (colons >= 2 && text.find("::") != std::string_view::npos)));
}

// 14 Mar 2023, Mar 14, 2023, 14-Mar-2023: without what stands between.
bool is_date_with_month(std::string_view text) {
  std::string compact;
  for (const char c : text)
    if (is_digit(c) || is_letter(c)) compact += lower(c);
  const std::string shape = shape_of(compact);
  std::size_t first = shape.find('a'), last = shape.rfind('a');
  if (first == std::string::npos || last - first < 2 || last - first > 8 || shape.size() - (last - first + 1) > 6)
    return false;
  const std::size_t digits = shape.size() - (last - first + 1);
  const bool is_month =
      std::find(kMonths.begin(), kMonths.end(), std::string_view(compact).substr(first, 3)) != kMonths.end();
  return is_month && digits >= 5 && std::count(shape.begin(), shape.end(), 'a') == static_cast<long>(last - first + 1);
}

std::optional<Kind> kind_of_word(std::string_view word) {
  if (word.size() < 6) return std::nullopt;  // codes, years, short answers
  const std::size_t at = word.find('@');
  if (at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos) return email;
  if (word.find("://") != std::string_view::npos || word.substr(0, 4) == "www.") return url;
  std::string shape = shape_of(word);
  if (shape.size() > 10 && shape[10] == 'a' && (shape.compare(0, 10, "9999-99-99") == 0)) return date;  // with a time
  for (const auto& [known, kind] : kShapes)
    if (shape == known) return kind;
  if (is_internet_address(word)) return ip_address;
  if (word.size() == 17 && std::count(word.begin(), word.end(), ':') == 5) return device;  // MAC
  if (word.size() == 36 && word[8] == '-' && word[13] == '-' && word[18] == '-' && word[23] == '-') return unique_code;
  return std::nullopt;
}

std::string_view trimmed(std::string_view text, std::string_view of) {
  const std::size_t first = text.find_first_not_of(of);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(of) - first + 1);
}

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", from), text.size());
    if (end > from) words.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return words;
}

std::optional<Kind> kind_of_cell(std::string_view cell, const std::vector<std::string_view>& words) {
  if (words.size() > 1 && words.size() <= 4) {  // written with spaces: (555) 010-0199, 555 01 0199, 14 March 2023
    std::string together, dashed;
    for (const std::string_view word : words) {
      together += word;
      dashed.append(dashed.empty() ? "" : "-").append(word);
    }
    for (const std::string& whole : {together, dashed})
      if (const std::optional<Kind> kind = kind_of_word(whole)) return kind;
  }
  if (cell.size() >= 8 && is_date_with_month(cell)) return date;
  for (const std::string_view word : words)
    if (const std::optional<Kind> kind = kind_of_word(trimmed(word, ",;.<>\"'"))) return kind;
  return std::nullopt;
}

bool is_compact_date(std::string_view cell) {
  if (cell.size() != 8 || !std::all_of(cell.begin(), cell.end(), is_digit)) return false;
  const auto number = [&](std::size_t from, std::size_t length) {
    int value = 0;
    for (const char c : cell.substr(from, length)) value = value * 10 + (c - '0');
    return value;
  };
  return number(0, 4) >= 1900 && number(0, 4) <= 2100 && number(4, 2) >= 1 && number(4, 2) <= 12 && number(6, 2) >= 1 &&
         number(6, 2) <= 31;
}

bool is_over_90(std::string_view cell) {
  if (cell.empty() || cell.size() > 3 || !std::all_of(cell.begin(), cell.end(), is_digit)) return false;
  int years = 0;
  for (const char c : cell) years = years * 10 + (c - '0');
  return years > 90;
}

// So many different cells of three words or more are written by somebody, not chosen from a list.
constexpr std::size_t kTexts = 50;
// A few whole numbers may look like dates by chance; a column of nothing else does not.
constexpr std::uint64_t kCompactDates = 5;

}  // namespace

IdentifierCheck::IdentifierCheck(std::vector<std::string> columns, std::string_view row_id) {
  for (std::string& name : columns) {
    Column column;
    column.is_row_id = !row_id.empty() && name == row_id;
    column.is_age = has_words(words_of_name(name), "age");
    column.by_kind.resize(kind_count);
    column.name = std::move(name);
    columns_.push_back(std::move(column));
  }
}

void IdentifierCheck::add(std::span<const std::string_view> cells) {
  for (std::size_t c = 0; c < std::min(cells.size(), columns_.size()); ++c) {
    const std::string_view cell = trimmed(cells[c], " \t\r\n");
    if (cell.empty()) continue;
    Column& column = columns_[c];
    ++column.filled;
    if (column.is_age && is_over_90(cell)) ++column.by_kind[age];
    if (cell.size() < 6) continue;
    if (is_compact_date(cell)) ++column.compact_dates;
    const std::vector<std::string_view> words = words_in(cell);
    if (const std::optional<Kind> kind = kind_of_cell(cell, words)) ++column.by_kind[*kind];
    if (words.size() >= 3 && column.texts.size() <= kTexts) column.texts.insert(std::hash<std::string_view>{}(cell));
  }
}

void IdentifierCheck::merge(const IdentifierCheck& other) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& from = other.columns_[c];
    Column& to = columns_[c];
    to.filled += from.filled;
    to.compact_dates += from.compact_dates;
    for (std::size_t k = 0; k < kind_count; ++k) to.by_kind[k] += from.by_kind[k];
    to.texts.insert(from.texts.begin(), from.texts.end());
  }
}

std::vector<IdentifyingColumn> IdentifierCheck::finish() const {
  std::vector<IdentifyingColumn> findings;
  for (const Column& column : columns_) {
    const std::string name = io::clean(column.name);
    const auto tell = [&](Kind kind, const std::string& by) {
      std::string message = "column `";
      message.append(name).append("` looks like this (").append(by).append("): ").append(kKindNames[kind]);
      findings.push_back({column.name, std::string(kKindNames[kind]), std::move(message)});
    };
    const auto found = std::find_if(column.by_kind.begin(), column.by_kind.end(), [](auto n) { return n > 0; });
    const std::optional<Kind> by_name = column.is_row_id ? std::nullopt : kind_of_name(column.name);
    if (by_name)
      tell(*by_name, "its name");
    else if (found != column.by_kind.end())
      tell(static_cast<Kind>(found - column.by_kind.begin()),
           std::to_string(*found) + " of " + std::to_string(column.filled) + " filled cells");
    else if (column.compact_dates >= kCompactDates && column.compact_dates == column.filled)
      tell(date, "all " + std::to_string(column.filled) + " filled cells");
    else if (column.texts.size() > kTexts)
      tell(free_text, "more than " + std::to_string(kTexts) + " different cells of three words or more");
  }
  return findings;
}

}  // namespace placement
