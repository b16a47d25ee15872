//! The school year of sessions that do not say it: that of the school year that they belong to.

use std::collections::{HashMap, HashSet};

use crate::convert::{Loss, Made, Record, What};
use crate::types::date;

/// The file of sessions.
pub const FILE: &str = "academicSessions.csv";

/// What is known of all sessions.
#[derive(Default)]
pub struct Years {
    sessions: HashMap<String, Session>,
    /// The first and the last day of each school year, and its year.
    days: HashSet<(i32, i32, String)>,
    /// What was given for sessions of which the files do not tell.
    asked: Option<String>,
}

struct Session {
    /// Its school year, where it is or says one.
    year: Option<String>,
    parent: String,
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
        let year = Some(said).filter(|said| !said.is_empty()).or_else(ends);
        let days = day("startDate").zip(end).filter(|_| is_year);
        if let Some(((first, last), year)) = days.zip(year.as_ref()) {
            self.days.insert((first, last, year.clone()));
        }
        let session = Session {
            year,
            parent: record.text("parentSourcedId"),
        };
        self.sessions.insert(record.text("sourcedId"), session);
    }

    /// Has a session say its school year. One that no school year tells of gets the one that was
    /// given, or none.
    pub fn fill(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        if to.file() != FILE || !to.text("schoolYear").is_empty() {
            return;
        }
        let year = self.above(&to.text("sourcedId"));
        let year = year.or_else(|| self.around(to).map(str::to_owned));
        if let Some(year) = year {
            to.set("schoolYear", &year);
            let why = "it is the year in which the school year of the session ends";
            loss.tell(What::ValueMade, from, "schoolYear", &year, why);
        } else if let Some(year) = &self.asked {
            to.set("schoolYear", year);
        }
    }

    /// The year of the session, or of the nearest one above it that has one; none where sessions go
    /// round in a circle. Those on the way have it from then on, so that the way is gone once.
    fn above(&mut self, session: &str) -> Option<String> {
        let mut way = Vec::new();
        let mut at = session.to_owned();
        let year = loop {
            match self.sessions.get_mut(&at) {
                Some(Session { year: None, parent }) if !parent.is_empty() => {
                    let parent = std::mem::take(parent);
                    way.push(std::mem::replace(&mut at, parent));
                }
                found => break found.and_then(|session| session.year.clone()),
            }
        };
        for session in way {
            if let Some(session) = self.sessions.get_mut(&session) {
                session.year.clone_from(&year);
            }
        }
        year
    }

    /// The year of the school years that the days of a session are in, where that is one.
    fn around(&self, session: &Made<'_>) -> Option<&str> {
        let day = |field| date::days(session.text(field).as_bytes());
        let (start, end) = (day("startDate")?, day("endDate")?);
        let around = self.days.iter();
        let around = around.filter(|(first, last, _)| *first <= start && end <= *last);
        let mut years = around.map(|(_, _, year)| year.as_str());
        let year = years.next()?;
        years.all(|other| other == year).then_some(year)
    }
}

/// The year of the last day of what ends on a day: that is the day after the last one.
fn year_before(end: i32) -> String {
    date::text(end - 1)[..4].to_owned()
}
