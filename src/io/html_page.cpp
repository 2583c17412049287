#include "io/html_page.hpp"

#include <algorithm>

#include "io/write_cells.hpp"
#include "io/write_formats.hpp"
#include "io/write_lines.hpp"

namespace placement::io {
namespace {

// p0, p1, p2 are the parts of bars, from the strongest to the faintest.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ground:#fff;--text:#1c2127;--soft:#55606b;--line:#d5dbe1;--panel:#f4f6f8;
--p0:#1f5f9e;--p1:#7fb0dc;--p2:#dde5ec;--heat:#4f93d2;--warn:#8a4b00;--warn-ground:#fff5e6}
@media (prefers-color-scheme:dark){:root{--ground:#13171b;--text:#e7eaed;--soft:#a5b0ba;--line:#39424b;--panel:#1c2228;
--p0:#6fb0f0;--p1:#3f74a8;--p2:#2b3640;--heat:#3f7fbd;--warn:#ffc680;--warn-ground:#2d2312}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,
"DejaVu Sans",sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px}
h2{font-size:1.25rem;margin:0 0 10px;padding-top:18px;border-top:2px solid var(--line)}
h3{font-size:1.05rem;margin:22px 0 8px}
p,ul{margin:0 0 12px;max-width:75ch}
ul{padding-left:22px}
.soft{color:var(--soft)}
section{margin:26px 0}
.notice{border-left:4px solid var(--warn);background:var(--warn-ground);padding:10px 14px;margin:16px 0;max-width:none}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 16px;margin:14px 0;font-size:.9rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere;font-variant-ligatures:none}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0}
.tiles div{background:var(--panel);border-radius:8px;padding:12px 14px}
.tiles strong{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles span{color:var(--soft);font-size:.9rem}
.pair{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:28px;align-items:start;margin-bottom:14px}
.chart{display:block;width:100%;font:13px system-ui,"Segoe UI",Roboto,Arial,"DejaVu Sans",sans-serif}
.chart text{fill:var(--text)}
.back{fill:var(--panel)}
.p0{fill:var(--p0)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}
.kept{fill:none;stroke:var(--soft);stroke-dasharray:4 3}
.wide{overflow-x:auto;margin:0 0 16px}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;width:100%}
caption{text-align:left;color:var(--soft);padding:0 0 6px;font-size:.9rem}
th,td{padding:5px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600}
tbody th{font-weight:400}
.w{text-align:left;min-width:7em}
.n{text-align:right}
tbody .n{white-space:nowrap}
.heat{background:color-mix(in srgb,var(--heat) calc(var(--h)*1%),transparent)}
.bars td:has(svg){width:30%;min-width:56px}
.bars svg{display:block;width:100%;margin-top:6px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 10px;padding:0;list-style:none;font-size:.9rem;max-width:none}
.legend svg{width:14px;height:14px;margin-right:6px;vertical-align:-2px}
footer{color:var(--soft);font-size:.85rem;padding-bottom:36px;border-top:1px solid var(--line);padding-top:12px}
@media (max-width:760px){header,main,footer{padding-left:14px;padding-right:14px}header{padding-top:18px}
.pair{grid-template-columns:minmax(0,1fr);gap:14px}.facts{grid-template-columns:minmax(0,1fr)}.facts dd{margin-bottom:6px}
th,td{padding:5px 6px}table{font-size:.85rem}.w{min-width:6em}.bars td:has(svg){min-width:40px}}
@media print{:root{color-scheme:light;--ground:#fff;--text:#000;--soft:#444;--line:#bbb;--panel:#f2f2f2;--p0:#1f5f9e;
--p1:#7fb0dc;--p2:#dde5ec;--heat:#4f93d2;--warn:#8a4b00;--warn-ground:#fff}
body{font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}.wide{overflow:visible}
.pair,tr,.notice,.tiles{break-inside:avoid}h2,h3,caption{break-after:avoid}section{margin:14px 0}}
)css";

constexpr int kBarStep = 42, kBarTop = 20, kBarHeight = 12;

std::string percent(double share) { return decimal(std::clamp(share, 0.0, 1.0) * 100, 2) + "%"; }

// Parts from the left, on their ground.
std::string bar(const std::vector<double>& parts, int y, int height) {
  const std::string at = "\" y=\"" + std::to_string(y) + "\" height=\"" + std::to_string(height) + "\"";
  if (parts.empty()) return "<rect class=\"kept\" x=\"0" + at + " width=\"100%\"/>";
  std::string svg = "<rect class=\"back\" x=\"0" + at + " width=\"100%\"/>";
  double from = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] > 0)
      svg += "<rect class=\"p" + std::to_string(i) + "\" x=\"" + percent(from) + at + " width=\"" + percent(parts[i]) +
             "\"/>";
    from += parts[i];
  }
  return svg;
}

// Lines may break after the underscores of an id.
std::string breakable(const std::string& escaped) {
  std::string html;
  for (const char c : escaped) html.append(1, c).append(c == '_' ? "<wbr>" : "");
  return html;
}

std::string chart(const std::vector<HtmlBar>& bars, std::string_view title, std::string_view description) {
  std::string svg = "<svg class=\"chart\" role=\"img\" width=\"100%\" height=\"" +
                    std::to_string(static_cast<int>(bars.size()) * kBarStep) + "\">\n<title>" + html_escaped(title) +
                    "</title><desc>" + html_escaped(description) + "</desc>\n";
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const int top = static_cast<int>(i) * kBarStep;
    const std::string baseline = std::to_string(top + kBarTop - 6);
    svg.append("<text x=\"0\" y=\"").append(baseline).append("\">");
    svg.append(html_escaped(shortened(bars[i].label, 36)));
    svg.append("</text><text x=\"100%\" y=\"").append(baseline).append("\" text-anchor=\"end\">");
    svg.append(html_escaped(bars[i].value)).append("</text>");
    svg.append(bar(bars[i].parts, top + kBarTop, kBarHeight)).append("\n");
  }
  return svg + "</svg>\n";
}

std::string table_html(const HtmlTable& table) {
  // A region that can be scrolled must be reachable by keyboard.
  std::string html = "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + html_escaped(table.caption) +
                     "\"><table" + (table.kind.empty() ? "" : " class=\"" + table.kind + "\"") + ">\n<caption>" +
                     html_escaped(table.caption) + "</caption>\n";
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    html += r == 0 ? "<thead><tr>" : "<tr>";
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      const HtmlCell& cell = table.rows[r][c];
      const std::string tag = r == 0 || c == 0 ? "th" : "td";
      html += "<" + tag + " class=\"" + (c < table.text_columns ? "w" : "n") + (cell.heat > 0 ? " heat" : "") + "\"";
      if (r == 0 || c == 0) html += r == 0 ? " scope=\"col\"" : " scope=\"row\"";
      if (cell.heat > 0) html += " style=\"--h:" + decimal(cell.heat * 60, 1) + "\"";
      html += ">";
      html += cell.parts.empty()
                  ? breakable(html_escaped(cell.text))
                  : "<svg aria-hidden=\"true\" width=\"100%\" height=\"10\">" + bar(cell.parts, 0, 10) + "</svg>";
      html += "</" + tag + ">";
    }
    html += r == 0 ? "</tr></thead>\n<tbody>\n" : "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string html_escaped(std::string_view text) { return xml_escaped(clean(text)); }

void HtmlPage::close_section() {
  if (is_open_) body_ += "</section>\n";
  is_open_ = false;
}

void HtmlPage::section(std::string_view title) {
  close_section();
  body_ += "<section>\n<h2>" + html_escaped(title) + "</h2>\n";
  is_open_ = true;
}

void HtmlPage::subsection(std::string_view title) { body_ += "<h3>" + html_escaped(title) + "</h3>\n"; }

void HtmlPage::paragraph(std::string_view text) { body_ += "<p>" + html_escaped(text) + "</p>\n"; }

void HtmlPage::list(const std::vector<std::string>& items) {
  body_ += "<ul>\n";
  for (const std::string& item : items) body_ += "<li>" + html_escaped(item) + "</li>\n";
  body_ += "</ul>\n";
}

void HtmlPage::facts(const std::vector<std::pair<std::string, std::string>>& facts) {
  body_ += "<dl class=\"facts\">\n";
  for (const auto& [name, value] : facts)
    body_ += "<dt>" + html_escaped(name) + "</dt><dd>" + html_escaped(value) + "</dd>\n";
  body_ += "</dl>\n";
}

void HtmlPage::tiles(const std::vector<std::pair<std::string, std::string>>& tiles) {
  body_ += "<div class=\"tiles\">\n";
  for (const auto& [value, what] : tiles)
    body_ += "<div><strong>" + html_escaped(value) + "</strong><span>" + html_escaped(what) + "</span></div>\n";
  body_ += "</div>\n";
}

void HtmlPage::notice(std::string_view text) { body_ += "<p class=\"notice\">" + html_escaped(text) + "</p>\n"; }

void HtmlPage::table(const HtmlTable& table) { body_ += table_html(table); }

void HtmlPage::chart_and_table(const std::vector<HtmlBar>& bars, std::string_view description, const HtmlTable& table) {
  body_ += "<div class=\"pair\">\n<figure style=\"margin:0\">\n" + chart(bars, table.caption, description) +
           "</figure>\n" + table_html(table) + "</div>\n";
}

void HtmlPage::legend(const std::vector<std::string>& parts) {
  body_ += "<ul class=\"legend\">\n";
  for (std::size_t i = 0; i < parts.size(); ++i)
    body_ += "<li><svg aria-hidden=\"true\"><rect class=\"p" + std::to_string(i) +
             "\" width=\"14\" height=\"14\"/></svg>" + html_escaped(parts[i]) + "</li>\n";
  body_ += "</ul>\n";
}

std::string HtmlPage::finish(std::string_view title, std::string_view subtitle, std::string_view footer) {
  close_section();
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
         html_escaped(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n<header>\n<h1>" +
         html_escaped(title) + "</h1>\n<p class=\"soft\">" + html_escaped(subtitle) + "</p>\n</header>\n<main>\n" +
         body_ + "</main>\n<footer><p>" + html_escaped(footer) + "</p></footer>\n</body>\n</html>\n";
}

}  // namespace placement::io
