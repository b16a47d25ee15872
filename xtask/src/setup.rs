//! Gets what a command needs and the machine lacks: the wasm target, Rust's checkers, the Node
//! packages, a Chromium. Does nothing where it is already there.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Whether a command can do without the Node packages.
#[derive(Clone, Copy, PartialEq)]
pub enum Packages {
    /// Install them; fail where that cannot be.
    Needed,
    /// Install them; say so and go on where that cannot be.
    IfPossible,
}

/// Adds a compilation target to the toolchain. Leaves a toolchain without rustup as it is.
pub fn target(name: &str) -> Result<()> {
    rustup_has("target", name)
}

/// Adds a component (`clippy`, `rustfmt`) to the toolchain, likewise.
pub fn component(name: &str) -> Result<()> {
    rustup_has("component", name)
}

fn rustup_has(kind: &str, name: &str) -> Result<()> {
    let Ok(list) = shell::output(&mut shell::program(
        "rustup",
        &[kind, "list", "--installed"],
    )) else {
        return Ok(()); // A distribution's own Rust: its packages bring what is missing.
    };
    if list
        .lines()
        .any(|line| line == name || line.starts_with(&format!("{name}-")))
    {
        return Ok(());
    }
    shell::run(&mut shell::program("rustup", &[kind, "add", name]))
}

/// Installs exactly the packages of package-lock.json. Returns whether they are there.
pub fn packages(need: Packages) -> Result<bool> {
    let installed = shell::root().join("node_modules/.package-lock.json");
    if newer(&installed, &shell::root().join("package-lock.json")) {
        return Ok(true);
    }
    println!("Installing the Node packages …");
    let done = match shell::npm(&[
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]) {
        Some(mut npm) => shell::run(&mut npm),
        None => Err(anyhow::anyhow!(
            "Node is not installed; version 20 or newer is needed"
        )),
    };
    match (done, need) {
        (Ok(()), _) => Ok(true),
        (Err(error), Packages::Needed) => Err(error),
        (Err(error), Packages::IfPossible) => {
            println!("Going on without the Node packages: {error:#}");
            Ok(false)
        }
    }
}

/// Whether the first file is there and not older than the second.
pub fn newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified());
    matches!((time(made), time(from)), (Ok(made), Ok(from)) if made >= from)
}

/// A Chromium for the page's tests: the one named by `CHROMIUM`, one that is installed, or one
/// installed now. Fails, saying what to do, where none can be had.
pub fn chromium() -> Result<PathBuf> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    if shell::on_path("apt-get").is_some() && is_root() {
        println!("Installing Chromium …");
        // Another installation may hold the lock for a while.
        let wait = "DPkg::Lock::Timeout=300";
        let apt = |arguments: &[&str]| {
            let mut command = shell::program("apt-get", &["-qq", "-o", wait]);
            command
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive");
            shell::output(&mut command)
        };
        let done = apt(&["update"]).and_then(|_| apt(&["install", "-y", "chromium"]));
        match (done, find_chromium()) {
            (_, Some(found)) => return Ok(found),
            (Err(error), None) => println!("{error:#}"),
            (Ok(_), None) => {}
        }
    }
    packages(Packages::Needed)?;
    let player = shell::root().join("node_modules/playwright-core/cli.js");
    shell::run(
        shell::program("node", &[])
            .arg(player)
            .args(["install", "chromium"]),
    )?;
    find_chromium()
        .context("no Chromium was found; install one, or name it in the variable CHROMIUM")
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let places = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];
    (names.iter().find_map(|name| shell::on_path(name)))
        .or_else(|| places.iter().map(PathBuf::from).find(|path| path.is_file()))
        .or_else(playwright_chromium)
}

/// Playwright keeps each version of its browsers in a folder of its own; the newest name wins.
fn playwright_chromium() -> Option<PathBuf> {
    let home = |name: &str, below: &str| env::var_os(name).map(|home| Path::new(&home).join(below));
    let caches = [
        env::var_os("PLAYWRIGHT_BROWSERS_PATH").map(PathBuf::from),
        home("HOME", ".cache/ms-playwright"),
        home("HOME", "Library/Caches/ms-playwright"),
        home("LOCALAPPDATA", "ms-playwright"),
    ];
    let inside = [
        "chrome-linux/chrome",
        "chrome-linux64/chrome",
        "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
        "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
        "chrome-win/chrome.exe",
        "chrome-win64/chrome.exe",
    ];
    let folders = caches
        .iter()
        .flatten()
        .filter_map(|cache| fs::read_dir(cache).ok())
        .flatten()
        .flatten();
    let mut folders: Vec<_> = folders.map(|folder| folder.path()).collect();
    folders.sort();
    let browsers = folders
        .iter()
        .rev()
        .flat_map(|folder| inside.map(|path| folder.join(path)));
    browsers.into_iter().find(|path| path.is_file())
}

fn is_root() -> bool {
    shell::output(&mut shell::program("id", &["-u"])).is_ok_and(|user| user.trim() == "0")
}

/// Fails unless Node is there and new enough for its own test runner's pattern support.
pub fn node() -> Result<()> {
    let version = shell::output(&mut shell::program("node", &["--version"]))
        .context("Node is not installed; version 20 or newer is needed")?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("Node is {}; version 20 or newer is needed", version.trim());
    }
    Ok(())
}
