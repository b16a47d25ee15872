//! Places and processes: where the repository is, and running a program so that a failure names
//! what was run. Ends no process but those it started.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

/// The repository's folder.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A program, to be run in the repository's folder.
pub fn program(name: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Cargo, the one that runs us.
pub fn cargo(arguments: &[&str]) -> Command {
    program(
        env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        arguments,
    )
}

/// npm, or `None` where Node is not installed.
pub fn npm(arguments: &[&str]) -> Option<Command> {
    on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }).map(|npm| program(npm, arguments))
}

/// A program of an installed Node package.
pub fn node_tool(name: &str) -> PathBuf {
    let file = if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    };
    root().join("node_modules/.bin").join(file)
}

/// Where the system finds a program of this name.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Runs it, its output shown as it comes. Fails when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} could not be started", show(command)))?;
    if !status.success() {
        bail!("{} failed", show(command));
    }
    Ok(())
}

/// Runs it and returns what it printed. Fails, with what it complained of, when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let done = command
        .output()
        .with_context(|| format!("{} could not be started", show(command)))?;
    if !done.status.success() {
        bail!(
            "{} failed: {}",
            show(command),
            String::from_utf8_lossy(&done.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// The command as one would type it.
pub fn show(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args());
    let words: Vec<_> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    format!("`{}`", words.join(" "))
}

/// Where Cargo puts what it builds.
pub fn target_dir() -> Result<PathBuf> {
    let text = output(&mut cargo(&[
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let folder = metadata["target_directory"]
        .as_str()
        .context("Cargo did not say where it builds")?;
    Ok(PathBuf::from(folder))
}

/// Where cargo keeps the sources of dependencies.
pub fn cargo_home() -> Option<PathBuf> {
    let given = env::var_os("CARGO_HOME").map(PathBuf::from);
    given.or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// The paths of all files in a folder and below, relative to it, sorted, with `/` between parts.
pub fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open = vec![String::new()];
    while let Some(place) = open.pop() {
        let here = folder.join(&place);
        let entries = std::fs::read_dir(&here)
            .with_context(|| format!("{} could not be read", here.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if place.is_empty() {
                name
            } else {
                format!("{place}/{name}")
            };
            if entry.file_type()?.is_dir() {
                open.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}
