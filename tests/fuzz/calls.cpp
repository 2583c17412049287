// The C interface, called in any order with any arguments: handles that are missing, numbers that mean nothing, text
// that is none. A call keeps its promises (placement.h, CONVENTIONS): out-parameters and errors are always written, and
// what was got is given back at the end, so that leaks show.
#include <array>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "fuzz/broken.hpp"
#include "fuzz/readers.hpp"
#include "placement/io.hpp"
#include "placement/placement.h"
#include "placement/signature.hpp"

namespace placement::fuzz {
namespace {

constexpr std::size_t kHandles = 3;  // of each type

// One that has everything a pack can have.
std::string_view small_pack() {
  static const std::string text = [] {
    const std::ifstream file(PLACEMENT_SOURCE_DIR "/tests/fuzz/corpus/pack/everything.json", std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }();
  return text;
}

std::string_view signature_of_small_pack() {
  static const std::string text = *sign_pack(*read_pack(small_pack()), kPrivateKey);
  return text;
}

class Caller {
 public:
  explicit Caller(std::string_view bytes) : rest_(bytes), all_(bytes) {
    engines_.front() = placement_engine_retain(shipped());
  }
  ~Caller() {
    for (placement_engine* engine : engines_) placement_engine_release(engine);
    for (placement_assessment* assessment : assessments_) placement_assessment_destroy(assessment);
    for (placement_result* result : results_) placement_result_destroy(result);
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  std::string run() {
    for (int calls = 0; !rest_.empty() && broken_.empty() && calls < 40; ++calls) call();
    return broken_;
  }

 private:
  // Made once: sanitized, it takes longer than all else a sequence does.
  static placement_engine* shipped() {
    static placement_engine* const engine = [] {
      placement_engine_options options{};
      options.struct_size = sizeof options;
      options.step_budget = 2000;
      placement_engine* made = nullptr;
      static_cast<void>(placement_engine_default(&options, &made, nullptr));
      return made;
    }();
    return engine;
  }

  int byte() {
    if (rest_.empty()) return 0;
    const int value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  // Mostly a number that means something, and sometimes one far from that.
  std::int32_t number() {
    const int value = byte();
    return value == 255 ? INT32_MAX : value == 254 ? INT32_MIN : value - 2;
  }
  std::string_view text() {
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(byte()));
    rest_.remove_prefix(std::min(rest_.size(), taken.size()));
    return taken;
  }
  template <class Handle>
  Handle*& one_of(std::array<Handle*, kHandles>& handles) {
    return handles[static_cast<std::size_t>(byte()) % kHandles];
  }

  // After every call that can fail. `made` says whether its out-parameter is set.
  void check(std::int32_t code, placement_error* error, bool made) {
    if ((code == PLACEMENT_OK) == (error != nullptr)) broken_ = "an error that does not go with its code";
    if (code != PLACEMENT_OK && made) broken_ = "something made by a call that failed";
    if (code != PLACEMENT_OK && std::string_view(placement_error_name(code)) == "unknown") broken_ = "an unknown code";
    if (code == PLACEMENT_ERROR_INTERNAL || code == PLACEMENT_ERROR_MEMORY) broken_ = "a fault of the library";
    if (error == nullptr) return;
    if (placement_error_code(error) != code) broken_ = "an error with another code";
    if (placement_error_fault_count(error) < 1) broken_ = "an error without a fault";
    for (std::int32_t f = -1; f <= placement_error_fault_count(error); ++f) {
      std::uint64_t length = 0;
      const char* const message = placement_error_fault_message(error, f, &length);
      static_cast<void>(placement_error_fault_where(error, f, nullptr));
      if (message == nullptr) continue;
      if (std::strlen(message) != length) broken_ = "a length that is not that of its text";
      if (std::string one = broken_in(std::string_view(message, length), all_, code != PLACEMENT_ERROR_BAD_PACK);
          !one.empty())
        broken_ = one;
    }
    placement_error_destroy(error);
  }
  void check(std::int32_t code, placement_error* error, placement_text* made) {
    std::uint64_t length = 0;
    const char* const bytes = placement_text_bytes(made, &length);
    if (made != nullptr && std::strlen(bytes) != length) broken_ = "a text whose length is another";
    check(code, error, made != nullptr);
    placement_text_destroy(made);
  }

  void call() {
    placement_error* error = nullptr;
    placement_text* made = nullptr;
    const int which = byte() % 20;
    switch (which) {
      case 0:
      case 1: {  // a new engine in the place of an old one
        placement_engine*& engine = one_of(engines_);
        placement_engine_release(engine);
        union {  // as large as any size that is said below
          placement_engine_options options;
          std::array<unsigned char, 256> room;
        } given{};
        placement_engine_options& options = given.options;
        options.struct_size = byte() % 8 == 7 ? static_cast<std::uint32_t>(byte()) : sizeof options;
        options.step_budget = 2000;
        const std::string_view any_pack = which == 0 ? std::string_view() : text();
        const std::string_view pack = any_pack.empty() ? small_pack() : any_pack;
        const int trust = byte() % 8;  // mostly none
        const std::string_view key = trust == 7 ? text() : trust == 6 ? kPublicKey : std::string_view();
        const std::string_view signature = trust == 7 ? text() : trust == 6 ? signature_of_small_pack() : key;
        options.public_key = key.data();
        options.public_key_length = key.size();
        options.signature = signature.data();
        options.signature_length = signature.size();
        if (which == 0 && std::exchange(has_made_shipped_, true)) {
          engine = placement_engine_retain(shipped());
          return;
        }
        const std::int32_t code = which == 0
                                      ? placement_engine_default(&options, &engine, &error)
                                      : placement_engine_load(pack.data(), pack.size(), &options, &engine, &error);
        return check(code, error, engine != nullptr);
      }
      case 2: {
        placement_assessment*& assessment = one_of(assessments_);
        placement_assessment_destroy(assessment);
        const std::int32_t code = placement_assessment_create(&assessment, &error);
        return check(code, error, assessment != nullptr);
      }
      case 3: {
        placement_assessment*& assessment = one_of(assessments_);
        placement_assessment_destroy(assessment);
        const std::string_view json = text();
        const std::int32_t code = placement_assessment_read(json.data(), json.size(), &assessment, &error);
        return check(code, error, assessment != nullptr);
      }
      case 4: {
        placement_result*& result = one_of(results_);
        placement_result_destroy(result);
        const std::int32_t code = placement_engine_recommend(one_of(engines_), one_of(assessments_), &result, &error);
        return check(code, error, result != nullptr);
      }
      case 5: {
        const std::string_view json = text();
        const std::int32_t code =
            placement_engine_recommend_json(one_of(engines_), json.data(), json.size(), &made, &error);
        return check(code, error, made);
      }
      case 6: {
        const std::string_view id = text();
        const std::int32_t question = number();
        const std::int32_t code = placement_engine_explain(one_of(engines_), one_of(assessments_), question, id.data(),
                                                           id.size(), number(), &made, &error);
        return check(code, error, made);
      }
      case 7: {
        const std::int32_t code = placement_engine_ask(one_of(engines_), one_of(assessments_), number(), &made, &error);
        return check(code, error, made);
      }
      case 8: {
        const std::int32_t code = placement_result_write(one_of(results_), number(), &made, &error);
        return check(code, error, made);
      }
      case 9: {
        const std::int32_t code = placement_assessment_write(one_of(assessments_), &made, &error);
        return check(code, error, made);
      }
      case 10:
        return ask_less_often(one_of(engines_), byte() % 4);
      case 11:
      case 12:
        return read_result(one_of(results_));
      case 13:
        return read_pack(placement_engine_pack(one_of(engines_)));
      default:
        return answer(which, one_of(assessments_));
    }
  }

  void ask_less_often(placement_engine* engine, int which) {
    placement_error* error = nullptr;
    placement_text* made = nullptr;
    if (which == 0) {
      placement_engine_release(placement_engine_retain(engine));
    } else if (which == 1) {
      const std::int32_t code = placement_fields_write(number(), &made, &error);
      check(code, error, made);
    } else if (which == 2) {
      const std::int32_t field = number(), value = number();
      std::uint64_t length = 0;
      const char* const name = placement_field_value_name(field, value, &length);
      if (name != nullptr && placement_field_value_find(field, name, length) != value) broken_ = "a value not found";
    } else if (placement_pack_count(placement_engine_pack(engine), PLACEMENT_RULES) < 20) {  // others take too long
      std::int32_t errors = 0;
      const std::int32_t code = placement_engine_check(engine, number(), &made, &errors, &error);
      if (code == PLACEMENT_OK && errors < 0) broken_ = "a negative count";
      check(code, error, made);
    }
  }

  void answer(int which, placement_assessment* assessment) {
    placement_error* error = nullptr;
    const std::int32_t field = number();
    std::int32_t code = PLACEMENT_OK;
    if (which == 14) {
      code = placement_assessment_clear(assessment, field, &error);
    } else if (which == 15) {
      const std::int32_t from = number();
      code = placement_assessment_set_range(assessment, field, from, number(), &error);
    } else if (which == 16) {
      const std::array<std::int32_t, 3> values{number(), number(), number()};
      code = placement_assessment_set_any_of(assessment, field, values.data(), static_cast<std::uint64_t>(byte() % 4),
                                             &error);
    } else if (which == 17) {
      const std::string_view json = text();
      code = placement_assessment_set_request(assessment, json.data(), json.size(), &error);
    } else if (which == 18) {
      const char* const name = placement_field_name(field, nullptr);
      const std::string_view json = text();
      code = placement_assessment_answer(assessment, name, name == nullptr ? 0 : std::strlen(name), json.data(),
                                         json.size(), &error);
    } else {
      const std::int32_t value = number();
      code = placement_assessment_set(assessment, field, value, &error);
      const std::int32_t known = placement_assessment_value(assessment, field);
      const std::int32_t wanted = std::min(value, placement_field_high(field));  // "or more"
      if (code == PLACEMENT_OK && known != wanted) broken_ = "an answer that is not what was set";
    }
    check(code, error, false);
  }

  // Everything that a result says, under numbers that it has and others.
  void read_result(const placement_result* result) {
    const std::int32_t item = number(), index = number(), stop = number();
    const std::array<std::int32_t, 6> levels{
        placement_result_level(result),          placement_result_policy_level(result),
        placement_result_feasible_level(result), placement_result_placed_level(result),
        placement_result_status(result),         placement_result_disposition(result)};
    for (const std::int32_t level : levels)
      if (level < PLACEMENT_NONE) broken_ = "a number that is none";
    static_cast<void>(placement_result_is_settled(result));
    static_cast<void>(placement_field_name(placement_result_next_question(result), nullptr));
    for (std::int32_t list = -1; list < 12; ++list) {
      const std::int32_t count = placement_result_count(result, list);
      if (count < 0) broken_ = "a negative count";
      for (std::int32_t i = -1; i <= count; ++i)
        if ((placement_result_item(result, list, i) >= 0) != (i >= 0 && i < count)) broken_ = "an item that is none";
    }
    for (std::int32_t kind = -1; kind < 6; ++kind) {
      static_cast<void>(placement_state_name(placement_result_state(result, kind, item)));
      static_cast<void>(placement_result_waits_for_count(result, kind, item));
      static_cast<void>(placement_result_waits_for(result, kind, item, index));
      for (std::int32_t way = 0; way < 4; ++way) {
        static_cast<void>(placement_result_stop_count(result, way, stop, kind));
        static_cast<void>(placement_result_stop_item(result, way, stop, kind, index));
      }
    }
    static_cast<void>(placement_result_is_determining(result, item));
    static_cast<void>(placement_result_is_handled(result, item));
    static_cast<void>(placement_result_stop_settled_by(result, stop));
    static_cast<void>(placement_result_stop_need_remains(result, stop));
    read_pack(placement_result_pack(result));
  }

  void read_pack(const placement_pack* pack) {
    const std::int32_t item = number();
    for (std::int32_t kind = -1; kind < 6; ++kind) {
      std::uint64_t length = 0;
      const char* const id = placement_pack_item_id(pack, kind, item, &length);
      static_cast<void>(placement_pack_item_text(pack, kind, item, nullptr));
      if (id != nullptr && placement_pack_find(pack, kind, id, length) != item) broken_ = "an id that is not found";
    }
    static_cast<void>(placement_pack_digest(pack, nullptr));
    static_cast<void>(placement_rule_kind_name(placement_pack_rule_kind(pack, item)));
    static_cast<void>(placement_pack_rule_target(pack, item));
    static_cast<void>(placement_urgency_name(placement_pack_rule_urgency(pack, item)));
    static_cast<void>(placement_pack_rule_action(pack, item, nullptr));
    static_cast<void>(placement_pack_level_reassess_days(pack, item));
    static_cast<void>(placement_pack_level_is_round_the_clock(pack, item));
  }

  std::string_view rest_, all_;
  std::string broken_;
  std::array<placement_engine*, kHandles> engines_{};
  bool has_made_shipped_ = false;
  std::array<placement_assessment*, kHandles> assessments_{};
  std::array<placement_result*, kHandles> results_{};
};

}  // namespace

std::string check_calls(std::string_view text) { return Caller(text).run(); }

}  // namespace placement::fuzz
