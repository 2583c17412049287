// Engines: made from a pack, shared by counting owners, asked.
#include "placement/engine.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "capi/guard.hpp"
#include "placement/io.hpp"
#include "placement/signature.hpp"

using placement::Engine;
using namespace placement::capi;

namespace {

// The size of the first version of the struct: a smaller one would be read without its key, and let any pack pass.
constexpr std::uint32_t kFirstOptions = offsetof(placement_engine_options, signature_length) + sizeof(std::uint64_t);

// What is asked of an engine.
struct Wanted {
  placement::EngineOptions options;
  bool is_to_be_signed = false;
  std::string_view public_key, signature;
};

Failure read_options(const placement_engine_options* given, Wanted& wanted) {
  placement_engine_options read{};
  if (Failure fault = read_struct(given, kFirstOptions, "placement_engine_options", read)) return fault;
  if (read.step_budget != 0) wanted.options.step_budget = read.step_budget;
  // A key or a signature that came out empty is a mistake of the host's, not the wish to go without.
  wanted.is_to_be_signed = read.public_key != nullptr || read.signature != nullptr;
  if (Failure fault = read_text(read.public_key, read.public_key_length, "public_key", wanted.public_key)) return fault;
  return read_text(read.signature, read.signature_length, "signature", wanted.signature);
}

Failure make(placement::RulePack pack, const Wanted& wanted, placement_engine** engine) {
  if (wanted.is_to_be_signed)
    if (const std::optional<placement::Error> error = untrusted(pack, wanted.signature, wanted.public_key))
      return failed(*error);
  placement::Result<Engine> made = Engine::make(std::move(pack), wanted.options);
  if (!made) return failed(made.error());
  *engine = new placement_engine(std::move(*made));
  return nullptr;
}

// What every question about a person needs.
Failure unaskable(const placement_engine* engine, const placement_assessment* assessment) {
  if (Failure fault = missing(engine, "engine")) return fault;
  return missing(assessment, "assessment");
}

}  // namespace

int32_t placement_engine_default(const placement_engine_options* options, placement_engine** engine,
                                 placement_error** error) {
  return guarded(error, [&]() -> Failure {
    Wanted read;
    if (Failure fault = unwritable(engine, "engine")) return fault;
    if (Failure fault = read_options(options, read)) return fault;
    return make(placement::default_pack(), read, engine);
  });
}

int32_t placement_engine_load(const char* pack, uint64_t pack_length, const placement_engine_options* options,
                              placement_engine** engine, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    Wanted read;
    std::string_view text;
    if (Failure fault = unwritable(engine, "engine")) return fault;
    if (Failure fault = read_text(pack, pack_length, "pack", text)) return fault;
    if (Failure fault = read_options(options, read)) return fault;
    placement::Result<placement::RulePack> checked = placement::read_pack(text);
    if (!checked) return failed(checked.error());
    return make(std::move(*checked), read, engine);
  });
}

placement_engine* placement_engine_retain(placement_engine* engine) {
  if (engine != nullptr) engine->owners.fetch_add(1, std::memory_order_relaxed);
  return engine;
}

void placement_engine_release(placement_engine* engine) {
  if (engine != nullptr && engine->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete engine;
}

const placement_pack* placement_engine_pack(const placement_engine* engine) {
  return engine == nullptr ? nullptr : &engine->pack;
}

int32_t placement_engine_recommend_json(const placement_engine* engine, const char* input, uint64_t input_length,
                                        placement_text** text, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    std::string_view json;
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = missing(engine, "engine")) return fault;
    if (Failure fault = read_text(input, input_length, "input", json)) return fault;
    const placement::Result<placement::Input> read = placement::read_input(json);
    if (!read) return failed(read.error());
    const placement::Result<placement::Recommendation> answer =
        engine->engine.recommend(read->assessment, read->request);
    if (!answer) return failed(answer.error());
    return give(text, placement::write_recommendation(*answer, placement::Format::json));
  });
}

int32_t placement_engine_recommend(const placement_engine* engine, const placement_assessment* assessment,
                                   placement_result** result, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(result, "result")) return fault;
    if (Failure fault = unaskable(engine, assessment)) return fault;
    placement::Result<placement::Recommendation> answer =
        engine->engine.recommend(assessment->input.assessment, assessment->input.request);
    if (!answer) return failed(answer.error());
    *result = new placement_result(std::move(*answer));
    return nullptr;
  });
}

int32_t placement_engine_explain(const placement_engine* engine, const placement_assessment* assessment,
                                 int32_t question, const char* id, uint64_t id_length, int32_t format,
                                 placement_text** text, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    std::string_view name;
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = unaskable(engine, assessment)) return fault;
    if (Failure fault = read_text(id, id_length, "id", name)) return fault;
    if (Failure fault = unknown_format(format, PLACEMENT_JSON)) return fault;
    placement::Question asked;
    switch (question) {
      case PLACEMENT_WHY:
        if (!name.empty()) return refused("`id` is for the other questions");
        break;
      case PLACEMENT_WHY_RULE:
        asked.rules.emplace_back(name);
        break;
      case PLACEMENT_WHY_NOT:
        asked.why_not = name;
        break;
      case PLACEMENT_WHAT_LEADS:
        asked.to = name;
        break;
      default:
        return refused("`question` is not one of the questions");
    }
    const placement::Result<placement::Explanation> answer =
        engine->engine.explain(assessment->input.assessment, assessment->input.request, asked);
    if (!answer) return failed(answer.error());
    return give(text, placement::write_explanation(*answer, static_cast<placement::Format>(format)));
  });
}

int32_t placement_engine_ask(const placement_engine* engine, const placement_assessment* assessment, int32_t format,
                             placement_text** text, placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = unaskable(engine, assessment)) return fault;
    if (Failure fault = unknown_format(format, PLACEMENT_JSON)) return fault;
    const placement::Result<placement::Interview> interview =
        placement::Interview::start(engine->engine, {{}, assessment->input, {}});
    if (!interview) return failed(interview.error());
    return give(text, placement::write_question(*interview, static_cast<placement::Format>(format)));
  });
}

int32_t placement_engine_check(const placement_engine* engine, int32_t format, placement_text** text, int32_t* errors,
                               placement_error** error) {
  return guarded(error, [&]() -> Failure {
    if (errors != nullptr) *errors = 0;
    if (Failure fault = unwritable(text, "text")) return fault;
    if (Failure fault = missing(engine, "engine")) return fault;
    if (Failure fault = unknown_format(format, PLACEMENT_JSON)) return fault;
    const std::vector<placement::Finding> findings = placement::check_pack(engine->engine);
    if (Failure fault = give(
            text, placement::write_findings(engine->engine.pack(), findings, static_cast<placement::Format>(format))))
      return fault;
    if (errors != nullptr)
      *errors = number(std::count_if(findings.begin(), findings.end(), [](const placement::Finding& finding) {
        return severity_of(finding) == placement::Severity::error;
      }));
    return nullptr;
  });
}
