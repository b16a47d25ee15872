//! Dates and times as Table Schema writes them, as patterns.

/// A moment; the zone may be left out.
pub(super) const DATETIME: &str = concat!(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T",
    r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+\-]\d\d:\d\d)?"
);

/// A time of the day.
pub(super) const TIME: &str = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+\-]\d\d:\d\d)?";

/// The pattern of a form such as `%d/%m/%Y`, and a value that matches; none where the form has a part
/// that is not known. Days are not looked up in a calendar.
pub(super) fn pattern(form: &str) -> Option<(String, String)> {
    let (mut pattern, mut example) = (String::new(), String::new());
    let mut rest = form.chars();
    while let Some(c) = rest.next() {
        let (part, value) = match c {
            '%' => match rest.next()? {
                'Y' => (r"\d{4}", "2026"),
                'y' => (r"\d\d", "26"),
                'm' => ("(0?[1-9]|1[0-2])", "11"),
                'd' => (r"(0?[1-9]|[12]\d|3[01])", "21"),
                'b' => ("(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", "Nov"),
                'H' => (r"([01]?\d|2[0-3])", "08"),
                'I' => ("(0?[1-9]|1[0-2])", "08"),
                'M' => (r"[0-5]?\d", "05"),
                'S' => (r"[0-5]?\d", "00"),
                'f' => (r"\d{1,6}", "0"),
                'p' => ("([AaPp][Mm])", "AM"),
                'j' => (r"\d{1,3}", "325"),
                'z' => (r"(Z|[+\-]\d\d:?\d\d)", "Z"),
                '%' => ("%", "%"),
                _ => return None,
            },
            c if c.is_ascii_alphanumeric() || c == ' ' => {
                pattern.push(c);
                example.push(c);
                continue;
            }
            c if c.is_ascii_punctuation() => {
                pattern.extend(['\\', c]);
                example.push(c);
                continue;
            }
            _ => return None,
        };
        pattern.push_str(part);
        example.push_str(value);
    }
    (!pattern.is_empty()).then_some((pattern, example))
}
