//! The page's wasm modules: compiled, given their JavaScript side, optimised and weighed, all after
//! `wasm-pack.toml`; and beside them the pages of all rules and the tables of all formats. Does
//! nothing where nothing has changed since the last time.

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
    thread,
};
use wasm_bindgen_cli_support::Bindgen;

/// A module that is built: one with SIMD, and one for browsers without.
struct Module<'a> {
    features: &'a [String],
    name: &'a str,
    target_dir: PathBuf,
    /// Flags for wasm-opt.
    optimise: Vec<&'a str>,
}

impl Module<'_> {
    /// Where it is put together.
    fn made(&self) -> PathBuf {
        self.target_dir.join("web")
    }
}

/// Builds the modules into www/pkg. `packages` says whether wasm-opt can be done without.
pub fn web(packages: setup::Packages) -> Result<()> {
    let settings = settings::read()?;
    pinned(&settings.build.wasm_bindgen)?;
    setup::target(&settings.build.target)?;
    let optimiser = setup::packages(packages)?.then(|| shell::node_tool("wasm-opt"));
    let out = shell::root().join(&settings.build.out_dir);
    fs::create_dir_all(&out)?;
    fs::write(out.join("rules.json"), pages()?)?;
    fs::write(out.join("tables.json"), tables()?)?;
    let modules = modules(&settings)?;
    // Each build keeps one processor busy for most of its time.
    let built = thread::scope(|scope| {
        let running: Vec<_> = modules
            .iter()
            .map(|module| scope.spawn(|| build(&settings, module, optimiser.as_deref(), &out)))
            .collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| bail!("a build broke down")))
            .collect::<Result<Vec<Built>>>()
    })?;
    let side = |module: &Module<'_>| {
        let name = format!("{}.js", settings.build.out_name);
        fs::read(module.made().join(name))
    };
    if side(&modules[0])? != side(&modules[1])? {
        bail!("the two modules need different JavaScript sides; the page has one for both");
    }
    if built.contains(&Built::Now) && optimiser.is_none() {
        println!("The module is larger and slower than it will be: wasm-opt is not installed.");
    }
    Ok(())
}

/// Whether there was anything to build.
#[derive(Clone, Copy, PartialEq)]
enum Built {
    Before,
    Now,
}

fn modules(settings: &Settings) -> Result<[Module<'_>; 2]> {
    let Settings {
        build,
        scalar,
        optimise,
        ..
    } = settings;
    let flags = || {
        let features = optimise.features.iter().map(String::as_str);
        [&*optimise.level].into_iter().chain(features)
    };
    let target_dir = shell::target_dir()?;
    Ok([
        Module {
            features: &build.target_features,
            name: &build.out_name,
            optimise: flags().collect(),
            target_dir: target_dir.clone(),
        },
        // Its optimiser refuses a module with SIMD in it.
        Module {
            features: &scalar.target_features,
            name: &scalar.out_name,
            optimise: flags().filter(|flag| *flag != "--enable-simd").collect(),
            target_dir: target_dir.join("scalar"),
        },
    ])
}

fn build(
    settings: &Settings,
    module: &Module<'_>,
    optimiser: Option<&Path>,
    out: &Path,
) -> Result<Built> {
    let compiled = compile(settings, module)?;
    let file = out.join(format!("{}_bg.wasm", module.name));
    let stamp = module.target_dir.join("web-build.txt");
    let how = format!(
        "{}{:?}",
        fs::read_to_string(shell::root().join("wasm-pack.toml"))?,
        optimiser
    );
    if setup::newer(&file, &compiled) && fs::read_to_string(&stamp).is_ok_and(|last| last == how) {
        return Ok(Built::Before);
    }
    let made = module.made();
    bindings(settings, &compiled, &made)?;
    let name = &settings.build.out_name;
    let plain = made.join(format!("{name}_bg.wasm"));
    if let Some(tool) = optimiser {
        optimise(module, tool, &plain)?;
    }
    // One JavaScript side serves both modules.
    if module.name == name {
        for side in [".js", ".d.ts", "_bg.wasm.d.ts"] {
            let side = format!("{name}{side}");
            fs::copy(made.join(&side), out.join(&side))?;
        }
    }
    fs::copy(&plain, &file)?;
    fs::write(stamp, how)?;
    println!(
        "Built {}: {} gzipped",
        file.file_name().unwrap_or_default().to_string_lossy(),
        kilobytes(gzipped(&fs::read(&file)?)?)
    );
    Ok(Built::Now)
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

fn compile(settings: &Settings, module: &Module<'_>) -> Result<PathBuf> {
    let Settings { build, .. } = settings;
    let given = env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
    flags.extend_from_slice(&build.rustflags);
    if !module.features.is_empty() {
        flags.push(format!("-Ctarget-feature={}", module.features.join(",")));
    }
    // Where it was built is no business of those who read the module, and it must not depend on it.
    let cargo_home = shell::cargo_home();
    flags.extend(cargo_home.map(|home| format!("--remap-path-prefix={}=cargo", home.display())));
    let profile = build.profile.to_uppercase().replace('-', "_");
    let arguments = ["build", "--quiet", "--package", "hallpass", "--lib"];
    let mut cargo = shell::cargo(&arguments);
    cargo.args(["--target", &build.target, "--profile", &build.profile]);
    cargo.arg("--target-dir").arg(&module.target_dir);
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
    Ok(module
        .target_dir
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

fn optimise(module: &Module<'_>, tool: &Path, file: &Path) -> Result<()> {
    let smaller = file.with_extension("optimised");
    let mut command = shell::program(tool, &module.optimise);
    command.arg(file).arg("-o").arg(&smaller);
    shell::run(&mut command)?;
    fs::rename(smaller, file).context("the optimised module could not be put in place")
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

/// The tables of all formats by their paths below src/formats, as JSON: the module goes without
/// them. They are those that build.rs lists for the program.
fn tables() -> Result<String> {
    let formats = shell::root().join("src/formats");
    let mut tables = BTreeMap::new();
    for path in shell::files_below(&formats)? {
        if path.ends_with(".csv") && path.split('/').all(|folder| folder != "cases") {
            let text = fs::read_to_string(formats.join(&path))?;
            tables.insert(path, text);
        }
    }
    Ok(serde_json::to_string(&tables)?)
}

/// Says what a visitor downloads; fails where that is more than the budget.
pub fn weigh() -> Result<()> {
    let budget = settings::read()?.budget;
    let www = shell::root().join("www");
    let mut weights = Vec::new();
    let mut page = 0;
    for path in shell::files_below(&www)? {
        let size = gzipped(&fs::read(www.join(&path))?)?;
        match path.rsplit_once('.') {
            Some((_, "wasm")) => weights.push((path, size, budget.wasm)),
            Some((_, "html" | "css" | "js")) => page += size,
            Some(("pkg/rules", _)) => weights.push((path, size, budget.rules)),
            Some(("pkg/tables", _)) => weights.push((path, size, budget.tables)),
            _ => {}
        }
    }
    weights.push(("page".to_owned(), page, budget.page));
    for (name, weight, budget) in &weights {
        println!(
            "{name}: {} gzipped of {}",
            kilobytes(*weight),
            kilobytes(*budget)
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
