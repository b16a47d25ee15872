//! What the files can become, and the task that makes it of them.

use super::jobs::{Active, Job};
use super::output::Writing;
use super::{Error, Result, Session};
use crate::check::{FileRef, Partial};
use crate::convert::{self, Asks, Becomes, Converts, Given, Legacy, Lost, Next, Pass, Way};
use crate::finding::Consequence;
use crate::formats;
use crate::rules::{invalid_encoding, mixed_line_breaks};
use crate::source::Want;

/// How much of the files a conversion could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of each file.
    Whole,
    /// There is a file, or a record's end, that it could not.
    InPart,
}

impl Session {
    /// What the files can become. An error before a check is done.
    pub fn targets(&self) -> Result<Vec<Becomes>> {
        let Some((format, _)) = self.format else {
            return Ok(Vec::new());
        };
        let all = convert::ways(format, &self.peeks).into_iter().map(|way| {
            let conversion = self.conversion(way, &|_| None)?;
            let asks = way.asks().iter().map(|ask| Asks {
                name: ask.name.to_owned(),
                title: ask.title.to_owned(),
                kind: ask.kind.word(),
                required: ask.required,
                group: ask.group.to_owned(),
            });
            Ok(Becomes {
                id: way.to().id.to_owned(),
                title: way.title().to_owned(),
                file: one_file(way.to().id),
                asks: asks.collect(),
                loses: conversion.foreseen(),
            })
        });
        all.collect()
    }

    /// What the conversion that was done lost, the worst first.
    pub fn lost(&self) -> Vec<&Lost> {
        let done = self.output.conversion.as_deref();
        done.map(Converts::lost).unwrap_or_default()
    }

    /// How much of the files the conversion that was done could read. What the check skips for want of a
    /// header that it knows, a conversion reads that takes columns under any label.
    pub fn reading(&self) -> Reading {
        let Some(checked) = &self.checked else {
            return Reading::InPart;
        };
        let done = self.output.conversion.as_deref();
        let any_label = done.is_some_and(Converts::takes_any_label);
        let is_table = |name: &str| {
            let mut files = self.files.iter().zip(&checked.plan.files);
            files.any(|(file, plan)| file.name == name && plan.is_some())
        };
        let mut skipped = checked.plan.skipped.iter();
        let unread = skipped
            .any(|skipped| skipped.rule.is_none() && !(any_label && is_table(&skipped.file)));
        let mut partials = checked.partials.iter().flatten();
        match unread || partials.any(|partial| partial.oversized > 0) {
            true => Reading::InPart,
            false => Reading::Whole,
        }
    }

    pub(super) fn begin_convert(&mut self, to: &str, set: &[(String, String)]) -> Result<()> {
        let Some((format, _)) = self.format else {
            return Err(Error::usage(
                "nothing can be converted, because the format is not known; a check says what was found",
            ));
        };
        let way = convert::way(format, to, &self.peeks)?;
        convert::fits(way.asks(), way.to().title, set)?;
        let asked = |name: &str| {
            let given = set.iter().find(|(known, _)| known == name);
            given
                .map(|(_, text)| text.clone())
                .filter(|text| !text.is_empty())
        };
        let conversion = self.conversion(way, &asked)?;
        self.jobs
            .extend(conversion.passes().into_iter().map(Job::Convert));
        self.jobs.push_back(Job::Converted);
        self.output.conversion = Some(conversion);
        Ok(())
    }

    fn conversion(
        &self,
        way: Way,
        asked: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Box<dyn Converts>> {
        let Some((checked, (from, _))) = self.checked.as_ref().zip(self.format) else {
            return Err(Error::bug("a conversion was asked for before the check"));
        };
        let (mut given, mut others) = (Vec::new(), Vec::new());
        for (at, file) in self.files.iter().enumerate() {
            let name = file.name.clone();
            let known = checked.plan.files[at]
                .as_ref()
                .zip(checked.partials[at].as_ref());
            let Some((plan, partial)) = known else {
                let mut findings = checked.plan.findings.iter();
                let refused = findings.find(|(about, finding)| {
                    let is_refused = finding.rule.consequence == Consequence::FileRefused;
                    *about == FileRef::At(at) && is_refused
                });
                let mut skipped = checked.plan.skipped.iter();
                let skipped = skipped.find(|skipped| skipped.file == name);
                let why = match (self.peeks[at].foreign, refused, skipped) {
                    (Some(what), _, _) => format!("it is {what}"),
                    (None, Some((_, finding)), _) => finding.told.message.clone(),
                    (None, None, Some(skipped)) => skipped.reason.clone(),
                    (None, None, None) => format!("it is no table of {}", from.title),
                };
                others.push((name, why));
                continue;
            };
            given.push(Given {
                at,
                name,
                plan: plan.clone(),
                mode: (from.mode)(&self.peeks, &plan.spec().name),
                start: self.peeks[at].start,
                encoding: partial.encoding(),
                legacy: legacy(partial),
                line_break: match mixed_line_breaks::usual(&partial.breaks) {
                    1 => b"\r\n",
                    _ => b"\n",
                },
                records: partial.records - partial.blank,
            });
        }
        way.start(given, &others, &self.peeks, asked)
    }

    pub(super) fn start_convert(&mut self, pass: Pass) -> Option<(usize, Want)> {
        if let Pass::Group = pass {
            return self.group();
        }
        let mut conversion = self.output.conversion.take()?;
        let file = conversion.file(pass)?;
        conversion.begin(pass);
        self.output.writing = Some(Writing::Convert(conversion));
        self.active = Some(Active::Output {
            file,
            feed: self.feed(file),
        });
        let of = &self.files[file];
        Some((of.source, of.range(&self.sources)))
    }

    /// Has the conversion write what it made of groups. Whatever that is, it is taken before more is
    /// written: so it wants no bytes, but wants.
    fn group(&mut self) -> Option<(usize, Want)> {
        let conversion = self.output.conversion.as_mut()?;
        match conversion.group(&mut self.output.pieces) {
            Next::Done => return None,
            Next::Write => self.jobs.push_front(Job::Convert(Pass::Group)),
            Next::Read => {
                let looks = conversion.looks();
                let files = looks.iter().filter_map(|pass| conversion.file(*pass));
                let sizes = files.map(|file| self.files[file].range(&self.sources).size());
                self.total += sizes.sum::<u64>();
                for pass in looks.into_iter().rev() {
                    self.jobs.push_front(Job::Convert(pass));
                }
            }
        }
        self.active = Some(Active::Pause);
        Some((0, Want { start: 0, end: 0 }))
    }

    pub(super) fn end_convert(&mut self) {
        if let Some(conversion) = &mut self.output.conversion {
            conversion.finish(&mut self.output.pieces);
        }
    }
}

/// What the one file is called that comes out where files become the format with that id; nothing where
/// a bundle comes out.
pub fn one_file(id: &str) -> Option<String> {
    let layout = (formats::find(id)?.layout)().ok()?;
    match layout.of(id).files.as_slice() {
        [one] => Some(one.usual_name()),
        _ => None,
    }
}

/// The columns with cells that are not UTF-8.
fn legacy(partial: &Partial) -> Vec<Legacy> {
    let groups = partial.sink.groups();
    let told = groups.filter(|group| std::ptr::eq(group.rule, &invalid_encoding::RULE));
    let columns = told.filter_map(|group| {
        let samples = group.samples.iter();
        Some(Legacy {
            column: group.field?,
            total: group.total,
            lines: samples.filter_map(|sample| sample.place.line).collect(),
        })
    });
    columns.collect()
}
