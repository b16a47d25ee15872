//! `cargo xtask dist`: the static site, ready for any host, and the same page as one file that
//! opens with a double click. Both carry check sums. Writes only below dist.

use crate::{build, setup, shell};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// What the single file has in the place of www/assets.js, the one script that names addresses.
const CARRIED: &str = include_str!("carried.js");

/// Builds the page and writes dist: the site, `hallpass.html` beside it, `SHA256SUMS` of all.
pub fn command() -> Result<()> {
    build::web(setup::Packages::Needed)?;
    let dist = shell::root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    copy(&shell::root().join("www"), &dist)?;
    fs::write(dist.join("hallpass.html"), single_file()?)?;
    let mut sums = String::new();
    for path in shell::files_below(&dist)? {
        sums += &format!(
            "{:x}  {path}\n",
            Sha256::digest(fs::read(dist.join(&path))?)
        );
    }
    fs::write(dist.join("SHA256SUMS"), sums)?;
    println!(
        "Wrote the site and the single file hallpass.html into dist, check sums in dist/SHA256SUMS"
    );
    Ok(())
}

/// The folder without what only developers read.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for path in shell::files_below(from)? {
        if !path.ends_with(".ts") && !path.rsplit('/').any(|part| part.starts_with('.')) {
            let file = to.join(&path);
            fs::create_dir_all(file.parent().unwrap_or(to))?;
            fs::copy(from.join(&path), file)?;
        }
    }
    Ok(())
}

fn single_file() -> Result<String> {
    let www = shell::root().join("www");
    let stage = shell::target_dir()?.join("single-file");
    drop(fs::remove_dir_all(&stage));
    copy(&www, &stage)?;
    fs::write(
        stage.join("worker.txt"),
        bundle(&stage.join("worker.js"), "iife")?,
    )?;
    fs::write(stage.join("assets.js"), CARRIED)?;
    let script = bundle(&stage.join("main.js"), "esm")?;
    let read = |name: &str| fs::read_to_string(www.join(name)).with_context(|| name.to_owned());
    let icon = BASE64.encode(read("favicon.svg")?);
    let icon = format!("\"data:image/svg+xml;base64,{icon}\"");
    let html = read("index.html")?.replace("\"favicon.svg\"", &icon);
    assemble(&html, &read("style.css")?, &script)
}

/// A module and all it imports, bytes among it, as one script.
fn bundle(module: &Path, format: &str) -> Result<String> {
    let mut esbuild = shell::program(
        shell::node_tool("esbuild"),
        &["--bundle", "--target=es2022"],
    );
    esbuild.args([
        "--loader:.wasm=binary",
        "--loader:.zip=binary",
        "--log-level=error",
    ]);
    // The script has no address of its own, and nothing in it asks for one.
    esbuild
        .arg("--define:import.meta.url=undefined")
        .arg(format!("--format={format}"));
    shell::output(esbuild.arg(module))
}

/// Puts style and script into the page, and shuts it: nothing can be loaded or sent at all.
fn assemble(html: &str, style: &str, script: &str) -> Result<String> {
    // Browsers read line breaks so before they compare hashes.
    let style = style.replace("\r\n", "\n");
    let script = script
        .replace("\r\n", "\n")
        .replace("</script", "<\\/script");
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data:; \
         worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'",
        hash(&script),
        hash(&style)
    );
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let html = replace_tag(html, "<meta", "Content-Security-Policy", &meta)?;
    let html = replace_tag(
        &html,
        "<link",
        "style.css",
        &format!("<style>{style}</style>"),
    )?;
    let html = replace_tag(&html, "<script", "main.js", "")?;
    // A module script runs when the document is there, wherever it stands; last keeps it readable.
    let (before, after) = html
        .rsplit_once("</body>")
        .context("www/index.html has no </body>")?;
    Ok(format!(
        "{before}<script type=\"module\">{script}</script>\n</body>{after}"
    ))
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// Puts `new` in the place of the one tag that begins with `start` and speaks of `word`. A script
/// goes with its end tag.
fn replace_tag(html: &str, start: &str, word: &str, new: &str) -> Result<String> {
    let place = tags(html, start)
        .into_iter()
        .find(|place| html[place.clone()].contains(word));
    let Some(place) = place else {
        bail!("www/index.html has no {start}> for {word}")
    };
    Ok(format!(
        "{}{new}{}",
        &html[..place.start],
        &html[place.end..]
    ))
}

fn tags(html: &str, start: &str) -> Vec<std::ops::Range<usize>> {
    let end = if start == "<script" { "</script>" } else { ">" };
    let starts = html.match_indices(start).map(|(place, _)| place);
    starts
        .filter_map(|place| Some(place..place + html[place..].find(end)? + end.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_single_file_loads_nothing() {
        let html = "<head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"x\">\
            <link rel=\"stylesheet\" href=\"style.css\">\
            <script type=\"module\" src=\"main.js\"></script></head><body><p>Hello</p></body>";
        let page = assemble(html, "p{}", "run()").unwrap();
        assert!(!page.contains("src=\"") && !page.contains("style.css"));
        assert!(page.contains("<style>p{}</style>") && page.contains("<p>Hello</p>"));
        assert!(page.ends_with("<script type=\"module\">run()</script>\n</body>"));
        assert!(page.contains(&hash("run()")) && page.contains("connect-src 'none'"));
    }
}
