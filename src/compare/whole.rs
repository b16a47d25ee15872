//! The report, whatever the comparison came to.

use super::sum::{self, sum};
use super::{Comparison, THRESHOLD};
use crate::report::compare::{self as report, SCHEMA};
use crate::report::{Format, Outcome, TOOL};
use crate::types::date;
use crate::{Error, Result};

impl Comparison {
    /// What was found.
    ///
    /// # Errors
    /// The comparison is not done.
    pub fn report(&self) -> Result<report::Comparison> {
        if !self.compared {
            return Err(Error::bug("a report was asked for before the comparison"));
        }
        let whole = report::Comparison {
            schema: SCHEMA,
            tool: TOOL,
            format: None,
            as_of: date::text(self.options.as_of),
            outcome: Outcome::Failed,
            mode: "bulk",
            threshold: self.options.threshold.unwrap_or(THRESHOLD),
            summary: Vec::new(),
            files: Vec::new(),
            schools: Vec::new(),
            matching: Vec::new(),
            findings: Vec::new(),
        };
        let Some(known) = &self.known else {
            let findings = self.refused.iter().flat_map(|tell| tell.findings.clone());
            let findings: Vec<report::Finding> = findings.collect();
            return Ok(report::Comparison {
                summary: findings.iter().map(|found| found.message.clone()).collect(),
                findings,
                ..whole
            });
        };
        let sum = sum(&sum::Known {
            files: &known.files,
            others: &known.others,
            schools: &known.schools,
            matched: &known.matched,
            peeks: [self.sides[0].peeks(), self.sides[1].peeks()],
            import: known.format.import,
            matching: &known.matching,
            limits: &known.limits,
            keep: self.options.samples,
        });
        let partial = |found: &report::Finding| {
            [
                "unreadable-file",
                "second-file",
                "oversized-record",
                "nothing-compared",
                "missing-key",
            ]
            .contains(&found.rule)
        };
        Ok(report::Comparison {
            format: Some(Format {
                id: known.format.id.to_owned(),
                title: known.format.title.to_owned(),
                profile: self.options.profile.clone(),
                detected: known.detected,
                why: known.why.clone(),
            }),
            outcome: match sum.findings.iter().any(partial) {
                true => Outcome::Partial,
                false => Outcome::Complete,
            },
            mode: sum.mode,
            summary: sum.summary,
            files: sum.files,
            schools: sum.schools,
            matching: sum.matching,
            findings: sum.findings,
            ..whole
        })
    }
}
