//! The report as one page to keep, print or send: it loads nothing, runs nothing and says so in
//! its own content policy. Severity is a shape and a word before it is a colour.
//!
//! All that comes from files is escaped, made visible and isolated from the direction of the text
//! around it; none of it is in the title.

use super::words::Word;
use super::{Cause, File, Form, Group, NotChecked, Report, Sample, form, show, words};
use crate::finding::Severity;

const HEAD: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" ",
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
);

/// The report as an HTML page.
pub fn print(report: &Report) -> String {
    form::print(&mut Html, report)
}

/// The report as an HTML page, in pieces.
#[derive(Debug)]
pub struct Html;

impl Form for Html {
    fn head(&mut self, report: &Report, out: &mut Vec<u8>) {
        out.extend(head(report).into_bytes());
    }

    fn open(&mut self, report: &Report, at: usize, out: &mut Vec<u8>) {
        if at == 0 {
            out.extend(contents(report).into_bytes());
        }
        out.extend(table(at, report, &report.groups[at]).into_bytes());
    }

    fn sample(&mut self, _: &Group, one: &Sample, _: u64, out: &mut Vec<u8>) {
        out.extend(sample(one).into_bytes());
    }

    fn close(&mut self, group: &Group, shown: u64, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</tbody>\n</table>\n");
        if let Some(more) = words::more(group.total, shown) {
            out.extend(format!("<p>{more}</p>\n").into_bytes());
        }
    }

    fn foot(&mut self, report: &Report, out: &mut Vec<u8>) {
        out.extend(foot(report).into_bytes());
    }
}

/// What stands before the findings.
fn head(report: &Report) -> String {
    let mut out = String::from(HEAD);
    out += &format!("<title>{}</title>\n<style>\n", words::TITLE);
    out += include_str!("html.css");
    out += "</style>\n</head>\n<body>\n<main>\n";
    out += &format!("<h1>{}</h1>\n", message(&words::headline(report)));
    if let Some(lead) = words::with_warnings(report) {
        out += &format!("<p>{lead}</p>\n");
    }
    out += &format!("<p>{}</p>\n", message(&words::checked_as(report)));
    let refusals = words::refusals(report);
    let refusals = refusals.iter().map(|refusal| message(refusal));
    let causes = refusals.chain(report.causes.iter().map(cause));
    let first: Vec<String> = causes.chain(words::other_causes(report)).collect();
    section(&mut out, words::CAUSES, &first, |out, all| {
        list(out, "ol", all, String::clone)
    });
    out
}

/// What stands before the tables of all groups: a list of them.
fn contents(report: &Report) -> String {
    let mut out = begin(words::FINDINGS);
    let numbered: Vec<_> = report.groups.iter().enumerate().collect();
    list(&mut out, "ul", &numbered, |&(at, group)| {
        format!("<a href=\"#group-{}\">{}</a>", at + 1, title(group))
    });
    out
}

/// What stands behind the findings.
fn foot(report: &Report) -> String {
    let mut out = String::new();
    if !report.groups.is_empty() {
        out += END;
    }
    let (unchecked, beyond) = (&report.not_checked, &report.cannot_check);
    section(&mut out, words::NOT_CHECKED, unchecked, |out, all| {
        list(out, "ul", all, not_checked)
    });
    section(&mut out, words::CANNOT_CHECK, beyond, |out, all| {
        list(out, "ul", all, |what| message(what))
    });
    section(&mut out, words::FILES, &report.files, |out, all| {
        *out += &files(all)
    });
    let (name, version) = (report.tool.name, report.tool.version);
    out +=
        &format!("</main>\n<footer class=\"soft\">{name} {version}</footer>\n</body>\n</html>\n");
    out
}

/// The end of a section.
const END: &str = "</section>\n";

fn begin(heading: &str) -> String {
    format!("<section>\n<h2>{heading}</h2>\n")
}

fn section<T>(out: &mut String, heading: &str, items: &[T], print: impl Fn(&mut String, &[T])) {
    if !items.is_empty() {
        *out += &begin(heading);
        print(out, items);
        *out += END;
    }
}

fn list<T>(out: &mut String, tag: &str, items: &[T], print: impl Fn(&T) -> String) {
    *out += &format!("<{tag}>\n");
    items
        .iter()
        .for_each(|item| *out += &format!("<li>{}</li>\n", print(item)));
    *out += &format!("</{tag}>\n");
}

fn cause(cause: &Cause) -> String {
    let places = cause.places.iter().map(|place| {
        let name = column(&place.file, place.field.as_deref());
        format!(
            "<li>{name}: {}</li>\n",
            words::plural(place.total, "finding")
        )
    });
    let places: String = places.collect();
    let places = if places.is_empty() {
        places
    } else {
        format!("\n<ul>\n{places}</ul>\n")
    };
    format!("{}{places}", message(&cause.message))
}

fn not_checked(what: &NotChecked) -> String {
    let rule = what
        .rule
        .as_ref()
        .map(|rule| format!(", {}", escape(&words::rule_title(rule).to_lowercase())))
        .unwrap_or_default();
    format!("{}{rule}: {}", value(&what.file), message(&what.reason))
}

/// The words that name a group, in the list and above its table.
fn title(group: &Group) -> String {
    let shape = match group.severity {
        Severity::Error => '■',
        Severity::Warning => '▲',
        Severity::Info => '●',
    };
    format!(
        "<span data-severity=\"{}\"><span aria-hidden=\"true\">{shape}</span> {}</span>: {}, {}: {}",
        group.severity.word(),
        words::severity(group.severity),
        escape(&words::rule_title(&group.rule)),
        column(&group.file, group.field.as_deref()),
        words::plural(group.total, "finding")
    )
}

/// The table of a group, up to its first row.
fn table(at: usize, report: &Report, group: &Group) -> String {
    let about = format!(
        "{} {}",
        words::consequence(group.severity, group.consequence),
        words::authority(report, group.authority)
    );
    let mut out = format!("<table role=\"table\" id=\"group-{}\">\n", at + 1);
    out += &format!("<caption>{}<p>{about}</p></caption>\n", title(group));
    out + &labels(&[words::PLACE, words::VALUE, words::MESSAGE, words::FIX])
}

fn sample(sample: &Sample) -> String {
    let key = sample.key.as_deref().map(value).unwrap_or_default();
    let place = [words::place(sample.line, sample.column), key];
    let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let fix = sample
        .fix
        .as_ref()
        .map(|fix| format!("{} ({})", message(&fix.title), words::safety(fix.safety)));
    row(&[
        (words::PLACE, place.join(", ")),
        (
            words::VALUE,
            sample.value.as_deref().map(code).unwrap_or_default(),
        ),
        (words::MESSAGE, message(&sample.message)),
        (words::FIX, fix.unwrap_or_default()),
    ])
}

fn files(files: &[File]) -> String {
    let mut out = format!(
        "<table role=\"table\">\n<caption>{}</caption>\n",
        words::AS_READ
    );
    out += &labels(&[words::FILE, words::RECORDS, words::BYTES, words::ENCODING]);
    for file in files {
        out += &row(&[
            (words::FILE, value(&file.name)),
            (words::RECORDS, file.records.to_string()),
            (words::BYTES, file.bytes.to_string()),
            (
                words::ENCODING,
                file.encoding.as_deref().map(escape).unwrap_or_default(),
            ),
        ]);
    }
    out + "</tbody>\n</table>\n"
}

/// A table's head. Roles are spelled out because narrow screens show the table as blocks, and a
/// browser may then forget that it is one.
fn labels(labels: &[&str]) -> String {
    let cells = labels
        .iter()
        .map(|label| format!("<th role=\"columnheader\" scope=\"col\">{label}</th>"));
    let cells: String = cells.collect();
    format!(
        "<thead role=\"rowgroup\"><tr role=\"row\">{cells}</tr></thead>\n<tbody role=\"rowgroup\">\n"
    )
}

/// A table's row: labels and cells already escaped, the first of which names the row.
fn row(cells: &[(&str, String)]) -> String {
    let mut out = String::from("<tr role=\"row\">");
    for (at, (label, cell)) in cells.iter().enumerate() {
        out += &match (at, cell.as_str()) {
            (0, _) => format!("<th role=\"rowheader\" scope=\"row\">{cell}</th>"),
            (_, "") => "<td role=\"cell\"></td>".to_owned(),
            _ => format!("<td role=\"cell\" data-label=\"{label}\">{cell}</td>"),
        };
    }
    out + "</tr>\n"
}

/// A file and, when it is about one, its column.
fn column(file: &str, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{}, {}", value(file), value(field)),
        None => value(file),
    }
}

fn value(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(&show::value(text)))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", value(text))
}

/// What stands in backticks is code, unless a value with a backtick in it leaves that open. The
/// sentence is not isolated as a value is: evidence comes first, and would turn all of it round.
fn message(text: &str) -> String {
    let text = show::message(text);
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escape(&text);
    }
    let mark = |(at, piece): (usize, &&str)| match at % 2 {
        0 => escape(piece),
        _ => format!("<code><bdi>{}</bdi></code>", escape(piece)),
    };
    pieces.iter().enumerate().map(mark).collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}
