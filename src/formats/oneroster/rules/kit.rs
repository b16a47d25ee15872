//! What the rules of this folder are made of: the columns they need, and checks made of functions.
//! Never says anything of a record itself.

use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, FileContext, Join, Out, Print, RecordCheck, Rows,
    Suspects, View, print,
};
use crate::finding::Told;
use crate::layout::Condition;
use crate::types;

/// The file's place in the bundle and its fields of these names. `None` where it is not at hand,
/// holds changes only (OR12-REF-2), or lacks a column: then nothing can be said of what it lacks.
pub fn fields<const N: usize>(
    context: &BundleContext<'_>,
    plan: &BundlePlan,
    file: &str,
    names: [&str; N],
) -> Option<(usize, [usize; N])> {
    let at = context.file(file).filter(|at| context.is_bulk(*at))?;
    let known = plan.files[at].as_ref()?;
    let mut fields = [0; N];
    for (field, name) in fields.iter_mut().zip(names) {
        known.column(name)?;
        *field = known.spec().field(name)?;
    }
    Some((at, fields))
}

/// The fields of these names, if this is the file.
pub fn of_file<const N: usize>(
    file: &FileContext<'_>,
    name: &str,
    names: [&str; N],
) -> Option<[usize; N]> {
    if file.spec.name != name {
        return None;
    }
    let mut fields = [0; N];
    for (field, name) in fields.iter_mut().zip(names) {
        *field = file.spec.field(name)?;
    }
    Some(fields)
}

/// The condition that a field has one of these values.
pub fn is(field: &str, values: &[&str]) -> Option<Condition> {
    Some(Condition {
        field: field.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    })
}

/// The condition that a field has a value that is not known to be faulty.
pub fn filled(field: &str) -> Option<Condition> {
    is(field, &[])
}

/// The fingerprint of a key of these parts.
pub fn key<const N: usize>(parts: [&str; N]) -> Print {
    print(parts.map(str::as_bytes))
}

/// Whether anything is known of a key.
pub fn knows(facts: &Facts, domain: DomainId, key: Print) -> bool {
    facts[domain.0].get(key).is_some()
}

/// The day that a field names, in days since 1970.
pub fn day(record: &View<'_>, field: usize) -> Option<i64> {
    types::date::days(record.text(field)?.as_bytes()).map(i64::from)
}

/// A day in words.
pub fn written(day: i64) -> String {
    types::date::text(i32::try_from(day).unwrap_or_default())
}

/// The records of one file.
struct Records<F>(F);

impl<F: Fn(&View<'_>, &mut Out<'_, '_>) + Send + Sync> RecordCheck for Records<F> {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| (self.0)(record, out));
    }
}

/// Two days of each record.
struct Periods {
    fields: [usize; 2],
    odd: fn(i32, i32) -> bool,
    message: fn(&str, &str) -> String,
}

impl RecordCheck for Periods {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.periods(self.fields, self.odd, |record, first, last| {
            let message = || (self.message)(&types::date::text(first), &types::date::text(last));
            out.field(record, self.fields[1], || Told::message(message()));
        });
    }
}

/// A check of two fields that name days: the second is faulty where the days are `odd`. `message` is
/// made of both, written.
pub fn periods(
    fields: [usize; 2],
    odd: fn(i32, i32) -> bool,
    message: fn(&str, &str) -> String,
) -> Box<dyn RecordCheck> {
    Box::new(Periods {
        fields,
        odd,
        message,
    })
}

/// A check of each record by itself.
pub fn records<F>(check: F) -> Box<dyn RecordCheck>
where
    F: Fn(&View<'_>, &mut Out<'_, '_>) + Send + Sync + 'static,
{
    Box::new(Records(check))
}

/// What the records of one file have to do with others.
struct Relation<S, P> {
    file: usize,
    suspects: S,
    place: P,
}

impl<S, P> Join for Relation<S, P>
where
    S: Fn(&Facts) -> Suspects + Send + Sync,
    P: Fn(&Facts, &View<'_>, &mut Out<'_, '_>) + Send + Sync,
{
    fn file(&self) -> usize {
        self.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        (self.suspects)(facts)
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        (self.place)(facts, record, out);
    }
}

/// A check of what the records of `file` have to do with others: which may be at fault, and what to
/// say of each.
pub fn relation<S, P>(file: usize, suspects: S, place: P) -> Box<dyn Join>
where
    S: Fn(&Facts) -> Suspects + Send + Sync + 'static,
    P: Fn(&Facts, &View<'_>, &mut Out<'_, '_>) + Send + Sync + 'static,
{
    Box::new(Relation {
        file,
        suspects,
        place,
    })
}
