// consumer FILE...: reads assessments, asks the default pack, prints a line for each. What somebody else's first
// program with the installed library looks like.
#include <placement/engine.hpp>
#include <placement/io.hpp>
#include <placement/version.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
  const placement::Result<placement::Engine> engine = placement::Engine::make(placement::default_pack());
  if (!engine) {
    std::cerr << engine.error().message << '\n';
    return 1;
  }
  std::cout << "placement " << placement::kVersion << '\n';
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i]);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const placement::Result<placement::Input> input = placement::read_input(text);
    if (!input) {
      for (const placement::Fault& fault : input.error().faults) std::cerr << placement::to_string(fault) << '\n';
      return 1;
    }
    const placement::Result<placement::Recommendation> answer = engine->recommend(input->assessment, input->request);
    if (!answer) {
      std::cerr << answer.error().message << '\n';
      return 1;
    }
    std::cout << argv[i] << ": " << placement::to_string(answer->status);
    if (answer->indicated) std::cout << ", " << answer->pack.content().levels[*answer->indicated].name;
    std::cout << '\n';
  }
  return argc > 1 ? 0 : 2;
}
