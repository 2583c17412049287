// One bare pass of simdjson's on-demand parser over JSON lines: what merely reading a file of rows costs.
//
//   simdjson_pass FILE
//
// Every key and every value of every line is read as its type, nothing is kept but a sum over all of them, which is
// printed behind the number of rows. The file is read in blocks, so that the pass has no memory to wait for.
#include <simdjson.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <memory>
#include <vector>

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t kBlock = 256 * 1024;

std::uint64_t sum_of(ondemand::parser& parser, simdjson::padded_string_view line) {
  std::uint64_t sum = 0;
  ondemand::document document = parser.iterate(line);
  for (auto field : document.get_object()) {
    const std::string_view key = field.unescaped_key();
    sum += key.size();
    ondemand::value value = field.value();
    switch (value.type()) {
      case ondemand::json_type::string:
        sum += std::string_view(value.get_string()).size();
        break;
      case ondemand::json_type::number:
        sum += static_cast<std::uint64_t>(std::int64_t(value.get_int64()));
        break;
      case ondemand::json_type::boolean:
        sum += bool(value.get_bool()) ? 1U : 0U;
        break;
      default:
        throw std::runtime_error("a value is neither text, whole number nor truth");
    }
  }
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(argc > 1 ? std::fopen(argv[1], "rb") : nullptr,
                                                               std::fclose);
    if (file == nullptr) throw std::runtime_error("expected a file that can be read");
    ondemand::parser parser;
    std::vector<char> text(kBlock + simdjson::SIMDJSON_PADDING);
    std::size_t filled = 0;
    std::uint64_t rows = 0, sum = 0;
    while (const std::size_t read = std::fread(text.data() + filled, 1, kBlock - filled, file.get())) {
      filled += read;
      std::size_t begin = 0;
      while (const void* end = std::memchr(text.data() + begin, '\n', filled - begin)) {
        const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - text.data()) - begin;
        sum += sum_of(parser, simdjson::padded_string_view(text.data() + begin, size, text.size() - begin));
        ++rows;
        begin += size + 1;
      }
      if (begin == 0) throw std::runtime_error("a line is longer than a block");
      filled -= begin;
      std::memmove(text.data(), text.data() + begin, filled);
    }
    if (filled > 0) throw std::runtime_error("the last line is not ended");
    std::cout << rows << " rows, sum " << sum << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "simdjson_pass: " << error.what() << '\n';
    return 1;
  }
}
