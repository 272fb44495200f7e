//! The tally: how many, how many of them wrong, and how long they took.

use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Default)]
pub struct Tally {
    routes: BTreeMap<&'static str, Route>,
}

#[derive(Default)]
struct Route {
    times: Vec<Duration>,
    errors: usize,
}

impl Tally {
    /// Notes a request.
    pub fn note(&mut self, route: &'static str, time: Duration, right: bool) {
        let route = self.routes.entry(route).or_default();
        route.times.push(time);
        route.errors += usize::from(!right);
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Tally) {
        for (name, route) in other.routes {
            let own = self.routes.entry(name).or_default();
            own.times.extend(route.times);
            own.errors += route.errors;
        }
    }

    /// Requests that failed or had another status than they should.
    pub fn errors(&self) -> usize {
        self.routes.values().map(|route| route.errors).sum()
    }

    /// Prints a line for each route, and how many there were in all.
    pub fn print(&mut self, time: Duration) {
        println!(
            "{:<22} {:>9} {:>7} {:>10} {:>10} {:>10}",
            "route", "requests", "errors", "median ms", "99 % ms", "most ms"
        );
        let mut all = 0;
        for (name, route) in &mut self.routes {
            route.times.sort_unstable();
            let last = route.times.len().saturating_sub(1);
            all += route.times.len();
            let at = |part: usize| route.times.get(last * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3);
            let (count, errors) = (route.times.len(), route.errors);
            println!("{name:<22} {count:>9} {errors:>7} {:>10.1} {:>10.1} {:>10.1}", at(50), at(99), at(100));
        }
        println!("in all           {all} requests, {:.0} a second", all as f64 / time.as_secs_f64());
    }
}
