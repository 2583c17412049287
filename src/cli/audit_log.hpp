// A log of audit records: one file, appended to by one process at a time.
#pragma once

#include <string>

#include "placement/recommendation.hpp"

namespace placement::cli {

/// Adds a record about `result` behind the last one, and puts it on the disk before it returns; makes the file,
/// readable by its owner alone, where there is none. Waits while another process writes. kDone, or the exit code of a
/// failure that it has told; then the log is as it was. A log that ends in the middle of a record is refused.
int append_audit_record(const std::string& path, const Recommendation& result, const std::string& time);

}  // namespace placement::cli
