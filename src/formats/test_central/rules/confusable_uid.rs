//! See `confusable_uid.md`.

use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Fold, Join, Known, Mark, Out, Reading, Suspects,
    View, print,
};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::test_central::FILE;
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("confusable-uid", include_str!("confusable_uid.md"))
};

/// Uids in small letters, and numbers that stand for two of their spellings.
struct Spellings {
    file: usize,
    uid: usize,
    domain: DomainId,
    own: Mark,
    least: usize,
    greatest: usize,
}

impl Spellings {
    fn differ(&self, known: &Known<'_>) -> bool {
        known.has_twice(self.own) && known.number(self.least) != known.number(self.greatest)
    }
}

impl Join for Spellings {
    fn file(&self) -> usize {
        self.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        Suspects::with(facts, self.domain, |known| self.differ(known))
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        let Some(uid) = record.text(self.uid) else {
            return;
        };
        let key = print([uid.to_ascii_lowercase().as_bytes()]);
        if let Some(known) = facts[self.domain.0].get(key)
            && self.differ(&known)
            && known.first() != record.number()
        {
            out.field(record.index(), self.uid, || {
                let first = nth(known.first());
                Told::message(format!(
                    "`{uid}` differs from the uid of {first} in capitals alone; expected one that is not mixed up with it"
                ))
            });
        }
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, name) = (context.file(FILE)?, "uid");
    let known = plan.files[file].as_ref()?;
    known.column(name)?;
    let uid = known.spec().field(name)?;
    let planner = &mut plan.planner;
    let domain = planner.domain_in_any_case(FILE, &[name]);
    let mut number = |fold| {
        let text = (name, Reading::Text);
        planner.number(domain, FILE, &[name], text, fold, None)
    };
    let (least, greatest) = (number(Fold::Least), number(Fold::Greatest));
    let own = planner.own(domain, FILE, &[name], None);
    Some(Box::new(Spellings {
        file,
        uid,
        domain,
        own,
        least,
        greatest,
    }))
}
