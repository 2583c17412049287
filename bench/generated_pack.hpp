// A pack of any size for benchmarks, built as packs are: every rule asks for two or three things that are worse than
// they might be, now and then for one of two; more intensive levels ask for more. One rule in twenty is about scope, a
// few constraints tie fields together. The same numbers give the same pack everywhere.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "placement/assessment.hpp"

namespace bench {

class GeneratedPack {
 public:
  GeneratedPack(std::size_t rules, std::size_t fields, std::uint64_t seed) : random_(seed) {
    for (const placement::FieldSpec& f : placement::fields())
      if (f.use == placement::FieldUse::clinical && fields_.size() < fields) fields_.push_back(&f);
    text_ =
        "{'format':1,'id':'generated','version':'0.0.1','title':'Generated','license':'Apache-2.0',"
        "'about':{'intended_use':'benchmarks','users':'benchmarks','population':'nobody','developer':'a program',"
        "'funding':'none','released':'2026-11-22','limits':['means nothing']},"
        "'sources':[{'id':'chance','statement':'made up','citation':'none','verification':'consensus_unverified'}],"
        "'dimensions':[{'id':'need','name':'Need'}],'capabilities':[],'services':[],'terms':[],'must_know':[],"
        "'monotone':[],'properties':[],'priors':{},'override_reasons':[{'id':'choice','text':'The person chose.'}],";
    add_levels();
    text_ += ",'constraints':[";
    for (std::size_t i = 0; i < 6; ++i) {  // draws stand in statements of their own: operands have no order
      const std::string first = worse();
      const std::string second = worse();
      text_ += comma(i) + "{'id':'k" + std::to_string(i) + "','always':'not(" + first + ") or not(" + second +
               ")','because':'made up'}";
    }
    text_ += "],'rules':[";
    for (std::size_t i = 0; i < rules; ++i) add_rule(i);
    text_ += "]}";
    std::replace(text_.begin(), text_.end(), '\'', '"');
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::string comma(std::size_t place) { return place == 0 ? "" : ","; }
  std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(random_() % sides); }

  void add_levels() {
    std::string moves;
    text_ += "'levels':[";
    for (std::size_t l = 0; l < levels_.size(); ++l) {
      text_ += comma(l) + "{'id':'" + levels_[l] + "','name':'Level','intensity':" + std::to_string(l + 1) +
               ",'description':'a level','hours':'some','stay':'some weeks','reassess_days':30,"
               "'round_the_clock':false,'withdrawal_management':false,'resolves':{},'improves':{},'codes':[]}";
      if (l == 0) continue;
      const std::string& low = levels_[l - 1];
      const std::string& high = levels_[l];
      moves += comma(l - 1) + "{'kind':'step_up','from':'" + low + "','to':'" + high +
               "'},{'kind':'step_down','from':'" + high + "','to':'" + low + "'}";
    }
    text_ += "],'moves':[" + moves + "]";
  }

  void add_rule(std::size_t i) {
    const bool is_scope = i % 20 == 19;
    const std::size_t level = 1 + roll(levels_.size() - 1);
    std::string when = worse();
    for (std::size_t more = 0; more < 1 + level / 3; ++more) {
      const std::string first = worse();
      const std::string second = worse();
      when += " and " + (roll(5) == 0 ? "(" + first + " or " + second + ")" : first);
    }
    if (is_scope) when += " and " + worse();
    text_ += comma(i) + "{'id':'r" + std::to_string(i) + "'," +
             (is_scope ? "'kind':'out_of_scope'" : "'kind':'require','level':'" + levels_[level] + "'") + ",'when':'" +
             when +
             "','because':'made up','sources':['chance'],'strength':'not_graded','evidence':'consensus_unverified',"
             "'dimension':'need'}";
  }

  // "cows_score >= 24", "not(reliable_adult_at_home)", "housing >= sheltered".
  std::string worse() {
    const placement::FieldSpec& f = *fields_[roll(fields_.size())];
    const std::string name(f.name);
    const bool is_lower = f.worse == placement::Worse::lower;
    if (f.kind == placement::FieldKind::flag) return is_lower ? "not(" + name + ")" : name;
    if (f.kind == placement::FieldKind::count) {
      const std::size_t quarter = 1 + roll(3);
      return name + (is_lower ? " <= " : " >= ") + std::to_string(quarter * static_cast<std::size_t>(f.high) / 4);
    }
    const std::size_t value = 1 + roll(f.values.size() - 1);
    return name + (f.kind == placement::FieldKind::category ? " = " : " >= ") + std::string(f.values[value].name);
  }

  std::mt19937_64 random_;
  std::vector<const placement::FieldSpec*> fields_;
  std::vector<std::string> levels_{"one", "two", "three", "four", "five", "six"};
  std::string text_;
};

}  // namespace bench
