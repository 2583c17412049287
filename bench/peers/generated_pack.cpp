// Prints the generated pack for which the bars of docs/performance.md were set: 60 rules over 26 fields.
#include "../generated_pack.hpp"

#include <iostream>

int main() { std::cout << placement::bench::generated_pack(60, 26) << '\n'; }
