//! The manifest that a bundle lacks, as its files tell it: a fix to look at for what `missing-file`
//! says of it. Whether a file holds all records or changes alone, only the sender knows for sure.

use super::manifest::{MANIFEST, file_of, is_there, mandatory};
use super::missing_property::expected;
use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Fix, Remedy, Safety};
use crate::rules::missing_file;

/// Has the finding about the missing manifest offer one.
pub fn offer(context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let is_there =
        |property: &String| file_of(property).is_some_and(|name| is_there(context, &name));
    if !mandatory(context).iter().any(is_there) {
        return;
    }
    let missing = plan.findings.iter_mut().find(|(file, finding)| {
        finding.rule.name == missing_file::RULE.name && *file == FileRef::Named(MANIFEST.to_owned())
    });
    if let Some((_, finding)) = missing {
        finding.told.fix = Some(manifest(context));
    }
}

/// A manifest with all properties that every one has.
fn manifest(context: &BundleContext<'_>) -> Fix {
    let mut text = "propertyName,value\n".to_owned();
    let mut said = Vec::new();
    for property in mandatory(context) {
        let (value, _) = expected(context, &property);
        text += &format!("{property},{value}\n");
        if value != "absent" && property != "manifest.version" {
            said.push(format!("{property},{value}"));
        }
    }
    Fix {
        title: format!(
            "Add {MANIFEST} with {}, and absent for all others",
            said.join(" ")
        ),
        // One file by itself is repaired as one file.
        safety: match context.peeks.len() {
            1 => Safety::Shown,
            _ => Safety::Review,
        },
        remedy: Remedy::AddFile(text),
    }
}
