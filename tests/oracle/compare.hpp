// The library's answer and the oracle's in one form, so that they can be compared and a disagreement can be read.
#pragma once

#include <optional>
#include <string>

#include "oracle/oracle.hpp"
#include "placement/engine.hpp"

namespace oracle {

/// What both say: status, levels, rules, services, capabilities, fields, reason and conflict.
Json to_json(const Verdict& verdict);
Json to_json(const placement::Recommendation& recommendation);

/// A pack with both judges of assessments under one request.
class Comparison {
 public:
  /// Throws std::runtime_error with the faults if the library refuses the pack: random packs are valid.
  Comparison(Json pack, Json request);

  /// Nothing where the library agrees with the oracle's verdict; else pack, request, assessment, both answers and a
  /// line for a cases file.
  std::optional<std::string> disagreement(const Json& assessment, const Verdict& verdict) const;

  const placement::Engine& engine() const { return engine_; }
  /// Throws std::runtime_error if the library refuses the assessment or the request.
  placement::Recommendation recommend(const Json& assessment) const;
  Verdict judge(const Json& assessment) const { return judge_(assessment); }

 private:
  Json pack_, request_;
  placement::Engine engine_;
  std::function<Verdict(const Json&)> judge_;
};

/// Throws std::runtime_error with the faults where the library refuses the pack.
placement::Engine engine_of(const Json& pack);

}  // namespace oracle
