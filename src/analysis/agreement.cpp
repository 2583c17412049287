// Agreement row by row. What has to be remembered of a row is little: for decided rows a cell of a square table, for
// undecided ones the set of possible levels beside the observed one. All figures follow from these counts at the end,
// so workers' tallies add up to the same in any order, and memory does not grow with the cohort.
//
// For undecided rows the question is whether the observed level is among the possible ones; with five of six levels
// possible that says nothing. So it too is set beside chance: the observed levels of the same rows dealt out anew at
// random would be possible in sum over rows of P(observed level is one of this row's possible levels).
#include "placement/agreement.hpp"

#include <bit>

#include "analysis/kappa.hpp"

namespace placement {
namespace {

constexpr std::array<std::string_view, kMatchCount> kMatchNames{"under", "matched", "over",    "too_low",
                                                                "among", "between", "too_high"};

Match match_of(const RowResult& result, std::size_t observed) noexcept {
  const std::uint64_t possible = result.possible, level = std::uint64_t{1} << observed;
  const bool is_above_lowest = (possible & (level - 1)) != 0, is_below_highest = (possible & ~(level - 1)) != 0;
  if (*result.status == Status::decided)
    return (possible & level) != 0 ? Match::matched : is_above_lowest ? Match::over : Match::under;
  if ((possible & level) != 0) return Match::among;
  return is_above_lowest == is_below_highest ? Match::between : is_above_lowest ? Match::too_high : Match::too_low;
}

bool is_compared(const AgreementRow& row) noexcept {
  return row.result.status && row.observed &&
         (*row.result.status == Status::decided || *row.result.status == Status::undecided);
}

std::size_t index(Match match) noexcept { return static_cast<std::size_t>(match); }

}  // namespace

std::string_view to_string(Match match) noexcept { return kMatchNames[index(match)]; }

void AgreementTally::Stratum::merge(const Stratum& other) {
  rows += other.rows;
  for (std::size_t i = 0; i < confusion.size(); ++i) confusion[i] += other.confusion[i];
  for (const auto& [key, n] : other.undecided) undecided[key] += n;
}

// Once there are too many values they are dropped for good: the union of what workers saw decides, not the order.
void AgreementTally::Subgroup::keep_few() {
  has_too_many_values = has_too_many_values || values.size() > kMaxSubgroupValues;
  if (has_too_many_values) values.clear();
}

AgreementTally::AgreementTally(RulePack pack, AgreementDesign design)
    : pack_(std::move(pack)),
      design_(std::move(design)),
      levels_(pack_.content().levels.size()),
      subgroups_(design_.subgroups.size()),
      outcomes_(design_.outcomes.size()) {
  all_.confusion.resize(levels_ * levels_);
}

void AgreementTally::count(Stratum& stratum, const AgreementRow& row) const {
  stratum.confusion.resize(levels_ * levels_);
  ++stratum.rows;
  if (!is_compared(row)) return;
  if (*row.result.status == Status::decided)
    ++stratum.confusion[static_cast<std::size_t>(std::countr_zero(row.result.possible)) * levels_ + *row.observed];
  else
    ++stratum.undecided[{row.result.possible, *row.observed}];
}

void AgreementTally::add(const AgreementRow& row) {
  count(all_, row);
  for (std::size_t s = 0; s < subgroups_.size(); ++s) {
    Subgroup& subgroup = subgroups_[s];
    if (subgroup.has_too_many_values) continue;
    auto value = subgroup.values.find(row.subgroups[s]);
    if (value == subgroup.values.end()) value = subgroup.values.emplace(row.subgroups[s], Stratum{}).first;
    count(value->second, row);
    subgroup.keep_few();
  }
  if (!row.result.status) return static_cast<void>(++invalid_);
  ++statuses_[static_cast<std::size_t>(*row.result.status)][row.observed ? 0 : 1];
  if (!row.observed) {
    auto reason = excluded_.find(row.excluded);
    if (reason == excluded_.end()) reason = excluded_.emplace(row.excluded, 0).first;
    ++reason->second;
  }
  if (!is_compared(row)) return;
  if (!row.result.settled) ++unsettled_;
  const std::size_t match = index(match_of(row.result, *row.observed));
  for (std::size_t o = 0; o < outcomes_.size(); ++o) ++outcomes_[o][match][static_cast<std::size_t>(row.outcomes[o])];
}

void AgreementTally::merge(const AgreementTally& other) {
  all_.merge(other.all_);
  for (std::size_t s = 0; s < subgroups_.size(); ++s) {
    subgroups_[s].has_too_many_values |= other.subgroups_[s].has_too_many_values;
    for (const auto& [value, stratum] : other.subgroups_[s].values) {
      Stratum& mine = subgroups_[s].values[value];
      mine.confusion.resize(levels_ * levels_);
      mine.merge(stratum);
    }
    subgroups_[s].keep_few();
  }
  for (std::size_t s = 0; s < kStatusCount; ++s)
    for (const std::size_t i : {0U, 1U}) statuses_[s][i] += other.statuses_[s][i];
  invalid_ += other.invalid_;
  unsettled_ += other.unsettled_;
  for (const auto& [reason, n] : other.excluded_) excluded_[reason] += n;
  for (std::size_t o = 0; o < outcomes_.size(); ++o)
    for (std::size_t m = 0; m < kMatchCount; ++m)
      for (std::size_t t = 0; t < 3; ++t) outcomes_[o][m][t] += other.outcomes_[o][m][t];
}

Comparison AgreementTally::compared(const Stratum& stratum, const AgreementOptions& options) const {
  Comparison result;
  result.rows.rows = stratum.rows;
  const analysis::RatingTable table(stratum.confusion, levels_);
  result.compared.rows = table.total();
  for (std::size_t r = 0; r < levels_; ++r)
    for (std::size_t c = 0; c < levels_; ++c)
      result.matches[index(c < r    ? Match::under
                           : c == r ? Match::matched
                                    : Match::over)]
          .rows += stratum.confusion[r * levels_ + c];
  result.chance = table.chance();
  result.ceiling = table.ceiling();
  const analysis::Kappas kappas = analysis::kappas(table, options.seed, options.replicates);
  result.kappa = kappas.plain;
  result.weighted = kappas.weighted;

  std::vector<double> observed(levels_);
  double undecided = 0, expected = 0;
  for (const auto& [key, n] : stratum.undecided) {
    result.undecided.rows += n;
    result.matches[index(match_of({Status::undecided, true, key.first}, key.second))].rows += n;
    observed[key.second] += static_cast<double>(n);
    undecided += static_cast<double>(n);
  }
  for (const auto& [key, n] : stratum.undecided)
    for (std::size_t l = 0; l < levels_; ++l)
      if ((key.first >> l & 1U) != 0) expected += static_cast<double>(n) * observed[l];
  if (undecided > 0) result.among_by_chance = expected / (undecided * undecided);
  return result;
}

Agreement AgreementTally::finish(AgreementOptions options) const {
  Agreement agreement(pack_);
  agreement.design = design_;
  agreement.options = options;
  agreement.all = compared(all_, options);
  const analysis::RatingTable table(all_.confusion, levels_);
  for (const std::uint64_t n : table.row_sums()) agreement.recommended.push_back({n});
  for (const std::uint64_t n : table.column_sums()) agreement.observed.push_back({n});
  agreement.confusion.resize(levels_);
  for (std::size_t i = 0; i < all_.confusion.size(); ++i)
    agreement.confusion[i / levels_].push_back({all_.confusion[i]});
  agreement.sizes.resize(levels_ + 1);
  for (const auto& [key, n] : all_.undecided) {
    Agreement::OfSize& size = agreement.sizes[static_cast<std::size_t>(std::popcount(key.first))];
    size.rows.rows += n;
    if ((key.first >> key.second & 1U) != 0) size.among.rows += n;
  }
  for (std::size_t s = 0; s < kStatusCount; ++s) agreement.statuses[s] = {{statuses_[s][0]}, {statuses_[s][1]}};
  agreement.invalid.rows = invalid_;
  agreement.unsettled.rows = unsettled_;
  for (const auto& [reason, n] : excluded_) agreement.excluded.push_back({reason, {n}});
  for (const Subgroup& subgroup : subgroups_) {
    Agreement::OfSubgroup& of = agreement.subgroups.emplace_back();
    of.has_too_many_values = subgroup.has_too_many_values;
    for (const auto& [value, stratum] : subgroup.values) of.values.push_back({value, compared(stratum, options)});
  }
  for (const OutcomeCounts& counts : outcomes_) {
    Agreement::OfOutcome& of = agreement.outcomes.emplace_back();
    for (std::size_t m = 0; m < kMatchCount; ++m) {
      const auto of_truth = [&](Truth t) { return CellCount{counts[m][static_cast<std::size_t>(t)]}; };
      of.by[m] = {of_truth(Truth::yes), of_truth(Truth::no), of_truth(Truth::unknown)};
    }
  }
  return agreement;
}

}  // namespace placement
