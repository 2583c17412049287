// embed FILE...: C++ with the shared library: handles in unique_ptr, so that everything is freed on every way out.
//
//   c++ -std=c++17 embed.cpp $(pkg-config --cflags --libs placement) -pthread -o embed
//
// The C++ library itself is in placement/engine.hpp, linked statically; this is for hosts that want a stable ABI.
#include <placement/placement.h>

#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* handle) const noexcept {
    destroy(handle);
  }
};
using Engine = std::unique_ptr<placement_engine, Destroy<placement_engine_release>>;
using Person = std::unique_ptr<placement_assessment, Destroy<placement_assessment_destroy>>;
using Answer = std::unique_ptr<placement_result, Destroy<placement_result_destroy>>;
using Text = std::unique_ptr<placement_text, Destroy<placement_text_destroy>>;

// Calls a function whose last two parameters are what it makes and the error; makes an exception of the error.
template <class Handle, class Function, class... Arguments>
Handle made(Function function, Arguments... arguments) {
  typename Handle::pointer handle = nullptr;
  placement_error* error = nullptr;
  const int32_t code = function(arguments..., &handle, &error);
  const std::unique_ptr<placement_error, Destroy<placement_error_destroy>> owned(error);
  if (code == PLACEMENT_OK) return Handle(handle);
  std::string message = std::string("refused: ") + placement_error_name(code);
  for (int32_t i = 0; i < placement_error_fault_count(error); ++i)
    message += std::string("\n  ") + placement_error_fault_where(error, i, nullptr) + ": " +
               placement_error_fault_message(error, i, nullptr);
  throw std::invalid_argument(message);
}

void print(const placement_result* result) {
  const placement_pack* pack = placement_result_pack(result);
  std::cout << "status: " << placement_status_name(placement_result_status(result)) << '\n';
  if (const int32_t level = placement_result_level(result); level != PLACEMENT_NONE)
    std::cout << "level: " << placement_pack_item_text(pack, PLACEMENT_LEVELS, level, nullptr) << '\n';
  for (int32_t i = 0; i < placement_result_count(result, PLACEMENT_DETERMINING); ++i)
    std::cout << "because: "
              << placement_pack_item_text(pack, PLACEMENT_RULES,
                                          placement_result_item(result, PLACEMENT_DETERMINING, i), nullptr)
              << '\n';
  for (int32_t i = 0; i < placement_result_count(result, PLACEMENT_ALERTS); ++i) {
    const int32_t rule = placement_result_item(result, PLACEMENT_ALERTS, i);
    if (placement_result_state(result, PLACEMENT_RULES, rule) == PLACEMENT_STATE_HOLDS)
      std::cout << "alert, " << placement_urgency_name(placement_pack_rule_urgency(pack, rule)) << ": "
                << placement_pack_rule_action(pack, rule, nullptr) << '\n';
  }
  if (const int32_t question = placement_result_next_question(result); question != PLACEMENT_NONE)
    std::cout << "ask: " << placement_field_question(question, nullptr) << '\n';
}

void place(const placement_engine* engine, const std::string& json) {
  try {
    const auto person = made<Person>(placement_assessment_read, json.data(), uint64_t{json.size()});
    print(made<Answer>(placement_engine_recommend, engine, person.get()).get());
  } catch (const std::invalid_argument& error) {
    std::cout << error.what() << '\n';
  }
}

std::string answer(const placement_engine* engine) {
  const auto text = made<Text>(placement_engine_recommend_json, engine, "{}", uint64_t{2});
  return placement_text_bytes(text.get(), nullptr);
}

bool threads_agree(const placement_engine* engine) {
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 4; ++i) answers.push_back(std::async(std::launch::async, answer, engine));
  bool agree = true;
  for (std::future<std::string>& other : answers) agree = other.get() == answer(engine) && agree;
  return agree;
}

}  // namespace

int main(int argc, char** argv) {
  if (placement_abi_check(PLACEMENT_ABI_MAJOR, PLACEMENT_ABI_MINOR) != PLACEMENT_OK) return 1;
  const auto engine = made<Engine>(placement_engine_default, nullptr);
  std::cout << "rules: " << placement_pack_id(placement_engine_pack(engine.get()), nullptr) << '\n';
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) return 1;
    place(engine.get(), std::string(std::istreambuf_iterator<char>(file), {}));
  }
  place(engine.get(), R"({"cows_score": 99, "housing": "castle"})");
  std::cout << "4 threads " << (threads_agree(engine.get()) ? "agree" : "differ") << '\n';
}
