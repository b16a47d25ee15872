//! The parts of a SARIF log that are written, in the words of SARIF 2.1.0.

use crate::report::{Cause, Fix, Format, Outcome, Totals, Verdict};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'a>; 1],
}

#[derive(Serialize)]
pub(super) struct Run<'a> {
    pub tool: Tool<'a>,
    pub invocations: [Invocation<'a>; 1],
    pub artifacts: Vec<Artifact>,
    /// What is written apart.
    pub results: [(); 0],
    pub properties: RunProperties<'a>,
}

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub driver: Driver<'a>,
}

#[derive(Serialize)]
pub(super) struct Driver<'a> {
    pub name: &'static str,
    pub version: &'static str,
    pub rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
pub(super) struct Rule<'a> {
    pub id: &'a str,
    #[serde(rename = "defaultConfiguration")]
    pub configuration: Configuration,
}

#[derive(Serialize)]
pub(super) struct Configuration {
    pub level: &'static str,
}

#[derive(Serialize)]
pub(super) struct Invocation<'a> {
    #[serde(rename = "executionSuccessful")]
    pub execution_successful: bool,
    #[serde(rename = "toolExecutionNotifications")]
    pub notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
pub(super) struct Notification<'a> {
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    #[serde(rename = "associatedRule", skip_serializing_if = "Option::is_none")]
    pub rule: Option<Id<'a>>,
}

#[derive(Serialize)]
pub(super) struct Id<'a> {
    pub id: &'a str,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub text: String,
}

#[derive(Serialize)]
pub(super) struct Artifact {
    pub location: Uri,
    pub length: u64,
}

#[derive(Serialize)]
pub(super) struct Uri {
    pub uri: String,
}

#[derive(Serialize)]
pub(super) struct Location {
    #[serde(rename = "physicalLocation")]
    pub physical: Physical,
}

#[derive(Serialize)]
pub(super) struct Physical {
    #[serde(rename = "artifactLocation")]
    pub artifact: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

#[derive(Serialize)]
pub(super) struct Region {
    #[serde(rename = "startLine")]
    pub start: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RunProperties<'a> {
    pub format: Option<&'a Format>,
    pub as_of: &'a str,
    pub outcome: Outcome,
    pub verdict: Verdict,
    pub totals: Totals,
    pub causes: &'a [Cause],
    pub cannot_check: &'a [String],
}

/// A result, in SARIF's words.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    #[serde(rename = "ruleId")]
    pub rule: &'a str,
    #[serde(rename = "ruleIndex")]
    pub nth: usize,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    #[serde(rename = "partialFingerprints")]
    pub fingerprints: Fingerprints,
    pub properties: ResultProperties<'a>,
}

#[derive(Serialize)]
pub(super) struct Fingerprints {
    #[serde(rename = "hallpass/v1")]
    pub first: String,
}

/// What SARIF has no place for.
#[derive(Serialize)]
pub(super) struct ResultProperties<'a> {
    pub authority: &'static str,
    pub consequence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<&'a Fix>,
    pub total: u64,
}
