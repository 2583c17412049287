// placement score: a whole cohort, row by row. Nothing is lost: every row read is a row written, bad ones with what is
// wrong; a run that is broken off leaves nothing under the final name, and can be gone on with.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "cli/checkpoint.hpp"
#include "cli/cohort_input.hpp"
#include "cli/interruption.hpp"
#include "cli/log.hpp"
#include "cli/partial_file.hpp"
#include "cli/progress.hpp"
#include "cli/request_options.hpp"
#include "cli/save_file.hpp"
#include "io/digest.hpp"
#include "io/json_parts.hpp"
#include "io/json_text.hpp"
#include "placement/version.hpp"
#include "rows/row_writer.hpp"

namespace placement::cli {
namespace {

using SystemClock = std::chrono::system_clock;
using SteadyClock = std::chrono::steady_clock;

struct ScoreOptions {
  CohortOptions cohort;
  std::string out = "-", to, rejects, manifest, undecided = "none";
  std::vector<std::string> columns;
  std::size_t workers = 0;
  std::uint64_t max_rejects = ~std::uint64_t{0};
  bool resume = false;
};

std::string utc(SystemClock::time_point time) {
  const std::time_t seconds = SystemClock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

int fails_to_write(const std::string& path) {
  return fails(path == "-" ? "standard output" : path, "cannot be written");
}

class WriteRows : public rows::RowWork {
 public:
  explicit WriteRows(const rows::RowWriter& writer) : writer_(writer) {}
  void add(const rows::Row& row, const rows::Verdict& verdict, rows::RunPart& part) override {
    writer_.append(row, verdict, part.rows);
    rows::append_faults(row.place, row.faults, part.rejects);
  }

 private:
  const rows::RowWriter& writer_;
};

class ScoreRun {
 public:
  ScoreRun(const ScoreOptions& options, const Engine& engine) : options_(options), engine_(engine) {}

  int run() {
    if (const int code = open_cohort(options_.cohort, engine_, !options_.manifest.empty(), cohort_); code != kDone)
      return code;
    const std::optional<rows::RowFormat> to = format_of(options_.out, options_.to, "--to");
    if (!to) return kUsage;
    const rows::RowWriter writer(engine_, *to, options_.columns);
    settings_ = io::sha256(io::canonical(settings(*to)));
    if (const int code = open_outputs(writer); code != kDone) return code;
    std::optional<Progress> progress(std::in_place, cohort_.file->size(), at_.byte);
    rows::run(
        *cohort_.source, cohort_.layout, engine_, {undecided_policy(options_.undecided), writer.needs(), workers()},
        [&] { return std::make_unique<WriteRows>(writer); },
        [&](const rows::RunPart& part) { return take(part, *progress); });
    progress.reset();  // off the screen before anything is said
    return end();
  }

 private:
  [[nodiscard]] bool writes_file() const { return options_.out != "-"; }
  [[nodiscard]] std::string checkpoint_path() const { return options_.out + ".checkpoint"; }
  [[nodiscard]] std::size_t workers() const {
    return options_.workers > 0 ? options_.workers : std::max(1U, std::thread::hardware_concurrency());
  }

  // All that decides what is written for a row.
  [[nodiscard]] io::Json settings(rows::RowFormat to) const {
    const auto name = [](rows::RowFormat format) { return format == rows::RowFormat::csv ? "csv" : "ndjson"; };
    return {{"from", name(cohort_.layout.format)},
            {"to", name(to)},
            {"columns", options_.columns},
            {"undecided", options_.undecided},
            {"max_row_bytes", options_.cohort.max_row_bytes},
            {"rejects", !options_.rejects.empty()},
            {"mapping", cohort_.mapping ? io::Json(cohort_.mapping->digest()) : io::Json(nullptr)},
            {"pack", engine_.pack().digest()},
            {"library", kVersion}};
  }

  int open_outputs(const rows::RowWriter& writer) {
    Checkpoint from;
    if (options_.resume) {
      if (!writes_file() || !cohort_.file->size())
        return usage_error("--resume needs an input and an output that are files");
      if (const std::optional<Checkpoint> found = read_checkpoint(checkpoint_path())) {
        from = *found;
        if (from.settings != settings_)
          return usage_error(
              "--resume: the run that was broken off had another pack, mapping, version or other options");
        if (from.input_state != cohort_.file->state())
          return usage_error("--resume: the input has changed since the run was broken off");
        if (!go_on(cohort_, from.next)) return usage_error("--resume: the input is shorter than it was");
        log().info("going on behind row {}", from.counts.read);
      }
    }
    out_ = writes_file() ? PartialFile::open(options_.out, from.output_bytes) : PartialFile::standard_output();
    if (out_ == nullptr) return kInternal;
    if (!options_.rejects.empty()) {
      rejects_ = PartialFile::open(options_.rejects, from.reject_bytes);
      if (rejects_ == nullptr) return kInternal;
    }
    if (writes_file()) wait_for_interruption();
    counts_ = from.counts;
    at_ = from.counts.read > 0 ? from.next : cohort_.source->place();
    if (from.output_bytes == 0 && !out_->write(writer.header())) return fails_to_write(options_.out);
    return kDone;
  }

  bool take(const rows::RunPart& part, Progress& progress) {
    // What was read last may have been cut off in the middle of a row.
    if (is_interrupted() || cohort_.file->has_failed()) return false;
    if (!out_->write(part.rows)) return (unwritable_ = options_.out, false);
    if (rejects_ && !rejects_->write(part.rejects)) return (unwritable_ = options_.rejects, false);
    counts_.read += part.counts.read;
    counts_.written += part.counts.written;
    counts_.invalid += part.counts.invalid;
    for (std::size_t s = 0; s < counts_.by_status.size(); ++s) counts_.by_status[s] += part.counts.by_status[s];
    at_ = part.next;
    if (counts_.invalid > options_.max_rejects) return false;
    progress.show(counts_.read, at_.byte);
    constexpr std::chrono::seconds kBetweenCheckpoints(2);
    if (SteadyClock::now() - saved_ < kBetweenCheckpoints) return true;
    saved_ = SteadyClock::now();
    return save() || (unwritable_ = checkpoint_path(), false);
  }

  bool save() {
    if (!writes_file() || !cohort_.file->size()) return true;
    if (!out_->sync() || (rejects_ && !rejects_->sync())) return false;
    const Checkpoint checkpoint{settings_,    cohort_.file->state(),           at_,
                                out_->size(), rejects_ ? rejects_->size() : 0, counts_};
    has_checkpoint_ = save_checkpoint(checkpoint_path(), checkpoint) || has_checkpoint_;
    return has_checkpoint_;
  }

  int end() {
    if (is_interrupted()) {
      const bool can_go_on = save() && has_checkpoint_;
      tell("interrupted after " + std::to_string(counts_.read) + " rows" +
           (can_go_on ? "; the same command with --resume goes on" : ""));
      if (!can_go_on) discard();
      end_interrupted();
    }
    if (cohort_.file->has_failed()) std::fputs("placement: the input cannot be read to its end\n", stderr);
    if (!unwritable_.empty()) fails_to_write(unwritable_);
    if (cohort_.file->has_failed() || !unwritable_.empty()) {
      if (has_checkpoint_)
        tell("nothing is lost: the same command with --resume goes on");
      else
        discard();
      return cohort_.file->has_failed() ? kUnreadable : kInternal;
    }
    if (counts_.invalid > options_.max_rejects) {
      tell("more than " + std::to_string(options_.max_rejects) + " rows are invalid: broken off");
      if (rejects_) static_cast<void>(rejects_->finish());
      rejects_ = nullptr;
      discard();
      return kFindings;
    }
    if (counts_.read != counts_.written) throw std::logic_error("rows were lost");
    if (rejects_ && !rejects_->finish()) return fails_to_write(options_.rejects);
    if (!out_->finish()) return fails_to_write(options_.out);
    if (!options_.manifest.empty() && !save_whole(options_.manifest, manifest().dump(2) + "\n"))
      return fails_to_write(options_.manifest);
    if (writes_file()) std::remove(checkpoint_path().c_str());
    tell(std::to_string(counts_.read) + " rows read, " + std::to_string(counts_.written) + " written, " +
         std::to_string(counts_.invalid) + " invalid");
    return kDone;
  }

  static void tell(const std::string& message) { std::fputs(("placement: " + message + "\n").c_str(), stderr); }

  void discard() {
    out_->discard();
    if (rejects_) rejects_->discard();
    if (writes_file()) std::remove(checkpoint_path().c_str());
  }

  [[nodiscard]] io::Json manifest() const {
    io::Json statuses = io::Json::object();
    for (std::size_t s = 0; s < counts_.by_status.size(); ++s)
      statuses[std::string(to_string(static_cast<Status>(s)))] = counts_.by_status[s];
    statuses["invalid"] = counts_.invalid;
    const auto name_or_null = [](const std::string& name) { return name == "-" ? io::Json(nullptr) : io::Json(name); };
    io::Json json{{"input",
                   {{"file", name_or_null(options_.cohort.file)},
                    {"bytes", cohort_.file->bytes_read()},
                    {"sha256", cohort_.file->sha256()}}},
                  {"output", {{"file", name_or_null(options_.out)}, {"bytes", out_->size()}}},
                  {"pack", io::pack_json(engine_.pack())},
                  {"mapping", nullptr},
                  {"library", {{"version", kVersion}}},
                  {"options",
                   {{"columns", options_.columns},
                    {"undecided", options_.undecided},
                    {"max_row_bytes", options_.cohort.max_row_bytes},
                    {"jobs", workers()}}},
                  {"rows", {{"read", counts_.read}, {"written", counts_.written}, {"invalid", counts_.invalid}}},
                  {"statuses", std::move(statuses)},
                  {"started", utc(started_)},
                  {"finished", utc(SystemClock::now())}};
    if (cohort_.mapping)
      json["mapping"] = {{"id", cohort_.mapping->content().id},
                         {"version", cohort_.mapping->content().version},
                         {"digest", cohort_.mapping->digest()}};
    return json;
  }

  const ScoreOptions& options_;
  const Engine& engine_;
  Cohort cohort_;
  std::string settings_;
  std::unique_ptr<PartialFile> out_, rejects_;
  rows::RunCounts counts_;
  rows::RowPlace at_;       // how far rows are written
  std::string unwritable_;  // the file that could not be written any more
  bool has_checkpoint_ = false;
  SystemClock::time_point started_ = SystemClock::now();
  SteadyClock::time_point saved_ = SteadyClock::now();
};

int score(const ScoreOptions& options) {
  const std::optional<Engine> engine = load_engine(options.cohort.pack);
  return engine ? ScoreRun(options, *engine).run() : int{kUnreadable};
}

}  // namespace

std::function<int()> declare_score(CLI::App& app) {
  auto options = std::make_shared<ScoreOptions>();
  std::string all;
  std::vector<std::string> names;
  for (const std::string_view name : rows::column_names()) {
    all += (all.empty() ? "" : ", ") + std::string(name);
    names.emplace_back(name);
  }
  add_cohort_options(app, options->cohort);
  app.add_option("-o,--output", options->out, "File to write, - for standard output (default)")->type_name("FILE");
  app.add_option("--to", options->to, "Format of the output, where its name does not say it: ndjson or csv")
      ->check(CLI::IsMember({"ndjson", "csv"}))
      ->type_name("FORMAT");
  for (std::size_t from = 0; from < rows::kUsualColumns.size();) {
    const std::size_t end = std::min(rows::kUsualColumns.find(',', from), rows::kUsualColumns.size());
    options->columns.emplace_back(rows::kUsualColumns.substr(from, end - from));
    from = end + 1;
  }
  app.add_option("--columns", options->columns,
                 "Columns to write, default " + std::string(rows::kUsualColumns) + "; there are\n" + all)
      ->delimiter(',')
      ->check(CLI::IsMember(names))
      ->type_name("NAME,...");
  add_undecided_option(app, options->undecided);
  app.add_option("--rejects", options->rejects, "File for what is wrong with invalid rows, a line of JSON a fault")
      ->type_name("FILE");
  app.add_option("--max-rejects", options->max_rejects, "Break off when more rows are invalid; default: never")
      ->type_name("N");
  app.add_option("--manifest", options->manifest, "File to say what was run: digests, versions, options, counts, times")
      ->type_name("FILE");
  app.add_flag("--resume", options->resume, "Go on with a run that was broken off");
  app.add_option("--jobs", options->workers, "Workers, default one a processor")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  app.footer(
      "A row is an assessment; JSON lines may also have its `id` or a whole input with a request. A CSV file has "
      "fields\n"
      "as columns, and perhaps `id`: a cell holds what JSON would, without quotes, and an empty one is unknown. Bad "
      "rows\n"
      "stop nothing: they come out with status invalid and what is wrong.\n"
      "Examples:\n"
      "  placement score people.ndjson -o levels.csv\n"
      "  placement score admissions.csv --mapping teds-a -o levels.ndjson --rejects bad.ndjson --manifest run.json\n"
      "  placement generate 1000 | placement score --columns row,indicated,held_rules");
  return [options] { return score(*options); };
}

}  // namespace placement::cli
