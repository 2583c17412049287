#include "placement/result.hpp"

namespace placement {

std::string to_string(const Fault& fault) {
  return fault.where.empty() ? fault.message : fault.where + ": " + fault.message;
}

Error Error::of(ErrorCode code, std::vector<Fault> all) {
  assert(!all.empty());
  Error error;
  error.code = code;
  error.message = all.front().message;
  error.where = all.front().where;
  error.faults = std::move(all);
  return error;
}

}  // namespace placement
