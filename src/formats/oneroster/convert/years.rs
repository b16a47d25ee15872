//! The school year of sessions that do not say it: that of the school year that they belong to.

use std::collections::HashMap;

use crate::convert::{Loss, Made, Record, What};
use crate::types::date;

/// The file of sessions.
pub const FILE: &str = "academicSessions.csv";

/// What is known of all sessions.
#[derive(Default)]
pub struct Years {
    sessions: HashMap<String, Session>,
    /// What was given for sessions of which the files do not tell.
    asked: Option<String>,
}

struct Session {
    /// Its school year, where it is or says one.
    year: Option<String>,
    parent: String,
    /// The days of a school year.
    days: Option<(i32, i32)>,
}

impl Years {
    /// With the year that was given.
    pub fn with(asked: Option<String>) -> Years {
        Years {
            asked,
            ..Years::default()
        }
    }

    /// Takes a record, if it is a session.
    pub fn see(&mut self, record: &Record<'_>) {
        if record.table() != FILE {
            return;
        }
        let day = |field| date::days(record.text(field).as_bytes());
        let (said, end) = (record.text("schoolYear"), day("endDate"));
        let is_year = record.text("type") == "schoolYear";
        let ends = || end.filter(|_| is_year).map(year_before);
        let session = Session {
            year: Some(said).filter(|said| !said.is_empty()).or_else(ends),
            parent: record.text("parentSourcedId"),
            days: day("startDate").zip(end).filter(|_| is_year),
        };
        self.sessions.insert(record.text("sourcedId"), session);
    }

    /// Has a session say its school year. One that no school year tells of gets the one that was
    /// given, or none.
    pub fn fill(&self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        if to.file() != FILE || !to.text("schoolYear").is_empty() {
            return;
        }
        if let Some(year) = self
            .above(&to.text("sourcedId"))
            .or_else(|| self.around(to))
        {
            to.set("schoolYear", year);
            let why = "it is the year in which the school year of the session ends";
            loss.tell(What::ValueMade, from, "schoolYear", year, why);
        } else if let Some(year) = &self.asked {
            to.set("schoolYear", year);
        }
    }

    /// The year of the session, or of the nearest one above it that has one.
    fn above(&self, session: &str) -> Option<&str> {
        let mut at = session;
        // No more steps than there are sessions, should they go round in a circle.
        for _ in 0..self.sessions.len() {
            let session = self.sessions.get(at)?;
            if let Some(year) = &session.year {
                return Some(year);
            }
            at = &session.parent;
        }
        None
    }

    /// The year of the school years that the days of a session are in, where that is one.
    fn around(&self, session: &Made<'_>) -> Option<&str> {
        let day = |field| date::days(session.text(field).as_bytes());
        let (start, end) = (day("startDate")?, day("endDate")?);
        let holds = |year: &&Session| {
            year.days
                .is_some_and(|(first, last)| first <= start && end <= last)
        };
        let mut years = self.sessions.values().filter(holds);
        let year = years.next()?.year.as_deref()?;
        let is_it = |other: &Session| other.year.as_deref() == Some(year);
        years.all(is_it).then_some(year)
    }
}

/// The year of the last day of what ends on a day: that is the day after the last one.
fn year_before(end: i32) -> String {
    date::text(end - 1)[..4].to_owned()
}
