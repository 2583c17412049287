#include "cli/cohort_study.hpp"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <memory>
#include <thread>
#include <utility>

#include "cli/interruption.hpp"
#include "cli/partial_file.hpp"
#include "cli/progress.hpp"
#include "placement/identifiers.hpp"
#include "rows/question_sample.hpp"
#include "rows/row_writer.hpp"
#include "rows/run.hpp"

namespace placement::cli {
namespace {

constexpr std::uint64_t kUsualSmallest = 11;  // see suppress_small_cells
constexpr std::string_view kId = "id";
constexpr std::size_t kRowsAsked = 2000;  // a share of 10 % comes out within 1.3 %, 19 times in 20

// Where a subgroup's value of a row comes from: the one that is not nothing.
struct SubgroupSource {
  std::optional<std::size_t> mapped;  // subgroup of the mapping
  std::optional<Field> field;
  std::optional<std::size_t> beside;  // column of RowLayout::beside
};

// All that is looked up in a row, found once.
struct StudyPlan {
  AgreementDesign design;
  bool has_observed = false;
  std::vector<std::optional<std::size_t>> level_of_setting;  // with a mapping
  std::vector<SubgroupSource> subgroups;
  std::vector<std::size_t> outcomes;  // of the mapping, or columns of RowLayout::beside
  std::size_t observed = 0;           // without a mapping: column of RowLayout::beside
};

std::optional<std::size_t> level_number(const PackContent& content, std::string_view id) {
  for (std::size_t l = 0; l < content.levels.size(); ++l)
    if (content.levels[l].id == id) return l;
  return std::nullopt;
}

template <class List>
std::string ids_of(const List& list) {
  std::string names;
  for (const auto& each : list) names += (names.empty() ? "" : ", ") + each.id;
  return names.empty() ? "none" : names;
}

std::string with_note(const std::string& text, const std::string& note) {
  return note.empty() ? text : text + " (" + note + ")";
}

// ---- What is asked for ----------------------------------------------------------------------------------------------

// By the mapping: what it names, or of that what the options name.
int plan_mapped(const StudyOptions& options, const MappingContent& mapping, const PackContent& pack, StudyPlan& plan) {
  if (!options.observed.empty()) return usage_error("--observed: the mapping says where people were observed");
  plan.has_observed = !mapping.observed.empty();
  plan.design.observed = with_note(mapping.observed, mapping.observed_note);
  for (const ObservedSetting& setting : mapping.settings)
    plan.level_of_setting.push_back(level_number(pack, setting.level));
  const auto wanted = [](const auto& all, const std::vector<std::string>& named, const char* option,
                         std::vector<std::size_t>& numbers) -> int {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (named.empty() || std::find(named.begin(), named.end(), all[i].id) != named.end()) numbers.push_back(i);
    for (const std::string& name : named)
      if (std::none_of(all.begin(), all.end(), [&](const auto& each) { return each.id == name; }))
        return usage_error(std::string(option) + ": the mapping has no " + name + "; it has " + ids_of(all));
    return kDone;
  };
  std::vector<std::string> of_mapping = options.subgroups;
  std::erase_if(of_mapping, [&](const std::string& name) {
    return find_field(name) && std::none_of(mapping.subgroups.begin(), mapping.subgroups.end(),
                                            [&](const MappedSubgroup& each) { return each.id == name; });
  });
  std::vector<std::size_t> subgroups;
  if (!of_mapping.empty() || options.subgroups.empty())
    if (const int code = wanted(mapping.subgroups, of_mapping, "--subgroup", subgroups); code != kDone) return code;
  for (const std::size_t s : subgroups) {
    plan.subgroups.push_back({s, {}, {}});
    plan.design.subgroups.push_back(
        {mapping.subgroups[s].id, with_note(mapping.subgroups[s].meaning, mapping.subgroups[s].note)});
  }
  for (const std::string& name : options.subgroups)
    if (std::find(of_mapping.begin(), of_mapping.end(), name) == of_mapping.end()) {
      plan.subgroups.push_back({{}, find_field(name), {}});
      plan.design.subgroups.push_back({name, {}});
    }
  if (const int code = wanted(mapping.outcomes, options.outcomes, "--outcome", plan.outcomes); code != kDone)
    return code;
  for (const std::size_t o : plan.outcomes)
    plan.design.outcomes.push_back(
        {mapping.outcomes[o].id, with_note(mapping.outcomes[o].definition, mapping.outcomes[o].note)});
  return kDone;
}

// Without a mapping: columns that stand beside the answers.
int plan_columns(const StudyOptions& options, StudyPlan& plan, std::vector<std::string>& beside) {
  const auto column = [&](const std::string& name) {
    beside.push_back(name);
    return beside.size() - 1;
  };
  plan.has_observed = !options.observed.empty();
  if (plan.has_observed) {
    plan.design.observed = "column " + options.observed;
    plan.observed = column(options.observed);
  }
  for (const std::string& name : options.subgroups) {
    const std::optional<Field> field = find_field(name);
    plan.subgroups.push_back({{}, field, field ? std::nullopt : std::optional(column(name))});
    plan.design.subgroups.push_back({name, {}});
  }
  for (const std::string& name : options.outcomes) {
    plan.outcomes.push_back(column(name));
    plan.design.outcomes.push_back(
        {name, "yes where the column has true, yes or 1, no where it has false, no or 0, missing where it is empty"});
  }
  for (std::size_t b = 0; b < beside.size(); ++b) {
    if (beside[b] == kId) return usage_error("the column id has ids, nothing to compare");
    if (find_field(beside[b])) return usage_error("the column " + beside[b] + " is an answer, not an observation");
    if (std::find(beside.begin(), beside.begin() + static_cast<std::ptrdiff_t>(b), beside[b]) !=
        beside.begin() + static_cast<std::ptrdiff_t>(b))
      return usage_error("the column " + beside[b] + " is named twice");
  }
  return kDone;
}

// ---- Row by row -----------------------------------------------------------------------------------------------------

// One worker's counts.
struct Tallies {
  CohortTally cohort;
  std::optional<rows::QuestionSample> questions;
  std::optional<AgreementTally> agreement;
  std::optional<IdentifierCheck> identifiers;
};

class CountRows : public rows::RowWork {
 public:
  CountRows(const StudyPlan& plan, const Cohort& cohort, const PackContent& pack, bool checks_id, Tallies& tallies)
      : plan_(plan), cohort_(cohort), pack_(pack), checks_id_(checks_id), tallies_(tallies) {}

  void add(const rows::Row& row, const rows::Verdict& verdict, rows::RunPart& part) override {
    observed_ = {};
    outcomes_.assign(plan_.outcomes.size(), Truth::unknown);
    excluded_ = "";
    faults_ = row.faults;
    if (faults_.empty()) look_up(row);
    rows::append_faults(row.place, faults_, part.rejects);
    const bool is_valid = faults_.empty();
    CohortRow counted;
    if (is_valid) {
      counted.result = {verdict.score.status, verdict.score.settled, verdict.score.possible};
      counted.assessment = &row.assessment;
      counted.held = verdict.held;
      counted.determining = verdict.determining;
      if (tallies_.questions) tallies_.questions->offer(row);
    }
    tallies_.cohort.add(counted);
    if (tallies_.agreement) {
      find_subgroups(row, is_valid);
      tallies_.agreement->add({counted.result, observed_, excluded_, subgroups_, outcomes_});
    }
    if (tallies_.identifiers) check_identifiers(row);
  }

 private:
  void look_up(const rows::Row& row) {
    if (cohort_.mapping) {
      const std::vector<ObservedSetting>& settings = cohort_.mapping->content().settings;
      excluded_ = "no setting is recorded";
      if (row.mapped.observed) {
        observed_ = plan_.level_of_setting[*row.mapped.observed];
        excluded_ = settings[*row.mapped.observed].excluded;
      }
      for (std::size_t o = 0; o < outcomes_.size(); ++o) outcomes_[o] = row.mapped.outcomes[plan_.outcomes[o]];
      return;
    }
    if (plan_.has_observed) {
      const std::string& cell = row.beside[plan_.observed];
      excluded_ = "no level is recorded";
      observed_ = level_number(pack_, cell);
      if (!observed_ && !cell.empty())
        faults_.push_back({plan_.design.observed.substr(std::string_view("column ").size()), 0,
                           "not a level: expected " + ids_of(pack_.levels)});
    }
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      const std::string& cell = row.beside[plan_.outcomes[o]];
      if (cell == "true" || cell == "yes" || cell == "1")
        outcomes_[o] = Truth::yes;
      else if (cell == "false" || cell == "no" || cell == "0")
        outcomes_[o] = Truth::no;
      else if (!cell.empty())
        faults_.push_back({plan_.design.outcomes[o].id, 0, "expected true, yes, 1, false, no, 0 or nothing"});
    }
  }

  void find_subgroups(const rows::Row& row, bool is_valid) {
    subgroups_.assign(plan_.subgroups.size(), {});
    texts_.resize(plan_.subgroups.size());
    for (std::size_t s = 0; is_valid && s < subgroups_.size(); ++s) {
      const SubgroupSource& source = plan_.subgroups[s];
      if (source.mapped) {
        const std::optional<std::size_t> label = row.mapped.subgroups[*source.mapped];
        if (label) subgroups_[s] = cohort_.mapping->content().subgroups[*source.mapped].labels[*label];
      } else if (source.field) {
        const FieldSpec& field = spec(*source.field);
        const int value = row.assessment.answer(*source.field).lowest();
        if (!row.assessment.is_known(*source.field)) continue;
        texts_[s] = field.values.empty() ? std::to_string(value) : field.values[static_cast<std::size_t>(value)].name;
        subgroups_[s] = texts_[s];
      } else {
        subgroups_[s] = row.beside[*source.beside];
      }
    }
  }

  void check_identifiers(const rows::Row& row) {
    cells_.assign(row.cells.begin(), row.cells.end());
    if (checks_id_) {  // JSON lines: what is read beside the answers
      cells_.assign(row.beside.begin(), row.beside.end());
      cells_.resize(cohort_.layout.beside.size());
      cells_.emplace_back(row.id);
    }
    tallies_.identifiers->add(cells_);
  }

  const StudyPlan& plan_;
  const Cohort& cohort_;
  const PackContent& pack_;
  bool checks_id_;
  Tallies& tallies_;
  std::optional<std::size_t> observed_;
  std::string_view excluded_;
  std::vector<Truth> outcomes_;
  std::vector<std::string_view> subgroups_, cells_;
  std::vector<std::string> texts_;  // values of fields
  std::vector<rows::RowFault> faults_;
};

// ---- The whole ------------------------------------------------------------------------------------------------------

class Study {
 public:
  Study(const StudyOptions& options, const Engine& engine, bool in_full)
      : options_(options), engine_(engine), in_full_(in_full) {}

  int run(std::optional<CohortReport>& report) {
    if (const int code = open(); code != kDone) return code;
    std::optional<Progress> progress(std::in_place, cohort_.file->size());
    std::uint64_t read = 0;
    const bool is_of_json = cohort_.layout.format == rows::RowFormat::ndjson && !cohort_.mapping;
    rows::run(
        *cohort_.source, cohort_.layout, engine_,
        {UndecidedPolicy::none, in_full_ ? rows::Needs::determining_rules : rows::Needs::score, workers()},
        [&] { return std::make_unique<CountRows>(plan_, cohort_, content(), is_of_json, new_tallies()); },
        [&](const rows::RunPart& part) {
          if (cohort_.file->has_failed() || is_interrupted()) return false;
          read += part.counts.read;
          progress->show(read, part.next.byte);
          has_failed_ = rejects_ && !rejects_->write(part.rejects);
          return !has_failed_;
        });
    progress.reset();  // off the screen before anything is said
    return end(report);
  }

 private:
  [[nodiscard]] const PackContent& content() const { return engine_.pack().content(); }
  [[nodiscard]] std::size_t workers() const {
    return options_.workers > 0 ? options_.workers : std::max(1U, std::thread::hardware_concurrency());
  }

  int open() {
    cohort_.layout.keeps_cells = options_.deidentify;
    if (!options_.cohort.mapping.empty()) {
      const std::optional<Mapping> mapping = load_mapping(options_.cohort.mapping);
      if (!mapping) return kUnreadable;
      if (const int code = plan_mapped(options_, mapping->content(), content(), plan_); code != kDone) return code;
    } else if (const int code = plan_columns(options_, plan_, cohort_.layout.beside); code != kDone) {
      return code;
    }
    if (options_.needs_observed && !plan_.has_observed)
      return usage_error("nothing to compare with: --observed COLUMN, or a --mapping that names an observed setting");
    if (const int code = open_cohort(options_.cohort, engine_, true, cohort_); code != kDone) return code;
    if (options_.rejects.empty()) return kDone;
    rejects_ = PartialFile::open(options_.rejects, 0);
    wait_for_interruption();
    return rejects_ ? kDone : kInternal;
  }

  Tallies& new_tallies() {
    Tallies& tallies = tallies_.emplace_back(Tallies{CohortTally(content()), {}, {}, {}});
    if (in_full_) tallies.questions.emplace(kRowsAsked);
    if (plan_.has_observed) tallies.agreement.emplace(engine_.pack(), plan_.design);
    if (options_.deidentify) {
      std::vector<std::string> columns = cohort_.layout.header;
      if (columns.empty()) {
        columns = cohort_.layout.beside;
        columns.emplace_back(kId);
      }
      tallies.identifiers.emplace(std::move(columns), id_name());
    }
    return tallies;
  }

  [[nodiscard]] std::string_view id_name() const {
    if (!cohort_.mapping) return kId;
    const MappingContent& mapping = cohort_.mapping->content();
    return mapping.id_column ? std::string_view(mapping.columns[*mapping.id_column].name) : std::string_view{};
  }

  int end(std::optional<CohortReport>& report) {
    if (is_interrupted()) {
      if (rejects_) rejects_->discard();
      end_interrupted();
    }
    if (cohort_.file->has_failed()) std::fputs("placement: the input cannot be read to its end\n", stderr);
    if (has_failed_) fails(options_.rejects, "cannot be written");
    if (cohort_.file->has_failed() || has_failed_) {
      if (rejects_) rejects_->discard();
      return has_failed_ ? kInternal : kUnreadable;
    }
    if (tallies_.empty()) new_tallies();  // no row at all
    Tallies all = std::move(tallies_.front());
    for (std::size_t t = 1; t < tallies_.size(); ++t) {
      all.cohort.merge(tallies_[t].cohort);
      if (all.questions) all.questions->merge(*tallies_[t].questions);
      if (all.agreement) all.agreement->merge(*tallies_[t].agreement);
      if (all.identifiers) all.identifiers->merge(*tallies_[t].identifiers);
    }
    if (rejects_ && !rejects_->finish()) return kInternal;
    if (all.identifiers) {
      const std::vector<IdentifyingColumn> found = all.identifiers->finish();
      for (const IdentifyingColumn& column : found) std::fputs(("placement: " + column.message + "\n").c_str(), stderr);
      if (!found.empty()) return kFindings;
    }
    if (all.questions)
      for (const std::optional<Field> next : all.questions->questions(engine_, workers()))
        all.cohort.add_question(next);
    make_report(all, report.emplace(engine_.pack()));
    return kDone;
  }

  void make_report(const Tallies& all, CohortReport& report) const {
    report.figures = all.cohort.finish();
    report.input_digest = cohort_.file->sha256();
    if (cohort_.mapping) {
      report.mapping = cohort_.mapping->content().id + " " + cohort_.mapping->content().version;
      report.mapping_digest = cohort_.mapping->digest();
    }
    if (all.agreement) report.agreement = all.agreement->finish();
    if (report.figures.invalid.rows > 0 && !rejects_)
      std::fputs(("placement: " + std::to_string(report.figures.invalid.rows) +
                  " rows are invalid and in no figure but their own; --rejects FILE says why\n")
                     .c_str(),
                 stderr);
    const std::uint64_t below = options_.suppress_below > 0 ? options_.suppress_below
                                : options_.deidentify       ? kUsualSmallest
                                                            : 0;
    if (below > 0) suppress_small_cells(below, &report.figures, report.agreement ? &*report.agreement : nullptr);
  }

  const StudyOptions& options_;
  const Engine& engine_;
  bool in_full_;
  Cohort cohort_;
  StudyPlan plan_;
  std::deque<Tallies> tallies_;  // one a worker
  std::unique_ptr<PartialFile> rejects_;
  bool has_failed_ = false;
};

}  // namespace

void add_study_options(CLI::App& app, StudyOptions& options) {
  add_cohort_options(app, options.cohort);
  app.add_option("--observed", options.observed,
                 "Column with the level each person was in, by its id in the pack; empty is not known.\n"
                 "With a mapping: what it says")
      ->type_name("COLUMN");
  app.add_option("--subgroup", options.subgroups,
                 "Column or field to tell groups apart by; may be given again. With a mapping: of its\n"
                 "subgroups, default all")
      ->delimiter(',')
      ->type_name("COLUMN,...");
  app.add_option("--outcome", options.outcomes,
                 "Column of what came after, yes or no; may be given again. With a mapping: of its\n"
                 "outcomes, default all")
      ->delimiter(',')
      ->type_name("COLUMN,...");
  app.add_option("--suppress-below", options.suppress_below,
                 "Keep back counts below N, and what they could be worked out from")
      ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{1} << 30U))
      ->type_name("N");
  app.add_flag("--deidentify", options.deidentify,
               "Refuse columns that look like identifiers, and keep back counts below 11");
  app.add_option("--rejects", options.rejects, "File for what is wrong with invalid rows, a line of JSON a fault")
      ->type_name("FILE");
  app.add_option("--jobs", options.workers, "Workers, default one a processor")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
}

int study_cohort(const StudyOptions& options, const Engine& engine, bool in_full, std::optional<CohortReport>& report) {
  return Study(options, engine, in_full).run(report);
}

}  // namespace placement::cli
