//! What a reader downloads: before the page can be used, later, and as one file. And how much each may be.

use crate::project::Project;
use crate::{Fallible, process};
use std::fs;
use std::path::Path;

/// The most that the first load may weigh, compressed: two seconds on a slow phone line.
const FIRST_LOAD: u64 = 130 * 1024;
/// The most that the single file may weigh, as it lies on a disk.
const SINGLE: u64 = 400 * 1024;
/// The most that the script for host pages may weigh, compressed.
const EMBED: u64 = 3 * 1024;

const SINGLE_NAME: &str = "margin-calculator.html";
const EMBED_NAME: &str = "embed.js";

/// A file's bytes as they are and after brotli 11, the best that a web host sends.
struct Weight {
    name: String,
    raw: u64,
    brotli: u64,
}

/// Prints the sizes, and fails if one is above its limit.
pub fn report(project: &Project) -> Fallible<()> {
    let dist = project.dist();
    let names = names(&dist)?;
    let weights = weights(project, &dist, &names)?;
    let first = first_load(&names, |name| text(&dist.join(name)))?;
    let worker = names.iter().any(|name| name == "sw.js");
    let kept = if worker { text(&dist.join("sw.js"))? } else { String::new() };

    let chosen = |choose: &dyn Fn(&str) -> bool| {
        weights.iter().filter(|file| choose(&file.name)).collect::<Vec<_>>()
    };
    let is_first = |name: &str| first.iter().any(|it| it == name);
    let is_later = |name: &str| name == "sw.js" || is_named(&kept, name);
    println!("{:>9} {:>9}", "raw", "brotli");
    let load = print("before the page can be used", &chosen(&is_first));
    print(
        "later: when asked for, or kept for offline use",
        &chosen(&|it| !is_first(it) && is_later(it)),
    );
    print("beside the page", &chosen(&|it| !is_first(it) && !is_later(it)));

    let of = |name: &str| weights.iter().find(|file| file.name == name);
    let mut faults = Vec::new();
    let mut limit = |what: &str, has: Option<u64>, most: u64| {
        let Some(has) = has else { return };
        println!("{what}: {has} bytes of {most} allowed");
        if has > most {
            faults.push(format!("{what} is {} bytes too heavy.", has - most));
        }
    };
    limit("the first load, brotli", Some(load), FIRST_LOAD);
    limit("the single file", of(SINGLE_NAME).map(|file| file.raw), SINGLE);
    limit("the script for host pages, brotli", of(EMBED_NAME).map(|file| file.brotli), EMBED);
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("\n")),
    }
}

/// Prints a group of files; what it weighs compressed.
fn print(what: &str, files: &[&Weight]) -> u64 {
    let sum = |weight: fn(&Weight) -> u64| files.iter().map(|file| weight(file)).sum::<u64>();
    println!("{:>9} {:>9}  {what}", sum(|file| file.raw), sum(|file| file.brotli));
    for file in files {
        println!("{:>9} {:>9}    {}", file.raw, file.brotli, file.name);
    }
    sum(|file| file.brotli)
}

/// What the page loads when it opens: itself, what its tags ask for, and the program that its script
/// starts with.
fn first_load(names: &[String], text: impl Fn(&str) -> Fallible<String>) -> Fallible<Vec<String>> {
    const LOADING: [&str; 4] = ["stylesheet", "icon", "preload", "modulepreload"];
    let page = text("index.html")?;
    let mut found = vec!["index.html".to_owned()];
    for tag in page.split('<').filter_map(|part| part.split('>').next()) {
        let loads = tag.starts_with("script ")
            || (tag.starts_with("link ")
                && LOADING.iter().any(|it| attribute(tag, "rel") == Some(it)));
        let address = attribute(tag, "src").or_else(|| attribute(tag, "href"));
        let Some(address) = address.filter(|_| loads) else { continue };
        let name = address.trim_start_matches("./");
        if !names.iter().any(|it| it == name) {
            return Err(format!("the page asks for {address}, which is not in dist."));
        }
        found.push(name.to_owned());
    }
    let scripts = found.iter().filter(|name| name.ends_with(".js")).cloned().collect::<Vec<_>>();
    for script in scripts {
        let code = text(&script)?;
        let programs = names.iter().filter(|name| name.ends_with(".wasm") && is_named(&code, name));
        found.extend(programs.cloned());
    }
    match found.iter().any(|name| name.ends_with(".wasm")) {
        true => Ok(found),
        false => Err("no script of the page names a program.".to_owned()),
    }
}

/// Whether a script names the file, as a string of its own.
fn is_named(code: &str, name: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| {
        code.contains(&format!("{quote}{name}{quote}"))
            || code.contains(&format!("{quote}./{name}{quote}"))
    })
}

/// The value of an attribute in what stands between `<` and `>`.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(' ').next(),
    }
}

/// The files of the site, without their compressed twins.
fn names(dist: &Path) -> Fallible<Vec<String>> {
    let unreadable = |error| format!("{} is not readable: {error}. Build first.", dist.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(dist).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".br") && !name.ends_with(".gz") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn text(file: &Path) -> Fallible<String> {
    fs::read_to_string(file)
        .map_err(|error| format!("{} is not readable: {error}.", file.display()))
}

fn weights(project: &Project, dist: &Path, names: &[String]) -> Fallible<Vec<Weight>> {
    let files = names.iter().map(|name| dist.join(name));
    let sizes = process::read(project.script("brotli.mjs").args(files))?;
    let mut weights = Vec::new();
    for (name, line) in names.iter().zip(sizes.lines()) {
        let mut numbers = line.split(' ').flat_map(str::parse::<u64>);
        let (Some(raw), Some(brotli)) = (numbers.next(), numbers.next()) else {
            return Err(format!("brotli.mjs answered `{line}` instead of two numbers."));
        };
        weights.push(Weight { name: name.clone(), raw, brotli });
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    use super::first_load;

    #[test]
    fn the_first_load_is_what_the_page_asks_for_and_no_more() {
        let names =
            ["index.html", "s.css", "i.svg", "a.js", "a.wasm", "b.js", "b.wasm", "m.webmanifest"];
        let names = names.map(str::to_owned);
        let text = |name: &str| {
            Ok(match name {
                "index.html" => {
                    "<link href=./s.css rel=stylesheet crossorigin><link href=\"i.svg\" rel=\"icon\">\
                     <link rel=manifest href=m.webmanifest><script>1</script><script src=a.js type=module></script>"
                }
                "a.js" => "start({name:'a.wasm'});import(\"./b.js\")",
                _ => "",
            }
            .to_owned())
        };
        let found = first_load(&names, text).unwrap_or_default();
        assert_eq!(found, ["index.html", "s.css", "i.svg", "a.js", "a.wasm"]);
    }

    #[test]
    fn a_page_without_its_files_is_a_fault() {
        let text = |_: &str| Ok("<script src=gone.js type=module></script>".to_owned());
        assert!(first_load(&["index.html".to_owned()], text).is_err());
        assert!(first_load(&["index.html".to_owned()], |_| Ok(String::new())).is_err());
    }
}
