// The walked care graph as a picture: a ladder of levels, the most intensive at the top.
//
//   status, what to do now
//   left: why the level is not enough | the levels | right: what must be so to step down
//   care beside the level             |            | what to ask, what to do about availability
//   legend, pack
//
// Everything is laid out from measured blocks of text: a row is as high as its highest block, the picture as high as
// its rows. Meaning never hangs on colour alone: widths, dashes and words carry it too, so it survives a grey print.
#include <algorithm>
#include <string_view>

#include "io/describe_result.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"
#include "io/write_plan.hpp"
#include "io/write_summary.hpp"
#include "io/write_svg_canvas.hpp"

namespace placement::io {
namespace {

constexpr int kWidth = 1180, kMargin = 24, kPad = 10, kGap = 16;
constexpr int kSide = 376;  // the side columns
constexpr int kLane = 44;   // between them and the levels: room for the arrows
constexpr int kLevelX = kMargin + kSide + kLane;
constexpr int kLevelWidth = kWidth - 2 * kLevelX;
constexpr int kRightX = kWidth - kMargin - kSide;
constexpr int kFull = kWidth - 2 * kMargin;

constexpr std::size_t kDrawnRules = 3, kDrawnCriteria = 4, kDrawnCare = 5, kDrawnAsked = 8, kDrawnFacts = 8,
                      kDrawnNotices = 2;

constexpr std::string_view kUp = "#1f4e79", kDown = "#2e6b2e", kAlarm = "#9b1c1c", kGrey = "#666666";
constexpr TextStyle kTitle{22, true, "#111111"};
constexpr TextStyle kHead{13, true, "#111111"};
constexpr TextStyle kPlain{12, false, "#222222"};
constexpr TextStyle kSmall{11, false, "#555555"};
constexpr TextStyle kStrong{12, true, "#111111"};

struct StatusLook {
  std::string_view fill, line;
};

StatusLook look_of(Status status) {
  switch (status) {
    case Status::emergency:
      return {"#fde9e7", kAlarm};
    case Status::inconsistent:
      return {"#fbeee0", "#8a4b08"};
    case Status::out_of_scope:
      return {"#f0f0f0", "#555555"};
    case Status::decided:
      return {"#e6f0fa", kUp};
    case Status::undecided:
      return {"#fdf6dc", "#7a6200"};
  }
  return {};
}

void add_cut(TextBlock& block, const std::vector<std::string>& lines, std::size_t limit, const TextStyle& style) {
  const std::size_t shown = lines.size() <= limit + 1 ? lines.size() : limit;
  for (std::size_t i = 0; i < shown; ++i) block.add(lines[i], style, "-");
  if (shown < lines.size()) block.add("and " + std::to_string(lines.size() - shown) + " more", kSmall, " ");
}

class Picture {
 public:
  explicit Picture(const Recommendation& r) : r_(r), s_(summarize(r)), canvas_(kWidth) {}

  [[nodiscard]] std::string draw() {
    draw_status();
    for (const AlertSummary& alert : s_.alerts) draw_alert(alert);
    draw_rule_out();
    const int ladder_top = y_ + 4;
    draw_ladder();
    draw_panels(ladder_top);
    draw_legend();
    return canvas_.finish(y_ + kMargin, s_.headline, joined_up_to(s_.notes, s_.notes.size(), " "));
  }

 private:
  // --- the top
  // ----------------------------------------------------------------------------------------------------------

  void draw_status() {
    TextBlock block(kFull - 2 * kPad - 6);
    block.add(s_.headline, kTitle);
    for (const std::string& note : s_.notes) block.add(note, kPlain);
    for (const std::string& line : s_.placed) block.add(line, kStrong);
    if (!s_.disposition.empty()) block.add("At this re-assessment: " + s_.disposition.front(), kStrong);
    panel(kMargin, kFull, block, {look_of(r_.status).fill, look_of(r_.status).line, 2, false});
  }

  void draw_alert(const AlertSummary& alert) {
    const bool is_stop = alert.urgency == Urgency::stop && !alert.is_handled;
    const int tag_width = 104;
    TextBlock block(kFull - tag_width - 3 * kPad);
    block.add(alert.because + (alert.mark.empty() ? "" : " (" + alert.mark + ")"), kStrong);
    if (!alert.is_handled) block.add(alert.action, kPlain, "Do:");
    const int height = block.height() + kPad + 4;
    canvas_.box(kMargin, y_, kFull, height,
                {is_stop ? "#fde9e7" : "#ffffff", is_stop ? kAlarm : "#444444", is_stop ? 3 : 1, false});
    canvas_.box(kMargin, y_, tag_width, height, {is_stop ? kAlarm : "#444444", is_stop ? kAlarm : "#444444", 1, false});
    TextBlock tag(tag_width);
    tag.add(alert.is_handled ? "HANDLED" : is_stop ? "STOP" : "URGENT", {14, true, "#ffffff"});
    canvas_.text(kMargin + kPad, y_ + (height - tag.height()) / 2, tag);
    canvas_.text(kMargin + tag_width + kPad, y_ + kPad / 2, block);
    y_ += height + 6;
  }

  void draw_rule_out() {
    if (s_.rule_out.empty()) return;
    TextBlock block(kFull - 2 * kPad);
    block.add("Emergencies not yet ruled out depend on: " + s_.rule_out + ".", kStrong);
    panel(kMargin, kFull, block, {"#ffffff", kAlarm, 1, true});
  }

  // --- the ladder
  // -------------------------------------------------------------------------------------------------------

  [[nodiscard]] bool is_possible(std::size_t level) const {
    return std::find(r_.possible.begin(), r_.possible.end(), level) != r_.possible.end();
  }

  [[nodiscard]] TextBlock level_block(std::size_t level) const {
    const CareLevel& about = r_.pack.content().levels[level];
    TextBlock block(kLevelWidth - 2 * kPad);
    const bool is_named = named_level(r_) == level, may_be = is_possible(level);
    block.add(level_name(r_, level), {14, is_named || may_be, is_named || may_be ? "#111111" : kGrey});
    block.add(clean(about.hours), kSmall);
    if (r_.indicated == level) block.add("INDICATED", {12, true, kUp});
    if (r_.policy && r_.policy->level == level)
      block.add("taken by policy: " + std::string(to_string(r_.policy->name)), {12, true, kUp});
    if (r_.indicated != level && may_be)
      block.add(r_.possible.size() > 1 ? "still possible" : "only level possible", {12, true, kUp});
    if (r_.request.current_level == about.id) block.add("current level", {12, true, kDown});
    if (r_.placed && r_.placed->level == level && r_.indicated != level) block.add("placed here", {12, true, kDown});
    return block;
  }

  /// Each rule once: at the highest level it makes insufficient, just below the level it demands.
  [[nodiscard]] TextBlock left_block(std::size_t level) const {
    TextBlock block(kSide - 2 * kPad);
    for (std::size_t i = 0; i + 1 < r_.walk.size(); ++i) {
      if (r_.walk[i].level != level) continue;
      std::vector<std::string> here;
      for (const std::size_t rule : rules_overcome(r_, i)) here.push_back(rule_sentence(r_, rule, 0));
      const std::size_t above = r_.walk[i].insufficient.size() - here.size();
      block.add("Not enough:", {11, true, kUp});
      add_cut(block, here, kDrawnRules, kPlain);
      if (above > 0)
        block.add(counted(above, "rule") + (above == 1 ? " demands" : " demand") + " more still, see above", kSmall);
    }
    for (const LevelSummary& possible : s_.levels) {
      if (possible.level != level) continue;
      block.add(possible.demands.empty() ? "Where nothing demands more" : "Could be demanded by:", {11, true, kUp});
      add_cut(block, possible.demands, 2, kPlain);
    }
    return block;
  }

  [[nodiscard]] TextBlock right_block(std::size_t level) const {
    TextBlock block(kSide - 2 * kPad);
    for (const StopSummary& stop : s_.path) {
      if (stop.level != level) continue;
      block.add(capitalized(stop.stay + "; " + stop.clock), kSmall);
      for (const std::string& note : stop.notes) block.add(note, kSmall);
      if (!stop.criteria.empty()) block.add("To step down:", {11, true, kDown});
      add_cut(block, stop.criteria, kDrawnCriteria, kPlain);
      const bool is_as_before = &stop != &s_.path.front() && (&stop)[-1].beside == stop.beside;
      if (!stop.beside.empty() && !is_as_before) block.add("With: " + stop.beside, kSmall);
    }
    return block;
  }

  void draw_ladder() {
    const std::size_t levels = r_.pack.content().levels.size();
    std::vector<int> middle(levels);
    y_ += 4;
    draw_headings();
    int last_bottom = 0;
    for (std::size_t level = levels; level-- > 0;) {
      const TextBlock centre = level_block(level), left = left_block(level), right = right_block(level);
      const int box = centre.height() + 2 * kPad;
      const int row =
          std::max({box, left.empty() ? 0 : left.height() + kPad, right.empty() ? 0 : right.height() + kPad});
      if (last_bottom > 0) canvas_.line({{kWidth / 2, last_bottom}, {kWidth / 2, y_}}, "#c4c4c4", 1, false, false);
      side_panel(kMargin, left, kUp);
      side_panel(kRightX, right, kDown);
      const bool is_named = named_level(r_) == level;
      canvas_.box(kLevelX, y_, kLevelWidth, box,
                  is_named             ? BoxStyle{"#cfe3f7", kUp, 4, false}
                  : is_possible(level) ? BoxStyle{"#eaf3fb", kUp, 2, false}
                                       : BoxStyle{"#ffffff", "#aaaaaa", 1, false});
      canvas_.text(kLevelX + kPad, y_ + kPad, centre);
      middle[level] = y_ + box / 2;
      last_bottom = y_ + box;
      y_ += row + kGap;
    }
    draw_arrows(middle);
    y_ += 4;
  }

  void draw_headings() {
    if (r_.walk.size() < 2 && s_.levels.empty() && s_.path.empty()) return;
    TextBlock left(kSide), right(kSide), centre(kLevelWidth);
    if (r_.walk.size() > 1) left.add("Way up: why less is not enough", kHead);
    if (!s_.levels.empty()) left.add("What could demand this level", kHead);
    if (!s_.path.empty()) right.add("Way down: what must be so first", kHead);
    centre.add("Levels of care", kHead);
    canvas_.text(kMargin, y_, left);
    canvas_.text(kLevelX, y_, centre);
    canvas_.text(kRightX, y_, right);
    y_ += centre.height() + 6;
  }

  void side_panel(int x, const TextBlock& block, std::string_view colour) {
    if (block.empty()) return;
    canvas_.box(x, y_, kSide, block.height() + kPad, {"#f7f7f7", "#e0e0e0", 1, false});
    const int edge = x == kMargin ? x + kSide : x;
    canvas_.line({{edge, y_}, {edge, y_ + block.height() + kPad}}, colour, 2, false, false);
    canvas_.text(x + kPad, y_ + kPad / 2, block);
  }

  void draw_arrows(const std::vector<int>& middle) {
    const int shift = 7;  // arrows leave and arrive beside each other
    for (std::size_t i = 0; i + 1 < r_.walk.size(); ++i) {
      const int from = middle[r_.walk[i].level] - shift, to = middle[r_.walk[i + 1].level] + shift;
      const int lane = kLevelX - kLane / 2;
      canvas_.line({{kLevelX, from}, {lane, from}, {lane, to}, {kLevelX - 4, to}}, kUp, 3, false, true);
    }
    for (std::size_t i = 0; i + 1 < s_.path.size(); ++i) {
      const int from = middle[s_.path[i].level] + shift, to = middle[s_.path[i + 1].level] - shift;
      const int edge = kLevelX + kLevelWidth, lane = edge + kLane / 2;
      canvas_.line({{edge, from}, {lane, from}, {lane, to}, {edge + 4, to}}, kDown, 2, true, true);
    }
  }

  // --- the bottom
  // -------------------------------------------------------------------------------------------------------

  [[nodiscard]] TextBlock care_block(int width) const {
    TextBlock block(width - 2 * kPad);
    if (s_.care.empty()) return block;
    block.add("Beside the level", kHead);
    for (const CareRow& row : s_.care) {
      block.space(3);
      block.add(capitalized(row.label), {11, true, "#333333"});
      if (row.weight == CareRow::Weight::avoid)
        add_cut(block, row.with_notes(), kDrawnCare, kPlain);
      else
        block.add(joined_up_to(row.items, kDrawnCare, "; "), kPlain);
    }
    return block;
  }

  [[nodiscard]] TextBlock todo_block(int width) const {
    TextBlock block(width - 2 * kPad);
    const auto head = [&](std::string_view title) {
      if (!block.empty()) block.space(6);
      block.add(title, kHead);
    };
    if (!s_.feasible.empty()) {
      head("Available now");
      block.add(s_.feasible.front(), kPlain);
      for (std::size_t i = 1; i < s_.feasible.size(); ++i) block.add(s_.feasible[i], kPlain, "-");
    }
    if (!s_.question.empty()) {
      head("Ask next");
      block.add(s_.question, kStrong);
      block.add(s_.question_answers, kSmall);
      block.add(capitalized(s_.question_why) + ".", kPlain);
      if (!s_.ask_then.empty()) block.add("Then: " + joined_up_to(s_.ask_then, kDrawnAsked), kPlain);
    }
    if (!s_.why.empty()) {
      head("Why");
      add_cut(block, s_.why, kDrawnRules, kPlain);
      if (!s_.reason.empty()) block.add("Enough to know: " + joined_up_to(s_.reason, kDrawnFacts, "; "), kPlain);
    }
    if (!s_.notices.empty()) {
      head("Note");
      add_cut(block, s_.notices, kDrawnNotices, kPlain);
    }
    return block;
  }

  /// What is to be done and given: in the side columns where these are free, else below the ladder.
  void draw_panels(int ladder_top) {
    const bool is_left_free = r_.walk.size() < 2 && s_.levels.empty(), is_right_free = s_.path.empty();
    const int half = (kFull - kGap) / 2;
    const TextBlock care = care_block(is_left_free || is_right_free ? kSide : half);
    const TextBlock todo = todo_block(is_left_free || is_right_free ? kSide : half);
    int left_y = is_left_free ? ladder_top : y_, right_y = is_right_free ? ladder_top : y_;
    const int right_x = kWidth - kMargin - todo.width() - 2 * kPad;
    if (is_right_free || !is_left_free) right_y = framed(right_x, right_y, todo);
    if (is_left_free || !is_right_free)
      left_y = framed(kMargin, left_y, care);
    else
      right_y = framed(right_x, right_y, care);
    if (is_left_free && !is_right_free) left_y = framed(kMargin, left_y, todo);
    y_ = std::max({y_, left_y, right_y});
  }

  /// Draws `block` in a frame; returns where what comes below may begin.
  int framed(int x, int y, const TextBlock& block) {
    if (block.empty()) return y;
    const int height = block.height() + 2 * kPad;
    canvas_.box(x, y, block.width() + 2 * kPad, height, {"#ffffff", "#aaaaaa", 1, false});
    canvas_.text(x + kPad, y + kPad, block);
    return y + height + kGap;
  }

  void draw_legend() {
    int x = kMargin;
    const int middle = y_ + 7;
    const auto label = [&](std::string_view text) {
      TextBlock block(300);
      block.add(text, kSmall);
      canvas_.text(x, y_, block);
      x += text_width(text, kSmall) + 26;
    };
    const auto swatch = [&](const BoxStyle& style) {
      canvas_.box(x, y_, 26, 14, style, 2);
      x += 34;
    };
    swatch({"#cfe3f7", kUp, 4, false});
    label("indicated, or taken by policy");
    swatch({"#eaf3fb", kUp, 2, false});
    label("possible");
    swatch({"#ffffff", "#aaaaaa", 1, false});
    label("not possible or not named");
    canvas_.line({{x, middle}, {x + 30, middle}}, kUp, 3, false, true);
    x += 38;
    label("way up");
    canvas_.line({{x, middle}, {x + 30, middle}}, kDown, 2, true, true);
    x += 38;
    label("way down, once its criteria are met");
    y_ += 24;
    TextBlock footer(kFull);
    footer.add(capitalized(s_.footer) + ".", kSmall);
    canvas_.text(kMargin, y_, footer);
    y_ += footer.height();
  }

  void panel(int x, int width, const TextBlock& block, const BoxStyle& style) {
    canvas_.box(x, y_, width, block.height() + 2 * kPad, style);
    canvas_.text(x + kPad + 3, y_ + kPad, block);
    y_ += block.height() + 2 * kPad + 8;
  }

  const Recommendation& r_;
  Summary s_;
  SvgCanvas canvas_;
  int y_ = kMargin;
};

}  // namespace

std::string write_svg(const Recommendation& r) { return Picture(r).draw(); }

}  // namespace placement::io
