// What the handles of placement.h stand for: each owns plain C++ values of the library.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "placement/engine.hpp"
#include "placement/placement.h"
#include "placement/recommendation.hpp"
#include "placement/result.hpp"

// NOLINTBEGIN(readability-identifier-naming): the names of placement.h

struct placement_pack {
  placement::RulePack pack;
};

struct placement_engine {
  explicit placement_engine(placement::Engine made) : engine(std::move(made)), pack{engine.pack()} {}
  std::atomic<std::uint64_t> owners{1};
  placement::Engine engine;
  placement_pack pack;
};

struct placement_assessment {
  placement::Input input;
};

struct placement_result {
  explicit placement_result(placement::Recommendation made)
      : recommendation(std::move(made)), pack{recommendation.pack} {}
  placement::Recommendation recommendation;
  placement_pack pack;
};

struct placement_text {
  std::string bytes;
};

struct placement_error {
  std::int32_t code;
  /// Not empty; nullptr in the errors that are always there because nothing may be left to make one of. Those are never
  /// destroyed.
  const std::vector<placement::Fault>* faults;
};

// NOLINTEND(readability-identifier-naming)
