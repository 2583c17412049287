// The sentences that text, Markdown and the picture share: what the result says, in the order a clinician reads it.
//
// summarize() turns the numbers of a recommendation into cleaned lines of plain text, with no layout; each format
// decides how many of them it shows and how they look. Every sentence about a result has its one home here.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "placement/recommendation.hpp"

namespace placement::io {

struct AlertSummary {
  Urgency urgency = Urgency::notice;
  std::string because, action;
  std::string mark;  ///< "", "not ruled out", or "handled by ... at ..."
  bool is_handled = false;
};

/// A label and what belongs to it: "medication" and names of services.
struct CareRow {
  enum class Weight : std::uint8_t { first, other, open, avoid };
  Weight weight = Weight::first;  ///< first: medication, overdose prevention, capabilities; other: further services
  std::string label;
  std::vector<std::string> items;
  std::vector<std::string> notes;  ///< one for each item, or none: what it depends on, why it is to be avoided

  /// "name" or "name: note".
  [[nodiscard]] std::vector<std::string> with_notes() const;
};

/// One stop of the path down.
struct StopSummary {
  std::size_t level = 0;
  std::string name;
  std::string stay;                   ///< "typical stay: 3 to 7 days"
  std::string clock;                  ///< "assess again within 1 day"
  std::vector<std::string> notes;     ///< what unknowns leave open, whether the need remains
  std::vector<std::string> criteria;  ///< what must be so to move on, beside the criteria of the stops before
  std::string beside;                 ///< services and capabilities at this stop
};

/// A level that is possible, and what could demand it.
struct LevelSummary {
  std::size_t level = 0;
  std::string name;
  std::vector<std::string> demands;  ///< "because ... (ask: ...)"; none: where nothing demands more
};

struct Summary {
  std::string headline;              ///< "DETOX: decided"
  std::vector<std::string> notes;    ///< lines that explain the status
  std::string hours;                 ///< of the level decided on: "Under 9 hours a week, often 1 or 2 visits."
  std::vector<std::string> level;    ///< of the level named: where it is, who works there, what happens, whom it suits
  std::vector<AlertSummary> alerts;  ///< to act on: stop and urgent alerts that hold, or may in an emergency
  std::vector<std::string> notices;  ///< notice alerts that hold, with what to do
  std::string rule_out;              ///< fields that stop alerts wait for, "" where none
  std::vector<std::string> why;      ///< determining rules with source and mark
  std::vector<std::string> reason;   ///< "COWS score: 15 points", ...: enough to know, what weighs most first
  std::vector<LevelSummary> levels;  ///< where more than one level is possible: each of them
  std::vector<CareRow> care;         ///< medication first; then overdose prevention, capabilities, the other services
  std::string question;              ///< "" where nothing is left to ask
  std::string question_answers;      ///< "none, mild, moderate or severe", "0 to 48 points"
  std::string question_why;
  std::vector<std::string> ask_then;  ///< labels of the further fields to ask
  std::vector<StopSummary> path;
  std::vector<std::string> disposition;
  std::vector<std::string> feasible;
  std::vector<std::string> placed;
  std::string footer;
};

[[nodiscard]] Summary summarize(const Recommendation& r);

}  // namespace placement::io
