//! Prints the page of the convention whose id is given, or the table of all of them.

fn main() {
    match std::env::args().nth(1) {
        Some(id) => match impact_core::report::convention_page(&id) {
            Ok(page) => print!("{page}"),
            Err(fault) => eprintln!("{fault}"),
        },
        None => print!("{}", impact_core::report::convention_index()),
    }
}
