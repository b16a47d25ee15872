//! Repairs a file as it streams: edits of cells, records and the header. Bytes that no fix touches
//! are copied as they are.

mod shape;

use std::sync::Arc;

use crate::check::FilePlan;
use crate::evidence::HIDDEN;
use crate::finding::{Finding, Fix, Remedy, Safety, Then};
use crate::records::{Batch, Breaks, Record};
use crate::report::change_log;
use crate::rules::{mixed_line_breaks, wrong_delimiter};
use shape::{Level, Shape};

/// Which fixes are applied.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The least safe that is applied; never [`Safety::Shown`].
    pub most: Safety,
    /// Rules whose fixes are applied; all where there is none.
    pub only: Vec<String>,
}

impl Selection {
    /// The fix of a finding, if it is to be applied.
    pub fn pick<'a>(&self, finding: &'a Finding) -> Option<&'a Fix> {
        let fix = finding.told.fix.as_ref()?;
        let named = self.only.is_empty() || self.only.iter().any(|name| name == finding.rule.name);
        (named && fix.safety <= self.most && fix.safety != Safety::Shown).then_some(fix)
    }
}

/// Repairs one file.
pub struct Repair {
    plan: Arc<FilePlan>,
    file: String,
    selection: Arc<Selection>,
    shape: Shape,
    /// Edits of labels, by column.
    labels: Vec<Option<String>>,
    /// Records to add at the end, and how their lines end.
    append: Vec<Vec<String>>,
    line_break: &'static [u8],
    last: Option<u8>,
}

impl Repair {
    /// A repair of the file that the plan describes. `whole` are the findings about its header and
    /// the file as such; what they change is written to the log.
    pub fn new(
        plan: &Arc<FilePlan>,
        file: &str,
        selection: &Arc<Selection>,
        whole: &[Finding],
        breaks: &Breaks,
        log: &mut Vec<u8>,
    ) -> Repair {
        let picked: Vec<(&Finding, &Fix)> = whole
            .iter()
            .filter_map(|finding| Some((finding, selection.pick(finding)?)))
            .collect();
        let mut labels = vec![None; plan.labels.len()];
        let mut shape = Shape::of(plan);
        let mut append = Vec::new();
        let usual = [b"\n".as_slice(), b"\r\n"][mixed_line_breaks::usual(breaks)];
        for (finding, fix) in &picked {
            match &fix.remedy {
                Remedy::Cell(label) => {
                    if let Some(column) = finding.place.column {
                        labels[column as usize] = Some(label.clone());
                    }
                }
                Remedy::LineBreaks => shape.line_break = Some(usual),
                Remedy::Delimiter(byte) => shape.to = plan.spec().dialect(*byte),
                Remedy::DropTitle => shape.drop_titles = true,
                Remedy::Append(rows) => append.extend(rows.iter().cloned()),
                Remedy::Columns => {
                    shape
                        .columns
                        .get_or_insert_with(|| shape::columns(plan, &picked));
                }
                _ => {}
            }
        }
        let repair = Repair {
            plan: Arc::clone(plan),
            file: file.to_owned(),
            selection: Arc::clone(selection),
            shape,
            labels,
            append,
            line_break: usual,
            last: None,
        };
        for (finding, fix) in &picked {
            repair.note(
                finding,
                fix,
                finding.value.as_deref().unwrap_or_default(),
                log,
            );
        }
        repair
    }

    /// Writes the records of a batch, repaired. `findings` are all about them, in order.
    pub fn batch(
        &mut self,
        batch: &Batch<'_>,
        findings: &[Finding],
        out: &mut Vec<u8>,
        log: &mut Vec<u8>,
    ) {
        let mut findings = findings;
        let before = out.len();
        for record in batch.records() {
            let number = (record.number() + 1).saturating_sub(self.plan.header);
            let data = record.number() >= self.plan.header;
            let mine = findings
                .iter()
                .take_while(|finding| finding.place.record <= Some(number));
            let (mine, rest) = findings.split_at(if data { mine.count() } else { 0 });
            findings = rest;
            self.record(&record, mine, out, log);
        }
        if out.len() > before {
            self.last = out.last().copied();
        }
    }

    /// Writes what comes behind the last record.
    pub fn finish(&self, out: &mut Vec<u8>) {
        let line_break = self.line_break;
        if !self.append.is_empty() && !matches!(self.last, None | Some(b'\n' | b'\r')) {
            out.extend_from_slice(line_break);
        }
        for row in &self.append {
            self.shape.write_new(row, out);
            out.extend_from_slice(line_break);
        }
    }

    fn record(
        &self,
        record: &Record<'_>,
        findings: &[Finding],
        out: &mut Vec<u8>,
        log: &mut Vec<u8>,
    ) {
        let number = record.number();
        if number + 1 < self.plan.header && self.shape.drop_titles {
            return;
        }
        let line_break = match (self.shape.line_break, record.line_break()) {
            (Some(line_break), [_, ..]) => line_break,
            (_, line_break) => line_break,
        };
        // What rules say of single cells is about others than those that the record then has.
        let whole = findings.iter().find_map(|finding| {
            let fix = self.selection.pick(finding)?;
            match &fix.remedy {
                Remedy::Cells(cells) => Some((finding, fix, cells, line_break)),
                // Nothing can be put in order that is not whole.
                Remedy::Piece(..) if self.shape.columns.is_some() => None,
                Remedy::Piece(cells, Then::More) => Some((finding, fix, cells, b" ".as_slice())),
                Remedy::Piece(cells, Then::End) => Some((finding, fix, cells, line_break)),
                _ => None,
            }
        });
        if let Some((finding, fix, cells, behind)) = whole {
            self.note(finding, fix, &String::from_utf8_lossy(record.bytes()), log);
            self.shape.write_new(cells, out);
            out.extend_from_slice(behind);
            return;
        }
        let mut edits: Vec<(usize, &str)> = Vec::new();
        let mut cells = record.width();
        if number + 1 == self.plan.header {
            let labels = self.labels.iter().enumerate();
            edits.extend(labels.filter_map(|(at, label)| Some((at, label.as_deref()?))));
        }
        for (at, finding) in findings.iter().enumerate() {
            let Some(fix) = self.selection.pick(finding) else {
                continue;
            };
            match (&fix.remedy, finding.place.column) {
                (Remedy::DropRecord, _) => {
                    self.note(finding, fix, &String::from_utf8_lossy(record.bytes()), log);
                    return;
                }
                (Remedy::FitRecord, _) => {
                    cells = self.plan.labels.len();
                    self.note(finding, fix, &record.width().to_string(), log);
                }
                (Remedy::Cell(value), Some(column)) => {
                    // The last rule to speak of a cell has seen what those before it would do.
                    let later = findings[at + 1..].iter().any(|later| {
                        let same = later.place.column == Some(column);
                        same && self
                            .selection
                            .pick(later)
                            .is_some_and(|fix| fix.replacement().is_some())
                    });
                    if !later {
                        edits.push((column as usize, value));
                        self.note(
                            finding,
                            fix,
                            finding.value.as_deref().unwrap_or_default(),
                            log,
                        );
                    }
                }
                _ => {}
            }
        }
        let level = match number + 1 {
            above if above < self.plan.header => Level::Title,
            header if header == self.plan.header => Level::Header,
            _ => Level::Data,
        };
        if level != Level::Title {
            self.note_flat(record, &edits, log);
        }
        self.shape.write(record, level, cells, &edits, out);
        out.extend_from_slice(line_break);
    }

    /// Logs the cells whose tabs or line breaks become blanks, because nothing quotes any more.
    fn note_flat(&self, record: &Record<'_>, edits: &[(usize, &str)], log: &mut Vec<u8>) {
        let number = (record.number() + 1).checked_sub(self.plan.header);
        let field = |column: usize| {
            let is_known = column < self.plan.labels.len();
            is_known.then(|| self.plan.field_name(column as u32))?
        };
        self.shape
            .flattened(record, edits, |column, before, after| {
                change_log::row(
                    log,
                    &change_log::Row {
                        file: &self.file,
                        line: Some(record.line() + 1),
                        record: number.filter(|number| *number > 0),
                        field: field(column).unwrap_or_default(),
                        before: &String::from_utf8_lossy(before),
                        after: &String::from_utf8_lossy(after),
                        rule: wrong_delimiter::RULE.name,
                        safety: Safety::Review,
                    },
                );
            });
    }

    fn note(&self, finding: &Finding, fix: &Fix, before: &str, log: &mut Vec<u8>) {
        let after = match &fix.remedy {
            // What nobody should see before, nobody should after.
            Remedy::Cell(value) if !value.is_empty() && before == HIDDEN => HIDDEN,
            Remedy::Cell(value) => value.as_str(),
            Remedy::DropRecord => "",
            _ => fix.title.as_str(),
        };
        let field = finding
            .place
            .field
            .and_then(|slot| self.plan.field_name(slot))
            .unwrap_or_default();
        change_log::row(
            log,
            &change_log::Row {
                file: &self.file,
                line: finding.place.line,
                record: finding.place.record,
                field,
                before,
                after,
                rule: finding.rule.name,
                safety: fix.safety,
            },
        );
    }
}
