//! Prints the page of the check whose id is given, or the table of all of them.

fn main() {
    match std::env::args().nth(1) {
        Some(id) => match impact_core::report::check_page(&id) {
            Some(page) => print!("{page}"),
            None => eprintln!("no check has the id `{id}`"),
        },
        None => print!("{}", impact_core::report::check_index()),
    }
}
