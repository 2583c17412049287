// Assessments, field by field. A change is made to a copy and moved in at the end: what fails changes nothing.
#include "placement/assessment.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "capi/guard.hpp"
#include "io/read_parts.hpp"
#include "placement/io.hpp"

using placement::Assessment;
using placement::Field;
using placement::FieldSpec;
using placement::ValueSet;
using namespace placement::capi;

namespace {

Failure bad_answer(const FieldSpec& field, std::string message) {
  return failed(PLACEMENT_ERROR_BAD_ASSESSMENT, {{"/" + std::string(field.name), std::move(message)}});
}

Failure no_field(std::int32_t field, const FieldSpec*& spec) {
  spec = item_of(placement::fields(), field);
  return spec != nullptr ? Failure() : refused("`field` is not the number of a field");
}

// Puts a value into the range of top-coded counts; names what is wrong, never the value.
Failure bad_value(const FieldSpec& field, std::int32_t& value) {
  if (field.top_coded && value > field.high) value = field.high;
  if (value >= 0 && value <= field.high) return nullptr;
  return bad_answer(field,
                    std::string(value < 0 ? "below" : "above") + " range: expected 0 to " + std::to_string(field.high));
}

void put(placement_assessment* into, Field field, const ValueSet& values) {
  Assessment changed = into->input.assessment;
  changed.set(field, values);
  into->input.assessment = std::move(changed);
}

}  // namespace

int32_t placement_assessment_create(placement_assessment** assessment, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(assessment, "assessment")) return fault;
    *assessment = new placement_assessment;
    return nullptr;
  });
}

int32_t placement_assessment_read(const char* json, uint64_t json_length, placement_assessment** assessment,
                                  placement_error** error) {
  return guarded(error, [&]() -> Failure {
    std::string_view text;
    if (Failure fault = unwritable(assessment, "assessment")) return fault;
    if (Failure fault = read_text(json, json_length, "json", text)) return fault;
    placement::Result<placement::Input> input = placement::read_input(text);
    if (!input) return failed(input.error());
    *assessment = new placement_assessment{std::move(*input)};
    return nullptr;
  });
}

void placement_assessment_destroy(placement_assessment* assessment) { delete assessment; }

int32_t placement_assessment_set(placement_assessment* assessment, int32_t field, int32_t value,
                                 placement_error** error) {
  return guarded(error, [&]() -> Failure {
    const FieldSpec* spec = nullptr;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = no_field(field, spec)) return fault;
    if (Failure fault = bad_value(*spec, value)) return fault;
    put(assessment, spec->field, ValueSet::of(value));
    return nullptr;
  });
}

int32_t placement_assessment_set_range(placement_assessment* assessment, int32_t field, int32_t from, int32_t to,
                                       placement_error** error) {
  return guarded(error, [&]() -> Failure {
    const FieldSpec* spec = nullptr;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = no_field(field, spec)) return fault;
    if (!spec->is_ordered()) return bad_answer(*spec, "wrong type: a range is for counts and scales");
    if (Failure fault = bad_value(*spec, from)) return fault;
    if (Failure fault = bad_value(*spec, to)) return fault;
    if (from > to) return bad_answer(*spec, "empty range: `from` is above `to`");
    put(assessment, spec->field, ValueSet::range(from, to));
    return nullptr;
  });
}

int32_t placement_assessment_set_any_of(placement_assessment* assessment, int32_t field, const int32_t* values,
                                        uint64_t value_count, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    constexpr std::uint64_t kMaxValues = 1U << 16U;  // of at most 255 different ones
    const FieldSpec* spec = nullptr;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = no_field(field, spec)) return fault;
    if (value_count == 0 || value_count > kMaxValues) return bad_answer(*spec, "expected 1 to 65536 values");
    if (Failure fault = missing(values, "values")) return fault;
    ValueSet set;
    for (std::int32_t value : std::span(values, static_cast<std::size_t>(value_count))) {
      if (Failure fault = bad_value(*spec, value)) return fault;
      set.insert(value);
    }
    put(assessment, spec->field, set);
    return nullptr;
  });
}

int32_t placement_assessment_clear(placement_assessment* assessment, int32_t field, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    const FieldSpec* spec = nullptr;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = no_field(field, spec)) return fault;
    put(assessment, spec->field, ValueSet::all(spec->field));
    return nullptr;
  });
}

int32_t placement_assessment_answer(placement_assessment* assessment, const char* field, uint64_t field_length,
                                    const char* answer, uint64_t answer_length, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    std::string_view name, json;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = read_text(field, field_length, "field", name)) return fault;
    if (Failure fault = read_text(answer, answer_length, "answer", json)) return fault;
    const auto read = placement::io::read_field_answer(name, json);
    if (!read) return failed(read.error());
    put(assessment, read->first, read->second);
    return nullptr;
  });
}

int32_t placement_assessment_value(const placement_assessment* assessment, int32_t field) {
  return told(std::int32_t{PLACEMENT_NONE}, [&] {
    const FieldSpec* spec = item_of(placement::fields(), field);
    if (assessment == nullptr || spec == nullptr || !assessment->input.assessment.is_known(spec->field))
      return std::int32_t{PLACEMENT_NONE};
    return std::int32_t{assessment->input.assessment.answer(spec->field).lowest()};
  });
}

int32_t placement_assessment_set_request(placement_assessment* assessment, const char* json, uint64_t json_length,
                                         placement_error** error) {
  return guarded(error, [&]() -> Failure {
    std::string_view text;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    if (Failure fault = read_text(json, json_length, "json", text)) return fault;
    placement::Result<placement::Request> request = placement::io::read_request(text);
    if (!request) return failed(request.error());
    assessment->input.request = std::move(*request);
    return nullptr;
  });
}

int32_t placement_assessment_write(const placement_assessment* assessment, placement_text** text,
                                   placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = missing(assessment, "assessment")) return fault;
    return give(text, placement::write_assessment(assessment->input.assessment));
  });
}
