//! The page's wasm module: compiled, given its JavaScript side, optimised and weighed, all after
//! `wasm-pack.toml`; and beside it the pages of all rules. Does nothing where nothing has changed
//! since the last time.

use crate::{
    settings::{self, Settings},
    setup, shell,
};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// Builds the module into www/pkg. `packages` says whether wasm-opt can be done without.
pub fn web(packages: setup::Packages) -> Result<()> {
    let settings = settings::read()?;
    pinned(&settings.build.wasm_bindgen)?;
    setup::target(&settings.build.target)?;
    let target_dir = shell::target_dir()?;
    let compiled = compile(&settings, &target_dir)?;

    let optimiser = setup::packages(packages)?.then(|| shell::node_tool("wasm-opt"));
    let out = shell::root().join(&settings.build.out_dir);
    fs::create_dir_all(&out)?;
    fs::write(out.join("rules.json"), pages()?)?;
    let module = out.join(format!("{}_bg.wasm", settings.build.out_name));
    let stamp = target_dir.join("web-build.txt");
    let how = format!(
        "{}{:?}",
        fs::read_to_string(shell::root().join("wasm-pack.toml"))?,
        optimiser
    );
    if setup::newer(&module, &compiled) && fs::read_to_string(&stamp).is_ok_and(|last| last == how)
    {
        return Ok(());
    }
    bindings(&settings, &compiled, &out)?;
    match &optimiser {
        Some(tool) => optimise(&settings, tool, &module)?,
        None => {
            println!("The module is larger and slower than it will be: wasm-opt is not installed.")
        }
    }
    fs::write(stamp, how)?;
    println!(
        "Built {}: {} gzipped",
        settings.build.out_dir,
        kilobytes(gzipped(&fs::read(&module)?)?)
    );
    Ok(())
}

/// The version named in `wasm-pack.toml` must be the one the crate is built with: the two sides of
/// the bindings fit only as a pair.
fn pinned(version: &str) -> Result<()> {
    let lock = fs::read_to_string(shell::root().join("Cargo.lock"))?.replace("\r\n", "\n");
    if !lock.contains(&format!(
        "name = \"wasm-bindgen\"\nversion = \"{version}\"\n"
    )) {
        bail!(
            "wasm-pack.toml names wasm-bindgen {version}, Cargo.lock another; write the same in both"
        );
    }
    Ok(())
}

fn compile(settings: &Settings, target_dir: &Path) -> Result<PathBuf> {
    let Settings { build, .. } = settings;
    let given = env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
    let features = build.target_features.join(",");
    flags.push(format!("-Ctarget-feature={features}"));
    // Where it was built is no business of those who read the module, and it must not depend on it.
    let cargo_home = shell::cargo_home();
    flags.extend(cargo_home.map(|home| format!("--remap-path-prefix={}=cargo", home.display())));
    let profile = build.profile.to_uppercase().replace('-', "_");
    let arguments = ["build", "--quiet", "--package", "hallpass", "--lib"];
    let mut cargo = shell::cargo(&arguments);
    cargo.args(["--target", &build.target, "--profile", &build.profile]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    cargo.env(
        format!("CARGO_PROFILE_{profile}_OPT_LEVEL"),
        &build.opt_level,
    );
    shell::run(&mut cargo)?;
    let folder = if build.profile == "dev" {
        "debug"
    } else {
        &build.profile
    };
    Ok(target_dir
        .join(&build.target)
        .join(folder)
        .join("hallpass.wasm"))
}

fn bindings(settings: &Settings, compiled: &Path, out: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(&settings.build.out_name)
        .typescript(true);
    bindgen
        .web(true)?
        .generate(out)
        .context("the JavaScript side could not be made")
}

fn optimise(settings: &Settings, tool: &Path, module: &Path) -> Result<()> {
    let smaller = module.with_extension("optimised");
    let mut command = shell::program(tool, &[&settings.optimise.level]);
    command
        .args(&settings.optimise.features)
        .arg(module)
        .arg("-o")
        .arg(&smaller);
    shell::run(&mut command)?;
    fs::rename(smaller, module).context("the optimised module could not be put in place")
}

/// The pages of all rules by name, as JSON: the module goes without them. They are the Markdown
/// files in folders of rules, whose names they have.
fn pages() -> Result<String> {
    let src = shell::root().join("src");
    let mut pages = BTreeMap::new();
    for path in shell::files_below(&src)? {
        if let Some((folder, file)) = path.rsplit_once('/')
            && folder.ends_with("rules")
            && let Some(name) = file.strip_suffix(".md")
        {
            pages.insert(name.replace('_', "-"), fs::read_to_string(src.join(&path))?);
        }
    }
    Ok(serde_json::to_string(&pages)?)
}

/// Says what a visitor downloads; fails where that is more than the budget.
pub fn weigh() -> Result<()> {
    let settings = settings::read()?;
    let www = shell::root().join("www");
    let (mut wasm, mut page, mut rules) = (0, 0, 0);
    for path in shell::files_below(&www)? {
        let size = || gzipped(&fs::read(www.join(&path))?);
        match path.rsplit_once('.') {
            Some((_, "wasm")) => wasm += size()?,
            Some((_, "html" | "css" | "js")) => page += size()?,
            Some((_, "json")) => rules += size()?,
            _ => {}
        }
    }
    let weights = [
        ("wasm", wasm, settings.budget.wasm),
        ("page", page, settings.budget.page),
        ("rules", rules, settings.budget.rules),
    ];
    for (name, weight, budget) in weights {
        println!(
            "{name}: {} gzipped of {}",
            kilobytes(weight),
            kilobytes(budget)
        );
    }
    if let Some((name, ..)) = weights.iter().find(|(_, weight, budget)| weight > budget) {
        bail!(
            "{name} is over its budget; make it smaller, or change the budget in wasm-pack.toml and say why"
        );
    }
    Ok(())
}

/// The size of these bytes after gzip at its best, as servers send them.
fn gzipped(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

fn kilobytes(bytes: u64) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
