//! Wide vectors: the same work compiled for the widest vectors of the machine, chosen when it runs.
//!
//! One rule: everything below the call is inlined into it (a closure is not, so work is a type), and nothing in it may merge a
//! product and a sum into one rounding, so that the width changes the time and no bit.

use crate::simulation::request::Width;

/// Something to be done at some width; `run` and everything hot below it must be `#[inline(always)]`.
pub(crate) trait Work {
    /// What comes out.
    type Output;
    /// Does it.
    fn run(self) -> Self::Output;
}

/// Does some work at a width.
pub(crate) fn at_width<W: Work>(width: Width, work: W) -> W::Output {
    match width {
        Width::Plain => work.run(),
        #[cfg(feature = "simd")]
        Width::Widest => pulp::Arch::new().dispatch(Dispatched(work)),
        #[cfg(not(feature = "simd"))]
        Width::Widest => work.run(),
    }
}

#[cfg(feature = "simd")]
struct Dispatched<W>(W);

#[cfg(feature = "simd")]
impl<W: Work> pulp::NullaryFnOnce for Dispatched<W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.0.run()
    }
}
