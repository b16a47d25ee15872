//! Serves the page to this machine alone, with the types and security headers a host should send.
//! Reads files below the folders it is given and nothing else; changes nothing; logs nothing.

use crate::{build, setup, shell};
use anyhow::{Context, Result};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// The policy the page itself declares too, and `frame-ancestors`, which only a header can set.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    // Whoever works on the page wants to see the last change.
    ("Cache-Control", "no-store"),
];

#[derive(clap::Args)]
pub struct Options {
    /// The port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Opens the page in the browser
    #[arg(long)]
    open: bool,
}

/// `cargo xtask serve`: builds the page and serves it until it is interrupted.
pub fn command(options: &Options) -> Result<()> {
    build::web(setup::Packages::IfPossible)?;
    let listener = listen(options.port)?;
    let address = address(&listener)?;
    println!("Hallpass is at {address} (Ctrl+C ends it)");
    if options.open {
        open(&address);
    }
    answer(&listener, &[mount("/", "www")]);
    Ok(())
}

/// Serves these folders in the background, on any free port, while this program runs. Returns the
/// address.
pub fn background(mounts: Vec<Mount>) -> Result<String> {
    let listener = listen(0)?;
    let address = address(&listener)?;
    thread::spawn(move || answer(&listener, &mounts));
    Ok(address)
}

/// A folder, and the beginning of the paths that are looked up in it.
#[derive(Clone)]
pub struct Mount {
    prefix: &'static str,
    folder: PathBuf,
}

/// Puts a folder of the repository (or an absolute one) at a path.
pub fn mount(prefix: &'static str, folder: impl AsRef<Path>) -> Mount {
    Mount {
        prefix,
        folder: shell::root().join(folder),
    }
}

/// Listens on the port, or on the next one that is free.
fn listen(port: u16) -> Result<TcpListener> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(20)
    };
    (port..=last)
        .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .with_context(|| format!("ports {port} to {last} are all in use; name another with --port"))
}

fn address(listener: &TcpListener) -> Result<String> {
    Ok(format!(
        "http://127.0.0.1:{}/",
        listener.local_addr()?.port()
    ))
}

fn open(address: &str) {
    let mut command = match std::env::consts::OS {
        "macos" => shell::program("open", &[address]),
        "windows" => shell::program("cmd", &["/C", "start", address]),
        _ => shell::program("xdg-open", &[address]),
    };
    if command.spawn().is_err() {
        println!("No browser could be opened from here.");
    }
}

fn answer(listener: &TcpListener, mounts: &[Mount]) {
    for stream in listener.incoming().flatten() {
        let mounts = mounts.to_vec();
        // A visitor that goes away mid-answer is no fault of ours.
        thread::spawn(move || drop(reply(&stream, &mounts)));
    }
}

fn reply(mut stream: &TcpStream, mounts: &[Mount]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(16_384)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines
        .next()
        .transpose()?
        .is_some_and(|line| !line.is_empty())
    {}

    let mut words = request.split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let found = find(target, mounts);
    let (status, kind, body) = match (method, &found) {
        ("GET" | "HEAD", Some(file)) => ("200 OK", media_type(file), fs::read(file)?),
        ("GET" | "HEAD", None) => ("404 Not Found", TEXT, b"There is no such page.\n".to_vec()),
        _ => (
            "405 Method Not Allowed",
            TEXT,
            b"This page only gives; nothing can be sent to it.\n".to_vec(),
        ),
    };
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in HEADERS {
        head += &format!("{name}: {value}\r\n");
    }
    head += "Allow: GET, HEAD\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes())?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file a request's path names, if it lies below the folder it is looked up in.
fn find(target: &str, mounts: &[Mount]) -> Option<PathBuf> {
    let path = unescape(target.split(['?', '#']).next()?)?;
    let longest = mounts.iter().filter(|mount| path.starts_with(mount.prefix));
    let Mount { prefix, folder } = longest.max_by_key(|mount| mount.prefix.len())?;
    let mut file = folder.clone();
    for part in path[prefix.len()..]
        .split('/')
        .filter(|part| !part.is_empty())
    {
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    if path.ends_with('/') {
        file.push("index.html");
    }
    // A link may lead out of the folder.
    let (file, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
    (file.is_file() && file.starts_with(folder)).then_some(file)
}

/// `%20` and the like as what they stand for.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let digit = |byte: u8| (byte as char).to_digit(16);
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                (high * 16 + low) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(plain).ok()
}

const TEXT: &str = "text/plain; charset=utf-8";

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("zip") => "application/zip",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt" | "md" | "ts") => TEXT,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let mounts = [mount("/", "xtask/src"), mount("/top/", "xtask")];
        for (target, file) in [
            ("/serve.rs", Some("serve.rs")),
            ("/serve.rs?again", Some("serve.rs")),
            ("/%73erve.rs", Some("serve.rs")),
            ("/top/Cargo.toml", Some("Cargo.toml")),
            ("/", None),
            ("/../Cargo.toml", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/..%2fCargo.toml", None),
            ("/..\\Cargo.toml", None),
            ("/top/../Cargo.toml", None),
            ("//etc/passwd", None),
            ("/%zz", None),
            ("", None),
        ] {
            let found = find(target, &mounts).map(|path| path.file_name().unwrap().to_owned());
            assert_eq!(found.as_deref(), file.map(std::ffi::OsStr::new), "{target}");
        }
    }

    #[test]
    fn answers_say_what_they_are_and_are_read_only() {
        let address = background(vec![mount("/", "xtask")]).unwrap();
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(host).unwrap();
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let whole = ask("GET /Cargo.toml");
        assert!(whole.starts_with("HTTP/1.1 200 OK\r\n") && whole.contains("name = \"xtask\""));
        assert!(whole.contains(&format!("Content-Security-Policy: {POLICY}\r\n")));
        assert!(ask("HEAD /Cargo.toml").ends_with("\r\n\r\n"));
        assert!(ask("GET /none").starts_with("HTTP/1.1 404 "));
        assert!(ask("POST /Cargo.toml").starts_with("HTTP/1.1 405 "));
    }
}
